"""Labels beside the trajectories of their folder: which still fit, and which trajectory somebody else's id means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from spectool.results.labels_entry import Entry
from spectool.results.tables import rows

# What another system calls the trajectory, where its log said so.
TRANSCRIPT = "CASE WHEN json_valid(t.meta) THEN json_extract_string(t.meta, '$.transcript_id') END"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Entries of trajectories that the folder holds as they were labelled; of the others how many trajectories there are.

    ``gone``: the folder holds no such key. ``altered``: it holds another output under that key.
    """

    entries: tuple[Entry, ...]
    gone: int = 0
    altered: int = 0


def standing(connection: Any, entries: Iterable[Entry]) -> Standing:
    """The entries that fit the folder as it is now."""
    entries = tuple(entries)
    now = seen_now(connection, {entry.key for entry in entries})
    gone = {entry.key for entry in entries if entry.key not in now}
    altered = {entry.key for entry in entries if entry.key in now and entry.seen not in ("", now[entry.key])}
    kept = tuple(entry for entry in entries if entry.key in now and entry.seen in ("", now[entry.key]))
    return Standing(entries=kept, gone=len(gone), altered=len(altered))


def seen_now(connection: Any, keys: Iterable[str]) -> Mapping[str, str]:
    """``digest`` of each trajectory that is there."""
    statement = "SELECT key, md5(turns) AS seen FROM trajectories WHERE key IN (SELECT unnest(?))"
    return {row["key"]: row["seen"] for row in rows(connection, statement, [sorted(keys)])}


def with_seen(connection: Any, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries that did not know what was seen, with what is there now."""
    entries = tuple(entries)
    now = seen_now(connection, {entry.key for entry in entries if not entry.seen})
    return tuple(entry if entry.seen else msgspec.structs.replace(entry, seen=now.get(entry.key, "")) for entry in entries)


def keys_of(connection: Any, ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The trajectories that each of ``ids`` may mean: by key, by the id that their log gave a transcript, or by the record's own id."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in ("t.key", TRANSCRIPT, "t.id"):
        statement = f"SELECT {name} AS name, t.key FROM trajectories t WHERE {name} IN (SELECT unnest(?))"
        for row in rows(connection, statement, [[each for each in ids if each not in found]]):
            found[row["name"]].add(row["key"])
    return {name: tuple(sorted(keys)) for name, keys in found.items()}


def names_of(connection: Any, keys: Iterable[str]) -> tuple[str, Mapping[str, str]]:
    """By which name others know the trajectories, and each one's: ``transcript_id`` or ``id`` if all have their own, else ``key``."""
    statement = f"SELECT t.key, {TRANSCRIPT} AS transcript, t.id FROM trajectories t"
    (counts,) = rows(
        connection,
        f"SELECT count(*) AS n, count(DISTINCT transcript) AS transcripts, count(DISTINCT nullif(id, '')) AS ids FROM ({statement})",
    )
    named = {"transcript_id": ("transcript", counts["transcripts"]), "id": ("id", counts["ids"])}
    kind, column = next(((kind, column) for kind, (column, count) in named.items() if count == counts["n"]), ("key", "key"))
    wanted = rows(connection, f"{statement} WHERE t.key IN (SELECT unnest(?))", [sorted(keys)])
    return kind, {row["key"]: row[column] for row in wanted}
