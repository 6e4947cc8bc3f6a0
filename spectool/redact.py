"""Takes secrets (and, if asked, personal data) out of what leaves the machine: reports and training rows.

Each becomes ``[redacted: kind #1]``; the same secret has the same number everywhere, so that a reader can still follow it. What is replaced
has a published form, or a name beside it that says what it is (``password=``, ``"api_key":``); see ``redact_patterns.KINDS``. A secret that
was once known by its name is then found anywhere, also in a message that quotes its value alone: ``learn`` from all before the first
``text``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from spectool.redact_checks import is_value
from spectool.redact_names import named, secret_name, secret_under, texts
from spectool.redact_patterns import KINDS, Kind

Mode = Literal["secrets", "pii", "none"]

# Shorter values that are known by their name only are not looked for elsewhere: "1234" is anything.
FEWEST_KNOWN = 6
# Of these many: each costs a look at every place of every text.
MOST_KNOWN = 500
# How this tool says that a text was cut.
CUT = "…"
# Of a long secret so many characters identify it, since others may have cut it.
HEAD = 40
_QUOTED = re.compile(r"'([^']{4,})'")


class Span(NamedTuple):
    """A piece of a text and what it is."""

    start: int
    end: int
    kind: str


class Redactor:
    """Redacts texts and values; remembers what it saw, so that the same secret gets the same number."""

    def __init__(self, mode: Mode = "secrets") -> None:
        """``pii`` takes personal data out, too; ``none`` changes nothing."""
        self.mode = mode
        self._labels: dict[str, str] = {}
        self._numbers: Counter[str] = Counter()
        self._known: dict[str, str] = {}
        self._spelt: dict[str, str] = {}
        self._expression: re.Pattern[str] | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many different secrets of each kind were replaced, by kind."""
        return dict(sorted(self._numbers.items()))

    def learn(self, value: Any) -> None:
        """Remembers the secrets of a text, or of JSON-like data, where a name beside them tells what they are."""
        if self.mode == "none":
            return
        for kind, secret in named(value):
            self._remember(kind, secret)
        for text in texts(value):
            for span in spans(text, self.mode):
                self._remember(span.kind, text[span.start : span.end])

    def text(self, text: str) -> str:
        """``text`` with its secrets replaced."""
        return self.marked(text, None)[0]

    def marked(self, text: str, mark: tuple[int, int] | None) -> tuple[str, tuple[int, int] | None]:
        """As ``text``, with a marked place (start, end) moved along; it grows where a secret reaches over its edge."""
        parts, end, shift = [], 0, 0
        for span in self._found(text):
            label = self._label(span.kind, text[span.start : span.end])
            parts += [text[end : span.start], label]
            mark = _moved(mark, span.start + shift, span.end + shift, len(label))
            shift += len(label) - (span.end - span.start)
            end = span.end
        return "".join([*parts, text[end:]]), mark

    def value(self, value: Any) -> Any:
        """JSON-like data with its secrets replaced, also the values of keys whose names tell; lists, dicts and texts are made new."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(name) if isinstance(name, str) else name: self.under(name, inner) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(each) for each in value]
        return value

    def message(self, name: str, message: str) -> str:
        """A finding's message about the argument ``name``: what it quotes is a secret where the name says so."""
        kind = secret_name(name)
        if kind is None or self.mode == "none":
            return self.text(message)
        return self.text(_QUOTED.sub(lambda found: f"'{self._label(kind, found[1])}'" if is_value(found[1]) else found[0], message))

    def under(self, name: str, value: Any) -> Any:
        """The value of a field of this name, replaced where the name tells that it is a secret; also in the quotes of JSON."""
        if isinstance(value, list | tuple):
            return [self.under(name, each) for each in value]
        secret = secret_under(name, value.strip('"') if isinstance(value, str) else value) if self.mode != "none" else None
        return self._label(*secret) if secret else self.value(value)

    def _remember(self, kind: str, secret: str) -> None:
        if len(secret) < FEWEST_KNOWN or secret in self._known or len(self._known) >= MOST_KNOWN or secret.isalpha():
            return
        for form in {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}:
            self._known[form] = kind
            self._spelt[form] = secret
            self._expression = None

    def _label(self, kind: str, secret: str) -> str:
        whole = self._whole(self._spelt.get(secret, secret))
        if whole not in self._labels:
            self._numbers[kind] += 1
            self._labels[whole] = f"[redacted: {kind} #{self._numbers[kind]}]"
        return self._labels[whole]

    def _whole(self, secret: str) -> str:
        """The secret that this is the beginning of, where it was cut and that is known."""
        if not secret.endswith(CUT):
            return secret
        return next((known for known in self._known if known.startswith(secret[: -len(CUT)])), secret)

    def _found(self, text: str) -> list[Span]:
        """Pieces to replace, in order and apart from each other."""
        if self.mode == "none":
            return []
        return _apart([*spans(text, self.mode), *self._recognised(text)])

    def _recognised(self, text: str) -> Iterator[Span]:
        if not self._known:
            return
        if self._expression is None:
            longest = sorted(self._known, key=lambda each: (-len(each), each))
            begun = [re.escape(each[:HEAD]) + rf"[^\s\"'{CUT}]*{CUT}" for each in longest if len(each) > HEAD]
            self._expression = re.compile("|".join([*map(re.escape, longest), *begun]))
        for found in self._expression.finditer(text):
            kind = self._known.get(found[0]) or next(
                (kind for form, kind in self._known.items() if found[0].startswith(form[:HEAD])), "key"
            )
            yield Span(found.start(), found.end(), kind)


@cache
def _expression(kind: Kind) -> re.Pattern[str]:
    return re.compile(kind.regex, re.ASCII)


def spans(text: str, mode: Mode) -> Iterator[Span]:
    """Pieces of a text whose form or name says what they are, kind by kind; they may overlap."""
    lower = text.lower()
    for kind in KINDS:
        if (kind.personal and mode != "pii") or (kind.hints and not any(hint in lower for hint in kind.hints)):
            continue
        for found in _expression(kind).finditer(text):
            group = "secret" if "secret" in found.re.groupindex else 0
            if kind.checked is None or kind.checked(found[group]):
                yield Span(*found.span(group), kind.name)


def _apart(spans: list[Span]) -> list[Span]:
    """Of spans that overlap, one that covers them all, named as the first of them was found."""
    order = {id(span): place for place, span in enumerate(spans)}
    made: list[tuple[Span, int]] = []
    for span in sorted(spans, key=lambda each: (each.start, order[id(each)])):
        if made and span.start < made[-1][0].end:
            last, place = made[-1]
            kind = last.kind if place <= order[id(span)] else span.kind
            made[-1] = (Span(last.start, max(last.end, span.end), kind), min(place, order[id(span)]))
        else:
            made.append((span, order[id(span)]))
    return [span for span, _ in made]


def _moved(mark: tuple[int, int] | None, start: int, end: int, length: int) -> tuple[int, int] | None:
    """``mark`` after the text from ``start`` to ``end`` became ``length`` characters."""
    if mark is None or mark[1] <= start:
        return mark
    change = length - (end - start)
    if mark[0] >= end:
        return (mark[0] + change, mark[1] + change)
    return (min(mark[0], start), max(mark[1], end) + change)
