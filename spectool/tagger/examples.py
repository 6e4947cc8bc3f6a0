"""From trajectories to rows of numbers: one row for each argument, call and trajectory, with its labels where gold says them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from spectool.model import Message, Trajectory
from spectool.read.record import as_json
from spectool.tagger.features.registry import vector
from spectool.tagger.truth import UNIT_OF, Pattern, Truth
from spectool.tagger.view import View


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One unit's features and, by pattern, whether it is wrong (a pattern that could not be judged is absent).

    ``step``, ``call`` and ``argument`` are its place; ``None`` where the unit is larger.
    """

    features: tuple[float, ...]
    labels: dict[str, bool]
    step: int | None = None
    call: int | None = None
    argument: str | None = None


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A trajectory's rows by unit and, by pattern, whether the trajectory has it."""

    key: str
    group: str
    model: str
    category: str
    rows: dict[str, tuple[Row, ...]]
    labels: dict[str, bool]


def example_of(view: View, truth: Truth) -> Example:
    """The rows of one trajectory."""
    trajectory = view.trajectory
    return Example(
        key=trajectory.key,
        group=group_of(trajectory),
        model=trajectory.model,
        category=str(trajectory.meta.get("category") or ""),
        rows={"argument": tuple(_arguments(view, truth)), "call": tuple(_calls(view, truth)), "trajectory": (_whole(view, truth),)},
        labels={pattern: bool(found) for pattern, found in truth.found.items()},
    )


def group_of(trajectory: Trajectory) -> str:
    """A hash of the question and the tools' names: the same for every run and version of one task."""
    said = [" ".join(turn.content.split()) for turn in trajectory.turns if isinstance(turn, Message) and turn.role == "user"]
    names = sorted({tool.name for tools in trajectory.tool_sets for tool in tools})
    return hashlib.sha256(as_json([said, names]).encode(errors="surrogatepass")).hexdigest()[:16]


def peers_of(trajectories: Sequence[Trajectory], groups: Sequence[str]) -> list[tuple[Trajectory, ...]]:
    """For each trajectory the other attempts of its group, in order."""
    together: defaultdict[str, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        together[group].append(place)
    return [tuple(trajectories[other] for other in together[group] if other != place) for place, group in enumerate(groups)]


def _arguments(view: View, truth: Truth) -> Iterator[Row]:
    for attempt in view.attempts:
        for slot in view.slots(attempt):
            wrong = {"IAV": truth.is_wrong("IAV", attempt.step, attempt.index, slot.name)} if "IAV" in truth.found else {}
            yield Row(features=vector("argument", view, slot), labels=wrong, step=attempt.step, call=attempt.index, argument=slot.name)


def _calls(view: View, truth: Truth) -> Iterator[Row]:
    patterns: list[Pattern] = [pattern for pattern, unit in UNIT_OF.items() if unit == "call" and pattern in truth.found]
    for attempt in view.attempts:
        wrong: dict[str, bool] = {pattern: truth.is_wrong(pattern, attempt.step, attempt.index) for pattern in patterns}
        yield Row(features=vector("call", view, attempt), labels=wrong, step=attempt.step, call=attempt.index)


def _whole(view: View, truth: Truth) -> Row:
    return Row(features=vector("trajectory", view), labels={"IAC": bool(truth.found["IAC"])} if "IAC" in truth.found else {})


def labelled(rows: Iterable[Row], pattern: str) -> tuple[list[tuple[float, ...]], list[bool]]:
    """Features and labels of the rows that ``pattern`` was judged on."""
    known: list[Any] = [row for row in rows if pattern in row.labels]
    return [row.features for row in known], [row.labels[pattern] for row in known]
