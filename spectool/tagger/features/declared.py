"""What the schema says of an argument: is it needed, what does it default to, what may it be?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from spectool.tagger.view import Slot, View
from spectool.tagger.words import cut, tokens

# Listed values of an argument that are looked at, and characters of each.
MAX_CHOICES = 60
MAX_CHOICE = 100

_DEFAULT = re.compile(r"default", re.IGNORECASE)
_STATED = re.compile(r"defaults?(?:\s+(?:value|is|to|of|set))*\s*(?:[:=]|is|to)?\s*[\"'`]?([\w./+-]+)", re.IGNORECASE)
_OPTIONAL = re.compile(r"optional|if (?:not )?(?:given|provided|specified)", re.IGNORECASE)
_KINDS = ("string", "number", "boolean", "array", "object")

ARGUMENT: Mapping[str, str] = {
    "given": "the argument is given",
    "required": "the argument is required",
    "has_default": "a default is declared",
    "says_default": "the description speaks of a default",
    "is_default": "the value is the default",
    "says_optional": "the description calls it optional",
    "has_enum": "its values are listed",
    **{f"is_{kind}": f"it is declared as {kind}" for kind in _KINDS},
    "declared": "how many arguments the tool declares",
    "position": "its place among them",
    "others_given": "how many optional arguments the call gives",
    "words": "words in the value",
    "leaves": "single values in it",
    "empty": "the value is empty",
    "described": "words in the description",
}


def of_argument(view: View, slot: Slot) -> tuple[float, ...]:
    """The schema's side of one argument."""
    said = description(slot)
    kind = _kind(slot.prop)
    required = slot.attempt.tool.parameters.get("required") if slot.attempt.tool is not None else ()
    optional = [name for name in slot.attempt.arguments if name not in (required or ())]
    return (
        slot.given,
        slot.required,
        "default" in slot.prop,
        _DEFAULT.search(said) is not None,
        slot.given and is_default(slot),
        _OPTIONAL.search(said) is not None,
        "enum" in slot.prop,
        *(kind == each for each in _KINDS),
        slot.declared,
        slot.position,
        len(optional),
        len(tokens(cut(slot.value))) if slot.given else 0,
        _leaves(slot.value) if slot.given else 0,
        slot.given and slot.value in ("", [], {}, None),
        len(tokens(said)),
    )


def description(slot: Slot) -> str:
    """The argument's description, empty where there is none."""
    said = slot.prop.get("description")
    return cut(said) if isinstance(said, str) else ""


def choices(slot: Slot) -> list[str]:
    """The argument's listed values as texts."""
    listed = slot.prop.get("enum")
    return [cut(each)[:MAX_CHOICE] for each in islice(listed, MAX_CHOICES)] if isinstance(listed, (list, tuple)) else []


def is_default(slot: Slot) -> bool:
    """Whether the value is the declared default, or the one that the description states."""
    if "default" in slot.prop:
        return bool(slot.prop["default"] == slot.value)
    stated = _STATED.search(description(slot))
    return stated is not None and stated[1].rstrip(".").lower() == cut(slot.value).lower()


def _kind(prop: Mapping[str, Any]) -> str:
    declared = prop.get("type")
    kind = next((each for each in declared if each != "null"), "") if isinstance(declared, (list, tuple)) else declared
    return "number" if kind == "integer" else str(kind)


def _leaves(value: Any) -> int:
    if isinstance(value, (list, dict)):
        return min(len(value), 100)
    return 1
