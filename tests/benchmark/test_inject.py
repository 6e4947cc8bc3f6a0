"""The injector: what it plants is found, exactly, by the classifier; and it is independent, deterministic and leaves its task alone."""

import ast
import json
from collections import Counter
from pathlib import Path

import pytest

import spectool.benchmark
from spectool.benchmark.agreement import agreement, findings
from spectool.benchmark.inject import SLIPS, GoldFault, broken, doubles, inject, injections, replay
from spectool.classify.taxonomy import load
from spectool.model import Expected, ExpectedCall, Gold, Message, Step, Task, Tool
from spectool.read.tasks import load_tasks

DEMO, _ = load_tasks([Path(__file__).parents[2] / "data" / "demo" / "tasks.jsonl"])
KINDS = ("simple", "multiple", "parallel", "irrelevance", "multi_step")
EVENTS = frozenset({"tool_error", "refusal"})


def some(number: int) -> list[Task]:
    """The same number of demo tasks of each kind, spread over all domains."""
    by_kind = {kind: [task for task in DEMO.values() if task.meta["category"] == kind] for kind in KINDS}
    return [task for tasks in by_kind.values() for task in tasks[:: max(1, len(tasks) // number)][:number]]


def slip(name: str):
    return next(slip for slip in SLIPS if slip.name == name)


@pytest.mark.parametrize("kind", KINDS)
def test_gold_replayed_is_clean(kind):
    answers = {task.id: replay(task) for task in DEMO.values() if task.meta["category"] == kind}
    blamed = {id: [f for f in findings(answer) if f.error not in EVENTS] for id, answer in answers.items()}
    assert {id: found for id, found in blamed.items() if found} == {}


def test_one_slip_is_found_exactly_where_it_was_planted():
    held = {found.trajectory.id: agreement(found) for task in some(3) for found in injections(task)}
    assert len(held) > 300
    assert {id: each for id, each in held.items() if not each.is_exact} == {}


def test_two_slips_are_both_found_and_nothing_else():
    held = {found.trajectory.id: agreement(found) for task in some(6) for found in doubles(task, number=3)}
    assert len(held) > 50
    assert {id: each for id, each in held.items() if not each.is_exact} == {}


def test_every_subtype_that_a_rule_can_plant_has_a_slip():
    ours = {slip.name for slip in SLIPS}
    due = {f"{error.code}.{subtype.code}" for error in load().errors if error.decided_by == "rule" for subtype in error.subtypes}
    judged = {"wrong_answer.judged", "incomplete_answer.judged"}
    assert sorted(due - ours - judged) == ["tool_error.error_reply"]  # planted along with what the model makes of it
    assert sorted(ours - due) == []


def test_slips_stand_in_the_order_of_the_taxonomy():
    order = [f"{error.code}.{subtype.code}" for error in load().errors for subtype in error.subtypes]
    assert sorted(SLIPS, key=lambda slip: [name.partition(".")[0] for name in order].index(slip.error)) == list(SLIPS)


def test_every_slip_finds_a_place_in_the_demo_tasks():
    planted = Counter(name for task in DEMO.values() for found in injections(task) for name in found.slips)
    assert [slip.name for slip in SLIPS if not planted[slip.name]] == []


def test_it_is_decided_by_the_seed():
    task = DEMO["hotel-parallel-01"]
    assert list(injections(task, seed=7)) == list(injections(task, seed=7))
    assert list(injections(task, seed=7)) != list(injections(task, seed=8))
    assert list(doubles(task, seed=7)) == list(doubles(task, seed=7))


def test_the_task_stays_as_it_was():
    task = DEMO["hotel-multi_step-01"]
    before = json.dumps([dict(tool.parameters) for tool in task.tool_sets[0]]), repr(task)
    list(injections(task))
    assert (json.dumps([dict(tool.parameters) for tool in task.tool_sets[0]]), repr(task)) == before


def test_at_most_so_many_are_drawn():
    task = DEMO["hotel-simple-01"]
    assert len(list(broken(task, most=4))) == 4
    assert len({found.slips for found in broken(task, most=4)}) == 4


def test_a_slip_without_a_place_yields_nothing():
    assert inject(DEMO["hotel-irrelevance-01"], slip("IAV.scale")) is None


def test_a_gold_that_its_schema_refuses_is_a_gold_fault():
    tool = Tool(name="wait", parameters={"type": "object", "properties": {"seconds": {"type": "integer"}}, "required": ["seconds"]})
    gold = Gold(paths=((ExpectedCall(name="wait", arguments={"seconds": Expected(values=("long",))}),),))
    task = Task(id="t", tool_sets=((tool,),), messages=(Message(role="user", content="Wait long."),), gold=gold)
    assert replay(task) == GoldFault(task="t", refused=("wait: type at seconds, got 'long'",))
    assert list(injections(task)) == list(doubles(task)) == []


def test_the_first_alternative_that_the_schema_takes_is_replayed():
    tool = Tool(name="wait", parameters={"type": "object", "properties": {"seconds": {"type": "integer"}}})
    gold = Gold(paths=((ExpectedCall(name="wait", arguments={"seconds": Expected(values=("60", 60))}),),))
    task = Task(id="t", tool_sets=((tool,),), messages=(Message(role="user", content="Wait."),), gold=gold)
    answer = replay(task)
    assert [call.arguments for turn in answer.turns if isinstance(turn, Step) for call in turn.calls] == [{"seconds": 60}]


@pytest.mark.parametrize("gold", [None, Gold(mode="any_call"), Gold(mode="state", state={"done": True})])
def test_gold_that_names_no_calls_has_nothing_to_replay(gold):
    assert replay(Task(id="t", messages=(Message(role="user", content="Hello"),), gold=gold)) is None


def test_the_injector_does_not_ask_what_it_is_meant_to_check():
    """Nothing that the injector and the erring agent are made of imports the classifier; comparing, checking tasks and scoring do."""
    folder = Path(spectool.benchmark.__file__).parent
    made_of, waiting = {}, {"inject", "erring", "replay", "written", *(f"slips.{path.stem}" for path in (folder / "slips").glob("*.py"))}
    while waiting:
        name = waiting.pop()
        path = folder / name.replace(".", "/")
        tree = ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8"))
        made_of[name] = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        ours = {module.removeprefix("spectool.benchmark.") for module in made_of[name] if module.startswith("spectool.benchmark.")}
        waiting |= ours - made_of.keys()
    asking = {name for name, imported in made_of.items() if any(module.startswith("spectool.classify") for module in imported)}
    assert (asking, "draft" in made_of) == (set(), True)


@pytest.mark.slow
def test_bfcl_gold_broken_shows_what_was_planted(shared_data):
    tasks, _ = load_tasks([shared_data / "bfcl" / "datasets" / "v4"])
    sound = [task for task in tasks.values() if not isinstance(answer := replay(task), GoldFault | None) and not findings(answer)]
    counts = Counter(agreement(found).is_exact for task in sound[::5] for found in (*injections(task), *doubles(task, number=1)))
    assert counts[True] > 15_000
    assert counts[False] == 0
