"""The result folders of a report: each opened, named once, with what its reader must know."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from spectool.results.folder import ResultFolderError
from spectool.results.notes import notes_of
from spectool.results.store import open_folder


class Folder(msgspec.Struct, frozen=True, kw_only=True):
    """One result folder: what it was made of, and what its reader must know (``notes``)."""

    path: str
    created: str
    inputs: tuple[str, ...]
    trajectories: int
    rejected: int
    notes: tuple[str, ...]


def read_folders(folders: Sequence[Path]) -> tuple[Folder, ...]:
    """Each folder, in the order given.

    Raises:
        ResultFolderError: one is no result folder, or is given twice.
    """
    seen = [folder.resolve() for folder in folders]
    if again := [str(folder) for place, folder in enumerate(folders) if seen[place] in seen[:place]]:
        raise ResultFolderError(f"'{again[0]}' is given twice, and its attempts would count twice; name each result folder once")
    return tuple(map(_read, folders))


def _read(path: Path) -> Folder:
    with closing(open_folder(path)) as results:
        summary = results.summary()
    return Folder(
        path=str(path),
        created=summary.created,
        inputs=tuple(each.path for each in summary.inputs),
        trajectories=summary.counts.trajectories,
        rejected=summary.counts.rejected,
        notes=notes_of(summary.counts, summary.models),
    )
