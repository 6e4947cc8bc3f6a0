"""HTML made of elements, so that no text gets in unescaped: a ``str`` is text and is escaped, only ``Html`` is markup.

Text is shown as text: control characters, bidirectional overrides and zero-width characters become visible or vanish (``plain_text.safe``).
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import zip_longest
from typing import Any, TypeAlias

from spectool.plain_text import safe


class Html(str):
    """Markup that was made here."""

    __slots__ = ()


Inner: TypeAlias = "str | Html | Iterable[str | Html]"
# Elements without an end tag, and those of SVG, which close themselves.
_NUMBER = 'class="number'
_VOID = frozenset({"meta", "br", "hr"})
_CLOSED = frozenset({"rect", "line", "circle", "path"})


def tag(name: str, /, *inner: Inner, **attributes: str | int | float | bool | None) -> Html:
    """An element; of an attribute ``_`` becomes ``-`` and a last one vanishes (``class_``); ``None`` and ``False`` leave it out."""
    told = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{text(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID or name in _CLOSED:
        return Html(f"<{name}{told}{'/' if name in _CLOSED else ''}>")
    return Html(f"<{name}{told}>{joined(*inner)}</{name}>")


def joined(*inner: Inner) -> Html:
    """Several pieces one after the other, texts escaped."""
    parts: list[str] = []
    for piece in inner:
        if isinstance(piece, Html):
            parts.append(piece)
        elif isinstance(piece, str):
            parts.append(text(piece))
        else:
            parts.append(joined(*piece))
    return Html("".join(parts))


def text(value: str) -> Html:
    """A text, escaped."""
    return Html(escape(safe(value.replace("\r\n", "\n"), newlines=True), quote=True))


def table(head: Iterable[Inner], rows: Iterable[Iterable[Html]], *, caption: str, class_: str = "") -> Html:
    """A table in a frame that scrolls by itself on a narrow screen; ``rows`` are of ready cells, heads stand as the cells below them."""
    cells = [tuple(row) for row in rows]
    below = [_NUMBER in each[:40] for each in cells[0]] if cells else []
    body = tag("tbody", (tag("tr", row) for row in cells))
    top = tag(
        "thead", tag("tr", (_column(each, number) for each, number in zip_longest(head, below, fillvalue=False) if each is not False))
    )
    whole = tag("table", tag("caption", caption), top, body, class_=class_ or None)
    return tag("div", whole, class_="scroll", tabindex=0, role="region", aria_label=caption)


def _column(title: Any, number: bool) -> Html:
    return tag("th", title, scope="col", class_="number" if number else None)


def cell(*inner: Inner, number: bool = False) -> Html:
    """A cell of a table; figures stand to the right."""
    return tag("td", *inner, class_="number" if number else None)


def head(*inner: Inner) -> Html:
    """The head of a row."""
    return tag("th", *inner, scope="row")


def unbroken(sentence: str) -> str:
    """With its figures and their signs on one line."""
    return sentence.replace(" %", "\N{NO-BREAK SPACE}%")


def code(value: str) -> Html:
    """A name, a value or a command, in a direction of its own."""
    return tag("bdi", tag("code", value))
