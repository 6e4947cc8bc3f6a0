"""Was the value said: by users, by tools, by the schema, as it stands or in other words?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from spectool.classify.grounding import is_supported, last_name, leaves
from spectool.classify.spelling import number_in
from spectool.tagger.features.declared import choices, description
from spectool.tagger.view import Slot, View
from spectool.tagger.words import content, cut, share, tokens

UNKNOWN = -1.0
# Leaves of one value that are judged.
MAX_LEAVES = 20
# Characters of a leaf that are judged.
MAX_LEAF = 500
# Characters of a value that are sought in the query letter by letter.
MAX_SOUGHT = 300
# Characters of the query that they are sought in.
MAX_QUERY = 4_000

ARGUMENT: Mapping[str, str] = {
    "supported": "share of its parts that follow from what was said",
    "words_said": "share of its words that users said",
    "words_told": "share of its words that tools answered",
    "words_declared": "share of its words that stand in the schema",
    "verbatim": "it stands in the query as it is",
    "verbatim_any_case": "it stands in the query, in any case of letters",
    "alike": "how much of it stands in the query, letter by letter",
    "unsaid": "how many of its words nobody said",
    "number_said": "users said the number",
    "mention": "where the query first mentions it",
    "goes_on_before": "the query has a name or figure right before it",
    "goes_on_after": "the query has a name or figure right after it",
    "mentions": "how often the query mentions it",
}


def of_argument(view: View, slot: Slot) -> tuple[float, ...]:
    """How well one value is grounded; ``UNKNOWN`` for an argument left out."""
    if not slot.given:
        return (UNKNOWN,) * len(ARGUMENT)
    query = view.query(slot.attempt.step)
    text = cut(slot.value) if not isinstance(slot.value, bool) else ""
    words = content(text)
    declared = content(f"{description(slot)} {' '.join(choices(slot))} {cut(slot.prop.get('default', ''))}")
    place = query.lower.find(text.lower()) if text else -1
    return (
        *_support(view, slot),
        share(words, query.content, 1.0),
        share(words, told(view, slot.attempt.step), 1.0),
        share(words, declared, 1.0),
        bool(text) and text in query.text,
        place >= 0,
        _alike(text, query.lower),
        len(words - query.content - declared),
        _number_said(slot.value, view, slot.attempt.step),
        place / max(len(query.lower), 1) if place >= 0 else UNKNOWN,
        *_goes_on(text, query.text, place),
        min(query.lower.count(text.lower()), 10) if text else UNKNOWN,
    )


def ungrounded(view: View, slot: Slot) -> tuple[Any, ...]:
    """The parts of a value that nothing said before supports."""
    place = ("ungrounded", slot.attempt.step, slot.attempt.index, slot.name)
    return view.kept(place, lambda: tuple(_ungrounded(view, slot)))


def _ungrounded(view: View, slot: Slot) -> Iterator[Any]:
    if not slot.given or not view.talk.known:
        return
    for path, leaf in islice(leaves(slot.value, (slot.name,)), MAX_LEAVES):
        sought = leaf[:MAX_LEAF] if isinstance(leaf, str) else leaf
        if not is_supported(sought, last_name(path), view.talk, slot.attempt.step):
            yield sought


def told(view: View, step: int) -> frozenset[str]:
    """Stems of what tools had answered before turn ``step``."""
    answers = (each.call.result.content for each in view.attempts if each.step < step and each.call.result is not None)
    return frozenset[str]().union(*map(content, answers))


def _support(view: View, slot: Slot) -> tuple[float]:
    held = list(islice(leaves(slot.value, (slot.name,)), MAX_LEAVES))
    return (1 - len(ungrounded(view, slot)) / max(len(held), 1),)


def _alike(text: str, query: str) -> float:
    from rapidfuzz import fuzz

    if not text or not query:
        return UNKNOWN
    return fuzz.partial_ratio(text.lower()[:MAX_SOUGHT], query[:MAX_QUERY]) / 100


def _number_said(value: Any, view: View, step: int) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return UNKNOWN
    number = number_in(value)
    return number is not None and view.talk.numbers.get(abs(number), step) < step


def _goes_on(text: str, query: str, place: int) -> tuple[float, float]:
    """Whether the query's name or figure reaches further than the value, on either side."""
    if place < 0 or not tokens(text):
        return UNKNOWN, UNKNOWN
    before = query[:place][-40:].rstrip().rpartition(" ")[2]
    rest = query[place + len(text) :][:40]
    after = rest.strip(" ,").partition(" ")[0] if rest[:1] in (" ", ",") else ""
    return before[:1].isupper() or before[:1].isdigit(), after[:1].isupper() or after[:1].isdigit()
