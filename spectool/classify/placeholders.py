"""What stands in a value's place when the value itself is not known: a blank to fill in, a reference to a result, the schema's own words.

- A *blank* is marked as one: in angle, curly or square brackets (``<id>``, ``{{city}}``, ``[Your Name]``), by "your", "insert" or "enter"
  before the thing wanted, by a run of ``x``, ``?``, ``*`` or dots, or by a word that says so ("placeholder", "TBD", "example_id").
- A *reference* names the result of a call in place of its content: ``$1.id``, ``{{search.result}}``, ``<result of search>``.
- A *copy* repeats the argument's own description, its name of several words, or the word for its type.

A value that the schema itself lists (``enum``, ``const``, ``default``, ``examples``) is none of these. Nor is one that the user wrote (a
template's variable, a search for "api key"), but what was said is not known here: who charges the finding looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from spectool.validate import MAX_DEPTH, Path

# Longer texts are content, even where they hold a blank.
MAX_LENGTH = 120

_BRACKETS = (("{{", "}}"), ("${", "}"), ("<<", ">>"), ("<", ">"), ("{", "}"), ("[", "]"))
_OPEN = frozenset("<{[$")
_NAME = re.compile(r"\$?[A-Za-z_][\w .'/-]*")
_ASKS = re.compile(r"(?:your|my|insert|enter|add|put|replace|provide|the|name of|placeholder|todo|tbd)\b", re.IGNORECASE)
# In square brackets a single word may be a list or a range of characters, so it takes several parts, all in one case.
_COMPOUND = re.compile(r"[a-z]+(?:_[a-z]+)+|[A-Z]+(?:[_ ][A-Z]+)+")
_VARIABLE = re.compile(r"\$[A-Za-z]+_\w+")
_WANTED = r"(?:key|token|id|name|password|secret|value|url|uri|link|e-?mail|address|number|date|text|here|code|path|username)"
_WORDED = re.compile(
    rf"(?:bearer )?(?:(?:your|my|insert|enter|put|add)[_ -](?:[a-z0-9]+[_ -]){{0,3}}{_WANTED}(?:[_ -]here)?"
    rf"|(?:example|sample|dummy|placeholder|fake)[_-](?:[a-z0-9]+[_-]){{0,2}}{_WANTED}"
    r"|example|placeholder|replace[_ -]?me|change[_ -]?me|todo|fixme|tbd|n/?a|to be (?:determined|filled|provided|announced)[^.]{0,30}"
    r"|(?:sk-)?x{3,}|sk-x{3,}[\w-]*|[(+]?x+(?:[-. ()/]{1,2}x+)+|\?{2,}|\.{3}|…|_{3,}|\*{4,}|api[_-]key(?:[_-]here)?)",
    re.IGNORECASE,
)
# What a blank or a reference can begin with: its first character, else its first three letters. One look settles nearly every value.
_SIGNS = frozenset("<{[$?._*…(+ \t\n")
_HEADS = frozenset((
    "you", "my_", "my-", "ins", "ent", "put", "add", "exa", "sam", "dum", "pla", "fak", "rep", "cha", "tod", "fix", "tbd", "n/a", "na",
    "xxx", "xx-", "xx.", "xx(", "x-x", "sk-", "api", "bea", "the", "out", "pri", "las", "pre", "ste", "cal", "res", "too", "tas", "act",
    "fun", "val", "id_", "my ", "to ", "id ",
))  # fmt: skip

_YIELDED = r"(?:results?|outputs?|responses?)"
_CALLED = r"(?:step|call|tool|function|task|action)"
_REFERENCE = re.compile(
    rf"\$\d{{1,3}}\.[A-Za-z_][\w.\[\]]*|(?:the )?(?:{_YIELDED}|value|id)[_ ](?:of|from)[_ ](?:the )?(?:(?:previous|first|last)[_ ])?"
    rf"{_CALLED}(?:[_ ]?\d+)?|(?:previous|prior|last)[_ ](?:{_CALLED}[_ ])?{_YIELDED}(?:[.\[][\w.\[\]]+)?"
    rf"|[a-z]+(?:_[a-z]+)*_from_(?:the_)?(?:lookup|search|previous|response|result|output|above)(?:_{_CALLED}|_{_YIELDED})?"
    rf"|{_CALLED}[_ ]?\d+[_.]{_YIELDED}(?:[.\[][\w.\[\]]+)?|{_YIELDED}_?\d+(?:[.\[][\w.\[\]]+)|{_YIELDED}_(?:of|from)_\w+",
    re.IGNORECASE,
)
_INNER_REFERENCE = re.compile(
    rf"\$?(?:[A-Za-z0-9-]+[._ ])*{_YIELDED}(?:[._ \[].*)?|\$?{_CALLED}s?[_ .\[]?\d.*"
    r"|(?:retrieved|returned|fetched|obtained)[_ ].*|.*[_ ](?:from|returned[_ ]by|obtained[_ ]from)[_ ]"
    r"(?!(?:the[_ ])?(?:user|query|question|message|conversation|request|prompt|input)).*",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"(?:@|https?://)(?:[\w-]+\.)*(?:example\.(?:com|org|net)|example|invalid|test)(?:[/:?#]|$)", re.IGNORECASE)
# What an argument is, as descriptions begin to say it: "The title of the song".
_GENITIVE = re.compile(r"(?:the |a |an )?(?P<part>[a-z]+) of (?:the |a |an )?(?P<whole>[a-z]+)\b", re.IGNORECASE)
# Arguments that take such marks as their content.
_MARKUP = re.compile(
    r"(?<![a-z])(?:html|xml|tag|markup|selector|template|pattern|regex|format|prompt|code|script|expression)(?![a-z])", re.IGNORECASE
)


def placeholders(arguments: Mapping[str, Any], properties: Mapping[str, Any]) -> list[tuple[Path, str]]:
    """(path, value) of each text in ``arguments`` that stands in for a value, in order; ``properties``: each argument's schema."""
    found: list[tuple[Path, str]] = []
    for name, value in arguments.items():
        kind = type(value)
        if kind is str:
            if value[:3].lower() in _HEADS or value[:1] in _SIGNS or "_from_" in value:
                if stands_in(value, name, properties):
                    found.append(((name,), value))
            elif (" " in value or "_" in value or value == name or value == "string") and _is_copied(value, name, properties.get(name)):
                found.append(((name,), value))
        elif kind is dict or kind is list:
            found += [(path, text) for path, text in _texts(value, (name,)) if stands_in(text, _argument(path), properties)]
    return found


def stands_in(value: str, name: str, properties: Mapping[str, Any]) -> bool:
    """Whether ``value`` of the argument ``name`` stands in for a value that is not known."""
    prop = properties.get(name)
    if _is_copied(value, name, prop):
        return True
    if len(value) > MAX_LENGTH or not (is_reference(value) or (is_blank(value) and not _MARKUP.search(name))):
        return False
    return not _is_listed(value, prop)


def is_blank(value: str) -> bool:
    """Whether a text is marked as a blank to be filled in."""
    text = value.strip()
    bare = text[7:].lstrip() if text[:7].lower() == "bearer " else text
    if (inner := _bracketed(bare)) is not None:
        asks = bare[0] != "[" or _ASKS.match(inner) is not None or _COMPOUND.fullmatch(inner) is not None
        return asks and _NAME.fullmatch(inner) is not None
    return (_WORDED if bare[:1] != "$" else _VARIABLE).fullmatch(text) is not None


def is_reference(value: str) -> bool:
    """Whether a text names the result of a call instead of giving it."""
    text = value.strip()
    if not text or len(text) > MAX_LENGTH:
        return False
    inner = _bracketed(text)
    return (_REFERENCE.fullmatch(text) if inner is None else _INNER_REFERENCE.fullmatch(inner)) is not None


def _bracketed(text: str) -> str | None:
    """What stands between the brackets around ``text``; ``None`` where there are none."""
    if text[:1] not in _OPEN:
        return None
    for opening, closing in _BRACKETS:
        if text.startswith(opening) and text.endswith(closing):
            return text[len(opening) : -len(closing)].strip()
    return None


def is_at_reserved_domain(value: str) -> bool:
    """Whether a text is an address or a link at a domain that is reserved for examples.

    Source: RFC 2606.
    """
    return _RESERVED.search(value) is not None


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if type(value) is str:
        yield path, value
    elif len(path) < MAX_DEPTH and isinstance(value, (dict, list)):
        for part, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, part))


def _argument(path: Path) -> str:
    """The argument that a nested value belongs to: the last name on the way."""
    return next(str(part) for part in reversed(path) if isinstance(part, str))


def _is_listed(value: str, prop: Any) -> bool:
    """Whether the schema itself offers the value."""
    if not isinstance(prop, Mapping):
        return False
    if value == prop.get("const") or value == prop.get("default"):
        return True
    return any(isinstance(options := prop.get(key), list) and value in options for key in ("enum", "examples"))


def _is_copied(value: str, name: str, prop: Any) -> bool:
    """Whether a value repeats the schema: its description (a single word may well be both), its name of several words, its type."""
    if not isinstance(prop, Mapping):
        return False
    if value == name or value == "string":
        copied = "_" in name.strip("_") if value == name else prop.get("type") == "string" and "type" not in name.lower()
        return copied and not _is_listed(value, prop)
    described = prop.get("description") if " " in value or "_" in value else None
    if not isinstance(described, str):
        return False
    if (named := _GENITIVE.match(described)) and value.lower().replace("_", " ") == f"{named['whole']} {named['part']}".lower():
        return not _is_listed(value, prop)
    if value[:1].lower() != described.lstrip()[:1].lower():
        return False
    said, whole = value.strip().rstrip(".").lower(), described.strip().lower()
    return said == whole.rstrip(".") or (said.count(" ") >= 2 and said == whole.partition(". ")[0])
