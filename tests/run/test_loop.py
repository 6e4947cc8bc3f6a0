"""The agent loop: when episodes go on, what the model sees next, and what is recorded."""

from __future__ import annotations

import pytest

from spectool.model import Call, Message, Request, Result, Step, Trajectory
from spectool.run.engines.engine import EngineError, ToolSection
from spectool.run.episode import Agent
from spectool.run.loop import run_episodes, trajectory
from spectool.run.prompts.registry import prompt

HERMES = ToolSection(dialect="hermes")
CALL = '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Paris"}}\n</tool_call>'
ROME = CALL.replace("Paris", "Rome")
SCRIPT = [{"name": "get_weather", "arguments": {"city": "Paris"}, "result": {"celsius": 18}}]


def agent(engine, **settings):
    return Agent(engine=engine, prompt=prompt("chat_template"), **settings)


def run(engine, tasks, **settings):
    return list(run_episodes([(task, 0) for task in tasks], agent(engine, **settings)))


def test_a_task_without_script_ends_with_the_models_first_turn(scripted, make_task):
    (episode,) = run(scripted({"a": [CALL]}, HERMES), [make_task("a")])
    assert episode.stopped == "answered"
    assert [turn.raw for turn in episode.turns if isinstance(turn, Step)] == [CALL]
    assert episode.turns[-1].calls[0].result is None


def test_a_scripted_task_goes_on_until_the_model_answers_without_a_call(scripted, make_task):
    engine = scripted({"a": [CALL, "18 degrees."]}, HERMES)
    (episode,) = run(engine, [make_task("a", meta={"script": SCRIPT})])
    assert episode.stopped == "answered"
    _, step, reply, answer = episode.turns
    assert step.calls[0].result == Result(content='{"celsius":18}')
    assert reply == Message(role="tool", content='{"celsius":18}')
    assert answer.text == "18 degrees."
    assert [(message.role, message.content) for message in engine.requests[1].messages] == [
        ("user", "Weather in Paris?"),
        ("assistant", CALL),
        ("tool", '{"celsius":18}'),
    ]


def test_the_last_allowed_step_is_still_answered_and_then_the_episode_stops(scripted, make_task):
    (episode,) = run(scripted({"a": [CALL]}, HERMES), [make_task("a", meta={"script": SCRIPT})], max_steps=3)
    assert episode.stopped == "max_steps"
    assert sum(isinstance(turn, Step) for turn in episode.turns) == 3
    assert episode.turns[-1] == Message(role="tool", content='{"celsius":18}')


def test_a_second_user_message_waits_until_the_first_is_answered(scripted, make_task):
    engine = scripted({"a": [CALL, "18.", ROME, "No idea."]}, HERMES)
    (episode,) = run(engine, [make_task("a", "Paris?", "Rome?", meta={"script": SCRIPT})], max_steps=2)
    assert [turn.content if isinstance(turn, Message) else turn.raw for turn in episode.turns] == [
        "Paris?", CALL, '{"celsius":18}', "18.", "Rome?", ROME, '{"error":"no record found for {\\"city\\":\\"Rome\\"}"}', "No idea.",
    ]  # fmt: skip


def test_a_failing_episode_does_not_stop_the_rest(scripted, make_task):
    episodes = run(scripted({"a": ["!out of memory"], "b": ["Hello."]}, HERMES), [make_task("a"), make_task("b")])
    assert [(episode.id, episode.stopped, episode.error) for episode in episodes] == [
        ("a#0", "error", "out of memory"),
        ("b#0", "answered", None),
    ]


def test_an_error_of_ours_ends_its_own_episode_as_a_failed_one_and_no_other(scripted, make_task):
    class Broken:
        stage = 0

        def reply(self, turns):
            raise KeyError("stage")

    users = {"a": Broken()}
    engine = scripted({"a": ["Hello."], "b": ["Hello."]}, HERMES)
    broken, whole = run(engine, [make_task("a"), make_task("b")], user=lambda task: users.get(task.id))
    assert (broken.stopped, broken.error) == ("error", "internal error: KeyError: 'stage'")
    assert broken.turns[-1] == Step(text="internal error: KeyError: 'stage'", finish_reason="error")
    assert (whole.stopped, whole.error) == ("answered", None)


def test_an_engine_that_plays_the_user_and_gives_up_ends_the_run(scripted, make_task):
    class Gone:
        stage = 0

        def reply(self, turns):
            raise EngineError("the server is gone")

    with pytest.raises(EngineError, match="the server is gone"):
        run(scripted({"a": ["Hello."]}, HERMES), [make_task("a")], user=lambda task: Gone())


def test_live_episodes_advance_together_and_new_ones_fill_the_gaps(scripted, make_task):
    texts = {"a": [CALL, "Done."], "b": ["Done."], "c": ["Done."], "d": ["Done."]}
    engine = scripted(texts, HERMES)
    tasks = [make_task("a", meta={"script": SCRIPT}), *(make_task(name) for name in "bcd")]
    assert [episode.task.id for episode in run(engine, tasks, live=2)] == ["b", "a", "c", "d"]
    assert engine.batches == [2, 2, 1]


def test_completions_may_come_in_any_order(scripted, make_task):
    texts = {"a": [CALL, "Done."], "b": ["No."]}
    tasks = [make_task("a", meta={"script": SCRIPT}), make_task("b")]
    forwards, backwards = (
        {episode.id: episode.turns for episode in run(scripted(texts, HERMES, backwards=turn), tasks)} for turn in (False, True)
    )
    assert forwards == backwards


def test_an_engine_that_leaves_a_request_out_is_an_error_not_an_endless_loop(scripted, make_task):
    engine = scripted({}, HERMES)
    engine.finished = lambda: ()
    with pytest.raises(EngineError, match="engine 'scripted' left 1 requests without an answer, among them 'a#0'"):
        run(engine, [make_task("a")])


def test_every_turn_of_every_sample_has_a_seed_of_its_own(scripted, make_task):
    engine = scripted({"a": [CALL]}, HERMES)
    task = make_task("a", meta={"script": SCRIPT})
    list(run_episodes([(task, 0), (task, 1)], agent(engine, max_steps=2, seed=5)))
    again = scripted({"a": [CALL]}, HERMES)
    list(run_episodes([(task, 0), (task, 1)], agent(again, max_steps=2, seed=5)))
    seeds = [request.seed for request in engine.requests]
    assert len(set(seeds)) == 4
    assert seeds == [request.seed for request in again.requests]


def test_the_record_is_self_contained(scripted, make_task, weather):
    task = make_task("a", tags=("kind:simple",), meta={"category": "simple", "script": SCRIPT})
    (episode,) = run(scripted({"a": [CALL, "18."]}, HERMES), [task])
    assert trajectory(episode, model="m", run="m/chat_template", about={"engine": "scripted"}, key="k") == Trajectory(
        key="k",
        id="a",
        task="a",
        model="m",
        run="m/chat_template",
        tool_sets=((weather,),),
        request=Request(dialect="hermes"),
        turns=(
            Message(role="user", content="Weather in Paris?"),
            Step(
                calls=(
                    Call(
                        name="get_weather",
                        arguments={"city": "Paris"},
                        raw='{"name": "get_weather", "arguments": {"city": "Paris"}}',
                        span=(12, 67),
                        result=Result(content='{"celsius":18}'),
                    ),
                ),
                raw=CALL,
                dialect="hermes",
                finish_reason="stop",
                time=0.5,
            ),
            Message(role="tool", content='{"celsius":18}'),
            Step(text="18.", raw="18.", finish_reason="stop", time=0.5),
        ),
        tags=("kind:simple",),
        meta={
            "category": "simple",
            "stopped": "answered",
            "prompt": "<user>Weather in Paris?",
            "prompt_hash": "h",
            "prompt_tokens": 14,
            "completion_tokens": 6,
            "turn_tokens": [[7, 3], [7, 3]],
            "seconds": 1.0,
            "run": {"engine": "scripted"},
        },
    )
