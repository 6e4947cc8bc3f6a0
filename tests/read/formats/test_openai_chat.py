"""OpenAI chat-completion rows."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from spectool.model import Call, Expected, ExpectedCall, Gold, Message, Rejected, Request, Result, Step, Task, Tool, Trajectory
from spectool.read.formats import openai_chat
from spectool.read.formats.openai_messages import turns_from_messages

PARIS = {"id": "call_1", "type": "function", "function": {"name": "get_weather", "arguments": '{"city": "Paris"}'}}
TOOL = {
    "type": "function",
    "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}},
}
WEATHER = Tool(name="get_weather", effect="read", parameters=TOOL["function"]["parameters"])  # type: ignore[index]
ASKED = {"role": "user", "content": "Weather in Paris?"}
CALLED = Call(id="call_1", name="get_weather", arguments={"city": "Paris"}, raw='{"city": "Paris"}')
QUESTION = Message(role="user", content="Weather in Paris?")


def step(**fields: Any) -> Step:
    return Step(**{"dialect": "native", "raw": "", **fields})


def read(source: Any, tasks: Any = None) -> list[Trajectory | Rejected]:
    return list(openai_chat.read(source, tasks or {}))


def test_a_whole_row(opened: Any) -> None:
    messages = [
        {"role": "developer", "content": "Be brief."},
        ASKED,
        {
            "role": "assistant",
            "content": "Let me look.",
            "reasoning_content": "Paris, France",
            "tool_calls": [PARIS],
            "finish_reason": "tool_calls",
        },
        {"role": "tool", "tool_call_id": "call_1", "content": [{"type": "text", "text": "18C"}]},
        {"role": "assistant", "content": "18 degrees."},
    ]
    row = {
        "id": "t1",
        "messages": messages,
        "tools": [TOOL],
        "model": "m",
        "reward": 1,
        "tags": ["x"],
        "meta": {"category": "c"},
        "parallel_tool_calls": False,
    }
    (found,) = read(opened({}, row))[1:]
    assert found == Trajectory(
        key=found.key,  # type: ignore[union-attr]
        id="t1",
        task="t1",
        model="m",
        tool_sets=((WEATHER,),),
        request=Request(parallel_tool_calls=False),
        turns=(
            Message(role="system", content="Be brief."),
            QUESTION,
            step(
                text="Let me look.", raw="Let me look.", reasoning="Paris, France", finish_reason="tool_calls",
                calls=(replace(CALLED, result=Result(content="18C")),),
            ),
            Message(role="tool", content="18C"),
            Step(text="18 degrees.", raw="18 degrees."),
        ),
        reward=1.0,
        tags=("x",),
        meta={"category": "c", "format": "openai_chat"},
        source="a.jsonl",
        line=2,
    )  # fmt: skip


CALLS: dict[str, tuple[dict[str, Any], tuple[Call, ...]]] = {
    "tool_calls": ({"content": None, "tool_calls": [PARIS]}, (CALLED,)),
    "the older function_call": (
        {"content": None, "function_call": PARIS["function"]},
        (Call(name="get_weather", arguments={"city": "Paris"}, raw='{"city": "Paris"}'),),
    ),
    "a custom tool's free text": (
        {"tool_calls": [{"id": "c", "type": "custom", "custom": {"name": "run", "input": "ls"}}]},
        (Call(id="c", name="run", arguments={"input": "ls"}),),
    ),
    "a flat call with arguments as an object": (
        {"tool_calls": [{"id": "c", "name": "f", "arguments": {"a": "3"}}]},
        (Call(id="c", name="f", arguments={"a": "3"}),),
    ),
    "a number as id": ({"tool_calls": [{"id": 7, "name": "f", "arguments": {}}]}, (Call(id="7", name="f", arguments={}),)),
}


@pytest.mark.parametrize(("message", "calls"), CALLS.values(), ids=CALLS)
def test_calls(message: dict[str, Any], calls: tuple[Call, ...]) -> None:
    (found,) = turns_from_messages([{"role": "assistant", **message}])
    assert isinstance(found, Step)
    assert (found.calls, found.dialect) == (calls, "native")


BROKEN_ARGUMENTS = {
    "arguments that do not parse": '{"city": "Paris"',
    "arguments that are a list": "[1]",
    "arguments that are a number": 3,
}


@pytest.mark.parametrize("arguments", BROKEN_ARGUMENTS.values(), ids=BROKEN_ARGUMENTS)
def test_broken_arguments_are_data(arguments: Any) -> None:
    (found,) = turns_from_messages([{"role": "assistant", "tool_calls": [{"id": "c", "function": {"name": "f", "arguments": arguments}}]}])
    assert isinstance(found, Step)
    (call,) = found.calls
    assert (call.name, call.arguments, call.raw) == ("f", None, str(arguments))
    assert call.problem is not None


@pytest.mark.parametrize("tool_calls", [None, []])
def test_an_attempt_in_content_beside_empty_tool_calls_is_found(tool_calls: Any) -> None:
    text = '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Paris"}}\n</tool_call>'
    (found,) = turns_from_messages([{"role": "assistant", "content": text, "tool_calls": tool_calls}], names=["get_weather"])
    assert isinstance(found, Step)
    assert [(call.name, call.arguments) for call in found.calls] == [("get_weather", {"city": "Paris"})]
    assert (found.raw, found.dialect) == (text, "hermes")


def test_results_join_by_id_within_a_step_and_by_order_without_ids() -> None:
    def call(name: str, identifier: str | None) -> dict[str, Any]:
        return {"id": identifier, "function": {"name": name, "arguments": "{}"}}

    def made(first: str | None, second: str | None) -> dict[str, Any]:
        return {"role": "assistant", "tool_calls": [call("f", first), call("g", second)]}

    def reply(identifier: str, content: str, **more: Any) -> dict[str, Any]:
        return {"role": "tool", "tool_call_id": identifier, "content": content, **more}

    turns = turns_from_messages(
        [
            made("call_0", "call_1"), reply("call_1", "1"), reply("call_0", "0"),
            made("call_0", "call_1"), reply("call_0", "2"), reply("call_1", "3", is_error=True),
            made(None, None), {"role": "function", "name": "f", "content": "4"}, {"role": "function", "name": "g", "content": "5"},
            {"role": "assistant", "function_call": {"name": "f", "arguments": "{}"}},
        ]
    )  # fmt: skip
    results = [
        [call.result and (call.result.content, call.result.is_error) for call in turn.calls] for turn in turns if isinstance(turn, Step)
    ]
    assert results == [[("0", False), ("1", False)], [("2", False), ("3", True)], [("4", False), ("5", False)], [None]]


def test_parts_that_are_no_text_leave_a_placeholder() -> None:
    parts = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:…"}},
        {"type": "input_audio", "input_audio": {}},
    ]
    assert turns_from_messages([{"role": "user", "content": parts}]) == (Message(role="user", content="What is this?\n[image]\n[audio]"),)


def test_a_refusal_is_the_text() -> None:
    (found,) = turns_from_messages([{"role": "assistant", "content": None, "refusal": "I can not help with that."}])
    assert isinstance(found, Step)
    assert found.text == "I can not help with that."


ANSWERS: dict[str, tuple[Any, list[str]]] = {
    "a text": ("hello", ["hello"]),
    "a message": ({"role": "assistant", "content": "hello"}, ["hello"]),
    "a list of messages": ([{"role": "assistant", "content": "hello"}], ["hello"]),
    "a whole completion, each choice a sample": ({"choices": [{"message": {"content": "a"}}, {"message": {"content": "b"}}]}, ["a", "b"]),
    "a completion of raw text": ({"choices": [{"text": "hello", "finish_reason": "stop"}]}, ["hello"]),
}


@pytest.mark.parametrize("name", ["response", "completion", "output", "generated_text"])
@pytest.mark.parametrize(("answer", "texts"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_kept_apart(opened: Any, name: str, answer: Any, texts: list[str]) -> None:
    for before in ({"messages": [ASKED]}, {"prompt": [ASKED]}, {"prompt": "Weather in Paris?"}):
        found = read(opened({**before, name: answer}))
        assert [t.turns[0] for t in found] == [QUESTION] * len(texts)  # type: ignore[union-attr]
        assert [t.turns[-1].text for t in found] == texts  # type: ignore[union-attr]
        assert [t.sample for t in found] == list(range(len(texts)))  # type: ignore[union-attr]
        assert len({t.key for t in found}) == len(texts)  # type: ignore[union-attr]


PLAIN = ExpectedCall(name="get_weather", arguments={"city": Expected(values=("Paris",))})
GOLDS: dict[str, tuple[Any, Gold]] = {
    "calls with plain values": ([{"name": "get_weather", "arguments": {"city": "Paris"}}], Gold(paths=((PLAIN,),), mode="unordered")),
    "the same as a JSON string": ('[{"name": "get_weather", "arguments": {"city": "Paris"}}]', Gold(paths=((PLAIN,),), mode="unordered")),
    "OpenAI tool calls": ([PARIS], Gold(paths=((PLAIN,),), mode="unordered")),
    "one call alone": (PARIS, Gold(paths=((PLAIN,),), mode="unordered")),
    "several paths": ([[PARIS], []], Gold(paths=((PLAIN,), ()), mode="unordered")),
    "no call is due": ([], Gold(paths=((),), mode="exact")),
    "SpecTool's own": (
        {"mode": "ordered", "paths": [[{"name": "f", "arguments": {"a": {"values": [1, 2], "optional": True}}, "turn": 1}]]},
        Gold(paths=((ExpectedCall(name="f", arguments={"a": Expected(values=(1, 2), optional=True)}, turn=1),),), mode="ordered"),
    ),
}


@pytest.mark.parametrize("name", ["gold", "expected", "expected_calls", "expected_tool_calls", "ground_truth", "answers"])
@pytest.mark.parametrize(("raw", "gold"), GOLDS.values(), ids=GOLDS)
def test_gold(opened: Any, name: str, raw: Any, gold: Gold) -> None:
    (found,) = read(opened({"messages": [ASKED, {"role": "assistant", "content": "hi"}], name: raw}))
    assert isinstance(found, Trajectory)
    assert found.gold == gold


def test_rows_without_an_answer_are_tasks(opened: Any) -> None:
    source = opened({"id": 3, "messages": [ASKED], "tools": [TOOL], "gold": [PARIS], "tool_choice": "required"})
    assert list(openai_chat.read_tasks(source)) == [
        Task(
            id="3",
            tool_sets=((WEATHER,),),
            messages=(QUESTION,),
            gold=Gold(paths=((PLAIN,),), mode="unordered"),
            request=Request(tool_choice="required"),
        )
    ]


def test_tools_and_gold_are_joined_by_id_and_own_ones_win(opened: Any) -> None:
    task = Task(id="a", tool_sets=((WEATHER,),), gold=Gold(paths=((),)), tags=("t",), meta={"category": "c"})
    said = {"role": "assistant", "content": "hi"}
    joined, own, alone = read(
        opened(
            {"id": "a", "messages": [ASKED, said]},
            {"id": "a", "messages": [ASKED, said], "tools": [{"name": "f"}], "gold": [PARIS]},
            {"id": "b", "messages": [ASKED, said]},
        ),
        {"a": task},
    )
    assert isinstance(joined, Trajectory)
    assert isinstance(own, Trajectory)
    assert isinstance(alone, Trajectory)
    assert (joined.tool_sets, joined.gold, joined.tags, joined.meta) == (
        task.tool_sets,
        task.gold,
        ("t",),
        {"category": "c", "format": "openai_chat"},
    )
    assert ([tool.name for tool in own.tool_sets[0]], own.gold) == (["f"], Gold(paths=((PLAIN,),), mode="unordered"))
    assert (alone.tool_sets, alone.gold) == ((), None)


def test_tools_for_all_rows_are_those_of_the_task_without_id(opened: Any) -> None:
    task, every = Task(id="a", gold=Gold(paths=((),))), Task(id="", tool_sets=((WEATHER,),))
    (found,) = read(opened({"id": "a", "messages": [ASKED], "response": 'get_weather(city="Paris")'}), {"a": task, "": every})
    assert isinstance(found, Trajectory)
    assert (found.task, found.tool_sets, found.gold) == ("a", ((WEATHER,),), task.gold)
    assert [call.name for call in found.turns[-1].calls] == ["get_weather"]  # type: ignore[union-attr]


def test_what_is_written_reads_the_same(opened: Any) -> None:
    broken = {"id": "c", "function": {"name": "f", "arguments": '{"a": '}}
    row = {
        "id": "t1",
        "messages": [
            {"role": "system", "content": "Be brief."},
            ASKED,
            {"role": "assistant", "content": "Looking.", "reasoning": "hm", "tool_calls": [PARIS, broken], "finish_reason": "tool_calls"},
            {"role": "tool", "tool_call_id": "call_1", "content": "18C"},
            {"role": "tool", "tool_call_id": "c", "content": "bad JSON"},
            {"role": "assistant", "content": "18 degrees."},
        ],
        "tools": [TOOL],
        "gold": [PARIS],
        "reward": 0.0,
        "sample": 2,
        "model": "m",
        "tags": ["x"],
    }
    (before,) = read(opened(row))
    assert isinstance(before, Trajectory)
    (after,) = read(opened(openai_chat.write(before)))
    assert after == before


def test_writing_repairs_nothing(opened: Any) -> None:
    text = 'Sure: <tool_call>{"name": "get_weather", "arguments": {"city": "Paris"}</tool_call>'
    (before,) = read(opened({"messages": [ASKED, {"role": "assistant", "content": text}]}))
    assert isinstance(before, Trajectory)
    assert openai_chat.write(before)["messages"][1] == {"role": "assistant", "content": text}
