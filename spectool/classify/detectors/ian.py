"""Incorrect argument name: an argument that the tool's schema does not declare.

Keys that an open schema admits (``additionalProperties`` true or a schema, ``patternProperties``) are never wrong;
where it says nothing, an undeclared key is certain at the top level of a tool and likely below it. A recognisable
misspelling, or another word for the only required slot left open, fills the slot it stands for: the same slip is not
charged again as a missing argument, and its value is compared. A declared optional argument that the gold leaves out is
``IAV.unexpected``, not this. A name that the gold itself uses stands with ``fault: task``. Skipped when the tools
offered are unknown.

Source: Kokane et al., arXiv 2411.13547, IAN.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case, finding, given_at
from spectool.classify.invocation import Slip, show
from spectool.model import Finding

CODE = "IAN"


def assess(case: Case) -> int | str:
    """The arguments given to known tools."""
    if not case.has_tools:
        return "the tools offered are unknown: pass --tools or --tasks"
    if case.unusable:
        return case.unusable
    return sum(len(a.call.arguments or ()) for a in case.attempts if a.tool is not None and a.unusable is None)


def detect(case: Case) -> Iterator[Finding]:
    """Every argument name that its tool does not declare."""
    for position, attempt in enumerate(case.attempts):
        for slip in attempt.slips:
            if slip.kind != "unknown":
                continue
            accepted = case.gold_accepts(position, slip)
            names = ", ".join(map(str, slip.expected[:8])) or "no arguments"
            yield finding(
                CODE,
                _subtype(slip),
                f"expected an argument of {attempt.name} ({names}), got {show(str(slip.got))}",
                attempt=attempt,
                path=slip.path,
                tier="certain" if slip.closed and not accepted else "likely",
                fault="task" if accepted else case.failing_fault,
                expected=slip.near or slip.expected,
                got={str(slip.got): given_at(attempt, slip.path)},
                repair=slip.near,
            )


def _subtype(slip: Slip) -> str:
    return {"near": "near_miss", "misplaced": "misplaced", "other_tool": "other_tool"}.get(slip.place, "unknown")
