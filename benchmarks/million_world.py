"""What ``benchmarks/million.py`` measures on: attempts of several models at many tasks, with slips, messages and values as real ones.

Real structs, so that the folder's own writer makes the folder. A task's values are its own, and a slip at one of them has few wrong values:
samples and models repeat each other in part, as they do in real runs, where a third to a half of the findings have a message of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from random import Random
from typing import Any, NamedTuple

from spectool.model import Call, Expected, ExpectedCall, Finding, Gold, Message, Outcome, Result, Step, Tool, Trajectory, Verdict
from spectool.read.record import as_json

SEED = 20241113
TOOLS, LISTS = 300, 1_500
MODELS = ("large-70b", "medium-32b", "small-8b", "tiny-1b")
# Times as many slips as the first.
SKILLS = (0.6, 0.9, 1.2, 1.6)
SAMPLES = 3
CATEGORIES, ENVIRONMENTS = 12, 8
_VERBS = (
    *("get", "find", "list", "search", "create", "update", "cancel", "book"),
    *("send", "move", "rate", "share", "track", "check", "order"),
)
_NOUNS = (
    *("room", "flight", "song", "order", "patient", "seat", "ticket", "invoice", "parcel", "device"),
    *("report", "meeting", "plan", "loan", "recipe", "route", "lesson", "repair", "plant", "patent"),
)
_CITIES = (
    *("Lisbon", "Porto", "Madrid", "Turin", "Vienna", "Graz", "Prague", "Lyon"),
    *("Nantes", "Bergen", "Malmo", "Tampere", "Krakow", "Cork", "Leeds", "Ghent"),
)
_KINDS = ("city", "date", "email", "amount", "code", "query", "limit", "status", "flag", "tags")
_STATUS = ["open", "closed", "pending", "cancelled"]
_TYPES = {"amount": "number", "limit": "integer", "flag": "boolean", "tags": "array"}
# Patterns that rules judge, and those that these records give no ground for.
_JUDGED: tuple[str, ...] = (
    *("IFE", "IFN", "IAN", "IAT", "IAV", "IAC", "RAC", "wrong_tool", "unneeded_call", "extra_call", "ignored_tool_error"),
    *("unrecovered_error", "tool_error", "refusal", "truncated", "inference_error", "name_alias", "schema_unresolvable"),
)
_SKIPPED = {
    "wrong_order": "gold mode 'unordered' binds no order",
    "constraint_violation": "the request states no limit on calls",
    "budget_limit": "no step limit is stated",
    "wrong_answer": "the gold holds no claims of an answer: a judge, a tagger or a person decides",
    "incomplete_answer": "the gold holds no claims of an answer: a judge, a tagger or a person decides",
    "lost_call": "no step holds raw text beside structured calls",
}


# Of records in which nothing went wrong, and of patterns that are never judged: the same every time.
_NOT_JUDGED = tuple(Outcome(error=code, skipped=reason) for code, reason in _SKIPPED.items())


class Wanted(NamedTuple):
    """A gold call: its tool, and of each argument the kind and the number that its value is made of."""

    tool: Tool
    numbers: Mapping[str, int]


class Problem(NamedTuple):
    """A task; ``hard`` multiplies the chance of a slip, ``turns`` are what every attempt writes, ``clean`` what one without a slip gets."""

    name: str
    place: int
    tools: tuple[Tool, ...]
    wanted: tuple[Wanted, ...]
    hard: float
    turns: tuple[Message | Step, ...]
    gold: Gold
    clean: Mapping[str, Outcome]


_MAKERS: Mapping[str, Callable[[int], Any]] = {
    "city": lambda number: f"{_CITIES[number % 16]} {number // 16 % 90 + 10}",
    "date": lambda number: f"20{number % 7 + 24}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
    "email": lambda number: f"user.{number % 50_000}@mail{number % 9}.example.org",
    "amount": lambda number: number % 10_000 / 4,
    "code": lambda number: f"{_CITIES[number % 16][:2].upper()}-{number % 90_000 + 10_000}",
    "query": lambda number: f"the {_NOUNS[number % 20]} near {_CITIES[number % 16]} with number {number % 5_000}",
    "limit": lambda number: number % 50 + 1,
    "status": lambda number: _STATUS[number % 4],
    "flag": lambda number: bool(number % 2),
    "tags": lambda number: [_NOUNS[number % 20], _NOUNS[number // 20 % 20]],
}


def value(kind: str, number: int) -> Any:
    """A value of that kind, the same for the same number."""
    return _MAKERS[kind](number)


def tools() -> list[Tool]:
    """Tools of two to five arguments each."""
    draw, made = Random(SEED), []
    for number in range(TOOLS):
        kinds = draw.sample(_KINDS, draw.randint(2, 5))
        properties = {f"{_NOUNS[number % 20]}_{kind}": _schema(kind) for kind in kinds}
        name = f"{_VERBS[number // 20]}_{_NOUNS[number % 20]}"
        text = f"{_VERBS[number // 20].capitalize()} the {_NOUNS[number % 20]} that the user speaks of."
        schema = {"type": "object", "properties": properties, "required": list(properties)[:2]}
        made.append(Tool(name=name, description=text, parameters=schema))
    return made


def _schema(kind: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _TYPES.get(kind, "string"), "description": f"The {kind} as the user gives it."}
    return {**schema, "enum": _STATUS} if kind == "status" else schema


def problems() -> Iterator[Problem]:
    """Tasks without end, the same each time."""
    draw, offered = Random(SEED + 1), tools()
    lists = [tuple(draw.sample(offered, draw.randint(3, 10))) for _ in range(LISTS)]
    for place in count():
        offered_here = lists[draw.randrange(LISTS)]
        chosen = [draw.choice(offered_here) for _ in range(draw.choice((1, 1, 2, 2, 3, 4)))]
        wanted = tuple(Wanted(tool, {name: draw.randrange(1_000_000) for name in tool.parameters["properties"]}) for tool in chosen)
        yield Problem(
            name=f"task-{place:06d}",
            place=place,
            tools=offered_here,
            wanted=wanted,
            hard=draw.betavariate(1.2, 1.2) * 2,
            turns=tuple(_turns(place, wanted)),
            gold=_gold(wanted),
            clean={code: Outcome(error=code, assessed=_places(code, wanted)) for code in _JUDGED},
        )


def _turns(place: int, wanted: Sequence[Wanted]) -> Iterator[Message | Step]:
    values = "; ".join(f"{name}: {value(kind_of(name), at)}" for each in wanted for name, at in each.numbers.items())
    yield Message(role="user", content=f"Please {wanted[0].tool.description.lower()} This is what I know of it: {values}.")
    for number, each in enumerate(wanted):
        given = {name: value(kind_of(name), at) for name, at in each.numbers.items()}
        row = {"status": "ok", "id": f"r-{place * 7 + number}", "items": [value("code", place + number), value("city", number)]}
        raw, content = as_json({"name": each.tool.name, "arguments": given}), as_json(row)
        yield Step(text="", calls=(Call(name=each.tool.name, arguments=given, raw=raw, result=Result(content=content)),), raw=raw)
        yield Message(role="tool", content=content)
    yield Step(text=f"Done: {wanted[0].tool.description} Is there anything else that I can do for you?")


def _gold(wanted: Sequence[Wanted]) -> Gold:
    calls = tuple(
        ExpectedCall(
            name=each.tool.name, arguments={name: Expected(values=(value(kind_of(name), at),)) for name, at in each.numbers.items()}
        )
        for each in wanted
    )
    return Gold(paths=(calls,), mode="unordered")


def _places(code: str, wanted: Sequence[Wanted]) -> int:
    return sum(len(each.numbers) for each in wanted) if code == "IAV" else len(wanted)


def kind_of(argument: str) -> str:
    """The kind of value that an argument takes."""
    return argument.rpartition("_")[2]


def attempt(problem: Problem, model: int, sample: int, found: Sequence[Finding]) -> tuple[Trajectory, Verdict]:
    """One attempt, and the verdict that it has these findings."""
    key = f"{((problem.place * len(MODELS) + model) * SAMPLES + sample + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF:016x}"
    meta = {"category": f"category {problem.place % CATEGORIES}", "environment": f"environment {problem.place % ENVIRONMENTS}"}
    one = Trajectory(
        key=key,
        id=f"{problem.name}-{sample}",
        task=problem.name,
        sample=sample,
        model=MODELS[model],
        run="first" if sample else "pilot",
        time=f"2026-{problem.place % 12 + 1:02d}-{problem.place % 28 + 1:02d}T{sample:02d}:00:00",
        tool_sets=(problem.tools,),
        turns=problem.turns,
        gold=problem.gold,
        meta={**meta, "format": "spectool"},
        source=f"{MODELS[model]}.jsonl",
        line=problem.place * SAMPLES + sample + 1,
    )
    outcomes = {**problem.clean, **{code: _outcome(problem.clean[code], code, found) for code in {each.error for each in found}}}
    passed = not any(each.level == "core" for each in found)
    return one, Verdict(key=key, passed=passed, outcomes=(*outcomes.values(), *_NOT_JUDGED), gold_path=0)


def _outcome(clean: Outcome, code: str, found: Sequence[Finding]) -> Outcome:
    findings = tuple(each for each in found if each.error == code)
    return Outcome(error=code, assessed=max(clean.assessed, len(findings)), findings=findings)
