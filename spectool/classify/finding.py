"""A finding at its place: the JSONPath that leads there, and what stood there as the model wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from spectool.classify.attempt import Attempt
from spectool.classify.renames import as_written
from spectool.model import Fault, Finding, FindingSource, Level, Tier
from spectool.validate import Path, at

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


@cache
def _levels() -> Mapping[str, Level]:
    from spectool.classify.taxonomy import load

    return {error.code: error.level for error in load().errors}


def finding(
    error: str,
    subtype: str,
    message: str,
    *,
    attempt: Attempt | None = None,
    step: int | None = None,
    path: Path | None = None,
    tier: Tier = "certain",
    source: FindingSource = "rule",
    fault: Fault = "agent",
    expected: Any = None,
    got: Any = None,
    repair: Any = None,
    tool: str | None = None,
) -> Finding:
    """A finding of ``error`` at an attempt (``path`` leads on from its arguments; ``None`` is the call itself), a step, or the whole."""
    if attempt is not None:
        place = f"$.turns[{attempt.step}].calls[{attempt.index}]"
        if path is not None:
            place += ".arguments" + jsonpath(_as_written(attempt, path))
        step, tool = attempt.step, tool or attempt.name
    else:
        place = "$" if step is None else f"$.turns[{step}]"
    return Finding(
        error=error,
        subtype=subtype,
        level=_levels()[error],
        tier=tier,
        source=source,
        fault=fault,
        step=step,
        call=attempt.index if attempt is not None else None,
        tool=tool,
        path=place,
        message=message,
        expected=expected,
        got=got,
        repair=repair,
    )


def _as_written(attempt: Attempt, path: Path) -> Path:
    """A path into the arguments as meant, as it leads into those written: where a repaired name stood."""
    moved = {slip.meant: slip.path for slip in attempt.slips if slip.meant is not None}
    return as_written(path, moved) if moved else path


def jsonpath(path: Path) -> str:
    """A path as JSONPath (RFC 9535), from where it starts."""
    parts = []
    for part in path:
        if isinstance(part, int):
            parts.append(f"[{part}]")
        else:
            parts.append(f".{part}" if _IDENTIFIER.match(part) else f"[{json.dumps(part)}]")
    return "".join(parts)


def given_at(attempt: Attempt, path: Path) -> Any:
    """What the model wrote at ``path`` of the call's arguments, before any repair."""
    return at(attempt.call.arguments or {}, _as_written(attempt, path))
