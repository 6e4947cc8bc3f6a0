"""Result folders and outputs scored: what ``spectool score`` and scripts call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import quote

from spectool.benchmark.score import Scored, Slice, score
from spectool.benchmark.scoreboard import Scoreboard, scoreboard
from spectool.model import GoldMode, Rejected
from spectool.read.source import FormatError, open_path
from spectool.results.attempts import attempts
from spectool.results.folder import MARKER, is_result_folder
from spectool.results.pipeline import reading_of
from spectool.results.stream import uncollected
from spectool.results.tally import NothingRead, place

SHOWN_REASONS = 3
SHOWN_FOLDERS = 5


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
        FormatError: an input does not exist or holds no data file, or is a folder that merely holds result folders.
        ResultFolderError: a result folder cannot be read.
        NothingRead: not one attempt was readable.
    """
    for path in paths:
        _refuse_folder_of_results(Path(path))
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


def _refuse_folder_of_results(path: Path) -> None:
    """Result folders are named one by one: which of those that lie together are to be compared, only the caller knows."""
    if not path.is_dir() or is_result_folder(path):
        return
    found = sorted(marker.parent for marker in path.rglob(MARKER) if is_result_folder(marker.parent))
    if found and not any(set(found).isdisjoint(source.path.parents) for source in open_path(path) if source.path is not None):
        more = f" and {len(found) - SHOWN_FOLDERS} more" if len(found) > SHOWN_FOLDERS else ""
        named = " ".join(map(quote, map(str, found[:SHOWN_FOLDERS])))
        raise FormatError(f"{path}: expected a result folder or outputs, got a folder of result folders; name them: {named}{more}")
