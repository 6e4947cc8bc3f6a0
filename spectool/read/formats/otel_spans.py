"""Spans of OpenTelemetry logs as flat attributes, from every nesting they are exported in.

Source: OpenTelemetry protocol, JSON encoding (``resourceSpans``); semantic conventions for generative AI.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from spectool.read.record import as_list, as_object, as_text, first_of
from spectool.read.source import decode

PREFIX = "gen_ai."


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """One span: attributes by their dotted names; ``start`` as written, comparable within a file; ``line`` where it was read."""

    id: str
    trace: str
    start: str
    attributes: Mapping[str, Any]
    line: int

    def get(self, name: str) -> Any:
        """The attribute ``gen_ai.<name>``; one that holds JSON as a string (messages, tool definitions) is not decoded yet."""
        return self.attributes.get(PREFIX + name)

    @property
    def conversation(self) -> str:
        """What the span belongs to: the stated conversation, else its trace, else only itself; empty where it has no ids."""
        return as_text(self.get("conversation.id")) or self.trace or self.id


def spans_of(record: Any, line: int) -> Iterator[Span]:
    """All spans of a record: flat attributes, one span with ``attributes``, a list of these, or OTLP's ``resourceSpans``.

    Raises:
        FormatError: a part of it is no object or list.
    """
    if isinstance(record, list):
        for item in record:
            yield from spans_of(item, line)
        return
    row = as_object(record, "a span")
    if "resourceSpans" not in row:
        yield _span(row, line)
        return
    for resource in as_list(row["resourceSpans"], "resourceSpans"):
        for scope in as_list(first_of(resource, "scopeSpans", "instrumentationLibrarySpans"), "scopeSpans"):
            for span in as_list(scope.get("spans"), "spans"):
                yield _span(as_object(span, "a span"), line)


def _span(row: Mapping[str, Any], line: int) -> Span:
    attributes = _attributes(row.get("attributes")) if "attributes" in row else dict(row)
    # From v1.37 on, content may be kept in an event of the span instead of its attributes.
    for event in as_list(row.get("events"), "events"):
        attributes |= {name: value for name, value in _attributes(event.get("attributes")).items() if name.startswith(PREFIX)}
    # The SDK's console exporter keeps the ids in a context.
    named = {**as_object(row.get("context") or {}, "a span's 'context'"), **row}
    return Span(
        id=as_text(first_of(named, "spanId", "span_id", "id")),
        trace=as_text(first_of(named, "traceId", "trace_id")),
        start=as_text(first_of(row, "startTimeUnixNano", "start_time_unix_nano", "start_time", "startTime", "timestamp")),
        attributes=attributes,
        line=line,
    )


def _attributes(raw: Any) -> dict[str, Any]:
    """Attributes by name, from an object or OTLP's list of key and value."""
    if raw is None or isinstance(raw, Mapping):
        return dict(raw or {})
    return {as_text(pair.get("key")): _value(pair.get("value")) for pair in as_list(raw, "attributes")}


def _value(value: Any) -> Any:
    """An OTLP ``AnyValue`` as a plain value; integers are strings on the wire and are numbers here."""
    if not isinstance(value, Mapping) or len(value) != 1:
        return value
    (kind, held), *_ = value.items()
    if kind == "arrayValue":
        return [_value(item) for item in as_list(held.get("values"), "arrayValue")]
    if kind == "kvlistValue":
        return _attributes(held.get("values"))
    return int(held) if kind == "intValue" else held


def structured(value: Any) -> Any:
    """A value that may be JSON in a string, decoded.

    Raises:
        FormatError: it is a string that is not JSON.
    """
    return decode(value) if isinstance(value, str) else value
