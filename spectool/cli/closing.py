"""How the table ends: what could not be checked or read, what is odd about the input, where the folder is, what to do next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from rich.text import Text

from spectool.cli.prose import indented
from spectool.plain_text import safe
from spectool.results.notes import oddities, unchecked
from spectool.results.summary import Summary


def closing(summary: Summary, folder: Path) -> Iterator[Text]:
    """All that follows the models."""
    lacking = list(_unchecked(summary))
    if lacking:
        yield Text("Could not be checked", style="bold")
        yield from lacking
        yield Text()
    yield from _rejected(summary)
    odd = list(oddities(summary.counts))
    for note in odd:
        yield from indented(f"! {safe(note)}", 0, "yellow", hanging=2)
    if odd:
        yield Text()
    shown = safe(str(folder))
    yield Text.assemble("Written to ", (f"{shown}/", "bold"))
    yield Text.assemble("Next: ", (f"spectool app {quote(shown)}", "bold"), "   or   ", (f"spectool explain {_worst(summary)}", "bold"))


def _unchecked(summary: Summary) -> Iterator[Text]:
    """Reasons with the patterns and trajectories they cost; events and artefacts only where nothing of them could be looked for."""
    for reason, errors in unchecked(summary.models).items():
        parts = []
        for count in sorted(set(errors.values()), reverse=True):
            share = "all" if count == summary.counts.trajectories else f"{count:,} of {summary.counts.trajectories:,}"
            parts.append(f"{', '.join(error for error, each in errors.items() if each == count)} ({share})")
        yield from indented(f"{safe(reason)}: {'; '.join(parts)}", 2, hanging=4)


def _rejected(summary: Summary) -> Iterator[Text]:
    if not summary.counts.rejected:
        return
    yield Text.assemble(("Could not be read", "bold"), f"  {summary.counts.rejected:,} of {summary.counts.records:,} records")
    for reason in summary.rejected:
        yield from indented(safe(reason), 2, "red", hanging=4)
    if more := summary.counts.rejected - len(summary.rejected):
        yield Text(f"  and {more:,} more: see rejected.jsonl")
    yield Text()


def _worst(summary: Summary) -> str:
    """The pattern found most often, as the one to read about first."""
    totals: dict[str, int] = defaultdict(int)
    for model in summary.models:
        for pattern in model.patterns:
            totals[pattern.error] += pattern.findings if pattern.level in ("core", "extended") else 0
    return max(totals, key=lambda code: totals[code], default="IAV") if any(totals.values()) else "IAV"
