"""From files to a result folder: what is joined, counted, named and refused."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from spectool.read.source import FormatError
from spectool.results.folder import ResultFolderError
from spectool.results.pipeline import classify_paths
from spectool.results.store import open_folder
from spectool.results.stream import Reading, read_batches, sources
from spectool.results.tally import NothingRead

TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}, "required": ["city"]},
    },
}


def row(name: str = "t-1", arguments: str = '{"city": "Paris"}', model: str = "m", tools: bool = True, call: str = "get_weather") -> str:
    function = {"name": call, "arguments": arguments}
    answer = {"role": "assistant", "content": None, "tool_calls": [{"id": "c1", "type": "function", "function": function}]}
    record = {"id": name, "model": model, "messages": [{"role": "user", "content": "Weather in Paris?"}, answer]}
    return json.dumps({**record, "tools": [TOOL]} if tools else record)


def task(name: str = "t-1", city: str = "Paris") -> str:
    gold = {"mode": "exact", "paths": [[{"name": "get_weather", "arguments": {"city": {"values": [city]}}, "turn": 0}]]}
    return json.dumps({"id": name, "tools": [TOOL], "messages": [{"role": "user", "content": f"Weather in {city}?"}], "gold": gold})


def lines(path: Path, *rows: str) -> Path:
    path.write_text("".join(f"{each}\n" for each in rows))
    return path


def found(summary, model: str = "m") -> dict[str, tuple[int, int]]:
    patterns = next(each.patterns for each in summary.models if each.model == model)
    return {each.error: (each.findings, each.judged) for each in patterns if each.findings}


def test_a_file_becomes_a_folder_with_counts(tmp_path):
    rows = [row("a"), row("b", '{"city": "Paris", "town": 1}'), row("c", '{"city": 5}'), row("d", call="get_wether")]
    summary = classify_paths([lines(tmp_path / "out.jsonl", *rows)], out=tmp_path / "res")
    assert found(summary) == {"IFN": (1, 4), "IAN": (1, 4), "IAT": (1, 4)}
    counts = summary.counts
    assert (counts.records, counts.trajectories, counts.calls, counts.findings, counts.rejected) == (4, 4, 4, 3, 0)
    opened = open_folder(tmp_path / "res")
    assert opened.summary() == summary
    assert opened.page().total == 4
    opened.close()


def test_tasks_are_joined_by_id_and_bring_gold_and_tools(tmp_path):
    outputs = lines(tmp_path / "out.jsonl", row("t-2", tools=False), row("t-1", tools=False))
    tasks = lines(tmp_path / "tasks.jsonl", task("t-1", "Paris"), task("t-2", "Rome"), task("t-3", "Oslo"))
    summary = classify_paths([outputs], tasks=[tasks], out=tmp_path / "res")
    assert found(summary) == {"IAV": (1, 2)}
    counts = summary.counts
    assert (counts.tasks_given, counts.tasks_used, counts.without_tools, counts.without_gold) == (3, 2, 0, 0)
    assert summary.notes == ("1 of 3 tasks match no output",)


def test_tasks_that_match_nothing_are_said_loudly(tmp_path):
    outputs, tasks = lines(tmp_path / "out.jsonl", row("x")), lines(tmp_path / "tasks.jsonl", task("t-1"))
    summary = classify_paths([outputs], tasks=[tasks], out=tmp_path / "res")
    assert "none of the 1 tasks matches an output by id: nothing was joined" in summary.notes


def test_tools_fill_only_what_has_none(tmp_path):
    other = json.dumps([{"name": "get_news", "parameters": {"type": "object"}}])
    outputs = lines(tmp_path / "out.jsonl", row("own"), row("none", tools=False))
    (tmp_path / "tools.json").write_text(other)
    summary = classify_paths([outputs], tools=tmp_path / "tools.json", out=tmp_path / "res")
    opened = open_folder(tmp_path / "res")
    tools = {each["id"]: each["n_tools"] for each in opened.page().rows}
    opened.close()
    assert (tools, summary.counts.without_tools, found(summary)) == ({"own": 1, "none": 1}, 0, {"IFN": (1, 2)})


def test_given_tools_are_known_while_reading_so_that_an_attempt_in_the_text_is_seen(tmp_path):
    messages = [{"role": "user", "content": "Weather?"}, {"role": "assistant", "content": "get_weather(city='Paris'"}]
    outputs = lines(tmp_path / "out.jsonl", json.dumps({"id": "a", "messages": messages}))
    (tmp_path / "tools.json").write_text(json.dumps([TOOL]))
    summary = classify_paths([outputs], tools=tmp_path / "tools.json", out=tmp_path / "res")
    assert found(summary, "") == {"IFE": (1, 1)}


def test_without_tools_and_gold_nothing_is_called_clean(tmp_path):
    summary = classify_paths([lines(tmp_path / "out.jsonl", row("a", tools=False), row("b", tools=False))], out=tmp_path / "res")
    skipped = {each.error for each in summary.models[0].patterns if each.judged == 0}
    assert {"IFN", "IAN", "IAT", "IAC"} <= skipped
    assert summary.notes[0].startswith("all 2 trajectories have no tools, so ")
    assert "IFN" in summary.notes[0]
    assert summary.notes[1].startswith("all 2 trajectories have no gold, so ")
    assert "IAC" in summary.notes[1]


def test_unreadable_records_are_counted_and_named_and_the_rest_is_read(tmp_path):
    outputs = lines(tmp_path / "out.jsonl", row("a"), '{"broken', row("b"), "[1, 2", row("c"))
    summary = classify_paths([outputs], out=tmp_path / "res")
    rejected = [json.loads(line) for line in (tmp_path / "res" / "rejected.jsonl").read_text().splitlines()]
    assert (summary.counts.trajectories, summary.counts.rejected) == (3, 2)
    assert [(each["file"], each["line"]) for each in rejected] == [("out.jsonl", 2), ("out.jsonl", 4)]
    assert [each["head"].strip() for each in rejected] == ['{"broken', "[1, 2"]
    assert [each.partition(": ")[0] for each in summary.rejected] == ["out.jsonl:2", "out.jsonl:4"]


def test_strict_stops_at_the_first_and_leaves_nothing(tmp_path):
    outputs = lines(tmp_path / "out.jsonl", row("a"), '{"broken')
    with pytest.raises(FormatError, match=r"^out.jsonl:2: .*--strict"):
        classify_paths([outputs], out=tmp_path / "res", strict=True)
    assert not (tmp_path / "res").exists()


def test_a_file_of_unknown_kind_among_others_is_one_rejected_record(tmp_path):
    (tmp_path / "runs").mkdir()
    lines(tmp_path / "runs" / "good.jsonl", row("a"))
    (tmp_path / "runs" / "odd.json").write_text('{"hello": "world"}')
    summary = classify_paths([tmp_path / "runs"], out=tmp_path / "res")
    assert (summary.counts.trajectories, summary.counts.rejected) == (1, 1)
    assert summary.rejected[0].startswith("runs/odd.json: no format fits")
    assert dict(summary.inputs[0].formats) == {"openai_chat": 1, "unknown": 1}


def test_nothing_readable_is_an_error_that_names_reasons_and_keeps_the_old_folder(tmp_path):
    good, bad = lines(tmp_path / "good.jsonl", row("a")), lines(tmp_path / "bad.jsonl", "{", "[")
    classify_paths([good], out=tmp_path / "res")
    before = (tmp_path / "res" / "summary.json").read_bytes()
    with pytest.raises(NothingRead, match=r"no readable record\n  bad.jsonl"):
        classify_paths([bad], out=tmp_path / "res")
    assert (tmp_path / "res" / "summary.json").read_bytes() == before


def test_a_folder_that_is_not_ours_is_refused_before_anything_is_read(tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "thesis.tex").write_text("x")
    with pytest.raises(ResultFolderError, match="is no result folder"):
        classify_paths([tmp_path / "missing.jsonl"], out=tmp_path / "precious")
    assert (tmp_path / "precious" / "thesis.tex").read_text() == "x"


def test_an_id_that_comes_twice_is_kept_and_said(tmp_path):
    summary = classify_paths([lines(tmp_path / "out.jsonl", row("a"), row("a"), row("a", model="other"))], out=tmp_path / "res")
    assert (summary.counts.trajectories, summary.counts.duplicate_ids) == (3, 1)
    assert "1 of 3 trajectories repeat an id (same model, run and sample); all are counted" in summary.notes


def test_two_files_of_one_name_have_their_own_keys(tmp_path):
    for model in ("a", "b"):
        (tmp_path / model).mkdir()
        lines(tmp_path / model / "out.jsonl", row("t-1", model=model))
    summary = classify_paths([tmp_path / "a" / "out.jsonl", tmp_path / "b" / "out.jsonl"], out=tmp_path / "res")
    opened = open_folder(tmp_path / "res")
    rows = opened.page().rows
    opened.close()
    assert [(each["model"], each["source"]) for each in rows] == [("a", "out.jsonl"), ("b", "b/out.jsonl")]
    assert len({each["key"] for each in rows}) == 2
    assert [model.model for model in summary.models] == ["a", "b"]


def test_our_own_results_below_a_folder_are_not_read_as_outputs(tmp_path):
    lines(tmp_path / "out.jsonl", row("a"), "{broken")
    first = classify_paths([tmp_path], out=tmp_path / "results" / "mine")
    second = classify_paths([tmp_path], out=tmp_path / "results" / "mine")
    assert (second.counts, second.inputs) == (first.counts, first.inputs)


def test_the_same_file_thrice_keeps_its_names_apart(tmp_path):
    path = lines(tmp_path / "out.jsonl", row("a"))
    assert len({source.name for _, source in sources([path, path, path])}) == 3


def test_compressed_files_and_standard_input_are_read(tmp_path, monkeypatch):
    (tmp_path / "out.jsonl.gz").write_bytes(gzip.compress(f"{row('a')}\n".encode()))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(f"{row('b')}\n".encode())))
    summary = classify_paths([tmp_path / "out.jsonl.gz", "-"], out=tmp_path / "res")
    assert [each.trajectories for each in summary.inputs] == [1, 1]


def test_workers_give_the_same_folder(tmp_path):
    rows = [row(f"t-{number}", json.dumps({"city": number % 3 or "Paris"})) for number in range(600)]
    outputs = lines(tmp_path / "out.jsonl", *rows, '{"broken')
    one = classify_paths([outputs], out=tmp_path / "one")
    two = classify_paths([outputs], out=tmp_path / "two", workers=2)
    assert (one.models, one.counts, one.rejected) == (two.models, two.counts, two.rejected)
    assert (tmp_path / "one" / "findings.parquet").read_bytes() == (tmp_path / "two" / "findings.parquet").read_bytes()


def test_batches_are_small_and_keep_the_order(tmp_path):
    outputs = lines(tmp_path / "out.jsonl", *(row(f"t-{number}") for number in range(600)))
    batches = list(read_batches([outputs], Reading()))
    assert [len(batch.trajectories) for batch in batches] == [256, 256, 88]
    assert [batch.first for batch in batches] == [True, False, False]
    assert [each.id for batch in batches for each in batch.trajectories] == [f"t-{number}" for number in range(600)]


def test_progress_counts_records(tmp_path):
    seen: list[tuple[str, int]] = []
    outputs = lines(tmp_path / "out.jsonl", *(row(f"t-{number}") for number in range(300)))
    classify_paths([outputs], out=tmp_path / "res", progress=lambda source, records: seen.append((source, records)))
    assert seen == [("out.jsonl", 256), ("out.jsonl", 300)]


def test_a_crashing_detector_is_reported_and_the_folder_is_written(tmp_path, monkeypatch):
    from spectool.classify.detectors import ian

    def crash(case):
        raise ZeroDivisionError(f"at {case.trajectory.id}")

    monkeypatch.setattr(ian, "detect", crash)
    outputs = lines(tmp_path / "out.jsonl", row("a"), row("b"))
    summary = classify_paths([outputs], out=tmp_path / "res")
    assert [(each.reason, each.trajectories) for each in summary.crashed] == [("IAN: ZeroDivisionError: at a", 2)]
    assert next(each.judged for each in summary.models[0].patterns if each.error == "IAN") == 0


def test_lone_surrogates_are_judged_as_written_and_stored_as_utf8(tmp_path):
    outputs = tmp_path / "out.jsonl"
    outputs.write_text(row("a", '{"city": "Par\\ud800is"}') + "\n")
    classify_paths([outputs], out=tmp_path / "res")
    opened = open_folder(tmp_path / "res")
    call = opened.trajectory(opened.page().rows[0]["key"]).trajectory.turns[1].calls[0]
    opened.close()
    assert call.arguments == {"city": "Par\N{REPLACEMENT CHARACTER}is"}


def test_questions_of_another_generation_are_named_as_the_reason(tmp_path):
    (tmp_path / "BFCL_v3_simple.json").write_text(
        json.dumps({"id": "simple_0", "question": "Weather in Paris?", "function": [{"name": "get_weather", "parameters": {}}]}) + "\n"
    )
    outputs = tmp_path / "result" / "m" / "BFCL_v4_simple_result.json"
    outputs.parent.mkdir(parents=True)
    outputs.write_text(json.dumps({"id": "simple_0", "result": "[get_weather(city='Paris')]"}) + "\n")
    summary = classify_paths([outputs], tasks=[tmp_path / "BFCL_v3_simple.json"], out=tmp_path / "res")
    remark = "the questions given are of another generation than these v4 results"
    assert summary.counts.remarks == {remark: 1}
    assert f"all 1 trajectories: {remark}" in summary.notes
