"""Which values of one attempt's calls came out of an earlier result, and out of whose.

A value counts where it stands whole in the result (a leaf of its JSON or, in plain text, between signs that are no letters), was not said
by anyone before that result, is not written in the schemas, and is no short number or word that meets itself by chance.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from spectool.classify.grounding import leaves
from spectool.classify.values import example
from spectool.model import Gold
from spectool.patterns.graphs_parts import MAX_NAME
from spectool.patterns.shapes_arguments import argument_of
from spectool.patterns.shapes_values import kind_of
from spectool.read.record import as_json
from spectool.read.source import decode
from spectool.validate import Path

SHORTEST, LONGEST = 3, 200
DIGITS = 3
# Values of one result, or of one call, that are looked at.
MOST_VALUES = 5_000
_JSON = re.compile(r"[\[{]")
# People say these in many ways ("last Monday"), so that a result which spells one as the call does proves nothing.
_SAID_OTHERWISE = frozenset({"a date", "a time", "a date and time"})


class Source(msgspec.Struct, frozen=True):
    """The call whose result brought a value: its turn and tool."""

    turn: int
    tool: str


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """``calls`` of each tool; ``uses``: of each call that takes a value from a result: tool of the result, tool called, argument.

    ``given`` maps a value that a result brought in to the tool that did so first.
    """

    calls: Mapping[str, int]
    uses: tuple[frozenset[tuple[str, str, str]], ...]
    given: Mapping[str, str]


class Reader:
    """Reads the turns of one attempt in order; ``schemas`` is the text of its tools, lower case."""

    def __init__(self, schemas: str) -> None:
        self._schemas = schemas
        self._said: list[tuple[int, str]] = []
        self._values: dict[str, Source] = {}
        self._texts: list[tuple[Source, str]] = []
        self._calls: Counter[str] = Counter()
        self._uses: list[frozenset[tuple[str, str, str]]] = []

    def read(self, turns: Sequence[Mapping[str, Any]], gold: Sequence[str] = ()) -> Attempt:
        """The attempt; ``gold`` are values whose source is sought, too."""
        for place, turn in enumerate(turns):
            if turn["kind"] == "step":
                self._step(place, turn)
            elif turn["role"] != "tool":
                self._said.append((place, turn["content"].lower()))
        given = {value: source.tool for value in gold if (source := self._source(value, len(turns)))}
        return Attempt(calls=self._calls, uses=tuple(self._uses), given=given)

    def _step(self, place: int, step: Mapping[str, Any]) -> None:
        calls = [call for call in step["calls"] if isinstance(call["arguments"], dict)]
        for call in calls:
            self._call(place, call)
        self._said.append((place, f"{step['text']} {' '.join(as_json(call['arguments']) for call in calls)}".lower()))
        for call in calls:
            if call["result"] and not call["result"]["is_error"]:
                self._result(Source(place, call["name"][:MAX_NAME]), call["result"]["content"])

    def _call(self, place: int, call: Mapping[str, Any]) -> None:
        tool = call["name"][:MAX_NAME]
        self._calls[tool] += 1
        found = set()
        for path, value in islice(values_of(call["arguments"]), MOST_VALUES):
            if source := self._source(value, place):
                found.add((source.tool, tool, _argument(path)))
        if found:
            self._uses.append(frozenset(found))

    def _result(self, source: Source, content: str) -> None:
        start = _JSON.search(content)
        try:
            decoded = decode(content[start.start() :]) if start else None
        except ValueError:
            decoded = None
        if decoded is None:
            self._texts.append((source, content.lower()))
            return
        for _, value in islice(values_of(decoded, keys=True), MOST_VALUES):
            self._values.setdefault(value, source)

    def _source(self, value: str, before: int) -> Source | None:
        """The first result before a turn that holds the value, if nobody had said it by then."""
        source = self._values.get(value)
        for other, text in self._texts:
            if (source is None or other.turn < source.turn) and _stands_in(value, text):
                source = other
                break
        if source is None or source.turn >= before or value in self._schemas or kind_of(value) in _SAID_OTHERWISE:
            return None
        return None if any(turn <= source.turn and value in text for turn, text in self._said) else source


def values_of(value: Any, *, keys: bool = False) -> Iterator[tuple[Path, str]]:
    """(path, text) of every leaf that its spelling tells from others; ``keys``: names of fields with a digit, too, as in a table by id."""
    for path, leaf in leaves(value, ()):
        if spelt := _spelt(leaf):
            yield path, spelt
        if keys:
            yield from ((path, spelt) for part in path if isinstance(part, str) and any(map(str.isdigit, part)) and (spelt := _spelt(part)))


def _spelt(leaf: Any) -> str:
    if isinstance(leaf, bool) or leaf is None:
        return ""
    text = str(leaf).strip().lower()
    if isinstance(leaf, int | float) or text.replace(".", "", 1).isdigit():
        return text if SHORTEST <= len(text) <= LONGEST and sum(map(str.isdigit, text)) >= DIGITS else ""
    return text if SHORTEST < len(text) <= LONGEST else ""


def _stands_in(value: str, text: str) -> bool:
    at = text.find(value)
    if at < 0:
        return False
    end = at + len(value)
    return not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum())


def _argument(path: Path) -> str:
    return argument_of(".arguments" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path))[:MAX_NAME]


def values_due(gold: str | None, path: int | None) -> dict[str, set[str]]:
    """Of each tool that a gold path calls, the values that it needs; ``gold`` is JSON."""
    due: dict[str, set[str]] = defaultdict(set)
    known = msgspec.convert(decode(gold), Gold) if gold else Gold()
    for call in known.paths[path or 0] if len(known.paths) > (path or 0) else ():
        for expected in call.arguments.values():
            if not expected.any:
                due[call.name[:MAX_NAME]].update(value for _, value in values_of(example(expected)))
    return due
