"""BFCL's verdict and first label for a single-turn trajectory, by its published rules and from the model's own text.

Covered are the categories judged by syntax tree (simple, multiple, parallel, parallel_multiple, their live and Java and JavaScript kin),
irrelevance and relevance, of v1 to v4 (v1 and v2 by the rules of v3). Two steps: decoding (``bfcl_text``), which is part of the rule: what
BFCL's decoder does not read is ``ast_decoder:decoder_failed`` although our own reading may recover it; then checking (``bfcl_calls``,
``bfcl_values``). In irrelevance, which v1 called relevance, a text that decodes to at least one call fails, in live relevance one that
does not. Which handler BFCL had for a model is not recorded: the dialect asked for, as the reader found it, stands for it.

No verdict is given where a rule can not be applied: the question is not at hand, the category is of another kind, or BFCL's own checker
would stop with an error.

Source: Patil et al., The Berkeley Function Calling Leaderboard (ICML 2025); rules of the released checker (bfcl-eval 2026.3.23).
"""

from __future__ import annotations

from collections.abc import Mapping

from spectool.classify.compat import bfcl_java_values, bfcl_javascript
from spectool.classify.compat.bfcl_calls import Attempt, Kinds, Slip, calls_slip, python_kinds
from spectool.classify.compat.bfcl_question import asked_of
from spectool.classify.compat.bfcl_text import decoded
from spectool.classify.compat.bfcl_values import Stops
from spectool.classify.compat.python_text import Decoded, Undecodable
from spectool.classify.compat.ruling import PASSED, Ruling
from spectool.model import Step, Task, Trajectory

_SINGLE_TURN = ("simple", "simple_python", "java", "javascript", "multiple", "parallel", "relevance")
_V1_IRRELEVANCE = "relevance"
_EXECUTED = "exec"  # categories of v1 and v2 that were judged by running the calls
_KINDS: Mapping[str, Kinds] = {"python": python_kinds, "java": bfcl_java_values.kinds, "javascript": bfcl_javascript.kinds}
_OK = Ruling(passed=True, label=PASSED)


def is_single_turn(category: str) -> bool:
    """Whether BFCL judges a category by the calls of one turn alone."""
    return category.endswith(_SINGLE_TURN) and not category.startswith(_EXECUTED)


def rule(trajectory: Trajectory, task: Task | None) -> Ruling:
    """BFCL's verdict on ``trajectory``.

    Args:
        trajectory: one attempt, as any reader gives it; its first assistant turn is judged.
        task: its question as the BFCL reader gives it; needed for all but irrelevance and relevance.
    """
    category = _category(trajectory, task)
    step = _first_step(trajectory)
    if step is None or not is_single_turn(category):
        return _unsaid(f"expected a single-turn category of BFCL, got '{category[:80]}'")
    if category.endswith("relevance"):
        return _relevance(*_decoded(trajectory, task, step, "python"), category)
    tried = attempt(trajectory, task)
    return ruled(tried) if tried else _unsaid("expected the question with its possible answers; pass --tasks with BFCL's dataset folder")


def attempt(trajectory: Trajectory, task: Task | None) -> Attempt | None:
    """The turn decoded, beside its question; ``None`` where there is no turn or the question has no possible answers."""
    step = _first_step(trajectory)
    # Without gold the results are of another generation than the question, and ids were given anew.
    asked = asked_of(task, _category(trajectory, task)) if trajectory.gold is not None else None
    if step is None or asked is None or not asked.answers:
        return None
    calls, problem = _decoded(trajectory, task, step, asked.language)
    return Attempt(asked, calls, problem, _KINDS[asked.language], renamed=step.dialect == "native")


def ruled(tried: Attempt) -> Ruling:
    """BFCL's verdict on calls that are due."""
    if tried.problem:
        return _failed(Slip("ast_decoder:decoder_failed", tried.problem))
    if tried.calls is None or not all(isinstance(arguments, Mapping) for _, arguments in tried.calls):
        return _failed(Slip("ast_decoder:decoder_wrong_output_format", "expected calls with arguments as an object, got something else"))
    try:
        slip = calls_slip(tried, tried.calls)
    except Stops as stop:
        return _unsaid(str(stop))
    return _OK if slip is None else _failed(slip)


def _first_step(trajectory: Trajectory) -> Step | None:
    return next((turn for turn in trajectory.turns if isinstance(turn, Step)), None)


def _category(trajectory: Trajectory, task: Task | None) -> str:
    return str(trajectory.meta.get("category") or (task.meta.get("category") if task else None) or "")


def _decoded(trajectory: Trajectory, task: Task | None, step: Step, language: str) -> tuple[Decoded | None, str]:
    """The calls as BFCL decodes them, and why it does not."""
    before_v4 = _generation(trajectory, task) != "v4"
    try:
        return decoded(step, trajectory.request.dialect, language=language, before_v4=before_v4), ""
    except Undecodable as error:
        return None, str(error)


def _generation(trajectory: Trajectory, task: Task | None) -> str:
    """``v1`` to ``v4``; the current decoder is taken where nothing says which."""
    return str(trajectory.meta.get("generation") or (task.meta.get("generation") if task else None) or "v4")


def _relevance(calls: Decoded | None, problem: str, category: str) -> Ruling:
    due = not category.endswith("irrelevance") and category != _V1_IRRELEVANCE
    called = bool(calls) and all(isinstance(arguments, Mapping) for _, arguments in calls or ())
    if called is due:
        return _OK
    if due or not calls:
        return _failed(Slip("relevance_error:decoder_failed", problem or "expected a call, got none"))
    name = "relevance" if category == _V1_IRRELEVANCE else "irrelevance"
    return _failed(Slip(f"{name}_error:decoder_success", f"expected no call, got one of '{calls[0][0][:80]}'"))


def _failed(slip: Slip) -> Ruling:
    return Ruling(passed=False, label=slip.label, reason=slip.reason, sub_labels=slip.sub_labels)


def _unsaid(reason: str) -> Ruling:
    return Ruling(passed=None, reason=reason)
