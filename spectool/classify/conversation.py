"""What had been said by each turn of a trajectory, indexed once: words, their spellings, numbers.

The model's own earlier words and arguments count as said, so that an invention is charged where it first appears and not at each use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, wraps
from typing import TypeVar

from spectool.classify.case import Case
from spectool.classify.figures import SPOKEN, numbers_in, spoken_numbers
from spectool.classify.spelling import words_of
from spectool.model import Message, Step
from spectool.read.record import as_json

# Texts longer than this, characters, are likely instructions that many runs share: their words are kept.
_LONG = 1_000
# Words of one stem agree in as many letters.
_STEM = 5
# Longer runs of letters are data, which nobody spells in two ways.
_MAX_WORD = 64
# The end of Unicode's block Latin Extended-B.
_LAST_LATIN = 0x24F

_WORD = re.compile(r"[^\W_]+")
_GROUPING = re.compile(r"[\s().+/-]")
_CALENDAR = frozenset(
    ("january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)  # fmt: skip
_PARTS = re.compile(r"\d+|[^\W\d_]+")


T = TypeVar("T")


def once_per_case(compute: Callable[[Case], T]) -> Callable[[Case], T]:
    """``compute`` with its last outcome kept while the same case is judged: several rules ask for it, one case after another."""
    latest: tuple[Case, T] | None = None

    @wraps(compute)
    def kept(case: Case) -> T:
        nonlocal latest
        known = latest
        if known is None or known[0] is not case:
            known = latest = (case, compute(case))
        return known[1]

    return kept


class Conversation:
    """What had been said by each turn: the turn at which each word first stood.

    ``known`` says whether users said anything at all: without their words nothing can be called unsupported.
    """

    def __init__(self, case: Case) -> None:
        last = case.attempts[-1].step if case.attempts else 0
        self._turns = case.trajectory.turns[:last]
        self.texts = tuple(_texts(self._turns))
        self.words: dict[str, int] = {}
        for position, text in reversed(self.texts):
            self.words.update(dict.fromkeys(_tokens(text), position))
        self.known = any(isinstance(turn, Message) and turn.role == "user" and _WORD.search(turn.content) for turn in self._turns)

    def holds(self, text: str, step: int) -> bool:
        """Whether ``text`` itself stood, in any case, in what was said before turn ``step``."""
        sought = text.strip().lower()
        return any(position < step and sought in said.lower() for position, said in self.texts)

    def has(self, word: str, step: int) -> bool:
        """Whether ``word`` was said before turn ``step``, in this or another spelling of it."""
        if self.words.get(word, step) < step:
            return True
        return any(self.loose.get(spelled, step) < step for spelled in _spellings(word))

    @cached_property
    def loose(self) -> Mapping[str, int]:
        """The spellings of every word said: usual unit, digits for number words, first letters of long ones, figures of mixed ones."""
        loose: dict[str, int] = {}
        for word, position in self.words.items():
            for spelled in _spellings(word):
                loose[spelled] = min(position, loose.get(spelled, position))
        return loose

    @cached_property
    def asked(self) -> Mapping[str, int]:
        """The words of users alone, with the turn at which each first stood."""
        asked: dict[str, int] = {}
        for position, turn in enumerate(self._turns):
            if isinstance(turn, Message) and turn.role == "user":
                for word in _WORD.findall(turn.content.lower()):
                    asked.setdefault(word, position)
        return asked

    def has_digits(self, digits: str, step: int) -> bool:
        """Whether a long run of digits was said, however grouped (a telephone or account number)."""
        return any(position < step and digits in text for position, text in self._ungrouped)

    @cached_property
    def _ungrouped(self) -> Sequence[tuple[int, str]]:
        return tuple((position, _GROUPING.sub("", text)) for position, text in self.texts)

    @cached_property
    def foreign(self) -> bool:
        """Whether users wrote in another script than Latin: names are then spelled as they sound."""
        return any(ord(letter) > _LAST_LATIN for word in self.asked if not word.isascii() for letter in word)

    @cached_property
    def numbers(self) -> Mapping[float, int]:
        """Every number said, in figures or words, with the turn at which it first stood; those of users before others, the latest first."""
        numbers: dict[float, int] = {}
        asked: set[float] = set()
        for position, text in self.texts:
            found = [*numbers_in(text), *(() if SPOKEN.isdisjoint(self.words) else spoken_numbers(text))]
            for number in found:
                numbers.setdefault(number, position)
            turn = self._turns[position]
            if isinstance(turn, Message) and turn.role == "user":
                asked.update(found)
        return dict(sorted(numbers.items(), key=lambda item: (item[0] not in asked, -item[1])))


@once_per_case
def conversation(case: Case) -> Conversation:
    """The conversation of ``case`` up to its last call."""
    return Conversation(case)


def _texts(turns: Sequence[Message | Step]) -> Iterator[tuple[int, str]]:
    """(turn, text) of all that was said, in order; what a step says and gets is known after it."""
    seen: set[str] = set()
    for position, turn in enumerate(turns):
        if isinstance(turn, Message):
            said = [turn.content]
        else:
            said = [turn.text, *(call.result.content for call in turn.calls if call.result is not None)]
            said += [as_json(call.arguments) for call in turn.calls if call.arguments]
        for text in said:
            if text and text not in seen:
                seen.add(text)
                yield position, text


def _tokens(text: str) -> Sequence[str]:
    return _kept_tokens(text) if len(text) > _LONG else _WORD.findall(text.lower())


@lru_cache(maxsize=64)
def _kept_tokens(text: str) -> tuple[str, ...]:
    """The words of a long text, such as the instructions that every run of an agent begins with."""
    return tuple(dict.fromkeys(_WORD.findall(text.lower())))


@lru_cache(maxsize=8_192)
def _spellings(word: str) -> tuple[str, ...]:
    """Other forms under which a word counts as the same one."""
    if len(word) > _MAX_WORD:
        return (word,)
    forms = [*words_of(word)]
    if not word.isalpha():
        forms += [part.lstrip("0") or "0" if part.isdigit() else part for part in _PARTS.findall(word)[:1]]
    elif word in _CALENDAR:
        forms.append(word[:3])
    elif len(word) > _STEM:
        forms.append(word[:_STEM])
    return tuple(dict.fromkeys(forms))
