"""Episodes in executable environments: calls that change a state, feedback, finish, a user who answers back."""

from __future__ import annotations

import json

import pytest

from spectool.environments.episode.finish import FINISH, with_finish
from spectool.environments.episode.user import NO_PREFERENCE
from spectool.environments.registry import environment
from spectool.model import Message, Request, Result, Step, Task
from spectool.read.formats import spectool_rows
from spectool.read.source import Source
from spectool.run.engines.engine import ToolSection
from spectool.run.episode import Agent
from spectool.run.errors import RunError
from spectool.run.journal import read_journal
from spectool.run.loop import run_episodes, trajectory
from spectool.run.prompts.registry import prompt
from spectool.run.run import RunSettings, run_tasks

PATENT = environment("patent")
ID = next(iter(PATENT.records["patents"]))
WORLD = {"world": {"patent": PATENT.version}}
HERMES = ToolSection(dialect="hermes")


def call(name: str, **arguments: object) -> str:
    return f"<tool_call>\n{json.dumps({'name': name, 'arguments': arguments})}\n</tool_call>"


WATCH = call("watch_patent", patent_id=ID)
UNWATCH = call("unwatch_patent", patent_id=ID)
MISSPELT = call("watch_patent", patent=ID)


def task(**fields: object) -> Task:
    values = {"meta": WORLD, **fields}
    return Task(id="a", tool_sets=(PATENT.tools,), messages=(Message(role="user", content=f"Watch {ID}."),), **values)  # type: ignore[arg-type]


def run(scripted, of: Task, *texts: str, **settings):
    """The episode of a model that says these texts, and its record."""
    engine = scripted({"a": list(texts)}, HERMES)
    agent = Agent(engine=engine, prompt=prompt("chat_template"), **settings)
    (episode,) = run_episodes([(of, 0)], agent)
    return episode, trajectory(episode, model="m", run="r", about={}, key="k")


def said(episode):
    return [turn.content if isinstance(turn, Message) else turn.text for turn in episode.turns]


def results(episode):
    return [call.result for turn in episode.turns if isinstance(turn, Step) for call in turn.calls]


def test_calls_are_executed_and_the_end_state_is_recorded(scripted):
    episode, record = run(scripted, task(meta={**WORLD, "category": "state_changing"}), WATCH, "Done.")
    row = json.loads(results(episode)[0].content)
    assert (episode.stopped, said(episode)[1:]) == ("answered", ["", results(episode)[0].content, "Done."])
    assert record.meta == {
        **WORLD,
        "category": "state_changing",
        "stopped": "answered",
        "prompt": f"<user>Watch {ID}.",
        "prompt_hash": "h",
        "prompt_tokens": 14,
        "completion_tokens": 6,
        "turn_tokens": [[7, 3], [7, 3]],
        "seconds": 1.0,
        "run": {},
        "state": {"patent": {"watchlist": {ID: row}}},
        "feedback": "error",
    }
    assert record.request == Request(dialect="hermes", max_steps=10)


def test_what_is_undone_is_no_change(scripted):
    _, record = run(scripted, task(), WATCH, UNWATCH, "Done.")
    assert record.meta["state"] == {}


TOLD = {
    "off": {"code": "invalid_request", "message": "invalid request"},
    "error": {"code": "unknown_argument", "message": "watch_patent takes no argument 'patent'"},
}


@pytest.mark.parametrize(("feedback", "error"), TOLD.items(), ids=TOLD)
def test_the_model_is_told_as_much_as_the_run_says(feedback, error, scripted):
    episode, record = run(scripted, task(), MISSPELT, WATCH, "Done.", feedback=feedback)
    refused, watched = results(episode)
    assert json.loads(refused.content) == {"error": error}
    assert (refused.is_error, watched.is_error) == (True, False)
    assert record.meta["feedback"] == feedback
    assert list(record.meta["state"]["patent"]["watchlist"]) == [ID]


def test_the_format_is_restated_in_the_dialect_that_the_prompt_asks_for(scripted):
    episode, _ = run(scripted, task(), '<tool_call>\n{"name": "watch_patent", "arg', "Sorry.", feedback="options")
    error = json.loads(results(episode)[0].content)["error"]
    assert (error["code"], error["expected_format"][:11]) == ("invalid_format", "<tool_call>")


def test_ten_steps_are_allowed_to_one_user_message_unless_said_otherwise(scripted):
    again = call("get_patent", patent_id=ID)
    for settings, steps in (({}, 10), ({"world_steps": 3}, 3)):
        episode, record = run(scripted, task(), again, **settings)
        assert episode.stopped == record.meta["stopped"] == "max_steps"
        assert sum(isinstance(turn, Step) for turn in record.turns) == record.request.max_steps == steps


def test_finish_ends_the_episode_with_its_answer(scripted):
    episode, record = run(scripted, with_finish(task()), WATCH, call("finish", answer="It is watched."), "Never said.")
    assert episode.stopped == record.meta["stopped"] == "finished"
    assert record.meta["finished"] is True
    assert record.tool_sets[0][-1] == FINISH
    assert record.request == Request(dialect="hermes", max_steps=10, finish="finish")
    last, reply = record.turns[-2:]
    assert (last.text, last.calls[0].result) == ("It is watched.", Result(content='{"finished":true}'))
    assert reply == Message(role="tool", content='{"finished":true}')


def test_what_is_said_beside_finish_stays(scripted):
    _, record = run(scripted, with_finish(task()), "So, all done.\n" + call("finish", answer="It is watched."))
    assert record.turns[-2].text == "So, all done."


@pytest.mark.parametrize("order", [1, -1], ids=["before finish", "behind finish"])
def test_calls_beside_finish_are_executed(order, scripted):
    calls = [WATCH, call("finish", answer="It is watched.")][::order]
    episode, record = run(scripted, with_finish(task()), "\n".join(calls))
    assert episode.stopped == "finished"
    assert list(record.meta["state"]["patent"]["watchlist"]) == [ID]


def test_a_wrong_finish_gets_feedback_and_the_episode_goes_on(scripted):
    episode, record = run(scripted, with_finish(task()), call("finish", text="Watched."), call("finish", answer="Watched."))
    assert [result.is_error for result in results(episode)] == [True, False]
    assert episode.stopped == "finished"
    assert len(record.turns) == 5


def test_finish_is_recorded_as_not_used_where_the_model_just_answers(scripted):
    _, record = run(scripted, with_finish(task()), "Done.")
    assert (record.meta["stopped"], record.meta["finished"]) == ("answered", False)


SCRIPTED = [{"name": "get_weather", "arguments": {"city": "Paris"}, "result": {"celsius": 18}}]


@pytest.mark.parametrize("script", [{"script": SCRIPTED}, {}], ids=["scripted tools", "no tools' replies at all"])
def test_finish_ends_tasks_without_a_world_too(script, scripted, make_task):
    of = with_finish(make_task("a", meta=script))
    episode, record = run(scripted, of, call("finish", answer="18 degrees."))
    assert (episode.stopped, record.meta["finished"], record.turns[-2].text) == ("finished", True, "18 degrees.")
    wrong, _ = run(scripted, of, call("finish", result="18"), "Well, 18.")
    assert json.loads(results(wrong)[0].content)["error"]["code"] == "unknown_argument"


STAGES = [
    {
        "says": f"Watch {ID}.",
        "slots": [{"name": "notify", "asked": ["how often", "frequency"], "says": "Daily."}],
    },
    {"says": "Actually, take it off again."},
]


def test_a_user_answers_back_until_content(scripted):
    of = task(meta={**WORLD, "user": {"stages": STAGES}})
    episode, record = run(
        scripted, of, "How often shall I report?", WATCH, "Watched. Anything else?", "Well then?", UNWATCH, "It is off your list."
    )
    users = [turn.content for turn in episode.turns if isinstance(turn, Message) and turn.role == "user"]
    assert users == [f"Watch {ID}.", "Daily.", NO_PREFERENCE, "Actually, take it off again."]
    assert record.meta["stage_of_turn"] == [0, 0, 0, 1]
    assert (episode.stopped, record.meta["state"]) == ("answered", {})
    assert "user" not in record.meta


def test_steps_are_counted_anew_for_each_message_of_the_user(scripted):
    of = task(meta={**WORLD, "user": {"stages": STAGES}})
    look = call("get_patent", patent_id=ID)
    episode, _ = run(scripted, of, look, "Daily?", look, "Fine.", look, "Fine.", world_steps=2)
    assert episode.stopped == "answered"


def test_finish_ends_a_conversation_whatever_the_user_still_wants(scripted):
    of = with_finish(task(meta={**WORLD, "user": {"stages": STAGES}}))
    episode, record = run(scripted, of, call("finish", answer="Bye."))
    assert (episode.stopped, record.meta["stage_of_turn"]) == ("finished", [0])


def test_another_user_may_be_put_in_the_scripts_place(scripted):
    class Curt:
        stage = 0

        def reply(self, turns):
            return None if len(turns) > 3 else "Go on."

    episode, record = run(scripted, task(), "Shall I?", "Did so.", user=lambda task: Curt())
    assert said(episode)[1:] == ["Shall I?", "Go on.", "Did so."]
    assert record.meta["stage_of_turn"] == [0, 0]


def test_a_whole_run_in_a_world_is_read_back_as_it_was(scripted, tmp_path):
    out = tmp_path / "out.jsonl"
    settings = RunSettings(model="m", engine="scripted", finish=True, feedback="options", world_steps=4)
    texts = {"a": [MISSPELT, WATCH, call("finish", answer="Watched.")]}
    run_tasks({"a": task()}, settings, lambda: scripted(texts, HERMES), out)
    (row,) = spectool_rows.read(Source(out), {})
    assert row.request == Request(dialect="hermes", max_steps=4, finish="finish")
    assert (row.meta["stopped"], row.meta["feedback"], row.meta["finished"]) == ("finished", "options", True)
    assert list(row.meta["state"]["patent"]["watchlist"]) == [ID]
    assert "valid_arguments" in row.turns[1].calls[0].result.content
    config = read_journal(out).config
    assert (config.max_steps, config.world_steps, config.feedback, config.finish) == (6, 4, "options", True)


REFUSED = {
    "a world of another version": ({"meta": {"world": {"patent": "0"}}}, {}, "was made for version 0 of the environment 'patent'"),
    "a broken user script": ({"meta": {"user": {"stages": []}}}, {}, "task 'a': meta.user: expected at least one stage, got none"),
    "a finish of the task's own": ({"tool_sets": ((FINISH,),), "meta": {}}, {"finish": True}, "offers a tool of its own called 'finish'"),
}


@pytest.mark.parametrize(("fields", "settings", "message"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_run_is_refused_before_anything_is_generated_or_replaced(fields, settings, message, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("kept\n")
    broken = Task(id="a", **{"tool_sets": (PATENT.tools,), "messages": (Message(role="user", content="?"),), **fields})
    with pytest.raises(RunError, match=message):
        run_tasks({"a": broken}, RunSettings(model="m", **settings), lambda: pytest.fail("started"), out, overwrite=True)
    assert out.read_text() == "kept\n"
