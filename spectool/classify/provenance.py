"""Where a call's values come from: which were taken back, which a call of the same batch should have given first, which have no source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from spectool.classify.attempt import Attempt
from spectool.classify.case import Case
from spectool.classify.corrections import corrections
from spectool.classify.dependencies import source_of
from spectool.classify.grounding import last_name, leaves, unsupported
from spectool.classify.placeholders import is_at_reserved_domain
from spectool.model import Tier
from spectool.read.wording import show
from spectool.validate import Path


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """A value that what was said before speaks against: the subtype it is charged as, how surely, and why in words."""

    subtype: str
    tier: Tier
    path: Path
    value: Any
    message: str


def doubts(case: Case, attempt: Attempt) -> Iterator[Doubt]:
    """Every value of a call that was taken back, or that nothing before the call supports."""
    stale = set()
    for path, value in taken_back(case, attempt):
        stale.add(path)
        message = f"expected what replaced it in the conversation, got {show(value)}, which the user took back"
        yield Doubt(subtype="stale_value", tier="likely", path=path, value=value, message=message)
    for path, value in unsupported(case, attempt):
        if path not in stale:
            yield _unsupported(case, attempt, path, value)


def taken_back(case: Case, attempt: Attempt) -> Iterator[tuple[Path, Any]]:
    """(path, value) of every value that was taken back before the call.

    None where the call holds what replaced it too: such a call is about the change. Nor where an earlier call of another tool changed
    something with it: such a call may undo that.
    """
    before = [each for each in corrections(case) if each.position < attempt.step]
    given = list(leaves(attempt.arguments, ())) if before else []
    for path, value in given:
        for each in before:
            if each.took_back(value, last_name(path)) and not any(each.is_new(other) for _, other in given):
                if not _was_acted_on(case, attempt, value, each.position):
                    yield path, value
                break


def _was_acted_on(case: Case, attempt: Attempt, value: Any, until: int) -> bool:
    """Whether another tool that changes things was called with ``value`` before the turn ``until``."""
    return any(
        other.step < until and other.name != attempt.name and case.effects.get(other.name) == "write" and (value in _values(other))
        for other in case.attempts
    )


def _values(attempt: Attempt) -> list[Any]:
    return [value for _, value in leaves(attempt.arguments, ())]


def _unsupported(case: Case, attempt: Attempt, path: Path, value: Any) -> Doubt:
    needed = source_of(case, attempt, last_name(path), value)
    if needed is not None:
        message = f"expected the result of {needed[0].name}, a call of the same step, got {show(value)}"
        return Doubt(subtype="premature_dependency", tier=needed[1], path=path, value=value, message=message)
    if isinstance(value, str) and is_at_reserved_domain(value):
        message = f"expected a real address, got {show(value)}, whose domain is reserved for examples"
        return Doubt(subtype="placeholder", tier="likely", path=path, value=value, message=message)
    message = f"expected a value with a source before this step, got {show(value)}"
    return Doubt(subtype="ungrounded", tier="candidate", path=path, value=value, message=message)
