"""Markdown that no text of a model can break out of.

What a model, a user or a log wrote stands in code only: in a span or a fence that is longer than any run of backticks in it. There is
neither HTML, nor a link, an image, a formula, a mention or a heading in code, whoever renders it. Control characters, zero-width and
bidirectional ones are made visible (``plain_text.safe``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spectool.plain_text import cut, safe

# Of one text: in a line, in a fence.
LINE, BLOCK = 200, 3_000
_TICKS = re.compile(r"`+")
# What begins a construct anywhere in a line; a letter or digit never does.
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+!|<>~$&=^-])")


def prose(text: str) -> str:
    """A sentence of ours that may name a thing of theirs: on one line, every sign escaped, no mention and no bare address."""
    plain = (
        safe(text).replace("@", "\N{FULLWIDTH COMMERCIAL AT}").replace("://", ":\N{WORD JOINER}//").replace("www.", "www\N{WORD JOINER}.")
    )
    return _SIGNS.sub(r"\\\1", plain)


def span(text: str, most: int = LINE) -> str:
    """A text of theirs within a line or a table's cell; a bar becomes a broken one, since it would end the cell."""
    plain = cut(safe(text), most).replace("|", "\N{BROKEN BAR}")
    if not plain.strip():
        return "–"
    ticks = "`" * (_longest(plain) + 1)
    inner = f" {plain} " if plain.startswith("`") or plain.endswith("`") else plain
    return f"{ticks}{inner}{ticks}"


def fence(text: str, kind: str = "text") -> Iterator[str]:
    """A text of theirs as a block."""
    plain = cut(safe(text.replace("\r\n", "\n"), newlines=True), BLOCK)
    ticks = "`" * max(3, _longest(plain) + 1)
    yield from (f"{ticks}{kind}", plain, ticks, "")


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1) -> Iterator[str]:
    """A table of cells that are Markdown already; its first ``left`` columns hold text, the others figures."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('---' if column < left else '--:' for column in range(len(head)))}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _longest(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)
