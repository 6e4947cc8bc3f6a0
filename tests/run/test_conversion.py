"""A GGUF file unpacked into a folder: the same answers, made once, whoever asks and however often."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import msgspec
import pytest

from spectool.model import Task
from spectool.read.tasks import load_tasks
from spectool.run.conversion import as_folder, unpacked
from spectool.run.engines.engine import Sampling
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.registry import load
from spectool.run.episode import Agent
from spectool.run.loop import run_episodes
from spectool.run.models import ModelError, ModelFiles, packaged, pulled_path
from spectool.run.prompts.registry import prompt

DEMO = Path(__file__).parents[2] / "data" / "demo" / "tasks.jsonl"
NAME = "smollm2-135m"


@pytest.fixture
def model(monkeypatch, tmp_path):
    """The packaged model where it was pulled, and an empty cache for what is made of it."""
    path = pulled_path(packaged(NAME))
    if path is None:
        pytest.skip(f"{NAME} is not here; spectool models pull {NAME}")
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    monkeypatch.setenv("SPECTOOL_CACHE", str(tmp_path))
    return ModelFiles(name=NAME, location=str(path.parent), gguf_file=path.name)


def first_steps(model: ModelFiles, tasks: list[Task]) -> dict[str, str | None]:
    engine = load("transformers", model, EngineOptions(device="cpu", dtype="float32"))
    agent = Agent(engine=engine, prompt=prompt("json_list"), sampling=Sampling(max_new_tokens=16), max_steps=1)
    ended = {episode.id: episode.completions[0].text for episode in run_episodes([(task, 0) for task in tasks], agent)}
    engine.close()
    return ended


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_unpacked_model_answers_as_the_file_does(model, tmp_path, capfd):
    folder = as_folder(model, "float32")
    assert folder == ModelFiles(name=NAME, location=folder.location)
    assert Path(folder.location).parent == tmp_path / "converted"
    assert capfd.readouterr() == ("", "")
    written = {path.name: path.stat().st_mtime_ns for path in Path(folder.location).iterdir()}
    assert as_folder(model, "float32") == folder
    assert {path.name: path.stat().st_mtime_ns for path in Path(folder.location).iterdir()} == written
    tasks = sorted(load_tasks([str(DEMO)])[0].values(), key=lambda task: len(msgspec.json.encode(task.tool_sets)))[:2]
    assert first_steps(folder, tasks) == first_steps(model, tasks)


@pytest.mark.slow
def test_two_processes_at_once_make_one_copy(model, tmp_path):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        one, two = pool.map(as_folder, [model, model], ["bfloat16", "bfloat16"])
    assert one == two
    assert sorted(path.name for path in (tmp_path / "converted").iterdir() if path.is_dir()) == [Path(one.location).name]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_file_that_is_no_model_leaves_nothing_behind(tmp_path, monkeypatch):
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    monkeypatch.setenv("SPECTOOL_CACHE", str(tmp_path))
    (tmp_path / "bad.gguf").write_bytes(b"GGUF" + b"\0" * 100)
    with pytest.raises(ModelError, match=r"'bad' can not be unpacked into .*converted: "):
        as_folder(ModelFiles(name="bad", location=str(tmp_path), gguf_file="bad.gguf"), "float32")
    assert [path for path in (tmp_path / "converted").iterdir() if path.is_dir()] == []


def test_a_model_that_is_a_folder_already_stays_as_it_is(tmp_path):
    model = ModelFiles(name="m", location=str(tmp_path))
    assert as_folder(model, "float32") is model
    assert os.listdir(tmp_path) == []


def test_the_copies_of_a_model_are_not_those_of_one_whose_name_begins_alike(tmp_path, monkeypatch):
    monkeypatch.setenv("SPECTOOL_CACHE", str(tmp_path))
    for name in ("tiny-0123456789ab-float32", "tiny-large-0123456789ab-float32", "tiny-ba9876543210-bfloat16"):
        folder = tmp_path / "converted" / name
        folder.mkdir(parents=True)
        if "bfloat16" not in name:
            (folder / "converted.txt").touch()
    assert [folder.name for folder in unpacked("tiny")] == ["tiny-0123456789ab-float32"]
