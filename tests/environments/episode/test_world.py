"""A task's world: which environments, what answers a call, what ends it, and that nothing of it stays."""

from __future__ import annotations

import gc
import json
import weakref

import pytest

from spectool.environments.core.environment import Environment
from spectool.environments.core.tables import State
from spectool.environments.episode.finish import FINISH, with_finish
from spectool.environments.episode.world import StaleWorld, World
from spectool.environments.registry import environment
from spectool.model import Call, Message, ParseProblem, Request, Result, Task, Tool

PATENT = environment("patent")
ID = next(iter(PATENT.records["patents"]))
WATCH = Call(name="watch_patent", arguments={"patent_id": ID, "notify": "daily"})


def task(*tools: Tool, **fields: object) -> Task:
    offered = tools or PATENT.tools
    values: dict[str, object] = {"meta": {"world": {"patent": PATENT.version}}, **fields}
    return Task(id="t1", tool_sets=(offered,), messages=(Message(role="user", content="Watch it."),), **values)  # type: ignore[arg-type]


def world(of: Task, **settings: object) -> World:
    made = World.of(of, **settings)  # type: ignore[arg-type]
    assert made is not None
    return made


def error(result: Result) -> dict[str, object]:
    assert result.is_error
    return json.loads(result.content)["error"]


def test_a_task_that_names_no_world_has_none():
    assert World.of(task(meta={"script": []})) is None


def test_a_call_is_executed_and_its_change_is_the_end_state():
    here = world(task())
    assert here.changes() == {}
    result = here.reply(WATCH)
    assert not result.is_error
    assert json.loads(result.content)["patent_id"] == ID
    row = here.changes()["patent"]["watchlist"][ID]
    assert row["notify"] == "daily"
    assert here.changes() == {"patent": {"watchlist": {ID: row}}}


def test_each_episode_has_a_state_of_its_own():
    first, second = world(task()), world(task())
    assert [first.reply(WATCH).is_error, second.reply(WATCH).is_error, second.reply(WATCH).is_error] == [False, False, True]


def test_the_environments_own_errors_come_back_through_it():
    here = world(task())
    here.reply(WATCH)
    assert error(here.reply(WATCH))["code"] == "conflict"
    assert error(here.reply(Call(name="get_patent", arguments={"patent_id": "nothing"}))) == {
        "code": "not_found",
        "message": "no patent 'nothing'",
    }


def test_a_refused_call_is_not_executed():
    here = world(task())
    assert error(here.reply(Call(name="watch_patent", arguments={"patent_id": ID, "notfy": "daily"})))["code"] == "unknown_argument"
    assert here.changes() == {}


def test_only_offered_tools_are_executed():
    few = tuple(tool for tool in PATENT.tools if tool.name == "get_patent")
    here = world(task(*few))
    assert error(here.reply(WATCH)) == {"code": "unknown_function", "message": "there is no function 'watch_patent'"}
    assert here.changes() == {}


def test_feedback_off_says_no_more_than_that():
    here = world(task(), feedback="off")
    assert error(here.reply(Call(name="watch", arguments={}))) == {"code": "invalid_request", "message": "invalid request"}


def test_the_format_is_restated_in_the_dialect_of_the_request():
    here = world(task(request=Request(dialect="toolscan")), feedback="options")
    unreadable = Call(name="", problem=ParseProblem(kind="malformed", message="expected a call, got 'x'"))
    first = PATENT.tools[0].name
    assert error(here.reply(unreadable))["expected_format"] == f"Action: {first} with Action Input: {{}}"


def test_the_environments_own_schema_decides_not_the_tasks_copy():
    copies = tuple(Tool(name=tool.name, parameters={"type": "object", "properties": {}}) for tool in PATENT.tools)
    assert not world(task(*copies)).reply(WATCH).is_error


STALE = {
    "another version": (
        {"patent": "000000000000"},
        f"task 't1' was made for version 000000000000 of the environment 'patent', here is {PATENT.version}; "
        "generate the tasks again, or install the SpecTool they were made with",
    ),
    "an unknown environment": ({"patents": "0"}, "task 't1': no environment 'patents'; there are patent, "),
    "no mapping": ("patent", "task 't1': expected meta.world to map environments to their versions, got 'patent'"),
    "an empty mapping": ({}, "task 't1': expected meta.world to map environments to their versions, got '{}'"),
    "a version that is no text": (
        {"patent": 1},
        "task 't1': expected meta.world to map environments to their versions, got '{'patent': 1}'",
    ),
}


@pytest.mark.parametrize(("named", "message"), STALE.values(), ids=STALE)
def test_a_task_made_for_another_world_is_refused(named, message):
    with pytest.raises(StaleWorld) as refused:
        World.of(task(meta={"world": named}))
    assert str(refused.value).startswith(message)


def test_a_tool_that_no_environment_of_the_task_has_is_refused():
    with pytest.raises(StaleWorld, match=r"task 't1' offers 'get_weather', which none of its environments has \(patent\)"):
        World.of(task(*PATENT.tools, Tool(name="get_weather")))


def test_finish_ends_with_its_answer():
    here = world(with_finish(task()))
    assert (here.finished, here.answer) == (False, None)
    assert here.reply(Call(name="finish", arguments={"answer": "Done."})) == Result(content='{"finished":true}')
    assert (here.finished, here.answer) == (True, "Done.")
    assert here.changes() == {}


def test_the_first_of_two_answers_stands():
    here = world(with_finish(task()))
    for answer in ("", "Two."):
        here.reply(Call(name="finish", arguments={"answer": answer}))
    assert (here.finished, here.answer) == (True, "")


def test_a_wrong_finish_gets_feedback_like_any_call_and_ends_nothing():
    here = world(with_finish(task()))
    assert error(here.reply(Call(name="finish", arguments={})))["code"] == "missing_argument"
    assert error(here.reply(Call(name="finish", arguments={"answer": 42})))["code"] == "invalid_type"
    assert not here.finished


def test_feedback_before_it_does_not_block_finish():
    here = world(with_finish(task()))
    assert here.reply(Call(name="watch_patents", arguments={})).is_error
    assert not here.reply(Call(name="finish", arguments={"answer": "Done."})).is_error
    assert here.finished


def test_finish_that_is_not_offered_is_an_unknown_function():
    here = world(task())
    assert error(here.reply(Call(name="finish", arguments={"answer": "Done."})))["code"] == "unknown_function"
    assert not here.finished


def test_finish_is_offered_once_and_said_in_the_request():
    once = with_finish(task())
    assert once.tool_sets[0] == (*PATENT.tools, FINISH)
    assert once.request == Request(finish="finish")
    assert with_finish(once) == once


def test_a_task_without_tools_gets_finish_all_the_same():
    assert with_finish(Task(id="a")).tool_sets == ((FINISH,),)


def test_a_tool_of_the_tasks_own_called_finish_is_refused():
    with pytest.raises(ValueError, match="task 't1' offers a tool of its own called 'finish'"):
        with_finish(task(Tool(name="finish")))


def test_ten_thousand_episodes_leave_nothing_behind():
    named = task()
    worlds: list[weakref.ref[World]] = []
    gc.collect()
    before = sum(isinstance(each, State) for each in gc.get_objects())
    for _ in range(10_000):
        here = world(named)
        here.reply(WATCH)
        worlds.append(weakref.ref(here))
        del here
    gc.collect()
    assert sum(isinstance(each, State) for each in gc.get_objects()) == before
    assert [each for each in worlds if each() is not None] == []
    assert Environment.fresh(PATENT).changes() == {}
