"""Tool replies as evidence: what an error reply says about its call, where no schema of the tool is at hand.

A complaint counts only where the call bears it out: the function it names is the one called, the unknown argument was given, the missing
one was not, the mistyped value is not of the type asked for, the refused one is not among the choices listed. So a message about the world
("event not found") accuses nobody, and neither does data that happens to quote one. With a schema, the schema decides.

Source: decision 12 of the taxonomy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from spectool.classify.attempt import Attempt
from spectool.classify.case import Case
from spectool.classify.complaints import Complaint, complaints
from spectool.classify.conversation import once_per_case
from spectool.classify.failures import is_failure
from spectool.classify.invocation import Slip, coerce, show, type_name
from spectool.model import Call
from spectool.names import nearest, squash
from spectool.validate import PYTHON_TYPES, Path, at

# Characters read of a reply that reports a failure, and of one that does not: there a complaint is all there is, or it is data.
MAX_FAILURE = 4_000
MAX_REMARK = 240
# Credentials are the harness's to send, whatever the reply calls them.
_CREDENTIALS = frozenset({"apikey", "token", "authorization", "accesstoken", "xrapidapikey", "key", "auth", "authtoken"})


@once_per_case
def heard(case: Case) -> Sequence[Attempt]:
    """The calls that only their tool's reply can judge and whose reply reports a failure or complains."""
    if not case.replied:
        return []
    judged = [a for a in case.attempts if a.status == "ok" and (a.tool is None or a.unusable is not None)]
    return [a for a in judged if a.call.result is not None and (is_failure(a.call.result) or _of(a))]


def succeeded(call: Call) -> bool:
    """Whether the tool took the call: it answered, and the answer neither reports a failure nor complains of the call."""
    if call.result is None or call.arguments is None:
        return False
    return not is_failure(call.result) and not complaints(call.result.content[:MAX_REMARK].strip())


def arguments_heard(case: Case) -> int:
    """The arguments of those calls: the places of which their replies could have complained."""
    return sum(len(attempt.call.arguments or ()) for attempt in heard(case))


def slips(case: Case, *kinds: str) -> Iterator[tuple[Attempt, Slip]]:
    """(call, slip) of every complaint of these ``kinds`` about a call's arguments that the call bears out."""
    for attempt in heard(case):
        if not blames_name(attempt):
            for complaint in _of(attempt):
                slip = _slip(attempt, complaint) if complaint.kind in kinds else None
                if slip is not None:
                    yield attempt, slip


def unknown_names(case: Case) -> Iterator[tuple[Attempt, tuple[str, ...]]]:
    """(call, names that the reply lists instead) of every call whose function its reply does not know."""
    for attempt in heard(case):
        named = [complaint for complaint in _of(attempt) if _blames_name(attempt, complaint)]
        if named:
            yield attempt, named[0].choices


def blames_name(attempt: Attempt) -> bool:
    """Whether the call's reply knows no such function."""
    return any(_blames_name(attempt, complaint) for complaint in _of(attempt))


def _of(attempt: Attempt) -> tuple[Complaint, ...]:
    result = attempt.call.result
    if result is None:
        return ()
    return complaints(result.content[: MAX_FAILURE if is_failure(result) else MAX_REMARK].strip())


def _blames_name(attempt: Attempt, complaint: Complaint) -> bool:
    return complaint.kind == "tool" and (not complaint.path or squash(str(complaint.path[0])) == squash(attempt.call.name))


def _slip(attempt: Attempt, complaint: Complaint) -> Slip | None:
    given: Any = attempt.call.arguments or {}
    path = _place(complaint, given)
    if path is None:
        return None
    name, holder, value = str(path[-1]), at(given, path[:-1]), at(given, path)
    present = isinstance(holder, dict) and name in holder
    if complaint.kind == "missing":
        needed = isinstance(holder, dict) and not present and squash(name) not in _CREDENTIALS
        message = f"expected a value for '{name}', got none; the tool says that it is required"
        return Slip(kind="missing", path=path, message=message) if needed else None
    if complaint.kind == "unknown":
        near = nearest(name, complaint.choices) if complaint.choices else None
        message = f"expected an argument of the tool, got '{name}'"
        return Slip(kind="unknown", path=path, message=message, expected=list(complaint.choices), got=name, near=near) if present else None
    if complaint.kind == "type":
        return _type_slip(path, value, complaint.wanted) if complaint.wanted is not None else None
    if complaint.kind == "enum":
        wrong = complaint.choices and isinstance(value, str) and value not in complaint.choices
        message = f"expected one of {', '.join(map(show, complaint.choices[:8]))}, got {show(value)}"
        return Slip(kind="enum", path=path, message=message, expected=list(complaint.choices), got=value) if wrong else None
    message = f"expected a value within the tool's bounds, got {show(value)}"
    return Slip(kind="bounds", path=path, message=message, got=value)


def _type_slip(path: Path, value: Any, wanted: str) -> Slip | None:
    if type(value) in PYTHON_TYPES[wanted]:
        return None
    message = f"expected {wanted}, got {type_name(value)} {show(value)}"
    return Slip(kind="type", path=path, message=message, expected=[wanted], got=value, coerced=coerce(value, [wanted]))


def _place(complaint: Complaint, given: Any) -> Path | None:
    """Where in the arguments a complaint points: by its own path, by the name's spelling, or by the only value that it quotes."""
    if complaint.refused is not None and not complaint.path:
        holders = [name for name, value in given.items() if str(value) == complaint.refused]
        return (holders[0],) if len(holders) == 1 else None
    if not complaint.path:
        return None
    path = tuple(int(part) if isinstance(part, str) and part.isdecimal() else part for part in complaint.path)
    if complaint.kind == "missing":
        return path
    if at(given, path) is not None or (isinstance(holder := at(given, path[:-1]), dict) and path[-1] in holder):
        return path
    same = [name for name in given if squash(name) == squash(str(path[-1]))]
    if not same and complaint.kind == "enum":  # told in words: "list not valid" for ``list_name``
        words = set(str(path[-1]).lower().split("_"))
        same = [name for name in given if words & set(name.lower().split("_")) and isinstance(given[name], str)]
    return (same[0],) if len(same) == 1 else None
