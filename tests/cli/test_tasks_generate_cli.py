"""``spectool tasks generate``: what it writes, what it prints, and how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spectool.benchmark.generate import asked
from spectool.benchmark.path_check import check_gold
from spectool.benchmark.rehearsal import rehearse
from spectool.benchmark.splits import SPLITS
from spectool.cli import tasks_generate
from spectool.cli.main import main
from spectool.model import Call, Step, Task
from spectool.read.tasks import load_tasks
from spectool.run.engines import registry
from spectool.run.engines.engine import Completion, CompletionRequest, ToolSection

GENERATE = ["tasks", "generate", "-o", "fresh.jsonl"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written() -> list[Task]:
    tasks, rejected = load_tasks(["fresh.jsonl"])
    assert rejected == []
    return list(tasks.values())


def test_the_splits_on_offer_are_those_of_the_benchmark():
    assert tasks_generate.SPLITS == SPLITS


def test_tasks_are_written_and_counted(capsys):
    assert main([*GENERATE, "--number", "30", "--environment", "tools", "--kind", "multi_step", "--kind", "parallel"]) == 0
    out, err = capsys.readouterr()
    tasks = written()
    assert {task.meta["environment"] for task in tasks} == {"tools"}
    kinds = [task.meta["category"] for task in tasks]
    first, second = err.splitlines()[:2]
    assert (out, len(tasks)) == ("", 30)
    assert first.startswith("30 tasks written to fresh.jsonl; ")
    assert second == f"  {kinds.count('multi_step')} multi_step, {kinds.count('parallel')} parallel"


def test_counts_as_json_and_tasks_on_standard_output(capsys):
    assert main(["tasks", "generate", "-o", "-", "--number", "5", "--json", "--seed", "3"]) == 0
    out, err = capsys.readouterr()
    counts = json.loads(err)
    assert (counts["written"], counts["used_up"], counts["rephrased"], counts["out"]) == (5, {}, {}, "-")
    assert sum(counts["kinds"].values()) == len(out.splitlines()) == 5


def test_one_seed_gives_the_same_bytes():
    assert main([*GENERATE, "--number", "20"]) == 0
    first = Path("fresh.jsonl").read_bytes()
    assert main(["tasks", "generate", "-o", "again.jsonl", "--number", "20"]) == 0
    assert Path("again.jsonl").read_bytes() == first


def test_where_sources_are_used_up_it_says_so(capsys):
    few = ["--environment", "spaceflight", "--kind", "missing_information"]
    assert main([*GENERATE, "--number", "200", *few]) == 1
    err = capsys.readouterr().err
    tasks = written()
    assert 10 < len(tasks) < 200
    assert f"all sources are used up: {len(tasks):,} of 200 tasks; --allow-near allows for more" in err.splitlines()
    assert "sources were used up, with so many tasks each: spaceflight-" in err
    assert main(["tasks", "generate", "-o", "more.jsonl", "--number", "200", "--allow-near", *few]) == 1
    assert len(Path("more.jsonl").read_bytes().splitlines()) > len(tasks)


def test_a_protected_file_is_kept_away_from(capsys):
    assert main([*GENERATE, "--number", "40", "--environment", "patent"]) == 0
    taken = {asked(task) for task in written()}
    assert main(["tasks", "generate", "-o", "other.jsonl", "--number", "40", "--environment", "patent", "--protect", "fresh.jsonl"]) == 0
    others, _ = load_tasks(["other.jsonl"])
    assert taken.isdisjoint(map(asked, others.values()))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--environment", "weather"], "--environment: no templates for environment 'weather'; there are patent, movies, travel, "),
        (["--environment", "travle"], "--environment: no templates for environment 'travle'; did you mean 'travel'? there are patent, "),
        (["--environment", "media"], "--environment: media has test templates only; pass --split test"),
        (["--environment", "patent", "--environment", "sports", "--split", "val"], "sports has test templates only; pass --split test"),
        (["--kind", "multistep"], "--kind: expected one of multi_step, "),
        (["--kind", "parallel", "--kind", "singing"], ", got 'singing'"),
        (["--rephrase", "./no-such-model.gguf"], "is neither a folder with a model nor a .gguf file"),
    ],
    ids=[
        "an unknown environment",
        "a misspelt environment",
        "an environment for testing only",
        "one of two environments for testing only",
        "a misspelt kind",
        "one of two kinds unknown",
        "a model that is not here",
    ],
)
def test_what_cannot_be_made_is_said(options, said, capsys):
    assert main([*GENERATE, "--number", "2", *options]) == 2
    assert said in capsys.readouterr().err
    assert not Path("fresh.jsonl").exists()


UNWRITABLE = {
    "the folder one is in": (".", "'.' is a folder; name a file"),
    "another folder": ("folder", "'folder' is a folder; name a file"),
    "a file below a file": ("there.jsonl/fresh.jsonl", "cannot write 'there.jsonl/fresh.jsonl': not a directory"),
    "a device": ("/dev/null", "'/dev/null' is no regular file; -o - writes to standard output"),
    "a file that is there": ("there.jsonl", "'there.jsonl' is there already; pass --overwrite to replace it, or another -o"),
}


@pytest.mark.parametrize(("out", "said"), UNWRITABLE.values(), ids=UNWRITABLE)
def test_what_cannot_be_written_is_said_in_one_line(out, said, capsys):
    Path("folder").mkdir()
    Path("there.jsonl").write_text("mine\n")
    assert main(["tasks", "generate", "-o", out, "--number", "2"]) == 2
    assert capsys.readouterr().err == f"Error: -o: {said}\n"
    assert Path("there.jsonl").read_text() == "mine\n"
    assert sorted(path.name for path in Path().iterdir()) == ["folder", "there.jsonl"]


def test_a_file_is_replaced_where_that_is_asked_for():
    Path("fresh.jsonl").write_text("old\n")
    assert main([*GENERATE, "--number", "2", "--overwrite"]) == 0
    assert len(written()) == 2


class Rewording:
    """An engine that puts words before a request, or answers as it is told to."""

    name = "transformers"
    details = {"dtype": "none"}  # noqa: RUF012
    tool_section = ToolSection(dialect="hermes")

    def __init__(self, solves: bool) -> None:
        self._solves = solves
        self._steps: dict[str, list[Step]] = {}
        self._waiting = []

    def submit(self, requests):
        self._waiting.extend(requests)

    def finished(self):
        requests, self._waiting = self._waiting, []
        return [Completion(id=request.id, text=self._text(request)) for request in requests]

    def _text(self, request: CompletionRequest) -> str:
        asked = request.messages[-1].content
        if asked.startswith("Say the following request"):
            said = asked.partition("\n\n")[2]
            # Every other request is left as it was.
            return said if int(request.id) % 2 else f"Well now, {said}"
        return self._turn(request) if self._solves else "I would rather not."

    def _turn(self, request: CompletionRequest) -> str:
        """The next turn of a perfect run, found again by drawing the same tasks."""
        name = request.id.partition("#")[0]
        steps = self._steps.setdefault(name, [turn for turn in rehearse(TASKS[name]).trajectory.turns if isinstance(turn, Step)])
        step = steps.pop(0)
        return "\n".join(map(_called, step.calls)) or step.text


def _called(call: Call) -> str:
    return f"<tool_call>\n{json.dumps({'name': call.name, 'arguments': call.arguments})}\n</tool_call>"


TASKS: dict[str, Task] = {}
REPHRASE = ["--number", "12", "--environment", "patent", "--kind", "one_constraint", "--kind", "state_changing", "--rephrase", "some/model"]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch):
    """Loads an engine that solves what it reworded, or does not; the tasks are known to it."""
    assert main([*GENERATE, *REPHRASE[:-2]]) == 0
    TASKS.update((task.id, task) for task in written())

    def use(*, solves: bool) -> None:
        monkeypatch.setattr(registry, "ENGINES", {"transformers": lambda model, options: Rewording(solves)})

    yield use
    TASKS.clear()


@pytest.mark.parametrize(
    ("check", "solves", "kept", "told"),
    [
        ("rules", False, 6, "6 of 12 requests reworded; not: 6 no other wording"),
        ("solve", True, 6, "6 of 12 requests reworded; not: 6 no other wording"),
        ("solve", False, 0, "0 of 12 requests reworded; not: 6 no other wording, 6 not solved again"),
    ],
    ids=["by the rules", "solved again", "not solved again"],
)
def test_a_model_rewords_what_passes_the_check(engine, check, solves, kept, told, capsys):
    engine(solves=solves)
    assert main(["tasks", "generate", "-o", "reworded.jsonl", *REPHRASE, "--rephrase-check", check]) == 0
    assert told in [line.strip() for line in capsys.readouterr().err.splitlines()]
    tasks, _ = load_tasks(["reworded.jsonl"])
    reworded = [task for task in tasks.values() if task.messages[-1].content.startswith("Well now, ")]
    assert [task.meta["rephrased"] for task in reworded] == [
        {"by": "some/model", "from": TASKS[task.id].messages[-1].content} for task in reworded
    ]
    assert len(reworded) == kept
    assert [fault for task in tasks.values() for fault in check_gold(task).faults] == []
    assert all("places" not in task.meta for task in tasks.values())


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_a_small_model_rewords_still_checks(monkeypatch):
    """Whatever SmolLM2 says, every task that is written holds."""
    from spectool.cli import rephrasing
    from spectool.run.models import packaged, pulled_path

    if pulled_path(packaged("smollm2-135m")) is None:
        pytest.skip("smollm2-135m is not pulled")
    monkeypatch.setattr(rephrasing, "TURN_TOKENS", 16)
    for check in ("rules", "solve"):
        few = ["--number", "3", "--kind", "one_constraint", "--rephrase", "smollm2-135m", "--rephrase-check", check]
        assert main([*GENERATE, "--overwrite", *few]) == 0
        assert [fault for task in written() for fault in check_gold(task).faults] == []
