"""A user played by a language model from a script that only it knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from spectool.environments.episode.user import UserScript, script_of_user
from spectool.model import Message, Step, Task

Complete = Callable[[list[dict[str, str]]], str]
"""From chat messages (``role``, ``content``) to the text that follows."""

END = "[END]"
# A model that never ends is ended: so many times the messages that the script itself could need.
PATIENCE = 2
# Characters of one message; nobody types more.
MAX_MESSAGE = 4_000
_NUMBERED = re.compile(r"\s*\[(\d{1,3})\]\s*")

_SYSTEM = f"""\
You play a user who talks to an assistant. You are not the assistant: never answer for it, never call functions.
Below are your private notes: what you want, in this order. The details under a wish are told only when the assistant asks for them.

{{notes}}

How to play:
- Begin every message with the number of the wish that it belongs to, in square brackets, such as [1]. You have already said the first wish.
- One short message at a time, in your own words; keep names, dates and numbers exactly as in the notes.
- When the assistant has dealt with a wish, say the next one. Never speak of wishes that are not yet due.
- Asked for something that is not in the notes, say that you have no preference. Never make anything up.
- When all wishes are dealt with, or the assistant can do no more, answer with this line and nothing else: {END}"""


class ModelUser:
    """Plays a task's script through ``complete``; it sees what is said to a user, neither the tools' replies nor the gold.

    Which stage a message belongs to is what the model says of it; it never goes back.
    """

    def __init__(self, complete: Complete, task: Task) -> None:
        """Takes the script of ``task``.

        Raises:
            ValueError: the task has none.
        """
        script = script_of_user(task)
        if script is None:
            raise ValueError(f"task '{task.id[:80]}' has no user script for a model to play")
        self._complete = complete
        self._script = script
        self._stage = 0
        self._left = PATIENCE * script.replies

    @property
    def stage(self) -> int:
        """The stage, from 0, to which the user's last message belongs."""
        return self._stage

    def reply(self, turns: Sequence[Message | Step]) -> str | None:
        """The user's next message, ``None`` when content or out of patience."""
        if self._left == 0:
            return None
        self._left -= 1
        system = {"role": "system", "content": _SYSTEM.format(notes=_notes(self._script))}
        said = self._complete([system, *_conversation(turns)])
        if any(line.strip() == END for line in said.splitlines()):
            return None
        if numbered := _NUMBERED.match(said):
            self._stage = max(self._stage, min(int(numbered[1]), len(self._script.stages)) - 1)
            said = said[numbered.end() :]
        return said.strip()[:MAX_MESSAGE] or None


def played_by(complete: Complete) -> Callable[[Task], ModelUser | None]:
    """What makes the user of each task that has a script: a model, through ``complete``; ``None`` for other tasks."""
    return lambda task: None if script_of_user(task) is None else ModelUser(complete, task)


def _notes(script: UserScript) -> str:
    lines: list[str] = []
    for number, stage in enumerate(script.stages, 1):
        lines.append(f"{number}. {stage.says}")
        lines.extend(f"   - {slot.name}: {slot.says}" for slot in stage.slots)
    return "\n".join(lines)


def _conversation(turns: Sequence[Message | Step]) -> list[dict[str, str]]:
    """The conversation from the user's side: roles exchanged, taking turns, beginning with the assistant."""
    merged: list[dict[str, str]] = [{"role": "user", "content": "How can I help?"}]
    for role, text in _said(turns):
        if role == merged[-1]["role"]:
            merged[-1]["content"] += f"\n{text}"
        else:
            merged.append({"role": role, "content": text})
    return merged


def _said(turns: Sequence[Message | Step]) -> Iterator[tuple[str, str]]:
    for turn in turns:
        if isinstance(turn, Step):
            if turn.text:
                yield "user", turn.text
        elif turn.role == "user":
            yield "assistant", turn.content
