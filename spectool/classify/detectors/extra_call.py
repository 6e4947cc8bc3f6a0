"""Extra call: a call that the gold does not contain, where other calls were due.

Charged only in the modes that bind the whole set of calls (``exact``, ``unordered``, and ``writes`` for calls that
change state and succeeded); where the gold names an end state, the other modes charge the latter too. A repeat is
``RAC``; a call that stands where another tool was needed is ``wrong_tool``; where nothing was due at all it is
``unneeded_call``. Its arguments are still checked against its own schema. The tool that ends a run is no call too many.

Source: decision 1 of the taxonomy; tau-bench's ``took_unintended_action``.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.classify.invocation import show
from spectool.classify.repeats import repeats
from spectool.model import Finding

CODE = "extra_call"


def assess(case: Case) -> int | str:
    """The readable calls, where the gold's mode binds the whole set."""
    if case.match is None:
        return case.unmatched or "no gold: which calls were needed is unknown (pass --tasks)"
    if not case.charges_extra:
        return f"gold mode '{case.mode}' allows further calls"
    return 0 if case.no_call_due else case.ok


def detect(case: Case) -> Iterator[Finding]:
    """Every call beyond those the gold needs."""
    if case.match is None or not case.match.extra or case.no_call_due:
        return
    repeated = {position for position, _ in repeats(case)}
    for position in case.match.extra:
        attempt = case.attempts[position]
        if position not in repeated:
            due = f"{case.match.due} call{'s' if case.match.due != 1 else ''}"
            message = f"expected the gold's {due}, got {show(attempt.name)} besides"
            yield finding(CODE, "unmatched", message, attempt=attempt, got=attempt.name)
