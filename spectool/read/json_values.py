"""Decoding JSON that others wrote: fast for what is well formed, patient with the rest, never coercing.

Kept: ``NaN`` and ``Infinity`` (as floats), lone surrogates (as they are; replaced only where text is written out), integers of any size.
Of two equal keys in one object the last wins, as in every common parser; `duplicate_keys` finds them when asked.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

_FAST = msgspec.json.Decoder()


class FormatError(ValueError):
    """A file or record that can not be read; the message says where, what was seen and what to do."""


def decode(data: bytes | str) -> Any:
    """Decodes one JSON value.

    Raises:
        FormatError: it is not JSON, or is nested deeper than can be walked (about 1,000 levels); the message has no file name yet.
    """
    try:
        return _FAST.decode(data)
    except RecursionError:
        raise FormatError("nested too deep (more than about 1,000 levels)") from None
    except (msgspec.MsgspecError, UnicodeError):
        return _decode_patiently(data)


def _decode_patiently(data: bytes | str) -> Any:
    """The second look, with the standard library: it takes NaN, lone surrogates and long integers that msgspec refuses."""
    if isinstance(data, bytes):
        data = text_of(data)
    try:
        return json.loads(data)
    except RecursionError:
        raise FormatError("nested too deep (more than about 1,000 levels)") from None
    except json.JSONDecodeError as error:
        raise FormatError(f"not JSON: {_fault(data, error)}") from None
    except ValueError:
        # Python refuses to build integers of more than 4,300 digits: that takes quadratic time.
        raise FormatError("a number of more than 4,300 digits") from None


def text_of(data: bytes) -> str:
    """UTF-8 text, lone surrogates let through."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise FormatError(f"not UTF-8 text: byte 0x{data[error.start]:02x} at byte {error.start}") from None


def _fault(text: str, error: json.JSONDecodeError) -> str:
    """Where and why, or that the text just ends."""
    if not text.strip():
        return "empty"
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return f"ends early, after {len(text)} characters (truncated?)"
    return f"{error.msg[0].lower()}{error.msg[1:]} at character {error.pos}"


def duplicate_keys(data: bytes | str) -> tuple[str, ...]:
    """Names of keys that occur twice in one object, in the order met; decodes a second time, so ask only where it matters.

    Raises:
        FormatError: as `decode`.
    """
    doubled: list[str] = []

    def watch(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in found:
                doubled.append(name)
            found[name] = value
        return found

    try:
        json.loads(text_of(data) if isinstance(data, bytes) else data, object_pairs_hook=watch)
    except RecursionError:
        raise FormatError("nested too deep (more than about 1,000 levels)") from None
    except ValueError as error:
        raise FormatError(f"not JSON: {str(error)[:80]}") from None
    return tuple(doubled)
