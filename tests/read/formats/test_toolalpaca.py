"""ToolAlpaca outputs, and API files as tasks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from spectool.model import Expected, Step, Trajectory
from spectool.read.formats import toolalpaca
from spectool.read.source import Source
from spectool.read.tasks import load_tasks

DESCRIBED = (
    'Brews tea.\nParameters: {"leaf": "Required. string. One of: [green, black]. The leaf.", "cups": "integer. How many.", '
    '"to": "Array[string]. For whom."}\nOutput: ok.'
)
API = {
    "Name": "Tea",
    "Function_Description": {"brew": DESCRIBED, "components": ""},
    "Function_Projection": {"brew": ["/brew", "get"]},
    "Instructions": ["Brew it"],
    "Golden_Answers": [[{"Action": "brew", "Action_Input": '{"leaf": "green"}'}]],
}


def row(**changes: Any) -> dict[str, Any]:
    return {
        "model": "some-model",
        "api": "Tea",
        "i": 0,
        "instruction": "Brew it",
        "gold": [{"name": "brew", "arguments_raw": '{"leaf": ${leaf from list}}'}],
        "calls": [{"name": "brew", "arguments_raw": '{"leaf": 1, 2}', "returns": "Status Code: 404. Response: no"}],
        "final": "No tea.",
        "process_correctness": "No",
        "final_response_correctness": "No",
    } | changes


def test_an_output_is_joined_to_its_api_by_instruction(opened: Callable[..., Source]) -> None:
    path = opened(API, name="apis.json").path
    assert path is not None
    tasks, broken = load_tasks([path])
    (item,) = toolalpaca.read(opened(row(), name="rows.jsonl"), tasks)
    assert not broken
    assert isinstance(item, Trajectory)
    brew, asks = item.tool_sets[0]
    assert brew.parameters == {
        "type": "object",
        "properties": {
            "leaf": {"type": "string", "description": "The leaf.", "enum": ["green", "black"]},
            "cups": {"type": "integer", "description": "How many."},
            "to": {"type": "array", "description": "For whom.", "items": {"type": "string"}},
        },
        "required": ["leaf"],
    }
    assert (brew.effect, asks.name) == ("read", "getDetails")
    assert (item.task, item.reward, item.meta["compat_label"]) == ("Tea/Brew it", 0.0, "process:no")
    assert item.gold is not None
    assert item.gold.mode == "required"
    assert item.gold.paths[0][0].arguments == {"leaf": Expected(any=True)}
    step = item.turns[1]
    assert isinstance(step, Step)
    assert step.calls[0].problem is not None
    assert step.calls[0].result is not None
    assert step.calls[0].result.is_error


def test_an_instruction_the_api_file_lacks_still_gets_its_tools(opened: Callable[..., Source]) -> None:
    path = opened(API, name="apis.json").path
    assert path is not None
    (item,) = toolalpaca.read(
        opened(row(instruction="Something else", process_correctness="Uncertain"), name="rows.jsonl"), load_tasks([path])[0]
    )
    assert isinstance(item, Trajectory)
    assert (len(item.tool_sets), item.task, item.reward) == (1, "Tea/Something else", None)


def test_published_outputs(shared_data: Path) -> None:
    tasks, broken = load_tasks([shared_data / "toolalpaca" / "data"])
    found = [item for item in toolalpaca.read(Source(shared_data / "toolalpaca" / "rows.jsonl"), tasks) if isinstance(item, Trajectory)]
    assert not broken
    assert (len(found), sum(bool(item.tool_sets) for item in found), sum(item.gold is not None for item in found)) == (196, 196, 196)
    assert sum(item.reward == 1 for item in found) == 131


def test_gold_that_is_open_or_optional(opened: Callable[..., Source]) -> None:
    gold = [
        {"name": "brew", "arguments_raw": '{"leaf": "{the leaf}", "to": [{"id": 7, "name": "${string}"}]}'},
        {"name": "[Optional]pour", "arguments_raw": "{}"},
    ]
    (item,) = toolalpaca.read(opened(row(gold=gold), name="rows.jsonl"), {})
    assert isinstance(item, Trajectory)
    assert item.gold is not None
    assert [[call.name for call in path] for path in item.gold.paths] == [["brew", "pour"], ["brew"]]
    assert item.gold.paths[0][0].arguments == {
        "leaf": Expected(any=True),
        "to": Expected(lists=((Expected(objects=({"id": Expected(values=(7,)), "name": Expected(any=True)},)),),)),
    }
