"""Reports that several tests look at, each gathered once."""

from __future__ import annotations

from pathlib import Path

import pytest

from spectool.model import Outcome
from spectool.report.contents import Report, gather
from tests.report.hostile import hostile_folder
from tests.results.conftest import finding, trajectory, verdict, write


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return gather([hostile_folder(tmp_path_factory.mktemp("hostile") / "res")])


def attempts(model: str, failing: int, tasks: int = 40) -> list:
    """So many tasks of which the first ``failing`` have a wrong value at their only place; what each took is in its meta."""
    made = []
    for number in range(tasks):
        meta = {"category": "even" if number % 2 == 0 else "odd", "seconds": 2.0 + number % 3, "completion_tokens": 10 + number}
        one = trajectory(number, model, key=f"{model}-{number}", meta=meta)
        slip = finding(
            "IAV", "other", path="$.turns[1].calls[0].arguments.city", message="expected 'Rome', got 'Paris'", got="Paris", expected="Rome"
        )
        outcome = Outcome(error="IAV", assessed=1, findings=(slip,) if number < failing else ())
        skipped = Outcome(error="IAC", skipped="no gold")
        made.append((one, verdict(one, outcome, skipped, passed=number >= failing)))
    return made


@pytest.fixture(scope="session")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders ``before`` and ``after`` of one model's name, 20 and 5 of 40 tasks failing, and ``other`` of two sizes."""
    start = tmp_path_factory.mktemp("sides")
    write(start / "before", attempts("tuned-7b", 20))
    write(start / "after", attempts("tuned-7b", 5))
    write(start / "other", [*attempts("small-1.5b", 30), *attempts("large-70b", 10)])
    return start


@pytest.fixture(scope="session")
def two_models(sides: Path) -> Report:
    return gather([sides / "other"])
