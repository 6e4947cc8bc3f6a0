"""Repeated API calls: the very same call again, to no purpose.

The same name with equal arguments as an earlier executed call, the same result, and no call between that may have
changed state (an unknown effect counts as a change). Exempt: repeats that the gold itself contains, polling, paging,
tools that are random by their description, and one retry after a transient error. Without results only a repeat within
one parallel batch is judged. A repeat is charged here and not as ``extra_call``.

Source: Kokane et al., arXiv 2411.13547, RAC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spectool.classify.case import Case, finding
from spectool.classify.detectors.tool_error import is_failure
from spectool.classify.matching import Attempt, argument_differences
from spectool.classify.values import equal
from spectool.model import Finding

CODE = "RAC"

# Tools whose next answer may differ by design, as their description says: asking again is their use.
RANDOM = re.compile(
    r"\b(random(?:ly)?|shuffl\w+|dice|coin|poll(?:s|ing)?|wait(?:s|ing)? (?:for|until)|(?:status|progress) of (?:a|an|the) "
    r"(?:\w+ )?(?:job|task|run|build|export|request|operation)|next (?:item|page|message|batch)|current time)\b",
    re.IGNORECASE,
)
TRANSIENT = re.compile(
    r"time[d -]?out|temporar|try again|rate limit|too many requests|unavailable|connection|\b(429|500|502|503|504)\b", re.I
)


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
            tier="certain" if subtype == "same_batch" or _same_result(first, attempt) else "likely",
            got=dict(attempt.call.arguments or {}),
        )


def repeats(case: Case) -> Iterator[tuple[int, int]]:
    """(position, earlier position) of each call that repeats one before it and is not exempt."""
    for position, attempt in enumerate(case.attempts):
        if attempt.status != "ok":
            continue
        earlier = _earlier(case, position)
        if earlier is None or (position in case.pair_of and earlier in case.pair_of):
            continue  # the gold itself makes this call twice
        if not _is_exempt(case, earlier, position) and not (case.mode == "writes" and _is_due_twice(case, attempt)):
            yield position, earlier


def _is_due_twice(case: Case, attempt: Attempt) -> bool:
    """Whether the gold makes this very call more than once, readings included, which the mode ``writes`` leaves unmatched."""
    gold = case.trajectory.gold
    path = gold.paths[case.match.path] if gold is not None and case.match is not None else ()
    return sum(call.name == attempt.name and not argument_differences(call, attempt) for call in path) > 1


def _earlier(case: Case, position: int) -> int | None:
    attempt = case.attempts[position]
    for earlier in range(position - 1, -1, -1):
        other = case.attempts[earlier]
        if other.status == "ok" and other.name == attempt.name and equal(other.call.arguments, attempt.call.arguments):
            return earlier
        if other.step != attempt.step and (other.call.result is None or _changes_state(case, other)):
            return None
    return None


def _changes_state(case: Case, attempt: Attempt) -> bool:
    failed = attempt.call.result is not None and is_failure(attempt.call.result)
    return case.effects.get(attempt.name, "unknown") != "read" and not failed


def _same_result(first: Attempt, again: Attempt) -> bool:
    a, b = first.call.result, again.call.result
    return a is not None and b is not None and a.content.strip() == b.content.strip()


def _is_exempt(case: Case, earlier: int, position: int) -> bool:
    first, again = case.attempts[earlier], case.attempts[position]
    if again.tool is not None and RANDOM.search(again.tool.description):
        return True
    if first.step == again.step:
        return False
    if first.call.result is None or (again.call.result is not None and not _same_result(first, again)):
        return True
    if is_failure(first.call.result) and TRANSIENT.search(first.call.result.content):
        return _count_before(case, position) < 2
    return False


def _count_before(case: Case, position: int) -> int:
    attempt = case.attempts[position]
    return sum(1 for a in case.attempts[:position] if a.name == attempt.name and equal(a.call.arguments, attempt.call.arguments))


def _subtype(case: Case, position: int, earlier: int) -> str:
    first, again = case.attempts[earlier], case.attempts[position]
    if first.step == again.step:
        return "same_batch"
    if first.call.result is not None and is_failure(first.call.result):
        return "retry_same_error"
    return "loop" if _is_loop(case, position, earlier) else "exact"


def _is_loop(case: Case, position: int, earlier: int) -> bool:
    """Whether at least two calls, in their order, were made once more: A-B-A-B."""
    length = position - earlier
    if length < 2 or earlier - 1 < 0:
        return False
    pairs = [(case.attempts[i], case.attempts[i - length]) for i in (position, position - 1) if i - length >= 0]
    return len(pairs) == 2 and all(a.name == b.name and equal(a.call.arguments, b.call.arguments) for a, b in pairs)
