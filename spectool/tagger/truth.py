"""What gold proves of a trajectory that the rules leave clean without it: the labels that the tagger learns from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from spectool.classify.classify import classify
from spectool.classify.counted import counts
from spectool.classify.finding import jsonpath
from spectool.model import Finding, Trajectory
from spectool.tagger.features.registry import Unit

Pattern = Literal["IAV", "IAC", "wrong_tool", "unneeded_call", "extra_call"]
# Each pattern's probability is given by unit, and a trajectory's is that of at least one.
UNIT_OF: Mapping[Pattern, Unit] = {
    "IAV": "argument",
    "IAC": "trajectory",
    "wrong_tool": "call",
    "unneeded_call": "call",
    "extra_call": "call",
}


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What gold says of one trajectory: ``found`` maps each pattern that could be judged to its counted findings.

    One slip is charged once, so the values of a call that is itself wrong are not: what is told there is the call.
    """

    found: Mapping[str, tuple[Finding, ...]]

    def is_wrong(self, pattern: Pattern, step: int, call: int, argument: str | None = None) -> bool:
        """Whether a finding of ``pattern`` is about this call, or about this argument of it."""
        mine = (each for each in self.found.get(pattern, ()) if (each.step, each.call) == (step, call))
        return any(argument is None or _is_below(each.path, argument) for each in mine)


def is_clean(trajectory: Trajectory) -> bool:
    """Whether the rules leave a trajectory clean when its gold is hidden."""
    verdict = classify(msgspec.structs.replace(trajectory, gold=None))
    return not verdict.crashed and not any(counts(each) for outcome in verdict.outcomes for each in outcome.findings)


def truth_of(trajectory: Trajectory) -> Truth:
    """What the trajectory's gold proves; without gold nothing is known."""
    if trajectory.gold is None:
        return Truth(found={})
    outcomes = {each.error: each for each in classify(trajectory).outcomes}
    judged = [pattern for pattern in UNIT_OF if (of := outcomes.get(pattern)) is not None and of.skipped is None]
    return Truth(found={pattern: tuple(each for each in outcomes[pattern].findings if counts(each)) for pattern in judged})


def _is_below(path: str, argument: str) -> bool:
    start = ".arguments" + jsonpath((argument,))
    _, found, rest = path.partition(start)
    return bool(found) and rest[:1] in ("", ".", "[")
