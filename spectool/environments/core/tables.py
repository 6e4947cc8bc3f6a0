"""Records that one trajectory may change without anybody else noticing.

The records of an environment are read once and shared by all; a table lays one trajectory's changes over them. Rows are never changed in
place: a change puts a new row. So a fresh state costs nothing, and the changes are the end state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

import msgspec

Row = Mapping[str, Any]
Records = Mapping[str, Mapping[str, Row]]
# Letters and digits that nobody takes for one another.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class Table:
    """Rows by id: those of ``base`` with the changes of one trajectory over them, new rows after the old ones."""

    __slots__ = ("_base", "_changed")

    def __init__(self, base: Mapping[str, Row], changed: Mapping[str, Row | None] | None = None) -> None:
        self._base = base
        self._changed: dict[str, Row | None] = dict(changed or {})

    def get(self, id: str) -> Row | None:
        """The row of that id, ``None`` where there is none."""
        return self._changed[id] if id in self._changed else self._base.get(id)

    def rows(self) -> Iterator[Row]:
        """All rows, in the order of the records; rows put while they are read are not among them."""
        return self._changed_rows() if self._changed else iter(self._base.values())

    def _changed_rows(self) -> Iterator[Row]:
        changed = self._changed.copy()
        for id, row in self._base.items():
            if (now := changed.get(id, row)) is not None:
                yield now
        for id, added in changed.items():
            if added is not None and id not in self._base:
                yield added

    def put(self, id: str, row: Row) -> Row:
        """Adds a row or replaces it; returns it."""
        self._changed[id] = row
        return row

    def drop(self, id: str) -> None:
        """Takes a row out; one that is not there stays away."""
        self._changed[id] = None

    def changes(self) -> dict[str, Row | None]:
        """The rows that are not as they were, sorted by id; ``None`` for one that is gone."""
        return {id: row for id, row in sorted(self._changed.items()) if row != self._base.get(id)}

    def fork(self) -> Table:
        """A copy to change further."""
        return Table(self._base, self._changed)


class State:
    """All tables of an environment, as one trajectory has changed them."""

    __slots__ = ("_records", "_tables")

    def __init__(self, records: Records) -> None:
        self._records = records
        self._tables: dict[str, Table] = {}

    def __getitem__(self, name: str) -> Table:
        """The table of that name.

        Raises:
            KeyError: the environment has no such table.
        """
        table = self._tables.get(name)
        if table is None:
            table = self._tables[name] = Table(self._records[name])
        return table

    def new_id(self, table: str, prefix: str, *content: object) -> str:
        """An id that no row of ``table`` has, made of what the row holds, so that the order of two additions makes no difference."""
        for number in range(1000):
            digest = int.from_bytes(blake2b(msgspec.json.encode([table, content, number]), digest_size=4).digest(), "big")
            id = prefix + "".join(_ALPHABET[digest >> (5 * place) & 31] for place in range(5))
            if self[table].get(id) is None:
                return id
        raise RuntimeError(f"table '{table}' has a thousand rows of the same content")

    def changes(self) -> dict[str, dict[str, Row | None]]:
        """What has changed since the start, by table and id, sorted; tables without changes are left out."""
        return {name: changed for name, table in sorted(self._tables.items()) if (changed := table.changes())}

    def fork(self) -> State:
        """A copy to change further."""
        copy = State(self._records)
        copy._tables = {name: table.fork() for name, table in self._tables.items()}
        return copy
