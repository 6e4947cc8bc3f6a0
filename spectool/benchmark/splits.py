"""Which rows of an environment belong to which split, so that no two splits speak of the same record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from typing import Literal

from spectool.environments.core.tables import Row
from spectool.environments.registry import environment

Split = Literal["dev", "val", "test"]
SPLITS: tuple[Split, ...] = ("dev", "val", "test")
# Never synthesised from: what a model has learnt shows here only if it carries over to tools that it has not seen.
TEST_ONLY: frozenset[str] = frozenset({"sports", "social", "media"})
# Of all ids, by their hashes, these shares are dev and val; the rest is test.
SHARES = (0.5, 0.2)
# Chosen so that every table has rows of each split.
SALT = 253


def splits_of(environment: str) -> tuple[Split, ...]:
    """The splits that have tasks of an environment."""
    return ("test",) if environment in TEST_ONLY else SPLITS


@cache
def rows_of(environment_name: str, table: str, split: Split) -> tuple[tuple[str, Row], ...]:
    """The (id, row) pairs of a table that tasks of ``split`` may be drawn from; every row where the environment is for testing only.

    Raises:
        KeyError: no such environment or table.
    """
    rows: Mapping[str, Row] = environment(environment_name).records[table]
    if environment_name in TEST_ONLY:
        return tuple(rows.items()) if split == "test" else ()
    return tuple((id, row) for id, row in rows.items() if split_of(id) == split)


def split_of(id: str) -> Split:
    """The split that a record belongs to, in whichever tables it stands."""
    place = int.from_bytes(blake2b(f"{SALT}/{id}".encode(), digest_size=8).digest()) / 2**64
    dev, val = SHARES
    return "dev" if place < dev else "val" if place < dev + val else "test"
