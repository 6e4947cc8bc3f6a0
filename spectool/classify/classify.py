"""Trajectory in, verdict out: run every detector, contain its crashes, choose the primary finding and decide whether the run passed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import msgspec

from spectool.classify.case import Case, build
from spectool.classify.detectors.registry import DETECTORS, Detector
from spectool.classify.matching import CHARGES_EXTRA
from spectool.classify.taxonomy import load
from spectool.model import Finding, GoldMode, Outcome, Trajectory, Verdict

# The end state decides these better than a list of calls can, so a harness's own reward comes first.
WEAK_MODES = frozenset({"writes", "state"})
# What keeps a run from passing when gold decides; beyond these a slip is worth knowing but the task was done.
DECIDING = frozenset({"IFE", "IFN", "IAN", "IAT", "IAV", "IAC", "wrong_tool", "unneeded_call", "extra_call", "wrong_order"})
PASSING_REWARD = 1.0 - 1e-9


def classify(trajectory: Trajectory, *, gold_mode: GoldMode | None = None) -> Verdict:
    """Everything that is wrong with ``trajectory``, pattern by pattern.

    Args:
        trajectory: one attempt, with whatever tools, gold and results are known; what is missing is skipped, never clean.
        gold_mode: how strictly the gold binds, instead of its own mode.
    """
    case = build(trajectory, gold_mode)
    outcomes: list[Outcome] = []
    crashed: list[str] = []
    for detector in DETECTORS:
        outcomes.append(_run(detector, case, crashed))
    outcomes = _with_primary(outcomes)
    label = trajectory.meta.get("compat_label")
    return Verdict(
        key=trajectory.key,
        passed=_passed(case, outcomes),
        outcomes=tuple(outcomes),
        gold_path=case.match.path if case.match is not None else None,
        compat_label=label if isinstance(label, str) else None,
        crashed=tuple(crashed),
    )


def classify_batch(trajectories: Iterable[Trajectory], *, gold_mode: GoldMode | None = None) -> list[Verdict]:
    """``classify`` for each of ``trajectories``, in order."""
    return [classify(trajectory, gold_mode=gold_mode) for trajectory in trajectories]


def _run(detector: Detector, case: Case, crashed: list[str]) -> Outcome:
    try:
        assessed = detector.assess(case)
        if isinstance(assessed, str):
            return Outcome(error=detector.CODE, skipped=assessed)
        return Outcome(error=detector.CODE, assessed=assessed, findings=tuple(detector.detect(case)))
    except Exception as error:  # one pattern's fault must not lose the others; it is named in the verdict and fails the command
        crashed.append(f"{detector.CODE}: {type(error).__name__}: {error}")
        return Outcome(error=detector.CODE, skipped=f"its detector crashed: {type(error).__name__}")


@cache
def _order() -> dict[str, int]:
    return {error.code: position for position, error in enumerate(load().errors)}


def _with_primary(outcomes: list[Outcome]) -> list[Outcome]:
    """Mark the first finding by (step, call, order of the taxonomy) among those that blame someone; an absence comes last."""
    found = [(i, f) for i, outcome in enumerate(outcomes) for f in outcome.findings if f.level in ("core", "extended")]
    if not found:
        return outcomes
    chosen, first = min(found, key=lambda pair: _place(pair[1]))
    marked = tuple(msgspec.structs.replace(f, primary=True) if f is first else f for f in outcomes[chosen].findings)
    return [msgspec.structs.replace(o, findings=marked) if i == chosen else o for i, o in enumerate(outcomes)]


def _place(finding: Finding) -> tuple[float, float, int]:
    absent = float("inf")
    step = absent if finding.step is None else finding.step
    return step, absent if finding.call is None else finding.call, _order()[finding.error]


def _passed(case: Case, outcomes: list[Outcome]) -> bool | None:
    reward = case.trajectory.reward
    decides = case.match is not None or case.mode == "any_call"
    if reward is not None and (not decides or case.mode in WEAK_MODES):
        return reward >= PASSING_REWARD
    if not decides:
        return None
    deciding = DECIDING | {"RAC"} if case.mode in CHARGES_EXTRA else DECIDING
    return not any(
        f.tier == "certain" and f.fault == "agent" for outcome in outcomes if outcome.error in deciding for f in outcome.findings
    )
