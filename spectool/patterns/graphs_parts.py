"""What the graphs are made of: nodes, edges of four kinds, and a graph, which is its own table: edges typed and sorted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args

import msgspec

from spectool.results.interval import Rate

Kind = Literal["co_occurrence", "transitions", "tool_confusion", "argument_confusion", "tool_dependence"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# Names come from models and logs: longer ones are cut, and those that begin alike become one.
MAX_NAME = 200
# Edges of one graph; the most frequent are kept, since a drawing of more tells nobody anything.
MAX_EDGES = 500
# Nodes that are no pattern: where a run's slips begin and end.
FIRST, LAST = "(first)", "(last)"
SIGNIFICANT = 0.05


class Lift(msgspec.Struct, frozen=True, kw_only=True):
    """``count`` seen where ``expected`` were by chance alone; ``lift`` is their ratio, ``None`` where none was expected.

    ``tasks`` show it. With at least ten of them there are a 95 % interval, that draws tasks, a two-sided ``p`` of a lift of 1, and ``q``:
    ``p`` corrected for all edges of the kind (Benjamini-Hochberg); else ``None``.
    """

    count: int
    expected: float
    tasks: int
    lift: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    q: float | None = None

    @property
    def more(self) -> bool:
        """Whether it is more than chance allows (q < 0.05)."""
        return self.q is not None and self.q < SIGNIFICANT and (self.lift or 0.0) > 1.0


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """Two patterns in one trajectory, of ``n`` in which both could have been found.

    ``expected``: if they were independent among trajectories of one environment, category and number of gold calls, so that what merely
    makes a task hard lifts nothing. ``source_first`` of the ``count`` show ``source`` at an earlier turn than ``target``,
    ``target_first`` at a later one; the others at the same, or one of them is missing and so has no turn.
    """

    source: str
    target: str
    n: int
    lift: Lift
    source_first: int
    target_first: int


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """``source`` at a turn and ``target`` at the next later turn with a finding, ``n`` turns having ``source``.

    ``expected``: if the turns with a finding came in random order within each trajectory, so that frequent patterns lift nothing.
    """

    source: str
    target: str
    n: int
    lift: Lift


class Confused(msgspec.Struct, frozen=True, kw_only=True):
    """``source`` was written where ``target`` was meant; ``tool`` is that of two arguments, empty between tools.

    ``rate``: trajectories with it, of those that ask for ``target`` (a tool: the gold calls it, or a call meant it; an argument: its tool
    was offered, or called with the slip). ``models`` maps each to its trajectories; ``examples`` are keys, in the order of the input.
    """

    source: str
    target: str
    tool: str
    findings: int
    tasks: int
    rate: Rate
    models: Mapping[str, int]
    examples: tuple[str, ...]

    @property
    def trajectories(self) -> int:
        """Trajectories with it."""
        return self.rate.count


class Feeds(msgspec.Struct, frozen=True, kw_only=True):
    """Calls of ``target`` take a value that a result of ``source`` brought into the conversation.

    ``calls``: such calls, of all calls of ``target``; ``arguments`` maps where the value goes to calls. ``needed``: attempts at tasks whose
    gold calls ``target`` with a value that only ``source`` gave in some attempt; ``without``: of these, those that never made such a call;
    ``elsewhere`` of these called ``target`` all the same, with values from elsewhere. ``tasks`` show either. ``examples`` are keys of
    attempts without it, else of those with it.
    """

    source: str
    target: str
    calls: Rate
    arguments: Mapping[str, int]
    without: Rate
    elsewhere: int
    tasks: int
    examples: tuple[str, ...]

    @property
    def needed(self) -> int:
        """Attempts that had to do so."""
        return self.without.n


Edge: TypeAlias = Together | Followed | Confused | Feeds


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """``id`` is a pattern's code, a tool's name or an argument's place in its tool; ``count`` what the graph's ``nodes_are`` says."""

    id: str
    count: int


class Graph(msgspec.Struct, frozen=True, kw_only=True):
    """One graph: of a model, of an environment or (``of`` is ``None``) of all.

    ``says`` is what an edge means, ``nodes_are`` what a node's count counts. ``edges`` come with the most frequent first, ties by name;
    ``left_out`` more are rarer than those kept. ``read`` of ``n`` trajectories were read for it.
    """

    kind: Kind
    of: str | None
    directed: bool
    says: str
    nodes_are: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int
    read: int
    n: int
