"""How well a call is carried as a whole: the grounding of its arguments, and what it adds to the other calls."""

from __future__ import annotations

from collections.abc import Mapping

from spectool.classify.attempt import Attempt
from spectool.classify.placeholders import is_blank, is_reference
from spectool.tagger.features.grounding import ungrounded
from spectool.tagger.view import View
from spectool.tagger.words import content, cut, share

CALL: Mapping[str, str] = {
    "arguments": "arguments given",
    "left_out": "optional arguments left out",
    "ungrounded": "arguments with a part that nothing said supports",
    "ungrounded_required": "required ones among them",
    "least_said": "smallest share of a value's words that users said",
    "mean_said": "mean share of the values' words that users said",
    "said_required": "mean of it over required arguments",
    "blanks": "arguments that are empty or stand for something",
    "own_words": "words of its values that no other call has",
    "own_entities": "entities of the query that only this call holds",
    "query_used": "share of the query's words in its values",
    "is_subset": "all its words stand in another call",
}


def of_call(view: View, attempt: Attempt) -> tuple[float, ...]:
    """The support of one call."""
    slots = list(view.slots(attempt))
    given = [slot for slot in slots if slot.given]
    said = view.query(attempt.step).content
    shares = [(slot.required, share(content(cut(slot.value)), said, 1.0)) for slot in given if not isinstance(slot.value, bool)]
    loose = [slot for slot in given if ungrounded(view, slot)]
    needed = [each for required, each in shares if required]
    words = content(cut(attempt.arguments))
    others = [content(cut(each.arguments)) for each in view.attempts if each is not attempt]
    own = words.difference(*others)
    return (
        len(given),
        len(slots) - len(given),
        len(loose),
        sum(slot.required for slot in loose),
        min((each for _, each in shares), default=1.0),
        sum(each for _, each in shares) / len(shares) if shares else 1.0,
        sum(needed) / len(needed) if needed else 1.0,
        sum(isinstance(slot.value, str) and (is_blank(slot.value) or is_reference(slot.value)) for slot in given),
        len(own),
        sum(bool(content(each.text) & own) for each in view.whole.entities),
        share(said, words),
        any(words <= other for other in others),
    )
