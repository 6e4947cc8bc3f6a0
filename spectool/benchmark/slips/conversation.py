"""IAV by what was said: values that nobody gave, that the user has taken back, or that a call of the same batch would have had to give.

Without gold nothing vouches for a value, so these are planted only where every other value of the answer stands in a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from random import Random
from typing import Any

import msgspec

from spectool.benchmark.alternatives import allows, same
from spectool.benchmark.draft import Draft, Mark, Turn
from spectool.benchmark.slips.places import Leaf, Slipped, fits, leaves, planted, put, shuffled
from spectool.model import Message

# Tokens that nobody knows who was not told them.
UNTOLD = ("QX7731B", "zk-40917-w", "quill@brambleton.net", "VR88210K")
WORDS = ("Quillfeather", "Kravenholt", "Vuldrigan")
# Words with which people put one value in another's place.
REVISED = re.compile(r"\b(?:instead|rather than|actually|sorry|no longer)\b", re.IGNORECASE)
# A day or a month is put right by another one, not by a made-up word.
_CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|febr)uary|march|april|may|june|july|august|\w+ber", re.IGNORECASE
)


def all_said(draft: Draft) -> bool:
    """Whether the messages hold every value of the calls as it is, and take none back: then each has a source without gold as well."""
    said = _said(draft)
    if REVISED.search(said):
        return False
    return all(_is_said(value, said) for move in draft.moves for value in move.arguments.values())


def _said(draft: Draft) -> str:
    return " ".join(part.content for part in draft.parts if isinstance(part, Message))


def _is_said(value: Any, said: str) -> bool:
    if isinstance(value, Mapping):
        return all(_is_said(inner, said) for inner in value.values())
    if isinstance(value, list):
        return all(_is_said(inner, said) for inner in value)
    if isinstance(value, str):
        return value.casefold() in said.casefold()
    return value is not None and re.search(rf"(?<![\w.]){re.escape(str(value))}(?![\w]|\.\d)", said) is not None


def ungrounded(draft: Draft, rng: Random) -> Slipped | None:
    """Without gold: an id or an address that nobody mentioned, in the place of one that was (an id holds a digit, an address an @)."""
    if draft.taken or not all_said(draft):
        return None
    for leaf in shuffled([leaf for leaf in _free_texts(draft) if re.search(r"[\d@]", leaf.value)], rng):
        found = planted(draft, leaf, rng.choice(UNTOLD), "IAV", "ungrounded", tier="candidate")
        if found is not None:
            return msgspec.structs.replace(found[0], gold=None), found[1]
    return None


def _free_texts(draft: Draft) -> Iterator[Leaf]:
    yield from (leaf for leaf in leaves(draft, nested=False) if leaf.types == {"string"} and leaf.is_plain and isinstance(leaf.value, str))


def stale_value(draft: Draft, rng: Random) -> Slipped | None:
    """A value that the user first gave and then took back for the right one."""
    last = next((n for n, part in enumerate(draft.parts) if isinstance(part, Turn)), 0)
    if draft.taken or not draft.moves or not all_said(draft):
        return None
    for leaf in shuffled(leaves(draft, nested=False), rng):
        old = _alike(leaf.value, rng) if leaf.is_plain else None
        alone = sum(same(value, leaf.value) for value in leaf.move.arguments.values()) == 1
        if old is None or not alone or allows(leaf.expected, old) or _is_said(old, _said(draft)):
            continue
        if not fits(leaf.tool, put(leaf.move.arguments, leaf.path, old)):
            continue
        found = planted(draft, leaf, old, "IAV", "stale_value")
        if found is not None:
            name = str(leaf.path[0]).replace("_", " ")
            said = (f"One more thing: the {name} is {old}.", f"No, sorry, not {old} but {leaf.value}.")
            messages = tuple(Message(role="user", content=text) for text in said)
            parts = found[0].parts
            return msgspec.structs.replace(found[0], parts=(*parts[:last], *messages, *parts[last:])), found[1]
    return None


def _alike(value: Any, rng: Random) -> int | str | None:
    """Another value of the same kind, as people correct one: a number, an id with other digits, a name, a word; else ``None``."""
    shift = rng.randint(1, 8)
    if isinstance(value, int) and not isinstance(value, bool):
        return value + shift + 10
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9]{3,20}", value) or _CALENDAR.fullmatch(value):
        return None
    if not value.isalpha():
        return re.sub(r"\d", lambda digit: str((int(digit[0]) + shift) % 10), value)
    word = rng.choice(WORDS)
    return word if value.istitle() else word.lower() if value.islower() else None


def premature_dependency(draft: Draft, rng: Random) -> Slipped | None:
    """Without gold: two steps in one, the second of which needs a value that only the first one's reply gives."""
    if draft.taken:
        return None
    turns = [turn for turn in draft.turns if len(turn.moves) == 1 and turn.moves[0].result is not None]
    said = _said(draft)
    for first, second in pairwise(turns[:2]):
        reply, move = first.moves[0].result, second.moves[0]
        needed = [name for name, value in move.arguments.items() if isinstance(value, str | int) and not _is_said(value, said)]
        others = [*first.moves[0].arguments.values(), *(value for name, value in move.arguments.items() if name not in needed)]
        if reply is None or reply.is_error or len(needed) != 1 or not all(_is_said(value, said) for value in others):
            continue
        value = move.arguments[needed[0]]
        if len(str(value)) < 3 or isinstance(value, bool) or not _is_said(value, reply.content):
            continue
        both = msgspec.structs.replace(first, moves=(*first.moves, move))
        messages = tuple(part for part in draft.parts if isinstance(part, Message))
        after = msgspec.structs.replace(draft, parts=(*messages, both), gold=None)
        mark = Mark(error="IAV", subtype="premature_dependency", tier="likely", move=move.id, path=(needed[0],))
        return after.taking(*(each.id for each in both.moves)), (mark,)
    return None


def reference(draft: Draft, rng: Random) -> Slipped | None:
    """A value that names the result of another call of the same batch."""
    for leaf in shuffled(_free_texts(draft), rng):
        others = [move.name for move in draft.turn_of(leaf.move).moves if move.id != leaf.move.id]
        if others:
            name = rng.choice(others)
            new = rng.choice((f"<result of {name}>", f"{{{{{name}.result}}}}", f"${{{name}.output}}"))
            return planted(draft, leaf, new, "IAV", "premature_dependency")
    return None
