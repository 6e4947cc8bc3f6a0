"""What to look at: choices over trajectories and findings, and the parameterised conditions they become."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

# A facet's name in ``Filter`` and the column it chooses in; ``t`` is trajectories, ``f`` is findings.
OF_TRAJECTORY = {
    "model": "coalesce(t.model, '')",
    "category": "coalesce(t.category, '')",
    "environment": "coalesce(t.environment, '')",
    "passed": "CASE t.passed WHEN true THEN 'passed' WHEN false THEN 'failed' ELSE 'undecided' END",
}
OF_FINDING = {
    "error": "f.error",
    "subtype": "f.error || '.' || f.subtype",
    "tier": "f.tier",
    "fault": "f.fault",
    "tool": "coalesce(f.tool, '')",
}


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Choices that must all hold; within one, any of its values does, and ``()`` allows all.

    ``passed`` holds ``passed``, ``failed`` or ``undecided``; ``subtype`` is ``IAV.omitted`` or ``omitted``; ``counted`` keeps findings
    that count against the model (or those that do not); ``text`` is a substring, case ignored, of id, query, output, tool or message.
    """

    model: tuple[str, ...] = ()
    error: tuple[str, ...] = ()
    subtype: tuple[str, ...] = ()
    tier: tuple[str, ...] = ()
    fault: tuple[str, ...] = ()
    tool: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    counted: bool | None = None
    text: str = ""
    key: str = ""

    @property
    def chooses_findings(self) -> bool:
        """Whether some choice is about findings, so that a trajectory without one is out."""
        return self.counted is not None or any(getattr(self, name) for name in OF_FINDING)

    def without(self, name: str) -> Filter:
        """The same choices but for ``name``: what a facet is counted over."""
        return msgspec.structs.replace(self, **{name: ()})


EVERYTHING = Filter()


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """An SQL condition and the values of its placeholders."""

    sql: str
    values: tuple[Any, ...] = ()


def on_trajectories(choices: Filter) -> Condition:
    """What ``choices`` ask of a row of ``trajectories AS t``; ``text`` may also stand in one of its findings."""
    parts = list(_chosen(choices, OF_TRAJECTORY))
    if choices.key:
        parts.append(Condition(sql="t.key = ?", values=(choices.key,)))
    if choices.text:
        inside = "t.key IN (SELECT key FROM findings WHERE contains(lower(concat_ws(' ', tool, message)), ?))"
        shown = "contains(lower(concat_ws(' ', t.id, t.query, t.output)), ?)"
        parts.append(Condition(sql=f"({shown} OR {inside})", values=(choices.text.lower(),) * 2))
    return _all(parts)


def on_findings(choices: Filter) -> Condition:
    """What ``choices`` ask of a row of ``findings AS f``."""
    parts = list(_chosen(choices, {name: column for name, column in OF_FINDING.items() if name != "subtype"}))
    if choices.subtype:
        marks = ", ".join("?" * len(choices.subtype))
        parts.append(Condition(sql=f"({OF_FINDING['subtype']} IN ({marks}) OR f.subtype IN ({marks}))", values=choices.subtype * 2))
    if choices.counted is not None:
        parts.append(Condition(sql="f.counted = ?", values=(choices.counted,)))
    return _all(parts)


def _chosen(choices: Filter, columns: dict[str, str]) -> Iterator[Condition]:
    for name, column in columns.items():
        if values := getattr(choices, name):
            yield Condition(sql=f"{column} IN ({', '.join('?' * len(values))})", values=tuple(values))


def _all(parts: list[Condition]) -> Condition:
    sql = " AND ".join(part.sql for part in parts) or "true"
    return Condition(sql=f"({sql})", values=tuple(value for part in parts for value in part.values))
