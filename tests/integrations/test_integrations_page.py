"""docs/integrations.md: its test file runs, its workflow is one, and the workflow's commands do what they say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integrations.examples import PAGE, example

ROOT = Path(__file__).parents[2]


def the_page_s_tests() -> dict[str, Callable[[], None]]:
    names: dict[str, Any] = {}
    exec(compile(example("python", "# test_agent.py"), "test_agent.py", "exec"), names)
    return {name: each for name, each in names.items() if name.startswith("test_")}


def test_the_test_file_passes_and_fails_as_the_page_says() -> None:
    tests = the_page_s_tests()
    failing = tests.pop("test_the_agent_invents_an_argument")
    for passing in tests.values():
        passing()
    with pytest.raises(AssertionError) as failure:
        failing()
    assert (len(tests), f"AssertionError: {failure.value}\n") == (2, example("text", "AssertionError"))


@pytest.fixture
def workflow() -> dict[str, Any]:
    found = yaml.safe_load(example("yaml", "runs-on"))
    assert isinstance(found, dict)
    return found


def test_the_workflow_is_one(workflow: dict[str, Any]) -> None:
    # YAML 1.1 takes the key "on" for true; GitHub does not.
    assert (workflow["name"], workflow[True], workflow["permissions"]) == ("tool calls", "pull_request", {"contents": "read"})
    steps = workflow["jobs"]["spectool"]["steps"]
    assert [sorted(step.keys() & {"uses", "run"}) for step in steps] == [
        [each] for each in ("uses", "uses", "run", "run", "run", "run", "uses")
    ]


def outputs(path: Path, wrong: int) -> None:
    """Twelve answered tasks, so many of them with an argument that does not exist."""
    call = {"id": "c1", "type": "function"}
    rows = []
    for number in range(12):
        arguments = {"town" if number < wrong else "city": "Paris", "days": 1}
        function = {"name": "get_weather", "arguments": json.dumps(arguments)}
        asked = [{"role": "user", "content": f"Weather {number}?"}]
        rows.append(
            {"id": f"t{number}", "model": "m", "messages": [*asked, {"role": "assistant", "tool_calls": [{**call, "function": function}]}]}
        )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def tasks(path: Path) -> None:
    properties = {"city": {"type": "string"}, "days": {"type": "integer"}}
    tool = {"name": "get_weather", "parameters": {"type": "object", "properties": properties, "required": ["city"]}}
    gold = {"paths": [[{"name": "get_weather", "arguments": {"city": {"values": ["Paris"]}, "days": {"values": [1]}}}]]}
    rows = [{"id": f"t{n}", "tools": [tool], "messages": [{"role": "user", "content": f"Weather {n}?"}], "gold": gold} for n in range(12)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [pytest.param(0, [0, 0], id="no worse than the main branch"), pytest.param(9, [0, 1], id="worse than the main branch")],
)
def test_the_commands_of_the_workflow_fail_where_the_errors_rose(
    workflow: dict[str, Any], tmp_path: Path, wrong: int, codes: list[int]
) -> None:
    outputs(tmp_path / "outputs.jsonl", wrong)
    outputs(tmp_path / "baseline.jsonl", 0)
    tasks(tmp_path / "tasks.jsonl")
    commands = [step["run"] for step in workflow["jobs"]["spectool"]["steps"] if "spectool classify" in step.get("run", "")]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = [
        subprocess.run(["bash", "-e", "-c", each], cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True) for each in commands
    ]
    assert [each.returncode for each in done] == codes


def test_the_page_is_short() -> None:
    assert len(PAGE.splitlines()) <= 180
