"""Reads data for a benchmark as the commands do, and writes its figures as Markdown."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from spectool.model import Call, Step, Trajectory
from spectool.read.source import FormatError
from spectool.results.interval import REPLICATES, SEED, Cluster, Rate, rate_of
from spectool.results.pipeline import reading_of
from spectool.results.stream import read_batches


def trajectories(path: Path, *, tools: Path | None = None, tasks: Sequence[Path] = ()) -> Iterator[Trajectory]:
    """Every attempt below ``path``, with the tools and tasks that ``spectool classify`` would be given.

    Raises:
        FormatError: a record could not be read; a figure over the rest would not say so.
    """
    reading, refused = reading_of(tasks, tools, None)
    if refused:
        raise FormatError(f"{refused[0].source}: {refused[0].reason}")
    for batch in read_batches([path], reading):
        if batch.rejected:
            raise FormatError(f"{batch.rejected[0].source}: {batch.rejected[0].reason}")
        yield from batch.trajectories


def calls_of(trajectory: Trajectory) -> Iterator[tuple[tuple[int, int], Call]]:
    """((turn, call), call) of every call, in the order made."""
    for position, step in enumerate(trajectory.turns):
        if isinstance(step, Step):
            for index, call in enumerate(step.calls):
                yield (position, index), call


def rate(hits: Iterable[tuple[str, bool]]) -> Rate:
    """The rate of hits among (task, hit) pairs, with an interval clustered by task."""
    return rate_of([Cluster(count=count, n=n) for count, n in _by_task(hits).values()])


def gap(left: Sequence[tuple[str, bool]], right: Sequence[tuple[str, bool]]) -> tuple[float, float, float]:
    """The rate on the left less that on the right, with a 95 % interval: tasks are drawn anew, each with all its pairs on both sides."""
    sides = [_by_task(pairs) for pairs in (left, right)]
    tasks = sorted(sides[0].keys() | sides[1].keys())
    draw = random.Random(SEED)
    found = sorted(_difference(sides, draw.choices(tasks, k=len(tasks))) for _ in range(REPLICATES))
    return _difference(sides, tasks), found[round(0.025 * (REPLICATES - 1))], found[round(0.975 * (REPLICATES - 1))]


def _by_task(pairs: Iterable[tuple[str, bool]]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for task, hit in pairs:
        count, n = found.get(task, (0, 0))
        found[task] = count + hit, n + 1
    return found


def _difference(sides: Sequence[Mapping[str, tuple[int, int]]], tasks: Iterable[str]) -> float:
    drawn = list(tasks)
    totals = [[sum(column) for column in zip(*(side.get(task, (0, 0)) for task in drawn), strict=True)] for side in sides]
    rates = [count / n if n else 0.0 for count, n in totals]
    return rates[0] - rates[1]


def shown(found: Rate, digits: int = 1) -> str:
    """``12 of 84 = 14.3 % (7.9-21.2)``; a dash where nothing could be counted."""
    if found.rate is None or found.low is None or found.high is None:
        return "–"
    return f"{found.count:,} of {found.n:,} = {100 * found.rate:.{digits}f} % ({100 * found.low:.{digits}f}–{100 * found.high:.{digits}f})"


def table(head: Sequence[str], rows: Iterable[Sequence[object]], numbers: int = 0) -> str:
    """A Markdown table; from column ``numbers`` on (0: none) the columns are aligned to the right."""
    align = ["--:" if numbers and place >= numbers else "---" for place in range(len(head))]
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(align) + "|"]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def listed(rows: Mapping[str, int], limit: int, line: Callable[[str, int], str] = lambda text, count: f"- {count} × {text}") -> str:
    """The ``limit`` most frequent rows, and how many are left out."""
    ranked = sorted(rows.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [line(text, count) for text, count in ranked[:limit]]
    if len(ranked) > limit:
        lines.append(f"- … and {len(ranked) - limit} more kinds, {sum(count for _, count in ranked[limit:])} cases")
    return "\n".join(lines) or "- none"
