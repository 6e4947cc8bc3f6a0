"""One-to-one matching of the calls made with the calls the gold needs, by least total cost.

Cost of a pair: same name 0, other name 10, plus 1 for each unequal, missing or extra argument; a call left unmatched costs 20; ties go
to position. Of several tries at one action one that worked is matched before one that failed, and those that failed are held against the
same gold call (``tries``). A call that could not be parsed or whose name is unknown absorbs the gold call it most likely stood for, so
that one slip is charged once. Of several gold paths the cheapest is reported against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from spectool.classify.arguments import MAX_ARGUMENT_COST, argument_cost, argument_differences, shares_a_value
from spectool.classify.assignment import least_cost
from spectool.classify.attempt import Attempt
from spectool.classify.pairs import Match, Pair
from spectool.classify.tries import has_failed, tries_at
from spectool.classify.values import equal
from spectool.model import ExpectedCall, Gold, GoldMode

UNMATCHED = 20
OTHER_NAME = 10
# An unknown name whose repair is the gold call, an unparsed call that names it, and either without such a hint.
UNKNOWN_NEAR, UNPARSED_NAMED, UNKNOWN_FAR, UNPARSED_BLANK = 2, 3, 10, 13
# Beyond this many open calls on one side the assignment is settled by name and position: no real turn holds so many.
MAX_ASSIGN = 60

# Which modes bind the order of calls, which every call (in the others further ones are welcome), which charge calls beyond the gold
# (where the gold names an end state, the others charge those that change state and succeeded: they led to another end).
ORDERED: frozenset[str] = frozenset({"exact", "ordered"})
BINDS_ALL: frozenset[str] = frozenset({"exact", "unordered"})
CHARGES_EXTRA: frozenset[str] = frozenset({"exact", "unordered", "writes"})


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What a match goes by.

    ``effects`` maps tool names to their effect; ``finish`` is the tool that ends the run, whose calls are nobody's to match;
    ``has_state``: the gold names an end state.
    """

    mode: GoldMode
    effects: Mapping[str, str]
    finish: str | None = None
    has_state: bool = False

    @property
    def charged(self) -> Literal["all", "writes", "none"]:
        """Which calls beyond the gold are charged: all, those that change state and succeeded, or none."""
        if self.mode == "writes" or (self.has_state and self.mode not in CHARGES_EXTRA):
            return "writes"
        return "all" if self.mode in CHARGES_EXTRA else "none"


def match(attempts: Sequence[Attempt], gold: Gold, terms: Terms) -> Match:
    """Match ``attempts`` (in the order made) with the path of least total cost; of equals the one that speaks for most of them."""
    best: Match | None = None
    for index, path in enumerate(gold.paths):
        found = _match_path(attempts, path, index, terms)
        if best is None or (found.cost, -found.spoken_for) < (best.cost, -best.spoken_for):
            best = found
        if best.cost == 0 and len(best.pairs) == len(attempts):
            break
    return best or Match(path=0, cost=0)


def _match_path(attempts: Sequence[Attempt], path: tuple[ExpectedCall, ...], index: int, terms: Terms) -> Match:
    positions: Iterable[int] = range(len(attempts))
    mode, effects = terms.mode, terms.effects
    if mode == "writes":
        path = tuple(call for call in path if effects.get(call.name) != "read")
        positions = [i for i in positions if effects.get(attempts[i].name) != "read"]
    if terms.finish is not None:
        positions = [i for i in positions if attempts[i].name != terms.finish]
    if len(attempts) == 1 == len(path) and attempts[0].status == "ok" and attempts[0].name == path[0].name and positions:
        found = argument_differences(path[0], attempts[0])
        return Match(path=index, cost=len(found), pairs=(Pair(attempt=0, expected=path[0], order=0, differences=found),), due=1)
    if (pairs := _in_step(attempts, path)) and positions:
        return Match(path=index, cost=0, pairs=pairs, due=len(path))
    match = _Assignment(attempts, path, terms)
    turns = sorted({attempts[i].turn for i in positions} | {call.turn for call in path}) if any(call.turn for call in path) else [None]
    for turn in turns:
        match.assign(*match.window(positions, range(len(path)), turn))
    if len(turns) > 1:
        match.assign([i for i in match.unused if not has_failed(attempts[i])], match.unmet, same_name=True)
    if mode not in BINDS_ALL:  # another tool stands in only for what no call of the right name is left for
        match.takes_others = True
        for turn in turns:
            match.assign(*match.window(match.unused, match.unmet, turn))
    return match.result(index)


def _in_step(attempts: Sequence[Attempt], path: tuple[ExpectedCall, ...]) -> tuple[Pair, ...]:
    """The pairs of calls that are the path's, one after another; empty where they are not. Most runs that pass look so."""
    if len(attempts) != len(path):
        return ()
    for attempt, expected in zip(attempts, path, strict=True):
        if attempt.name != expected.name or attempt.status != "ok" or attempt.turn != expected.turn or attempt.slips:
            return ()
        if argument_differences(expected, attempt):
            return ()
    return tuple([Pair(attempt=i, expected=expected, order=i) for i, expected in enumerate(path)])


class _Assignment:
    """Collects pairs of one path, window by window."""

    def __init__(self, attempts: Sequence[Attempt], path: tuple[ExpectedCall, ...], terms: Terms) -> None:
        self.attempts, self.path, self.mode, self.effects, self.charged = attempts, path, terms.mode, terms.effects, terms.charged
        self.takes_others = terms.mode in BINDS_ALL
        self.pairs: list[tuple[int, int]] = []
        self.unused: list[int] = []
        self.unmet: list[int] = []

    def window(self, given: Iterable[int], due: Iterable[int], turn: int | None) -> tuple[list[int], list[int]]:
        """Those of the attempts and gold calls that belong to a user turn; ``None``: all of them."""
        mine = [i for i in given if turn is None or self.attempts[i].turn == turn]
        return mine, [g for g in due if turn is None or self.path[g].turn == turn]

    def assign(self, given: list[int], due: list[int], same_name: bool = False) -> None:
        """Assign attempts ``given`` to gold calls ``due``; what stays open is kept for a later window."""
        self.unused = [i for i in self.unused if i not in given]
        self.unmet = [g for g in self.unmet if g not in due]
        made = len(self.pairs)
        rest, left = self._take_exact(given, due)
        if not rest or not left:  # equal calls alone, first come first served, settle one side: nothing is cheaper than 0
            self.unused += rest
            self.unmet += left
            return
        if len(given) > MAX_ASSIGN or len(due) > MAX_ASSIGN:
            given, due = self._take_named(rest, left)
        else:
            del self.pairs[made:]
        limit = OTHER_NAME if same_name else 2 * UNMATCHED
        costs = [[2 * cost + self._futile(i, cost) if (cost := self._cost(i, g)) < limit else None for g in due] for i in given]
        chosen = least_cost(costs, 2 * UNMATCHED)
        for row, column in chosen:
            self.pairs.append((given[row], due[column]))
        rows, columns = {row for row, _ in chosen}, {column for _, column in chosen}
        self.unused += [i for row, i in enumerate(given) if row not in rows]
        self.unmet += [g for column, g in enumerate(due) if column not in columns]

    def _take_exact(self, given: list[int], due: list[int]) -> tuple[list[int], list[int]]:
        left = list(due)
        rest = []
        made = len(self.pairs)
        for i in sorted(given, key=self._failed):
            name = self.attempts[i].name
            hit = next((g for g in left if self.path[g].name == name and self._cost(i, g) == 0), None)
            if hit is None:
                rest.append(i)
            else:
                left.remove(hit)
                self.pairs.append((i, hit))
        if any(map(self._failed, given)):
            self._straighten(made)
        return sorted(rest), left

    def _straighten(self, made: int) -> None:
        """Equal calls pair in order of position, whichever of them were chosen."""
        chosen = self.pairs[made:]
        for name in dict.fromkeys(self.path[g].name for _, g in chosen):
            mine = [pair for pair in chosen if self.path[pair[1]].name == name]
            straight = list(zip(sorted(i for i, _ in mine), sorted(g for _, g in mine), strict=True))
            if all(self._cost(i, g) == 0 for i, g in straight):
                self.pairs[made:] = [pair for pair in self.pairs[made:] if pair not in mine] + straight

    def _futile(self, i: int, cost: int) -> int:
        """What a failure weighs, in half points: of equally near tries the one that worked counts, and in ``writes`` any that did."""
        if not self._failed(i):
            return 0
        return 2 * MAX_ARGUMENT_COST if cost and self.mode == "writes" else 1

    def _failed(self, i: int) -> bool:
        return has_failed(self.attempts[i])

    def _take_named(self, given: list[int], due: list[int]) -> tuple[list[int], list[int]]:
        left, rest = list(due), []
        for i in given:
            hit = next((g for g in left if self.path[g].name == self.attempts[i].name), None)
            if hit is None:
                rest.append(i)
            else:
                left.remove(hit)
                self.pairs.append((i, hit))
        self.unused += rest[MAX_ASSIGN:]
        self.unmet += left[MAX_ASSIGN:]
        return rest[:MAX_ASSIGN], left[:MAX_ASSIGN]

    def _cost(self, i: int, g: int) -> int:
        attempt, expected = self.attempts[i], self.path[g]
        if attempt.status == "unparsed":
            return UNPARSED_NAMED if expected.name in (attempt.call.name, attempt.near) else UNPARSED_BLANK
        if attempt.status == "unknown":
            base = UNKNOWN_NEAR if attempt.near == expected.name else UNKNOWN_FAR
            return base + argument_cost(expected, attempt)
        if attempt.name == expected.name:
            return argument_cost(expected, attempt)
        if not self.takes_others or (self.mode not in BINDS_ALL and not self._stands_in(attempt, expected)):
            return 2 * UNMATCHED  # where extra calls are welcome, an unrelated one did not stand in for a missing one
        return OTHER_NAME + argument_cost(expected, attempt)

    def _stands_in(self, attempt: Attempt, expected: ExpectedCall) -> bool:
        """Whether a call of another tool was meant for the missing one: it worked, and is about the same; in ``writes``, it wrote.

        A repeat was not: it is charged as such.
        """
        wrote = self.mode != "writes" or self.effects.get(attempt.name) == "write"
        if not wrote or has_failed(attempt) or not shares_a_value(expected, attempt):
            return False
        before = (other for other in self.attempts if (other.step, other.index) < (attempt.step, attempt.index))
        return not any(other.name == attempt.name and equal(other.call.arguments, attempt.call.arguments) for other in before)

    def result(self, index: int) -> Match:
        """The match as a value, its parts in the order of the calls."""
        made = sorted(self.pairs)
        named: list[Pair] = []
        other: list[Pair] = []
        absorbed: list[Pair] = []
        for i, g in made:
            attempt, expected = self.attempts[i], self.path[g]
            same = attempt.status == "ok" and attempt.name == expected.name
            found = argument_differences(expected, attempt) if same else ()
            pair = Pair(attempt=i, expected=expected, order=g, differences=found)
            (absorbed if attempt.status != "ok" else named if same else other).append(pair)
        tries = tries_at(named, self.attempts, sorted(self.unused))
        unused = set(self.unused).difference([pair.attempt for pair in tries])
        missing = tuple(self.path[g] for g in sorted(self.unmet))
        extra = tuple(i for i in sorted(unused) if self._is_charged(self.attempts[i]))
        cost = sum([self._cost(i, g) for i, g in made]) + UNMATCHED * (len(missing) + len(extra))
        return Match(
            path=index,
            cost=cost,
            pairs=tuple(named),
            wrong_tool=tuple(other),
            absorbed=tuple(absorbed),
            tries=tries,
            missing=missing,
            extra=extra,
            due=len(self.path),
        )

    def _is_charged(self, attempt: Attempt) -> bool:
        if self.charged != "writes" or attempt.status != "ok":
            return self.charged == "all" and attempt.status == "ok"
        return self.effects.get(attempt.name) == "write" and not has_failed(attempt)
