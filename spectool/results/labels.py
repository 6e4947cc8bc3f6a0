"""People's labels of a result folder, kept in its ``labels.sqlite``: added, taken back, asked for; by many at once.

What a person says later of the same slot replaces what they said, and nothing is ever deleted: of a slot's entries the newest holds.
Labels survive a new classification of the folder, since keys are stable; ``Label.seen`` tells whether the trajectory under a key still
reads as it did when it was labelled.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import msgspec

from spectool.results.labels_entry import POSITIVE, Entry, Label, checked
from spectool.results.labels_file import LabelsError, reading, writing

_NEWEST = "SELECT entry FROM entries WHERE key = ? AND annotator = ? AND slot = ? {} ORDER BY time DESC, seq DESC LIMIT 1"
_UNDOABLE = """SELECT action FROM entries
  WHERE annotator = ? AND undoes = '' AND (? = '' OR key = ?) AND action NOT IN (SELECT undoes FROM entries WHERE annotator = ?)
  ORDER BY seq DESC LIMIT 1"""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What became of entries from elsewhere: ``added``, there already (``known``), or refused, each with the reason."""

    added: int = 0
    known: int = 0
    refused: tuple[tuple[Entry, str], ...] = ()


class Labels:
    """The labels of one result folder. Any number of these may be at work on it, in threads and in processes."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def add(self, *labels: Label) -> str:
        """Keeps labels of one person as one action, which ``undo`` takes back as one; returns the action's name.

        ``clean`` takes back what the person found in that trajectory before; a slip found after ``clean`` makes it ``finished``.

        Raises:
            LabelsError: a label contradicts itself or names no pattern of ours; there are none, or several people's; it can not be written.
        """
        kept = [checked(label) for label in labels]
        if len({label.annotator for label in kept}) != 1:
            raise LabelsError("expected the labels of one person in an action")
        action = uuid4().hex
        with writing(self.folder) as connection:
            for label in kept:
                _keep_consistent(connection, label, action)
                _append(connection, label, action)
        return action

    def withdraw(self, label: Label) -> str:
        """Takes back what a person says of the slot of ``label``; returns the action's name.

        Raises:
            LabelsError: as ``add``.
        """
        action = uuid4().hex
        with writing(self.folder) as connection:
            _append(connection, checked(label), action, withdrawn=True)
        return action

    def undo(self, annotator: str, key: str = "") -> tuple[Entry, ...]:
        """Takes back a person's last action that still stands (in trajectory ``key``, if given): each slot says again what it did before.

        Returns what was taken back; nothing where there is nothing to undo.
        """
        with writing(self.folder) as connection:
            last = connection.execute(_UNDOABLE, (annotator, key, key, annotator)).fetchone()
            if last is None:
                return ()
            action_of_theirs = "SELECT entry FROM entries WHERE action = ? AND annotator = ? ORDER BY seq"
            entries = tuple(_entries(connection.execute(action_of_theirs, (*last, annotator))))
            action = uuid4().hex
            for entry in entries:
                before = _newest(connection, entry, before=last[0])
                _append(connection, before or entry, action, undoes=last[0], withdrawn=before is None or before.withdrawn)
            return entries

    def of(self, key: str, annotator: str = "") -> tuple[Entry, ...]:
        """What holds of one trajectory, by everybody or by one person, in the order it was said."""
        return self._asked("SELECT entry FROM labels WHERE key = ? AND (? = '' OR annotator = ?) ORDER BY seq", key, annotator, annotator)

    def current(self, annotator: str = "") -> tuple[Entry, ...]:
        """What holds, by everybody or by one person, in the order it was said."""
        return self._asked("SELECT entry FROM labels WHERE ? = '' OR annotator = ? ORDER BY seq", annotator, annotator)

    def history(self, key: str = "") -> tuple[Entry, ...]:
        """Everything that was ever said, of one trajectory or of all, with what was taken back, in the order it was kept."""
        return self._asked("SELECT entry FROM entries WHERE ? = '' OR key = ? ORDER BY seq", key, key)

    def finished(self, annotator: str) -> frozenset[str]:
        """Keys of the trajectories that a person has labelled whole."""
        with reading(self.folder) as connection:
            if connection is None:
                return frozenset()
            return frozenset(
                key for (key,) in connection.execute("SELECT key FROM labels WHERE annotator = ? AND slot = ?", (annotator, _WHOLE))
            )

    def annotators(self) -> Mapping[str, int]:
        """Each person with the number of trajectories that they have labelled whole, by name."""
        with reading(self.folder) as connection:
            if connection is None:
                return {}
            names = dict.fromkeys((name for (name,) in connection.execute("SELECT DISTINCT annotator FROM labels ORDER BY 1")), 0)
            done = connection.execute("SELECT annotator, count(*) FROM labels WHERE slot = ? GROUP BY annotator", (_WHOLE,))
            return names | dict(done.fetchall())

    def keep(self, entries: Iterable[Entry]) -> Kept:
        """Takes entries from elsewhere, each as it is; one that is there already is not taken twice. All or none, but for the refused."""
        counts: Counter[str] = Counter()
        refused: list[tuple[Entry, str]] = []
        with writing(self.folder) as connection:
            for entry in entries:
                found = connection.execute("SELECT entry FROM entries WHERE id = ?", (entry.id,)).fetchone()
                if found is None:
                    _insert(connection, entry)
                elif not _same(msgspec.json.decode(found[0], type=Entry), entry):
                    refused.append((entry, f"another entry with the id '{entry.id[:80]}' is there already"))
                    continue
                counts["added" if found is None else "known"] += 1
        return Kept(added=counts["added"], known=counts["known"], refused=tuple(refused))

    def _asked(self, statement: str, *values: str) -> tuple[Entry, ...]:
        with reading(self.folder) as connection:
            return () if connection is None else tuple(_entries(connection.execute(statement, values)))


_WHOLE = Label(key="", annotator="", verdict="finished").slot


def _same(first: Entry, second: Entry) -> bool:
    """Whether they say the same; when it was kept, and what was seen, may have been unknown at first."""
    names = (*(name for name in Label.__struct_fields__ if name != "seen"), "withdrawn")
    return all(getattr(first, name) == getattr(second, name) for name in names)


def _entries(cursor: sqlite3.Cursor) -> Iterator[Entry]:
    return (msgspec.json.decode(text, type=Entry) for (text,) in cursor)


def _newest(connection: sqlite3.Connection, label: Label, before: str = "") -> Entry | None:
    """What was said last of a slot, also if it was taken back; ``before``: before that action."""
    earlier = "AND seq < (SELECT min(seq) FROM entries WHERE action = ?)" if before else ""
    values: Sequence[str] = (label.key, label.annotator, label.slot, *((before,) if before else ()))
    return next(_entries(connection.execute(_NEWEST.format(earlier), values)), None)


def _append(connection: sqlite3.Connection, label: Label, action: str, *, undoes: str = "", withdrawn: bool = False) -> None:
    newest = _newest(connection, label)
    # A clock that was set back must not let an older word win.
    time = max(datetime.now(UTC).isoformat(timespec="microseconds"), newest.time if newest else "")
    fields = {name: getattr(label, name) for name in Label.__struct_fields__}
    _insert(connection, Entry(**fields, id=uuid4().hex, action=action, time=time, undoes=undoes, withdrawn=withdrawn))


def _insert(connection: sqlite3.Connection, entry: Entry) -> None:
    row = (entry.id, entry.action, entry.undoes, entry.key, entry.annotator, entry.slot, entry.time, entry.withdrawn)
    statement = "INSERT INTO entries (id, action, undoes, key, annotator, slot, time, withdrawn, entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    connection.execute(statement, (*row, msgspec.json.encode(entry).decode()))


def _keep_consistent(connection: sqlite3.Connection, label: Label, action: str) -> None:
    """Lets nobody call a trajectory clean and hold a slip in it."""
    if label.verdict != "clean" and label.verdict not in POSITIVE:
        return
    holding = _entries(connection.execute("SELECT entry FROM labels WHERE key = ? AND annotator = ?", (label.key, label.annotator)))
    for entry in list(holding):
        if label.verdict == "clean" and entry.verdict in POSITIVE:
            _append(connection, entry, action, withdrawn=True)
        elif label.verdict in POSITIVE and entry.verdict == "clean":
            _append(connection, msgspec.structs.replace(entry, verdict="finished"), action)
