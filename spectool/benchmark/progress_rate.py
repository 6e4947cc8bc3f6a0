"""The progress rate: the share of a task's sub-goals that an attempt reached, 0-1.

Sub-goals are the calls of the gold path that fits the attempt best, the claims of the answer, and the end state where the task changes it.
A call is reached when it was made with the gold's name, without a certain slip in its arguments, and the tool executed it. An attempt that
succeeded has reached everything, whichever way it went.

Source: AgentBoard (Ma et al., arXiv 2401.13178): progress as the share of annotated sub-goals.
"""

from __future__ import annotations

from spectool.benchmark.end_state import plain
from spectool.benchmark.success import Success
from spectool.classify.case import Case, build
from spectool.classify.classify import classify
from spectool.classify.failures import is_failure
from spectool.model import GoldMode, Trajectory, Verdict

# What makes a call of the right name another call. A slip of syntax that was read all the same is none, nor is an order or a surplus.
_OTHER_CALL = frozenset({"IAN", "IAT", "IAV"})
# Modes that compare no calls: the paths still say what leads there.
_UNCOMPARED = frozenset({"state", "any_call"})


def progress_rate(trajectory: Trajectory, verdict: Verdict, success: Success, gold_mode: GoldMode | None = None) -> float | None:
    """The progress rate of ``trajectory``; ``None`` where nothing could decide whether it succeeded: both are means over the same attempts.

    Args:
        trajectory: the attempt.
        verdict: what was found in it.
        success: whether it succeeded.
        gold_mode: the mode that ``verdict`` was made with where it is not the gold's own.
    """
    if success.value is None or success.value:
        return None if success.value is None else 1.0
    reached, due = _calls(trajectory, verdict, gold_mode)
    reached, due = reached + sum(success.claims), due + len(success.claims)
    if success.state is not None and trajectory.gold is not None and plain(trajectory.gold.state or {}):
        reached, due = reached + success.state, due + 1
    return reached / due if due else 0.0


def _calls(trajectory: Trajectory, verdict: Verdict, gold_mode: GoldMode | None) -> tuple[int, int]:
    """How many calls of the best path were made rightly, and how many there are."""
    gold = trajectory.gold
    if gold is None or not any(gold.paths):
        return 0, 0
    if (gold_mode or gold.mode) in _UNCOMPARED:
        gold_mode = "required"
        verdict = classify(trajectory, gold_mode=gold_mode)
    case = build(trajectory, gold_mode)
    if case.match is None:
        return 0, 0
    return sum(_is_right(case, pair.attempt, verdict) for pair in case.match.pairs), case.match.due


def _is_right(case: Case, position: int, verdict: Verdict) -> bool:
    attempt = case.attempts[position]
    if attempt.call.result is not None and is_failure(attempt.call.result):
        return False
    found = (finding for outcome in verdict.outcomes if outcome.error in _OTHER_CALL for finding in outcome.findings)
    return not any(each.tier == "certain" and (each.step, each.call) == (attempt.step, attempt.index) for each in found)
