"""Repeated API calls: the very same call again, to no purpose.

The same name with equal arguments as an earlier executed call, the same result, and no call between that may have
changed state (an unknown effect counts as a change). Exempt: repeats that the gold itself contains, polling (by the tool's
words, or while its reply says that something is not done yet), paging and other tools that go on from where they last
stood, tools that are random by their description, one retry after a transient error, and a repeat that the user asked
for. Without results only a repeat within one parallel batch is judged. A repeat is charged here and not as ``extra_call``.

Source: Kokane et al., arXiv 2411.13547, RAC.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.complaints import complaints
from spectool.classify.failures import is_failure
from spectool.classify.finding import finding
from spectool.classify.repeats import repeats, same_result
from spectool.classify.tool_replies import MAX_REMARK
from spectool.classify.values import equal
from spectool.model import Finding

CODE = "RAC"


def assess(case: Case) -> int | str:
    """The readable calls."""
    return case.ok


def detect(case: Case) -> Iterator[Finding]:
    """Every repeat that no exemption covers."""
    if len(case.attempts) < 2:
        return
    for position, earlier in repeats(case):
        attempt = case.attempts[position]
        subtype = _subtype(case, position, earlier)
        first = case.attempts[earlier]
        yield finding(
            CODE,
            subtype,
            f"expected a new call, got {attempt.name} again with the same arguments as turns[{first.step}].calls[{first.index}]",
            attempt=attempt,
            tier="certain" if subtype == "same_batch" or same_result(first, attempt) else "likely",
            got=dict(attempt.call.arguments or {}),
        )


def _subtype(case: Case, position: int, earlier: int) -> str:
    first, again = case.attempts[earlier], case.attempts[position]
    if first.step == again.step:
        return "same_batch"
    if first.call.result is not None and (is_failure(first.call.result) or complaints(first.call.result.content[:MAX_REMARK])):
        return "retry_same_error"
    return "loop" if _is_loop(case, position, earlier) else "exact"


def _is_loop(case: Case, position: int, earlier: int) -> bool:
    """Whether at least two calls, in their order, were made once more: A-B-A-B."""
    length = position - earlier
    if length < 2 or earlier - 1 < 0:
        return False
    pairs = [(case.attempts[i], case.attempts[i - length]) for i in (position, position - 1) if i - length >= 0]
    return len(pairs) == 2 and all(a.name == b.name and equal(a.call.arguments, b.call.arguments) for a, b in pairs)
