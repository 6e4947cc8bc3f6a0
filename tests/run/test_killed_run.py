"""kill -9 at twenty moments, gone on with each time: in the end the file holds what an uninterrupted run would have written."""

from __future__ import annotations

import json
import time
from multiprocessing import get_context
from pathlib import Path
from random import Random
from signal import SIGKILL

import pytest

from spectool.cli.main import main
from tests.run.tiny_model import save_tiny_model

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

DEMO = Path(__file__).parents[2] / "data" / "demo" / "tasks.jsonl"
KILLS, TASKS, SAMPLES = 20, 40, 2


@pytest.fixture(scope="module")
def arguments(tmp_path_factory):
    """Of a run whose turns are sampled: the shortest demo tasks, a model of random weights that reads them as bytes."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "tasks.jsonl").write_text("".join(sorted(DEMO.read_text().splitlines(keepends=True), key=len)[:TASKS]))
    save_tiny_model(folder / "tiny", context=16_384)
    run = ["run", str(folder / "tasks.jsonl"), "--model", str(folder / "tiny"), "--dtype", "float32", "--device", "cpu"]
    return [*run, "--batch-size", "2", "--samples", str(SAMPLES), "--temperature", "1", "--max-new-tokens", "4", "--logprobs"]


def started(arguments, out):
    """The command as a process of its own, in one that has imported what is slow to import."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["torch", "transformers", "spectool.run.engines.transformers_engine"])
    process = context.Process(target=main, args=([*arguments, "-o", str(out), "--resume"],))
    process.start()
    return process


def rows(out):
    """What was written, sorted, without what another time or order of the same work changes."""
    found = [json.loads(line) for line in out.read_bytes().splitlines()]
    for row in found:
        del row["checksum"], row["meta"]["seconds"]
        for turn in row["turns"]:
            turn.pop("time", None)
            # Sums of floating-point numbers differ in their last digit with what is computed beside them.
            for token in turn.get("logprobs") or ():
                del token["logprob"]
    return sorted(found, key=lambda row: row["id"])


def lines(out):
    return out.read_bytes().count(b"\n") if out.exists() else 0


def kill(process, out, random):
    """At a random moment, while the model is loaded or while answers are written; whether it was still at work then."""
    latest, most = time.monotonic() + random.uniform(0, 4), lines(out) + random.randint(1, 2)
    # Every other time only rows count, since on a slow machine the seconds are over before the first one.
    patient = random.random() < 0.5
    while process.is_alive() and lines(out) < most and (patient or time.monotonic() < latest):
        time.sleep(0.003)
    time.sleep(random.uniform(0, 0.02))
    process.kill()
    process.join()
    return process.exitcode == -SIGKILL


def test_a_run_killed_twenty_times_ends_as_one_that_was_not(arguments, tmp_path):
    whole, killed = tmp_path / "whole.jsonl", tmp_path / "killed.jsonl"
    process = started(arguments, whole)
    process.join()
    assert process.exitcode == 0
    random = Random(20)
    written = []
    for number in range(KILLS):
        assert kill(started(arguments, killed), killed, random), f"kill {number} came too late: the run was over"
        written.append(lines(killed))
        if number % 6 == 5:
            # As if the machine had gone down before the end of the file was on its disk.
            content = killed.read_bytes()
            killed.write_bytes(content[: -random.randint(1, 300)])
    process = started(arguments, killed)
    process.join()
    assert process.exitcode == 0
    assert len(set(written)) > KILLS / 4
    assert rows(killed) == rows(whole)
    assert len(rows(whole)) == TASKS * SAMPLES
