"""ToolBench search trees: every call in exactly one branch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from spectool.model import Message, Step, Trajectory
from spectool.read.formats import toolbench
from spectool.read.source import Source, open_path


def node(kind: str, text: str, *children: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"node_type": kind, "description": text, "children": list(children), "finished": False} | more


def call(
    name: str, arguments: str, *children: dict[str, Any], reply: str = '{"error": "", "response": "ok"}', **more: Any
) -> dict[str, Any]:
    return node("Action", name, node("Action Input", arguments, *children, observation=reply, observation_code=0, **more))


def tree(*children: dict[str, Any]) -> dict[str, Any]:
    tools = [{"name": "look", "parameters": {"type": "object", "properties": {}, "required": [], "optional": []}}]
    return {"win": True, "tree": {"tree": node("Action Input", "", *children)}, "answer_generation": {"query": "Look", "function": tools}}


def read(source: Source) -> list[Trajectory]:
    return [item for item in toolbench.read(source, {}) if isinstance(item, Trajectory)]


def names(item: Trajectory) -> list[str]:
    return [made.name for turn in item.turns if isinstance(turn, Step) for made in turn.calls]


def test_the_branch_that_ended_comes_first_and_shared_steps_are_told_once(opened: Callable[..., Source]) -> None:
    given_up = call("invented", "{}", reply='{"error": "No such function name: invented", "response": ""}')
    ended = node("Thought", "Then this.", call("Finish", '{"return_type": "give_answer"}', finished=True))
    first, second = read(opened(tree(call("look", "{}", given_up, ended)), name="G1_answer/10_SomeModel_DFS.json"))
    assert (names(first), names(second)) == (["look", "Finish"], ["invented"])
    assert (first.task, first.model, first.sample, second.sample) == ("G1_answer/10", "SomeModel_DFS", 0, 1)
    assert first.key != second.key
    assert first.tool_sets[0][0].name == "look"
    assert second.turns[:2] == (Message(role="user", content="Look"), Message(role="tool", content='{"error": "", "response": "ok"}'))
    thought = first.turns[3]
    assert isinstance(thought, Step)
    assert thought.text == "Then this."
    invented = second.turns[2]
    assert isinstance(invented, Step)
    assert invented.calls[0].result is not None
    assert invented.calls[0].result.is_error


def test_arguments_that_are_no_json_are_a_problem_of_the_call(opened: Callable[..., Source]) -> None:
    (item,) = read(opened(tree(call("look", '{"a": '))))
    step = item.turns[1]
    assert isinstance(step, Step)
    assert step.calls[0].problem is not None


def test_a_branch_may_end_in_a_thought_or_an_action_without_input(opened: Callable[..., Source]) -> None:
    found = read(opened(tree(node("Thought", "Hm."), node("Action", "look"))))
    assert [names(item) for item in found] == [[], ["look"]]


def test_published_answers_hold_every_call_once(shared_data: Path) -> None:
    calls = invented = files = broken = 0
    for source in open_path(shared_data / "toolbench"):
        files += 1
        for item in read(source):
            offered = {tool.name for tool in item.tool_sets[0]}
            made = [each for turn in item.turns if isinstance(turn, Step) for each in turn.calls]
            calls += len(made)
            invented += sum(each.name not in offered for each in made)
            broken += sum(each.problem is not None for each in made)
    # The files' other fifteen inputs are the trees' roots, which are empty and no calls.
    assert (files, calls, invented, broken) == (15, 328, 15, 0)
