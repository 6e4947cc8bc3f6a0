"""Files that are one JSON value, or several pretty-printed ones, taken apart into records; a broken tail costs only itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from spectool.read.json_values import FormatError, decode, text_of

HEAD_CHARACTERS = 200
_LINES_LOOKED_AT = 50
_RAW_LIST = msgspec.json.Decoder(list[msgspec.Raw])


class Flaw(msgspec.Struct, frozen=True):
    """A part that does not decode: its place, why, and its head."""

    place: int
    reason: str
    head: str


def spans_lines(head: bytes, whole: bool) -> bool:
    """Whether JSON that begins like this is a value over several lines rather than a value a line.

    Args:
        head: the file's beginning, more than its first line.
        whole: whether that is all of the file, so that its last line is no fragment.
    """
    first, _, rest = head.partition(b"\n")
    if len(first.strip()) == 1:
        return True
    lines = [first, *rest.split(b"\n")]
    return not any(_is_whole(line, head[:1]) for line in (lines if whole else lines[:-1])[:_LINES_LOOKED_AT])


def _is_whole(line: bytes, opener: bytes) -> bool:
    """Whether an unindented line is a whole JSON object or array, of the kind that the file begins with."""
    if not line.startswith(opener):
        return False
    try:
        return isinstance(decode(line), dict | list)
    except FormatError:
        return False


def records_of(data: bytes) -> Iterator[tuple[int, Any] | Flaw]:
    """The items of an array with their numbers from 1, or the one document; of broken data, whatever is whole."""
    if not data.lstrip().startswith(b"["):
        try:
            yield 1, decode(data)
        except FormatError:
            yield from _one_by_one(data)
        return
    try:
        items = _RAW_LIST.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        yield from _one_by_one(data)
        return
    del data
    for number, item in enumerate(items, 1):
        try:
            yield number, decode(bytes(item))
        except FormatError as error:
            yield Flaw(number, str(error), bytes(item)[:HEAD_CHARACTERS].decode("utf-8", "replace"))


def _one_by_one(data: bytes) -> Iterator[tuple[int, Any] | Flaw]:
    """Values one after another, or the items of an array that breaks off."""
    try:
        text = text_of(data)
    except FormatError as error:
        yield Flaw(1, str(error), data[:HEAD_CHARACTERS].decode("utf-8", "replace"))
        return
    in_array = text.lstrip().startswith("[")
    position, number, scan = len(text) - len(text.lstrip()) + in_array, 0, json.JSONDecoder()
    while (position := _skip(text, position)) < len(text):
        if in_array and text[position] == "]":
            position, in_array = position + 1, False
            continue
        number += 1
        try:
            value, position = scan.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            yield _flaw(text, position, error)
            return
        yield number, value
    if in_array:
        yield Flaw(text.count("\n") + 1, "the array is not closed (truncated?)", text[-HEAD_CHARACTERS:])


def _flaw(text: str, position: int, error: Exception) -> Flaw:
    line = text.count("\n", 0, position) + 1
    reason = f"{error.msg.lower()} (truncated?)" if isinstance(error, json.JSONDecodeError) else "nested too deep or a number too long"
    return Flaw(line, f"not JSON from line {line} to the end: {reason}", text[position : position + HEAD_CHARACTERS])


def _skip(text: str, position: int) -> int:
    """The next place that is neither space nor comma."""
    while position < len(text) and text[position] in " \t\r\n,":
        position += 1
    return position
