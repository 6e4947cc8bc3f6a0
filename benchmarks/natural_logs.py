"""Logs with natural errors as the recount counts them and as the tool reads them, call by call under the same key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.loading import calls_of, trajectories
from benchmarks.recount import BROKEN_JSON, NON_OBJECT, UNKNOWN_ARGUMENT, UNKNOWN_TOOL, Key, Recount, toolbench, workbench
from spectool.classify.classify import classify
from spectool.model import Call, Finding, Trajectory


@dataclass(frozen=True)
class Log:
    """One log: what the recount found, and the same attempts as the tool reads them."""

    name: str
    recount: Recount
    attempts: tuple[Trajectory, ...]


def logs(data: Path) -> Iterator[Log]:
    """WorkBench's files of runs, then ToolBench's answers."""
    specs = data / "workbench" / "tool_specs_derived.json"
    for runs in sorted((data / "workbench").glob("runs_*.jsonl")):
        yield Log(f"WorkBench {runs.stem.removeprefix('runs_')}", workbench(runs, specs), tuple(trajectories(runs, tools=specs)))
    answers = data / "toolbench" / "answer"
    if answers.is_dir():
        yield Log("ToolBench", toolbench(answers), tuple(trajectories(answers)))


def keyed(attempts: Iterable[Trajectory]) -> Iterator[tuple[Trajectory, dict[tuple[int, int], Key]]]:
    """Each attempt with the recount's key of each of its calls."""
    seen: Counter[tuple[str, str]] = Counter()
    for attempt in attempts:
        keys: dict[tuple[int, int], Key] = {}
        for position, call in calls_of(attempt):
            place, text = _place_and_call(attempt, call)
            seen[place, text] += 1
            keys[position] = (place, text, seen[place, text])
        yield attempt, keys


def _place_and_call(attempt: Trajectory, call: Call) -> tuple[str, str]:
    if attempt.meta["format"] == "toolbench":
        return attempt.source, f"{call.name} {call.raw} {call.result.content if call.result else ''}"
    return attempt.id, "step"


def as_error(finding: Finding) -> tuple[str, str] | None:
    """A finding in the recount's words; ``None`` for patterns that it does not count."""
    if finding.error == "IFN":
        return UNKNOWN_TOOL, str(finding.got)
    if finding.error == "IAN":
        return UNKNOWN_ARGUMENT, next(iter(finding.got))
    if finding.error == "IFE":
        return (NON_OBJECT if finding.subtype == "bad_shape" else BROKEN_JSON), ""
    return None


def findings_by_key(attempts: Iterable[Trajectory]) -> tuple[dict[Key, list[Finding]], set[Key]]:
    """The findings at each call, and every call's key."""
    found: dict[Key, list[Finding]] = {}
    met: set[Key] = set()
    for attempt, keys in keyed(attempts):
        met |= set(keys.values())
        for outcome in classify(attempt).outcomes:
            for each in outcome.findings:
                if each.step is not None and each.call is not None:
                    found.setdefault(keys[each.step, each.call], []).append(each)
    return found, met
