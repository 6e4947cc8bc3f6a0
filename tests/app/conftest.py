"""A result folder as a user makes one: two models on two tasks, classified by the command itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spectool.cli.main import main

APP = Path(__file__).parents[2] / "app"
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "get_forecast",
            "parameters": {
                "type": "object",
                "properties": {"town": {"type": "string"}, "days": {"type": "integer"}},
                "required": ["town"],
            },
        },
    }
]
ATTACK = "<script>document.title='owned'</script><img src=x onerror=alert(1)>**bold**"


def row(task: str, model: str, text: str, query: str = "Will it rain in Ulm for 3 days?") -> str:
    """One own row whose gold is a forecast for Ulm."""
    gold = {"paths": [[{"name": "get_forecast", "arguments": {"town": {"values": ["Ulm"]}, "days": {"values": [3]}}}]]}
    messages = [{"role": "user", "content": query}, {"role": "assistant", "content": text}]
    fields = {"id": task, "task": task, "model": model, "tools": TOOLS, "messages": messages, "gold": gold}
    return json.dumps({**fields, "request": {"dialect": "json_list"}})


def call(**arguments: object) -> str:
    return json.dumps([{"name": "get_forecast", "arguments": arguments}])


@pytest.fixture
def start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A start directory that holds one result folder, ``two``."""
    rows = [
        row("ulm", "small", call(town="Bonn", days="3")),
        row("rain", "small", ATTACK, query=ATTACK),
        row("ulm", "large", call(town="Ulm", days=3)),
        row("rain", "large", call(town="Ulm", days=4)),
    ]
    outputs = tmp_path / "two.jsonl"
    outputs.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main(["classify", str(outputs), "-o", str(tmp_path / "two")]) == 0
    capsys.readouterr()
    return tmp_path
