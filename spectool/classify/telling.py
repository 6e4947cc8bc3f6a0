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
from spectool.classify.scanning import Break, Clock, Day, Word, plain
from spectool.classify.spelling import SYNONYMS

EMPTY = frozenset(
    ("the", "a", "an", "is", "are", "was", "were", "be", "of", "to", "in", "on", "at", "for", "and", "or", "it", "its", "that", "this",
    "with", "by", "as", "has", "have", "had", "will", "there", "you", "your", "i"),
)  # fmt: skip
_NOT = frozenset({"not", "never", "neither", "nor", "without"})
# A figure is told for itself where one of these, or nothing, follows: "three of them", not "three databases".
_GOES_ON = EMPTY | {"total", "altogether", "overall", "from", "which", "whose", "who", "all", "them", "so", "now", "per", "than", "if"}
_NONE = frozenset({"none", "nothing", "nil"})
_IDIOMS = frozenset({"problem", "worry", "doubt", "longer", "matter", "issue", "need", "idea", "further"})
_CODE = re.compile(r"(?=[^\s]*[^\W\d_])(?=[^\s]*\d)[^\W_]+(?:[-_/.#:][^\W_]+)*")
_CODE_PART = re.compile(r"\d+|[^\W\d_]+")
# Other words between the two of a person's name: a middle initial, a title.
NAME_GAP = 1
# How far before a word a "not" makes it the contrary: "was not yet granted".
NOT_BEFORE = 3

Value = Figure | Day | Clock


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
    want, text = _claim(claim), figured(said)
    if want.code is not None:
        return want.code.search(plain(said)) is not None
    if not want.words and not want.values:
        return claim.strip().casefold() in said.casefold()
    if not want.words:
        return all(_stands(value, text) for value in want.values)
    return _told_by_words(want, text) if not want.values else _told_together(want, text)


@lru_cache(maxsize=2_048)
def _claim(claim: str) -> _Claim:
    parts = figured(claim)
    words = tuple(part for part in parts if isinstance(part, Word))
    telling = tuple(word for word in words if word.text not in EMPTY and word.text not in _NOT)
    values = tuple(part for part in parts if isinstance(part, Figure | Day | Clock))
    written = re.findall(r"[^\W_]+", claim)
    return _Claim(
        words=telling,
        values=values,
        is_name=_is_name(written),
        counts=len(values) == 1 and bool(parts) and parts[0] is values[0] and isinstance(values[0], Figure),
        denies=any(word.text in _NOT for word in words),
        code=_code(claim) if words and _CODE.fullmatch(claim.strip()) else None,
    )


def _is_name(written: Sequence[str]) -> bool:
    """Whether words are a name: "Bank of Ulm", "Shock-proof sheet"; a statement begins small or holds small words."""
    content = [word for word in written if word.casefold() not in EMPTY]
    if not content or not content[0][0].isupper():
        return False
    return len(content) == len(written) or all(word[0].isupper() or word[0].isdigit() for word in content)


def _code(claim: str) -> re.Pattern[str]:
    """An id, however its letters and digits are set apart; not as a part of a longer one."""
    inner = r"[\s\-_/.#:]?".join(map(re.escape, _CODE_PART.findall(plain(claim))))
    return re.compile(rf"(?<![^\W_])(?<![^\W_][-_/.#]){inner}(?![^\W_])(?![-_/.#:][^\W_])")


def _stands(value: Value, text: Sequence[Part]) -> bool:
    """Whether a value stands somewhere and is not denied."""
    return any(_same(value, part, text) and not _denied(text, index, 2) for index, part in enumerate(text)) or (
        _is_zero(value) and any(_says_none(text, index) for index in range(len(text)))
    )


def _same(want: Value, part: Part, text: Sequence[Part]) -> bool:
    if isinstance(want, Figure):
        if isinstance(part, Day):
            return not want.amounts and not want.ordinal and any(year == want.value for year, _, _ in part.dates)
        return isinstance(part, Figure) and want.equals(part)
    if isinstance(want, Clock) or not isinstance(part, Day):
        return isinstance(want, Clock) and part == want
    return any(_is_date(wanted, given, text) for wanted in want.dates for given in part.dates)


def _is_date(want: tuple[int | None, int, int | None], got: tuple[int | None, int, int | None], text: Sequence[Part]) -> bool:
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
    nothing = part.text == "no" or (part.text == "any" and _denied(text, index, 3))
    return nothing and isinstance(following, Word) and following.stem not in _IDIOMS


def _denied(text: Sequence[Part], index: int, reach: int) -> bool:
    """Whether one of the ``reach`` words before says that it is not so, within the clause."""
    for before in reversed(text[max(0, index - reach) : index]):
        if isinstance(before, Break):
            return False
        if isinstance(before, Word) and before.text in _NOT:
            return True
    return False


def _told_by_words(want: _Claim, text: Sequence[Part]) -> bool:
    if want.is_name:
        return any(_holds_name(want, sentence) for sentence in _split(text, sentences=True))
    clauses, sentences = list(_split(text)), list(_split(text, sentences=True))
    pairs = [[*one, *two] for one, two in pairwise(sentences)]
    return any(_holds_words(want, segment) for segment in (*clauses, *sentences, *pairs))


def _holds_name(want: _Claim, sentence: Sequence[Part]) -> bool:
    """Whether the parts of a name stand together, in any order."""
    names = {word.text for word in want.words}
    places = [index for index, part in enumerate(sentence) if isinstance(part, Word) and part.text in names]
    content = [index for index, part in enumerate(sentence) if not isinstance(part, Break) and _text(part) not in EMPTY]
    for start in places:
        window = [index for index in content if index >= start][: len(names) + (NAME_GAP if len(names) == 2 else 0)]
        if names <= {_text(sentence[index]) for index in window} and not _denied(sentence, start, 1):
            return True
    return False


def _text(part: Part) -> str:
    return part.text if isinstance(part, Word | Break) else ""


def _holds_words(want: _Claim, segment: Sequence[Part]) -> bool:
    """Whether all words of a statement stand there, and it says what the claim says, not the contrary."""
    wanted = set(map(_sense, want.words))
    places = [index for index, part in enumerate(segment) if isinstance(part, Word) and _sense(part) in wanted]
    if not wanted <= {_sense(part) for part in segment if isinstance(part, Word)}:
        return False
    denied = any(_denied(segment, index, NOT_BEFORE) for index in places)
    return denied == want.denies


def _sense(word: Word) -> str:
    return SYNONYMS.get(word.text, word.stem)


def _told_together(want: _Claim, text: Sequence[Part]) -> bool:
    """Whether a text tells figures of something: in one clause, else wherever no clause gives the same thing another figure."""

    def holds_all(segment: Sequence[Part]) -> bool:
        return _holds_words(want, segment) and all(_stands(value, segment) for value in want.values)

    clauses = list(_split(text))
    if any(map(holds_all, clauses)):
        return True
    if any(_gives_another(want, clause) for clause in clauses):
        return False
    if _holds_words(want, text) and all(_stands(value, text) for value in want.values):
        return True
    return want.counts and any(_stands_bare(want.values[0], text, index) for index in range(len(text)))


def _gives_another(want: _Claim, clause: Sequence[Part]) -> bool:
    """Whether a clause speaks of the claim's thing and gives values of its kind, none of them the claim's."""
    kinds = tuple({type(value) for value in want.values})
    given = [part for part in clause if isinstance(part, kinds)]
    return bool(given) and _holds_words(want, clause) and not any(_same(value, part, clause) for value in want.values for part in given)


def _stands_bare(value: Value, text: Sequence[Part], index: int) -> bool:
    """Whether a figure stands for itself, without a noun that says what else it counts."""
    part = text[index]
    if not isinstance(part, Figure) or part.amounts or not _same(value, part, text) or _denied(text, index, 2):
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
