"""Where a slip would stand: how long the query is, how many calls and tools there are, what tools answered."""

from __future__ import annotations

from collections.abc import Mapping

from spectool.classify.attempt import Attempt
from spectool.tagger.entities import clauses, says_many, sentences
from spectool.tagger.view import Slot, View

_SHARED: Mapping[str, str] = {
    "calls": "calls in all",
    "tools": "tools offered",
    "query_words": "words of the query",
    "clauses": "parts of the query",
    "sentences": "sentences of the query",
    "many": "words that speak of several things",
    "foreign": "the query is in another script than Latin",
    "entities": "entities that the query names",
    "uncovered": "entities that no call holds",
    "uncovered_share": "share of the entities that no call holds",
    "mean_calls_tool": "calls for each tool called",
}
TRAJECTORY: Mapping[str, str] = {
    **_SHARED,
    "errors": "calls that a tool refused",
    "results": "calls with a tool's answer",
    "clauses_less_calls": "parts of the query less calls",
}
ARGUMENT = _SHARED
CALL: Mapping[str, str] = {
    **_SHARED,
    "index": "calls before this one",
    "same_tool_before": "calls of the same tool before",
    "refused": "its tool refused it",
    "answered": "its tool answered",
    "text": "the model wrote text beside it",
    "clauses_less_calls": "parts of the query less calls",
}


def of_argument(view: View, slot: Slot) -> tuple[float, ...]:
    """The situation of an argument."""
    return _shared(view)


def of_call(view: View, attempt: Attempt) -> tuple[float, ...]:
    """The situation of a call."""
    before = [each for each in view.attempts if (each.step, each.index) < (attempt.step, attempt.index)]
    result = attempt.call.result
    return (
        *_shared(view),
        len(before),
        sum(each.name == attempt.name for each in before),
        result is not None and result.is_error,
        result is not None,
        bool(view.answer),
        clauses(view.whole.latest) - len(view.attempts),
    )


def of_trajectory(view: View) -> tuple[float, ...]:
    """The situation as a whole."""
    results = [each.call.result for each in view.attempts if each.call.result is not None]
    return *_shared(view), sum(each.is_error for each in results), len(results), clauses(view.whole.latest) - len(view.attempts)


def _shared(view: View) -> tuple[float, ...]:
    return view.kept(("situation",), lambda: _counts(view))


def _counts(view: View) -> tuple[float, ...]:
    latest, named = view.whole.latest, len(view.whole.entities)
    return (
        len(view.attempts),
        len(view.tools),
        len(view.whole.tokens),
        clauses(latest),
        sentences(latest),
        says_many(latest),
        not latest.isascii() and view.talk.foreign,
        named,
        len(view.uncovered),
        len(view.uncovered) / named if named else 0.0,
        len(view.attempts) / max(len({each.name for each in view.attempts}), 1),
    )
