"""The records that environments start from: one JSON file each, ``{table: {id: row}}``, read once and shared, never changed."""

from __future__ import annotations

from functools import cache

import msgspec

from spectool.environments.core.tables import Records
from spectool.resources import folder


@cache
def records_of(environment: str) -> Records:
    """All tables of an environment.

    Raises:
        FileNotFoundError: there are no records of that name.
    """
    found: Records = msgspec.json.decode((folder("data") / "environments" / f"{environment}.json").read_bytes())
    return found
