from __future__ import annotations

import pytest

from spectool.model import Call, Message, Result, Step
from spectool.read.steps import step_from_native, step_from_text, with_results

PARIS = {"city": "Paris"}


def test_a_text_becomes_a_step_with_its_raw_text():
    text = "<think>look</think>\nOne moment.\n<tool_call>\n" + '{"name": "w", "arguments": {"city": "Paris"}}\n</tool_call><|im_end|>'
    assert step_from_text(text, asked="hermes", names=("w",), tool_set=2, finish_reason="stop", agent="a", time=1.5) == Step(
        text="One moment.",
        reasoning="look",
        calls=(Call(name="w", arguments=PARIS, raw='{"name": "w", "arguments": {"city": "Paris"}}', span=(44, 89)),),
        raw=text,
        tool_set=2,
        dialect="hermes",
        finish_reason="stop",
        agent="a",
        time=1.5,
    )


def test_an_answer_has_no_dialect():
    assert step_from_text("18 C", asked="pythonic") == Step(text="18 C", raw="18 C")


def test_given_reasoning_comes_before_the_texts_own():
    assert step_from_text("<think>b</think>18 C", reasoning="a").reasoning == "a\nb"


def test_a_call_in_given_reasoning_of_a_turn_that_says_nothing():
    step = step_from_text("", asked="pythonic", reasoning="so [w(city='Paris')]")
    assert [(call.name, call.arguments, call.span, call.problem.kind) for call in step.calls] == [("w", PARIS, None, "in_reasoning")]


def test_a_call_in_given_reasoning_of_a_turn_that_answers_is_a_draft():
    assert step_from_text("Which city?", asked="pythonic", reasoning="so [w(city='Paris')]").calls == ()


def test_structured_calls_keep_their_ids_and_the_arguments_as_written():
    step = step_from_native(
        "On it.", [("1", "w", '{"city": "Paris"}'), (None, "v", {"a": 1}), ("3", "u", None)], finish_reason="tool_calls"
    )
    assert step == Step(
        text="On it.",
        calls=(
            Call(id="1", name="w", arguments=PARIS, raw='{"city": "Paris"}'),
            Call(name="v", arguments={"a": 1}),
            Call(id="3", name="u", arguments={}),
        ),
        raw="On it.",
        dialect="native",
        finish_reason="tool_calls",
    )


def test_thinking_in_the_content_beside_structured_calls_is_reasoning():
    step = step_from_native("<think>b</think>\nOn it.", [("1", "w", "{}")], reasoning="a")
    assert (step.text, step.reasoning, step.raw) == ("On it.", "a\nb", "<think>b</think>\nOn it.")


def test_a_structured_call_that_breaks_off_keeps_its_place():
    step = step_from_native(None, [("1", "w", '{"city": ')])
    assert [(call.arguments, call.raw, call.problem.kind, call.problem.offset) for call in step.calls] == [
        (None, '{"city": ', "truncated", 9)
    ]


def test_content_is_searched_where_the_engine_returned_no_calls():
    content = '<tool_call>\n{"name": "w", "arguments": {"city": Paris}}\n</tool_call>'
    step = step_from_native(content, [], names=("w",))
    assert (step.dialect, step.raw) == ("hermes", content)
    assert [(call.name, call.problem.kind) for call in step.calls] == [("w", "malformed")]


def test_no_content_and_no_calls_is_an_empty_step():
    assert step_from_native(None, []) == Step(raw="")


def step(*ids):
    return Step(calls=tuple(Call(name="w", id=identifier) for identifier in ids))


RESULTS = {
    "by id, in any order": ([step("1", "2")], [("2", "b"), ("1", "a")], ["a", "b"]),
    "by order, without ids": ([step(None, None), step(None)], [(None, "a"), (None, "b"), (None, "c")], ["a", "b", "c"]),
    "by order, with ids that no call has": ([step(None, None)], [("x", "a"), ("y", "b")], ["a", "b"]),
    "by order, with calls' ids that no result has": ([step("1")], [(None, "a")], ["a"]),
    "a missing result stays missing": ([step("1", "2")], [("2", "b")], [None, "b"]),
    "more results than calls": ([step(None)], [(None, "a"), (None, "b")], ["a"]),
    "the same id in a later turn": ([step("1"), step("1")], [("1", "a"), ("1", "b")], ["a", "b"]),
}


@pytest.mark.parametrize(("turns", "results", "joined"), RESULTS.values(), ids=RESULTS.keys())
def test_results_are_joined(turns, results, joined):
    turns = [Message(role="user", content="hi"), *turns]
    after = with_results(turns, [(identifier, Result(content=content)) for identifier, content in results])
    assert after[0] == turns[0]
    assert [call.result and call.result.content for turn in after[1:] for call in turn.calls] == joined
