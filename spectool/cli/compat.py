"""Other systems' rulings in the terminal: what they say of each model, and how far that agrees with what was published."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from spectool.plain_text import safe
from spectool.results.summary import CompatSummary, Summary

_TITLES = {"bfcl": "BFCL's verdict", "toolscan": "ToolScan's accuracies"}


def compat_lines(summary: Summary) -> Iterator[Text]:
    """A block a system, a line or two a model; nothing where none was asked for."""
    for system in dict.fromkeys(each.system for each in summary.compat):
        yield Text(f"{_TITLES.get(system, system)} (--compat {system})", style="bold")
        for each in summary.compat:
            if each.system == system:
                yield from _model(each)
        yield Text()


def _model(found: CompatSummary) -> Iterator[Text]:
    name = safe(found.model) or "(no model named)"
    if found.scored:
        yield Text(f"  {name}  {' · '.join(_score(found, metric) for metric in found.scores)}")
        return
    if not found.judged:
        yield Text(f"  {name}  no verdict on any of {found.trajectories:,} trajectories; reasons are in compat.parquet")
        return
    yield Text(f"  {name}  {_of(found.passed, found.judged)} passed{_unsaid(found)}")
    if found.published:
        differ = found.published - found.agree
        labels = f"; first label the same in {_of(found.same_label, found.published_failures)} failures" if found.published_failures else ""
        yield Text(f"    published verdict: {found.published:,} rows, {found.agree:,} agree, {differ:,} disagree{labels}")


def _score(found: CompatSummary, metric: str) -> str:
    n = found.scored[metric]
    of = "" if n == found.trajectories else f" (n = {n:,})"
    return f"{metric} {found.scores[metric]:.3f}{of}"


def _unsaid(found: CompatSummary) -> str:
    without = found.trajectories - found.judged
    return f"; no verdict on {without:,}" if without else ""


def _of(count: int, n: int) -> str:
    return f"{count:,} of {n:,}"
