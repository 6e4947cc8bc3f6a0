"""Inferred schemas beside the real ones: names, required arguments, types and closed sets of values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spectool.classify.induction import support_of
from spectool.model import Tool, Trajectory
from spectool.validate import shape_of


def schema_row(name: str, attempts: Sequence[Trajectory], inferred: Sequence[Tool], least: int) -> list[object]:
    """A row of the table of schemas: of the inferred tools that rest on at least ``least`` tasks and whose real schema is known."""
    real = {tool.name: tool for attempt in attempts for tools in attempt.tool_sets for tool in tools}
    kept = [tool for tool in inferred if tool.name in real and (support := support_of(tool.parameters)) and support.tasks >= least]
    pairs = [(tool, real[tool.name]) for tool in kept]
    names = _sets(pairs, lambda tool: set(shape_of(tool.parameters).properties))
    required = _sets(pairs, lambda tool: set(shape_of(tool.parameters).required))
    types, enums = _types(pairs), _enums(pairs)
    return [name, f"{least}+ tasks", f"{len(kept)} of {len(real)}", *names, *required, types, enums]


def _sets(pairs: Iterable[tuple[Tool, Tool]], of: Any) -> tuple[str, str]:
    both = own = true = 0
    for tool, real in pairs:
        got, wanted = of(tool), of(real)
        both, own, true = both + len(got & wanted), own + len(got), true + len(wanted)
    return _share(both, own), _share(both, true)


def _types(pairs: Iterable[tuple[Tool, Tool]]) -> str:
    """Of the arguments that both declare and the real one gives a type, how many have the same."""
    same = all_ = 0
    for tool, real in pairs:
        theirs = shape_of(real.parameters).properties
        for name, prop in shape_of(tool.parameters).properties.items():
            if "type" in theirs.get(name, {}):
                same, all_ = same + (_kinds(prop) == _kinds(theirs[name])), all_ + 1
    return _share(same, all_)


def _enums(pairs: Iterable[tuple[Tool, Tool]]) -> str:
    """Of the closed sets inferred, how many are real, and of how many real ones."""
    right = own = true = 0
    for tool, real in pairs:
        theirs = shape_of(real.parameters).properties
        true += sum("enum" in prop for prop in theirs.values())
        for name, prop in shape_of(tool.parameters).properties.items():
            if "enum" in prop:
                own, right = own + 1, right + (set(prop["enum"]) <= set(theirs.get(name, {}).get("enum", ())))
    return f"{right} of {own} right; {true} real"


def _kinds(prop: Mapping[str, Any]) -> set[str]:
    kinds = prop.get("type", [])
    return set(kinds if isinstance(kinds, list) else [kinds])


def _share(count: int, n: int) -> str:
    return f"{count} of {n} ({100 * count / n:.0f} %)" if n else "–"
