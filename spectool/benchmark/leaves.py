"""What a tool's result tells: its values, its claims, and what a reader would take from it first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spectool.benchmark.candidates import text_of


def first_values(result: Any) -> dict[str, Any]:
    """Every key with one value in a result of whose lists only the first item is looked at."""
    return leaves_of(_heads(result))[1]


def _heads(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _heads(inner) for key, inner in value.items()}
    return [_heads(item) for item in value[:1]] if isinstance(value, list | tuple) else value


def leaves_of(result: Any) -> tuple[frozenset[str], dict[str, Any]]:
    """All scalars of a result as text, and those keys that have one value in it."""
    by_key: dict[str, dict[str, Any]] = {}
    waiting = [("", result)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += value.items()
        elif isinstance(value, list | tuple):
            waiting += [(key, item) for item in value]
        elif value is not None and not isinstance(value, bool):
            by_key.setdefault(key, {})[text_of(value)] = value
    single = {key: next(iter(values.values())) for key, values in by_key.items() if len(values) == 1 and key}
    return frozenset(text for values in by_key.values() for text in values), single


def claims_in(result: Any, claims: Sequence[str], known: frozenset[str]) -> frozenset[str]:
    """The claims that a result makes: a name anywhere in it; a figure by itself, or beside something asked for or claimed as well."""
    leaves, single = leaves_of(result)
    alone = {text_of(value) for value in single.values()}
    records = [_direct(record) for record in _records(result)]
    found = set()
    for claim in claims:
        if not _is_figure(claim):
            told = any(claim in leaf for leaf in leaves)
        else:
            beside = (known | set(claims)) - {claim}
            told = claim in alone or any(claim in record and record & beside for record in records)
        found |= {claim} if told else set()
    return frozenset(found)


def _is_figure(claim: str) -> bool:
    return claim.replace(".", "", 1).isdigit()


def _records(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from _records(inner)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _records(item)


def _direct(record: Mapping[str, Any]) -> frozenset[str]:
    """The scalars that a record holds itself."""
    return frozenset(text_of(value) for value in record.values() if isinstance(value, str | int | float) and not isinstance(value, bool))


def scalars(value: Any) -> frozenset[str]:
    """Every scalar in a value, as text; flags, which anybody may set, left out."""
    return leaves_of(value)[0]
