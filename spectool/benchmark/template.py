"""Templates: requests with places to fill, how their places are drawn from records, and a reference solution that is executed.

A template says nothing of the truth: the truth is what its solution finds when it acts on the environment. ``draw`` fills the places
from the rows of one split, ``solve`` acts and returns the claims that the final answer must make; where a draw leads nowhere, either
returns ``None`` and another is made. Several solutions are several valid paths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from types import CodeType, FunctionType
from typing import Any, Literal, TypeVar

import msgspec

from spectool.benchmark.splits import Split, rows_of
from spectool.environments.core.environment import Environment
from spectool.environments.core.errors import ToolError
from spectool.environments.core.tables import Row, State
from spectool.model import GoldMode

Kind = Literal[
    "one_constraint",
    "several_constraints",
    "multi_step",
    "parallel",
    "state_changing",
    "paraphrase",
    "irrelevant_constraint",
    "missing_information",
    "unrelated_request",
    "dialogue",
]
Slots = Mapping[str, Any]
Claims = Sequence[str]
T = TypeVar("T")


class Said(msgspec.Struct, frozen=True):
    """A value that requests say in other words: one of ``words`` stands in the request, ``value`` goes to the solution."""

    value: Any
    words: tuple[str, ...]


class Either(msgspec.Struct, frozen=True):
    """An argument with several right values, the first of which is executed; ``optional``: leaving it out is right as well."""

    values: tuple[Any, ...]
    optional: bool = False


class Within(msgspec.Struct, frozen=True):
    """A number that may be off by ``tolerance``, an absolute difference."""

    value: float
    tolerance: float


def either(*values: Any) -> Either:
    """Any of these is right; the first is executed."""
    return Either(values)


def maybe(*values: Any) -> Either:
    """Any of these is right, and so is leaving the argument out; the first is executed."""
    return Either(values, optional=True)


def said(value: Any, *words: str) -> Said:
    """``value``, which a request says in one of these ways."""
    return Said(value, words)


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """A place that the user leaves out at first.

    ``asks`` are the requests without it; ``asked`` are words that a question for it holds; ``says`` is how the user then tells it.
    """

    asks: tuple[str, ...]
    asked: tuple[str, ...]
    says: tuple[str, ...]


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One call of a solution: what was executed, and which arguments the gold lets go (``free``); ``stage`` counts user turns."""

    name: str
    arguments: Mapping[str, Any]
    free: tuple[str, ...] = ()
    stage: int = 0


class Unsolvable(Exception):
    """A draw whose solution a tool refuses: another draw is made."""


class Act:
    """How a solution acts: each call is executed in the state of one environment and kept.

    ``told`` keeps what was looked up while nothing had changed: the solutions of one draw make many of the same calls.
    """

    def __init__(self, environment: Environment, state: State, told: dict[bytes, Any] | None = None) -> None:
        self._environment = environment
        self.state = state
        self.steps: list[Action] = []
        self.stage = 0
        self._told = told

    def __call__(self, tool: str, arguments: Mapping[str, Any], *, free: Sequence[str] = ()) -> Any:
        """Calls a tool and returns its result, which must not be changed.

        ``arguments`` may hold ``either(...)`` and ``Within(...)`` at the top level; ``free`` names arguments that may be given in any
        way or left out.

        Raises:
            Unsolvable: the tool refuses.
        """
        self.steps.append(Action(name=tool, arguments=dict(arguments), free=tuple(free), stage=self.stage))
        given = {name: executed(value) for name, value in arguments.items()}
        if self._told is None or self._environment.functions[tool].tool.effect != "read":
            self._told = None
            return self._called(tool, given)
        call = msgspec.json.encode((tool, given))
        if call not in self._told:
            self._told[call] = self._called(tool, given)
        return self._told[call]

    def _called(self, tool: str, given: Mapping[str, Any]) -> Any:
        try:
            return self._environment.call(self.state, tool, given)
        except ToolError as error:
            raise Unsolvable(f"{tool}: {error.message}") from None


def executed(value: Any) -> Any:
    """What is executed of an argument as a solution gives it."""
    return value.values[0] if isinstance(value, Either) else value.value if isinstance(value, Within) else value


class Draws:
    """Where a template's places come from: rows of one split, and choices; all decided by the seed."""

    def __init__(self, environment: str, split: Split, rng: Random) -> None:
        self._environment, self._split, self.rng = environment, split, rng
        self.records: list[str] = []

    def row(self, table: str, where: Callable[[Row], bool] | None = None) -> Row:
        """One row of the split for which ``where`` holds.

        Raises:
            Unsolvable: there is none.
        """
        return self.rows(table, 1, where)[0]

    def rows(self, table: str, number: int, where: Callable[[Row], bool] | None = None) -> list[Row]:
        """``number`` different rows of the split, in random order.

        Raises:
            Unsolvable: there are not so many.
        """
        fitting = rows_of(self._environment, table, self._split)
        if where is not None:
            fitting = _fitting(fitting, where)
        if len(fitting) < number:
            raise Unsolvable(f"{len(fitting)} rows of '{table}' fit, {number} are needed")
        chosen = self.rng.sample(fitting, number)
        self.records += [f"{table}/{id}" for id, _ in chosen]
        return [row for _, row in chosen]

    def pick(self, *options: T) -> T:
        """One of the options."""
        return self.rng.choice(options)

    def number(self, low: int, high: int) -> int:
        """A number from ``low`` to ``high``, both included."""
        return self.rng.randint(low, high)


Fitting = tuple[tuple[str, Row], ...]
_FITTING: dict[tuple[CodeType, str, int], tuple[Fitting, Fitting]] = {}


def _fitting(rows: Fitting, where: Callable[[Row], bool]) -> Fitting:
    """The rows for which ``where`` holds; worked out once where it depends on nothing but the row.

    That is so of a function without values of its own from around it: records never change, and a lambda is the
    same code of the same file each time.
    """
    if not isinstance(where, FunctionType) or where.__closure__ or where.__defaults__ or where.__kwdefaults__:
        return tuple((id, row) for id, row in rows if where(row))
    key = where.__code__, where.__module__, id(rows)
    if (known := _FITTING.get(key)) is None or known[0] is not rows:
        # The rows are kept beside what fits: while they are, no other tuple has their identity.
        known = _FITTING[key] = rows, tuple((id, row) for id, row in rows if where(row))
    return known[1]


Draw = Callable[[Draws], Slots | None]
Solve = Callable[[Act, Slots], Claims | None]


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A request with its places.

    ``asks`` are requests with ``{place}``; ``paraphrases`` say the same in freer words; ``solve`` are one or more solutions (none: no call
    is due). ``hidden`` names places that can be left out, ``together`` are requests for two draws at once (``{place}`` and ``{place_2}``),
    whose calls are then independent. ``irrelevant`` are sentences after a request that add a wish no argument of any tool of the
    environment serves, so that the right calls stay the same. ``mode`` says how strictly the path binds, ``None``: by kind.
    ``dated``: the request depends on the date, which the system message tells.
    """

    name: str
    kind: Kind
    split: Split
    asks: tuple[str, ...]
    draw: Draw
    solve: tuple[Solve, ...] = ()
    paraphrases: tuple[str, ...] = ()
    hidden: Mapping[str, Hidden] = msgspec.field(default_factory=dict)
    together: tuple[str, ...] = ()
    irrelevant: tuple[str, ...] = ()
    mode: GoldMode | None = None
    dated: bool = False


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """What a user wants at one point of a conversation.

    ``asks`` opens it; a place among ``hidden`` is left out until asked for, or until the model stops without it; ``solve`` are one or more
    solutions that go on from the state that earlier stages left (none: no call is due).
    """

    asks: tuple[str, ...]
    solve: tuple[Solve, ...] = ()
    hidden: Mapping[str, Hidden] = msgspec.field(default_factory=dict)


class Dialogue(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation with a scripted user: one draw fills the places of all stages.

    ``traits`` say what the user does: ``reveals``, ``changes_mind``, ``irrelevant_detail``.
    """

    name: str
    split: Split
    stages: tuple[Stage, ...]
    draw: Draw
    traits: tuple[Literal["reveals", "changes_mind", "irrelevant_detail"], ...]
    mode: GoldMode = "required"
    dated: bool = False


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """All that tasks of an environment are drawn from."""

    environment: str
    templates: tuple[Template, ...]
    dialogues: tuple[Dialogue, ...]
