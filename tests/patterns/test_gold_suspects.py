"""Suspect gold, scored by hand: three models at tasks whose gold is wrong, is hard to meet, or is right."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from spectool.model import Expected, ExpectedCall, Gold, Tool, Trajectory
from spectool.patterns.audit import audit_folders
from spectool.patterns.gold_suspects import WEIGHTS, GoldSuspect
from spectool.patterns.gold_suspects_answers import Answer, largest_agreement
from spectool.patterns.gold_suspects_reading import refusals
from spectool.results.pipeline import classify_paths

MODELS = ("ada", "bob", "cyd")
PROPERTIES = {"degrees": {"type": "integer"}, "mode": {"type": "string", "enum": ["cool", "heat"]}, "room": {"type": "string"}}
PARAMETERS = {"type": "object", "properties": PROPERTIES, "required": ["degrees"]}
HEATER = {"type": "function", "function": {"name": "set_heat", "description": "Sets the heat of a room.", "parameters": PARAMETERS}}
GAMES = {"type": "function", "function": {"name": "play", "parameters": {"type": "object", "properties": {"game": {"type": "string"}}}}}


def attempts(task: str, question: str, gold: Mapping[str, Any] | None, *given: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """One attempt a model, each with its arguments (``None``: no call), against gold with these arguments (``None``: no call is due)."""
    path = [] if gold is None else [{"name": "set_heat", "arguments": {name: {"values": [value]} for name, value in gold.items()}}]
    rows = []
    for model, arguments in zip(MODELS, given, strict=False):
        calls = [] if arguments is None else [{"name": "set_heat", "arguments": arguments}]
        step = {"kind": "step", "dialect": "native", "calls": calls, "text": "" if calls else "I can not do that."}
        turns = [{"kind": "message", "role": "user", "content": question}, step]
        row = {"id": f"{task}-{model}", "task": task, "model": model, "tools": [HEATER, GAMES], "turns": turns}
        rows.append({**row, "gold": {"paths": [path], "mode": "exact"}})
    return rows


TWENTY, DEGREES = {"degrees": 20}, "Set it to 20 degrees"
TASKS = {
    "all give what was said, the gold another": attempts("wrong gold", DEGREES, {"degrees": 22}, TWENTY, TWENTY, TWENTY),
    "all err apart": attempts("hard", "Set it to 20 degrees", {"degrees": 20}, {"degrees": 31}, {"degrees": 32}, {"degrees": 33}),
    "one errs": attempts("slip of one", DEGREES, TWENTY, {"degrees": 31}, TWENTY, TWENTY),
    "none errs": attempts("right", DEGREES, TWENTY, TWENTY, TWENTY, TWENTY),
    "the gold names no argument of the tool": attempts("bad name", DEGREES, {"degrees": 20, "heat": 3}, TWENTY, TWENTY, TWENTY),
    "two call alike where no call is due": attempts("no call", "Hello, 20!", None, TWENTY, TWENTY, None),
    "two call otherwise where no call is due": attempts("no call, apart", "Hello, 20!", None, TWENTY, {"degrees": 21}, None),
}


def suspects_of(rows: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, GoldSuspect]:
    (folder / "outputs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    classify_paths([folder / "outputs.jsonl"], out=folder / "results")
    return {suspect.task: suspect for suspect in audit_folders([folder / "results"]).suspects}


@pytest.fixture(scope="module")
def suspects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, GoldSuspect]:
    return suspects_of([row for rows in TASKS.values() for row in rows], tmp_path_factory.mktemp("suspects"))


PARTS = {
    "wrong gold": (1, 1, 1, 0, 1),
    # The gold's value was not said, but so small a number may be meant without.
    "bad name": (1, 1, 1, 1, 0),
    # The gold's value was said, and none of theirs.
    "hard": (1, 0, 1, 0, -1),
    "slip of one": (1 / 3, 0, 0, 0, -1),
    "no call": (2 / 3, 0.5, 0.5, 0, 0),
    "no call, apart": (2 / 3, 0, 0.5, 0, 0),
}


@pytest.mark.parametrize(("task", "parts"), PARTS.items(), ids=PARTS)
def test_each_part_says_what_it_says(suspects: dict[str, GoldSuspect], task: str, parts: tuple[float, ...]) -> None:
    assert suspects[task].parts == pytest.approx(dict(zip(WEIGHTS, parts, strict=True)))


def test_the_score_is_the_weighted_sum_and_ranks(suspects: dict[str, GoldSuspect]) -> None:
    assert {task: (found.score, found.high) for task, found in suspects.items()} == {
        "bad name": (pytest.approx(0.8), True),
        "wrong gold": (pytest.approx(0.8), True),
        "no call": (pytest.approx(0.133333 + 0.15 + 0.05), False),
        "no call, apart": (pytest.approx(0.133333 + 0.05), False),
        "hard": (pytest.approx(0.1), False),
        "slip of one": (pytest.approx(0.066667 - 0.2), False),
    }
    assert list(suspects) == ["bad name", "wrong gold", "no call", "no call, apart", "hard", "slip of one"]
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_a_suspect_shows_gold_answers_and_reasons(suspects: dict[str, GoldSuspect]) -> None:
    found = suspects["wrong gold"]
    assert found.gold["paths"][0][0]["arguments"]["degrees"]["values"] == [22]
    assert [(each.model, each.passed, each.calls) for each in found.answers] == [
        (model, False, ({"name": "set_heat", "arguments": TWENTY},)) for model in MODELS
    ]
    assert found.reasons == (
        "3 of 3 attempts fail",
        "3 of 3 models give the same answer against the gold: IAV.other at $.turns[1].calls[0].arguments.degrees, gold 22, they 20",
        "their value was said before the call more than the gold's (+1.00)",
    )
    assert "gold against its own schema: set_heat has no argument 'heat'" in suspects["bad name"].reasons


def test_samples_of_one_model_are_no_agreement(tmp_path: Path) -> None:
    rows = [{**row, "model": "ada"} for row in attempts("wrong gold", DEGREES, {"degrees": 22}, TWENTY, TWENTY, TWENTY)]
    found = suspects_of(rows, tmp_path)["wrong gold"]
    assert (found.models, found.attempts, found.parts["same_answer"], found.high) == (1, 3, 0, False)


def test_failures_at_highly_suspect_gold_are_put_down_to_it(tmp_path: Path) -> None:
    suspects_of(TASKS["all give what was said, the gold another"] + TASKS["one errs"], tmp_path)
    audit = audit_folders([tmp_path / "results"]).audit
    assert audit.suspects == ("wrong gold",)
    assert [model.causes[1].decisions for model in audit.models] == [{"gold_suspects": 1}] * 3
    assert [(model.model, [(part.error, part.failures) for part in model.patterns]) for model in audit.models] == [
        ("ada", [("IAV", 1)]),
        ("bob", []),
        ("cyd", []),
    ]


def answer(model: str, *calls: Mapping[str, Any], passed: bool = False) -> Answer:
    return Answer(model=model, sample=0, passed=passed, calls=calls)


ONE, OTHER = {"name": "f", "arguments": {"a": " X ", "b": 3}}, {"name": "f", "arguments": {"b": 3.0, "a": "x"}}
AGREEMENTS = {
    "nobody answered": ((), 0),
    "one model": ((answer("a", ONE),), 1),
    "two alike but for case, space, key order and the kind of number": ((answer("a", ONE), answer("b", OTHER)), 2),
    "two samples of one model": ((answer("a", ONE), answer("a", ONE)), 1),
    "two apart": ((answer("a", ONE), answer("b", {"name": "g", "arguments": {}})), 1),
    "one that passed does not count": ((answer("a", ONE), answer("b", ONE, passed=True)), 1),
    "the same calls in another order": ((answer("a", ONE, {"name": "g", "raw": "("}), answer("b", {"name": "g", "raw": "("}, ONE)), 2),
    "no call is no answer": ((answer("a"), answer("b")), 0),
}


@pytest.mark.parametrize(("answers", "models"), AGREEMENTS.values(), ids=AGREEMENTS)
def test_models_that_agree(answers: tuple[Answer, ...], models: int) -> None:
    assert largest_agreement(answers) == models


def gold_call(name: str = "set_heat", **arguments: Expected) -> ExpectedCall:
    return ExpectedCall(name=name, arguments={"degrees": Expected(values=(20,))} | arguments)


REFUSED = {
    "a gold that its schema takes": ((gold_call(),), ()),
    "one of its values is taken": ((gold_call(mode=Expected(values=("warm", "heat"))),), ()),
    "a refused value that may be left out": ((gold_call(mode=Expected(values=("warm", ""), optional=True)),), ()),
    "each value is refused": ((gold_call(mode=Expected(values=("warm", "hot"))),), ("set_heat.mode = 'warm' breaks the schema",)),
    "an argument that is not declared": ((gold_call(heat=Expected(values=(1,), optional=True)),), ("set_heat has no argument 'heat'",)),
    "a required argument is missing": ((ExpectedCall(name="set_heat"),), ("set_heat lacks the required 'degrees'",)),
    "a tool that is not offered": ((gold_call("set_cold"),), ("'set_cold' is not offered",)),
    "the same twice is said once": ((gold_call("set_cold"), gold_call("set_cold")), ("'set_cold' is not offered",)),
}


@pytest.mark.parametrize(("path", "lines"), REFUSED.values(), ids=REFUSED)
def test_gold_against_its_own_schema(path: tuple[ExpectedCall, ...], lines: tuple[str, ...]) -> None:
    tool = Tool(name="set_heat", parameters={**PARAMETERS, "additionalProperties": False})
    assert refusals(Trajectory(key="k", id="i", tool_sets=((tool,),), gold=Gold(paths=(path,)))) == lines


def test_another_gold_path_that_the_schema_takes_clears_the_gold() -> None:
    gold = Gold(paths=((gold_call("set_cold"),), (gold_call(),)))
    assert refusals(Trajectory(key="k", id="i", tool_sets=((Tool(name="set_heat", parameters=PARAMETERS),),), gold=gold)) == ()
