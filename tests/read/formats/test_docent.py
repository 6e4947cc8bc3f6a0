"""Docent agent runs: one trajectory a transcript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spectool.model import Step, Trajectory
from spectool.read.formats import docent, tau_bench
from spectool.read.formats.registry import detect
from spectool.read.source import Source

TRANSCRIPT = {
    "id": "t1",
    "messages": [
        {"role": "user", "content": "Look"},
        {
            "role": "assistant",
            "content": [{"type": "text", "text": "Sure."}],
            "tool_calls": [{"id": "c", "type": "function", "function": "look", "arguments": {"at": "x"}}],
        },
        {"role": "tool", "tool_call_id": "c", "function": "look", "content": "dark"},
    ],
}
RUN: dict[str, Any] = {"id": "r1", "metadata": {"model": "some-model", "task_id": "look-1", "scores": {"match": 1.0}}}


@pytest.mark.parametrize("transcripts", [[TRANSCRIPT, TRANSCRIPT], {"a": TRANSCRIPT, "b": TRANSCRIPT}], ids=["a list", "the older map"])
def test_every_transcript_is_a_trajectory(opened: Callable[..., Source], transcripts: Any) -> None:
    source = opened({**RUN, "transcripts": transcripts})
    found = [item for item in docent.read(source, {}) if isinstance(item, Trajectory)]
    assert detect(source) is docent
    assert len({item.key for item in found}) == 2
    assert (found[0].task, found[0].model, found[0].reward) == ("look-1", "some-model", 1.0)
    step = found[0].turns[1]
    assert isinstance(step, Step)
    assert (step.text, step.calls[0].name, step.calls[0].arguments) == ("Sure.", "look", {"at": "x"})
    assert step.calls[0].result is not None


def test_an_exported_tau_bench_run_stays_one(shared_data: Path) -> None:
    source = Source(shared_data / "misc" / "docent_tb_airline.json")
    assert detect(source) is tau_bench
    (item,) = tau_bench.read(source, {})
    assert isinstance(item, Trajectory)
    assert sum(len(turn.calls) for turn in item.turns if isinstance(turn, Step)) == 12
