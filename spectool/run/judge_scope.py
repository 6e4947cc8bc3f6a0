"""Whether there is anything to judge: a pattern that a trajectory gives no occasion for is skipped, with the reason, and not clean."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spectool.model import Message, Step, Trajectory


def unjudgeable(code: str, trajectory: Trajectory) -> str | None:
    """Why the pattern ``code`` can not be judged here; ``None`` where it can."""
    if not any(isinstance(turn, Step) for turn in trajectory.turns):
        return "the assistant took no turn"
    return _CHECKS[code](trajectory)


def _no_results(trajectory: Trajectory) -> str | None:
    """A result is misused by what follows it."""
    answered = [place for place, turn in enumerate(trajectory.turns) if _holds_a_result(turn)]
    if not answered:
        return "no tool results"
    last = max(place for place, turn in enumerate(trajectory.turns) if isinstance(turn, Step))
    return None if answered[0] < last else "nothing follows the tool results"


def _holds_a_result(turn: Message | Step) -> bool:
    if isinstance(turn, Step):
        return any(call.result is not None for call in turn.calls)
    return turn.role == "tool"


def _no_statement(trajectory: Trajectory) -> str | None:
    said = any(isinstance(turn, Step) and turn.text.strip() for turn in trajectory.turns)
    return None if said else "the assistant says nothing"


def _no_rules(trajectory: Trajectory) -> str | None:
    stated = any(isinstance(turn, Message) and turn.role == "system" and turn.content.strip() for turn in trajectory.turns)
    return None if stated else "no instructions or policy"


def _no_call(trajectory: Trajectory) -> str | None:
    called = any(isinstance(turn, Step) and turn.calls for turn in trajectory.turns)
    return _no_request(trajectory) or (None if called else "no calls")


def _no_request(trajectory: Trajectory) -> str | None:
    asked = any(isinstance(turn, Message) and turn.role == "user" and turn.content.strip() for turn in trajectory.turns)
    return None if asked else "no user request"


_CHECKS: Mapping[str, Callable[[Trajectory], str | None]] = {
    "result_misuse": _no_results,
    "fabricated_output": _no_statement,
    "policy_violation": _no_rules,
    "missing_clarification": _no_call,
    "misread_task": _no_request,
}
