"""Which trajectories and patterns of a result folder a judge is asked about, and what the answers become."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from spectool.model import Step, Trajectory
from spectool.results.filters import Filter, on_findings, on_trajectories
from spectool.results.restore import trajectory_from
from spectool.results.tables import connect, rows
from spectool.run.engines.engine import Completion, CompletionRequest, Sampling
from spectool.run.errors import RunError
from spectool.run.judge_answer import Unusable, read_answer
from spectool.run.judge_journal import LONGEST_ANSWER, LONGEST_WHY, JudgeConfig, Judgement, Outcome, place_of
from spectool.run.judge_prompt import PATTERNS, answer_schema, messages_for
from spectool.run.judge_record import Record, record_of
from spectool.run.judge_scope import unjudgeable
from spectool.run.outputs import Place

# Trajectories held at once.
BATCH = 64


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One trajectory and one pattern to ask about, as the judge is shown them."""

    error: str
    trajectory: Trajectory
    record: Record

    @property
    def id(self) -> str:
        """Of its request."""
        return f"{self.trajectory.key}/{self.error}"


def check_patterns(patterns: Sequence[str]) -> tuple[str, ...]:
    """The patterns to judge, each once, in the order of the taxonomy; none named: all that a judge decides.

    Raises:
        RunError: a judge decides no such pattern.
    """
    for name in patterns:
        if name not in PATTERNS:
            raise RunError(f"a judge decides no pattern '{name[:80]}'; it decides {', '.join(PATTERNS)}")
    return tuple(each for each in PATTERNS if each in patterns or not patterns)


def chosen_keys(folder: Path, choices: Filter, limit: int | None) -> list[str]:
    """Keys of the trajectories that ``choices`` leave, in the order of the folder, the first ``limit``."""
    where, found = on_trajectories(choices), on_findings(choices)
    with_finding = f" AND t.key IN (SELECT f.key FROM findings f WHERE {found.sql})" if choices.chooses_findings else ""
    values = [*where.values, *(found.values if with_finding else ())]
    cut = "" if limit is None else f" LIMIT {int(limit)}"
    with connect(folder.resolve()) as connection:
        statement = f"SELECT t.key FROM trajectories t WHERE {where.sql}{with_finding} ORDER BY t.row{cut}"
        return [row["key"] for row in rows(connection, statement, values)]


def questions(
    folder: Path, keys: Sequence[str], patterns: Sequence[str], done: Collection[Place], budget: int
) -> Iterator[Question | Judgement]:
    """What is to be asked, or why it can not be, for every key and pattern that is not ``done``, a trajectory's beside each other."""
    missing = [key for key in keys if any(place_of(key, error) not in done for error in patterns)]
    with connect(folder.resolve()) as connection:
        for start in range(0, len(missing), BATCH):
            for trajectory in _read(connection, missing[start : start + BATCH]):
                open_ = [error for error in patterns if place_of(trajectory.key, error) not in done]
                yield from _about(trajectory, open_, budget)


def _read(connection: Any, keys: list[str]) -> list[Trajectory]:
    """The trajectories of ``keys``, in that order."""
    marks = ", ".join("?" * len(keys))
    found = {row["key"]: row for row in rows(connection, f"SELECT * FROM trajectories WHERE key IN ({marks})", list(keys))}
    hashes = sorted({row["tools_hash"] for row in found.values() if row["tools_hash"] is not None})
    marks = ", ".join("?" * len(hashes)) or "NULL"
    tools = {row["hash"]: row["tools"] for row in rows(connection, f"SELECT hash, tools FROM tools WHERE hash IN ({marks})", list(hashes))}
    return [trajectory_from(found[key], tools.get(found[key]["tools_hash"], "[]")) for key in keys]


def _about(trajectory: Trajectory, patterns: Sequence[str], budget: int) -> Iterator[Question | Judgement]:
    record = record_of(trajectory, budget)
    for error in patterns:
        reason = unjudgeable(error, trajectory)
        if reason is None and record is None:
            reason = f"too many turns for a budget of {budget:,} characters"
        if reason is not None:
            yield judgement_of(trajectory, error, "skipped", reason)
        elif record is not None:
            yield Question(error=error, trajectory=trajectory, record=record)


def judgement_of(trajectory: Trajectory, error: str, outcome: Outcome, reason: str) -> Judgement:
    """What came of a trajectory and pattern, without an answer."""
    task = trajectory.task or trajectory.id
    return Judgement(key=trajectory.key, error=error, task=task, model=trajectory.model, outcome=outcome, reason=reason)


def request_for(question: Question, config: JudgeConfig) -> CompletionRequest:
    """The request of a question; greedy, so that it can be repeated."""
    return CompletionRequest(
        id=question.id,
        messages=messages_for(question.error, question.record),
        sampling=Sampling(max_new_tokens=config.max_new_tokens),
        schema=answer_schema(question.error) if config.constrain else None,
    )


def judged(question: Question, completion: Completion) -> Judgement:
    """What came of a question."""
    given = msgspec.structs.replace(
        judgement_of(question.trajectory, question.error, "failed", completion.error or ""),
        left_out=question.record.left_out,
        text=completion.text[:LONGEST_ANSWER],
        prompt_hash=completion.prompt_hash,
        prompt_tokens=completion.prompt_tokens,
        completion_tokens=completion.completion_tokens,
        seconds=round(completion.seconds, 3),
    )
    return given if completion.error is not None else _understood(question, completion, given)


def _understood(question: Question, completion: Completion, given: Judgement) -> Judgement:
    answer = read_answer(question.error, completion.text, question.record, cut_off=completion.finish_reason == "length")
    if isinstance(answer, Unusable):
        return msgspec.structs.replace(given, outcome="unusable", reason=answer.reason)
    why = answer.why[:LONGEST_WHY]
    if answer.line is None or answer.line.step is None:
        return msgspec.structs.replace(given, outcome="nothing", why=why)
    step, call = answer.line.step, answer.line.call
    turn = question.trajectory.turns[step]
    tool = turn.calls[call].name if isinstance(turn, Step) and call is not None else None
    place = {"step": step, "call": call, "tool": tool, "line": answer.line.number}
    return msgspec.structs.replace(given, outcome="found", subtype=answer.subtype, quote=answer.quote, why=why, **place)
