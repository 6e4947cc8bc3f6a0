"""A finding's message without its ids, numbers and values: what is left is the same each time the same thing goes wrong.

A message reads *expected X, got Y* with values in single quotes. A value becomes its kind, and two values that can be compared become what
lies between them ("expected a text, got it with more after a comma"), since that, not the value, is what a person can act on. The names of
tools and arguments are columns of their own and leave the text. A tool's own reply is kept, its values taken out.

Values are not escaped in messages and may hold quotes themselves, so a side of the message is read from its first quote to its last.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from spectool.patterns.shapes_renames import edit_of
from spectool.patterns.shapes_replies import reply_of
from spectool.patterns.shapes_values import CUT, kind_of, relation

# Of a message and of a shape's text: longer ones are cut, so that the work for one finding is bounded.
MAX_MESSAGE = 500
MAX_TEXT = 160
# Sides of messages without their values are few.
MAX_KEPT = 4_096
_SEPARATOR = ", got "
_TYPES = frozenset(["string", "integer", "number", "boolean", "array", "object", "null", "value", "NaN", "infinity"])
# Followed by names of ours, which are no values.
_SYNTAX = "expected the syntax '"
_LITERALS = frozenset(["true", "false", "null", "none", "undefined", "nan"])
# What the subtype knows of two values although their spelling does not show it.
_UNSAID = {"format_variant": "it written otherwise", "partial": "a part of it in other words"}
# What a harness says in few fixed words.
_KEPT = frozenset({"budget_limit", "truncated"})
_REPLIES = frozenset({"tool_error", "inference_error"})
# Patterns whose message names a tool beside the finding's own.
_OTHER_TOOL = frozenset({"wrong_tool", "wrong_order", "name_alias"})
_NAMES_TOOL = frozenset({"IAC", "RAC", "unneeded_call", "extra_call", "ignored_tool_error", "unrecovered_error", "schema_unresolvable"})
_PLACE = re.compile(r"turns\[\d{1,9}\](\.calls\[\d{1,9}\])?")
_NUMBER = re.compile(r"\d[\d.,]*")
_COUNTED = re.compile(r"# calls?\b")


class Fingerprint(NamedTuple):
    """``text`` may name another tool than the finding's own; ``bare`` names none."""

    text: str
    bare: str


class _Side(NamedTuple):
    before: str
    value: str | None
    after: str


def fingerprint(error: str, subtype: str, tool: str, message: str, repair: str | None = None) -> Fingerprint:
    """The shape of one message.

    Args:
        error: the pattern's code.
        subtype: its subtype.
        tool: of the finding; empty where there is none.
        message: as stored.
        repair: of a near miss the name that was meant, as JSON.
    """
    message = " ".join(message[:MAX_MESSAGE].split())
    if error in _REPLIES:
        expected, _, got = message.partition(_SEPARATOR)
        return _both(f"{_plain(expected, '')}, got: {reply_of(_side(got).value or got, tool)}")
    if error == "IFE" and message.startswith(_SYNTAX):
        return _both(message)
    if error in ("IFN", "IAN"):
        return _both(_name(error, subtype, tool, message, repair))
    if tool and error in _NAMES_TOOL:
        message = (
            f" {message} ".replace(f" {tool} ", " the tool ")
            .replace(f"a call of '{tool}'", "a call")
            .replace(f"'{tool}'", "the tool")
            .strip()
        )
    expected, separator, got = message.partition(_SEPARATOR)
    if not separator or not expected.startswith("expected "):
        return _both(_told(error, _side(message)))
    want, given = _side(expected.removeprefix("expected ")), _side(got)
    if error in _OTHER_TOOL:
        return _two_tools(want, given, tool)
    if subtype == "outside_enum" and given.value is not None:
        return _both(_outside(want.value or "", given.value))
    if error != "IFE" and want.value is not None and given.value is not None and _is_value(want) and _is_value(given):
        return _both(_values(subtype, want, given))
    return _both(f"expected {_told(error, want)}, got {_told(error, given)}")


def _both(text: str) -> Fingerprint:
    text = text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + CUT
    return Fingerprint(text, text)


def _side(text: str) -> _Side:
    """One side of a message, taken apart at its first opening and its last quote."""
    start = 0 if text[:1] == "'" else text.find(" '") + 1 or len(text)
    end = text.rfind("'", start + 1)
    return _Side(text, None, "") if end < 0 else _Side(text[:start], text[start + 1 : end], text[end + 1 :])


def _is_value(side: _Side) -> bool:
    return not side.after and (not side.before or side.before.strip() in _TYPES)


def _values(subtype: str, want: _Side, given: _Side) -> str:
    wanted, said = want.before.strip(), given.before.strip()
    if want.value == given.value:
        return f"expected {wanted or 'a value'}, got {said or 'a value'} that says the same"
    text = relation(want.value or "", given.value or "")
    return text.removesuffix("another") + _UNSAID[subtype] if subtype in _UNSAID and text.endswith(", got another") else text


def _told(error: str, side: _Side) -> str:
    """One side in words, its value as the kind it is of."""
    if side.value is None:
        return _plain(side.before, "")
    before = side.before.strip()
    if before.endswith("argument") or before.endswith(" for"):
        return _plain(before.removesuffix(" for"), side.after)
    if before in _TYPES:
        kind = "" if before != "string" else _held(side.value)
        return f"{before}{kind}{_plain('', side.after)}"
    if error == "IFE":
        return _plain(side.before + _syntax(side), side.after)
    if error in _KEPT and side.value.replace("_", "").isalpha():
        return _plain(f"{side.before}'{side.value}'", side.after)
    return _plain(side.before + ("" if before.endswith("the placeholder") else kind_of(side.value)), side.after)


def _held(value: str) -> str:
    kind = kind_of(value)
    return f" that holds {kind}" if kind in ("a list", "an object", "a number", "a boolean", "an empty text", "null") else ""


def _syntax(side: _Side) -> str:
    """A piece of what does not parse: signs and literals are the cause and stay, all else is content."""
    value = (side.value or "").strip()
    if side.after.startswith(" written in"):
        return "an argument"
    if value.casefold() in _LITERALS or (0 < len(value) <= 3 and not any(map(str.isalnum, value))):
        return f"'{value}'"
    if value[:1] in ("[", "{"):
        return kind_of(value)
    return "a bare word" if value.isidentifier() else "other text"


@lru_cache(maxsize=MAX_KEPT)
def _plain(before: str, after: str) -> str:
    text = _PLACE.sub("an earlier call", before + after)
    return _COUNTED.sub("# calls", _NUMBER.sub("#", text)).rstrip(" :")


def _name(error: str, subtype: str, tool: str, message: str, repair: str | None) -> str:
    """A wrong name: which names were offered says nothing, how a near miss differs from the one meant does."""
    expected = message.partition(_SEPARATOR)[0].partition(" (")[0]
    if error == "IAN":
        expected = "expected a declared key" if expected.startswith("expected a key") else "expected a declared argument"
    if subtype != "near_miss":
        return f"{_plain(expected, '')}, got another"
    got = _side(message.rpartition(_SEPARATOR)[2]).value or tool
    return f"{_plain(expected, '')}, got {edit_of(got, repair)}"


def _two_tools(want: _Side, given: _Side, tool: str) -> Fingerprint:
    def said(side: _Side, name: str) -> str:
        return _plain(side.before, "") + " " + name + _plain("", side.after) if side.value is not None else _plain(side.before, "")

    def whole(other: str) -> str:
        names = ["the tool" if side.value == tool else other.format(side.value) for side in (want, given)]
        return " ".join(f"expected {said(want, names[0])}, got {said(given, names[1])}".split())

    return Fingerprint(
        _both(whole("{}") if "{" not in f"{want.value}{given.value}" else whole("another tool")).text, _both(whole("another tool")).text
    )


def _outside(allowed: str, value: str) -> str:
    """A value that is not listed: nearly one of those that are, or something else."""
    listed = {each.casefold() for each in allowed.split("', '")}
    if value.casefold() in listed:
        return "expected one of the listed values, got one in other capitals"
    if any(len(each) > 1 and (each in value.casefold() or value.casefold() in each) for each in listed if value):
        return "expected one of the listed values, got one with more or less to it"
    return f"expected one of the listed values, got {kind_of(value)}"
