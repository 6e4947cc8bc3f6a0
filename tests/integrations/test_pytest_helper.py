"""``assert_no_errors``: what fails a test, what its message says, what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from spectool.integrations.pytest import assert_no_errors
from spectool.model import Call, Step, Tool, Trajectory

WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}, "required": ["city"]},
    },
}
RIGHT = {"city": "Paris"}


def messages(arguments: dict[str, Any], name: str = "get_weather") -> list[dict[str, Any]]:
    call = {"id": "c1", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
    return [{"role": "user", "content": "Weather in Paris?"}, {"role": "assistant", "content": None, "tool_calls": [call]}]


def record(arguments: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "t-1", "model": "m", "messages": messages(arguments), "tools": [WEATHER], **more}


PASSES = {
    "a clean record": ((record(RIGHT),), {}),
    "messages with tools beside them": ((messages(RIGHT),), {"tools": [WEATHER]}),
    "the calls that are due": ((record(RIGHT),), {"gold": [{"name": "get_weather", "arguments": RIGHT}]}),
    "a pattern that is allowed": ((record({"city": 5}),), {"allow": ["IAT"]}),
    "a subtype that is allowed": ((record({"city": 5}),), {"allow": ["iat.coercible"]}),
    "a pattern that need not be judged": ((messages(RIGHT),), {"must_judge": ()}),
    "a trajectory": ((Trajectory(key="k", id="i", turns=(Step(calls=(Call(name="f", arguments={}),)),)),), {"tools": [Tool(name="f")]}),
    "no call where none is due": (
        (record(RIGHT) | {"messages": [*messages(RIGHT)[:1], {"role": "assistant", "content": "Hello"}]},),
        {"gold": []},
    ),
}


@pytest.mark.parametrize(("arguments", "options"), PASSES.values(), ids=list(PASSES))
def test_passes(arguments: tuple[Any, ...], options: dict[str, Any]) -> None:
    assert assert_no_errors(*arguments, **options).crashed == ()


def test_the_message_names_pattern_place_and_what_would_have_been_right() -> None:
    with pytest.raises(AssertionError) as failure:
        assert_no_errors(
            record({"city": "\x1b[31mRome", "colour": "red", "days": "two"}), gold=[{"name": "get_weather", "arguments": RIGHT}]
        )
    assert str(failure.value).splitlines() == [
        "3 errors in 't-1' (m)",
        "  IAN.unknown (Incorrect Argument Name; certain)",
        "    at $.turns[1].calls[0].arguments.colour, a call of get_weather",
        "    expected an argument of get_weather (city, days), got 'colour'",
        '    expected: ["city","days"]',
        '    got: {"colour":"red"}',
        "  IAT.incompatible (Incorrect Argument Type; certain)",
        "    at $.turns[1].calls[0].arguments.days, a call of get_weather",
        "    expected integer, got string 'two'",
        '    expected: ["integer"]',
        '    got: "two"',
        "  IAV.other (Incorrect Argument Value; certain)",
        "    at $.turns[1].calls[0].arguments.city, a call of get_weather",
        "    expected 'Paris', got 'Rome'",
        '    expected: "Paris"',
        '    got: "\\u001b[31mRome"',
        "  what it means: spectool explain IAN | IAT | IAV",
    ]


def test_what_could_not_be_judged_is_not_clean() -> None:
    with pytest.raises(AssertionError) as failure:
        assert_no_errors(messages(RIGHT))
    assert str(failure.value).splitlines()[0] == "not every pattern could be judged in 'record.jsonl:1'"
    assert "  IFN could not be judged: the tools offered are unknown\n" in str(failure.value)


@pytest.mark.parametrize(
    ("gold", "mode", "error"),
    [
        pytest.param([{"name": "get_weather", "arguments": {"city": "Rome"}}], "unordered", "IAV.other", id="another value"),
        pytest.param([], "unordered", "unneeded_call.", id="no call was due"),
        pytest.param([{"name": "get_weather", "arguments": RIGHT}] * 2, "required", "IAC.", id="one call too few"),
    ],
)
def test_gold_decides(gold: Any, mode: Any, error: str) -> None:
    with pytest.raises(AssertionError) as failure:
        assert_no_errors(record(RIGHT), gold=gold, gold_mode=mode)
    assert f"  {error}" in str(failure.value)


@pytest.mark.parametrize(
    ("given", "options", "said"),
    [
        pytest.param(record(RIGHT), {"allow": ["IAX"]}, "unknown error 'IAX'", id="a pattern that does not exist"),
        pytest.param({"colour": "red"}, {}, "the record can not be read: ", id="no record of any format"),
        pytest.param(record(RIGHT) | {"id": {1}}, {}, "the record is no JSON value: Object of type set", id="a value that is no JSON"),
        pytest.param(record(RIGHT), {"gold": 5}, "expected gold to be a list, got number '5'", id="no gold"),
    ],
)
def test_refused(given: Any, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        assert_no_errors(given, **options)


TEST_FILE = """
from spectool.integrations.pytest import assert_no_errors

def test_agent():
    assert_no_errors({record!r})
"""


def test_pytest_shows_the_message_without_our_frames(tmp_path: Path) -> None:
    import subprocess
    import sys

    path = tmp_path / "test_agent.py"
    path.write_text(TEST_FILE.format(record=record({"town": "Paris"})))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(path)],
        capture_output=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 1
    assert "E       AssertionError: 1 error in 't-1' (m)\nE         IAN.near_miss (Incorrect Argument Name; certain)" in done.stdout
    assert "spectool/integrations/pytest.py" not in done.stdout
