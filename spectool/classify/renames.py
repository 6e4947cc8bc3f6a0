"""Names that a schema does not declare where they stand, and the declared ones that they stand for.

At every level of the arguments alike: a recognisable misspelling of a name that is free there; the right name at the wrong level, where a
required slot of that name stands open elsewhere (or inside a required object that is missing, whose fields were given one level up); any
other word where exactly one name is unknown and one required slot open, and the value is of the slot's type. The value then moves to
where it was meant, and is judged there: one slip is charged once. A name that is declared elsewhere, but open nowhere, is only misplaced.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from spectool.branches import declarations
from spectool.model import Tool
from spectool.names import nearest
from spectool.validate import Path, Shape, Violation, at, names_of, violations

Place = Literal["near", "misplaced", "other_tool", "none"]

# A repaired name opens what lies below it; misspelt names inside misspelt names go no deeper than this.
MAX_ROUNDS = 4
# Guesses that are tried out in one round: each judges all of the arguments anew.
MAX_TRIALS = 4


class NameSlip(msgspec.Struct, frozen=True, kw_only=True):
    """An unknown name; ``meant`` is the path of the slot that it stands for, ``None`` where there is none."""

    violation: Violation
    place: Place
    meant: Path | None = None


class Repaired(msgspec.Struct, frozen=True, kw_only=True):
    """Arguments with every recognisable name in its place, the names that were not, and what is broken besides."""

    arguments: Mapping[str, Any]
    slips: tuple[NameSlip, ...]
    broken: tuple[Violation, ...]


def repair_names(shape: Shape, given: Mapping[str, Any], broken: Sequence[Violation], others: Iterable[Tool]) -> Repaired:
    """Judge the unknown names among ``broken``, the violations of ``given``; ``others`` are the other tools offered.

    Raises:
        SchemaError: the tool's own schema cannot be used.
    """
    slips: list[NameSlip] = []
    for _ in range(MAX_ROUNDS):
        moves = _Moves(shape, given, broken)
        if not moves.found:
            break
        slips.extend(NameSlip(violation=v, place=place, meant=meant) for v, meant, place in moves.found)
        for violation, meant, _ in moves.found:
            given = _moved(given, violation.path, meant)
        broken = violations(shape, given)
    unknown = [violation for violation in broken if violation.kind == "unknown"]
    slips.extend(NameSlip(violation=v, place=_place(str(v.path[-1]), shape, others)) for v in unknown)
    return Repaired(arguments=given, slips=tuple(slips), broken=tuple([v for v in broken if v.kind != "unknown"]))


def _place(name: str, shape: Shape, others: Iterable[Tool]) -> Place:
    if name in names_of(shape):
        return "misplaced"
    if any(isinstance(known := tool.parameters.get("properties"), Mapping) and name in known for tool in others):
        return "other_tool"
    return "none"


class _Moves:
    """Which open slot each unknown name stands for, as far as one judging tells: ``found`` holds (violation, slot, place)."""

    def __init__(self, shape: Shape, given: Mapping[str, Any], broken: Sequence[Violation]) -> None:
        self.shape, self.given = shape, given
        self.unknown = [violation for violation in broken if violation.kind == "unknown"]
        self.left = Counter(violation.path[:-1] for violation in self.unknown)
        self.slots: defaultdict[Path, list[Path]] = defaultdict(list)
        self.slots_named: defaultdict[Any, list[Path]] = defaultdict(list)
        self.slots_within: defaultdict[str, list[Path]] = defaultdict(list)
        for slot in (violation for violation in broken if violation.kind == "missing"):
            self.slots[slot.path[:-1]].append(slot.path)
            self.slots_named[slot.path[-1]].append(slot.path)
            for name in dict(declarations(slot.expected, shape.schema)):
                self.slots_within[name].append((*slot.path, name))
        self.found: list[tuple[Violation, Path, Place]] = []
        self.done: set[Path] = set()
        self.taken: set[Path] = set()
        self.trials = 0
        for violation in self.unknown:
            self._take(violation, self._elsewhere(violation), "misplaced")
            self._take(violation, self._near(violation), "near")
        for violation in self.unknown:
            self._take(violation, self._only_slot(violation), "near")

    def _take(self, violation: Violation, slot: Path | None, place: Place) -> None:
        if slot is not None and violation.path not in self.done:
            self.taken.add(slot)
            self.done.add(violation.path)
            self.left[violation.path[:-1]] -= 1
            self.found.append((violation, slot, place))

    def _near(self, violation: Violation) -> Path | None:
        above = violation.path[:-1]
        holder = at(self.given, above)
        free = [name for name in violation.expected if name not in holder and (*above, name) not in self.taken]
        near = near_name(str(violation.path[-1]), free)
        return (*above, near) if near is not None else None

    def _elsewhere(self, violation: Violation) -> Path | None:
        """The one open required slot of that very name at another level, or inside a required object that is missing."""
        above, name = violation.path[:-1], violation.path[-1]
        slots = [slot for slot in self.slots_named.get(name, ()) if slot[:-1] != above]
        slots += self.slots_within.get(str(name), ())
        slots = [slot for slot in slots if slot not in self.taken]
        return slots[0] if len(slots) == 1 else None

    def _only_slot(self, violation: Violation) -> Path | None:
        above = violation.path[:-1]
        if self.left[above] != 1 or violation.path in self.done or violation.path[-1] in names_of(self.shape):
            return None
        slots = [slot for slot in self.slots.get(above, ()) if slot not in self.taken]
        if len(slots) != 1 or self.trials >= MAX_TRIALS:
            return None
        self.trials += 1
        trial = violations(self.shape, _moved(self.given, violation.path, slots[0]))
        return None if any(v.kind == "type" and v.path == slots[0] for v in trial) else slots[0]


def near_name(name: str, candidates: Sequence[str]) -> str | None:
    """The candidate that ``name`` is a spelling of, or the only one that shares all words of the shorter of both."""
    if hit := nearest(name, candidates):
        return hit
    parts = set(_parts(name))
    holders = [c for c in candidates if parts and (parts <= set(_parts(c)) or set(_parts(c)) <= parts)]
    return holders[0] if len(holders) == 1 else None


def _parts(name: str) -> list[str]:
    return [part.casefold() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def _moved(given: Any, source: Path, target: Path) -> Any:
    """A copy of ``given`` with what stands at ``source`` at ``target`` instead; a rename in place keeps the order of keys."""
    above, name = source[:-1], source[-1]
    holder = at(given, above)
    if above == target[:-1]:
        return put(given, above, {target[-1] if key == name else key: value for key, value in holder.items()})
    rest = put(given, above, {key: value for key, value in holder.items() if key != name})
    return put(rest, target, holder[name])


def put(value: Any, path: Path, new: Any) -> Any:
    """A copy of ``value`` with ``new`` at ``path``; objects on the way are made where there are none."""
    if not path:
        return new
    head, rest = path[0], path[1:]
    if isinstance(value, list) and isinstance(head, int) and head < len(value):
        return [*value[:head], put(value[head], rest, new), *value[head + 1 :]]
    if isinstance(value, Mapping) or value is None:
        return {**(value or {}), head: put((value or {}).get(head), rest, new)}
    return value


def as_written(path: Path, moved: Mapping[Path, Path]) -> Path:
    """A path into the arguments as meant, as it leads into those written; ``moved`` maps each slot filled to where its value stood."""
    for length in range(len(path), 0, -1):
        if (source := moved.get(path[:length])) is not None:
            return (*as_written(source, moved), *path[length:])
    return path
