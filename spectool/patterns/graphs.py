"""Graphs of a result folder: patterns that come together and one after the other, names that are confused, tools that live on others.

A graph is its own table (``graphs_parts``); ``networkx_of`` makes a networkx graph of it, ``graphs_files`` writes GraphML and JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from spectool.patterns.graphs_confusion import argument_confusion, tool_confusion
from spectool.patterns.graphs_cooccurrence import co_occurrence
from spectool.patterns.graphs_dependence import tool_dependence
from spectool.patterns.graphs_parts import LAST, Confused, Edge, Feeds, Followed, Graph, Kind, Together
from spectool.patterns.graphs_tables import prepare
from spectool.patterns.graphs_transitions import transitions

# Fewer tasks than these may agree by accident, and a smaller lift, however certain, changes nobody's plans.
FEWEST_TASKS, LEAST_LIFT = 2, 1.2


def find_graphs(cursor: Any, *, where: str = "true", parameters: list[Any] | None = None) -> tuple[Graph, ...]:
    """Every graph of a result folder, those without an edge left out.

    Args:
        cursor: of ``spectool.results.tables.connect``; temporary tables are left behind in it.
        where: a condition on ``trajectories AS t``.
        parameters: the values of its placeholders.
    """
    codes = prepare(cursor, where, parameters)
    found = (
        *co_occurrence(cursor, codes),
        *transitions(cursor, codes),
        tool_confusion(cursor),
        argument_confusion(cursor),
        *tool_dependence(cursor),
    )
    return tuple(each for each in found if each.edges)


def of_pattern(graphs: Sequence[Graph], pattern: str | None) -> tuple[Graph, ...]:
    """What the graphs say of one pattern (of all for ``None``): edges at it, and whole graphs that are made of it."""
    if pattern is None:
        return tuple(graphs)
    kept = (each if each.kind in _MADE_OF else _at(each, pattern) for each in graphs if pattern in _MADE_OF.get(each.kind, (pattern,)))
    return tuple(each for each in kept if each.edges)


# Patterns that a graph of names is made of, or that break what it shows.
_MADE_OF: Mapping[Kind, tuple[str, ...]] = {
    "tool_confusion": ("wrong_tool", "IFN"),
    "argument_confusion": ("IAN",),
    "tool_dependence": ("IAV", "IAC", "wrong_order"),
}


def _at(graph: Graph, pattern: str) -> Graph:
    edges = tuple(each for each in graph.edges if pattern in (each.source, each.target))
    ends = {name for each in edges for name in (each.source, each.target)}
    return msgspec.structs.replace(graph, edges=edges, nodes=tuple(node for node in graph.nodes if node.id in ends))


def telling(graph: Graph, limit: int) -> tuple[Edge, ...]:
    """At most ``limit`` edges that say more than how frequent their ends are, the largest effect first.

    Of patterns those beyond chance (q < 0.05, a lift of 1.2 or more), by how many more than expected; of names those confused in two tasks
    or more; of tools those that attempts did without although their gold needs them, and then those used most. That a run's slips end with
    a pattern is left out: a limit or an absence always does.
    """
    worth = [each for each in graph.edges if _worth(each)]
    return tuple(sorted(worth, key=lambda each: (_weight(each), each.source, each.target))[:limit])


def _worth(edge: Edge) -> bool:
    if not isinstance(edge, Together | Followed):
        return edge.tasks >= FEWEST_TASKS
    return edge.lift.more and (edge.lift.lift or 0.0) >= LEAST_LIFT and edge.target != LAST


def _weight(edge: Edge) -> tuple[float, ...]:
    if isinstance(edge, Together | Followed):
        return (edge.lift.expected - edge.lift.count,)
    if isinstance(edge, Confused):
        return (-edge.trajectories, -edge.findings)
    return (-edge.without.count, -edge.calls.count)


def networkx_of(graph: Graph) -> Any:
    """The graph for networkx: nodes by their id with ``count``, edges with all their figures, rates taken apart (``rate_low``)."""
    import networkx as nx

    made = nx.DiGraph() if graph.directed else nx.Graph()
    made.graph.update(kind=graph.kind, of=graph.of or "", says=graph.says, nodes_are=graph.nodes_are)
    for node in graph.nodes:
        made.add_node(node.id, count=node.count)
    for edge in graph.edges:
        made.add_edge(edge.source, edge.target, **_flat(edge))
    return made


def _flat(edge: msgspec.Struct, prefix: str = "") -> dict[str, Any]:
    """The figures of an edge, structs within it with their name in front; what is not known is left out."""
    flat: dict[str, Any] = {}
    for name, value in msgspec.structs.asdict(edge).items():
        if isinstance(value, msgspec.Struct):
            flat |= _flat(value, f"{prefix}{name}_")
        elif name not in ("source", "target") and value is not None:
            flat[prefix + name] = _plain(value)
    return flat


def _plain(value: Any) -> Any:
    """A number or a text; tables and lists as JSON."""
    return msgspec.json.encode(value).decode() if isinstance(value, Mapping | Sequence) and not isinstance(value, str) else value


__all__ = ["Confused", "Edge", "Feeds", "Followed", "Graph", "Together", "find_graphs", "networkx_of", "of_pattern", "telling"]
