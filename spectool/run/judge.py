"""A judge over a result folder: what ``spectool judge`` and scripts call.

A model reads one trajectory at a time and is asked about one pattern at a time. What it says is an opinion beside the findings, of tier
candidate, and only where its quote stands in what the judged model wrote; how far it may be trusted is for people's labels to say
(`spectool.run.judge_agreement`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import msgspec

from spectool import __version__
from spectool.results.filters import EVERYTHING, Filter
from spectool.results.folder import ResultFolderError
from spectool.results.opinions import OPINION_TABLES, write_opinions
from spectool.results.rows import to_json
from spectool.results.store import open_folder
from spectool.run.engines.engine import Completion, Engine, EngineError, check_all_answered
from spectool.run.errors import RunError
from spectool.run.host import host_facts
from spectool.run.journal import Sitting, write_journal
from spectool.run.judge_journal import Answers, JudgeConfig, Judgement, answers_path, judgements, opened_answers, opinion_of, place_of
from spectool.run.judge_progress import JudgeProgress, Tally
from spectool.run.judge_prompt import prompts_digest
from spectool.run.judge_questions import Question, check_patterns, chosen_keys, judged, questions, request_for
from spectool.run.judge_summary import JudgeSummary, summarise
from spectool.run.outputs import Outputs, Writing


def judge_folder(
    folder: Path,
    config: JudgeConfig,
    start: Callable[[], Engine],
    *,
    patterns: Sequence[str] = (),
    choices: Filter = EVERYTHING,
    limit: int | None = None,
    resume: bool = False,
    overwrite: bool = False,
    on_progress: Callable[[JudgeProgress], None] | None = None,
) -> JudgeSummary:
    """Asks about every chosen trajectory and pattern that has no answer yet, and writes all answers as ``judged.parquet``.

    ``start`` loads the engine; it is called only if something is to be asked. What was answered before an interruption is in the table too.

    Args:
        folder: a result folder.
        config: the judge; its ``prompts`` are filled in here.
        start: makes the engine.
        patterns: of ``PATTERNS``; none: all.
        choices: which trajectories.
        limit: the first so many of them; ``None``: all.
        resume: go on with the answers that are there, if they were made with the same configuration; failed ones are asked again.
        overwrite: drop the answers that are there.
        on_progress: hears of every answer.

    Raises:
        ResultFolderError: ``folder`` is none, or was classified anew meanwhile.
        RunError: choices that make no sense, or earlier answers in the way.
        EngineError: the engine can not start or gave up.
    """
    codes = check_patterns(patterns)
    if resume and overwrite:
        raise RunError("--resume goes on with what is there and --overwrite throws it away: choose one")
    stamp = _stamp(folder)
    config = msgspec.structs.replace(config, prompts=prompts_digest())
    path = answers_path(folder)
    with Writing(path):
        answers = opened_answers(path, config, resume=resume, overwrite=overwrite)
        keys = chosen_keys(folder, choices, limit)
        tally = Tally(sum(place_of(key, code) not in answers.kept.done for key in keys for code in codes), on_progress)
        work = questions(folder, keys, codes, answers.kept.done, config.budget)
        try:
            with Outputs(path) as file:
                desk = _Desk(file, path, answers, tally)
                _ask(desk.to_ask(work), desk, config, start, tally)
        finally:
            _publish(folder, stamp, path, config)
        return summarise(folder, config, answers.kept, tally.totals(), judgements(path) if path.exists() else ())


class _Desk:
    """Takes answers as they come: each is in the file when ``keep`` returns."""

    def __init__(self, file: Outputs, path: Path, answers: Answers, tally: Tally) -> None:
        self._file, self._path, self._answers, self._tally = file, path, answers, tally
        # Before any row, so that none is ever without its configuration.
        write_journal(path, answers.journal)

    def keep(self, judgement: Judgement) -> None:
        """One more."""
        self._file.append(to_json(judgement))
        self._tally.add(judgement)

    def to_ask(self, work: Iterator[Question | Judgement]) -> Iterator[Question]:
        """What is left for the judge; the rest is kept on the way."""
        for each in work:
            if isinstance(each, Question):
                yield each
            else:
                self.keep(each)

    def note(self, sitting: Sitting) -> None:
        """Writes down what this sitting did; on a full disk the journal stays as it was."""
        journal = self._answers.journal
        sitting = msgspec.structs.replace(sitting, totals=self._tally.totals())
        with suppress(OSError):
            write_journal(self._path, msgspec.structs.replace(journal, sittings=(*journal.sittings, sitting)))


def _ask(asked: Iterator[Question], desk: _Desk, config: JudgeConfig, start: Callable[[], Engine], tally: Tally) -> None:
    """Has the engine answer, if there is anything to ask."""
    first = next(asked, None)
    if first is None:
        return
    began = datetime.now(UTC).isoformat(timespec="seconds")
    with closing(start()) as engine:
        tally.loaded()
        sitting = Sitting(started=began, spectool=__version__, batch_size=None, details=dict(engine.details), host=host_facts())
        try:
            for question, completion in answered(engine, chain([first], asked), config):
                desk.keep(judged(question, completion))
        except EngineError as error:
            raise EngineError(f"{error}; what was answered is kept, go on with --resume") from error
        finally:
            desk.note(sitting)


def answered(engine: Engine, asked: Iterator[Question], config: JudgeConfig) -> Iterator[tuple[Question, Completion]]:
    """Each question with its completion as they come, with as many under way as the engine wants."""
    under_way: dict[str, Question] = {}
    more = True
    while more or under_way:
        fresh: list[Question] = []
        while more and len(under_way) + len(fresh) < engine.capacity:
            question = next(asked, None)
            more = question is not None
            fresh += [question] if question is not None else []
        under_way |= {each.id: each for each in fresh}
        engine.submit([request_for(each, config) for each in fresh])
        done = engine.finished()
        if not done:
            check_all_answered(engine, under_way)
        for completion in done:
            yield under_way.pop(completion.id), completion


def _publish(folder: Path, stamp: str, path: Path, config: JudgeConfig) -> None:
    """Writes the table of all answers there are.

    Raises:
        ResultFolderError: the folder is another than it was.
    """
    if _stamp(folder) != stamp:
        raise ResultFolderError(f"'{folder}' was classified anew while it was judged, and the answers are of what it was; judge it again")
    if path.exists() and path.stat().st_size:
        write_opinions(folder, "judge", (opinion_of(each, config.model) for each in judgements(path)))
    else:
        # A table without rows would read as a judge that has looked.
        (folder / f"{OPINION_TABLES['judge']}.parquet").unlink(missing_ok=True)


def _stamp(folder: Path) -> str:
    """What changes when the folder is replaced.

    Raises:
        ResultFolderError: ``folder`` is none.
    """
    results = open_folder(folder)
    results.close()
    return results.stamp
