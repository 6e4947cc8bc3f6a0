"""IAV against gold: values that the schema takes and the gold does not, each wrong in one way only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from spectool.benchmark.alternatives import allows, alternatives, passes_for, same
from spectool.benchmark.draft import Draft, Mark
from spectool.benchmark.slips.material import far_numbers, far_words, sample
from spectool.benchmark.slips.places import Leaf, Slipped, changed, fits, leaves, open_moves, replaced, shuffled
from spectool.defaults import NONE_STATED, default_of
from spectool.names import identifies
from spectool.validate import shape_of

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_WORD = re.compile(r"[A-Za-z]{3,}\Z")
_WORDS = re.compile(r"[^\W_]+")
_STAND_IN = re.compile(r"(?:todo|tbd|example|sample|placeholder|none|unknown|test|string|value|text)\Z", re.IGNORECASE)
_TRUTHS = frozenset({"true", "false", "yes", "no", "on", "off", "0", "1"})
# Gold values that look like blanks themselves: what they are written otherwise is anybody's guess.
_BLANK = re.compile(r"\W*(?:your|my|the|example|sample|test)\b|[\W_]*(?:your|my|example|sample)[_-]|\W", re.IGNORECASE)


def _numbers(leaf: Leaf) -> list[float]:
    return [each for each in alternatives(leaf.expected) if isinstance(each, int | float) and not isinstance(each, bool)]


def _texts(leaf: Leaf) -> list[str]:
    return [each for each in alternatives(leaf.expected) if isinstance(each, str)]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _scaled(leaf: Leaf, rng: Random) -> Iterator[Any]:
    """The number times or through a power of ten; a whole one stays whole. That of an identifier has no scale."""
    name = next((part for part in reversed(leaf.path) if isinstance(part, str)), "")
    if not _is_number(leaf.value) or leaf.value == 0 or abs(leaf.value) > 1e9 or identifies(name):
        return
    for factor in rng.sample((10, 100, 1000), 3):
        yield leaf.value * factor
        if isinstance(leaf.value, float):
            yield round(leaf.value / factor, 9)
        elif leaf.value % factor == 0:
            yield leaf.value // factor


def _other(leaf: Leaf, rng: Random) -> Iterator[Any]:
    """Another number, date, listed option or word, related to nothing that the gold allows."""
    value, texts = leaf.value, _texts(leaf)
    if _is_number(value):
        if all(_is_number(each) for each in alternatives(leaf.expected)):
            yield from far_numbers(value, _numbers(leaf), rng)
    elif isinstance(value, str):
        options = leaf.prop.get("enum")
        if options:
            yield from (o for o in shuffled(options, rng) if isinstance(o, str) and all(_are_apart(o, text) for text in texts))
        elif _DATE.match(value):
            yield from (day for day in ("1987-11-23", "2043-02-19") if day[:4] != value[:4])
        else:
            yield from far_words(texts, rng)


def _are_apart(a: str, b: str) -> bool:
    """Whether two texts share no word, neither holds the other, and they are no two truth values."""
    a, b = a.casefold(), b.casefold()
    if {a, b} <= _TRUTHS:
        return False
    return not set(_WORDS.findall(a)) & set(_WORDS.findall(b)) and a not in b and b not in a and not (set("0123456789") & {*a, *b})


def _respelt(leaf: Leaf, rng: Random) -> Iterator[Any]:
    """The text in other letter case, with other separators, or its date in another notation."""
    value = leaf.value
    if not isinstance(value, str) or not leaf.is_plain or _BLANK.match(value):
        return
    if _DATE.match(value):
        day = _day(value)
        if day is not None:
            yield from shuffled((f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}", value.replace("-", "/")), rng)
        return
    if len(value) > 2 and value.isascii() and any(c.isalpha() for c in value):
        forms = [form for form in (value.upper(), value.lower(), value.swapcase()) if form != value]
        if re.fullmatch(r"[A-Za-z]+( [A-Za-z]+)+", value):
            forms += [value.replace(" ", "_"), value.replace(" ", "-"), f"{value}."]
        yield from shuffled(forms, rng)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _permuted(leaf: Leaf, rng: Random) -> Iterator[Any]:
    """The items of a list in another order."""
    if isinstance(leaf.value, list) and len(leaf.value) > 1:
        yield leaf.value[::-1]
        yield [*leaf.value[1:], leaf.value[0]]


def _part(leaf: Leaf, rng: Random) -> Iterator[Any]:
    """The text without its last words, or with one more; the list without an item, or with one more of those it has."""
    value = leaf.value
    if isinstance(value, str) and leaf.is_plain:
        words = value.split(" ")
        if len(words) > 1 and _WORD.match(words[-1]) and _WORD.match(words[0]) and words[-1] not in words[:-1]:
            shorter = " ".join(words[:-1]).rstrip(",;. ")
            if not passes_for(leaf.expected, shorter) and not _STAND_IN.match(shorter):
                yield shorter
        if _WORD.match(words[-1]):
            yield f"{value} {rng.choice(('Plunksgate', 'Vuldrigan'))}"
    elif isinstance(value, list) and len(value) > 1:
        places = shuffled(list(range(len(value))), rng)
        yield from ([*value[:place], *value[place + 1 :]] for place in places)


def flipped(draft: Draft, rng: Random) -> Slipped | None:
    """The other truth value, where that is neither allowed nor the schema's default."""
    return _flip_given(draft, rng) or _flip_added(draft, rng)


_flip_given = replaced(lambda leaf, rng: iter([not leaf.value] if isinstance(leaf.value, bool) else []), "IAV", "boolean_flipped")


def _flip_added(draft: Draft, rng: Random) -> Slipped | None:
    """A boolean that neither the gold nor the schema's default has."""
    for draft_after, mark in _added(draft, rng, booleans=True):
        return draft_after, (mark,)
    return None


def unexpected(draft: Draft, rng: Random) -> Slipped | None:
    """An optional argument that the gold leaves out, with a value other than its default."""
    for draft_after, mark in _added(draft, rng, booleans=False):
        return draft_after, (mark,)
    return None


def _added(draft: Draft, rng: Random, *, booleans: bool) -> Iterator[tuple[Draft, Mark]]:
    for move, tool in shuffled(open_moves(draft), rng):
        properties = shape_of(tool.parameters).properties
        due = move.due.arguments if move.due is not None else {}
        for name in shuffled([name for name in properties if name not in move.arguments and name not in due], rng):
            value = sample(properties[name], tool.parameters, rng)
            default = default_of(properties[name])
            if isinstance(value, bool) and default is not NONE_STATED:
                value = not default
            arguments = {**move.arguments, name: value}
            if isinstance(value, bool) is not booleans or value is None or same(value, default) or not fits(tool, arguments):
                continue
            if after := changed(draft, move, arguments, name):
                subtype, tier = ("boolean_flipped", "certain") if booleans else ("unexpected", "likely")
                yield after, Mark(error="IAV", subtype=subtype, tier=tier, move=move.id, path=(name,))  # type: ignore[arg-type]


def omitted(draft: Draft, rng: Random) -> Slipped | None:
    """A needed optional argument left out, or given as the schema default that the gold does not want."""
    for leaf in shuffled(leaves(draft, nested=False), rng):
        name = str(leaf.path[0])
        if leaf.required or leaf.expected.optional or any(allows(leaf.expected, each) for each in leaf.default):
            continue
        without = {key: value for key, value in leaf.move.arguments.items() if key != name}
        options = [without, *({**leaf.move.arguments, name: each} for each in leaf.default)]
        for arguments in shuffled(options, rng):
            if fits(leaf.tool, arguments) and (after := changed(draft, leaf.move, arguments, name)):
                return after, (Mark(error="IAV", subtype="omitted", move=leaf.move.id, path=(name,)),)
    return None


reordered = replaced(_permuted, "IAV", "reordered")
scale = replaced(_scaled, "IAV", "scale")
other = replaced(_other, "IAV", "other")
format_variant = replaced(_respelt, "IAV", "format_variant")
partial = replaced(_part, "IAV", "partial")
