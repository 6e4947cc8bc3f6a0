"""Tasks by the short names of those that travel with SpecTool."""

from __future__ import annotations

from pathlib import Path

import pytest

from spectool.read.packaged import PACKAGED, located
from spectool.read.source import FormatError
from spectool.read.tasks import load_tasks

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize("name", PACKAGED)
def test_every_short_name_stands_for_tasks_that_can_be_read(name):
    assert located(name) == DATA / PACKAGED[name]
    tasks, rejected = load_tasks([name])
    assert (len(tasks) > 20, rejected) == (True, [])


def test_the_benchmark_is_its_three_splits():
    splits = [set(load_tasks([f"benchmark:{split}"])[0]) for split in ("dev", "val", "test")]
    assert set(load_tasks(["benchmark"])[0]) == set().union(*splits)
    assert sum(map(len, splits)) == len(set().union(*splits))


def test_a_file_of_that_name_comes_first(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").write_text('{"id": "mine", "messages": [{"role": "user", "content": "Hello"}], "request": {}, "tools": []}\n')
    assert list(load_tasks(["demo"])[0]) == ["mine"]


def test_a_split_that_there_is_not_is_named_with_those_there_are():
    with pytest.raises(
        FormatError, match="no tasks 'benchmark:train'; there are demo, benchmark, benchmark:dev, benchmark:val, benchmark:test"
    ):
        load_tasks(["benchmark:train"])


def test_every_other_name_is_a_path():
    assert located("tasks.jsonl") == "tasks.jsonl"
    assert located(Path("demo.jsonl")) == Path("demo.jsonl")
