"""Labels in and out of a result folder: JSON lines, which lose nothing, and Inspect Scout's validation CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from spectool.model import Rejected
from spectool.results.labels import Labels
from spectool.results.labels_answers import answered
from spectool.results.labels_entry import Entry
from spectool.results.labels_file import LabelsError
from spectool.results.labels_folder import Standing, names_of, standing, with_seen
from spectool.results.labels_jsonl import read_jsonl, write_jsonl
from spectool.results.labels_rows import Read, read_rows
from spectool.results.labels_scout import write_scout
from spectool.results.store import open_folder
from spectool.results.tables import connect
from spectool.results.told import many

Format = Literal["jsonl", "scout"]


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file: entries ``added``, entries (of Scout's file: rows) ``known`` already, bad rows.

    ``unknown``: columns that name no pattern of ours. ``elsewhere``: trajectories that the folder does not hold; their labels are kept.
    """

    added: int
    known: int
    rejected: tuple[Rejected, ...] = ()
    unknown: tuple[str, ...] = ()
    elsewhere: int = 0


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """How much was ``written``; ``left_out`` names each trajectory that was not, and why; ``named_by`` says what ``id`` holds."""

    written: int
    left_out: tuple[str, ...] = ()
    named_by: str = "key"


def format_of(path: Path) -> Format:
    """By the file's ending: ``.csv`` is Scout's, everything else JSON lines."""
    return "scout" if path.suffix.lower() == ".csv" else "jsonl"


def import_labels(folder: Path, path: Path, *, annotator: str = "", pattern: str = "") -> Imported:
    """Keeps the labels of a file in the folder's ``labels.sqlite``; a bad row is told and costs no other.

    Args:
        folder: the result folder.
        path: the file.
        annotator: whose labels they are, where a row does not say.
        pattern: what a Scout file's ``target`` column is about.

    Raises:
        LabelsError: the file is none of labels, or the labels can not be written.
        ResultFolderError: ``folder`` is no result folder.
        OSError: the file can not be read.
    """
    labels = Labels(folder)
    read = read_labels(folder, path, annotator=annotator, pattern=pattern, held=labels.current())
    kept = labels.keep(read.entries)
    refused = [Rejected(source=path.name, line=None, reason=f"{path.name}: {reason}", head=entry.id) for entry, reason in kept.refused]
    rejected = (*read.rejected, *refused)
    return Imported(added=kept.added, known=kept.known + read.known, rejected=rejected, unknown=read.unknown, elsewhere=read.elsewhere)


def read_labels(folder: Path, path: Path, *, annotator: str = "", pattern: str = "", held: Iterable[Entry] = ()) -> Read:
    """What a file says of the folder's trajectories; of a Scout file only what ``held`` does not say already. Nothing is kept.

    Raises:
        LabelsError, ResultFolderError, OSError: as ``import_labels``.
    """
    open_folder(folder).close()
    with connect(folder.resolve()) as connection:
        if format_of(path) == "jsonl":
            return _lines(connection, read_jsonl(path, annotator))
        return read_rows(connection, path, annotator=annotator, pattern=pattern, held=held)


def _lines(connection: Any, found: Iterable[Entry | Rejected]) -> Read:
    entries: list[Entry] = []
    rejected: list[Rejected] = []
    for each in found:
        if isinstance(each, Rejected):
            rejected.append(each)
        else:
            entries.append(each)
    elsewhere = standing(connection, entries).gone
    return Read(entries=with_seen(connection, entries), rejected=tuple(rejected), elsewhere=elsewhere)


def export_labels(
    folder: Path, *, to: Format = "jsonl", annotator: str = "", history: bool = False, patterns: Sequence[str] = ()
) -> tuple[bytes, Exported]:
    """The labels of a folder as a file.

    Args:
        folder: the result folder.
        to: ``jsonl`` has every entry that holds, ``scout`` a row a finished trajectory.
        annotator: only this person's; ``scout`` needs it where several labelled.
        history: whether JSON lines hold what was taken back or replaced, too.
        patterns: Scout's columns; none are the patterns that a finished trajectory answers.

    Raises:
        LabelsError: the labels can not be read, ``annotator`` said nothing, or ``scout`` has several people's to write.
        ResultFolderError: ``folder`` is no result folder.
    """
    open_folder(folder).close()
    labels = Labels(folder)
    if annotator:
        _check_known(labels, annotator)
    if to == "jsonl":
        entries = [each for each in (labels.history() if history else labels.current()) if annotator in ("", each.annotator)]
        return b"".join(write_jsonl(entries)), Exported(written=len(entries))
    people = [annotator] if annotator else list(labels.annotators())
    if len(people) > 1:
        raise LabelsError(
            f"Scout's file holds one answer a trajectory, and {len(people)} people labelled; pass --annotator: {', '.join(people)}"
        )
    with connect(folder.resolve()) as connection:
        fit = standing(connection, labels.current(people[0]) if people else ())
        answers = answered(fit.entries)
        named_by, names = names_of(connection, [each.key for each in answers])
    data, left_out = write_scout(answers, names, patterns)
    begun = {entry.key for entry in fit.entries} - {each.key for each in answers}
    reasons = (*left_out, *(f"{key}: not finished" for key in sorted(begun)), *_unfit(fit))
    return data, Exported(written=len(answers) - len(left_out), left_out=reasons, named_by=named_by)


def _check_known(labels: Labels, annotator: str) -> None:
    if annotator not in (known := sorted({each.annotator for each in labels.history()})):
        raise LabelsError(f"no labels of '{annotator[:80]}' in this folder; there are those of {', '.join(known) or 'nobody'}")


def _unfit(fit: Standing) -> Iterator[str]:
    if fit.gone:
        yield f"{many(fit.gone, 'trajectory', 'trajectories')} no longer in the folder"
    if fit.altered:
        yield f"{many(fit.altered, 'trajectory', 'trajectories')} labelled when the folder held another output there"
