"""Rows back to nouns: what ``rows`` wrote, typed again, without coercion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from spectool.model import Finding, Gold, Message, Outcome, Request, Step, Tool, Trajectory
from spectool.read.source import decode

_JSON_OF_FINDING = ("expected", "got", "repair")


def trajectory_from(row: Mapping[str, Any], tools: str) -> Trajectory:
    """The trajectory of a row of ``trajectories``; ``tools`` is the JSON of its tool lists."""
    names = ("key", "id", "task", "sample", "model", "run", "reward", "time", "source", "line")
    return Trajectory(
        **{name: row[name] for name in names},
        tags=tuple(row["tags"] or ()),
        tool_sets=msgspec.convert(decode(tools), tuple[tuple[Tool, ...], ...]),
        request=msgspec.convert(decode(row["request"]), Request),
        turns=msgspec.convert(decode(row["turns"]), tuple[Message | Step, ...]),
        gold=msgspec.convert(decode(row["gold"]), Gold) if row["gold"] else None,
        meta=decode(row["meta"]),
    )


def finding_from(row: Mapping[str, Any]) -> Finding:
    """The finding of a row of ``findings``."""
    fields = {name: row[name] for name in Finding.__struct_fields__}
    for name in _JSON_OF_FINDING:
        fields[name] = None if row[name] is None else decode(row[name])
    return msgspec.convert(fields, Finding)


def outcomes_from(rows: Iterable[Mapping[str, Any]], findings: Sequence[Finding]) -> tuple[Outcome, ...]:
    """The outcomes of one trajectory's rows of ``outcomes``, each with its share of ``findings``."""
    return tuple(
        Outcome(
            error=row["error"],
            assessed=row["assessed"],
            skipped=row["skipped"],
            findings=tuple(finding for finding in findings if finding.error == row["error"]),
        )
        for row in rows
    )
