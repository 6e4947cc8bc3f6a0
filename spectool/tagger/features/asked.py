"""Did the query ask for this argument: its name, its listed values, an entity of its kind that no call holds?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spectool.tagger.features.declared import choices, description
from spectool.tagger.view import Slot, View
from spectool.tagger.words import content, cut, share

ARGUMENT: Mapping[str, str] = {
    "name_said": "share of the argument's name that users said",
    "described_said": "share of its description that users said",
    "described_words": "words of its description that users said",
    "choice_said": "users said one of its listed values",
    "other_choice_said": "users said a listed value that it is not",
    "uncovered_figures": "figures of the query that no call holds",
    "uncovered_names": "names and quotations of the query that no call holds",
    "uncovered_same_kind": "such ones of the argument's kind",
    "rival": "another argument's name fits the query better",
    "same_in_call": "another argument of the call has the same value",
    "same_in_other": "another call has the same value there",
    "out_of_order": "values of its kind that the query names in another order",
}


def of_argument(view: View, slot: Slot) -> tuple[float, ...]:
    """What the query says of one argument, given or left out."""
    query = view.query(slot.attempt.step)
    said = content(description(slot))
    named = share(content(slot.name), query.content)
    figures = sum(each.kind == "figure" for each in view.uncovered)
    names = len(view.uncovered) - figures
    is_number = slot.prop.get("type") in ("integer", "number", "float")
    return (
        named,
        share(said, query.content),
        len(said & query.content),
        *_said_choices(slot, query.content),
        figures,
        names,
        figures if is_number else names,
        max((share(content(name), query.content) for name in slot.attempt.arguments if name != slot.name), default=0.0) - named,
        slot.given and any(_same(slot.value, value) for name, value in slot.attempt.arguments.items() if name != slot.name),
        slot.given and any(_is_shared(slot, other) for other in view.attempts if other is not slot.attempt),
        _out_of_order(view, slot) if slot.given else 0,
    )


def _said_choices(slot: Slot, said: frozenset[str]) -> tuple[float, float]:
    listed = choices(slot)
    found = [each for each in listed if (words := content(each)) and words <= said]
    return (bool(found), any(each != cut(slot.value) for each in found)) if listed else (-1.0, -1.0)


def _same(a: Any, b: Any) -> bool:
    return type(a) is type(b) and a == b and not isinstance(a, bool)


def _is_shared(slot: Slot, other: Any) -> bool:
    return other.name == slot.attempt.name and _same(slot.value, other.arguments.get(slot.name))


def _out_of_order(view: View, slot: Slot) -> float:
    """How many other values of the call the query names on the other side than their declaration stands."""
    lower = view.query(slot.attempt.step).lower
    mine = lower.find(cut(slot.value).lower())
    if mine < 0 or isinstance(slot.value, bool):
        return 0
    places = {each.position: lower.find(cut(each.value).lower()) for each in view.slots(slot.attempt) if each.given}
    return sum(place >= 0 and (place < mine) != (position < slot.position) for position, place in places.items() if place != mine)
