"""``labels.sqlite`` of a result folder: where it lies, how it is opened, and how it comes along when the folder is replaced.

Each use opens its own connection and closes it: none is shared between threads, carried into another process, or held while a person
thinks. Writers wait for one another (write-ahead log, busy timeout). The log is append-only, which triggers enforce.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from spectool.read.json_values import FormatError

NAME = "labels.sqlite"
# SQLite keeps them beside the file while somebody has it open; a file without its own log has lost what was written last.
_COMPANIONS = ("-wal", "-shm")
VERSION = 1
# Seconds that a writer waits for another.
PATIENCE = 30.0
_SCHEMA = """
CREATE TABLE entries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE, action TEXT NOT NULL, undoes TEXT NOT NULL,
  key TEXT NOT NULL, annotator TEXT NOT NULL, slot TEXT NOT NULL, time TEXT NOT NULL, withdrawn INTEGER NOT NULL,
  entry TEXT NOT NULL);
CREATE INDEX by_slot ON entries (key, annotator, slot, time, seq);
CREATE INDEX by_annotator ON entries (annotator, seq);
CREATE INDEX by_undone ON entries (undoes);
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'labels are only ever added'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'labels are only ever added'); END;
CREATE VIEW labels AS SELECT * FROM
  (SELECT *, row_number() OVER (PARTITION BY key, annotator, slot ORDER BY time DESC, seq DESC) AS latest FROM entries)
  WHERE latest = 1 AND NOT withdrawn;
"""


class LabelsError(FormatError):
    """Labels cannot be read or written; the message says which, why and what to do."""


@contextlib.contextmanager
def reading(folder: Path) -> Iterator[sqlite3.Connection | None]:
    """A connection that only reads; ``None`` where nobody has labelled yet. Nothing is created.

    Raises:
        LabelsError: the file is none of ours, of a newer version, or locked for too long.
    """
    with _told(folder):
        with _folder_lock(folder, fcntl.LOCK_SH):
            connection = _connect(folder, writable=False) if (folder / NAME).is_file() else None
        if connection is None:
            yield None
            return
        with contextlib.closing(connection):
            yield connection if _version(connection) else None


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[sqlite3.Connection]:
    """A transaction: everything that the block does is kept when it ends well, nothing of it when it does not. Makes the file if need be.

    Raises:
        LabelsError: the file is none of ours, of a newer version, not writable, or locked for too long.
    """
    with _told(folder), contextlib.closing(_made(folder)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextlib.contextmanager
def carried(out: Path, new: Path) -> Iterator[None]:
    """Brings the labels of ``out`` along while the block puts the folder ``new`` in its place, even if somebody has them open.

    File and log get a second name in ``new`` (the same file, nothing is copied), so what others write meanwhile is not lost; they keep
    their connections. A connection held here keeps the log from going away between; a lock on the folder above keeps anybody from making a
    first label in a folder that is about to go.

    Raises:
        OSError: the labels could not be brought along; nothing was changed.
    """
    with _folder_lock(out, fcntl.LOCK_EX):
        if not (out / NAME).is_file():
            yield
            return
        with contextlib.closing(_held(out)) as connection:
            _bring(connection, out, new)
            yield


def _bring(connection: sqlite3.Connection, out: Path, new: Path) -> None:
    names = [name for name in (NAME, *(f"{NAME}{end}" for end in _COMPANIONS)) if (out / name).exists()]
    try:
        for name in names:
            os.link(out / name, new / name)
    except OSError:
        # A file system without second names: a copy, which misses what somebody else writes while the folder is replaced.
        for name in names:
            (new / name).unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(new / NAME)) as copy:
            connection.backup(copy)


def _held(folder: Path) -> sqlite3.Connection:
    """An open connection; its log exists as long as it is open."""
    try:
        return _connect(folder, writable=True)
    except (sqlite3.Error, LabelsError) as error:
        raise OSError(None, f"its {NAME} can not be opened ({error}), so what people labelled would be lost; move it away") from error


def _made(folder: Path) -> sqlite3.Connection:
    """An open connection to a file that has its tables."""
    with _folder_lock(folder, fcntl.LOCK_SH):
        if (folder / NAME).is_file():
            connection = _connect(folder, writable=True)
            if _version(connection):
                return connection
            connection.close()
    # Alone: of two that turn a new file into one with a log, one would be refused at once.
    with _folder_lock(folder, fcntl.LOCK_EX):
        connection = _connect(folder, writable=True, create=True)
        if not _version(connection):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        return connection


def _connect(folder: Path, *, writable: bool, create: bool = False) -> sqlite3.Connection:
    """A connection that has read once, so that it knows its log by now and not only when the folder may be moving."""
    path = (folder / NAME).resolve()
    mode = "rwc" if create else "rw" if writable or os.access(path.parent, os.W_OK) else "ro"
    # Beside a file that may not be written, SQLite could not keep its log's index; nobody else can be writing there, either.
    frozen = "&immutable=1" if mode == "ro" and not path.with_name(f"{NAME}-wal").exists() else ""
    connection = sqlite3.connect(f"{path.as_uri()}?mode={mode}{frozen}", uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if (version := _version(connection)) > VERSION:
            raise LabelsError(f"'{path}' was written as version {version}, this spectool reads version {VERSION}; update spectool")
        if not writable:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise LabelsError(f"'{folder / NAME}' can not be used: {error}; nothing was changed there") from error


@contextlib.contextmanager
def _folder_lock(folder: Path, kind: int) -> Iterator[None]:
    """Keeps ``folder`` from being replaced (shared) or anybody from opening its labels (exclusive); on the folder above, so no file stays.

    Where the file system knows no such locks, nothing is kept: replacing a folder in the very moment of a first label may then lose it.
    """
    try:
        above = os.open(folder.resolve().parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        yield
        return
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(above, kind)
        yield
    finally:
        os.close(above)
