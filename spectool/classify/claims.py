"""Does the model say what a gold answer claims: each atomic claim held against all that the model told the user.

A claim is *told* when the model's words say it, however they are spelled (``telling``); a value alone ("1250") is a claim. It is
*contradicted* when a sentence speaks of the same thing and gives another figure. Words are compared, not meanings, so what this finds is
a candidate and no more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from spectool.classify.case import Case
from spectool.classify.figures import numbers_in, spoken_numbers
from spectool.classify.spelling import words_of
from spectool.classify.telling import EMPTY, is_told

Standing = Literal["told", "contradicted", "missing"]

# Of a claim's telling words, the share that a sentence has to hold to speak of the same thing.
SAME_THING = 0.75
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def standings(case: Case) -> list[tuple[str, Standing, str]]:
    """(claim, how it stands, the sentence that contradicts it or nothing) of each claim of the gold's answer."""
    gold = case.trajectory.gold
    claims = gold.answer if gold is not None else ()
    said = "\n".join(step.text for _, step in case.steps if step.text and step.finish_reason != "error") if claims else ""
    return [(claim, *_standing(claim, said)) for claim in claims]


def told(claims: Sequence[str], said: str) -> tuple[bool, ...]:
    """Whether each of ``claims`` is told in ``said``, all that the model told the user."""
    return tuple(is_told(claim, said) for claim in claims)


def _standing(claim: str, said: str) -> tuple[Standing, str]:
    if is_told(claim, said):
        return "told", ""
    words, figures = _telling(claim), set(numbers_in(claim.replace(",", "")))
    if not figures or not words:
        return "missing", ""
    for sentence in _SENTENCE.split(said):
        others = _figures(sentence)
        if others and not figures & others and len(words & _telling(sentence)) >= SAME_THING * len(words):
            return "contradicted", sentence.strip()
    return "missing", ""


def _figures(text: str) -> set[float]:
    return {*numbers_in(text), *spoken_numbers(text)}


def _telling(text: str) -> set[str]:
    """The words that carry a text's meaning, figures apart."""
    return {word for word in words_of(text) if word not in EMPTY and not word[0].isdigit()}
