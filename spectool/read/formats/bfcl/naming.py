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
_CATEGORY = re.compile(
    r"(?:live_|exec_)?(?:simple|multiple|parallel|parallel_multiple|irrelevance|relevance)|(?:simple_)?(?:java|javascript)|simple_python"
    r"|multi_turn_\w+|(?:memory|web_search)(?:_\w+)?|format_sensitivity|rest|sql|chatable|exec_\w+"
)
# What an index looks like: "3", "6-3-2", "0-customer-0".
_INDEX = re.compile(r"\d[\w-]*")
_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f]")
_NAME_BYTES = 200
_ONLY_BEFORE_V4 = frozenset({"simple", "java", "javascript"})
_ONLY_V4 = ("simple_", "memory", "web_search", "format_sensitivity")


class FileName(NamedTuple):
    """``generation``: ``v1`` to ``v4``; ``kind``: ``result``, ``score`` or empty for a question file."""

    generation: str
    category: str
    kind: str


class Destination(NamedTuple):
    """Where a result belongs: ``file`` below the folder of results, ``order`` among the rows of that file."""

    file: str
    order: tuple[int, str]


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


def is_question(task: str) -> bool:
    """Whether an id is built as BFCL's: a category of theirs and an index, as in ``live_simple_6-3-2``."""
    category, _, index = _plain(task).rpartition("_")
    return _CATEGORY.fullmatch(category) is not None and _INDEX.fullmatch(index) is not None


def destination(task: str, model: str, sample: int, generation: str) -> Destination:
    """The result file of a question.

    Args:
        task: an id for which ``is_question`` holds.
        model: its name, in which ``/`` becomes ``_`` as BFCL writes it.
        sample: number of the attempt; those after the first have a result folder of their own.
        generation: ``v1`` to ``v4``; where it is none of these, ``v4``, or ``v3`` for a category that v4 renamed.
    """
    category, _, index = _plain(task).rpartition("_")
    if not re.fullmatch(r"v[1-4]", generation):
        generation = "v3" if category in _ONLY_BEFORE_V4 else "v4"
    prefix = "gorilla_openfunctions_v1_test" if generation == "v1" else f"BFCL_{generation}"
    folders = [*([f"sample_{sample}"] if sample else []), "result", _folder(model), *(_group(category) if generation == "v4" else ())]
    number = re.match(r"\d+", index)
    return Destination("/".join([*folders, f"{prefix}_{category}_result.json"]), (int(number[0]) if number else 0, index))


def _plain(task: str) -> str:
    # Ids of format_sensitivity go on with the format and another question's id.
    return task.partition(":")[0]


def _folder(model: str) -> str:
    name = _UNSAFE.sub("_", model).encode("utf-8", "replace")[:_NAME_BYTES].decode("utf-8", "ignore").strip()
    return name if name.strip(".") else "unknown_model"


def _group(category: str) -> tuple[str, ...]:
    if category.startswith("memory"):
        return "agentic", "memory", *filter(None, (category.removeprefix("memory").lstrip("_"),))
    for start, group in (
        ("format_sensitivity", "format_sensitivity"),
        ("live_", "live"),
        ("multi_turn", "multi_turn"),
        ("web_search", "agentic"),
    ):
        if category.startswith(start):
            return (group,)
    return ("non_live",)
