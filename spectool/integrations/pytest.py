"""An assertion for tests of an agent: a trajectory has no error patterns but those allowed.

Usable with any test runner; pytest shows the message alone, without this file's own frames.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from spectool.classify.classify import classify
from spectool.classify.counted import counts
from spectool.classify.taxonomy import load
from spectool.model import Finding, GoldMode, Tool, Trajectory, Verdict
from spectool.plain_text import safe
from spectool.read.gold import gold_from
from spectool.read.record import as_json
from spectool.read.tools import tools_from
from spectool.results.stream import Reading, read_batches

# What tools alone can decide: with these not judged, "no errors" would mean "not looked".
MUST_JUDGE = ("IFN", "IAN", "IAT", "IAV")
# Characters of a value in a message.
SHOWN = 200


def assert_no_errors(
    record: Trajectory | Mapping[str, Any] | Sequence[Any],
    *,
    allow: Sequence[str] = (),
    tools: Any = None,
    gold: Any = None,
    gold_mode: GoldMode = "unordered",
    must_judge: Sequence[str] = MUST_JUDGE,
) -> Verdict:
    """Passes where no error counts against the agent; returns the verdict.

    Args:
        record: a trajectory, one record of any format that `spectool classify` reads, or a list of chat messages.
        allow: patterns (``"RAC"``) and subtypes (``"IAV.format_variant"``) that may occur.
        tools: the tools offered, where the record has none: a list as OpenAI, Anthropic or MCP write it, or of ``Tool``.
        gold: the calls that would have been right, ``[{"name": …, "arguments": {…}}]``; an empty list where none is due.
        gold_mode: how strictly a list of gold calls binds (docs/gold.md).
        must_judge: patterns that fail the test where they could not be judged, which is never "clean".

    Raises:
        AssertionError: an error was found, or a pattern of ``must_judge`` could not be judged; the message lists each with its place.
        ValueError: the record can not be read, or ``allow`` names no pattern.
    """
    __tracebackhide__ = True
    allowed = frozenset(map(_known, allow))
    trajectory = _with(record if isinstance(record, Trajectory) else _read(record), tools, gold, gold_mode)
    verdict = classify(trajectory)
    found = [
        f for outcome in verdict.outcomes for f in outcome.findings if _is_error(f) and not {f.error, f"{f.error}.{f.subtype}"} & allowed
    ]
    due = set(map(_known, must_judge)) - allowed
    # A detector that crashed is a fault of ours, and no reason to pass.
    unjudged = {o.error: o.skipped for o in verdict.outcomes if o.skipped and (o.error in due or "crashed" in o.skipped)}
    if found or unjudged:
        raise AssertionError("\n".join(" " * indent + safe(line) for indent, line in _told(trajectory, found, unjudged)))
    return verdict


def _known(code: str) -> str:
    """The code as the taxonomy writes it; raises a ValueError where there is none."""
    error, subtype = load().find(code)
    return error.code if subtype is None else f"{error.code}.{subtype.code}"


def _is_error(finding: Finding) -> bool:
    return finding.level in ("core", "extended") and counts(finding)


def _with(trajectory: Trajectory, tools: Any, gold: Any, mode: GoldMode) -> Trajectory:
    offered = _tools(tools)
    if offered and not trajectory.tool_sets:
        trajectory = msgspec.structs.replace(trajectory, tool_sets=(offered,))
    if gold is not None:
        trajectory = msgspec.structs.replace(trajectory, gold=gold_from(gold, mode))
    return trajectory


def _tools(tools: Any) -> tuple[Tool, ...]:
    if isinstance(tools, list | tuple) and all(isinstance(tool, Tool) for tool in tools):
        return tuple(tools)
    return tools_from(tools)


def _read(record: Mapping[str, Any] | Sequence[Any]) -> Trajectory:
    """One record, by the readers that the command line uses: they tell a format by a file's looks."""
    row = record if isinstance(record, Mapping) else {"messages": list(record)}
    try:
        text = json.dumps(row)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"the record is no JSON value: {error}") from None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.jsonl"
        path.write_text(text + "\n", encoding="utf-8")
        batches = list(read_batches([path], Reading()))
    trajectories = [each for batch in batches for each in batch.trajectories]
    refused = [each.reason for batch in batches for each in batch.rejected]
    if len(trajectories) == 1 and not refused:
        return trajectories[0]
    raise ValueError(f"the record can not be read: {refused[0] if refused else f'expected one attempt, got {len(trajectories)}'}")


def _told(trajectory: Trajectory, found: Sequence[Finding], unjudged: Mapping[str, str | None]) -> Iterator[tuple[int, str]]:
    """The message, as (indentation, line)."""
    count = f"{len(found)} error{'' if len(found) == 1 else 's'}" if found else "not every pattern could be judged"
    yield 0, f"{count} in {trajectory.id!r}" + (f" ({trajectory.model})" if trajectory.model else "")
    for finding in found:
        yield from _finding(finding)
    for error, reason in unjudged.items():
        yield 2, f"{error} could not be judged: {(reason or '').partition(': ')[0]}"
    if unjudged:
        yield 2, "pass tools=[…], or leave the pattern out of must_judge"
    if found:
        yield 2, f"what it means: spectool explain {' | '.join(dict.fromkeys(finding.error for finding in found))}"


def _finding(finding: Finding) -> Iterator[tuple[int, str]]:
    yield 2, f"{finding.error}.{finding.subtype} ({load().error(finding.error).name}; {finding.tier})"
    yield 4, f"at {finding.path}" + (f", a call of {finding.tool}" if finding.tool else "")
    yield 4, finding.message
    for what, value in (("expected", finding.expected), ("got", finding.got)):
        if value is not None:
            text = as_json(value)
            yield 4, f"{what}: {text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'}"
