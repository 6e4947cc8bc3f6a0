"""The dialects in the order in which a text of unknown syntax is tried: the ones with markup of their own first, bare ones last."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from spectool.model import Call, Parsed
from spectool.read.dialects import (
    fenced,
    harmony,
    hermes,
    java,
    javascript,
    json_list,
    json_object,
    llama_json,
    mistral,
    mistral_args,
    pythonic,
    qwen_xml,
    react,
    toolscan,
    xlam1,
    xlam2,
)


class Dialect(Protocol):
    """What a dialect's module offers; ``PROSE`` says whether text may stand around its calls."""

    NAME: str
    DESCRIPTION: str
    PROSE: bool

    def parse(self, text: str, names: Collection[str] = ()) -> Parsed:
        """Reads the calls of one turn; ``names`` are the tools offered."""

    def write(self, calls: Sequence[Call]) -> str:
        """The calls in this syntax."""

    def opener(self, text: str) -> int | None:
        """The offset where the text starts to call, ``None`` where it does not."""


DIALECTS: tuple[Dialect, ...] = (
    harmony,
    qwen_xml,
    hermes,
    mistral_args,
    mistral,
    toolscan,
    react,
    fenced,
    xlam1,
    json_list,
    xlam2,
    json_object,
    llama_json,
    pythonic,
)
# Right where they are asked for; a text of unknown syntax says nothing of the language of its values and is read as Python.
ASKED_FOR: tuple[Dialect, ...] = (java, javascript)
_BY_NAME = {module.NAME: module for module in (*DIALECTS, *ASKED_FOR)}


def dialect(name: str) -> Dialect:
    """The dialect called ``name``.

    Raises:
        ValueError: There is none of that name; the message lists them.
    """
    try:
        return _BY_NAME[name]
    except KeyError:
        raise ValueError(f"expected a dialect, one of {', '.join(_BY_NAME)}, got '{name[:80]}'") from None
