"""What scanner and scorer say of a sample; the packages of Inspect are not needed here."""

from __future__ import annotations

import importlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from spectool.integrations.inspect_samples import checks_from, judged, written

PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
OFFER = {"event": "model", "tools": [{"name": "get_weather", "description": "", "parameters": PARAMETERS}], "tool_choice": "auto"}


def sample(*arguments: dict[str, Any], events: bool = True) -> dict[str, Any]:
    """A sample in which each of these calls was a step."""
    steps = [
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"id": f"c{n}", "function": "get_weather", "arguments": each, "type": "function"}],
        }
        for n, each in enumerate(arguments)
    ]
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Weather in Paris?"}, *steps]
    return {"id": "paris", "epoch": 1, "messages": messages, "events": [OFFER] * len(steps) if events else []}


def told(given: dict[str, Any], *patterns: str, **options: Any) -> dict[str, tuple[bool | None, str]]:
    checks = checks_from(patterns or None, options.get("tasks"), options.get("tools"), None)
    return {each.pattern: (each.found, each.explanation) for each in judged(given, {"task": "weather"}, "log", checks)}


def test_each_pattern_is_found_or_not_or_could_not_be_judged() -> None:
    found = told(sample({"town": "Paris"}))
    assert list(found) == ["IFE", "IFN", "IAN", "IAT", "IAV", "IAC", "RAC"]
    assert found["IAN"] == (
        True,
        "Incorrect Argument Name: [M3] get_weather: expected an argument of get_weather (city), got 'town' (near_miss, certain)",
    )
    assert found["IFN"] == (False, "Incorrect Function Name: none in 1 place where it could be")
    assert found["IAC"] == (None, "Insufficient API Calls: not judged: no gold: what was needed is unknown (pass --tasks)")


def test_a_cite_leads_to_its_message() -> None:
    (found,) = judged(sample({"city": "Rome"}, {"town": "Paris"}), {}, "log", checks_from(["IAN"], None, None, None))
    assert (found.cited, [each["path"] for each in written(found.findings)]) == ({"[M4]": 3}, ["$.turns[3].calls[0].arguments.town"])


def test_many_findings_are_told_in_part_and_kept_whole() -> None:
    (found,) = judged(sample(*[{"town": str(n)} for n in range(7)]), {}, "log", checks_from(["IAN"], None, None, None))
    assert (found.explanation.count("[M"), found.explanation[-10:], len(found.findings)) == (5, "and 2 more", 7)


def test_text_of_a_model_can_not_steer_a_terminal() -> None:
    assert "\x1b" not in told(sample({"\x1b[31mtown": "Paris"}), "IAN")["IAN"][1]


def test_gold_is_joined_by_sample_id_and_tools_where_events_are_missing(tmp_path: Path) -> None:
    gold = {"mode": "exact", "paths": [[{"name": "get_weather", "arguments": {"city": {"values": ["Paris"]}}}]]}
    task = {"id": "paris", "messages": [{"role": "user", "content": "Weather in Paris?"}], "gold": gold}
    (tmp_path / "tasks.jsonl").write_text(json.dumps(task) + "\n")
    (tmp_path / "tools.json").write_text(json.dumps(OFFER["tools"]))
    options = {"tasks": str(tmp_path / "tasks.jsonl"), "tools": str(tmp_path / "tools.json")}
    found = told(sample({"city": "Rome"}, events=False), **options)
    assert {code: value for code, (value, _) in found.items()} == {
        "IFE": None, "IFN": False, "IAN": False, "IAT": False, "IAV": True, "IAC": False, "RAC": False,
    }  # fmt: skip


@pytest.mark.skipif(importlib.util.find_spec("inspect_scout") is not None, reason="Inspect's packages are installed")
def test_without_inspect_the_error_says_what_to_install() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'spectool\[inspect\]'"):
        importlib.import_module("spectool.integrations.inspect")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param({"patterns": ["IAX"]}, "unknown error 'IAX'", id="no such pattern"),
        pytest.param({"tasks": "missing.jsonl"}, "missing.jsonl: no such file or folder", id="no such tasks"),
        pytest.param({"tools": "missing.json"}, "missing.json: no such file or folder", id="no such tools"),
    ],
)
def test_settings_are_checked_at_once(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        checks_from(options.get("patterns"), options.get("tasks"), options.get("tools"), None)
