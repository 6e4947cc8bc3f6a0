"""Hostile and broken files: each gets a clear message with its place, nothing beside it is lost, nothing raises on the way."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectool.model import Rejected, Trajectory
from spectool.read.formats.registry import FORMATS, detect
from spectool.read.source import FormatError, Source, open_path

GOOD = '{"id": "a", "messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}]}'


def source(folder: Path, data: bytes | str, name: str = "demo.jsonl") -> Source:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return Source(path)


def read(opened: Source) -> tuple[list[Trajectory], list[tuple[int | None, str]]]:
    """The trajectories, and place and reason of what was rejected."""
    found = list(detect(opened).read(opened, {}))
    return [t for t in found if isinstance(t, Trajectory)], [(r.line, r.reason) for r in found if isinstance(r, Rejected)]


BROKEN: dict[str, tuple[str | bytes, int, list[tuple[int, str]]]] = {
    "the last line is cut off": (GOOD + "\n" + GOOD[:40], 1, [(2, "not JSON: ends early, after 40 characters (truncated?)")]),
    "a bad line in the middle": (GOOD + "\nnope\n" + GOOD, 2, [(2, "not JSON: expecting value at character 0")]),
    "a bad first line": (GOOD[:-2] + "\n" + GOOD + "\n" + GOOD, 2, [(1, "not JSON: ends early, after 102 characters (truncated?)")]),
    "a byte that is not UTF-8": (
        GOOD.encode() + b"\n" + GOOD.replace("hi", "h\x00").encode().replace(b"\x00", b"\xe9"),
        1,
        [(2, "not UTF-8 text: byte 0xe9 at byte 55")],
    ),
    "ten thousand levels deep": (
        GOOD + "\n" + "[" * 10_000 + "]" * 10_000 + "\n" + GOOD,
        2,
        [(2, "nested too deep (more than about 1,000 levels)")],
    ),
    "a number of five thousand digits": (
        GOOD + '\n{"a": ' + "1" * 5000 + "}",
        1,
        [(2, "a number of more than 4,300 digits")],
    ),
    "an array that breaks off": (
        f"[{GOOD},\n{GOOD},\n{GOOD[:40]}",
        2,
        [(3, "not JSON from line 3 to the end: expecting ',' delimiter (truncated?)")],
    ),
    "an array that is not closed": (f"[{GOOD},\n{GOOD}", 2, [(2, "the array is not closed (truncated?)")]),
    "a record that is no object": (GOOD + "\n3\n", 1, [(2, "expected a row to be an object, got number '3'")]),
    "messages that are no list": (GOOD + '\n{"messages": "hi"}', 1, [(2, "expected messages to be a list, got string 'hi'")]),
    "a message that is no object": (GOOD + '\n{"messages": ["hi"]}', 1, [(2, "expected message 0 to be an object, got string 'hi'")]),
    "a role nobody knows": (
        GOOD + '\n{"messages": [{"role": "robot"}]}',
        1,
        [
            (
                2,
                "message 0: expected a role of system, developer, user, tool, function, human, observation, ipython or assistant, "
                "got 'robot'",
            )
        ],
    ),
    "tools that are no list": (
        GOOD + "\n" + GOOD.replace('"id"', '"tools": 7, "id"'),
        1,
        [(2, "expected a list of tools, got number '7'")],
    ),
    "a tool without name": (
        GOOD + "\n" + GOOD.replace('"id"', '"tools": [{"type": "function", "function": {"parameters": {}}}], "id"'),
        1,
        [(2, """a tool without name: '{"type":"function","function":{"parameters":{}}}'""")],
    ),
    "gold that is no call": (
        GOOD + "\n" + GOOD.replace('"id"', '"gold": [{"city": "Paris"}], "id"'),
        1,
        [(2, """a gold call without name: '{"city":"Paris"}'""")],
    ),
    "a row without an answer": (
        GOOD + '\n{"messages": [{"role": "user", "content": "hi"}]}',
        1,
        [(2, "no assistant turn: this row is a task, not an output; pass the file with --tasks")],
    ),
}


@pytest.mark.parametrize(("data", "whole", "rejected"), BROKEN.values(), ids=BROKEN)
def test_a_broken_record_costs_only_itself(tmp_path: Path, data: str | bytes, whole: int, rejected: list[tuple[int, str]]) -> None:
    trajectories, bad = read(source(tmp_path, data))
    assert (len(trajectories), bad) == (whole, rejected)


def test_a_rejected_record_shows_its_head(tmp_path: Path) -> None:
    (found,) = (
        r for r in detect(source(tmp_path, GOOD + "\n")).read(source(tmp_path, GOOD + "\n" + "x" * 500), {}) if isinstance(r, Rejected)
    )
    assert found == Rejected(source="demo.jsonl", line=2, reason="not JSON: expecting value at character 0", head="x" * 200)


KEPT: dict[str, tuple[str, object]] = {
    "NaN": ('{"role": "user", "content": NaN}', "NaN"),
    "Infinity": ('{"role": "user", "content": -Infinity}', "-Infinity"),
    "a lone surrogate": ('{"role": "user", "content": "x\\ud83dy"}', "x\ud83dy"),
    "a key twice, of which the last counts": ('{"role": "user", "content": "a", "content": "b"}', "b"),
    "a null byte": ('{"role": "user", "content": "a\\u0000b"}', "a\x00b"),
}


@pytest.mark.parametrize(("message", "content"), KEPT.values(), ids=KEPT)
def test_odd_values_survive(tmp_path: Path, message: str, content: str) -> None:
    trajectories, bad = read(source(tmp_path, GOOD.replace('{"role": "user", "content": "hi"}', message)))
    assert ([t.turns[0].content for t in trajectories], bad) == ([content], [])  # type: ignore[union-attr]


def test_a_surrogate_written_as_bytes_survives(tmp_path: Path) -> None:
    trajectories, bad = read(source(tmp_path, GOOD.encode().replace(b"hi", b"\xed\xa0\xbd")))
    assert ([t.turns[0].content for t in trajectories], bad) == (["\ud83d"], [])  # type: ignore[union-attr]


def test_a_line_of_fifty_megabytes(tmp_path: Path) -> None:
    trajectories, bad = read(source(tmp_path, GOOD.replace("hi", "x" * 50_000_000) + "\n" + GOOD))
    assert (len(trajectories), bad) == (2, [])


def test_an_id_twice_gives_two_keys(tmp_path: Path) -> None:
    trajectories, bad = read(source(tmp_path, GOOD + "\n" + GOOD))
    assert ([t.id for t in trajectories], len({t.key for t in trajectories}), bad) == (["a", "a"], 2, [])


def test_without_tools_there_are_no_tool_sets(tmp_path: Path) -> None:
    for row in (GOOD, GOOD.replace('"id"', '"tools": [], "id"'), GOOD.replace('"id"', '"tools": null, "id"')):
        assert read(source(tmp_path, row))[0][0].tool_sets == ()


PACKERS = {"gzip": gzip.compress, "zstd": zstandard.ZstdCompressor().compress}


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_compressed_data_cut_short_keeps_what_was_whole(tmp_path: Path, pack) -> None:
    rows = "".join(json.dumps({**json.loads(GOOD), "id": f"{number * 2654435761 % 2**32:x}"}) + "\n" for number in range(4_000))
    packed = pack(rows.encode())
    opened = source(tmp_path, packed[: len(packed) // 2], "demo.jsonl.gz")
    trajectories, bad = read(opened)
    assert 500 < len(trajectories) < 3_900
    ((line, reason),) = bad
    assert line == len(trajectories) + 1
    assert reason.startswith("compressed data is cut short or damaged")
    with pytest.raises(FormatError, match=rf"^demo\.jsonl\.gz:{line}: compressed data is cut short"):
        list(opened.lines())


UNKNOWN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "demo.jsonl: empty, or nothing could be decompressed"),
    "blank": (b"\n \r\n", "demo.jsonl: empty, or nothing could be decompressed"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "demo.jsonl: binary, the first bytes are 89 50 4e 47 0d 0a 1a 0a; SpecTool reads"),
    "Parquet": (b"PAR1\x15\0", "demo.jsonl: a Parquet file; export it as JSON lines first"),
    "UTF-16": ("{}".encode("utf-16"), "demo.jsonl: UTF-16 text; save it as UTF-8"),
    "compressed twice": (gzip.compress(gzip.compress(b"{}")), "demo.jsonl: compressed twice; decompress it once"),
    "prose": (b"Dear all,\nthe results are in.", "demo.jsonl: not JSON, the first line is 'Dear all,'; SpecTool reads"),
    "a table": (b"id,output\n1,x\n", "demo.jsonl: not JSON, the first line is 'id,output'; SpecTool reads"),
    "only broken JSON": (b'{"a": \n{"b": \n', "demo.jsonl: not JSON, the first line is '{\"a\": '; SpecTool reads"),
    "lists of numbers": (
        b"[1, 2]\n[3]",
        "demo.jsonl: no format fits: the first record is a list of numbers, '[1,2]'; pass --format NAME (",
    ),
    "tools": (
        b'[{"type": "function", "function": {"name": "f", "parameters": {}}}]',
        "demo.jsonl: a list of tools, not outputs; pass it with",
    ),
    "an MCP list": (b'{"tools": [{"name": "f", "inputSchema": {}}]}', "demo.jsonl: a list of tools, not outputs; pass it with --tools"),
    "keys of no format": (
        b'{"foo": 1, "bar": 2}',
        "demo.jsonl: no format fits: the first record has the keys 'foo', 'bar'; no format's example shares",
    ),
}


@pytest.mark.parametrize(("data", "message"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_file_that_fits_no_format_says_what_was_seen(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(FormatError) as error:
        detect(source(tmp_path, data))
    assert str(error.value).startswith(message)


def test_the_nearest_format_is_named_with_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FormatError) as error:
        detect(source(tmp_path, '{"id": 1, "tools": [], "dialogue": []}'))
    assert (
        "the first record has the keys 'id', 'tools', 'dialogue'; nearest is openai_chat, "
        "which has 'id', 'tools' too, but an example of it also has 'messages'" in str(error.value)
    )
    assert "pass --format NAME (" in str(error.value)


def test_an_unknown_format_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"^no format is called 'openai'; there are spectool, "):
        detect(source(tmp_path, GOOD), "openai")


def test_paths_that_hold_nothing(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none\.jsonl: no such file or folder$"):
        list(open_path(tmp_path / "none.jsonl"))
    (tmp_path / "README.md").write_text("hi")
    with pytest.raises(FormatError, match=r": folder has no readable file \(\.json, \.jsonl, "):
        list(open_path(tmp_path))


NASTY = ["null", "true", "3", '"text"', "[]", "[[]]", "[null]", "{}", '{"a": {"b": [1, null]}}']


@pytest.mark.parametrize("module", FORMATS, ids=lambda module: module.NAME)
def test_no_reader_raises_whatever_stands_in_a_field(tmp_path: Path, module) -> None:
    """Every field of every format's example, at every depth, replaced by what does not belong there."""
    example = json.loads(module.EXAMPLE)
    rows = [json.dumps(broken) for broken in _broken(example)] + NASTY
    opened = source(tmp_path, "\n".join(rows) + "\n")
    for other in FORMATS:
        assert 0 <= other.sniff(opened) <= 1
    found = list(module.read(opened, {}))
    assert all(isinstance(item, Trajectory | Rejected) for item in found)
    if hasattr(module, "read_tasks"):
        list(module.read_tasks(opened))
    for row in rows:
        alone = source(tmp_path, row, "alone.jsonl")
        assert all(0 <= other.sniff(alone) <= 1 for other in FORMATS)


def _broken(value: object) -> list[object]:
    """Copies of ``value`` with one part each replaced by every nasty value."""
    found: list[object] = [json.loads(nasty) for nasty in NASTY]
    if isinstance(value, dict):
        for name, held in value.items():
            found += [{**value, name: broken} for broken in _broken(held)]
            found.append({other: kept for other, kept in value.items() if other != name})
    if isinstance(value, list):
        for index, held in enumerate(value):
            found += [[*value[:index], broken, *value[index + 1 :]] for broken in _broken(held)]
    return found


def _names(value: object) -> set[str]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {*value} | set().union(*map(_names, inner)) if isinstance(value, dict) else set().union(*map(_names, inner))


NAMES = sorted(set().union(*(_names(json.loads(module.EXAMPLE)) for module in FORMATS)))
WORDS = st.sampled_from(["user", "assistant", "tool", "function_call", "message", "step", "tool_use", "text", "chat", "{", "\ud800", ""])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6), max_leaves=25
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(records=st.lists(st.dictionaries(st.sampled_from(NAMES), VALUES, min_size=1, max_size=8), min_size=1, max_size=5))
def test_no_record_made_of_known_names_makes_any_reader_raise(tmp_path: Path, records: list[object]) -> None:
    opened = source(tmp_path, "\n".join(map(json.dumps, records)))
    for module in FORMATS:
        assert 0 <= module.sniff(opened) <= 1
        assert all(isinstance(item, Trajectory | Rejected) for item in module.read(opened, {}))
        list(module.read_tasks(opened)) if hasattr(module, "read_tasks") else None
