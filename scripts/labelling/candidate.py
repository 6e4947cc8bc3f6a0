"""One row that could be drawn, and what a reader would be shown of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

Published = Literal["fail", "pass", "none"]


class Candidate(NamedTuple):
    """A row of the data and where it stands.

    ``line`` counts the file's records from 1; ``published`` is the verdict of those who published the row, ``none`` where they gave none.
    """

    source: str
    line: int
    id: str
    model: str
    category: str
    published: Published
    row: Any


def records(path: Path) -> Iterator[tuple[int, Any]]:
    """A file's records with their number from 1: lines of JSON, or the items of one JSON array."""
    text = path.read_text(encoding="utf-8")
    if text.lstrip().startswith("["):
        yield from enumerate(json.loads(text), 1)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield number, json.loads(line)


def cut(text: str, limit: int) -> str:
    """The text, or its two ends with the number of characters left out between them."""
    if len(text) <= limit:
        return text
    return f"{text[: limit * 2 // 3]} […{len(text) - limit} characters cut…] {text[len(text) - limit // 3 :]}"


def as_json(value: Any) -> str:
    """The value on one line."""
    return json.dumps(value, ensure_ascii=False)


def fence(text: str) -> str:
    """The text as it stands, between marks that it does not hold."""
    mark = "~~~~"
    while mark in text:
        mark += "~"
    return f"{mark}\n{text}\n{mark}"


def objects(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}
