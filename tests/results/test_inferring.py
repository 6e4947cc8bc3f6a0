"""``--infer-tools`` from files to a result folder: two passes, what is written, and how it is read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spectool.cli.main import main
from spectool.read.source import FormatError
from spectool.results.inferring import INFERRED_FILE, NOTE
from spectool.results.pipeline import classify_paths
from spectool.results.summary import InferredTools
from spectool.results.tables import connect, rows

TOOL = {
    "type": "function",
    "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}},
}
FAILED = "Error: it did not work"
FOUND = """
    SELECT t.id, f.error, f.subtype, f.tier, f.source, f.message
    FROM findings f JOIN trajectories t USING (key) WHERE f.source = 'inferred'
"""


def record(number: int, arguments: dict[str, object], reply: str = "sunny", tools: bool = False) -> str:
    call = {"id": "c1", "type": "function", "function": {"name": "get_weather", "arguments": json.dumps(arguments)}}
    turns = [
        {"role": "user", "content": "Weather?"},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": reply},
    ]
    return json.dumps({"id": f"r{number}", "model": "m", "messages": turns, **({"tools": [TOOL]} if tools else {})})


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """Twelve calls that succeeded and one that did not, without tools; one more with tools of its own."""
    records = [record(n, {"city": f"Paris {n}"}) for n in range(12)]
    records += [record(12, {"city": "Rome", "town": "Rome"}, FAILED), record(13, {"town": "Rome"}, FAILED, tools=True)]
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f"{each}\n" for each in records))
    return path


def findings(folder: Path) -> list[tuple[object, ...]]:
    with connect(folder) as connection:
        return [tuple(row.values()) for row in rows(connection, FOUND)]


LIKELY = [
    (
        "r12",
        "IAN",
        "unknown",
        "likely",
        "inferred",
        "expected an argument of get_weather (city), got 'town'; by a schema inferred from 12 calls that succeeded",
    )
]


def test_what_the_first_pass_learns_the_second_judges_with(outputs: Path, tmp_path: Path) -> None:
    summary = classify_paths([outputs], out=tmp_path / "res", infer_tools=True)
    assert findings(tmp_path / "res") == LIKELY
    assert summary.inferred == InferredTools(tools=1, calls=13, used=12, likely=1, thin=0, silent=0)
    assert (summary.settings.infer_tools, summary.settings.tools_inferred, summary.counts.without_tools) == (True, False, 13)


def test_without_being_asked_nothing_is_inferred(outputs: Path, tmp_path: Path) -> None:
    summary = classify_paths([outputs], out=tmp_path / "res")
    assert (findings(tmp_path / "res"), summary.inferred, (tmp_path / "res" / INFERRED_FILE).exists()) == ([], None, False)


def test_the_tools_are_written_for_people_and_count_as_inferred_when_given_back(outputs: Path, tmp_path: Path) -> None:
    classify_paths([outputs], out=tmp_path / "res", infer_tools=True)
    written = tmp_path / "res" / INFERRED_FILE
    support = {"calls": 12, "tasks": 12}
    assert json.loads(written.read_text()) == {
        "note": NOTE,
        "tools": [
            {
                "name": "get_weather",
                "parameters": {
                    "type": "object",
                    "properties": {"city": {"type": "string", "x-inferred": support}},
                    "required": ["city"],
                    "x-inferred": support,
                },
            }
        ],
    }
    summary = classify_paths([outputs], out=tmp_path / "again", tools=written)
    assert (findings(tmp_path / "again"), summary.settings.tools_inferred, summary.inferred) == (LIKELY, True, None)


def test_without_the_mark_they_are_their_editors_word(outputs: Path, tmp_path: Path) -> None:
    classify_paths([outputs], out=tmp_path / "res", infer_tools=True)
    edited = json.loads((tmp_path / "res" / INFERRED_FILE).read_text())
    for schema in (edited["tools"][0]["parameters"], edited["tools"][0]["parameters"]["properties"]["city"]):
        del schema["x-inferred"]
    (tmp_path / "tools.json").write_text(json.dumps(edited))
    summary = classify_paths([outputs], out=tmp_path / "again", tools=tmp_path / "tools.json")
    with connect(tmp_path / "again") as connection:
        found = rows(
            connection, "SELECT f.tier, f.source FROM findings f JOIN trajectories t USING (key) WHERE id = 'r12' AND error = 'IAN'"
        )
    assert (found, summary.settings.tools_inferred) == ([{"tier": "certain", "source": "rule"}], False)


def test_convert_does_not_write_them_into_records(outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    classify_paths([outputs], out=tmp_path / "res", infer_tools=True)
    options = ["--tools", str(tmp_path / "res" / INFERRED_FILE), "--to", "spectool", "-o", str(tmp_path / "out.jsonl")]
    assert (main(["convert", str(outputs), *options]), (tmp_path / "out.jsonl").exists()) == (2, False)
    assert "were inferred from a log; check them and remove every 'x-inferred' first" in capsys.readouterr().err


def test_the_number_of_processes_changes_nothing(outputs: Path, tmp_path: Path) -> None:
    one, two = (classify_paths([outputs], out=tmp_path / str(n), infer_tools=True, workers=n) for n in (1, 2))
    assert findings(tmp_path / "1") == findings(tmp_path / "2") == LIKELY
    assert one.inferred == two.inferred


def test_what_can_be_read_only_once_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="'-' can be read only once, and --infer-tools reads its input twice; save it to a file first"):
        classify_paths(["-"], out=tmp_path / "res", infer_tools=True)


def test_a_name_that_no_encoding_holds_is_written_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(record(n, {"\ud800": "x"}) + "\n" for n in range(3)))
    classify_paths([path], out=tmp_path / "res", infer_tools=True)
    (tool,) = json.loads((tmp_path / "res" / INFERRED_FILE).read_text())["tools"]
    assert list(tool["parameters"]["properties"]) == ["\ufffd"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(
            ["--infer-tools"],
            "1 tool inferred from 12 of 13 calls (those that succeeded): 1 with support for likely findings. They are in "
            "tools.inferred.json; findings that rest on them are likely at most.",
            id="asked for",
        ),
        pytest.param([], None, id="not asked for"),
    ],
)
def test_the_table_begins_with_what_was_inferred(
    outputs: Path, options: list[str], said: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["classify", str(outputs), "-o", str(tmp_path / "res"), *options]) == 0
    first = capsys.readouterr().out.partition("\n\n")[0]
    assert " ".join(first.split()) == said if said else first.startswith("SpecTool")


def test_a_log_without_replies_says_why_nothing_was_inferred(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(record(1, {"city": "Paris"}, FAILED) + "\n")
    assert main(["classify", str(path), "--infer-tools", "-o", str(tmp_path / "res")]) == 0
    assert capsys.readouterr().out.startswith("No tools could be inferred: none of 1 call has a reply that shows it to have succeeded.")
