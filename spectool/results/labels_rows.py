"""From the rows of Inspect Scout's validation file to labels: only what they say anew, so that a file read twice changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from spectool.model import Rejected
from spectool.read.record import quoted
from spectool.results.labels_answers import asked, comment_of, looked_at, seen_in
from spectool.results.labels_entry import POSITIVE, Entry, Says, checked
from spectool.results.labels_file import LabelsError
from spectool.results.labels_folder import keys_of, seen_now
from spectool.results.labels_scout import Row, read_scout


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds: entries, bad rows, columns of no pattern of ours; ``known`` rows said nothing new.

    ``elsewhere``: trajectories that the folder does not hold.
    """

    entries: tuple[Entry, ...]
    rejected: tuple[Rejected, ...] = ()
    unknown: tuple[str, ...] = ()
    known: int = 0
    elsewhere: int = 0


def read_rows(connection: Any, path: Path, *, annotator: str, pattern: str, held: Iterable[Entry]) -> Read:
    """The entries by which what ``held`` says becomes what a validation file says.

    Raises:
        LabelsError: it is no such file, or no column of it names a pattern of ours.
        OSError: it can not be read.
    """
    table = read_scout(path, pattern)
    keys = keys_of(connection, [row.id for row in table.rows])
    seen = seen_now(connection, {key for found in keys.values() for key in found})
    by_place: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in held:
        by_place[entry.key, entry.annotator].append(entry)
    entries: list[Entry] = []
    rejected, known, action, lines = list(table.rejected), 0, uuid4().hex, dict[tuple[str, str], int]()
    for row in table.rows:
        who = row.annotator or annotator
        try:
            key = _key(row, keys.get(row.id, ()))
            if (line := lines.setdefault((key, who), row.line)) != row.line:
                raise LabelsError(f"line {line} answers for '{row.id[:80]}' already")
            new = changes(row, by_place[key, who], Entry(key=key, annotator=who, verdict="finished", action=action, seen=seen[key]))
        except LabelsError as error:
            rejected.append(Rejected(source=path.name, line=row.line, reason=f"{path.name}:{row.line}: {error}", head=row.id))
            continue
        known += not new
        entries += new
    rejected.sort(key=lambda each: each.line or 0)
    return Read(entries=tuple(entries), rejected=tuple(rejected), unknown=table.unknown, known=known)


def _key(row: Row, keys: Sequence[str]) -> str:
    if len(keys) == 1:
        return keys[0]
    if not keys:
        raise LabelsError(f"no trajectory of this folder has the id {quoted(row.id)}")
    raise LabelsError(f"{len(keys)} trajectories of this folder have the id {quoted(row.id)}; use their keys")


def changes(row: Row, held: Sequence[Entry], blank: Entry) -> list[Entry]:
    """The entries by which a person's answers become those of a row; none where they are already.

    Args:
        row: answers by pattern.
        held: what holds of that person and trajectory.
        blank: key, annotator and action of what is new.

    Raises:
        LabelsError: the annotator's name is none.
    """
    checked(blank)
    seen = seen_in(held)
    wrong = [entry for entry in held if entry.verdict in POSITIVE and row.answers.get(entry.pattern) is False]
    missing = [code for code, answer in row.answers.items() if answer and code not in seen]
    left = (seen - {entry.pattern for entry in wrong}).union(missing)
    found = [_made(entry, action=blank.action, withdrawn=True) for entry in wrong]
    found += [_made(blank, verdict="add", pattern=code) for code in missing]
    comment = "" if row.comment == comment_of(held) else row.comment
    for pattern in _finishing(row, held, bool(left), bool(comment)):
        says: Says = "finished" if pattern or left else "clean"
        found.append(_made(blank, verdict=says, pattern=pattern, comment=comment))
        comment = ""
    return found


def _finishing(row: Row, held: Sequence[Entry], left: bool, comment: bool) -> list[str]:
    """The patterns to say finished of (empty: of all), so that what the row answers is answered; ``comment`` needs one of them."""
    whole = {entry.verdict for entry in held if entry.verdict in ("finished", "clean") and not entry.pattern}
    covered = set(asked()) if set(asked()) <= row.answers.keys() else set()
    patterns = [""] if (covered and not whole) or (left and "clean" in whole) else []
    patterns += [code for code in row.answers if code not in looked_at(held) | covered]
    if comment and not patterns:
        return [""] if whole else [next(iter(row.answers))]
    return patterns


def _made(entry: Entry, **fields: Any) -> Entry:
    return msgspec.structs.replace(entry, id=uuid4().hex, time=datetime.now(UTC).isoformat(timespec="microseconds"), undoes="", **fields)
