"""Counts which arguments of a failing BFCL call differ from its gold, straight from BFCL's own score files.

Nothing but the standard library is imported here (a test holds this file to that). The score files keep each failing row as BFCL's
checker saw it: the decoded call, the question's functions and the possible answers. An argument differs when it is given and equals none of
the gold's alternatives, when it is given and the gold does not name it, or when it is not given and the gold does not let it be left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Categories whose gold is one call with Python values.
ONE_CALL = ("simple", "multiple", "live_simple", "live_multiple")


@dataclass(frozen=True)
class FailingCall:
    """One failing row that decoded to one call of the gold's function: who, the names that differ, and what there is to explain it."""

    model: str
    id: str
    label: str
    differing: frozenset[str]
    given: Mapping[str, Any]
    gold: Mapping[str, Any]
    parameters: Mapping[str, Any]


def failing_calls(scores: Path) -> Iterator[FailingCall]:
    """Every failing row of the categories with one gold call, below a folder of score files (one folder a model)."""
    for path in sorted(scores.glob("*/BFCL_v3_*_score.json")):
        if path.name.removeprefix("BFCL_v3_").removesuffix("_score.json") not in ONE_CALL:
            continue
        for line in path.read_text().splitlines()[1:]:
            row = json.loads(line)
            call = _call(row)
            if call is not None:
                name, given, gold = call
                found = FailingCall(
                    path.parent.name, row["id"], row["error_type"], differing(given, gold), given, gold, _parameters(row, name)
                )
                yield found


def _call(row: Mapping[str, Any]) -> tuple[str, Mapping[str, Any], Mapping[str, Any]] | None:
    """(name, arguments, gold arguments) where the row holds one decoded call and its function is the gold's."""
    decoded, gold = row.get("model_result_decoded"), row["possible_answer"]
    if not isinstance(decoded, list) or len(decoded) != 1 or not isinstance(decoded[0], dict) or len(decoded[0]) != 1:
        return None
    (name, given), (wanted, allowed) = next(iter(decoded[0].items())), next(iter(gold[0].items()))
    if name.replace(".", "_") != wanted.replace(".", "_") or not isinstance(given, dict):
        return None
    return name, given, allowed


def _parameters(row: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    functions = row["prompt"]["function"]
    return next((f["parameters"] for f in functions if f["name"].replace(".", "_") == name.replace(".", "_")), {})


def differing(given: Mapping[str, Any], gold: Mapping[str, Any]) -> frozenset[str]:
    """The names of the arguments that are not as the gold has them."""
    wrong = {name for name, value in given.items() if name not in gold or not any(_same(each, value) for each in gold[name])}
    return frozenset(wrong | {name for name, allowed in gold.items() if name not in given and "" not in allowed})


def _same(want: Any, got: Any) -> bool:
    """Whether two JSON values are one; an object of the gold has a list of alternatives for each key."""
    if isinstance(want, bool) or isinstance(got, bool):
        return want is got
    if isinstance(want, dict) and isinstance(got, dict):
        return not differing(got, {key: each if isinstance(each, list) else [each] for key, each in want.items()})
    if isinstance(want, list) and isinstance(got, list):
        return len(want) == len(got) and all(map(_same, want, got))
    if isinstance(want, str) and isinstance(got, str):
        return want.strip() == got.strip()
    return bool(want == got)
