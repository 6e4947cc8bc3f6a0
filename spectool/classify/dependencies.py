"""Which other call of the same parallel batch a value must have come from: one whose result did not exist yet.

Calls of one step are written before any of them is answered. A value that nothing supports (``grounding``) then depends on a sibling where
the sibling's result, once it came, holds that value or a field of the argument's name (not one that the sibling was itself given, which its
reply but echoes); or, where no results were kept, where the argument identifies the very thing that the sibling looks up.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import Any

from spectool.classify.attempt import Attempt
from spectool.classify.case import Case
from spectool.model import Tier
from spectool.names import squash
from spectool.read.record import as_json

# Characters of a result in which a field is sought.
MAX_RESULT = 20_000
# Siblings that are asked for a value: no agent makes so many calls at once, and each asks all others.
MAX_SIBLINGS = 64
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_IDENTIFIES = re.compile(r"(?:^|_)(?:ids?|key|token|code|number)$|[a-z](?:Id|ID|Key|Code)$")


def siblings(case: Case, attempt: Attempt) -> list[Attempt]:
    """The other calls of the same step."""
    return [other for other in case.attempts if other.step == attempt.step and other.index != attempt.index]


def source_of(case: Case, attempt: Attempt, name: str, value: Any) -> tuple[Attempt, Tier] | None:
    """The sibling whose result ``value`` of the argument ``name`` needs, and how sure that is; ``None`` where none is known."""
    for other in islice(siblings(case, attempt), MAX_SIBLINGS):
        if str(value).lower() in as_json(other.call.arguments).lower():
            continue
        if other.call.result is not None:
            result = other.call.result.content[:MAX_RESULT]
            if _holds(result, str(value)) or (not _was_given(name, other) and any(_holds_field(result, f) for f in _fields(name, other))):
                return other, "likely"
        elif case.effects.get(other.name) == "read" and _IDENTIFIES.search(name) and set(_nouns(name)) & set(_nouns(other.name)):
            return other, "candidate"
    return None


def _holds(result: str, value: str) -> bool:
    if len(value) <= 2 or value.lower() not in result.lower():  # mostly: no pattern is made for it
        return False
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", result, re.IGNORECASE) is not None


def _was_given(name: str, other: Attempt) -> bool:
    """Whether a sibling was itself called with an argument of that name, which its reply then but echoes."""
    return any(squash(given) == squash(name) for given in other.arguments)


def _holds_field(result: str, field: str) -> bool:
    return field in _keys(result)


@lru_cache(maxsize=MAX_SIBLINGS)
def _keys(result: str) -> frozenset[str]:
    return frozenset(squash(key) for key in re.findall(r"['\"]([\w -]{1,60})['\"]\s*+:", result))


def _fields(name: str, other: Attempt) -> list[str]:
    """The keys under which ``other`` would give the argument: its own name, or plain ``id`` where the tool looks up that very thing."""
    if not _IDENTIFIES.search(name):
        return []
    nouns = _nouns(name)
    own = [squash(name)] if len(nouns) or squash(name) != "id" else ["id"]
    return [*own, "id"] if set(nouns) & set(_nouns(other.name)) else own


def _nouns(name: str) -> list[str]:
    """The words of a name but its verb and the word for an identifier, in the singular."""
    words = [word.lower() for word in _PARTS.findall(name)]
    return [word.removesuffix("s") for word in words if word not in ("id", "ids", "key", "token", "code", "number", "get", "by", "find")]
