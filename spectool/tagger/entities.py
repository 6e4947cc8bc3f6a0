"""What a query names and how many things it asks for: entities (figures, quotations, names) and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from spectool.tagger.words import MAX_TEXT

EntityKind = Literal["figure", "quotation", "name"]
# Entities of one text that are looked for in the calls.
MAX_ENTITIES = 100

_QUOTED = re.compile(r"[\"“]([^\"”\n]{1,80})[\"”]|(?<!\w)['‘`]([^'’`\n]{1,80})['’`](?!\w)")
_FIGURE = re.compile(r"(?<![^\W_])\d[\d,]*(?:\.\d+)?")
_NAME = re.compile(r"(?:[A-Z][\w'&-]*)(?:\s+(?:(?:of|the|de|la|and|&)\s+)?[A-Z][\w'&-]*)*")
_STARTS = re.compile(r"(?:^|[.!?:\n]\s*)$")
_CLAUSE = re.compile(
    r"[.!?;\n]+|\b(?:and then|and also|as well as|and|also|then|additionally|finally|plus|both|respectively)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?\n]+(?:\s|$)")
_SAYS_MANY = re.compile(
    r"\b(?:each|both|respectively|two|three|four|five|also|another|different|every|compare|first|second|finally)\b", re.I
)


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """Something a query names: its kind, its text, and where it starts, characters into the query."""

    kind: EntityKind
    text: str
    start: int


def entities(text: str) -> tuple[Entity, ...]:
    """What a query names, in its order: quotations, figures, and names that do not merely begin a sentence."""
    text = text[:MAX_TEXT]
    found = sorted(_entities(text), key=lambda each: (each.start, each.kind))
    return tuple(found[:MAX_ENTITIES])


def _entities(text: str) -> Iterator[Entity]:
    for quoted in _QUOTED.finditer(text):
        yield Entity(kind="quotation", text=quoted[1] or quoted[2], start=quoted.start())
    for figure in _FIGURE.finditer(text):
        yield Entity(kind="figure", text=figure[0].rstrip(","), start=figure.start())
    for name in _NAME.finditer(text):
        words = name[0].split()
        if len(words) == 1 and (len(name[0]) < 3 or _STARTS.search(text[max(0, name.start() - 3) : name.start()])):
            continue
        yield Entity(kind="name", text=name[0], start=name.start())


def clauses(text: str) -> int:
    """How many parts a query has, by its punctuation and conjunctions."""
    return sum(bool(part.strip()) for part in _CLAUSE.split(text[:MAX_TEXT]))


def sentences(text: str) -> int:
    """How many sentences a query has."""
    return sum(bool(part.strip()) for part in _SENTENCE.split(text[:MAX_TEXT]))


def says_many(text: str) -> int:
    """How many words speak of several things (each, both, another)."""
    return len(_SAYS_MANY.findall(text[:MAX_TEXT]))
