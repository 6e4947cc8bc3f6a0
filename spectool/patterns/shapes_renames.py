"""How a name that a model wrote differs from the one it meant: one short phrase, the same for all names that were changed alike."""

from __future__ import annotations

import json

_SEPARATORS = "._-/: "


def edit_of(got: str, repair: str | None) -> str:
    """The change from the name meant to the one written: ``'.' written as '_'``, ``its prefix lost``; ``repair`` is JSON text."""
    meant = _text(repair)
    return f"one with {change(meant, got)}" if meant else "one nearly so called"


def _text(repair: str | None) -> str:
    try:
        value = json.loads(repair) if repair else None
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""


def change(meant: str, got: str) -> str:
    """What was done to ``meant``; names at most a few hundred characters long."""
    if meant.casefold() == got.casefold():
        return "other capitals"
    if separators := _separators(meant, got):
        return separators
    for sign in _SEPARATORS:
        if meant.endswith(sign + got):
            return f"the prefix before '{sign}' lost"
        if got.endswith(sign + meant):
            return f"a prefix and '{sign}' added"
        if meant.startswith(got + sign):
            return f"the ending after '{sign}' lost"
        if got.startswith(meant + sign):
            return f"'{sign}' and an ending added"
    if _bare(meant) == _bare(got):
        return "other separators or capitals"
    return "a slip of spelling"


def _separators(meant: str, got: str) -> str:
    """The separators exchanged, where nothing else differs."""
    if len(meant) != len(got):
        return ""
    pairs = {(a, b) for a, b in zip(meant, got, strict=True) if a != b}
    if len(pairs) != 1:
        return ""
    a, b = pairs.pop()
    return f"'{a}' written as '{b}'" if a in _SEPARATORS and b in _SEPARATORS else ""


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()
