"""``spectool judge`` as a command, against a server on the loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from spectool.cli.judge_options import CHOICES, engine_and_model, filter_from
from spectool.cli.main import main
from spectool.results.filters import Filter
from spectool.results.labels import Labels
from spectool.results.labels_entry import Label
from spectool.run.judge_journal import JudgeConfig, answers_path, judgements
from spectool.run.judge_record import BUDGET
from tests.run.judging import ASKED, TALKS, judge_server, judged_folder, yes
from tests.run.serving.fake import MODEL

SCRIPT = {
    ("chat", "fabricated_output"): yes("I have sent the letter.", 3, why="No\x1b[31m letter."),
    ("table", "fabricated_output"): yes("It is booked for nine.", 5),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    return judged_folder(tmp_path)


def line(server, *more):
    return ["judge", "res", "--engine", "openai", "--base-url", server.address, "--model", MODEL, *more]


def test_the_table_says_of_how_many_and_that_agreement_is_not_measured(folder, capsys):
    with judge_server(SCRIPT) as server:
        assert main(line(server)) == 0
    out, err = capsys.readouterr()
    first, facts, *rest = out.splitlines()
    assert first == "Judged by tiny  res  (openai)"
    assert facts.startswith(f"3 trajectories, {ASKED} questions in ")
    assert rest == [
        "",
        "  pattern                    found  of answers     rate      95 % interval  unusable",
        "  missing_clarification          0           2    0.0 %       0.0 – 65.8 %         0",
        "    not judged: 1 no calls",
        "  misread_task                   0           3    0.0 %       0.0 – 56.1 %         0",
        "  result_misuse                  0           2    0.0 %       0.0 – 65.8 %         0",
        "    not judged: 1 no tool results",
        "  fabricated_output              1           2   50.0 %       9.5 – 90.5 %         1",
        "    unusable, and not clean: 1 the quote is nowhere in the record",
        "  policy_violation               0           1    0.0 %       0.0 – 79.3 %         0",
        "    not judged: 2 no instructions or policy",
        "",
        "Agreement not measured: label some of these trajectories (spectool labels, spectool agree).",
        "Every finding of a judge is a candidate: it counts in no rate.",
    ]
    assert err == ""
    assert "\x1b" not in out


def test_json_says_the_same(folder, capsys):
    with judge_server(SCRIPT) as server:
        assert main(line(server, "--patterns", "fabricated_output,misread_task", "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["agreement"] == []
    found = {each["error"]: (each["found"]["count"], each["found"]["n"], each["unusable"]) for each in told["patterns"]}
    assert found == {"misread_task": (0, 3, {}), "fabricated_output": (1, 2, {"the quote is nowhere in the record": 1})}


def test_with_labels_the_table_says_how_far_it_agrees(folder, capsys):
    with judge_server(SCRIPT) as server:
        assert main(line(server, "--patterns", "fabricated_output")) == 0
        (found,) = (each for each in judgements(answers_path(folder)) if each.outcome == "found")
        said = {"key": found.key, "annotator": "anna\u00e9", "pattern": "fabricated_output"}
        Labels(folder).add(Label(verdict="add", **said), Label(verdict="finished", **said))
        capsys.readouterr()
        assert main(line(server, "--patterns", "fabricated_output", "--resume")) == 0
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "Held against the labels of annaé",
        "  fabricated_output: precision 1 of 1 (20.7 – 100.0 %), recall 1 of 1 (20.7 – 100.0 %), kappa –, n 1",
        "Every finding of a judge is a candidate: it counts in no rate.",
    ]


def test_several_models_stand_apart(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    rows = [{"id": "chat", "model": name, "messages": TALKS["chat"]} for name in ("large", "small")]
    (tmp_path / "two.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert main(["classify", "two.jsonl", "-o", "res"]) == 0
    capsys.readouterr()
    with judge_server(SCRIPT) as server:
        assert main(line(server, "--patterns", "fabricated_output")) == 0
    figures = "  fabricated_output              1           1  100.0 %     20.7 – 100.0 %         0"
    assert capsys.readouterr().out.splitlines()[4:8] == ["large", figures, "small", figures]


WRONG = {
    "a pattern that rules decide": (["--patterns", "IAV"], "a judge decides no pattern 'IAV'"),
    "a filter without a value": (["--filter", "model"], "--filter 'model' is no NAME=VALUE"),
    "a filter that is none": (["--filter", "colour=red"], "names: model, category"),
    "two texts": (["--filter", "text=a", "--filter", "text=b"], "--filter text=... can be given once"),
    "an option of another engine": (["--dtype", "bfloat16"], "engine 'openai' takes no --dtype"),
}


@pytest.mark.parametrize(("more", "told"), WRONG.values(), ids=WRONG)
def test_what_makes_no_sense_ends_with_one_line(folder, capsys, more, told):
    with judge_server({}) as server:
        assert main(line(server, *more)) == 2
        assert server.asked == []
    assert told in capsys.readouterr().err


def test_a_folder_that_is_none(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with judge_server({}) as server:
        assert main(line(server)) == 2
    assert "no result folder 'res'" in capsys.readouterr().err


def test_a_judged_folder_is_gone_on_with_or_replaced_only_if_asked(folder, capsys):
    with judge_server(SCRIPT) as server:
        assert main(line(server, "--limit", "1")) == 0
        assert main(line(server)) == 2
        assert "was judged already; pass --resume" in capsys.readouterr().err
        assert main(line(server, "--resume")) == 0
        assert "5 answers were there already" in capsys.readouterr().out
        assert main(line(server, "--resume", "--budget", "9000")) == 2
        assert "budget was 24000 and is now 9000" in capsys.readouterr().err


def test_when_every_question_fails_the_exit_code_says_so(folder, capsys):
    from tests.run.serving.fake import FakeServer, Reply, refusal

    with FakeServer(lambda asked: Reply(refusal("too long"), status=400)) as server:
        assert main(line(server)) == 2
    out = capsys.readouterr().out
    assert f"{ASKED} failed (--resume asks them again)" in out
    assert "failed: " in out


def test_classify_can_have_it_judged_at_once(folder, monkeypatch, capsys):
    with judge_server(SCRIPT) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        assert main(["classify", "talks.jsonl", "-o", "res", "--judge", f"openai:{MODEL}"]) == 0
        assert len(server.asked) == ASKED
        out = capsys.readouterr().out
        assert out.startswith("SpecTool  talks.jsonl")
        assert "Judged by tiny  res  (openai)" in out
        assert main(["classify", "talks.jsonl", "-o", "res", "--judge", f"openai:{MODEL}", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["counts"]["trajectories"] == 3
    assert (folder / "judged.parquet").is_file()


def test_classify_looks_for_the_judge_before_it_begins(folder, capsys):
    assert main(["classify", "talks.jsonl", "-o", "new", "--judge", "smolm2-135m"]) == 2
    assert "did you mean smollm2-135m?" in capsys.readouterr().err
    assert not (folder.parent / "new").exists()


def test_classify_keeps_its_folder_where_the_judge_can_not_go_on(folder, monkeypatch, capsys):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setattr("spectool.run.engines.openai_trouble.FIRST_WAIT", 0.001)
    monkeypatch.setattr("spectool.run.engines.openai_trouble.LONGEST_WAIT", 0.002)
    assert main(["classify", "talks.jsonl", "-o", "new", "--judge", f"openai:{MODEL}"]) == 2
    assert "the folder is written, go on with: spectool judge new --resume" in capsys.readouterr().err
    assert (folder.parent / "new" / "summary.json").is_file()


def test_a_kill_loses_no_answer(folder):
    """SIGKILL while the third answer is awaited; then gone on with."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with judge_server(SCRIPT, pause=lambda asked: 0 if asked.number < 3 else 60) as server:
        command = [sys.executable, "-m", "spectool", *line(server, "--batch-size", "1")]
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while len(server.asked) < 3 and time.monotonic() < end and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL
    before = [each for each in judgements(answers_path(folder)) if each.outcome != "skipped"]
    assert len(before) == 2
    with judge_server(SCRIPT) as server:
        assert main(line(server, "--batch-size", "1", "--resume")) == 0
        assert len(server.asked) == ASKED - 2
    after = list(judgements(answers_path(folder)))
    assert len(after) == 15
    assert [each for each in after if each.outcome != "skipped"][:2] == before


FILTERS = {
    "nothing": ([], Filter()),
    "alternatives": (["model=a", "model=b"], Filter(model=("a", "b"))),
    "a value with a sign": (["text=a=b"], Filter(text="a=b")),
    "a finding": (["error=IAV", "passed=failed"], Filter(error=("IAV",), passed=("failed",))),
}


@pytest.mark.parametrize(("texts", "expected"), FILTERS.values(), ids=FILTERS)
def test_filters(texts, expected):
    assert filter_from(texts) == expected


def test_help_names_what_can_be_filtered_and_the_defaults():
    assert {*CHOICES, "counted"} == set(Filter.__struct_fields__)
    defaults = JudgeConfig(model="m")
    assert (defaults.budget, defaults.max_new_tokens, BUDGET) == (24_000, 400, 24_000)


SPECS = {
    "smollm2-135m": ("transformers", "smollm2-135m"),
    "openai:qwen2.5:7b": ("openai", "qwen2.5:7b"),
    "qwen2.5:7b": ("transformers", "qwen2.5:7b"),
    "org/model": ("transformers", "org/model"),
}


@pytest.mark.parametrize(("text", "expected"), SPECS.items(), ids=SPECS)
def test_a_model_may_name_its_engine(text, expected):
    assert engine_and_model(text) == expected
