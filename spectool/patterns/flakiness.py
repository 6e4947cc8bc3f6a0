"""Flakiness: where one model tries a task several times, how often do its own attempts disagree?

What a model does in some of its attempts it can do right and did wrong: sampling, not ignorance. It also bounds what a comparison of
single attempts can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from spectool.patterns.compare_sides import Side
from spectool.results.interval import Cluster, Rate, rate_of
from spectool.results.tables import rows


class Wavering(msgspec.Struct, frozen=True, kw_only=True):
    """Tasks with at least two judged attempts: in how many of them something is so in all attempts, in some, in none.

    ``disagreeing``: the share with some but not all, 0-1, with its interval. ``differ``: the chance that two attempts at a task, drawn
    without replacement, differ, 0-1, as the mean over tasks; unlike the share it does not grow with the number of samples.
    """

    always: int
    sometimes: int
    never: int
    disagreeing: Rate
    differ: float | None


class PatternFlakiness(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern that was found at all."""

    error: str
    found: Wavering


class Flakiness(msgspec.Struct, frozen=True, kw_only=True):
    """One side; ``success`` and, by the share of disagreeing tasks, ``patterns``. ``samples``: attempts a task, at least and at most.

    All attempts of the side count, also those without a partner; success is by the reward where there is one, else by our verdict.
    """

    side: str
    samples: tuple[int, int]
    success: Wavering
    patterns: tuple[PatternFlakiness, ...]


def flakiness_of(cursor: Any, place: int, side: Side, codes: Sequence[str]) -> Flakiness | None:
    """The flakiness of a side that ``lay_out`` has laid out, by its place; ``None`` where no task was tried twice."""
    tried = rows(cursor, "SELECT min(attempts) AS least, max(attempts) AS most FROM tasks WHERE side = ?", [place])[0]
    if (tried["most"] or 0) < 2:
        return None
    success = _wavering(cursor, place, "coalesce(rewarded, passed)")
    patterns = tuple(_patterns(cursor, place, codes))
    by_size = sorted(patterns, key=lambda each: (-(each.found.disagreeing.rate or 0.0), each.error))
    return Flakiness(side=side.name, samples=(tried["least"], tried["most"]), success=success, patterns=tuple(by_size))


def _patterns(cursor: Any, place: int, codes: Sequence[str]) -> Iterator[PatternFlakiness]:
    seen = rows(cursor, "SELECT bit_or(found) AS found FROM attempts WHERE side = ?", [place])[0]["found"] or 0
    for bit, code in enumerate(codes):
        if not seen >> bit & 1:
            continue
        found = _wavering(cursor, place, f"CASE WHEN (judged >> {bit}) & 1 = 1 THEN (found >> {bit}) & 1 = 1 END")
        if found.always or found.sometimes:
            yield PatternFlakiness(error=code, found=found)


def _wavering(cursor: Any, place: int, so: str) -> Wavering:
    """``so``: an SQL expression over ``attempts``, true, false, or null where it was not judged."""
    groups = rows(
        cursor,
        f"""SELECT count, n, count(*) AS tasks FROM (
            SELECT count(*) FILTER ({so}) AS count, count({so}) AS n FROM attempts WHERE side = ? GROUP BY place)
        WHERE n > 1 GROUP BY ALL ORDER BY n, count""",
        [place],
    )
    return wavering_of([Cluster(**each) for each in groups])


def wavering_of(clusters: Sequence[Cluster]) -> Wavering:
    """Tasks that look alike, each so at ``count`` of its ``n`` attempts; those with fewer than two are left out."""
    tried = [each for each in clusters if each.n > 1]
    tasks = sum(each.tasks for each in tried)
    sometimes = sum(each.tasks for each in tried if 0 < each.count < each.n)
    apart = sum(2 * each.count * (each.n - each.count) / (each.n * (each.n - 1)) * each.tasks for each in tried)
    return Wavering(
        always=sum(each.tasks for each in tried if each.count == each.n),
        sometimes=sometimes,
        never=sum(each.tasks for each in tried if not each.count),
        disagreeing=rate_of([Cluster(count=1, n=1, tasks=sometimes), Cluster(count=0, n=1, tasks=tasks - sometimes)]),
        differ=apart / tasks if tasks else None,
    )
