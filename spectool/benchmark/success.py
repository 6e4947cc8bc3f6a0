"""Whether an attempt succeeded: every claim of the answer told and the end state reached; what else decides where gold has neither.

For tasks of our benchmark (they name environments): every atomic claim of ``gold.answer`` is told in what the model said, and the end
state is ``gold.state``; none, or an empty one, means that nothing may be changed. Where the gold has neither claims nor a state, the
verdict decides, and still nothing may be changed. Where information is missing the model must also have asked for it, and where no call is
due it must have said something.
Attempts at other tasks succeed by their harness's reward, else by our verdict and the claims.

Claims are words compared, so two ways to tell them without knowing them are closed: an answer without any executed call where every gold
path has calls is a guess, and one that tells figures by the hundred tells none.

A run that its engine could not finish is not scored: it says nothing of the model.

Source: tau-bench (Yao et al., arXiv 2406.12045), which judges by database state and by what the agent told the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from spectool.benchmark.end_state import EndState, acted, end_state, plain
from spectool.classify.claims import told
from spectool.classify.classify import PASSING_REWARD
from spectool.classify.figures import numbers_in, spoken_numbers
from spectool.model import Gold, Step, Trajectory, Verdict

Basis = Literal["answer and end state", "end state", "our verdict and end state", "reward", "our verdict and answer", "our verdict", ""]
MISSING_INFORMATION = "missing_information"
ENGINE_FAILED = "the engine failed"
NO_GOLD = "neither gold nor a reward"
NO_VERDICT = "no verdict: the gold names no calls, or calls were cut off or lost, which is charged to nobody"
NOT_AS_GOLD = "calls that the gold does not allow, or lacks"
GUESSED = "an answer without any executed call is a guess"
SAID_NOTHING = "no call is due, and nothing was said"
UNCHECKED = "scored by our verdict and the claims; the end state was not checked, as the task names no environments (meta.world)"
MOST_FIGURES = 200
"""More different figures than these tell no claim. Of our 310 tasks, perfect answers tell 8 at most, one result holds 68, and all
that one run gets to read holds 92: whoever tells twice that lists what might be right."""
_TOO_MANY = f"more than {MOST_FIGURES} different figures told, which tells none"
# Ends of sentences that ask nothing about the task.
_COURTESY = re.compile(
    r"\b(?:anything else|something else|else (?:i|you|that)|further (?:help|assistance|questions)|other questions)\b", re.I
)
_LET_ME_KNOW = r"let me know\b(?! if\b| whether\b)"
_REQUEST = re.compile(
    r"\b(?:please|kindly|(?:could|can|would) you)\b(?! note\b)[^.!?\n]{0,80}?\b"
    rf"(?:provide|tell|specify|give|share|confirm|clarify|state|send|enter|name|choose|pick|indicate|supply|{_LET_ME_KNOW})\b"
    rf"|\b{_LET_ME_KNOW}|\btell me\b"
    r"|\b(?:i|we)(?:['’](?:ll|d)| will| would)?(?: also| still| just| only)? (?:need|require)\b(?! to\b(?! know))",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


class Success(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an attempt succeeded, ``None`` where nothing could decide it, and by what.

    ``why``: the first reason it failed or could not be scored; ``claims`` says of each claim whether it was told; ``state`` whether the end
    state is the gold's, ``None`` where there is no world; ``remarks`` of the end state.
    """

    value: bool | None
    basis: Basis = ""
    why: str = ""
    claims: tuple[bool, ...] = ()
    state: bool | None = None
    remarks: tuple[str, ...] = ()


def success(trajectory: Trajectory, verdict: Verdict) -> Success:
    """Whether ``trajectory`` succeeded; ``verdict`` is what was found in it."""
    if trajectory.meta.get("stopped") == "error":
        return Success(value=None, why=ENGINE_FAILED)
    end = end_state(trajectory)
    if end is not None:
        return _in_world(trajectory, verdict, end)
    claims, untold = _claims(trajectory, acted(trajectory))
    if trajectory.reward is not None:
        return Success(value=trajectory.reward >= PASSING_REWARD, basis="reward", claims=claims)
    if verdict.passed is None:
        return Success(value=None, why=NO_GOLD if trajectory.gold is None else NO_VERDICT, claims=claims)
    basis: Basis = "our verdict and answer" if claims else "our verdict"
    why = NOT_AS_GOLD if not verdict.passed else untold
    return Success(value=not why, basis=basis, why=why, claims=claims, remarks=(UNCHECKED,))


def told_by(trajectory: Trajectory) -> str:
    """All that the model told the user, the answers with which it finished included."""
    texts = [text for step in _steps(trajectory) for text in (step.text, *_answers(step, trajectory.request.finish))]
    return "\n".join(dict.fromkeys(text for text in texts if text))


def asks(trajectory: Trajectory) -> bool:
    """Whether the model asked the user for something and waited: in a step without calls, or in the answer with which it finished."""
    finish = trajectory.request.finish
    texts = [text for step in _steps(trajectory) for text in ((step.text,) if not step.calls else _answers(step, finish))]
    return any(_is_question(sentence) for text in texts for sentence in _SENTENCE.split(text))


def _steps(trajectory: Trajectory) -> Iterator[Step]:
    return (turn for turn in trajectory.turns if isinstance(turn, Step))


def _answers(step: Step, finish: str | None) -> Iterator[str]:
    for call in step.calls:
        answer = (call.arguments or {}).get("answer") if call.name == finish else None
        if isinstance(answer, str):
            yield answer


def _is_question(sentence: str) -> bool:
    if _COURTESY.search(sentence):
        return False
    return sentence.rstrip(" *_\"')”").endswith("?") or _REQUEST.search(sentence) is not None


def _in_world(trajectory: Trajectory, verdict: Verdict, end: EndState) -> Success:
    gold = trajectory.gold
    if gold is None:
        return Success(value=None, why=NO_GOLD, remarks=end.remarks)
    if end.changes is None:
        return Success(value=None, why=end.why, remarks=end.remarks)
    wanted = plain(gold.state or {})
    reached = end.changes == wanted
    claims, untold = _claims(trajectory, end.acted)
    by_verdict = not claims and not wanted
    if by_verdict and verdict.passed is None and reached:
        return Success(value=None, why=NO_VERDICT, state=reached, remarks=end.remarks)
    why = [] if reached else ["another end state" if wanted else "changed what was to stay"]
    why += [untold] if untold else []
    why += [NOT_AS_GOLD] if by_verdict and not verdict.passed else []
    why += _unspoken(trajectory, gold, end)
    basis: Basis = "our verdict and end state" if by_verdict else "answer and end state" if claims else "end state"
    return Success(value=not why, basis=basis, why=why[0] if why else "", claims=claims, state=reached, remarks=end.remarks)


def _claims(trajectory: Trajectory, acted: bool) -> tuple[tuple[bool, ...], str]:
    """Which claims are told, and why not all are, if so."""
    gold = trajectory.gold
    if gold is None or not gold.answer:
        return (), ""
    words, none = told_by(trajectory), (False,) * len(gold.answer)
    if len({*numbers_in(words), *spoken_numbers(words)}) > MOST_FIGURES:
        return none, _TOO_MANY
    claims = told(gold.answer, words)
    if not any(claims):
        return claims, "all claims untold"
    if _is_call_due(gold) and not acted:
        return none, GUESSED
    return claims, "" if all(claims) else "some claims untold"


def _unspoken(trajectory: Trajectory, gold: Gold, end: EndState) -> Iterator[str]:
    """What an attempt lacks whatever its claims and its end state are."""
    if _is_call_due(gold) and not end.acted:
        yield GUESSED
    if gold.paths and not all(gold.paths) and not told_by(trajectory).strip():
        yield SAID_NOTHING
    if trajectory.meta.get("category") == MISSING_INFORMATION and not asks(trajectory):
        yield "no question to the user"


def _is_call_due(gold: Gold) -> bool:
    return bool(gold.paths) and all(gold.paths)
