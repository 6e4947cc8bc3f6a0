"""Incorrect argument type: a value whose JSON type is not the one the schema asks for.

``true`` is never a number; ``3`` satisfies number and ``3.0`` integer, as JSON Schema has it. A value that plainly
reads as the right type ("5" for 5) is charged here once, coerced, and its value compared; any other type slip masks
``IAV`` on that value. A union is judged against the branch that was meant: the one its tag names, else of the value's
own type, else with the fewest slips; a value of no branch's type is held against the types of all. A text outside one
branch that reads as another's type was meant for that. An enumeration without a type has the types of its options. NaN
and the infinities are no JSON numbers. Where the gold itself takes the very value that the schema refuses, the slip
stands with ``fault: task`` and decides nothing. Where the tools offered are unknown: what replies say (likely), and
inferred schemas (at most likely).

Source: Kokane et al., arXiv 2411.13547, IAT.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.classify.inferred import arguments_known, schema_doubts
from spectool.classify.invocation import Slip
from spectool.classify.tool_replies import arguments_heard, slips
from spectool.model import Finding, Tier

CODE = "IAT"


def assess(case: Case) -> int | str:
    """The arguments given to known tools that their schema declares."""
    if not case.has_tools:
        return arguments_heard(case) + arguments_known(case, values=True) or "the tools offered are unknown: pass --tools or --tasks"
    if case.unusable:
        return arguments_heard(case) or case.unusable
    judged = [a for a in case.attempts if a.tool is not None and a.unusable is None]
    unknown = sum(1 for a in judged for slip in a.slips if slip.kind == "unknown" and len(slip.path) == 1 and slip.near is None)
    return sum(len(a.call.arguments or ()) for a in judged) - unknown + arguments_heard(case)


def detect(case: Case) -> Iterator[Finding]:
    """Every value of the wrong JSON type."""
    for position, attempt in enumerate(case.attempts):
        for slip in attempt.slips:
            if slip.kind != "type":
                continue
            accepted = case.gold_accepts(position, slip)
            yield finding(
                CODE,
                _subtype(slip),
                slip.message,
                attempt=attempt,
                path=slip.path,
                tier="likely" if accepted else _tier(slip),
                fault="task" if accepted else case.failing_fault,
                expected=slip.expected,
                got=slip.got,
                repair=slip.coerced[0] if slip.coerced else None,
            )
    for attempt, slip in slips(case, "type"):
        yield finding(
            CODE,
            _subtype(slip),
            slip.message,
            attempt=attempt,
            path=slip.path,
            tier="likely",
            source="tool_reply",
            expected=slip.expected,
            got=slip.got,
            repair=slip.coerced[0] if slip.coerced else None,
        )
    for doubt in schema_doubts(case, "type"):
        slip = doubt.slip
        yield finding(
            CODE,
            _subtype(slip),
            f"{slip.message}; {doubt.basis}",
            attempt=doubt.attempt,
            path=slip.path,
            tier=doubt.tier,
            source="inferred",
            fault=case.failing_fault,
            expected=slip.expected,
            got=slip.got,
            repair=slip.coerced[0] if slip.coerced else None,
        )


def _tier(slip: Slip) -> Tier:
    return "certain" if slip.sure else "likely"


def _subtype(slip: Slip) -> str:
    if slip.coerced:
        return "coercible"
    if slip.got is None:
        return "null"
    if _is_container(slip.got) != any(kind in ("array", "object") for kind in slip.expected):
        return "container"
    return "nested" if len(slip.path) > 1 else "incompatible"


def _is_container(value: Any) -> bool:
    return isinstance(value, (list, dict))
