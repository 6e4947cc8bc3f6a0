"""A sample of Inspect, in memory, as a trajectory, judged: what the scanner and the scorer share.

Nothing here needs Inspect's packages: messages and events come as its own objects write themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from spectool.classify.classify import classify
from spectool.classify.counted import counts
from spectool.classify.taxonomy import load
from spectool.model import Finding, GoldMode, Outcome, Task, Tool, Trajectory
from spectool.plain_text import safe
from spectool.read.formats.inspect_log import trajectory_of
from spectool.read.source import FormatError, Source
from spectool.read.tasks import load_tasks, load_tools
from spectool.results.told import many

# Findings of one pattern that are told; metadata holds all.
TOLD = 5


class Checks(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for: ``patterns`` by code, in the taxonomy's order; tasks and tools to join; how strictly gold binds."""

    patterns: tuple[str, ...]
    tasks: Mapping[str, Task]
    tools: tuple[Tool, ...]
    gold_mode: GoldMode | None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern of one sample.

    ``found``: whether it has a finding that counts, ``None`` where the pattern could not be judged. ``explanation`` cites messages as
    ``[M3]`` (from 1, as Scout numbers them); ``cited`` maps each cite to the message's index.
    """

    pattern: str
    found: bool | None
    explanation: str
    cited: Mapping[str, int]
    findings: tuple[Finding, ...]
    assessed: int


def checks_from(patterns: Sequence[str] | None, tasks: str | None, tools: str | None, gold_mode: GoldMode | None) -> Checks:
    """The settings of a scanner or scorer, read and checked once.

    Raises:
        ValueError: a pattern, tasks or tools can not be found or read.
    """
    taxonomy = load()
    codes = (
        {taxonomy.find(code)[0].code for code in patterns}
        if patterns is not None
        else {e.code for e in taxonomy.errors if e.level == "core"}
    )
    known, refused = load_tasks([tasks]) if tasks is not None else ({}, [])
    if refused:
        raise FormatError(f"{refused[0].source}: {refused[0].reason}")
    ordered = tuple(error.code for error in taxonomy.errors if error.code in codes)
    return Checks(patterns=ordered, tasks=known, tools=load_tools(tools) if tools is not None else (), gold_mode=gold_mode)


def judged(sample: Mapping[str, Any], header: Mapping[str, Any], name: str, checks: Checks) -> Iterator[Told]:
    """Every pattern of ``checks`` about one sample.

    Args:
        sample: ``id``, ``epoch``, ``messages`` and ``events`` as an Inspect log writes them.
        header: ``task`` and ``model``, where known.
        name: of the place it comes from, for the trajectory's key.
        checks: what is looked for.
    """
    trajectory = trajectory_of(Source(Path(name), name), 1, header, sample, checks.tasks)
    if checks.tools and not trajectory.tool_sets:
        trajectory = msgspec.structs.replace(trajectory, tool_sets=(checks.tools,))
    before = len(trajectory.turns) - len(sample["messages"])  # turns of the task that the sample does not repeat
    outcomes = {outcome.error: outcome for outcome in classify(trajectory, gold_mode=checks.gold_mode).outcomes}
    for code in checks.patterns:
        yield _told(trajectory, outcomes[code], before)


def _told(trajectory: Trajectory, outcome: Outcome, before: int) -> Told:
    findings = tuple(finding for finding in outcome.findings if counts(finding))
    cited: dict[str, int] = {}
    lines = []
    for finding in findings[:TOLD]:
        cite = ""
        if finding.step is not None and finding.step >= before:
            cited[f"[M{finding.step - before + 1}]"] = finding.step - before
            cite = f"[M{finding.step - before + 1}] "
        lines.append(safe(f"{cite}{finding.tool + ': ' if finding.tool else ''}{finding.message} ({finding.subtype}, {finding.tier})"))
    if len(findings) > TOLD:
        lines.append(f"and {len(findings) - TOLD} more")
    name, places = load().error(outcome.error).name, many(outcome.assessed, "place")
    empty = f"{name}: not judged: {outcome.skipped}" if outcome.skipped else f"{name}: none in {places} where it could be"
    return Told(
        pattern=outcome.error,
        found=None if outcome.skipped else bool(findings),
        explanation=f"{name}: " + "; ".join(lines) if lines else empty,
        cited=cited,
        findings=findings,
        assessed=outcome.assessed,
    )


def written(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings as plain JSON values, for metadata."""
    return [dict(msgspec.to_builtins(finding)) for finding in findings]
