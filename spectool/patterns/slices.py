"""Slices: conditions, known before the model answers, under which one of its patterns is more frequent than elsewhere.

Searched on one half of the tasks and tested on the other, so that what was found by looking at many conditions is not also proved by
having looked. The rate is that of opportunities, not of trajectories: a slice whose tasks merely have more calls is none.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from spectool.classify.taxonomy import load
from spectool.patterns.conditions import Task, Term, tasks_of
from spectool.patterns.false_discovery import q_values
from spectool.patterns.rates_interval import rate_of_many
from spectool.patterns.slices_permutation import p_value
from spectool.patterns.slices_search import FEWEST_AFFECTED, FEWEST_TASKS, candidates
from spectool.results.interval import Cluster, Rate
from spectool.results.tables import TASK, rows

# A slice that is shown may be one false discovery in twenty of those shown.
LEVEL = 0.05
EXAMPLES = 3


class Slice(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern of one model under a condition (all ``terms`` hold).

    ``trajectories`` and ``tasks``: its size in the whole folder, judged ones. ``inside``, ``outside``: findings per opportunity in the half
    of the tasks that the condition was not found on, which ``lift`` (their ratio; ``None``: nothing was found outside), ``p`` and ``q`` are
    of, too. ``examples``: keys of trajectories with a finding.
    """

    model: str
    error: str
    terms: tuple[Term, ...]
    trajectories: int
    tasks: int
    inside: Rate
    outside: Rate
    lift: float | None
    p: float
    q: float
    examples: tuple[str, ...]


class Slices(msgspec.Struct, frozen=True, kw_only=True):
    """The slices with ``q`` < ``level``, by model, then the smallest q; ``tested`` conditions were tested in all."""

    level: float
    tested: int
    slices: tuple[Slice, ...]


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A pattern in one task: ``found`` at ``places`` in ``trajectories`` that could be judged; ``example``: the first with a finding."""

    found: int
    places: int
    trajectories: int
    example: str | None


class Tested(msgspec.Struct, frozen=True, kw_only=True):
    """A condition and its p-value; ``judged``: the tasks that it was searched and tested in."""

    model: str
    error: str
    terms: tuple[Term, ...]
    p: float
    judged: Sequence[tuple[Task, Counted]]

    def holds(self, task: Task) -> bool:
        """Whether the task has all terms."""
        return set(self.terms).issubset(task.terms)


def slices(cursor: Any, pattern: str | None = None, level: float = LEVEL) -> Slices:
    """Every slice of every model's patterns (of ``pattern`` alone where given) that holds in tasks it was not found on."""
    order = load().positions
    tested: list[Tested] = []
    for model in [each["model"] for each in rows(cursor, "SELECT model FROM trajectories GROUP BY model ORDER BY min(row)")]:
        tasks = tasks_of(cursor, model)
        for error, counted in sorted(_counted(cursor, model, pattern).items(), key=lambda each: (order.get(each[0], len(order)), each[0])):
            tested += find(model, error, tasks, counted)
    models = list(dict.fromkeys(each.model for each in tested))
    found = [_slice(each, q) for each, q in believed(tested, level)]
    found.sort(key=lambda each: (models.index(each.model), each.q, -(each.lift or math.inf)))
    return Slices(level=level, tested=len(tested), slices=tuple(found))


def find(model: str, error: str, tasks: Sequence[Task], counted: Mapping[str, Counted]) -> Iterator[Tested]:
    """The candidates of one pattern with their p-values.

    Args:
        model: whose.
        error: the pattern.
        tasks: in the order of the input.
        counted: by the task's name; a task that is not in it, or without a place, could not be judged.
    """
    import numpy as np

    judged = [(task, counted[task.name]) for task in tasks if task.name in counted and counted[task.name].places]
    search = [each for each in judged if not each[0].confirming]
    confirm = [each for each in judged if each[0].confirming]
    if min(len(search), len(confirm)) < 2 * FEWEST_TASKS:
        return
    for candidate in candidates(*_arrays(search), _holding(search)):
        inside = np.array([set(candidate.terms).issubset(task.terms) for task, _ in confirm])
        if FEWEST_TASKS <= inside.sum() <= len(confirm) - FEWEST_TASKS:
            yield Tested(model=model, error=error, terms=candidate.terms, p=p_value(*_arrays(confirm), inside), judged=judged)


def believed(tested: Sequence[Tested], level: float = LEVEL) -> list[tuple[Tested, float]]:
    """Of all that were tested together, those with a q-value below ``level``, and it."""
    q_of = q_values([each.p for each in tested])
    return [(each, q) for each, q in zip(tested, q_of, strict=True) if q < level]


def _slice(each: Tested, q: float) -> Slice:
    whole = [counted for task, counted in each.judged if each.holds(task)]
    here = _rate(counted for task, counted in each.judged if task.confirming and each.holds(task))
    there = _rate(counted for task, counted in each.judged if task.confirming and not each.holds(task))
    return Slice(
        model=each.model,
        error=each.error,
        terms=each.terms,
        trajectories=sum(counted.trajectories for counted in whole),
        tasks=len(whole),
        inside=here,
        outside=there,
        lift=here.rate / there.rate if here.rate is not None and there.rate else None,
        p=each.p,
        q=q,
        examples=tuple(counted.example for counted in whole if counted.example)[:EXAMPLES],
    )


def _rate(counted: Iterable[Counted]) -> Rate:
    alike = Counter((each.found, each.places) for each in counted)
    return rate_of_many([Cluster(count=found, n=places, tasks=tasks) for (found, places), tasks in sorted(alike.items())])


def _arrays(judged: Sequence[tuple[Task, Counted]]) -> tuple[Any, Any]:
    import numpy as np

    return np.array([each.found for _, each in judged]), np.array([each.places for _, each in judged])


def _holding(judged: Sequence[tuple[Task, Counted]]) -> Mapping[Term, Any]:
    """For each term that enough tasks have and enough have not: which do."""
    import numpy as np

    where: dict[Term, list[int]] = defaultdict(list)
    for place, (task, _) in enumerate(judged):
        for term in task.terms:
            where[term].append(place)
    holding = {}
    for term, places in where.items():
        if FEWEST_TASKS <= len(places) <= len(judged) - FEWEST_TASKS:
            holding[term] = np.zeros(len(judged), dtype=bool)
            holding[term][places] = True
    return holding


def _counted(cursor: Any, model: str, pattern: str | None) -> dict[str, dict[str, Counted]]:
    """By pattern and task: the patterns that were found in enough tasks to be searched."""
    found = rows(
        cursor,
        f"""
        SELECT o.error, {TASK} AS name, sum(o.found)::BIGINT AS found, sum(o.assessed)::BIGINT AS places, count(*) AS trajectories,
            arg_min(t.key, t.row) FILTER (o.found > 0) AS example
        FROM outcomes o JOIN trajectories t USING (key)
        WHERE t.model = $model AND o.skipped IS NULL AND (o.error = $pattern OR $pattern IS NULL)
        GROUP BY ALL""",
        {"model": model, "pattern": pattern},
    )
    tables: dict[str, dict[str, Counted]] = defaultdict(dict)
    for each in found:
        error, name = each.pop("error"), each.pop("name")
        tables[error][name] = Counted(**each)
    return {error: table for error, table in tables.items() if sum(each.found > 0 for each in table.values()) >= FEWEST_AFFECTED}
