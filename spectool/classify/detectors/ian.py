"""Incorrect argument name: an argument that the tool's schema does not declare.

Keys that an open schema admits (``additionalProperties`` true or a schema, ``patternProperties``) are never wrong;
where it says nothing, an undeclared key is certain at the top level of a tool and likely below it. What is declared is
what any part of the schema that holds there declares: references, ``allOf``, the branch of a union that was meant. A name
that ``propertyNames`` refuses is undeclared. At every level alike, a recognisable misspelling, another word for the
only required slot left open, and the right name at the wrong level whose required slot stands open fill the slot they
stand for: the same slip is not charged again as a missing argument, and the value is judged and compared there. A
declared optional argument that the gold leaves out is ``IAV.unexpected``, not this. A name that the gold itself uses stands
with ``fault: task``. Where the tools offered are unknown: what replies say (likely), and inferred schemas (at most likely).

Source: Kokane et al., arXiv 2411.13547, IAN.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding, given_at, jsonpath
from spectool.classify.inferred import arguments_known, schema_doubts
from spectool.classify.invocation import Slip, show
from spectool.classify.tool_replies import arguments_heard, slips
from spectool.model import Finding

CODE = "IAN"
# Names in a message; a reader wants the tool's own list for more.
MAX_NAMES = 8


def assess(case: Case) -> int | str:
    """The arguments given to known tools."""
    if not case.has_tools:
        return arguments_heard(case) + arguments_known(case, values=False) or "the tools offered are unknown: pass --tools or --tasks"
    if case.unusable:
        return arguments_heard(case) or case.unusable
    judged = (a for a in case.attempts if a.tool is not None and a.unusable is None)
    return sum(len(a.call.arguments or ()) for a in judged) + arguments_heard(case)


def detect(case: Case) -> Iterator[Finding]:
    """Every argument name that its tool does not declare."""
    for position, attempt in enumerate(case.attempts):
        for slip in attempt.slips:
            if slip.kind != "unknown":
                continue
            accepted = case.gold_accepts(position, slip)
            yield finding(
                CODE,
                _subtype(slip),
                f"expected {_wanted(slip, attempt.name)}, got {show(str(slip.got))}",
                attempt=attempt,
                path=slip.path,
                tier="certain" if slip.sure and not accepted else "likely",
                fault="task" if accepted else case.failing_fault,
                expected=slip.near or slip.expected,
                got={str(slip.got): given_at(attempt, slip.path)},
                repair=slip.near or _belongs(slip),
            )
    for attempt, slip in slips(case, "unknown"):
        yield finding(
            CODE,
            "near_miss" if slip.near else "unknown",
            slip.message,
            attempt=attempt,
            path=slip.path,
            tier="likely",
            source="tool_reply",
            expected=slip.near or slip.expected or None,
            got={str(slip.got): given_at(attempt, slip.path)},
            repair=slip.near,
        )
    for doubt in schema_doubts(case, "unknown"):
        slip = doubt.slip
        yield finding(
            CODE,
            _subtype(slip),
            f"expected {_wanted(slip, doubt.attempt.name)}, got {show(str(slip.got))}; {doubt.basis}",
            attempt=doubt.attempt,
            path=slip.path,
            tier=doubt.tier,
            source="inferred",
            fault=case.failing_fault,
            expected=slip.near or slip.expected,
            got={str(slip.got): given_at(doubt.attempt, slip.path)},
            repair=slip.near or _belongs(slip),
        )


def _subtype(slip: Slip) -> str:
    return {"near": "near_miss", "misplaced": "misplaced", "other_tool": "other_tool"}.get(slip.place, "unknown")


def _wanted(slip: Slip, tool: str) -> str:
    names = ", ".join(map(str, slip.expected[:MAX_NAMES])) or "no arguments"
    return f"an argument of {tool} ({names})" if len(slip.path) == 1 else f"a key of {jsonpath(slip.path[:-1])[1:]} ({names})"


def _belongs(slip: Slip) -> str | None:
    """Where a misplaced value belongs, as a path into the arguments."""
    return jsonpath(slip.meant)[1:] if slip.meant is not None else None
