"""One draw of a template or a dialogue: its places filled, its solutions executed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import msgspec

from spectool.benchmark.splits import Split
from spectool.benchmark.template import Act, Action, Claims, Draw, Draws, Said, Slots, Solve, Unsolvable
from spectool.environments.core.environment import Environment
from spectool.environments.core.tables import State

# Draws that lead nowhere before a template counts as exhausted.
TRIES = 40


class TemplateError(Exception):
    """A template that cannot be drawn from, or whose solutions disagree."""


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A draw that leads somewhere: the places' values and words, a solution's calls each, and what they found and changed.

    ``records`` are ``table/id`` of the rows it was drawn from.
    """

    slots: Slots
    words: Mapping[str, str]
    solutions: tuple[tuple[Action, ...], ...]
    claims: tuple[str, ...]
    changes: Mapping[str, Any]
    records: tuple[str, ...]


def drawn(environment: Environment, split: Split, draw: Draw, stages: Sequence[Sequence[Solve]], rng: Random, name: str) -> Drawn:
    """A draw that can be solved, with all its solutions; ``stages`` holds the solutions of each user turn.

    Raises:
        TemplateError: none can be found, or two solutions come to different ends.
    """
    reason = "nothing was drawn"
    for _ in range(TRIES):
        draws = Draws(environment.name, split, rng)
        try:
            slots = draw(draws)
            if slots is None:
                continue
            values = {name: slot.value if isinstance(slot, Said) else slot for name, slot in slots.items()}
            words = {name: rng.choice(slot.words) if isinstance(slot, Said) else str(slot) for name, slot in slots.items()}
            ends = _solved(environment, values, stages, name)
        except Unsolvable as error:
            reason = str(error)
            continue
        if ends is not None:
            solutions, claims, changes = ends
            return Drawn(
                slots=values, words=words, solutions=solutions, claims=claims, changes=changes, records=tuple(dict.fromkeys(draws.records))
            )
        reason = "no draw had a solution"
    raise TemplateError(f"template '{name}' ({split}): {TRIES} draws led nowhere; the last because {reason}")


_Ends = tuple[tuple[tuple[Action, ...], ...], tuple[str, ...], Mapping[str, Any]]


def _solved(environment: Environment, slots: Slots, stages: Sequence[Sequence[Solve]], name: str) -> _Ends | None:
    """Every combination of the stages' solutions, executed; all must come to the same claims and changes."""
    runs: list[tuple[tuple[Action, ...], tuple[str, ...], State]] = [((), (), environment.fresh())]
    told: dict[bytes, Any] = {}
    for number, solutions in enumerate(stages):
        further = []
        for steps, claims, state in runs:
            for solve in solutions:
                act = Act(environment, state.fork(), None if state.changes() else told)
                act.stage = number
                found: Claims | None = solve(act, slots)
                if found is None:
                    return None
                further.append(((*steps, *act.steps), (*claims, *found), act.state))
        runs = further or runs
    _, claims, state = runs[0]
    changes = state.changes()
    for _, other, end in runs[1:]:
        if (set(other), end.changes()) != (set(claims), changes):
            raise TemplateError(f"template '{name}': its solutions disagree: {claims} and {other}, {changes} and {end.changes()}")
    return tuple(run[0] for run in runs), claims, changes
