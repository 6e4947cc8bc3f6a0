"""One-to-one matching of the calls made with the calls the gold needs, by least total cost.

Cost of a pair: same name 0, other name 10, plus 1 for each unequal, missing or extra argument; a call left unmatched costs 20; ties go
to position. A call that could not be parsed or whose name is unknown absorbs the gold call it most likely stood for, so that one slip is
charged once. Of several gold paths the cheapest is reported against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from spectool.classify.assignment import least_cost
from spectool.classify.invocation import Slip
from spectool.classify.values import Difference, accepts, differences, equal, example
from spectool.model import Call, Expected, ExpectedCall, Gold, GoldMode, Tool
from spectool.validate import Path, Shape, shape_of

UNMATCHED = 20
OTHER_NAME = 10
# An unknown name whose repair is the gold call, an unparsed call that names it, and either without such a hint.
UNKNOWN_NEAR, UNPARSED_NAMED, UNKNOWN_FAR, UNPARSED_BLANK = 2, 3, 11, 13
# The same name always beats another one, however many arguments differ.
MAX_ARGUMENT_COST = 9
# Beyond this many open calls on one side the assignment is settled by name and position: no real turn holds so many.
MAX_ASSIGN = 60

# Which modes bind the order of calls, and which charge calls that the gold does not contain.
ORDERED: frozenset[str] = frozenset({"exact", "ordered"})
CHARGES_EXTRA: frozenset[str] = frozenset({"exact", "unordered", "writes"})

Status = Literal["ok", "unparsed", "unknown"]


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A call in its place, judged by itself: ``step`` indexes the turns, ``index`` the step's calls, ``turn`` counts user turns.

    ``tool`` is what it names (``None``: unknown or no tools given); ``arguments`` as meant after repair; ``near`` the offered
    name an unknown one stands for; ``alias`` the offered name when the harness rewrote it.
    """

    step: int
    index: int
    turn: int
    call: Call
    status: Status = "ok"
    name: str = ""
    tool: Tool | None = None
    arguments: Mapping[str, Any] = msgspec.field(default_factory=dict)
    slips: tuple[Slip, ...] = ()
    near: str | None = None
    alias: str | None = None
    unusable: str | None = None


class ArgumentDifference(msgspec.Struct, frozen=True, kw_only=True):
    """One argument of a matched call that is not what the gold needs."""

    name: str
    kind: str
    path: Path
    expected: Any = None
    got: Any = None


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt (by position) and the gold call it was matched with."""

    attempt: int
    expected: ExpectedCall
    order: int
    differences: tuple[ArgumentDifference, ...] = ()


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """The cheapest path and its assignment.

    ``pairs`` have the gold's name; ``wrong_tool`` another offered one; ``absorbed`` stand for a slip charged elsewhere;
    ``missing`` gold calls matched nothing, ``extra`` attempts (positions) matched nothing and are charged by the mode.
    """

    path: int
    cost: int
    pairs: tuple[Pair, ...] = ()
    wrong_tool: tuple[Pair, ...] = ()
    absorbed: tuple[Pair, ...] = ()
    missing: tuple[ExpectedCall, ...] = ()
    extra: tuple[int, ...] = ()
    due: int = 0


def match(attempts: Sequence[Attempt], gold: Gold, mode: GoldMode, effects: Mapping[str, str]) -> Match:
    """Match ``attempts`` (in the order made) with the path of least total cost; ``effects`` maps tool names to their effect."""
    best: Match | None = None
    for index, path in enumerate(gold.paths):
        found = _match_path(attempts, path, index, mode, effects)
        if best is None or found.cost < best.cost:
            best = found
        if best.cost == 0:
            break
    return best or Match(path=0, cost=0)


def _match_path(
    attempts: Sequence[Attempt], path: tuple[ExpectedCall, ...], index: int, mode: GoldMode, effects: Mapping[str, str]
) -> Match:
    positions: Iterable[int] = range(len(attempts))
    if mode == "writes":
        path = tuple(call for call in path if effects.get(call.name) != "read")
        positions = [i for i in positions if effects.get(attempts[i].name) != "read"]
    if len(attempts) == 1 == len(path) and attempts[0].status == "ok" and attempts[0].name == path[0].name and positions:
        found = argument_differences(path[0], attempts[0])
        return Match(path=index, cost=len(found), pairs=(Pair(attempt=0, expected=path[0], order=0, differences=found),), due=1)
    match = _Assignment(attempts, path, mode)
    if any(call.turn for call in path):
        turns = {attempts[i].turn for i in positions} | {call.turn for call in path}
        for turn in sorted(turns):
            match.assign([i for i in positions if attempts[i].turn == turn], [g for g, call in enumerate(path) if call.turn == turn])
        match.assign(match.unused, match.unmet, same_name=True)
    else:
        match.assign(list(positions), list(range(len(path))))
    return match.result(index, effects)


class _Assignment:
    """Collects pairs of one path, window by window."""

    def __init__(self, attempts: Sequence[Attempt], path: tuple[ExpectedCall, ...], mode: GoldMode) -> None:
        self.attempts, self.path, self.mode = attempts, path, mode
        self.pairs: list[tuple[int, int]] = []
        self.unused: list[int] = []
        self.unmet: list[int] = []

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
        costs = [[cost if (cost := self._cost(i, g)) < limit else None for g in due] for i in given]
        chosen = least_cost(costs, UNMATCHED)
        for row, column in chosen:
            self.pairs.append((given[row], due[column]))
        rows, columns = {row for row, _ in chosen}, {column for _, column in chosen}
        self.unused += [i for row, i in enumerate(given) if row not in rows]
        self.unmet += [g for column, g in enumerate(due) if column not in columns]

    def _take_exact(self, given: list[int], due: list[int]) -> tuple[list[int], list[int]]:
        left = list(due)
        rest = []
        for i in given:
            name = self.attempts[i].name
            hit = next((g for g in left if self.path[g].name == name and self._cost(i, g) == 0), None)
            if hit is None:
                rest.append(i)
            else:
                left.remove(hit)
                self.pairs.append((i, hit))
        return rest, left

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
            return base + _argument_cost(expected, attempt)
        if attempt.name == expected.name:
            return _argument_cost(expected, attempt)
        if self.mode not in ("exact", "unordered") and not _shares_a_value(expected, attempt):
            return 2 * UNMATCHED  # where extra calls are welcome, an unrelated one did not stand in for a missing one
        return OTHER_NAME + _argument_cost(expected, attempt)

    def result(self, index: int, effects: Mapping[str, str]) -> Match:
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
        missing = tuple(self.path[g] for g in sorted(self.unmet))
        extra = tuple(i for i in sorted(self.unused) if self._is_charged(self.attempts[i], effects))
        cost = sum([self._cost(i, g) for i, g in made]) + UNMATCHED * (len(missing) + len(extra))
        return Match(
            path=index,
            cost=cost,
            pairs=tuple(named),
            wrong_tool=tuple(other),
            absorbed=tuple(absorbed),
            missing=missing,
            extra=extra,
            due=len(self.path),
        )

    def _is_charged(self, attempt: Attempt, effects: Mapping[str, str]) -> bool:
        if self.mode not in CHARGES_EXTRA or attempt.status != "ok":
            return False
        if self.mode != "writes":
            return True
        failed = attempt.call.result is not None and attempt.call.result.is_error
        return effects.get(attempt.name) == "write" and not failed


def _argument_cost(expected: ExpectedCall, attempt: Attempt) -> int:
    """How many arguments differ or break the schema, at most ``MAX_ARGUMENT_COST``; counted without asking how they differ."""
    given, shape = attempt.arguments, _shape(attempt)
    masked = _masked(attempt.slips)
    wrong = len(attempt.slips)
    for name, want in expected.arguments.items():
        if name in masked:
            continue
        if name in given:
            wrong += not _agrees(name, want, attempt)
        else:
            wrong += _is_needed(name, want, attempt, shape)
    for name, value in given.items():
        if name not in expected.arguments and name not in masked:
            wrong += not _says_nothing(name, value, shape)
    return min(wrong, MAX_ARGUMENT_COST)


def _shares_a_value(expected: ExpectedCall, attempt: Attempt) -> bool:
    if not expected.arguments and not attempt.arguments:
        return True
    return any(accepts(want, value) for want in expected.arguments.values() if not want.any for value in attempt.arguments.values())


def argument_differences(expected: ExpectedCall, attempt: Attempt) -> tuple[ArgumentDifference, ...]:
    """What separates a call's arguments from the gold's, leaving out what its own schema already charges."""
    given = attempt.arguments
    if not attempt.slips and given.keys() == expected.arguments.keys():
        for name, want in expected.arguments.items():
            if not accepts(want, given[name]):
                break
        else:
            return ()
    masked, shape = _masked(attempt.slips), _shape(attempt)
    out: list[ArgumentDifference] = []
    for name, want in expected.arguments.items():
        if name in masked:
            continue
        if name in given and not _agrees(name, want, attempt):
            out.extend(_unequal(name, want, given[name], _property(shape, name)))
        elif name not in given and _is_needed(name, want, attempt, shape):
            out.append(ArgumentDifference(name=name, kind="omitted", path=(name,), expected=example(want)))
    for name, value in given.items():
        if name not in expected.arguments and name not in masked and not _says_nothing(name, value, shape):
            kind = "boolean_flipped" if isinstance(value, bool) else "unexpected"
            out.append(ArgumentDifference(name=name, kind=kind, path=(name,), got=value))
    return tuple(out)


def _agrees(name: str, want: Expected, attempt: Attempt) -> bool:
    """Whether the gold takes the value as meant, or, where the schema is stricter than the gold, the very one written."""
    if accepts(want, attempt.arguments[name]):
        return True
    written = attempt.call.arguments or {}
    return bool(attempt.slips) and name in written and accepts(want, written[name])


def _masked(slips: Iterable[Slip]) -> set[str | int]:
    """Arguments whose slip against the schema stands for whatever else is wrong with them."""
    return {slip.path[0] for slip in slips if slip.path and not slip.coerced and not (slip.kind == "unknown" and len(slip.path) > 1)}


def _shape(attempt: Attempt) -> Shape | None:
    return shape_of(attempt.tool.parameters) if attempt.tool is not None and attempt.unusable is None else None


def _property(shape: Shape | None, name: str) -> Mapping[str, Any]:
    return shape.properties.get(name, {}) if shape is not None else {}


def _is_needed(name: str, want: Expected, attempt: Attempt, shape: Shape | None) -> bool:
    """Whether leaving out ``name`` differs from the gold: not where it is optional, or its default or a dropped null is what is wanted."""
    if want.optional:
        return False
    prop, written = _property(shape, name), attempt.call.arguments or {}
    if "default" in prop and accepts(want, prop["default"]):
        return False
    return not (name in written and written[name] is None and accepts(want, None))


def _says_nothing(name: str, value: Any, shape: Shape | None) -> bool:
    """Whether giving ``value`` is no more than omitting it: the default, or null in a slot that has to be filled."""
    return _is_default(_property(shape, name), value) or (value is None and shape is not None and name in shape.required)


def _is_default(prop: Mapping[str, Any], value: Any) -> bool:
    return "default" in prop and equal(prop["default"], value)


def _unequal(name: str, want: Expected, got: Any, prop: Mapping[str, Any]) -> list[ArgumentDifference]:
    found: tuple[Difference, ...] = differences(want, got)
    if found and _is_default(prop, got):
        return [ArgumentDifference(name=name, kind="omitted", path=(name,), expected=example(want), got=got)]
    return [ArgumentDifference(name=name, kind=d.kind, path=(name, *d.path), expected=d.expected, got=d.got) for d in found]
