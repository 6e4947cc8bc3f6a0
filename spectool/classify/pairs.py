"""Calls beside the gold calls that they stand for, and the whole of one path."""

from __future__ import annotations

import msgspec

from spectool.classify.arguments import ArgumentDifference
from spectool.model import ExpectedCall


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt (by position) and the gold call it was matched with; ``is_try``: it failed, and another attempt at that call counts."""

    attempt: int
    expected: ExpectedCall
    order: int
    differences: tuple[ArgumentDifference, ...] = ()
    is_try: bool = False


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """The cheapest path and its assignment.

    ``pairs`` have the gold's name; ``wrong_tool`` another offered one; ``absorbed`` stand for a slip charged elsewhere;
    ``tries`` failed, and another attempt in the same user turn was matched with their gold call;
    ``missing`` gold calls matched nothing, ``extra`` attempts (positions) matched nothing and are charged by the mode.
    """

    path: int
    cost: int
    pairs: tuple[Pair, ...] = ()
    wrong_tool: tuple[Pair, ...] = ()
    absorbed: tuple[Pair, ...] = ()
    tries: tuple[Pair, ...] = ()
    missing: tuple[ExpectedCall, ...] = ()
    extra: tuple[int, ...] = ()
    due: int = 0

    @property
    def spoken_for(self) -> int:
        """How many calls it explains by their names."""
        return len(self.pairs) + len(self.tries)
