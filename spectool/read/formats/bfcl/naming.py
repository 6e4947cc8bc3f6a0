"""What BFCL's file names, folders and ids say: generation, category, model, programming language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from spectool.read.source import Source

_FILE = re.compile(r"(?:BFCL|gorilla_openfunctions)_(v\d+)_(?:test_)?(\w+?)(?:_(result|score))?\.jsonl?(?:\.gz|\.zst)?")
_ID = re.compile(r"([a-z_]+?)_\d")
# Folders that group categories below a model's folder.
_GROUPS = frozenset({"live", "non_live", "multi_turn", "agentic", "memory", "web_search", "format_sensitivity", "kv", "vector", "rec_sum"})
_ONLY_V4 = ("simple_", "memory", "web_search", "format_sensitivity")


class FileName(NamedTuple):
    """``generation``: ``v1`` to ``v4``; ``kind``: ``result``, ``score`` or empty for a question file."""

    generation: str
    category: str
    kind: str


def file_name(name: str) -> FileName | None:
    """The parts of a BFCL file name (the path before it does not matter), ``None`` for any other name."""
    match = _FILE.fullmatch(name.rpartition("/")[2])
    return FileName(match[1], match[2], match[3] or "") if match else None


def category_of(task: str) -> str:
    """``live_simple`` of ``live_simple_6-3-2``; empty when the id has no number."""
    match = _ID.match(task)
    return match[1] if match else ""


def generation_of(category: str) -> str:
    """``v4`` for the categories only v4 has, else empty: the earlier generations share their names."""
    return "v4" if category.startswith(_ONLY_V4) else ""


def language_of(category: str) -> str:
    """``java``, ``javascript`` or ``python``: the language whose literals the arguments are."""
    last = category.rpartition("_")[2]
    return last if last in ("java", "javascript") else "python"


def model_of(source: Source) -> str:
    """The folder below ``result`` (or ``score``), else the nearest folder that is not a group of categories."""
    folders = _folders(source)
    for marker in ("result", "score"):
        if marker in folders[:-1]:
            return folders[len(folders) - 1 - folders[::-1].index(marker) + 1]
    return next((folder for folder in reversed(folders) if folder not in _GROUPS), "")


def _folders(source: Source) -> tuple[str, ...]:
    path = source.path.absolute() if source.path is not None else Path(source.name)
    return tuple(part for part in path.parts[:-1] if part != path.anchor)
