"""Opening files and taking them apart into records."""

from __future__ import annotations

import gzip
import io
import os
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import zstandard

from spectool.read.source import FormatError, Source, decode, duplicate_keys, key, open_path


def source(folder: Path, data: bytes | str, name: str = "a.jsonl") -> Source:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return Source(path)


LAYOUTS: dict[str, tuple[str | bytes, list[tuple[int, Any]]]] = {
    "JSON lines": ('{"a": 1}\n{"a": 2}\n', [(1, {"a": 1}), (2, {"a": 2})]),
    "blank lines are skipped and counted": ('{"a": 1}\n\n  \n{"a": 2}', [(1, {"a": 1}), (4, {"a": 2})]),
    "carriage returns": ('{"a": 1}\r\n{"a": 2}\r\n', [(1, {"a": 1}), (2, {"a": 2})]),
    "a byte-order mark": (b'\xef\xbb\xbf{"a": 1}\n{"a": 2}', [(1, {"a": 1}), (2, {"a": 2})]),
    "a byte-order mark before an array": (b'\xef\xbb\xbf[{"a": 1}]', [(1, {"a": 1})]),
    "an array on one line": ('[{"a": 1}, {"a": 2}]', [(1, {"a": 1}), (2, {"a": 2})]),
    "an array over several lines": ('[\n  {"a": 1},\n  {"a": 2}\n]\n', [(1, {"a": 1}), (2, {"a": 2})]),
    "an array with an item a line": ('[{"a": 1},\n{"a": 2},\n{"a": 3}]', [(1, {"a": 1}), (2, {"a": 2}), (3, {"a": 3})]),
    "one document on one line": ('{"a": [1]}', [(1, {"a": [1]})]),
    "one document over several lines": ('{\n  "a": [\n1\n]\n}', [(1, {"a": [1]})]),
    "one document whose first line holds a field": ('{"a": 1,\n "b": 2}', [(1, {"a": 1, "b": 2})]),
    "documents one after another, as jq prints them": ('{\n"a": 1\n}\n{\n"a": 2\n}\n', [(1, {"a": 1}), (2, {"a": 2})]),
    "a list a line": ('[{"a": 1}]\n[{"a": 2}]', [(1, [{"a": 1}]), (2, [{"a": 2}])]),
    "a line longer than the head": ('{"a": "' + "x" * 100_000 + '"}\n{"a": 2}', [(1, {"a": "x" * 100_000}), (2, {"a": 2})]),
    "an array whose first item is longer than the head": ('["' + "x" * 100_000 + '", 2]', [(1, "x" * 100_000), (2, 2)]),
    "lists a line, the first longer than the head": ('["' + "x" * 100_000 + '"]\n[2]', [(1, ["x" * 100_000]), (2, [2])]),
    "numbers keep their type and size": (
        '{"a": 1.0, "b": 1, "c": 123456789012345678901234567890}',
        [(1, {"a": 1.0, "b": 1, "c": 123456789012345678901234567890})],
    ),
}


@pytest.mark.parametrize(("data", "records"), LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(tmp_path: Path, data: str | bytes, records: list[tuple[int, Any]]) -> None:
    opened = source(tmp_path, data)
    assert list(opened.records()) == records
    assert opened.sample() == tuple(record for _, record in records[:5])


PACKED = {
    "gzip": gzip.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "two zstd frames": lambda data: zstandard.compress(data[:9]) + zstandard.compress(data[9:]),
}


@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)
def test_compressed_files_are_known_by_their_first_bytes(tmp_path: Path, pack: Any) -> None:
    lines = "".join(f'{{"a": {number}}}\n' for number in range(50_000)).encode()
    opened = source(tmp_path, pack(lines), "a.bin")
    assert opened.head() == lines[: 1 << 16]
    assert [record["a"] for _, record in opened.records()] == list(range(50_000))
    assert next(opened.lines()) == (1, b'{"a": 0}')


def test_lines_lose_their_ends_only(tmp_path: Path) -> None:
    assert list(source(tmp_path, b"\xef\xbb\xbf a \r\n\nb").lines()) == [(1, b" a "), (2, b""), (3, b"b")]


def test_a_document_is_read_whole(tmp_path: Path) -> None:
    assert source(tmp_path, "[\n1,\n2]").document() == [1, 2]
    with pytest.raises(FormatError, match=r"^a\.jsonl: not JSON: ends early"):
        source(tmp_path, "[\n1,\n2").document()


def test_standard_input_is_read_more_than_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(b'{"a": 1}\n{"a": 2}'))))
    (opened,) = open_path("-")
    assert (opened.name, opened.path, opened.sample()) == ("stdin", None, ({"a": 1}, {"a": 2}))
    assert list(opened.records()) == [(1, {"a": 1}), (2, {"a": 2})]
    assert opened.sibling("b.json") is None


def test_a_pipe_is_read_more_than_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=('{"a": 1}\n{"a": 2}',))
    writer.start()
    (opened,) = open_path(tmp_path / "pipe")
    writer.join()
    assert (opened.name, opened.sample(), opened.sample()) == ("pipe", ({"a": 1}, {"a": 2}), ({"a": 1}, {"a": 2}))
    assert list(opened.records()) == [(1, {"a": 1}), (2, {"a": 2})]


def test_a_folder_gives_its_data_files_in_order(tmp_path: Path) -> None:
    for name in ("b/2.json", "b/1.jsonl.gz", "a.ndjson", ".hidden/x.json", "b/.x.json", "README.md", "c/log.eval"):
        (tmp_path / "run" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "run" / name).write_text("{}")
    assert [opened.name for opened in open_path(tmp_path / "run")] == ["run/a.ndjson", "run/b/1.jsonl.gz", "run/b/2.json", "run/c/log.eval"]


def test_names_do_not_depend_on_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "run").mkdir()
    source(tmp_path / "run", "{}")
    absolute = [opened.name for opened in open_path(tmp_path / "run" / "a.jsonl")]
    monkeypatch.chdir(tmp_path)
    assert [opened.name for opened in open_path("run/a.jsonl")] == absolute == ["a.jsonl"]
    monkeypatch.chdir(tmp_path / "run")
    assert [opened.name for opened in open_path(".")] == ["run/a.jsonl"]
    assert [opened.name for opened in open_path("../run")] == ["run/a.jsonl"]


def test_siblings(tmp_path: Path) -> None:
    (tmp_path / "run" / "sub").mkdir(parents=True)
    source(tmp_path / "run" / "sub", "[1]", "b.json")
    (opened,) = (found for found in [source(tmp_path / "run", "{}")])
    beside = opened.sibling("sub/b.json")
    assert beside is not None
    assert (beside.name, beside.document()) == ("sub/b.json", [1])
    assert opened.sibling("none.json") is None
    folder = Source(tmp_path / "run")
    assert (folder.is_dir, folder.head(), folder.sample()) == (True, b"", ())
    inside = folder.sibling("a.jsonl")
    assert inside is not None
    assert inside.sample() == ({},)


def test_keys_are_short_and_tell_places_apart() -> None:
    keys = {key("a.jsonl", line, index) for line in (1, 2, None) for index in (0, 1)} | {key("b.jsonl", 1)}
    assert len(keys) == 7
    assert key("a.jsonl", 1) == "4a2c5d1d2a8a4f24" or len(key("a.jsonl", 1)) == 16
    assert key("a\udc80.jsonl", 1)


def test_duplicate_keys_are_found_when_asked() -> None:
    assert decode('{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}') == {"a": 3, "b": {"c": 2}}
    assert duplicate_keys(b'{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}') == ("c", "a")
    assert duplicate_keys('{"a": 1}') == ()


def test_strings_stay_strings() -> None:
    assert decode('{"a": "3", "b": "null"}') == {"a": "3", "b": "null"}
