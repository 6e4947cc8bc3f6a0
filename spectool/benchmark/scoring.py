"""Result folders and outputs scored: what ``spectool score`` and scripts call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from spectool.benchmark.score import Scored, Slice, score
from spectool.benchmark.scoreboard import Scoreboard, scoreboard
from spectool.model import GoldMode, Rejected
from spectool.results.attempts import attempts
from spectool.results.pipeline import reading_of
from spectool.results.stream import uncollected
from spectool.results.tally import NothingRead, place

SHOWN_REASONS = 3


def score_paths(
    paths: Sequence[str | Path],
    *,
    by: Slice | None = None,
    tasks: Sequence[str | Path] = (),
    gold_mode: GoldMode | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Scoreboard:
    """Scores every attempt below ``paths``.

    Args:
        paths: result folders, outputs of any format, or ``-``.
        by: score the parts of each model, too.
        tasks: files or folders whose tools, gold and requests are joined by id to outputs that carry none.
        gold_mode: how strictly gold binds in outputs; ``None`` takes each gold's own mode. Result folders keep theirs.
        progress: called with a model's name and the number of attempts so far.

    Raises:
        FormatError: an input does not exist or holds no data file.
        ResultFolderError: a result folder cannot be read.
        NothingRead: not one attempt was readable.
    """
    reading, unread = reading_of(tasks, None, None)
    rejected: list[Rejected] = list(unread)
    scored: list[Scored] = []
    with uncollected():
        for attempt in attempts(paths, reading, rejected.append, gold_mode):
            scored.append(score(attempt))
            if progress is not None:
                progress(attempt.trajectory.model, len(scored))
    reasons = [place(each) for each in rejected]
    if not scored:
        told = "\n  ".join(reasons[:SHOWN_REASONS]) or "the input holds no records"
        raise NothingRead(f"no readable record\n  {told}")
    return scoreboard(scored, by, reasons)
