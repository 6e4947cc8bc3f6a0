"""What a run did, in words: the same while it goes on and at its end."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spectool.plain_text import safe
from spectool.results.told import many, percent

if TYPE_CHECKING:
    from spectool.run.journal import Totals
    from spectool.run.progress import Found, Progress
    from spectool.run.run import RunSummary

# Below so much a second, a decimal tells more.
SLOW = 10
# Patterns named; the others are in the JSON, and in what `classify` shows.
SHOWN = 5


def summary_lines(summary: RunSummary, *, in_world: bool) -> Iterator[str]:
    """The end of a run; ``in_world`` says whether a task names environments, so that its success can be scored."""
    totals = summary.totals
    if summary.kept:
        yield many(summary.kept, "attempt was there already", "attempts were there already")
    if summary.damaged:
        yield many(summary.damaged, "row was damaged and is taken out", "rows were damaged and are taken out")
    if totals.episodes:
        yield f"{many(totals.episodes, 'attempt')}, {many(totals.turns, 'turn')} in {totals.seconds:,.0f} s: {speed(totals)}"
        yield f"{totals.prompt_tokens:,} tokens read, {totals.completion_tokens:,} written"
    if summary.found.attempts:
        yield tally(summary.found)
    if totals.failed:
        yield f"{totals.failed:,} failed (--resume tries them again): {'; '.join(map(safe, summary.errors))}"
    yield f"wrote {safe(summary.out)}"
    out = safe(shlex.quote(summary.out))
    yield f"next: spectool score {out}   or   spectool classify {out}" if in_world else f"next: spectool classify {out}"


def progress_line(now: Progress) -> str:
    """A run that goes on, in one line."""
    parts = [f"{now.totals.episodes:,} of {many(now.of, 'attempt')}", speed(now.totals), left(now), now_found(now)]
    return "; ".join(part for part in parts if part)


def now_found(now: Progress) -> str:
    """The patterns so far, and how many requests failed."""
    parts = [tally(now.found)] if now.found.attempts else []
    parts += [f"{now.totals.failed:,} failed"] if now.totals.failed else []
    return "; ".join(parts)


def speed(totals: Totals) -> str:
    """Tasks and tokens a second; empty before any time has passed."""
    if totals.seconds <= 0:
        return ""
    tasks, read, written = (count / totals.seconds for count in (totals.episodes, totals.prompt_tokens, totals.completion_tokens))
    return f"{tasks:.2f} tasks/s, {_rate(read)} tokens/s read, {_rate(written)} written"


def left(now: Progress) -> str:
    """The time left; empty before it can be told."""
    seconds = now.seconds_left
    if seconds is None:
        return ""
    minutes = round(seconds / 60)
    return f"{seconds:.0f} s left" if seconds < 90 else f"{minutes} min left" if minutes < 90 else f"{minutes / 60:.1f} h left"


def tally(found: Found) -> str:
    """Passed attempts, and the patterns that most attempts have, by code."""
    decided = found.passed + found.not_passed
    parts = [f"passed {percent(found.passed / decided)} ({found.passed:,} of {decided:,})"] if decided else []
    parts += [f"{code} {count:,}" for code, count in list(found.patterns.items())[:SHOWN]]
    more = len(found.patterns) - SHOWN
    parts += [many(more, "more pattern")] if more > 0 else []
    return ", ".join(parts) or many(found.attempts, "attempt without a finding", "attempts without a finding")


def _rate(value: float) -> str:
    return f"{value:,.{0 if value >= SLOW else 1}f}"
