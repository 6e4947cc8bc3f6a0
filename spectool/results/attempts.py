"""Attempts with their verdicts, from result folders as they are and from outputs, which are classified on the way; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from spectool.classify.classify import classify_batch
from spectool.model import GoldMode, Rejected, Trajectory, Verdict
from spectool.results.folder import is_result_folder
from spectool.results.reread import reread
from spectool.results.store import open_folder
from spectool.results.stream import Reading, read_batches


class Attempted(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt and what was found in it; ``gold_mode`` is the one it was judged by where that is not the gold's own."""

    trajectory: Trajectory
    verdict: Verdict
    gold_mode: GoldMode | None = None


def attempts(
    paths: Sequence[str | Path], reading: Reading, refuse: Callable[[Rejected], None], gold_mode: GoldMode | None = None
) -> Iterator[Attempted]:
    """Every attempt below ``paths``, in order; ``refuse`` is told of records that could not be read.

    A result folder keeps the verdicts it was written with; ``reading`` and ``gold_mode`` are for outputs.

    Raises:
        FormatError: a path does not exist or holds no data file.
        ResultFolderError: a result folder is of another version or lacks a file.
    """
    for path in paths:
        if is_result_folder(Path(path)):
            yield from _kept(Path(path))
            continue
        for batch in read_batches([path], reading):
            for rejected in batch.rejected:
                refuse(rejected)
            verdicts = classify_batch(batch.trajectories, gold_mode=gold_mode)
            for trajectory, verdict in zip(batch.trajectories, verdicts, strict=True):
                yield Attempted(trajectory=trajectory, verdict=verdict, gold_mode=gold_mode)


def _kept(folder: Path) -> Iterator[Attempted]:
    results = open_folder(folder)
    settings = results.summary().settings
    results.close()
    mode = msgspec.convert(settings.gold_mode, GoldMode | None)
    for trajectory, verdict in reread(folder):
        yield Attempted(trajectory=trajectory, verdict=verdict, gold_mode=mode)
