"""Whether a value stands in a text: a figure, a date, a time; and whether what stands there is denied."""

from __future__ import annotations

from collections.abc import Sequence

from spectool.classify.figured import Figure, Part
from spectool.classify.scanning import Break, Clock, Date, Day, Word

Value = Figure | Day | Clock
NOT = frozenset({"not", "never", "neither", "nor", "without"})
# Words that say "zero", and what "no" says in front of without counting anything.
_NONE = frozenset({"none", "nothing", "nil"})
_IDIOMS = frozenset({"problem", "worry", "doubt", "longer", "matter", "issue", "need", "idea", "further"})


def stands(value: Value, text: Sequence[Part]) -> bool:
    """Whether a value stands somewhere and is not denied."""
    return any(same(value, part, text) and not denied(text, index, 2) for index, part in enumerate(text)) or (
        _is_zero(value) and any(_says_none(text, index) for index in range(len(text)))
    )


def same(want: Value, part: Part, text: Sequence[Part]) -> bool:
    """Whether a part of ``text`` says a value; a year is said by each date in it, a date without its year where ``text`` says that too."""
    if isinstance(want, Figure):
        if isinstance(part, Day):
            return not want.amounts and not want.ordinal and any(year == want.value for year, _, _ in part.dates)
        return isinstance(part, Figure) and want.equals(part)
    if isinstance(want, Clock) or not isinstance(part, Day):
        return isinstance(want, Clock) and part == want
    return any(_is_date(wanted, given, text) for wanted in want.dates for given in part.dates)


def _is_date(want: Date, got: Date, text: Sequence[Part]) -> bool:
    if want[1] != got[1] or want[2] not in (None, got[2]) or want[0] not in (None, got[0] or want[0]):
        return False
    return got[0] is not None or want[0] is None or _says_year(want[0], text)


def _says_year(year: int, text: Sequence[Part]) -> bool:
    """Whether a year that a date leaves out is said elsewhere."""
    return any(
        part.value == year if isinstance(part, Figure) else isinstance(part, Day) and any(date[0] == year for date in part.dates)
        for part in text
    )


def _is_zero(value: Value) -> bool:
    return isinstance(value, Figure) and value.value == 0


def _says_none(text: Sequence[Part], index: int) -> bool:
    """Whether there is none of something, said in a word: "none", "no patents"."""
    part = text[index]
    if not isinstance(part, Word):
        return False
    if part.text in _NONE:
        return True
    following = text[index + 1] if index + 1 < len(text) else None
    nothing = part.text == "no" or (part.text == "any" and denied(text, index, 3))
    return nothing and isinstance(following, Word) and following.stem not in _IDIOMS


def denied(text: Sequence[Part], index: int, reach: int) -> bool:
    """Whether one of the ``reach`` words before says that it is not so, within the clause."""
    for before in reversed(text[max(0, index - reach) : index]):
        if isinstance(before, Break):
            return False
        if isinstance(before, Word) and before.text in NOT:
            return True
    return False
