"""``spectool tasks check``: what it prints and how it exits, for tasks that hold and tasks that do not."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from spectool.benchmark.generate import generate
from spectool.benchmark.templates.registry import book
from spectool.cli.main import main
from spectool.environments.registry import environment
from spectool.model import Expected, ExpectedCall, Gold, Message, Task
from spectool.read.formats.spectool_rows import write_task
from spectool.results.rows import to_json

PATENT = environment("patent")


def task(number: int, **meta: object) -> Task:
    """Asks for the title of one of the patents on record."""
    id, row = list(PATENT.records["patents"].items())[number]
    call = ExpectedCall(name="get_patent", arguments={"patent_id": Expected(values=(id,))})
    about = {"category": "one_constraint", "environment": "patent", "split": "dev", "template": "by-hand", "records": [f"patents/{id}"]}
    return Task(
        id=f"t{number}",
        tool_sets=(PATENT.tools[:8] if "get_patent" in [tool.name for tool in PATENT.tools[:8]] else PATENT.tools,),
        messages=(Message(role="user", content=f"Which title does the patent {id} have?"),),
        gold=Gold(paths=((call,),), mode="exact", answer=(row["title"],)),
        tags=("tools:few",),
        meta={**about, "world": {"patent": PATENT.version}, **meta},
    )


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def write(*tasks: Task, more: str = "") -> str:
        (tmp_path / "tasks.jsonl").write_text("".join(to_json(write_task(each)) + "\n" for each in tasks) + more)
        return "tasks.jsonl"

    return write


def test_tasks_that_hold_are_counted(written, capsys):
    assert main(["tasks", "check", written(task(0), task(1, split="val", template="other"))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "environment                   dev    val   test    all",
        "patent                          1      1      -      2",
        "all                             1      1      -      2",
        "",
        "kind                          dev    val   test    all",
        "one constraint                  1      1      -      2",
        "all                             1      1      -      2",
        "",
        "templates                       1      1      -",
        "2 offer at most eight tools, 0 the whole catalogue",
        "",
        "2 tasks · 2 gold paths played in 2 ways · 2 claims · 0 change the state · none failed",
    ]


ALIKE = "tools alike (cosine)        tools   mean   most  the most alike"


def test_how_alike_tools_are_is_shown_where_asked_for_or_environments_are_compared(written, capsys):
    one = written(task(0))
    assert main(["tasks", "check", one, "--similarity"]) == 0
    lines = capsys.readouterr().out.splitlines()
    place = lines.index(ALIKE)
    assert lines[place + 1].startswith("patent ")
    assert (lines[-2], lines[-1]) == ("", "1 task · 1 gold path played in 1 way · 1 claim · 0 change the state · none failed")
    assert main(["tasks", "check", written(task(0), *generate([book("tools")], "dev", 1))]) == 0
    assert ALIKE in capsys.readouterr().out.splitlines()


def test_a_broken_user_script_fails_its_task_and_the_rest_is_checked(written, capsys):
    assert main(["tasks", "check", written(task(0, user={"stages": "hello"}), task(1))]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["t0", "  unreadable: meta.user: expected `array`, got `str` - at `$.stages`", ""]
    assert lines[-1] == "2 tasks · 2 gold paths played in 1 way · 2 claims · 0 change the state · 1 failed"


def test_a_task_that_fails_is_named_with_the_reason(written, capsys):
    bad = msgspec.structs.replace(task(1), gold=msgspec.structs.replace(task(1).gold, answer=("Perpetual motion",)))
    assert main(["tasks", "check", written(task(0), bad)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["t1", "  claim: path 0: neither the results nor the request tell 'Perpetual motion'", ""]
    assert lines[-2:] == ["", "2 tasks · 2 gold paths played in 2 ways · 2 claims · 0 change the state · 1 failed"]


def test_of_a_task_with_many_faults_the_first_are_shown(written, capsys):
    bad = msgspec.structs.replace(
        task(0), gold=msgspec.structs.replace(task(0).gold, answer=("Alpha", "Beta", "Gamma", "Delta", "Epsilon"))
    )
    assert main(["tasks", "check", written(bad)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[4], lines[5]) == ("t0", "  and 2 more", "")


def test_tasks_that_fail_for_the_same_reason_are_named_together(written, capsys):
    stale = {"patent": "0"}
    assert main(["tasks", "check", written(*(task(number, world=stale, records=[]) for number in range(5)))]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "t0, t1, t2 and 2 more"
    assert lines[1].startswith("  world: was made for version 0 of the environment 'patent', here is ")
    assert lines[3] == ""
    assert lines[-1].endswith("5 failed")


def test_of_very_many_tasks_that_fail_the_first_are_named(written, capsys):
    assert main(["tasks", "check", written(*(task(number, split=f"s{number}") for number in range(59)))]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[78:81] == ["t39", "  split: expected split dev, val, test, got 's39'", "and 19 more tasks fail; --json names them all"]


def test_a_row_that_cannot_be_read_fails_and_hides_no_terminal_codes(written, capsys):
    assert main(["tasks", "check", written(task(0), more='{"id": 3, "messages": [], "gold": {"paths": []}}\n')]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "could not be read"
    assert out[1].startswith("  unreadable: tasks.jsonl:2: ")
    assert main(["tasks", "check", written(msgspec.structs.replace(task(0, world={"patent": "0"}), id="\x1b[2Jevil"))]) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_json_holds_everything(written, capsys):
    assert main(["tasks", "check", written(task(0)), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {name: told[name] for name in ("tasks", "failed", "faults", "paths", "plays", "environments")} == {
        "tasks": 1, "failed": 0, "faults": [], "paths": 1, "plays": 1, "environments": {"patent": {"dev": 1}},
    }  # fmt: skip
    assert {"environment", "tools", "mean", "most", "pair"} == set(told["similarity"][0])


def test_a_file_without_tasks_is_bad_usage(written, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["tasks", "check", "empty"]) == 2
