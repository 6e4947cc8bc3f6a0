"""Name alias (artefact): the harness rewrote a tool's name, and the log holds the rewritten one.

APIs allow no dots in function names, so ``math.factorial`` is offered as ``math_factorial`` and comes back so. In
structured calls such a name is taken for the tool it stands for; in text, where nobody rewrites, the same spelling is
``IFN.near_miss``.

Source: gorilla issue tracker (one rename caused 167 of 191 "failures").
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.classify.invocation import show
from spectool.model import Finding

CODE = "name_alias"


def assess(case: Case) -> int | str:
    """The structured calls."""
    if not case.has_tools:
        return "the tools offered are unknown: pass --tools or --tasks"
    native = {position for position, step in case.steps if step.dialect == "native"}
    return sum(1 for attempt in case.attempts if attempt.step in native)


def detect(case: Case) -> Iterator[Finding]:
    """Every call under a rewritten name."""
    for attempt in case.attempts:
        if attempt.alias is not None:
            name = attempt.call.name
            message = f"expected {show(attempt.alias)}, got its rewritten form {show(name)}"
            yield finding(
                CODE,
                "separator",
                message,
                attempt=attempt,
                fault="harness",
                expected=attempt.alias,
                got=name,
                repair=attempt.alias,
            )
