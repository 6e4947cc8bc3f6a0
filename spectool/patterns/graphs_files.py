"""Writes graphs for other programs: GraphML (Gephi, yEd, Cytoscape, networkx) and JSON (nodes and edges, as networkx and D3 read them).

Names come from models and logs. Files are numbered, never named for them; in XML, characters that it can not hold are written by number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from spectool.patterns.graphs import networkx_of
from spectool.patterns.graphs_parts import Edge, Graph, Kind, Node

INDEX = "index.json"
# What XML 1.0 allows: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One graph's entry in the index: its files are ``name`` + ``.graphml`` and ``.json``."""

    name: str
    kind: Kind
    of: str | None
    nodes: int
    edges: int
    left_out: int


class _Document(msgspec.Struct, frozen=True, kw_only=True):
    """A graph as JSON readers of networkx expect it; ``graph`` holds what is said of the whole."""

    directed: bool
    multigraph: bool
    graph: dict[str, Any]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def write_graphs(folder: Path, graphs: Sequence[Graph]) -> tuple[Listed, ...]:
    """Writes each graph twice, and ``index.json``; files of these names are replaced, others are left alone.

    Raises:
        OSError: the folder can not be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    numbers: Counter[str] = Counter()
    listed = []
    for graph in graphs:
        numbers[graph.kind] += 1
        name = f"{graph.kind}-{numbers[graph.kind]}"
        (folder / f"{name}.graphml").write_bytes(graphml(graph))
        (folder / f"{name}.json").write_bytes(as_json(graph))
        listed.append(
            Listed(name=name, kind=graph.kind, of=graph.of, nodes=len(graph.nodes), edges=len(graph.edges), left_out=graph.left_out)
        )
    (folder / INDEX).write_bytes(_indented(listed))
    return tuple(listed)


def as_json(graph: Graph) -> bytes:
    """Nodes and edges, and under ``graph`` what they are; ``networkx.node_link_graph(..., edges="edges")`` reads it."""
    said = {name: getattr(graph, name) for name in ("kind", "of", "says", "nodes_are", "left_out", "read", "n")}
    document = _Document(directed=graph.directed, multigraph=False, graph=said, nodes=graph.nodes, edges=graph.edges)
    return _indented(document)


def graphml(graph: Graph) -> bytes:
    """GraphML, UTF-8; nodes are numbered, their name is the attribute ``label``."""
    import networkx as nx

    made = networkx_of(graph)
    numbered = {name: f"n{place}" for place, name in enumerate(made)}
    nx.set_node_attributes(made, {name: xml_safe(name) for name in made}, "label")
    nx.relabel_nodes(made, numbered, copy=False)
    for table in (made.graph, *(data for _, _, data in made.edges(data=True))):
        table.update({name: xml_safe(value) for name, value in table.items() if isinstance(value, str)})
    return "\n".join(nx.generate_graphml(made)).encode()


def xml_safe(text: str) -> str:
    """The text with characters that XML can not hold written by number, as JSON does."""
    return _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _indented(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
