"""The slips that the drawn attempts of ``benchmarks/million.py`` make: with the messages, values and repairs that the rules write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, NamedTuple

from benchmarks.million_world import SKILLS, Problem, Wanted, kind_of, value
from spectool.model import Finding, Level

# Wrong values that a slip at one argument of one task has.
ALTERNATIVES = 2
# The share of slips that are those of the call itself, which all models make there; the others are a model's own.
SHARED = 0.55
# Findings of one call at the mean chance of 1.
MEAN = 1.25


class At(NamedTuple):
    """Where a slip happens: the gold call, one of its arguments, its right value and a wrong one."""

    wanted: Wanted
    argument: str
    right: Any
    wrong: Any
    problem: Problem
    pick: int


class Kind(NamedTuple):
    """One kind of slip: how often, what it is called, and what it says: message, expected, got, repair."""

    weight: int
    error: str
    subtype: str
    says: Callable[[At], tuple[str, Any, Any, Any]]
    level: Level = "core"
    in_argument: bool = False


def _compared(at: At) -> tuple[str, Any, Any, Any]:
    return f"expected '{at.right}', got '{at.wrong}'", [at.right], at.wrong, None


def _partial(at: At) -> tuple[str, Any, Any, Any]:
    more = f"{at.right}, {at.wrong}"
    return f"expected '{at.right}', got '{more}'", [at.right], more, None


def _variant(at: At) -> tuple[str, Any, Any, Any]:
    other = str(at.right).upper() if at.pick % 2 else str(at.right).replace("-", "/")
    return f"expected '{at.right}', got '{other}'", [at.right], other, at.right


def _omitted(at: At) -> tuple[str, Any, Any, Any]:
    return f"expected '{at.right}', got nothing", [at.right], None, at.right


def _unexpected(at: At) -> tuple[str, Any, Any, Any]:
    return f"expected the argument '{at.argument}' left out, got '{at.wrong}'", None, at.wrong, None


def _unknown_argument(at: At) -> tuple[str, Any, Any, Any]:
    names, name = sorted(at.wanted.tool.parameters["properties"]), f"{kind_of(at.argument)}{at.pick}"
    return f"expected an argument of {at.wanted.tool.name} ({', '.join(names)}), got '{name}'", names, {name: at.wrong}, None


def _near_argument(at: At) -> tuple[str, Any, Any, Any]:
    names, name = sorted(at.wanted.tool.parameters["properties"]), at.argument.replace("_", "-" if at.pick % 2 else ".")
    return f"expected an argument of {at.wanted.tool.name} ({', '.join(names)}), got '{name}'", at.argument, {name: at.right}, at.argument


def _invented(at: At) -> tuple[str, Any, Any, Any]:
    names, name = ", ".join(tool.name for tool in at.problem.tools), f"{at.wanted.tool.name}_{kind_of(at.argument)}"
    return f"expected one of the offered functions ({names}), got '{name}'", at.wanted.tool.name, name, None


def _near_name(at: At) -> tuple[str, Any, Any, Any]:
    names, name = ", ".join(tool.name for tool in at.problem.tools), at.wanted.tool.name.replace("_", "." if at.pick % 2 else "-")
    return f"expected one of the offered functions ({names}), got '{name}'", at.wanted.tool.name, name, at.wanted.tool.name


def _typed(at: At) -> tuple[str, Any, Any, Any]:
    return f"expected number, got string '{at.right}'", "number", str(at.right), at.right


def _other_tool(at: At) -> tuple[str, Any, Any, Any]:
    did = at.problem.tools[at.pick % len(at.problem.tools)].name
    return f"expected a call of '{at.wanted.tool.name}', got '{did}'", at.wanted.tool.name, did, at.wanted.tool.name


def _error(at: At) -> tuple[str, Any, Any, Any]:
    said = f"Error: no {kind_of(at.argument)} '{at.wrong}' is known. Ask for another, request {at.problem.place * 31 % 99_991}."
    return f"expected a result, got '{said}'", None, said, None


def _fixed(message: str) -> Callable[[At], tuple[str, Any, Any, Any]]:
    return lambda at: (
        message.format(tool=at.wanted.tool.name, wrong=at.wrong, calls=len(at.problem.wanted)),
        at.wanted.tool.name,
        None,
        None,
    )


KINDS = (
    Kind(20, "IAV", "other", _compared, in_argument=True),
    Kind(12, "IAV", "partial", _partial, in_argument=True),
    Kind(9, "IAV", "format_variant", _variant, in_argument=True),
    Kind(9, "IAV", "omitted", _omitted, in_argument=True),
    Kind(6, "IAV", "unexpected", _unexpected, in_argument=True),
    Kind(4, "IAN", "unknown", _unknown_argument, in_argument=True),
    Kind(2, "IAN", "near_miss", _near_argument, in_argument=True),
    Kind(3, "IFN", "invented", _invented),
    Kind(1, "IFN", "near_miss", _near_name),
    Kind(4, "IAT", "coercible", _typed, in_argument=True),
    Kind(6, "IFE", "other_syntax", _fixed("expected the syntax 'hermes', got 'fenced'")),
    Kind(3, "IFE", "malformed", _fixed("expected a ',' or '}}', got '{wrong}'")),
    Kind(5, "IAC", "missing_parallel", _fixed("expected {calls} calls in this turn, got fewer: {tool} is missing")),
    Kind(3, "wrong_tool", "offered", _other_tool, "extended"),
    Kind(4, "extra_call", "unmatched", _fixed("expected no further call, got a call of '{tool}'"), "extended"),
    Kind(3, "RAC", "exact", _fixed("expected a new call, got the call of '{tool}' at turns[1].calls[0] again")),
    Kind(6, "tool_error", "error_reply", _error, "event"),
)
_WEIGHTS = [kind.weight for kind in KINDS]


def slips_of(problem: Problem, model: int, sample: int) -> Iterator[Finding]:
    """The findings of one attempt, call by call."""
    draw = Random((problem.place * 64 + model) * 64 + sample)
    expected = MEAN * SKILLS[model] * problem.hard
    for number, wanted in enumerate(problem.wanted):
        arguments = sorted(wanted.numbers)
        for _ in range(int(expected) + (draw.random() < expected % 1)):
            drawn = Random(problem.place * 8 + number) if draw.random() < SHARED else draw
            kind, argument = drawn.choices(KINDS, _WEIGHTS)[0], drawn.choice(arguments)
            pick, at = drawn.randrange(ALTERNATIVES), wanted.numbers[argument]
            right, wrong = (value(kind_of(argument), place) for place in (at, at + 1_009 * (pick + 1)))
            yield _finding(kind, At(wanted, argument, right, wrong, problem, pick), 1 + 2 * number)


def _finding(kind: Kind, at: At, step: int) -> Finding:
    message, expected, got, repair = kind.says(at)
    path = f"$.turns[{step}].calls[0]" + (f".arguments.{at.argument}" if kind.in_argument else "")
    return Finding(
        error=kind.error,
        subtype=kind.subtype,
        level=kind.level,
        step=step,
        call=0,
        tool=at.wanted.tool.name,
        path=path,
        message=message,
        expected=expected,
        got=got,
        repair=repair,
    )
