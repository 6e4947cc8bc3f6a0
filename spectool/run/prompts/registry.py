"""The prompts ``--prompt`` knows, in the order they are listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from spectool.model import Message, Step, Tool
from spectool.run.engines.engine import ToolSection
from spectool.run.errors import RunError
from spectool.run.prompts import chat_template, json_list, pythonic, react, toolscan, worked_example, xlam1, xlam2
from spectool.run.prompts.conversation import Rendered


class Prompt(Protocol):
    """A module of this folder."""

    NAME: str

    def render(self, tools: Sequence[Tool], turns: Sequence[Message | Step], section: ToolSection | None) -> Rendered:
        """The request for the next assistant turn, and the dialect it asks for."""


PROMPTS = cast("tuple[Prompt, ...]", (chat_template, worked_example, json_list, xlam1, xlam2, toolscan, react, pythonic))


def prompt(name: str) -> Prompt:
    """The prompt of that name.

    Raises:
        RunError: there is none.
    """
    for candidate in PROMPTS:
        if name == candidate.NAME:
            return candidate
    raise RunError(f"no prompt '{name[:80]}'; there are {', '.join(module.NAME for module in PROMPTS)}")


def constrainable(module: Prompt) -> bool:
    """Whether a JSON Schema describes the whole of what the prompt asks for, so that ``--constrain`` can hold an engine to it."""
    return module.render((), (), None).schema is not None
