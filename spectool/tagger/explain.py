"""Why a place is doubted, in words: what was expected there, the features that speak against it, what is ungrounded or uncovered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from spectool.classify.attempt import Attempt
from spectool.classify.finding import jsonpath
from spectool.read.record import quoted
from spectool.tagger.examples import Row
from spectool.tagger.features.grounding import UNKNOWN, ungrounded
from spectool.tagger.features.registry import meanings, names
from spectool.tagger.forest import Forest
from spectool.tagger.truth import UNIT_OF, Pattern
from spectool.tagger.view import Slot, View

# Features, values and entities that an explanation names.
MOST_FEATURES, MOST_NAMED = 4, 5
# A feature that moves the odds by less is not worth a line.
LEAST = 0.05


def evidence(forest: Forest, pattern: Pattern, view: View, row: Row) -> tuple[dict[str, Any], ...]:
    """The features that speak most for a slip, with their contributions in log-odds; then what is ungrounded or uncovered."""
    unit = UNIT_OF[pattern]
    known, said = names(unit), meanings(unit)
    moved = sorted(forest.contributions(row.features).items(), key=lambda each: (-each[1], each[0]))
    features = [
        {"feature": known[at], "means": said[known[at]], "value": round(row.features[at], 4), "contribution": round(by, 3)}
        for at, by in moved[:MOST_FEATURES]
        if by >= LEAST and row.features[at] != UNKNOWN
    ]
    return *features, *_named(pattern, view, row)


def _named(pattern: Pattern, view: View, row: Row) -> Iterator[dict[str, Any]]:
    loose = [leaf for slot in _slots(view, row) for leaf in ungrounded(view, slot)]
    if loose:
        yield {"ungrounded": loose[:MOST_NAMED]}
    if pattern in ("IAV", "IAC", "wrong_tool") and view.uncovered:
        yield {"uncovered": [each.text for each in view.uncovered[:MOST_NAMED]]}


def _slots(view: View, row: Row) -> list[Slot]:
    attempt = attempt_at(view, row)
    if attempt is None:
        return []
    return [slot for slot in view.slots(attempt) if row.argument in (None, slot.name)]


def attempt_at(view: View, row: Row) -> Attempt | None:
    """The call that a row is about; ``None`` where it is about the whole trajectory."""
    return next((each for each in view.attempts if (each.step, each.index) == (row.step, row.call)), None)


def path_of(row: Row) -> str:
    """The JSONPath of a row's place."""
    if row.step is None:
        return "$"
    call = f"$.turns[{row.step}].calls[{row.call}]"
    return call if row.argument is None else f"{call}.arguments{jsonpath((row.argument,))}"


def given_at(view: View, row: Row) -> Any:
    """What the model wrote at a row's place: a value, a call's name, or nothing."""
    attempt = attempt_at(view, row)
    if attempt is None:
        return None
    return attempt.name if row.argument is None else attempt.arguments.get(row.argument)


def message(pattern: Pattern, view: View, row: Row) -> str:
    """What was expected at a row's place, and what stood there."""
    attempt = attempt_at(view, row)
    if pattern == "IAC":
        number = len(view.attempts)
        return f"expected a further call, got {number if number else 'none'}{_about(view)}"
    if pattern == "IAV" and attempt is not None and row.argument not in attempt.arguments:
        return f"expected a value of {quoted(row.argument)}, got none{_about(view)}"
    if pattern == "IAV":
        return f"expected another value of {quoted(row.argument)}, got {quoted(given_at(view, row))}"
    want = {"wrong_tool": "another tool", "unneeded_call": "no call", "extra_call": "fewer calls"}[pattern]
    return f"expected {want}, got {quoted(given_at(view, row))}{_about(view) if pattern == 'wrong_tool' else ''}"


def _about(view: View) -> str:
    texts: Sequence[str] = [each.text for each in view.uncovered[:1]]
    return f"; no call holds {quoted(texts[0])}" if texts else ""
