"""How large a model is, as its run says or as its name is written."""

from __future__ import annotations

import re

from spectool.results.told import UNKNOWN

# "1.5b", "135m", "8x7b" as a part of its own: not the "4k" of a context, the "3b" of a hash or the bits of a "q4".
_IN_NAME = re.compile(r"(?<![a-z0-9.])((?:\d{1,3}x)?\d{1,4}(?:\.\d{1,3})?[bmt])(?![a-z0-9])", re.IGNORECASE)
_WRITTEN = re.compile(r"(?:(\d+)x)?(\d+(?:\.\d+)?)([bmt])", re.IGNORECASE)
_POWERS = {"m": 1e6, "b": 1e9, "t": 1e12}


def size_of(name: str, told: str = "") -> str:
    """The number of parameters as it is written: what the run told, else the first size in the model's name, else a dash."""
    if told:
        return told.lower()
    found = _IN_NAME.search(name.rpartition("/")[2])
    return found[1].lower() if found else UNKNOWN


def parameters(size: str) -> float | None:
    """A size as a number, to sort by; of "8x7b" the product, which counts shared parts several times; ``None`` for an unknown one."""
    if size.isdigit():
        return float(size)
    written = _WRITTEN.fullmatch(size)
    if written is None:
        return None
    return float(written[1] or 1) * float(written[2]) * _POWERS[written[3].lower()]
