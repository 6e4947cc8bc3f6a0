"""A judge's answer, read strictly: what it says counts only if it can be read and its quote stands in the record.

An answer that is not understood is *unusable*, with the reason. It is counted and shown, and never taken for "no error".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec

from spectool.classify.taxonomy import load
from spectool.run.judge_record import Line, Record

# Characters without white space: fewer stand in every record.
LEAST_QUOTE = 6
NO_JSON = "no JSON object with 'found'"
SEVERAL = "several answers that differ"
CUT_OFF = "cut off by the limit of new tokens"
NO_BOOLEAN = "'found' is neither true nor false"
NO_KIND = "no such kind of this error"
NO_QUOTE = "no quote"
SHORT_QUOTE = "a quote too short to be found"
NOT_THERE = "the quote is nowhere in the record"
NOT_ITS_OWN = "the quote is not of the assistant"
_THOUGHT = re.compile(r"\A.*</think(?:ing)?>", re.DOTALL)
_MARGIN = re.compile(r"^\s*\d+\|\s?", re.MULTILINE)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that can be used; without ``found`` the rest but ``why`` is empty. ``line`` is where the quote begins."""

    found: bool
    why: str = ""
    subtype: str = ""
    quote: str = ""
    line: Line | None = None


class Unusable(msgspec.Struct, frozen=True):
    """Why an answer says nothing; one of this file's reasons."""

    reason: str


def read_answer(code: str, text: str, record: Record, *, cut_off: bool = False) -> Answer | Unusable:
    """What a judge said about the pattern ``code``.

    Args:
        code: of the pattern that was asked about.
        text: the judge's own words.
        record: what it was shown.
        cut_off: whether it ran into the limit of tokens.
    """
    said = list({json.dumps(each, sort_keys=True): each for each in _objects(_THOUGHT.sub("", text))}.values())
    if len(said) != 1:
        return Unusable(SEVERAL if said else CUT_OFF if cut_off else NO_JSON)
    fields, why = said[0], said[0].get("why")
    why = " ".join(why.split()) if isinstance(why, str) else ""
    if not isinstance(fields["found"], bool):
        return Unusable(NO_BOOLEAN)
    return _with_evidence(code, fields, why, record) if fields["found"] else Answer(found=False, why=why)


def _with_evidence(code: str, fields: Mapping[str, Any], why: str, record: Record) -> Answer | Unusable:
    subtypes = [each.code for each in load().error(code).subtypes]
    kind = subtypes[0] if len(subtypes) == 1 else fields.get("kind")
    if kind not in subtypes:
        return Unusable(NO_KIND)
    quote, stated = fields.get("quote"), fields.get("line")
    if not isinstance(quote, str) or not quote.strip():
        return Unusable(NO_QUOTE)
    quote = _MARGIN.sub("", quote)
    place = find_quote(quote, stated if type(stated) is int else 0, record.lines)
    return place if isinstance(place, Unusable) else Answer(found=True, why=why, subtype=kind, quote=" ".join(quote.split()), line=place)


def find_quote(quote: str, stated: int, lines: Sequence[Line]) -> Line | Unusable:
    """The line of the model's own where a quote begins; only white space may differ.

    Args:
        quote: as the judge wrote it.
        stated: the number it gave; of several places the one there counts, else the first.
        lines: of the record.
    """
    wanted = _bare(quote)
    if len(wanted) < LEAST_QUOTE and not any(wanted == _bare(line.text) for line in lines):
        return Unusable(SHORT_QUOTE)
    places = list(_places(wanted, [line for line in lines if line.step is not None]))
    if places:
        return next((first for first, last in places if first.number <= stated <= last.number), places[0][0])
    return Unusable(NOT_ITS_OWN if any(_places(wanted, lines)) else NOT_THERE)


def _places(wanted: str, lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """First and last line of each place where ``wanted`` stands, white space apart; no place reaches over a gap."""
    for _, stretch in groupby(lines, key=lambda line: line.stretch):
        bare = [(line, _bare(line.text)) for line in stretch]
        whole = "".join(text for _, text in bare)
        owner = [line for line, text in bare for _ in text]
        at = whole.find(wanted)
        while at >= 0:
            yield owner[at], owner[at + len(wanted) - 1]
            at = whole.find(wanted, at + 1)


def _bare(text: str) -> str:
    return "".join(text.split())


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in a text that say ``found``; objects within objects are not looked for."""
    decoder, at = json.JSONDecoder(), text.find("{")
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if isinstance(value, dict) and "found" in value:
                yield value
        at = text.find("{", end)
