"""What kind of difference lies between two plain values: the same said otherwise, another scale, a part, or something else."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

from spectool.classify.spelling import is_scaled, moments, number_in, same_moment, spelling, words_of

RELATIVE_TOLERANCE = 1e-9
_CAPITALS = re.compile(r"[A-Z]{2,3}")
_SMALL = frozenset({"of", "the", "and", "de", "du", "la"})
# Countries that go by a code which is not their initials, as ``spelling`` writes both.
_COUNTRIES = {
    "us": ("usa", "unitedstatesofamerica"),
    "usa": ("us", "unitedstates"),
    "uk": ("greatbritain", "gb"),
    "gb": ("unitedkingdom", "uk"),
}
# An id made of a word and a number ("card_4196779"): the number counts nothing.
_IDENTIFIER = re.compile(r"[A-Za-z]\w*[_-]\S*\d\S*")
_FEWEST_DIGITS = 2
# Shorter words differ by an s and in all they mean ("gas", "his").
_SHORTEST_NOUN = 4
_TRUTHS = frozenset({"true", "false"})


def scalar_kind(want: Any, got: Any) -> str:
    """How ``got`` differs from ``want``, of which at most one is a list or an object; the two are not equal."""
    if isinstance(want, bool) and isinstance(got, bool):
        return "boolean_flipped"
    if isinstance(want, str) and isinstance(got, str):
        return _string_kind(want, got)
    if isinstance(want, (bool, dict, list)) or isinstance(got, (bool, dict, list)) or want is None or got is None:
        return "format_variant" if str(want).casefold() == str(got).casefold() else "other"
    return _number_kind(want, got)


def _number_kind(want: Any, got: Any) -> str:
    a, b = number_in(want), number_in(got)
    if a is None or b is None:
        return "other"
    if math.isclose(a, b, rel_tol=RELATIVE_TOLERANCE):
        return "format_variant"
    return "scale" if is_scaled(a, b) else "partial" if _is_rounded(a, b) else "other"


def _is_rounded(a: float, b: float) -> bool:
    """Whether one number is the other cut or rounded to fewer digits, two at least: 9.8 for 9.81."""
    short, long = sorted((f"{a:.12g}", f"{b:.12g}"), key=len)
    digits, point = short.lstrip("-"), short.partition(".")[2]
    if "e" in long or len(digits.replace(".", "")) < _FEWEST_DIGITS or "." not in long or digits.startswith("0"):
        return False
    return long.startswith(short) or round(float(long), len(point)) == float(short)


def _string_kind(want: str, got: str) -> str:
    if (spelling(want) == spelling(got) and ("\\" in want) == ("\\" in got)) or same_moment(want, got):
        return "format_variant"
    if _has_day_for_month(want, got):
        return "reordered"
    words, said = words_of(want), words_of(got)
    if len(words) == len(said) and all(map(_is_same_noun, words, said)) and ("\\" in want) == ("\\" in got):
        return "format_variant"
    if words and said and words != said and sorted(words) == sorted(said) and _digits(words) == _digits(said):
        return "format_variant"
    if _abbreviates(want, got) or _abbreviates(got, want):
        return "format_variant"
    if {want.strip().lower(), got.strip().lower()} == _TRUTHS:
        return "boolean_flipped"
    return _quantity_kind(want, got, words, said) or ("partial" if _share_a_part(want, got, words, said) else "other")


def _quantity_kind(want: str, got: str, words: tuple[str, ...], said: tuple[str, ...]) -> str | None:
    """The kind where both texts hold one number; ``None`` where the words decide."""
    a, b = number_in(want), number_in(got)
    if a is None or b is None:
        return None
    if not _named(words) and not _named(said):
        return _number_kind(a, b)
    if _IDENTIFIER.fullmatch(want.strip()) or _IDENTIFIER.fullmatch(got.strip()):
        return None
    return "scale" if a != b and is_scaled(a, b) else None


def _share_a_part(want: str, got: str, words: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether a part of the value is right: one text holds the other, half of the words or more agree, or a date but for its year."""
    if words and said and len(words) != len(said) and (set(words) <= set(said) or set(said) <= set(words)):
        return True
    shared = sum((Counter(_named(words)) & Counter(_named(said))).values())
    loose = any(map(str.isspace, want.strip())) or any(map(str.isspace, got.strip()))  # an address or an id is one value, not words
    if loose and shared and len(words) > 1 and len(said) > 1 and 2 * shared >= max(len(words), len(said)):
        return True
    if _is_initials(want.strip(), got.partition(",")[0]) or _is_initials(got.strip(), want.partition(",")[0]):
        return True
    if any(a.partition("-")[2] == b.partition("-")[2] for a in moments(want) for b in moments(got)):
        return True
    short, long = sorted((want.casefold().strip(), got.casefold().strip()), key=len)
    return len(short) > 1 and short in long


def _abbreviates(short: str, long: str) -> bool:
    """Whether ``short`` is ``long`` with names cut to capitals: "LA" for "Los Angeles", "Paris, FR" for "Paris, France"."""
    parts, full = [part.strip() for part in short.split(",")], [part.strip() for part in long.split(",")]
    if len(parts) != len(full) or spelling(short) == spelling(long):
        return False
    return all(spelling(a) == spelling(b) or _stands_for(a, b) for a, b in zip(parts, full, strict=True))


def _is_initials(code: str, name: str) -> bool:
    """Whether two or three capitals are the initials of several words, small ones such as "of" left out."""
    words = [word for word in name.split() if word.lower() not in _SMALL]
    return _CAPITALS.fullmatch(code) is not None and len(words) > 1 and code == "".join(word[0] for word in words).upper()


def _stands_for(code: str, name: str) -> bool:
    """Whether two or three capitals are letters of ``name`` in their order, the first included; of several words, their initials."""
    if spelling(name) in _COUNTRIES.get(spelling(code), ()):
        return True
    if not _CAPITALS.fullmatch(code) or name.upper()[:1] != code[0] or len(name) <= len(code):
        return False
    if len(name.split()) > 1:
        return _is_initials(code, name)
    letters = iter(name.upper())
    return all(letter in letters for letter in code)


def _has_day_for_month(want: str, got: str) -> bool:
    """Whether two dates agree but for day and month, which are exchanged; both leave no doubt which is which."""
    one, other = moments(want), moments(got)
    if len(one) != 1 or len(other) != 1:
        return False
    a, b = next(iter(one)), next(iter(other))
    return a[:5] == b[:5] and a[10:] == b[10:] and a[5:7] == b[8:10] and a[8:10] == b[5:7]


def _is_same_noun(a: str, b: str) -> bool:
    """Whether two words are one, in the singular or the plural."""
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= _SHORTEST_NOUN and short.isalpha() and not short.endswith("s") and long in (short + "s", short + "es"))


def _named(words: tuple[str, ...]) -> list[str]:
    """The words that are no numbers."""
    return [word for word in words if not word[0].isdigit()]


def _digits(words: tuple[str, ...]) -> list[str]:
    """The numbers among the words, whose order carries meaning."""
    return [word for word in words if word[0].isdigit()]
