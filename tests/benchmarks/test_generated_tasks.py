"""Generated tasks are counted, compared with the protected ones, and checked."""

from __future__ import annotations

import pytest

from benchmarks import generated_tasks
from spectool.benchmark.generate import asked, generate
from spectool.benchmark.near import NearDuplicates
from spectool.benchmark.path_check import TaskFault
from spectool.benchmark.templates.registry import BOOKS


@pytest.fixture(autouse=True)
def _one_protected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the first request that would be drawn, and nothing else."""

    def protected(split: str) -> NearDuplicates:
        near = NearDuplicates()
        near.add("first", asked(next(generate(BOOKS, split, 1))))
        return near

    monkeypatch.setattr(generated_tasks, "protected", protected)


def test_tasks_that_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(generated_tasks, "checked", lambda tasks, workers: (7 * len(tasks), []))
    assert generated_tasks.main(["--number", "40", "--every", "4"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "| environment | templates | tasks | requests that differ | share | tasks with a fault |"
    assert sum(int(line.split(" | ")[2]) for line in lines[2 : lines.index("")]) == 40
    assert "Requests that differ: 100.0%. Near one of 1 protected requests: 0." in lines
    assert "10 checked in 70 plays; 0 with a fault." in lines


def test_a_fault_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(
        generated_tasks, "checked", lambda tasks, workers: (1, [TaskFault(task=tasks[0].id, kind="path", message="refused")])
    )
    assert generated_tasks.main(["--number", "5"]) == 1
    first = next(generate(BOOKS, "dev", 1))
    assert f"- {first.meta['template']}, path (1): `{first.id}` refused" in capsys.readouterr().out.splitlines()


def test_a_few_real_ones_are_played() -> None:
    plays, faults = generated_tasks.checked(list(generate(BOOKS, "dev", 3)))
    assert plays >= 3
    assert faults == []
