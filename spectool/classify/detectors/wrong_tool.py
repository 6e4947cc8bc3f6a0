"""Wrong tool: an offered tool, but not the one that was needed.

A call left over beside a gold call left over in the same turn is one mistake, not two: it is charged here, and neither
as ``IAC`` nor as ``extra_call``. Its arguments are still checked against its own schema. Where the gold allows further
calls, only a call that shares a value with the missing one counts as standing in for it. Also the call of another tool
where ``tool_choice`` named one.

Source: decision 1 of the taxonomy; tau-bench's ``called_wrong_tool``, CriticTool's ``tool_select_error``.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.classify.invocation import show
from spectool.model import Finding

CODE = "wrong_tool"


def assess(case: Case) -> int | str:
    """The gold calls due, or the calls made under a named tool choice."""
    if case.match is not None:
        return case.match.due
    if _named(case):
        return len(case.attempts)
    return case.unmatched or "no gold: which tool was needed is unknown (pass --tasks)"


def detect(case: Case) -> Iterator[Finding]:
    """Every call that took the place of another tool's."""
    replaced = set()
    for pair in case.match.wrong_tool if case.match is not None else ():
        attempt, name = case.attempts[pair.attempt], pair.expected.name
        replaced.add(pair.attempt)
        message = f"expected a call of {show(name)}, got {show(attempt.name)}"
        yield finding(CODE, "offered", message, attempt=attempt, expected=name, got=attempt.name, repair=name)
    named = _named(case) if case.match is None else None  # gold knows better which tools were due
    for position, attempt in enumerate(case.attempts):
        if named and position not in replaced and attempt.status == "ok" and attempt.name != named:
            message = f"expected a call of {show(named)} (tool_choice), got {show(attempt.name)}"
            yield finding(CODE, "forced", message, attempt=attempt, expected=named, got=attempt.name, repair=named)


def _named(case: Case) -> str | None:
    choice = case.trajectory.request.tool_choice
    return choice if choice not in (None, "auto", "none", "required", "any") else None
