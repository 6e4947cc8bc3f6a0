"""SpecTool's own rows."""

from __future__ import annotations

from typing import Any

import pytest

from spectool.model import (
    Call,
    Expected,
    ExpectedCall,
    Gold,
    Logprob,
    Message,
    ParseProblem,
    Rejected,
    Request,
    Result,
    Step,
    Task,
    Tool,
    Trajectory,
)  # fmt: skip
from spectool.read.formats import spectool_rows
from spectool.read.source import key
from spectool.read.tasks import load_tasks

F = Tool(name="f", description="d", parameters={"type": "object", "properties": {}}, effect="write")
G = Tool(name="g", parameters={"type": "object", "properties": {}})
DUE = ExpectedCall(name="f", arguments={"a": Expected(values=(None, 1)), "o": Expected(objects=({"x": Expected(any=True)},))}, turn=1)
FULL = Trajectory(
    key=key("a.jsonl", 1),
    id="t1-0",
    task="t1",
    sample=2,
    model="m",
    run="r",
    tool_sets=((F,), (F, G)),
    request=Request(tool_choice="required", dialect="hermes", max_steps=3),
    turns=(
        Message(role="user", content="do \ud83d"),
        Step(
            text="x", reasoning="hm", raw="xy", tool_set=1, dialect="hermes", finish_reason="stop", agent="a", time=1.5,
            logprobs=(Logprob(token="x", logprob=-0.5),),
            calls=(
                Call(
                    name="f", arguments={"a": "3", "b": None, "c": {}}, raw="y", span=(1, 2), id="c",
                    result=Result(content="1", is_error=True),
                ),
                Call(name="", raw="{", problem=ParseProblem(kind="malformed", message="ends early", offset=0)),
            ),
        ),
        Message(role="tool", content="1"),
    ),
    gold=Gold(
        paths=((DUE,), ()),
        mode="ordered",
        answer=("yes",),
        state={"k": 1},
    ),
    reward=0.0,
    time="2026-01-01",
    tags=("x",),
    meta={"category": "c", "format": "spectool"},
    source="a.jsonl",
    line=1,
)  # fmt: skip


def only(items: Any) -> Any:
    (found,) = items
    return found


def test_everything_that_is_written_is_read_back(opened: Any) -> None:
    assert only(spectool_rows.read(opened(spectool_rows.write(FULL)), {})) == FULL


def test_defaults_are_left_out(opened: Any) -> None:
    row = {
        "id": "t",
        "turns": [{"kind": "message", "role": "user", "content": "hi"}, {"kind": "step", "text": "hello", "dialect": "native"}],
    }
    assert spectool_rows.write(only(spectool_rows.read(opened(row), {}))) == {**row, "task": "t"}


def test_a_step_kept_as_text_is_parsed_in_the_dialect_asked_for(opened: Any) -> None:
    text = '[{"name": "f", "arguments": {"a": 1}}]'
    row = {
        "id": "t",
        "tools": [{"name": "f"}],
        "request": {"dialect": "json_list"},
        "turns": [{"kind": "step", "raw": text, "time": 2.0, "finish_reason": "stop"}],
    }
    step = only(spectool_rows.read(opened(row), {})).turns[0]
    assert [(call.name, call.arguments, call.problem) for call in step.calls] == [("f", {"a": 1}, None)]
    assert (step.raw, step.dialect, step.time, step.finish_reason) == (text, "json_list", 2.0, "stop")


REJECTED: dict[str, tuple[dict[str, Any], str]] = {
    "a number where a string belongs": (
        {"id": "t", "turns": [{"kind": "message", "role": "user", "content": 3}]},
        "expected `str`, got `int` - at `$.turns[0].content`",
    ),
    "a role nobody knows": (
        {"id": "t", "turns": [{"kind": "message", "role": "robot", "content": ""}]},
        "invalid enum value 'robot' - at `$.turns[0].role`",
    ),
    "no id": ({"turns": []}, "object missing required field `id`"),
    "a task": ({"id": "t", "messages": []}, "no 'turns': this row is a task, not an output; pass the file with --tasks"),
    "gold without a path": (
        {"id": "t", "turns": [], "gold": {"mode": "exact"}},
        "expected gold with 'paths', 'answer' or 'state', got keys 'mode'",
    ),
    "gold of an unknown mode": (
        {"id": "t", "turns": [], "gold": {"paths": [], "mode": "loose"}},
        "gold: invalid enum value 'loose' - at `$.mode`",
    ),
}


@pytest.mark.parametrize(("row", "reason"), REJECTED.values(), ids=REJECTED)
def test_values_are_never_converted(opened: Any, row: dict[str, Any], reason: str) -> None:
    found = only(spectool_rows.read(opened(row), {}))
    assert isinstance(found, Rejected)
    assert found.reason == reason


def test_tasks(opened: Any) -> None:
    task = Task(
        id="t1",
        tool_sets=((F,),),
        messages=(Message(role="system", content="s"), Message(role="user", content="do")),
        gold=Gold(paths=((),)),
        request=Request(parallel_tool_calls=False),
        tags=("x",),
        meta={"script": [{"name": "f", "arguments": {}, "result": "1"}]},
    )
    source = opened(spectool_rows.write_task(task))
    assert spectool_rows.sniff(source) == 0.95
    assert list(spectool_rows.read_tasks(source)) == [task]


@pytest.mark.parametrize("without_gold", [1, 9, 49])
def test_tasks_without_gold_among_tasks_with_it_are_tasks_and_keep_their_meta(opened: Any, tmp_path: Any, without_gold: int) -> None:
    asked = (Message(role="user", content="do"),)
    bare = [Task(id=f"b{number}", tool_sets=((F,),), messages=asked, meta={"category": "c"}) for number in range(without_gold)]
    tasks = [*bare, Task(id="g", tool_sets=((F,),), messages=asked, gold=Gold(paths=((),)))]
    opened(*map(spectool_rows.write_task, tasks))
    assert load_tasks([tmp_path / "a.jsonl"]) == ({task.id: task for task in tasks}, [])


@pytest.mark.parametrize(
    ("row", "sure"),
    [
        ({"id": "a", "messages": [{"role": "user", "content": "do"}]}, 0.0),
        ({"id": "a", "messages": [{"role": "user", "content": "do"}], "meta": {"category": "c"}}, 0.0),
        ({"id": "a", "messages": [{"role": "user", "content": "do"}], "meta": {"world": {"patent": "1"}}}, 0.95),
        ({"id": "a", "messages": [{"role": "user", "content": "do"}], "tools": [{"name": "f", "effect": "read"}]}, 0.95),
        ({"id": "a", "messages": [{"role": "user", "content": "do"}], "tools": [{"name": "f"}]}, 0.0),
        ({"id": "a", "messages": [{"role": "user", "content": "do"}, {"role": "assistant", "content": "x"}], "gold": {"paths": [[]]}}, 0.0),
    ],
    ids=[
        "a chat nobody answered",
        "a chat with a meta of its own",
        "a task that names its world",
        "tools with effects",
        "tools without",
        "a chat with an answer",
    ],
)
def test_only_what_is_surely_ours_is_a_task(opened: Any, row: dict[str, Any], sure: float) -> None:
    assert spectool_rows.sniff(opened(row)) == sure


def test_an_attempt_serves_as_the_task_it_attempts(opened: Any) -> None:
    task = only(spectool_rows.read_tasks(opened(spectool_rows.write(FULL))))
    assert (task.id, task.tool_sets, task.messages, task.gold) == ("t1", FULL.tool_sets, FULL.turns[:1], FULL.gold)


def test_a_task_fills_in_what_an_attempt_lacks(opened: Any) -> None:
    task = Task(id="t1", tool_sets=((F,),), gold=Gold(paths=((),)), request=Request(dialect="hermes"), tags=("x",), meta={"category": "c"})
    found = only(spectool_rows.read(opened({"id": "t1-0", "task": "t1", "turns": [{"kind": "step", "text": "hi"}]}), {"t1": task}))
    assert (found.id, found.task, found.tool_sets, found.gold, found.request.dialect, found.tags) == (
        "t1-0",
        "t1",
        task.tool_sets,
        task.gold,
        "hermes",
        ("x",),
    )
    assert found.meta == {"category": "c", "format": "spectool"}
