"""What kind of difference lies between two plain values: the same said otherwise, another scale, a part, or something else."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

from spectool.classify.spelling import is_scaled, moments, number_in, same_moment, spelling, words_of

RELATIVE_TOLERANCE = 1e-9
_CAPITALS = re.compile(r"[A-Z]{2,3}")
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
    return "scale" if is_scaled(a, b) else "other"


def _string_kind(want: str, got: str) -> str:
    if spelling(want) == spelling(got) or same_moment(want, got):
        return "format_variant"
    words, said = words_of(want), words_of(got)
    if words and said and sorted(words) == sorted(said) and _digits(words) == _digits(said):
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
    return "scale" if a != b and is_scaled(a, b) else None


def _share_a_part(want: str, got: str, words: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether a part of the value is right: one text holds the other, half of the words or more agree, or a date but for its year."""
    if words and said and len(words) != len(said) and (set(words) <= set(said) or set(said) <= set(words)):
        return True
    shared = sum((Counter(_named(words)) & Counter(_named(said))).values())
    if shared and len(words) > 1 and len(said) > 1 and 2 * shared >= max(len(words), len(said)):
        return True
    if any(a.partition("-")[2] == b.partition("-")[2] for a in moments(want) for b in moments(got)):
        return True
    short, long = sorted((want.casefold().strip(), got.casefold().strip()), key=len)
    return len(short) > 1 and short in long


def _abbreviates(short: str, long: str) -> bool:
    """Whether ``short`` is ``long`` with names cut to capitals: "LA" for "Los Angeles, CA", "Paris, FR" for "Paris, France"."""
    parts, full = [part.strip() for part in short.split(",")], [part.strip() for part in long.split(",")]
    if len(parts) == 1 and _CAPITALS.fullmatch(parts[0]) and parts[0] == "".join(word[0] for word in full[0].split() if word[0].isupper()):
        return True
    if len(parts) != len(full):
        return False
    return all(spelling(a) == spelling(b) or _stands_for(a, b) for a, b in zip(parts, full, strict=True))


def _stands_for(code: str, name: str) -> bool:
    """Whether two or three capitals are letters of ``name`` in their order, the first included; of several words, their initials."""
    if not _CAPITALS.fullmatch(code) or name.upper()[:1] != code[0] or len(name) <= len(code):
        return False
    if len(words := name.split()) > 1:
        return code == "".join(word[0] for word in words).upper()
    letters = iter(name.upper())
    return all(letter in letters for letter in code)


def _named(words: tuple[str, ...]) -> list[str]:
    """The words that are no numbers."""
    return [word for word in words if not word[0].isdigit()]


def _digits(words: tuple[str, ...]) -> list[str]:
    """The numbers among the words, whose order carries meaning."""
    return [word for word in words if word[0].isdigit()]
