"""HammerBench logs: raw answers that run on into the next turn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from spectool.model import Message, Step, Trajectory
from spectool.read.formats import hammerbench
from spectool.read.source import Source
from spectool.read.tasks import load_tasks

TOOL = {"name": "tea.brew", "parameters": {"type": "object", "properties": {"leaf": {"type": "string"}}, "required": ["leaf"]}}
PREDICT = (
    '```json\n{"name": "tea.brew", "parameters": {"leaf": ""}}\n```'
    '<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nuser:{"name": "tea.pour"}'
)
LABEL = {"name": "tea.brew", "arguments": {"leaf": "green"}}
ROW = {
    "id": "Based_3_2",
    "input": "user:Tea\nassistant:Which?\nuser:Green",
    "predict": PREDICT,
    "label": {"name": "tea.brew", "arguments": {"leaf": "green"}},
}


def test_a_snapshot_is_joined_to_its_conversation_and_leaked_turns_are_no_calls(opened: Callable[..., Source]) -> None:
    path = opened({"id": "Based_3_5", "messages": [], "multiple_tools": [TOOL], "single_tool": [TOOL]}, name="data.json").path
    assert path is not None
    tasks, broken = load_tasks([path])
    (item,) = hammerbench.read(opened(ROW, name="logs.json"), tasks)
    assert not broken
    assert isinstance(item, Trajectory)
    assert (item.id, item.task, item.meta["category"]) == ("Based_3_2", "Based_3_2", "Based")
    assert item.turns[:3] == (
        Message(role="user", content="Tea"),
        Message(role="system", content="earlier assistant: Which?"),
        Message(role="user", content="Green"),
    )
    step = item.turns[3]
    assert isinstance(step, Step)
    assert [(call.name, call.arguments) for call in step.calls] == [("tea.brew", {"leaf": ""})]
    assert [tool.name for tool in item.tool_sets[0]] == ["tea.brew"]
    assert item.gold is not None
    assert item.gold.paths[0][0].arguments["leaf"].values == ("green",)


def test_published_logs(shared_data: Path) -> None:
    tasks, _ = load_tasks([shared_data / "misc" / "hammerbench_data.json"])
    found = list(hammerbench.read(Source(shared_data / "misc" / "hammerbench_logs.json"), tasks))
    assert [isinstance(item, Trajectory) and (len(item.tool_sets), item.turns[-1].calls[0].name) for item in found] == [  # type: ignore[union-attr]
        (1, "Navigation.TrafficViolations.queryViolation")
    ] * 3
