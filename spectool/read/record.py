"""Taking fields out of a decoded record: the right kind, or a message that says what was there instead."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from spectool.model import Rejected
from spectool.read.json_documents import HEAD_CHARACTERS
from spectool.read.source import FormatError, Source

T = TypeVar("T")
QUOTED_CHARACTERS = 80
_KINDS = {dict: "object", list: "list", str: "string", bool: "boolean", int: "number", float: "number", type(None): "null"}


def kind(value: Any) -> str:
    """The JSON name of a value's type."""
    return _KINDS.get(type(value), type(value).__name__)


def as_json(value: Any) -> str:
    """Compact JSON, with NaN and lone surrogates where the value has them (msgspec would write null, and refuse)."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    except RecursionError:
        return f"<{kind(value)} nested too deep>"


def quoted(value: Any) -> str:
    """A value for a message: quoted and cut at 80 characters."""
    text = value if isinstance(value, str) else as_json(value)
    return f"'{text if len(text) <= QUOTED_CHARACTERS else text[: QUOTED_CHARACTERS - 1] + '…'}'"


def as_object(value: Any, what: str) -> Mapping[str, Any]:
    """``value`` if it is a JSON object.

    Raises:
        FormatError: it is something else.
    """
    # Decoded JSON is a dict; asking for that first is ten times as fast as asking for a Mapping.
    if isinstance(value, dict) or isinstance(value, Mapping):  # noqa: SIM101
        return value
    raise FormatError(f"expected {what} to be an object, got {kind(value)} {quoted(value)}")


def as_list(value: Any, what: str) -> list[Any]:
    """``value`` if it is a list, an empty list for ``None``.

    Raises:
        FormatError: it is something else.
    """
    if isinstance(value, list):
        return value
    if value is None:
        return []
    if isinstance(value, tuple):
        return list(value)
    raise FormatError(f"expected {what} to be a list, got {kind(value)} {quoted(value)}")


def as_text(value: Any) -> str:
    """A string as it is, ``None`` as nothing, anything else as JSON."""
    if isinstance(value, str):
        return value
    return "" if value is None else as_json(value)


def as_name(value: Any) -> str | None:
    """An id, a name or a reason: ``None`` where there is none, a number as its text."""
    return as_text(value) or None


def first_of(record: Mapping[str, Any], *names: str, default: Any = None) -> Any:
    """The value of the first of ``names`` that is there and not null."""
    for name in names:
        if (value := record.get(name)) is not None:
            return value
    return default


def share(source: Source, is_known: Callable[[Any], bool]) -> float:
    """How sure a reader may be: 0 where it knows none of the sampled records, 0.75 to 1 by the share it knows.

    A broken record among few must not hide what the file is.
    """
    rows = source.sample()
    known = sum(map(is_known, rows))
    return 0.75 + 0.25 * known / len(rows) if known else 0.0


def convert(source: Source, one: Callable[[Any, int], Iterable[T | Rejected]]) -> Iterator[T | Rejected]:
    """Applies ``one(record, line)`` to every record; a record it can not take is yielded as ``Rejected``, with the reason."""
    for item in source.records():
        if isinstance(item, Rejected):
            yield item
            continue
        line, record = item
        try:
            yield from one(record, line)
        except FormatError as error:
            yield rejected(source, line, str(error), record)
        except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
            yield rejected(source, line, f"not the shape expected: {type(error).__name__}: {str(error)[:QUOTED_CHARACTERS]}", record)


def rejected(source: Source, line: int | None, reason: str, record: Any = None) -> Rejected:
    """A record that could not be read, with its head."""
    return Rejected(source=source.name, line=line, reason=reason, head=as_text(record)[:HEAD_CHARACTERS])
