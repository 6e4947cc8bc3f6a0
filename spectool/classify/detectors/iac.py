"""Insufficient API calls: calls that the task needs and that were never made.

Counted after one-to-one matching: each gold call left unmatched is one finding. A call that could not be parsed, whose
name is unknown, or that used another offered tool in its place has absorbed its gold call and is charged there. Without
gold only a request that demands a call (``tool_choice: required``) can show it. A question back where required
information is missing is no IAC. Nor is what the harness kept from us: where the engine failed or cut the turn, or calls
of it were lost, nothing is charged as missing.

Source: Kokane et al., arXiv 2411.13547, IAC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spectool.classify.case import Case
from spectool.classify.detectors import inference_error, lost_call, truncated
from spectool.classify.failures import is_failure
from spectool.classify.finding import finding
from spectool.classify.invocation import show
from spectool.classify.values import example
from spectool.model import ExpectedCall, Finding, Message

CODE = "IAC"


def assess(case: Case) -> int | str:
    """The gold calls due."""
    if case.match is not None:
        return case.match.due
    if case.mode == "any_call" or _demanded(case):
        return 1
    return case.unmatched or "no gold: what was needed is unknown (pass --tasks)"


def detect(case: Case) -> Iterator[Finding]:
    """One finding for each gold call that nothing stands for."""
    if case.match is not None:
        hidden = hidden_turns(case) if case.match.missing else frozenset()
        for expected in case.match.missing:
            if (expected.turn if case.has_turns else None) in hidden:
                continue
            subtype = _subtype(case, expected)
            wanted = {name: example(value) for name, value in expected.arguments.items() if not value.optional}
            yield finding(
                CODE,
                subtype,
                f"expected a call of {show(expected.name)}, got {_instead(subtype)}",
                tool=expected.name,
                expected={"name": expected.name, "arguments": wanted},
                repair={"name": expected.name, "arguments": wanted},
            )
    elif (case.mode == "any_call" or _demanded(case)) and not case.attempts and not hidden_turns(case):
        yield finding(CODE, "no_call", "expected some call, got none")


def hidden_turns(case: Case) -> frozenset[int | None]:
    """The user turns of which the harness kept part of the model's output from us; ``None`` among them: the run's end."""
    last = {turn: position for position, turn in case.turn_at.items()}
    cut = {found.step for artefact in (inference_error, truncated) for found in artefact.detect(case)}
    lost = {case.turn_at[found.step] for found in lost_call.detect(case) if found.step is not None}
    hidden = lost.union(turn for turn, position in last.items() if position in cut)
    return frozenset({None, *hidden}) if lost or (last and max(last) in hidden) else frozenset(hidden)


def _demanded(case: Case) -> bool:
    choice = case.trajectory.request.tool_choice
    return choice is not None and choice not in ("auto", "none")


def _subtype(case: Case, expected: ExpectedCall) -> str:
    finish = case.trajectory.request.finish
    made = [a for a in case.attempts if a.name != finish and (not case.has_turns or a.turn == expected.turn)]
    if not made:
        return "no_call"
    last = made[-1].call.result
    if last is not None and is_failure(last):
        return "stopped_early"
    pairs = case.match.pairs if case.match is not None else ()
    mine = [pair for pair in pairs if not case.has_turns or pair.expected.turn == expected.turn]
    later = any(_order(case, pair.expected) > _order(case, expected) for pair in mine)
    if case.mode == "unordered" and len({a.step for a in made}) == 1:
        return "missing_parallel"
    if case.mode == "required" and mine and not later and _is_independent(case, expected):
        return "missing_parallel"
    ran = pairs or case.replied or case.mode in ("required", "writes")  # else all there is may be one answer, which no end cut short
    return "missing_call" if later or not ran else "stopped_early"


def _is_independent(case: Case, expected: ExpectedCall) -> bool:
    """Whether all that a call needs was there from the start.

    So not where a call of its turn changed state, or where one of its values is left open or stands in replies alone.
    """
    pairs = case.match.pairs if case.match is not None else ()
    wrote = any(case.effects.get(pair.expected.name) == "write" for pair in pairs if pair.expected.turn == expected.turn)
    if wrote or any(each.any and not each.optional for each in expected.arguments.values()):
        return False
    wanted = [value for each in expected.arguments.values() if not each.optional for value in _single(example(each))]
    texts = [str(value).lower() for value in wanted if len(str(value)) > 2]
    asked = "\n".join(turn.content for turn in case.trajectory.turns if isinstance(turn, Message) and turn.role == "user").lower()
    replies = "\n".join(a.call.result.content for a in case.attempts if a.call.result is not None).lower()
    return not any(text in replies and text not in asked for text in texts)


def _single(value: Any) -> Iterator[str | int | float]:
    """The texts and numbers in a value, nested ones too."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _single(inner)
    elif isinstance(value, str | int | float):
        yield value


def _order(case: Case, expected: ExpectedCall) -> int:
    gold = case.trajectory.gold
    path = gold.paths[case.match.path] if gold is not None and case.match is not None else ()
    return next((i for i, call in enumerate(path) if call is expected), len(path))


def _instead(subtype: str) -> str:
    return {
        "no_call": "no call at all",
        "missing_parallel": "only some of the parallel calls",
        "stopped_early": "an end before it",
    }.get(subtype, "other calls only")
