"""Whether a text tells a claim, in whichever of the usual ways people say a name, a number, a date or a short statement.

Told are figures in words and with thousands apart, dates and times in any order, quantities in another exact unit, words in the singular or
the plural, with Markdown or without. Not told is a claim whose words speak of another figure, a figure with another unit, a name whose
parts stand apart, and whatever directly follows a "not". A unit may be left unsaid; another may not be said.

Words are compared, not meanings: a statement in other words is not recognised, so claims had better be atomic values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from spectool.classify.figured import Figure, Part, figured
from spectool.classify.naming import is_name, is_named
from spectool.classify.said_values import NOT, Value, denied, same, stands
from spectool.classify.scanning import Break, Clock, Day, Word
from spectool.classify.spelling import SYNONYMS
from spectool.classify.unmarked import plain

EMPTY = frozenset(
    ("the", "a", "an", "is", "are", "was", "were", "be", "of", "to", "in", "on", "at", "for", "and", "or", "it", "its", "that", "this",
    "with", "by", "as", "has", "have", "had", "will", "there", "you", "your", "i"),
)  # fmt: skip
# A figure is told for itself where one of these, or nothing, follows: "three of them", not "three databases".
_GOES_ON = EMPTY | {"total", "altogether", "overall", "from", "which", "whose", "who", "all", "them", "so", "now", "per", "than", "if"}
_CODE = re.compile(r"(?=[^\s]*[^\W\d_])(?=[^\s]*\d)[^\W_]+(?:[-_/.#:][^\W_]+)*")
_CODE_PART = re.compile(r"\d+|[^\W\d_]+")
# How far before a word a "not" makes it the contrary: "was not yet granted".
NOT_BEFORE = 3


class _Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim taken apart: its words but for empty ones, its values, whether it is a name, a "figure noun", or denies something."""

    words: tuple[Word, ...]
    values: tuple[Value, ...]
    is_name: bool
    counts: bool
    denies: bool
    code: re.Pattern[str] | None


def is_told(claim: str, said: str) -> bool:
    """Whether ``said``, all that the model told the user, tells ``claim``."""
    want = _claim(claim)
    if want.code is not None:
        return want.code.search(plain(said)) is not None
    if want.is_name:
        return is_named(claim, said)
    text = figured(said)
    if not want.words and not want.values:
        return claim.strip().casefold() in said.casefold()
    if not want.words:
        return all(stands(value, text) for value in want.values)
    return _told_by_words(want, text) if not want.values else _told_together(want, text)


@lru_cache(maxsize=2_048)
def _claim(claim: str) -> _Claim:
    parts = figured(claim)
    words = tuple(part for part in parts if isinstance(part, Word))
    telling = tuple(word for word in words if word.text not in EMPTY and word.text not in NOT)
    values = tuple(part for part in parts if isinstance(part, Figure | Day | Clock))
    return _Claim(
        words=telling,
        values=values,
        is_name=bool(telling) and not any(isinstance(value, Day | Clock) for value in values) and is_name(claim, EMPTY),
        counts=len(values) == 1 and bool(parts) and parts[0] is values[0] and isinstance(values[0], Figure),
        denies=any(word.text in NOT for word in words),
        code=_code(claim) if words and _CODE.fullmatch(claim.strip()) else None,
    )


def _code(claim: str) -> re.Pattern[str]:
    """An id, however its letters and digits are set apart; not as a part of a longer one."""
    inner = r"[\s\-_/.#:]?".join(map(re.escape, _CODE_PART.findall(plain(claim))))
    return re.compile(rf"(?<![^\W_])(?<![^\W_][-_/.#]){inner}(?![^\W_])(?![-_/.#:][^\W_])")


def _told_by_words(want: _Claim, text: Sequence[Part]) -> bool:
    clauses, sentences = list(_split(text)), list(_split(text, sentences=True))
    pairs = [[*one, *two] for one, two in pairwise(sentences)]
    return any(_holds_words(want, segment) for segment in (*clauses, *sentences, *pairs))


def _holds_words(want: _Claim, segment: Sequence[Part]) -> bool:
    """Whether all words of a statement stand there, and it says what the claim says, not the contrary."""
    wanted = set(map(_sense, want.words))
    places = [index for index, part in enumerate(segment) if isinstance(part, Word) and _sense(part) in wanted]
    if not wanted <= {_sense(part) for part in segment if isinstance(part, Word)}:
        return False
    return any(denied(segment, index, NOT_BEFORE) for index in places) == want.denies


def _sense(word: Word) -> str:
    return SYNONYMS.get(word.text, word.stem)


def _told_together(want: _Claim, text: Sequence[Part]) -> bool:
    """Whether a text tells figures of something: in one clause, else wherever no clause gives the same thing another figure."""

    def holds_all(segment: Sequence[Part]) -> bool:
        return _holds_words(want, segment) and all(stands(value, segment) for value in want.values)

    clauses = list(_split(text))
    if any(map(holds_all, clauses)):
        return True
    if any(_gives_another(want, clause) for clause in clauses):
        return False
    if _holds_words(want, text) and all(stands(value, text) for value in want.values):
        return True
    return want.counts and any(_stands_bare(want.values[0], text, index) for index in range(len(text)))


def _gives_another(want: _Claim, clause: Sequence[Part]) -> bool:
    """Whether a clause speaks of the claim's thing and gives values of its kind, none of them the claim's."""
    kinds = tuple({type(value) for value in want.values})
    given = [part for part in clause if isinstance(part, kinds)]
    return bool(given) and _holds_words(want, clause) and not any(same(value, part, clause) for value in want.values for part in given)


def _stands_bare(value: Value, text: Sequence[Part], index: int) -> bool:
    """Whether a figure stands for itself, without a noun that says what else it counts."""
    part = text[index]
    if not isinstance(part, Figure) or part.amounts or not same(value, part, text) or denied(text, index, 2):
        return False
    following = text[index + 1] if index + 1 < len(text) else None
    return not isinstance(following, Word) or following.text in _GOES_ON


def _split(text: Sequence[Part], *, sentences: bool = False) -> Iterator[Sequence[Part]]:
    """The clauses of a text, or its sentences; in these the breaks of clauses stay. What a colon announces belongs to its clause."""
    segment: list[Part] = []
    for part in text:
        if isinstance(part, Break) and (part.sentence or not (sentences or part.text == ":")):
            if segment:
                yield segment
            segment = []
        else:
            segment.append(part)
    if segment:
        yield segment
