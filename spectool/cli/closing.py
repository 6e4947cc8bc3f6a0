"""How the table ends: what could not be checked or read, what is odd about the input, where the folder is, what to do next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from rich.text import Text

from spectool.cli.prose import indented
from spectool.cli.text import safe
from spectool.results.notes import oddities
from spectool.results.summary import Summary

_REMEDY = re.compile(r"pass --[a-z]+( or --[a-z]+)?")


def closing(summary: Summary, folder: Path) -> Iterator[Text]:
    """All that follows the models."""
    unchecked = list(_unchecked(summary))
    if unchecked:
        yield Text("Could not be checked", style="bold")
        yield from unchecked
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
    costs: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for model in summary.models:
        for pattern in model.patterns:
            for reason, count in pattern.skipped.items():
                costs[brief(reason)][pattern.error] += count
    for reason, errors in sorted(costs.items(), key=lambda cost: -max(cost[1].values())):
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


def brief(reason: str) -> str:
    """The reason with what mends it but without what explains it, so that one lack is named once."""
    remedy = _REMEDY.search(reason)
    return reason.partition(": ")[0].partition(" (")[0] + (f", {remedy[0]}" if remedy else "")


def _worst(summary: Summary) -> str:
    """The pattern found most often, as the one to read about first."""
    totals: dict[str, int] = defaultdict(int)
    for model in summary.models:
        for pattern in model.patterns:
            totals[pattern.error] += pattern.findings if pattern.level in ("core", "extended") else 0
    return max(totals, key=lambda code: totals[code], default="IAV") if any(totals.values()) else "IAV"
