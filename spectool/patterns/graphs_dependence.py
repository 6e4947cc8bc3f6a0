"""Which tool lives on which: calls that take a value from another tool's result, beside those that the gold takes from there.

Read from whole conversations, so of each environment at most ``READ`` attempts, at tasks chosen by a hash: how many were read, is said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

import msgspec

from spectool.patterns.graphs_dependence_reading import Attempt, Reader, values_due
from spectool.patterns.graphs_parts import MAX_EDGES, Feeds, Graph, Node
from spectool.patterns.rates_interval import rate_of_many
from spectool.read.source import decode
from spectool.results.interval import Cluster, Rate
from spectool.results.tables import TASK

READ = 400
ENVIRONMENTS = 20
# Characters of a conversation: a longer one is not read.
LONGEST = 1_000_000
EXAMPLES = 3
SAYS = "a value from a result of the one tool goes into a call of the other"
_BATCH = 50

# Only tasks at which some attempt acts in two steps can show a dependence; of these all attempts are read.
_CHOSEN = f"""
CREATE OR REPLACE TEMP TABLE graph_chosen AS
WITH tried AS (
    SELECT r.run, coalesce(t.environment, '') AS environment, r.task,
        max(least(t.steps, t.calls)) OVER (PARTITION BY coalesce(t.environment, ''), r.task) AS steps
    FROM graph_runs r JOIN trajectories t ON t.row = r.run),
known AS (
    SELECT environment, count(*) AS n FROM tried WHERE steps > 1 GROUP BY environment ORDER BY n DESC, environment LIMIT {ENVIRONMENTS})
SELECT run, environment, task, n FROM tried JOIN known USING (environment) WHERE steps > 1
QUALIFY row_number() OVER (PARTITION BY environment ORDER BY task, run) <= {READ}"""
_ATTEMPTS = f"""
WITH lists AS (SELECT hash AS tools_hash, any_value(tools) AS tools FROM tools GROUP BY hash)
SELECT c.environment, c.n, {TASK} AS task, t.key, t.turns, t.gold, t.gold_path, coalesce(l.tools, '') AS tools
FROM graph_chosen c JOIN trajectories t ON t.row = c.run LEFT JOIN lists l USING (tools_hash)
WHERE length(t.turns) <= {LONGEST} ORDER BY c.environment, c.task, c.run"""


class _Attempted(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt with what its gold needs: of each tool the values."""

    task: str
    key: str
    due: Mapping[str, set[str]]
    said: Attempt


def tool_dependence(cursor: Any) -> tuple[Graph, ...]:
    """A graph an environment, of what ``graphs_tables.prepare`` has made ready; environments with the most attempts first."""
    cursor.execute(_CHOSEN)
    attempts: dict[tuple[str, int], list[_Attempted]] = defaultdict(list)
    for environment, n, attempt in _read(cursor):
        attempts[environment, n].append(attempt)
    ranked = sorted(attempts.items(), key=lambda each: (-each[0][1], each[0][0]))
    return tuple(_graph(environment, n, read) for (environment, n), read in ranked)


def _read(cursor: Any) -> Iterator[tuple[str, int, _Attempted]]:
    cursor.execute(_ATTEMPTS)
    names = [column[0] for column in cursor.description]
    while found := cursor.fetchmany(_BATCH):
        for each in (dict(zip(names, row, strict=True)) for row in found):
            due = values_due(each["gold"], each["gold_path"])
            sought = sorted(set().union(*due.values()))
            said = Reader(each["tools"].lower()).read(decode(each["turns"]), sought)
            yield each["environment"], each["n"], _Attempted(task=each["task"], key=each["key"], due=due, said=said)


def _graph(environment: str, n: int, attempts: Sequence[_Attempted]) -> Graph:
    calls: Counter[str] = Counter()
    for each in attempts:
        calls.update(each.said.calls)
    edges, left_out = _edges(attempts)
    named = {name for each in edges for name in (each.source, each.target)}
    return Graph(
        kind="tool_dependence",
        of=environment,
        directed=True,
        says=SAYS,
        nodes_are="calls read",
        nodes=tuple(Node(id=name, count=calls[name]) for name in sorted(named, key=lambda name: (-calls[name], name))),
        edges=edges,
        left_out=left_out,
        read=len(attempts),
        n=n,
    )


def _edges(attempts: Sequence[_Attempted]) -> tuple[tuple[Feeds, ...], int]:
    """The edges most used and needed, and how many are left out; only those kept are given rates, which cost more than the counting."""
    needed, uses = _needed(attempts), [_uses(each.said) for each in attempts]
    weights: Counter[tuple[str, str]] = Counter()
    for each, made in zip(attempts, uses, strict=True):
        weights.update(made)
        weights.update(needed[each.task])
    ranked = sorted(weights, key=lambda pair: (-weights[pair], pair))
    kept = [_edge(pair, attempts, uses, needed) for pair in ranked[:MAX_EDGES]]
    return tuple(kept), max(0, len(ranked) - MAX_EDGES)


def _uses(said: Attempt) -> Counter[tuple[str, str]]:
    """Of each pair of tools the calls of the second that take a value from the first."""
    return Counter(pair for use in said.uses for pair in {(source, target) for source, target, _ in use})


def _edge(
    pair: tuple[str, str],
    attempts: Sequence[_Attempted],
    uses: Sequence[Counter[tuple[str, str]]],
    needed: Mapping[str, Set[tuple[str, str]]],
) -> Feeds:
    target, tried = pair[1], list(zip(attempts, (each[pair] for each in uses), strict=True))
    due = [(each, made) for each, made in tried if pair in needed[each.task]]
    without = [each for each, made in due if not made]
    shown = without or [each for each, made in tried if made]
    return Feeds(
        source=pair[0],
        target=target,
        calls=_rate((each.task, made, each.said.calls[target]) for each, made in tried if target in each.said.calls),
        arguments=_arguments(attempts, pair),
        without=_rate((each.task, int(not made), 1) for each, made in due),
        elsewhere=sum(target in each.said.calls for each in without),
        tasks=len({each.task for each, _ in due} | {each.task for each, made in tried if made}),
        examples=tuple(each.key for each in shown[:EXAMPLES]),
    )


def _needed(attempts: Sequence[_Attempted]) -> Mapping[str, Set[tuple[str, str]]]:
    """By task: the pairs of tools between which its gold carries a value that only one tool brought in, in whatever attempt."""
    sources: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in attempts:
        for value, tool in each.said.given.items():
            sources[each.task, value].add(tool)
    needed: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for each in attempts:
        for target, values in each.due.items():
            known = (sources.get((each.task, value), set()) for value in values)
            needed[each.task] |= {(next(iter(tools)), target) for tools in known if len(tools) == 1}
    return needed


def _arguments(attempts: Sequence[_Attempted], pair: tuple[str, str]) -> Mapping[str, int]:
    found = Counter(argument for each in attempts for use in each.said.uses for *ends, argument in use if tuple(ends) == pair)
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _rate(tasks: Iterable[tuple[str, int, int]]) -> Rate:
    """Of (task, hits, places) triples, with an interval over tasks."""
    sums: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for task, hits, places in tasks:
        sums[task] = (sums[task][0] + hits, sums[task][1] + places)
    alike = Counter(each for each in sums.values() if each[1])
    return rate_of_many([Cluster(count=count, n=n, tasks=number) for (count, n), number in sorted(alike.items())])
