"""The sections of ``spectool patterns``, in the order of reading: each has a name in the JSON, a value, and lines for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from rich.text import Text

from spectool.cli.patterns_tables import pattern_lines, rate_lines, slice_lines
from spectool.patterns.rates import rates
from spectool.patterns.slices import slices


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the output: ``name`` is its key in the JSON, ``value`` what stands there, ``lines`` draws it."""

    name: str
    value: Any
    lines: Callable[[], Iterator[Text]]


def sections(cursor: Any, by: str, pattern: str | None) -> Iterator[Section]:
    """Everything that the verb shows, computed as it is asked for; a further part of the analysis is one more ``yield`` here."""
    important = rates(cursor, "model", pattern)
    yield Section(name="patterns", value=important, lines=lambda: pattern_lines(important))
    if by != "model":
        split = rates(cursor, by, pattern)
        yield Section(name="rates", value=split, lines=lambda: rate_lines(split))
    concentrated = slices(cursor, pattern)
    yield Section(name="slices", value=concentrated, lines=lambda: slice_lines(concentrated))
