"""Labels as JSON lines: every entry with all that is known of it, so that nothing is lost on the way out and in again.

A line is an ``Entry`` (``labels_entry.py``); fields that hold their default are left out. Lines from elsewhere need ``key``,
``annotator`` and ``verdict``: a line without an ``id`` gets one made of its content, so that a file read twice is kept once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import msgspec

from spectool.model import Rejected
from spectool.results.labels_entry import Entry, checked
from spectool.results.labels_file import LabelsError

HEAD_CHARACTERS = 200


def write_jsonl(entries: Iterable[Entry]) -> Iterator[bytes]:
    """A line an entry."""
    return (msgspec.json.encode(entry) + b"\n" for entry in entries)


def read_jsonl(path: Path, annotator: str = "") -> Iterator[Entry | Rejected]:
    """The entries of a file; ``annotator`` is whose they are where a line does not say. A bad line is told and costs no other.

    Raises:
        OSError: the file can not be read.
    """
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield _entry(line, annotator)
        except (msgspec.MsgspecError, LabelsError, ValueError, RecursionError) as error:
            head = line[:HEAD_CHARACTERS].decode("utf-8", "replace")
            yield Rejected(source=path.name, line=number, reason=f"{path.name}:{number}: {error}", head=head)


def _entry(line: bytes, annotator: str) -> Entry:
    fields = msgspec.json.decode(line, type=dict[str, object])
    return completed(msgspec.convert({"annotator": annotator, **fields}, Entry))


def completed(entry: Entry) -> Entry:
    """An entry from elsewhere as it is kept: checked, with an id, an action and a time.

    Raises:
        LabelsError: it contradicts itself, names no pattern of ours, or its time is none.
    """
    entry = checked(entry)
    own = entry.id or blake2b(msgspec.json.encode(entry), digest_size=16).hexdigest()
    return msgspec.structs.replace(entry, id=own, action=entry.action or own, time=_utc(entry.time))


def _utc(time: str) -> str:
    """A time as all entries have it, so that they can be put in order."""
    if not time:
        return datetime.now(UTC).isoformat(timespec="microseconds")
    try:
        when = datetime.fromisoformat(time)
        return when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        raise LabelsError(f"expected an ISO 8601 time, got '{time[:80]}'") from None
