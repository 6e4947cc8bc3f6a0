"""What a verdict leaves in a result folder: one row a trajectory, a finding, an outcome and a tool list.

The columns are a public contract (docs/result-folder.md). Text that no encoding can hold (lone surrogates) is replaced here and
nowhere earlier, so that classification saw what the model wrote.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec

from spectool.classify.compat.ruling import METRICS, Ruling
from spectool.classify.counted import counts
from spectool.model import Finding, Message, Opinion, Outcome, Request, Step, Trajectory, Verdict

TRAJECTORY_COLUMNS: Mapping[str, str] = {
    "key": "string",
    "id": "string",
    "task": "string",
    "sample": "int32",
    "model": "string",
    "run": "string",
    "time": "string",
    "tags": "list",
    "category": "string",
    "environment": "string",
    "source": "string",
    "line": "int64",
    "format": "string",
    "passed": "bool",
    "reward": "double",
    "steps": "int32",
    "calls": "int32",
    "n_tools": "int32",
    "n_gold": "int32",
    "gold_mode": "string",
    "gold_path": "int32",
    "tools_hash": "string",
    "prompt_hash": "string",
    "patterns": "list",
    "compat_label": "string",
    "query": "string",
    "output": "string",
    "turns": "string",
    "gold": "string",
    "request": "string",
    "meta": "string",
}
FINDING_COLUMNS: Mapping[str, str] = {
    "key": "string",
    "error": "string",
    "subtype": "string",
    "level": "string",
    "tier": "string",
    "source": "string",
    "fault": "string",
    "primary": "bool",
    "step": "int32",
    "call": "int32",
    "tool": "string",
    "path": "string",
    "message": "string",
    "expected": "string",
    "got": "string",
    "repair": "string",
    "counted": "bool",
}
OUTCOME_COLUMNS: Mapping[str, str] = {"key": "string", "error": "string", "assessed": "int32", "found": "int32", "skipped": "string"}
TOOL_COLUMNS: Mapping[str, str] = {"hash": "string", "tools": "string"}
COMPAT_COLUMNS: Mapping[str, str] = {
    **{"key": "string", "system": "string", "passed": "bool", "label": "string", "reason": "string"},
    **dict.fromkeys(METRICS, "double"),
}
# Of the tables ``tagged`` and ``judged``.
OPINION_COLUMNS: Mapping[str, str] = {
    "key": "string",
    "error": "string",
    "subtype": "string",
    "score": "double",
    "tier": "string",
    "step": "int32",
    "call": "int32",
    "tool": "string",
    "path": "string",
    "message": "string",
    "got": "string",
    "evidence": "string",
    "skipped": "string",
    "by": "string",
}

# Long enough to recognise a query or an answer in a list; the whole text stays in ``turns``.
SHORT_TEXT = 2000
_AFTER_ALL = 1 << 30
_encode = msgspec.json.Encoder().encode


def trajectory_row(trajectory: Trajectory, verdict: Verdict, tools: str | None) -> tuple[Any, ...]:
    """Values in the order of ``TRAJECTORY_COLUMNS``; ``tools`` is the key of its tools in ``tools.parquet``."""
    t, meta, gold = trajectory, trajectory.meta, trajectory.gold
    steps = [turn for turn in t.turns if isinstance(turn, Step)]
    users = [turn.content for turn in t.turns if isinstance(turn, Message) and turn.role == "user"]
    label = verdict.compat_label if verdict.compat_label is not None else meta.get("compat_label")
    return (
        *(t.key, clean(t.id), clean(t.task), t.sample, clean(t.model), clean(t.run), _text(t.time)),
        *(tuple(map(clean, t.tags)), _text(meta.get("category")), _text(meta.get("environment"))),
        *(clean(t.source), t.line, _text(meta.get("format")), verdict.passed, t.reward),
        *(len(steps), sum(len(step.calls) for step in steps), len({tool.name for tools in t.tool_sets for tool in tools})),
        *(_gold_calls(trajectory, verdict), gold.mode if gold else None, verdict.gold_path),
        *(tools, _hash(_asked(trajectory)), _patterns(verdict), _text(label)),
        *(clean(users[0][:SHORT_TEXT]) if users else "", clean(_last_text(steps))),
        *(to_json(t.turns), to_json(gold) if gold else None, _request(t.request), to_json(meta)),
    )


def finding_rows(verdict: Verdict) -> list[tuple[Any, ...]]:
    """One row a finding in the order of ``FINDING_COLUMNS``, by place: step, call, then the order of the patterns."""
    findings = [finding for outcome in verdict.outcomes for finding in outcome.findings]
    findings.sort(key=lambda each: (_AFTER_ALL if each.step is None else each.step, _AFTER_ALL if each.call is None else each.call))
    return [_finding_row(verdict.key, finding) for finding in findings]


def _finding_row(key: str, finding: Finding) -> tuple[Any, ...]:
    f = finding
    return (
        *(key, f.error, f.subtype, f.level, f.tier, f.source, f.fault, f.primary, f.step, f.call),
        *(_text(f.tool), clean(f.path), clean(f.message)),
        *(_json_or_none(f.expected), _json_or_none(f.got), _json_or_none(f.repair), counts(f)),
    )


def outcome_rows(verdict: Verdict) -> list[tuple[Any, ...]]:
    """One row a pattern in the order of ``OUTCOME_COLUMNS``; ``found`` counts only what counts against the model."""
    return [(verdict.key, each.error, each.assessed, _found(each), each.skipped) for each in verdict.outcomes]


def tools_row(trajectory: Trajectory) -> tuple[str, str] | None:
    """Values in the order of ``TOOL_COLUMNS``: key and JSON of the tools offered; ``None`` when none are known."""
    if not trajectory.tool_sets:
        return None
    text = to_json(trajectory.tool_sets)
    return _hash(text), text


def compat_row(trajectory: Trajectory, system: str, ruling: Ruling) -> tuple[Any, ...]:
    """Values in the order of ``COMPAT_COLUMNS``."""
    scores = (ruling.scores.get(metric) for metric in METRICS)
    return (trajectory.key, system, ruling.passed, ruling.label, clean(ruling.reason), *scores)


def opinion_row(opinion: Opinion) -> tuple[Any, ...]:
    """Values in the order of ``OPINION_COLUMNS``."""
    o = opinion
    return (
        *(o.key, o.error, o.subtype, o.score, o.tier, o.step, o.call, _text(o.tool), clean(o.path), clean(o.message)),
        *(_json_or_none(o.got), to_json(o.evidence), _text(o.skipped), clean(o.by)),
    )


def clean(text: str) -> str:
    """``text`` as UTF-8 can hold it: lone surrogates become U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def to_json(value: Any) -> str:
    """JSON text of a value or struct. NaN and Infinity stay as Python's ``json`` writes and reads them, integers of any size too."""
    try:
        encoded = _encode(value)
        # Only what was written as null can be such a number: most values need not be searched for one.
        if b"null" not in encoded or not _odd(value):
            return encoded.decode()
    except (UnicodeEncodeError, OverflowError, ValueError):
        pass  # lone surrogates or integers beyond 64 bits: the slower writer takes them
    return clean(json.dumps(msgspec.to_builtins(value), ensure_ascii=False))


def _odd(value: Any) -> bool:
    """Whether ``value`` holds a number that msgspec would silently write as null (NaN, Infinity)."""
    kind = type(value)
    if kind is str or kind is int or kind is Message:
        return False
    if kind is float:
        return bool(value - value != 0)
    if kind is dict:
        return any(map(_odd, value.values()))
    if kind is list or kind is tuple:
        return any(map(_odd, value))
    return kind is Step and any(_odd(call.arguments) for call in value.calls)


@lru_cache(maxsize=1024)
def _request(request: Request) -> str:
    """One text serves all trajectories that were asked alike."""
    return to_json(request)


def _json_or_none(value: Any) -> str | None:
    return None if value is None else to_json(value)


def _text(value: Any) -> str | None:
    return None if value is None else clean(str(value))


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _asked(trajectory: Trajectory) -> str:
    """What the users said before the model first spoke: it names the same question under other ids."""
    said: list[str] = []
    for turn in trajectory.turns:
        if isinstance(turn, Step):
            break
        if turn.role == "user":
            said.append(turn.content)
    return "\n".join(said)


def _last_text(steps: list[Step]) -> str:
    return (steps[-1].text or steps[-1].raw or "")[:SHORT_TEXT] if steps else ""


def _gold_calls(trajectory: Trajectory, verdict: Verdict) -> int | None:
    paths = trajectory.gold.paths if trajectory.gold else ()
    return len(paths[verdict.gold_path or 0]) if paths else None


def _patterns(verdict: Verdict) -> tuple[str, ...]:
    return tuple(outcome.error for outcome in verdict.outcomes if _found(outcome))


def _found(outcome: Outcome) -> int:
    return sum(map(counts, outcome.findings)) if outcome.findings else 0
