"""Every format beside every other: contract, examples, and files that two of them might claim."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from spectool.model import Rejected, Task, Trajectory
from spectool.read.formats.registry import FORMATS, SURE, by_name, detect, scores
from spectool.read.source import Source, open_path


@pytest.mark.parametrize("module", FORMATS, ids=lambda module: module.NAME)
def test_the_contract(module: Any) -> None:
    assert module.NAME.isidentifier()
    assert by_name(module.NAME) is module
    assert "\n" not in module.DESCRIPTION
    assert module.__doc__
    assert "Source:" in module.__doc__ or module.NAME == "spectool"
    assert "\n" not in module.EXAMPLE
    assert json.loads(module.EXAMPLE)


def test_names_are_unique() -> None:
    assert len({module.NAME for module in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("module", FORMATS, ids=lambda module: module.NAME)
def test_an_example_is_known_by_its_format_alone_and_read_whole(module: Any, opened: Any) -> None:
    source = opened(module.EXAMPLE)
    (best, found), (second, _) = scores(source)[:2]
    assert found is module
    assert best >= SURE
    assert best > second, "two readers are equally sure"
    trajectories = list(module.read(source, {}))
    assert len(trajectories) == 1
    (trajectory,) = trajectories
    assert isinstance(trajectory, Trajectory)
    assert (trajectory.source, trajectory.meta["format"]) == ("a.jsonl", module.NAME)
    assert len(trajectory.key) == 16


# A format with ``place`` holds answers to its own benchmark's questions alone; its tests show the way there and back.
WRITERS = [module for module in FORMATS if hasattr(module, "write") and not hasattr(module, "place")]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda module: module.NAME)
@pytest.mark.parametrize("reader", FORMATS, ids=lambda module: module.NAME)
def test_what_any_format_reads_every_writer_writes_and_reads_back(reader: Any, writer: Any, opened: Any) -> None:
    (before,) = reader.read(opened(reader.EXAMPLE), {})
    written = opened(writer.write(before), name="b.jsonl")
    assert detect(written) is writer
    (after,) = writer.read(written, {})
    assert isinstance(after, Trajectory)
    assert _gist(after) == _gist(before)


def _gist(trajectory: Trajectory) -> Any:
    calls = [(call.name, call.arguments) for turn in trajectory.turns for call in getattr(turn, "calls", ())]
    return trajectory.id, calls, [[tool.name for tool in tools] for tools in trajectory.tool_sets[-1:]]


def shared_files(folder: Path) -> list[Source]:
    return [source for part in sorted(folder.iterdir()) if part.is_dir() for source in open_path(part)]


def test_no_file_of_the_shared_data_is_claimed_twice(shared_data: Path) -> None:
    unknown, contested = [], []
    for source in shared_files(shared_data):
        (best, first), (second, other) = scores(source)[:2]
        if best < SURE:
            unknown.append(source.name)
        elif best == second:
            contested.append((source.name, first.NAME, other.NAME))
    # Lists of tools are for --tools; they hold no attempts, and no format claims them.
    assert [name for name in unknown if not Path(name).name.startswith("tools_")] == []
    assert contested == []


def test_tasks_of_every_format_are_tasks(opened: Any) -> None:
    for module in FORMATS:
        for item in module.read_tasks(opened(module.EXAMPLE)) if hasattr(module, "read_tasks") else ():
            assert isinstance(item, Task | Rejected)
