"""What BFCL's checker goes by in a question: functions with the types as published, and for each call the values allowed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from spectool.defaults import default_of
from spectool.model import Task
from spectool.read.formats.bfcl.naming import language_of
from spectool.read.formats.bfcl.published import BfclTask
from spectool.read.source import FormatError, decode

Allowed = Sequence[Any]
"""The values that an argument may have; ``""`` among them means that it may be left out."""


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One parameter: its type and, for a sequence, its items', in BFCL's words; ``default`` is ``UNSET`` where none is given."""

    type: str
    item: str | None = None
    default: Any = msgspec.UNSET


class Function(msgspec.Struct, frozen=True, kw_only=True):
    """One function on offer."""

    name: str
    parameters: Mapping[str, Parameter]
    required: tuple[str, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One call that is due."""

    name: str
    arguments: Mapping[str, Allowed]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A whole question; ``language`` is the one that the arguments are written in."""

    category: str
    language: str
    functions: tuple[Function, ...]
    answers: tuple[Answer, ...]


def asked_of(task: Task | None, category: str) -> Asked | None:
    """The question as BFCL's checker sees it; ``None`` where the task is not BFCL's, or is damaged."""
    if not isinstance(task, BfclTask):
        return None
    try:
        functions = _functions(task.functions)
        answers = tuple(_answers(task.answer or {}, [function.name for function in functions]))
    except (FormatError, AttributeError, KeyError, TypeError, ValueError):
        return None
    return Asked(category=category, language=language_of(category), functions=functions, answers=answers)


@lru_cache(maxsize=4096)
def _functions(text: bytes) -> tuple[Function, ...]:
    found = decode(text)
    return tuple(_function(each) for each in (found if isinstance(found, list) else [found]))


def _function(raw: Mapping[str, Any]) -> Function:
    parameters = raw["parameters"]
    properties = {name: _parameter(each) for name, each in parameters.get("properties", {}).items()}
    return Function(name=raw["name"], parameters=properties, required=tuple(map(str, parameters.get("required", ()))))


def _parameter(raw: Mapping[str, Any]) -> Parameter:
    items = raw.get("items")
    item = str(items.get("type")) if isinstance(items, Mapping) else None
    return Parameter(type=str(raw.get("type")), item=item, default=default_of(raw))


def _answers(row: Mapping[str, Any], offered: Sequence[str]) -> Iterator[Answer]:
    """Calls of ``ground_truth``; v1 has them beside the id, a number after the name where one is called twice."""
    numbered = "ground_truth" not in row
    calls = [{name: value} for name, value in row.items() if name not in ("id", "idx")] if numbered else row["ground_truth"]
    for call in calls:
        for name, arguments in call.items():
            stem, _, number = name.rpartition("_")
            plain = stem if numbered and name not in offered and number.isdigit() else name
            yield Answer(name=plain, arguments={key: _allowed(value) for key, value in arguments.items()})


def _allowed(value: Any) -> Allowed:
    """A list of allowed values; of a bare text BFCL's checker takes the characters, and at any other value it stops.

    Raises:
        ValueError: it is neither.
    """
    if not isinstance(value, list | str):
        raise ValueError(f"expected a list of allowed values, got '{type(value).__name__}'")
    return value
