"""The graphs in the terminal, 100 columns wide: of each only the edges that tell something, with what to do about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from spectool.cli.prose import indented
from spectool.patterns.graphs import Confused, Edge, Feeds, Followed, Graph, Together, telling
from spectool.patterns.graphs_parts import FIRST, Kind, Lift
from spectool.plain_text import cut, safe
from spectool.results.interval import Rate
from spectool.results.told import interval, many, percent

EDGES = 5
ENVIRONMENTS = 4
_NAME = 60
_MODELS, _ARGUMENTS = 3, 3
_TITLES: dict[Kind, tuple[str, str]] = {
    "co_occurrence": (
        "Patterns together  more often than the environment, category and number of gold calls explain",
        "mend the one that comes first and count again: the other may go with it",
    ),
    "transitions": (
        "What comes next  at the next turn with a finding, more often than in random order",
        "look at what the model saw between the two turns: a result or an error that says what would work breaks the chain",
    ),
    "tool_confusion": (
        "Tools confused  did → should, in two tasks or more",
        "where several models mix two up, say in their descriptions what differs; else train on rows that offer both",
    ),
    "argument_confusion": (
        "Arguments confused  did → should, in two tasks or more",
        "where a name is written again and again, compare the schema in the prompt, add the name, or say what stands for it",
    ),
    "tool_dependence": (
        "Tools that live on others  a value from a result of the first goes into the second",
        "train on runs in which the first call comes before the second; where values came from elsewhere, look whether they are made up",
    ),
}


def graph_lines(graphs: Sequence[Graph]) -> Iterator[Text]:
    """Each kind of graph with its most telling edges, model by model or environment by environment."""
    yield Text.assemble(("Graphs", "bold"), ("  what goes with what; --graphs DIR writes them whole", "dim"))
    told = [(graph, telling(graph, EDGES)) for graph in graphs]
    if not any(edges for _, edges in told):
        yield Text("  no two things go together beyond chance, or in two tasks", style="dim")
    for kind, every in groupby((each for each in told if each[1]), key=lambda each: each[0].kind):
        title, todo = _TITLES[kind]
        yield Text.assemble((f"  {title.partition('  ')[0]}", "bold"), (f"  {title.partition('  ')[2]}", "dim"))
        yield from indented(f"do: {todo}", 4, hanging=8)
        shown = list(every)
        for graph, edges in shown[:ENVIRONMENTS]:
            yield from _graph(graph, edges)
        if len(shown) > ENVIRONMENTS:
            yield Text(f"    and {len(shown) - ENVIRONMENTS:,} more graphs (--json has them)", style="dim")
    yield Text()


def _graph(graph: Graph, edges: Sequence[Edge]) -> Iterator[Text]:
    if graph.of is not None:
        unnamed = "(no environment named)" if graph.kind == "tool_dependence" else "(no model named)"
        read = f"  {graph.read:,} of {graph.n:,} attempts read" if graph.kind == "tool_dependence" else ""
        yield Text.assemble((f"    {safe(graph.of) or unnamed}", "bold"), (read, "dim"))
    for edge in edges:
        yield Text(f"      {_ends(edge)}")
        for line in _figures(edge):
            yield from indented(line, 8, "dim", hanging=10)


def _ends(edge: Edge) -> str:
    source, target = (cut(safe(each), _NAME) for each in (edge.source, edge.target))
    if edge.source == FIRST:
        return f"{target} comes first"
    return f"{source} + {target}" if isinstance(edge, Together) else f"{source} → {target}"


def _figures(edge: Edge) -> Iterator[str]:
    if isinstance(edge, Together):
        yield f"both in {_share(edge.lift.count, edge.n)} trajectories where both could show, {_lifted(edge.lift)}"
        if edge.source_first or edge.target_first:
            yield f"{edge.source} comes first in {edge.source_first:,}, {edge.target} in {edge.target_first:,}"
    elif isinstance(edge, Followed):
        runs = "runs with several such turns" if edge.source == FIRST else f"turns with {edge.source}"
        yield f"in {_share(edge.lift.count, edge.n)} {runs}, {_lifted(edge.lift)}"
    elif isinstance(edge, Confused):
        models = [f"{safe(model) or '(no model named)'} {count:,}" for model, count in list(edge.models.items())[:_MODELS]]
        asked = "to which the tool was offered" if edge.tool else "that ask for the second"
        yield f"in {_rate(edge.rate)} trajectories {asked}, {many(edge.tasks, 'task')}; {', '.join(models)}"
        yield f"e.g. {', '.join(map(safe, edge.examples))}"
    else:
        yield from _fed(edge)


def _fed(edge: Feeds) -> Iterator[str]:
    into = [safe(name) for name in list(edge.arguments)[:_ARGUMENTS]]
    yield f"in {_rate(edge.calls)} calls of the second" + (f", into {', '.join(into)}" if into else "")
    if edge.needed:
        astray = f", {edge.elsewhere:,} of them with values from elsewhere" if edge.elsewhere else ""
        yield f"needed by the gold in {many(edge.needed, 'attempt')}; {_rate(edge.without)} do without{astray}"
    yield f"e.g. {', '.join(map(safe, edge.examples))}"


def _lifted(lift: Lift) -> str:
    return f"{lift.expected:.1f} by chance: {lift.lift:.1f} times ({lift.low:.1f} – {lift.high:.1f}, q = {lift.q:.2g})"


def _share(count: int, n: int) -> str:
    return f"{count:,} of {n:,}"


def _rate(rate: Rate) -> str:
    return f"{rate.count:,} of {rate.n:,} ({percent(rate.rate)}, {interval(rate)})"
