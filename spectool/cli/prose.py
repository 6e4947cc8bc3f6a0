"""Wrapped paragraphs for the verbs that explain."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from rich.text import Text

from spectool.cli.screen import WIDTH

LABEL = 14


def paragraph(label: str, text: str, style: str = "") -> Iterator[Text]:
    """``label`` in the margin and ``text`` wrapped beside it."""
    for number, line in enumerate(wrap(text, WIDTH - LABEL, break_on_hyphens=False) or [""]):
        yield Text.assemble((f"{'' if number else label:<{LABEL}}", "bold"), (line, style))


def indented(text: str, columns: int, style: str = "", *, hanging: int = 0) -> Iterator[Text]:
    """``text`` wrapped, ``columns`` in, later lines ``hanging`` columns (``0``: as the first)."""
    later = " " * (hanging or columns)
    for line in wrap(text, WIDTH, initial_indent=" " * columns, subsequent_indent=later, break_on_hyphens=False):
        yield Text(line, style=style)
