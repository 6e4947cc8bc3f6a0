"""Inspect logs: documents, zips (zstd members too), attachments, parse errors."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from spectool.model import Rejected, Step, Trajectory
from spectool.read.formats import inspect_log
from spectool.read.formats.inspect_zip import ZSTD_METHOD
from spectool.read.formats.registry import detect
from spectool.read.source import Source

TOOLS = [
    {"name": "look", "description": "Looks", "parameters": {"type": "object", "properties": {"at": {"type": "string"}}, "required": ["at"]}}
]
HEADER = {"version": 2, "status": "success", "eval": {"task": "eyes", "model": "some/model", "run_id": "r1", "created": "2025-01-01"}}


def event(tools: Any = TOOLS, stop: str = "tool_calls") -> dict[str, Any]:
    return {"event": "model", "tools": tools, "tool_choice": "auto", "config": {}, "output": {"choices": [{"stop_reason": stop}]}}


def sample(**changes: Any) -> dict[str, Any]:
    messages = [
        {"role": "user", "content": "attachment://a1", "source": "input"},
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"id": "c1", "function": "look", "arguments": {"at": "attachment://a2"}, "type": "function"}],
        },
        {"role": "tool", "tool_call_id": "c1", "function": "look", "content": "dark", "error": {"type": "timeout", "message": "slow"}},
        {"role": "assistant", "content": "It is dark."},
    ]
    return {
        "id": 4,
        "epoch": 2,
        "messages": messages,
        "events": [event(), {"event": "tool"}, event([], "max_tokens")],
        "scores": {"match": {"value": "C"}},
        "attachments": {"a1": "Look around", "a2": "the room"},
    } | changes


def steps(item: Any) -> list[Step]:
    assert isinstance(item, Trajectory)
    return [turn for turn in item.turns if isinstance(turn, Step)]


def test_a_document_is_read_with_tools_of_each_step_and_attachments(opened: Callable[..., Source]) -> None:
    source = opened({**HEADER, "samples": [sample()]}, name="log.json")
    (item,) = inspect_log.read(source, {})
    assert isinstance(item, Trajectory)
    assert detect(source) is inspect_log
    assert (item.task, item.sample, item.model, item.reward, item.meta["scorer"]) == ("eyes/4", 1, "some/model", 1.0, "match")
    assert [[tool.name for tool in tools] for tools in item.tool_sets] == [["look"], []]
    assert [(step.tool_set, step.finish_reason) for step in steps(item)] == [(0, "tool_calls"), (1, "length")]
    (call,) = steps(item)[0].calls
    assert call.arguments == {"at": "the room"}
    assert call.result is not None
    assert call.result.is_error
    assert getattr(item.turns[0], "content", "") == "Look around"


def test_a_call_that_inspect_could_not_parse_is_a_problem(opened: Callable[..., Source]) -> None:
    broken = {"id": "c1", "function": "look", "arguments": {}, "parse_error": "Expecting value", "type": "function"}
    (item,) = inspect_log.read(
        opened({**HEADER, "samples": [sample(messages=[{"role": "assistant", "content": "", "tool_calls": [broken]}])]}, name="log.json"),
        {},
    )
    (call,) = steps(item)[0].calls
    assert call.problem is not None
    assert (call.arguments, call.problem.kind, call.problem.message) == (None, "malformed", "Expecting value")


def test_a_sample_that_failed_ends_in_an_error_of_the_harness(opened: Callable[..., Source]) -> None:
    (item,) = inspect_log.read(
        opened({**HEADER, "samples": [sample(error={"message": "sandbox died"}, limit={"type": "token"})]}, name="log.json"), {}
    )
    assert (steps(item)[-1].text, steps(item)[-1].finish_reason) == ("sandbox died", "error")
    assert isinstance(item, Trajectory)
    assert item.meta["termination_reason"] == "token_limit"


def zipped(path: Path, *, zstd: bool) -> Source:
    """A log as zip; Python can not write method 93, so a stored member is relabelled."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("header.json", json.dumps(HEADER))
        archive.writestr("samples/4_epoch_2.json", json.dumps(sample()))
        archive.writestr("summaries.json", "[]")
    if zstd:
        _relabel(path)
    return Source(path)


def _relabel(path: Path) -> None:
    content = json.dumps(sample()).encode()
    packed = zstandard.compress(content)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("header.json", json.dumps(HEADER))
        archive.writestr("samples/4_epoch_2.json", packed)
        info = archive.getinfo("samples/4_epoch_2.json")
        info.compress_type = ZSTD_METHOD
        info.CRC = zipfile.crc32(content)
        info.file_size = len(content)


@pytest.mark.parametrize("zstd", [False, True], ids=["deflated members", "zstd members, method 93"])
def test_a_zip_is_read_like_the_document(tmp_path: Path, zstd: bool) -> None:
    source = zipped(tmp_path / "log.eval", zstd=zstd)
    (item,) = inspect_log.read(source, {})
    assert detect(source) is inspect_log
    assert isinstance(item, Trajectory)
    assert (item.task, item.line) == ("eyes/4", 1)
    assert len(steps(item)) == 2


def test_a_damaged_zip_is_rejected_by_name(tmp_path: Path) -> None:
    path = tmp_path / "log.eval"
    zipped(path, zstd=False)
    path.write_bytes(path.read_bytes()[:-40])
    (item,) = inspect_log.read(Source(path), {})
    assert isinstance(item, Rejected)
    assert "log.eval: damaged zip" in item.reason


def test_a_member_larger_than_it_claims_is_damaged_and_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "log.eval"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("header.json", json.dumps(HEADER))
        archive.writestr("samples/1_epoch_1.json", zstandard.compress(b" " * (1 << 20)))
        info = archive.getinfo("samples/1_epoch_1.json")
        info.compress_type, info.file_size = ZSTD_METHOD, 10
    (item,) = inspect_log.read(Source(path), {})
    assert isinstance(item, Rejected)
    assert "checksum differs" in item.reason


def test_published_log(shared_data: Path) -> None:
    found = list(inspect_log.read(Source(shared_data / "misc" / "inspect_log.eval"), {}))
    assert len(found) == 15
    assert sum(len(step.calls) for item in found for step in steps(item)) == 121
    assert all(isinstance(item, Trajectory) and item.tool_sets for item in found)
