"""A result folder of two models made of real structs, small enough to count by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from spectool.model import Call, ExpectedCall, Finding, Gold, Message, Outcome, Rejected, Step, Tool, Trajectory, Verdict
from spectool.results.folder import SCHEMA_VERSION, FolderWriter, new_folder, write_summary
from spectool.results.store import Results, open_folder
from spectool.results.summarise import summarise_models
from spectool.results.summary import Counts, Settings, Summary
from spectool.results.tables import connect

WEATHER = Tool(name="get_weather", parameters={"type": "object", "properties": {"city": {"type": "string"}}})


def trajectory(number: int, model: str = "small", **fields) -> Trajectory:
    call = Call(name="get_weather", arguments={"city": "Paris"}, raw='{"city": "Paris"}')
    defaults = {
        "key": f"{model}-{number}",
        "id": f"task-{number}",
        "task": f"task-{number}",
        "model": model,
        "tool_sets": ((WEATHER,),),
        "turns": (Message(role="user", content=f"Weather in city {number}?"), Step(text="Sunny", calls=(call,))),
        "gold": Gold(paths=((ExpectedCall(name="get_weather"),),)),
        "meta": {"category": "even" if number % 2 == 0 else "odd", "format": "spectool"},
        "source": "demo.jsonl",
        "line": number + 1,
    }
    return Trajectory(**{**defaults, **fields})


def finding(error: str, subtype: str, **fields) -> Finding:
    defaults = {
        "level": "core",
        "step": 1,
        "call": 0,
        "tool": "get_weather",
        "message": f"{error} was found",
        "path": "$.turns[1].calls[0]",
    }
    return Finding(error=error, subtype=subtype, **{**defaults, **fields})


def verdict(of: Trajectory, *outcomes: Outcome, passed: bool | None = True) -> Verdict:
    return Verdict(key=of.key, passed=passed, outcomes=outcomes)


def pairs() -> list[tuple[Trajectory, Verdict]]:
    """Model ``small``: IAV in 2 of 4 (3 findings) and a candidate; IAC not judged in one. Model ``large``: clean."""
    slip = finding("IAV", "other", expected=["Paris"], got="Rome")
    found = {
        0: (slip, finding("IAV", "omitted", call=0, message="expected 'unit'")),
        1: (slip,),
        2: (finding("IAV", "ungrounded", tier="candidate"),),
        3: (),
    }
    made = []
    for number, findings in found.items():
        one = trajectory(number)
        iac = Outcome(error="IAC", skipped="no gold") if number == 3 else Outcome(error="IAC", assessed=1)
        made.append((one, verdict(one, Outcome(error="IAV", assessed=2, findings=findings), iac, passed=number > 1)))
    for number in range(4):
        one = trajectory(number, "large", reward=float(number > 0))
        made.append((one, verdict(one, Outcome(error="IAV", assessed=2), Outcome(error="IAC", assessed=1))))
    return made


def write(out: Path, made: list[tuple[Trajectory, Verdict]]) -> None:
    with new_folder(out) as folder:
        with FolderWriter(folder) as writer:
            writer.add([one for one, _ in made], [each for _, each in made])
            writer.reject(Rejected(source="demo.jsonl", line=9, reason="demo.jsonl:9: no JSON", head="{"))
        with connect(folder) as connection:
            models = summarise_models(connection)
        summary = Summary(
            schema_version=SCHEMA_VERSION,
            spectool="0",
            created="",
            inputs=(),
            settings=Settings(),
            counts=Counts(trajectories=len(made)),
            models=models,
            rejected=(),
            crashed=(),
            notes=(),
        )
        write_summary(folder, summary)


@pytest.fixture
def make() -> SimpleNamespace:
    """The builders of this file, for a test's own folder."""
    return SimpleNamespace(trajectory=trajectory, finding=finding, verdict=verdict, write=write)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("once") / "demo"
    write(out, pairs())
    return out


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(made_once, tmp_path / "demo")
    return tmp_path / "demo"


@pytest.fixture(scope="session")
def results(made_once: Path) -> Iterator[Results]:
    opened = open_folder(made_once)
    yield opened
    opened.close()
