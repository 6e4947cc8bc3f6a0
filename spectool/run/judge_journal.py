"""A judge's answers while they come in: a line each, written at once into the result folder, gone on with after an end of any kind.

``judge.jsonl`` lies inside the folder that is judged, so that a new classification drops it together with what it is about;
``judge.jsonl.run.json`` says how the answers were made. Answers of two configurations never stand in one file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from spectool.model import Opinion
from spectool.read.record import quoted
from spectool.run.errors import RunError
from spectool.run.journal import SCHEMA_VERSION, Sitting, check_same, journal_as
from spectool.run.judge_record import BUDGET
from spectool.run.outputs import Dropped, Kept, Place, finished

NAME = "judge.jsonl"
_INSTEAD = "pass --overwrite to judge anew"
# Characters kept of a raw answer and of a judge's reason.
LONGEST_ANSWER, LONGEST_WHY = 4_000, 300

Outcome = Literal["found", "nothing", "unusable", "skipped", "failed"]


class JudgeConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that decides what a judge answers about a trajectory and a pattern.

    ``model_files`` is the model's fingerprint, empty where its files are not here; ``prompts`` is a digest of all that is asked; ``budget``
    counts the characters of a trajectory that are shown; ``constrain`` has the engine keep to the answer's JSON Schema.
    """

    model: str
    model_files: str = ""
    engine: str = "transformers"
    engine_version: str = ""
    prompts: str = ""
    dtype: str = "auto"
    quantization: str | None = None
    max_length: int | None = None
    max_new_tokens: int = 400
    budget: int = BUDGET
    constrain: bool = False


class JudgeJournal(msgspec.Struct, frozen=True, kw_only=True):
    """The file beside the answers, as `spectool.run.journal.Journal`; a sitting's episodes are its answers."""

    schema_version: int = SCHEMA_VERSION
    config: JudgeConfig
    sittings: tuple[Sitting, ...] = ()


class Judgement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came of one trajectory and pattern; a line of the file. ``task`` and ``model`` are the trajectory's.

    ``reason`` says why it is ``unusable``, ``skipped`` or ``failed`` (the engine gave no answer; asked again by ``--resume``). ``quote`` is
    the evidence of what was ``found``, at ``step``, ``call`` and the ``line`` of the record. ``left_out`` counts characters that the judge
    was not shown; ``text`` is the answer as it came, its end cut off.
    """

    key: str
    error: str
    task: str
    model: str
    outcome: Outcome
    reason: str = ""
    subtype: str = ""
    step: int | None = None
    call: int | None = None
    tool: str | None = None
    line: int | None = None
    quote: str = ""
    why: str = ""
    left_out: int = 0
    text: str = ""
    prompt_hash: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """Where to go on: the journal, and which trajectories and patterns are done."""

    journal: JudgeJournal
    kept: Kept = Kept()


def answers_path(folder: Path) -> Path:
    """Where the answers of a result folder lie."""
    return folder / NAME


def opened_answers(path: Path, config: JudgeConfig, *, resume: bool, overwrite: bool) -> Answers:
    """Decides what becomes of the answers that are there.

    Raises:
        RunError: they are in the way, or ``resume`` would mix answers of different configurations.
    """
    if not path.exists() or path.stat().st_size == 0:
        return Answers(journal=JudgeJournal(config=config))
    if overwrite:
        path.unlink()
        return Answers(journal=JudgeJournal(config=config))
    if not resume:
        raise RunError(f"{path.parent} was judged already; pass --resume to go on with what is missing, or --overwrite to judge anew")
    journal = journal_as(JudgeJournal, path, _INSTEAD)
    check_same(path, journal.config, config, f"use the same ones, or {_INSTEAD}")
    return Answers(journal=journal, kept=finished(path, _place))


def place_of(key: str, error: str) -> Place:
    """What tells a trajectory and pattern from the others."""
    return f"{error} {key}", 0


def _place(line: bytes) -> Place | Dropped:
    try:
        row = msgspec.json.decode(line, type=Judgement)
    except msgspec.MsgspecError:
        return "damaged"
    return "failed" if row.outcome == "failed" else place_of(row.key, row.error)


def judgements(path: Path) -> Iterator[Judgement]:
    """All that the file holds, in the order written.

    Raises:
        RunError: a line is not as it was written.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield msgspec.json.decode(line, type=Judgement)
            except msgspec.MsgspecError as error:
                raise RunError(f"{path}:{number}: {error}; --resume mends it") from None


def opinion_of(judgement: Judgement, by: str) -> Opinion:
    """What a judgement says in the table ``judged``: at most a candidate, and never clean where there is no answer that can be used."""
    if judgement.outcome == "nothing":
        left_out = f"; {judgement.left_out:,} characters of the record were not shown" if judgement.left_out else ""
        return Opinion(key=judgement.key, error=judgement.error, by=by, message=f"nothing found{left_out}")
    if judgement.outcome != "found":
        told = {"unusable": "unusable answer: ", "failed": "no answer: "}.get(judgement.outcome, "")
        return Opinion(key=judgement.key, error=judgement.error, by=by, skipped=told + judgement.reason)
    step, call = judgement.step, judgement.call
    return Opinion(
        key=judgement.key,
        error=judgement.error,
        by=by,
        subtype=judgement.subtype,
        tier="candidate",
        step=step,
        call=call,
        tool=judgement.tool,
        path=f"$.turns[{step}]" if call is None else f"$.turns[{step}].calls[{call}]",
        message=f"got {quoted(judgement.quote)}: {judgement.why}",
        got=judgement.quote,
        evidence=({"quote": judgement.quote, "line": judgement.line, "left_out": judgement.left_out},),
    )
