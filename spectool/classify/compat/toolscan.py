"""ToolScan's accuracies of one trajectory, computed from our findings by the paper's formulas.

For IAV, IAN, IAT, RAC, IFN and IFE it is (N - errors) / N with N = 10, the paper's limit of steps, and never below 0; for IAC it is the
share of the gold calls that bind which were made, 1 where none binds. Success is the mean of the seven where the agent finished, else 0.
A missing required argument counts under names, as in the released code; our own counts keep it under values (decision 6 of the
taxonomy). Errors are findings that count against the model. A pattern that could not be judged has no accuracy, and without all seven
there is no success.

The agent *finished* unless it was stopped: by a limit, an engine's length stop or an error, or while its calls still waited for results
in a conversation where earlier ones had got theirs. A single turn is finished.

Not taken over from the released code are its faults: format errors counted twice, a stale feedback that blocks the finish, optional
arguments counted as wrong, and no points at all where no call could be executed.

Source: Kokane et al., SpecTool (arXiv 2411.13547v1), section on metrics; its code for where a missing argument counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.compat.ruling import METRICS, Ruling
from spectool.classify.counted import counts
from spectool.model import Finding, Message, Outcome, Step, Trajectory, Verdict

STEPS = 10
"""The paper's limit of steps, which is its number of chances to err."""
SUCCESS = METRICS[-1]
SEVEN = METRICS[:-1]
NO_SUCCESS = "no success: "
"""How the reason begins where the paper's success is lacking."""
_MISSING = ("IAV", "missing_required")
_STOPPED = frozenset({"budget_limit", "truncated", "inference_error"})
_CUT_OFF = frozenset({"length", "max_tokens", "error"})


def rule(trajectory: Trajectory, verdict: Verdict) -> Ruling:
    """The accuracies of ``trajectory``, whose findings are in ``verdict``."""
    outcomes = {outcome.error: outcome for outcome in verdict.outcomes}
    errors = dict.fromkeys(SEVEN, 0)
    for finding in _counted(verdict):
        code = "IAN" if (finding.error, finding.subtype) == _MISSING else finding.error
        if code in errors:
            errors[code] += 1
    scores = {code: max(STEPS - errors[code], 0) / STEPS for code in SEVEN if code != "IAC" and _is_judged(outcomes.get(code))}
    calls = outcomes.get("IAC")
    if calls is not None and _is_judged(calls):
        scores["IAC"] = max(calls.assessed - errors["IAC"], 0) / calls.assessed if calls.assessed else 1.0
    lacking = [code for code in SEVEN if code not in scores]
    if not lacking:
        scores[SUCCESS] = sum(scores[code] for code in SEVEN) / len(SEVEN) if finished(trajectory, verdict) else 0.0
    reason = f"{NO_SUCCESS}{', '.join(lacking)} could not be judged" if lacking else ""
    return Ruling(passed=None, reason=reason, scores=scores)


def finished(trajectory: Trajectory, verdict: Verdict) -> bool:
    """Whether the agent came to an end of its own."""
    steps = [turn for turn in trajectory.turns if isinstance(turn, Step)]
    if not steps or steps[-1].finish_reason in _CUT_OFF or any(finding.error in _STOPPED for finding in _counted(verdict)):
        return False
    answered = any(call.result is not None for step in steps for call in step.calls) or any(
        isinstance(turn, Message) and turn.role == "tool" for turn in trajectory.turns
    )
    waiting = [call for call in steps[-1].calls if call.result is None]
    return not (answered and len(steps) > 1 and waiting and trajectory.turns[-1] is steps[-1])


def _counted(verdict: Verdict) -> Iterator[Finding]:
    return (finding for outcome in verdict.outcomes for finding in outcome.findings if counts(finding))


def _is_judged(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.skipped is None
