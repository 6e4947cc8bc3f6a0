"""Unneeded call: a call where none was due.

The gold says that nothing is to be called (an unrelated request, no fitting tool, a missing detail to ask for), or the
request forbade calls (``tool_choice: none``). One finding per call; a repeat among them is ``RAC``, and an invented
function is ``IFN`` alone. A surplus call where others were due is ``extra_call``. In mode ``writes`` only calls that
change state and succeeded are charged: where the gold has none of these, looking things up is free.

Source: BFCL's irrelevance categories; decision 10 of the taxonomy.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.classify.invocation import show
from spectool.classify.repeats import repeats
from spectool.model import Finding

CODE = "unneeded_call"


def assess(case: Case) -> int | str:
    """One where no call was due, else none."""
    if case.trajectory.request.tool_choice == "none" or case.no_call_due:
        return 1
    if case.trajectory.gold is None:
        return "no gold: whether a call was due is unknown (pass --tasks)"
    return 0 if case.mode == "any_call" else case.unmatched or 0


def detect(case: Case) -> Iterator[Finding]:
    """Every call made although none was due."""
    forbidden = case.trajectory.request.tool_choice == "none"
    if not case.attempts or not (forbidden or case.no_call_due):
        return
    repeated = {position for position, _ in repeats(case)}
    charged = range(len(case.attempts)) if forbidden or case.match is None else case.match.extra
    for position in charged:
        attempt = case.attempts[position]
        if attempt.status == "ok" and position not in repeated:
            why = "tool_choice is none" if forbidden else "no call is due"
            subtype = "tool_choice_none" if forbidden else "no_call_due"
            yield finding(CODE, subtype, f"expected no call ({why}), got {show(attempt.name)}", attempt=attempt, got=attempt.name)
