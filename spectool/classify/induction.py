"""Schemas from logs: what a tool takes, induced from the calls of it that succeeded.

A call counts as evidence where its tool answered and the answer reports no failure: a call without a reply shows nothing. Everything that
one such call was given is declared, so that no call that its tool accepted is ever held against it; what is *required*, and which values
are *all* there are, is said only with support. Support is counted in calls and in tasks, because the calls of one task, and repeats of it,
are alike. Each schema carries its support under ``SUPPORT``: at its top the calls and tasks it rests on, at each argument those that gave
it. Memory grows with the number of tools and arguments, not with that of the trajectories.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from spectool.classify.tool_replies import succeeded
from spectool.model import Step, Tool, Trajectory
from spectool.read.effects import effect_of
from spectool.read.wording import type_name

# The keyword that holds the support; validators pass over keywords that they do not know.
SUPPORT = "x-inferred"
# Tasks remembered of a place: all that more of them could add is certainty.
MAX_TASKS = 50
# Different texts remembered of an argument: a closed set of values is small.
MAX_CHOICES = 12
# Characters of a text that can be one of a closed set.
MAX_CHOICE = 60
# Names under one object: with more the names are data, and the object is open.
MAX_NAMES = 64
# Levels of an argument's value that are looked into.
MAX_LEVELS = 4
# Places remembered of all tools together (a tool, an argument, a place inside its value), each a few kB at most: with more, new tools are
# passed over and objects with new names count as open. Far more than any real set of tools has.
MAX_PLACES = 100_000
# Calls, all of which gave an argument, before it is declared as required, and tasks before a set of values is declared as all there are.
# `python -m benchmarks.inferred_tools` shows what they cost and save.
REQUIRED_CALLS = 3
CLOSED_TASKS = 20
# Tasks in which each value of a closed set was met: a value met once says that there are others.
CHOICE_TASKS = 2


class Support(msgspec.Struct, frozen=True, kw_only=True):
    """What a schema or an argument rests on: ``calls`` that succeeded, of ``tasks`` different tasks (at most ``MAX_TASKS``)."""

    calls: int
    tasks: int


def support_of(schema: Mapping[str, Any]) -> Support | None:
    """The support that an inferred schema carries; ``None`` where somebody vouches for it."""
    found = schema.get(SUPPORT)
    if not isinstance(found, Mapping):
        return None
    calls, tasks = found.get("calls"), found.get("tasks")
    return Support(calls=calls, tasks=tasks) if isinstance(calls, int) and isinstance(tasks, int) else Support(calls=0, tasks=0)


def induce(trajectories: Iterable[Trajectory]) -> tuple[Tool, ...]:
    """The tools that the ``trajectories`` without tools of their own show to work, by name; each schema carries its support."""
    induction = Induction()
    for trajectory in trajectories:
        induction.add(trajectory)
    return induction.tools()


class Induction:
    """Takes trajectories one by one; ``calls`` counts those of trajectories without tools, ``used`` those that succeeded."""

    def __init__(self) -> None:
        self.calls = self.used = 0
        self._tools: dict[str, _Place] = {}
        self._budget = _Budget()

    def add(self, trajectory: Trajectory) -> None:
        """Learns from the calls of one trajectory, unless it has tools of its own."""
        if trajectory.tool_sets:
            return
        task = hash(trajectory.task or trajectory.id)
        for turn in trajectory.turns:
            for call in turn.calls if isinstance(turn, Step) else ():
                self.calls += 1
                if succeeded(call) and (call.name in self._tools or self._budget.take()):
                    self.used += 1
                    self._tools.setdefault(call.name, _Place(self._budget)).add(call.arguments or {}, task)

    def tools(self) -> tuple[Tool, ...]:
        """What was learned so far, by name."""
        found = sorted(self._tools.items())
        return tuple(Tool(name=name, parameters=place.schema(), effect=effect_of(name)) for name, place in found)


class _Budget:
    """How many places may still be remembered."""

    def __init__(self) -> None:
        self.left = MAX_PLACES

    def take(self) -> bool:
        """Whether there is room for another place, which is then taken."""
        self.left -= 1
        return self.left >= 0


class _Place:
    """What stood in one place: a tool's arguments as a whole, one of them, or a place inside its value."""

    def __init__(self, budget: _Budget, level: int = 0) -> None:
        self.budget, self.level, self.calls = budget, level, 0
        self.kinds: Counter[str] = Counter()
        self.tasks: set[int] = set()
        self.choices: dict[str, set[int]] | None = {}
        self.names: dict[str, _Place] | None = {}
        self.items: _Place | None = None

    def add(self, value: Any, task: int) -> None:
        self.calls += 1
        self.kinds[type_name(value)] += 1
        if len(self.tasks) < MAX_TASKS:
            self.tasks.add(task)
        if isinstance(value, str):
            self._choose(value, task)
        elif isinstance(value, Mapping) and self.level <= MAX_LEVELS:
            self._name(value, task)
        elif isinstance(value, list) and self.level < MAX_LEVELS:
            self.items = self.items or _Place(self.budget, self.level + 1)
            for item in value:
                self.items.add(item, task)

    def _choose(self, value: str, task: int) -> None:
        if self.choices is None:
            return
        met = self.choices.setdefault(value, set())
        if len(met) < CHOICE_TASKS:
            met.add(task)
        if len(self.choices) > MAX_CHOICES or len(value) > MAX_CHOICE:
            self.choices = None

    def _name(self, value: Mapping[str, Any], task: int) -> None:
        if self.names is None:
            return
        for name, inner in value.items():
            if name not in self.names:
                if len(self.names) == MAX_NAMES or not self.budget.take():
                    self.names = None
                    return
                self.names[name] = _Place(self.budget, self.level + 1)
            self.names[name].add(inner, task)

    def schema(self) -> dict[str, Any]:
        """The schema of the values met."""
        kinds = self._kinds()
        found: dict[str, Any] = {"type": kinds[0] if len(kinds) == 1 else kinds} if kinds else {}
        if self._is_closed():
            found["enum"] = sorted(self.choices or ())
        if "object" in kinds and self.names is not None and self.level <= MAX_LEVELS:
            objects = self.kinds["object"]
            found["properties"] = {name: place.schema() for name, place in sorted(self.names.items())}
            found["required"] = sorted(name for name, place in self.names.items() if place.calls == objects >= REQUIRED_CALLS)
        if self.items is not None and self.items.calls:
            found["items"] = self.items.schema()
        return {**found, SUPPORT: {"calls": self.calls, "tasks": len(self.tasks)}}

    def _kinds(self) -> list[str]:
        kinds = set(self.kinds)
        return sorted(kinds - {"integer"} if {"integer", "number"} <= kinds else kinds)

    def _is_closed(self) -> bool:
        """Whether the texts met are likely all there are: enough tasks, and each text in several of them."""
        if set(self.kinds) != {"string"} or self.choices is None or len(self.tasks) < CLOSED_TASKS:
            return False
        return all(len(met) >= CHOICE_TASKS for met in self.choices.values())
