"""Trajectory in, verdict out: run every detector, contain its crashes, choose the primary finding and decide whether the run passed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

import msgspec

from spectool.classify.calls import NO_TOOLS
from spectool.classify.case import Case, build
from spectool.classify.detectors import iav
from spectool.classify.detectors.registry import DETECTORS, Detector
from spectool.classify.matching import CHARGES_EXTRA
from spectool.classify.taxonomy import load
from spectool.model import Finding, GoldMode, Outcome, Tool, Trajectory, Verdict

# The end state decides these better than a list of calls can, so a harness's own reward comes first.
WEAK_MODES = frozenset({"writes", "state"})
# What keeps a run from passing when gold decides; beyond these a slip is worth knowing but the task was done.
DECIDING = frozenset({"IFE", "IFN", "IAN", "IAT", "IAV", "IAC", "wrong_tool", "unneeded_call", "extra_call", "wrong_order"})
PASSING_REWARD = 1.0 - 1e-9
# Clean calls differ in number, arguments and mode only; far fewer profiles than this occur.
MAX_PROFILES = 10_000


def classify(trajectory: Trajectory, *, gold_mode: GoldMode | None = None, inferred: Mapping[str, Tool] = NO_TOOLS) -> Verdict:
    """Everything that is wrong with ``trajectory``, pattern by pattern.

    Args:
        trajectory: one attempt, with whatever tools, gold and results are known; what is missing is skipped, never clean.
        gold_mode: how strictly the gold binds, instead of its own mode.
        inferred: tools that `spectool.classify.induction` learned from a log, by name: evidence where the trajectory has no tools.
    """
    label = trajectory.meta.get("compat_label")
    compat = label if isinstance(label, str) else None
    try:
        case = build(trajectory, gold_mode, inferred)
    except Exception as error:  # a fault of ours: the other trajectories go on, this one is named and counts as not judged
        why = f"laying out the trajectory crashed: {type(error).__name__}"
        skipped = tuple(_blank(detector.CODE, 0, why) for detector in DETECTORS)
        return Verdict(key=trajectory.key, passed=None, outcomes=skipped, compat_label=compat, crashed=(f"{why}: {error}",))
    crashed: list[str] = []
    outcomes = _plain(case, crashed) if case.plain else tuple([_run(detector, case, crashed) for detector in DETECTORS])
    is_clean = case.plain and not case.cost and not crashed
    findings = [] if is_clean else [f for outcome in outcomes if outcome.findings for f in outcome.findings]
    if findings:
        outcomes = _with_primary(outcomes, findings)
    return Verdict(
        key=trajectory.key,
        passed=_passed(case, findings, crashed),
        outcomes=outcomes,
        gold_path=case.match.path if case.match is not None else None,
        compat_label=compat,
        crashed=tuple(crashed),
    )


def classify_batch(
    trajectories: Iterable[Trajectory], *, gold_mode: GoldMode | None = None, inferred: Mapping[str, Tool] = NO_TOOLS
) -> list[Verdict]:
    """``classify`` for each of ``trajectories``, in order."""
    return [classify(trajectory, gold_mode=gold_mode, inferred=inferred) for trajectory in trajectories]


def _run(detector: Detector, case: Case, crashed: list[str]) -> Outcome:
    try:
        assessed = detector.assess(case)
        if isinstance(assessed, str):
            return _blank(detector.CODE, 0, assessed)
        findings = tuple(detector.detect(case)) if assessed else ()  # no opportunity, no finding
        return Outcome(error=detector.CODE, assessed=assessed, findings=findings) if findings else _blank(detector.CODE, assessed)
    except Exception as error:  # one pattern's fault must not lose the others; it is named in the verdict and fails the command
        crashed.append(f"{detector.CODE}: {type(error).__name__}: {error}")
        return Outcome(error=detector.CODE, skipped=f"its detector crashed: {type(error).__name__}")


_clean_outcomes: dict[tuple[object, ...], tuple[Outcome, ...]] = {}


def _plain(case: Case, crashed: list[str]) -> tuple[Outcome, ...]:
    """The outcomes of a plain case: only its values can be wrong, all else depends on its profile alone (a test holds them to that)."""
    profile = case.profile()
    known = _clean_outcomes.get(profile)
    if known is None:
        known = tuple([_run(detector, case, crashed) for detector in DETECTORS])
        if len(_clean_outcomes) >= MAX_PROFILES:
            _clean_outcomes.clear()
        if not crashed and not case.cost:
            _clean_outcomes[profile] = known
    elif case.cost:
        return tuple([_run(iav, case, crashed) if outcome.error == iav.CODE else outcome for outcome in known])
    return known


@lru_cache(maxsize=4096)
def _blank(error: str, assessed: int, skipped: str | None = None) -> Outcome:
    """An outcome without findings; being frozen, one object serves every trajectory that looks alike."""
    return Outcome(error=error, assessed=assessed, skipped=skipped)


@cache
def _order() -> dict[str, int]:
    return {error.code: position for position, error in enumerate(load().errors)}


def _with_primary(outcomes: tuple[Outcome, ...], findings: list[Finding]) -> tuple[Outcome, ...]:
    """Mark the first finding by (step, call, order of the taxonomy) among those that blame someone; an absence comes last."""
    blaming = [f for f in findings if f.level in ("core", "extended") and f.tier != "candidate"]
    if not blaming:
        return outcomes
    first = min(blaming, key=_place)
    return tuple(_marked(outcome, first) if outcome.error == first.error else outcome for outcome in outcomes)


def _marked(outcome: Outcome, first: Finding) -> Outcome:
    findings = tuple(msgspec.structs.replace(f, primary=True) if f is first else f for f in outcome.findings)
    return msgspec.structs.replace(outcome, findings=findings)


def _place(finding: Finding) -> tuple[float, float, int]:
    absent = float("inf")
    step = absent if finding.step is None else finding.step
    return step, absent if finding.call is None else finding.call, _order()[finding.error]


def _passed(case: Case, findings: list[Finding], crashed: list[str]) -> bool | None:
    reward = case.trajectory.reward
    decides = case.match is not None or case.mode == "any_call"
    if reward is not None and (not decides or case.mode in WEAK_MODES):
        return reward >= PASSING_REWARD
    if not decides:
        return None
    if not findings and not crashed:
        return True
    deciding = DECIDING | {"RAC"} if case.mode in CHARGES_EXTRA else DECIDING
    if any(f.error in deciding and f.tier == "certain" and f.fault == "agent" for f in findings):
        return False
    if any(line.partition(":")[0] in deciding for line in crashed):
        return None  # "could not check" is never "clean"
    undone = not case.attempts if case.match is None else bool(case.match.missing or case.match.absorbed)
    return None if undone else True  # what the harness cut or lost is charged to nobody, and decides nothing
