"""A user who answers back from a script: reveals details when asked, goes on to the next wish when the last one is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

import msgspec

from spectool.model import Message, Step, Task

NO_PREFERENCE = "No preference, please go ahead."
# What may stand behind the question mark that ends a text.
_CLOSING = " \t\r\n\"'”’»*_`)]}>"
_QUESTION_MARKS = ("?", "？", "؟")


class UserSlot(msgspec.Struct, frozen=True, kw_only=True):
    """A detail that the user keeps until asked: ``asked`` are words that a question for it holds, ``says`` is the answer."""

    name: str
    says: str
    asked: tuple[str, ...] = ()


class UserStage(msgspec.Struct, frozen=True, kw_only=True):
    """One wish of the user: the message that opens it, and the details that it leaves out."""

    says: str
    slots: tuple[UserSlot, ...] = ()


class UserScript(msgspec.Struct, frozen=True, kw_only=True):
    """What a user wants, in order; the first stage's message is the last one of the task's own."""

    stages: tuple[UserStage, ...]

    @property
    def replies(self) -> int:
        """At most so many messages of the user follow the first: every detail by itself, "no preference" once a stage, the next wish."""
        return sum(len(stage.slots) + 2 for stage in self.stages)


class User(Protocol):
    """Whoever answers when the model has ended its turn without calling."""

    @property
    def stage(self) -> int:
        """The stage, from 0, to which the user's last message belongs."""

    def reply(self, turns: Sequence[Message | Step]) -> str | None:
        """The user's next message; ``None``: content, the conversation is over."""


class BrokenScript(ValueError):
    """A task's user script is not of the form expected; the message says where."""


def script_of_user(task: Task) -> UserScript | None:
    """The script in ``task.meta["user"]``; ``None`` for a task whose user says no more than its messages.

    Raises:
        BrokenScript: it is not of that form.
    """
    written = task.meta.get("user")
    if written is None:
        return None
    try:
        script = msgspec.convert(written, UserScript)
    except msgspec.ValidationError as error:
        raise BrokenScript(f"task '{task.id[:80]}': meta.user: {str(error)[0].lower()}{str(error)[1:]}") from None
    if not script.stages:
        raise BrokenScript(f"task '{task.id[:80]}': meta.user: expected at least one stage, got none")
    return script


class ScriptedUser:
    """Plays a script by rule, the same way every time.

    While the stage has details left, those whose words the model's text holds are told, in their order and in one message; where it holds
    none of them, or asks for nothing, the next one is told all the same: a user who helps. Then a text that ends in a question is told
    that there is no preference, once a stage. Then the next stage begins; after the last one the user is content.
    """

    def __init__(self, script: UserScript) -> None:
        self._stages = script.stages
        self._stage = 0
        self._left = list(script.stages[0].slots)
        self._shrugged = False

    @classmethod
    def of(cls, task: Task) -> ScriptedUser | None:
        """The user of a task with a script, else ``None``.

        Raises:
            BrokenScript: the script is not of the form expected.
        """
        script = script_of_user(task)
        return None if script is None else cls(script)

    @property
    def stage(self) -> int:
        """The stage, from 0, to which the user's last message belongs."""
        return self._stage

    def reply(self, turns: Sequence[Message | Step]) -> str | None:
        """The user's next message, ``None`` when content."""
        text = last_words(turns)
        if self._left:
            asked = [slot for slot in self._left if holds_any(text, slot.asked)] or self._left[:1]
            self._left = [slot for slot in self._left if slot not in asked]
            return " ".join(slot.says for slot in asked)
        if not self._shrugged and is_question(text):
            self._shrugged = True
            return NO_PREFERENCE
        return self._next_stage()

    def _next_stage(self) -> str | None:
        if self._stage + 1 >= len(self._stages):
            return None
        self._stage += 1
        self._left, self._shrugged = list(self._stages[self._stage].slots), False
        return self._stages[self._stage].says


def last_words(turns: Sequence[Message | Step]) -> str:
    """What the model's last turn says to the user."""
    return next((turn.text for turn in reversed(turns) if isinstance(turn, Step)), "")


def is_question(text: str) -> bool:
    """Whether a text ends in a question; quotation marks, brackets and emphasis may close behind it."""
    return text.rstrip(_CLOSING).endswith(_QUESTION_MARKS)


def holds_any(text: str, words: tuple[str, ...]) -> bool:
    """Whether ``text`` holds one of ``words`` (or phrases) whole, in any case and also in the plural."""
    return _pattern(words).search(text.casefold()) is not None


@lru_cache(maxsize=4_096)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    forms = [form for word in words if word.strip() for form in _forms(word)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)" if forms else r"(?!)")


def _forms(word: str) -> Iterator[str]:
    """Singular and plural of a word as patterns, of a phrase those of its last word."""
    *before, last = word.casefold().split()
    start = "".join(re.escape(each) + r"\s+" for each in before)
    yield rf"{start}{re.escape(last)}(?:s|es)?"
    if re.search(r"[^aeiou]y$", last):
        yield rf"{start}{re.escape(last[:-1])}ies"
