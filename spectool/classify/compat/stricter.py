"""Where BFCL fails a row that is clean here: the decision of ours that clears it, found by computing and not by guessing.

BFCL's check is run again with one decision of ours put in its place, then with all of them; the row is cleared by the fewest decisions that
turn "failed" into "passed". A row that none of them turns is no matter of strictness: there our judgement and BFCL's really differ.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import Any

import msgspec

from spectool.classify.compat.bfcl import attempt, ruled
from spectool.classify.compat.bfcl_calls import Attempt
from spectool.classify.compat.bfcl_question import Allowed, Parameter
from spectool.classify.compat.bfcl_values import OPTIONAL
from spectool.model import Step, Task, Trajectory

# The decisions, in the order in which they are tried; the text is what a report prints.
DECISIONS: Mapping[str, str] = {
    "number": "numbers are compared by value: an int in a list of floats, a whole float for an int, a float within 1e-9 (decision 8)",
    "text": "strings are equal after Unicode NFC and without outer white space (decision 8)",
    "sequence": "a tuple is a list: JSON has one kind of sequence",
    "nested": "alternatives inside objects and lists are compared field by field",
    "default_given": "an optional argument equal to its schema default is no error, though the gold omits it (decision 7)",
    "default_omitted": "an optional argument that the gold gives with its schema default may be left out (decision 7)",
    "any_value": "the gold lists no value that is allowed, so the item is at fault and every value will do",
    "renamed": "the harness wrote the dots of a name as underscores, which is no slip of the model (artefact name_alias)",
    "meaning": "the call is understood although BFCL's decoder or converter does not read its spelling",
}
_TOGETHER = 2  # more decisions than two are only tried all at once
_TOLERANCE = 1e-9


def bfcl_stricter(trajectory: Trajectory, task: Task | None) -> str | None:
    """The decision of ours that turns BFCL's "failed" into "passed", ``None`` where BFCL passes the row or no decision of ours does.

    The answer is a text for people; ``decisions`` gives the names.

    Args:
        trajectory: one attempt at a single-turn BFCL task.
        task: its question as the BFCL reader gives it (``load_tasks`` of the dataset folder); without it nothing can be said.
    """
    return "; ".join(DECISIONS[name] for name in decisions(trajectory, task)) or None


def decisions(trajectory: Trajectory, task: Task | None) -> tuple[str, ...]:
    """Names of ``DECISIONS`` that together clear a row BFCL fails; empty where it passes or they do not clear it."""
    tried = attempt(trajectory, task)
    if tried is None or ruled(tried).passed is not False:
        return ()
    step = next(turn for turn in trajectory.turns if isinstance(turn, Step))
    for size in range(1, _TOGETHER + 1):
        for names in combinations(DECISIONS, size):
            if _passes(tried, step, names):
                return names
    return tuple(DECISIONS) if _passes(tried, step, DECISIONS) else ()


def _passes(tried: Attempt, step: Step, names: Collection[str]) -> bool:
    if "meaning" in names:
        if any(call.arguments is None or (call.problem and not call.problem.recoverable) for call in step.calls):
            return False
        tried = tried._replace(calls=[(call.name, call.arguments) for call in step.calls], problem="")
    leniency = _Leniency(frozenset(names))
    return ruled(tried._replace(renamed=tried.renamed or "renamed" in names, accepts=leniency.accepts)).passed is True


class _Leniency:
    """What counts as right beside what BFCL allows, under some decisions."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    def accepts(self, parameter: Parameter | None, value: Any, allowed: Allowed | None) -> bool:
        """Whether an argument is right; ``UNSET`` stands for one left out, ``None`` for an argument that the gold does not have."""
        if parameter is None:
            return False
        default = parameter.default
        if value is msgspec.UNSET:
            return "default_omitted" in self.names and allowed is not None and any(self.same(default, each) for each in allowed)
        at_default = "default_given" in self.names and default is not msgspec.UNSET and self.same(value, default)
        if allowed is None or (at_default and OPTIONAL in allowed):
            return at_default
        if not allowed:
            return "any_value" in self.names
        return self.any_of(value, allowed)

    def any_of(self, value: Any, allowed: Sequence[Any]) -> bool:
        """Whether ``value`` is one of ``allowed``; an object among these holds such alternatives for each of its keys."""
        return any(self.fits(value, each) for each in allowed if each != OPTIONAL or value == OPTIONAL)

    def fits(self, value: Any, allowed: Any) -> bool:
        """``same``, where objects and lists of objects in ``allowed`` hold alternatives."""
        if isinstance(allowed, Mapping):
            return "nested" in self.names and isinstance(value, Mapping) and self._fields(value, allowed)
        if isinstance(allowed, list) and any(isinstance(each, Mapping) for each in allowed):
            items = value if isinstance(value, list | tuple) and self._is_sequence(value) else None
            pairs = zip(items, allowed, strict=True) if items is not None and len(items) == len(allowed) else None
            return pairs is not None and all(self.fits(item, each) for item, each in pairs)
        return self.same(value, allowed)

    def _fields(self, value: Mapping[Any, Any], allowed: Mapping[str, Any]) -> bool:
        lists = {key: each if isinstance(each, list) else [each] for key, each in allowed.items()}
        missing = [key for key in lists if key not in value and OPTIONAL not in lists[key]]
        return not missing and all(key in lists and self.any_of(inner, lists[key]) for key, inner in value.items())

    def _is_sequence(self, value: Any) -> bool:
        return isinstance(value, list) or "sequence" in self.names

    def same(self, a: Any, b: Any) -> bool:
        """Whether two values are one: exactly, or by the decisions on numbers, text and sequences."""
        if isinstance(a, str) and isinstance(b, str):
            return a == b or ("text" in self.names and _plain(a) == _plain(b))
        if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
            alike = type(a) is type(b) or "sequence" in self.names
            return alike and len(a) == len(b) and all(self.same(x, y) for x, y in zip(a, b, strict=True))
        if isinstance(a, Mapping) and isinstance(b, Mapping):
            return a.keys() == b.keys() and all(self.same(a[key], b[key]) for key in a)
        if type(a) is type(b):
            return bool(a == b) or ("number" in self.names and isinstance(a, float) and math.isclose(a, b, rel_tol=_TOLERANCE))
        return "number" in self.names and {type(a), type(b)} == {int, float} and bool(a == b)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
