"""A tagger at work: opinions with their place and reasons, into a result folder, from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from spectool.cli.main import main
from spectool.results.labels import Labels
from spectool.results.labels_entry import Label
from spectool.results.opinions import opinion_from
from spectool.results.pipeline import classify_paths
from spectool.results.tables import connect, rows
from spectool.tagger.apply import NO_TOOLS, NOT_CLEAN, NOTHING_SAID, opinions_of
from spectool.tagger.fit import fit
from spectool.tagger.folders import apply_to, examples_of
from tests.tagger.world import lesson, lessons, run

DEMO = Path(__file__).parents[2] / "data" / "demo"


@pytest.fixture(scope="module")
def model():
    return fit(lessons(900), name="small", data="a small world")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "results"
    classify_paths([DEMO / "outputs.qwen2.5-coder-1.5b.jsonl", DEMO / "outputs.smollm2-135m.jsonl"], out=folder)
    return folder


def one(model, trajectory, pattern, peers=()):
    return next(each for each in opinions_of(model, trajectory, peers) if each.error == pattern)


def test_a_wrong_value_is_named_with_its_place_and_reasons(model):
    said = one(model, run("Set the heater in the hall to night", (("set_heater", {"room": "hall", "mode": "party"}),)), "IAV")
    assert (said.tier, said.by, said.step, said.call, said.tool) == ("likely", "small", 1, 0, "set_heater")
    assert (said.path, said.got) == ("$.turns[1].calls[0].arguments.mode", "party")
    assert said.message == "expected another value of 'mode', got 'party'"
    assert said.score > 0.8
    features = [each for each in said.evidence if "feature" in each]
    assert features == sorted(features, key=lambda each: -each["contribution"])
    assert all(set(each) == {"feature", "means", "value", "contribution"} for each in features)


def test_a_call_that_is_not_due_is_named(model):
    said = one(model, run("Write a poem about autumn", (("set_heater", {"room": "hall", "mode": "eco"}),)), "unneeded_call")
    assert (said.tier, said.path, said.message) == ("likely", "$.turns[1].calls[0]", "expected no call, got 'set_heater'")


def test_of_what_is_right_nothing_is_said(model):
    said = list(opinions_of(model, run("Set the heater in the hall to night", (("set_heater", {"room": "hall", "mode": "night"}),))))
    assert [(each.error, each.tier) for each in said if each.skipped is None] == [("IAV", None), ("unneeded_call", None)]


def test_gold_is_not_looked_at(model):
    wrong = lesson(3)
    assert list(opinions_of(model, wrong)) == list(opinions_of(model, msgspec.structs.replace(wrong, gold=None)))


@pytest.mark.parametrize(
    ("trajectory", "why"),
    [
        pytest.param(run(calls=(("no_such_tool", {}),)), NOT_CLEAN, id="the rules find something"),
        pytest.param(run("", ()), NOTHING_SAID, id="users said nothing"),
        pytest.param(run(tools=()), NO_TOOLS, id="no tools are known"),
    ],
)
def test_what_can_not_be_judged_says_why(model, trajectory, why):
    said = list(opinions_of(model, trajectory))
    assert [(each.skipped, each.score, each.tier) for each in said] == [(why, None, None)] * 5


def test_what_is_uncovered_is_named(model):
    trajectory = run("Set the heater in the hall to night for 45 hours", (("set_heater", {"room": "hall", "mode": "party"}),))
    assert {"uncovered": ["45"]} in one(model, trajectory, "IAV").evidence


def test_a_folder_is_tagged_and_tagged_again_alike(demo, model):
    first = apply_to(demo, model)
    stored = [opinion_from(row) for row in rows(connect(demo), "SELECT * FROM tagged ORDER BY row")]
    total = rows(connect(demo), "SELECT count(*) AS n FROM trajectories")[0]["n"]
    assert (first.trajectories, len(stored)) == (total, 5 * total)
    assert all(each.looked_at + sum(each.skipped.values()) == total for each in first.patterns)
    assert apply_to(demo, model) == first
    assert [opinion_from(row) for row in rows(connect(demo), "SELECT * FROM tagged ORDER BY row")] == stored


def test_examples_come_from_a_folder_with_gold_beside_other_attempts(demo):
    examples = examples_of([demo])
    assert {each.model for each in examples} == {"qwen2.5-coder-1.5b", "smollm2-135m"}
    assert any(any(each.labels.values()) for each in examples)
    assert any(row.features[-1] != -1 for each in examples for row in each.rows["trajectory"])


def test_what_people_say_takes_the_place_of_gold(demo, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(demo, folder)
    plain = {each.key: each for each in examples_of([folder])}
    with_values = [key for key, each in plain.items() if each.rows["argument"]]
    doubted, cleared = (next(key for key in with_values if plain[key].labels.get("IAV") is wrong) for wrong in (False, True))
    place = plain[doubted].rows["argument"][0]
    slip = {"step": place.step, "call": place.call, "path": f"$.turns[{place.step}].calls[{place.call}].arguments.{place.argument}"}
    people = Labels(folder)
    people.add(Label(key=doubted, annotator="ann", verdict="add", pattern="IAV", subtype="other", **slip))
    assert {each.key: each for each in examples_of([folder])}[doubted] == plain[doubted]  # not finished: nothing is known
    people.add(Label(key=doubted, annotator="ann", verdict="finished"))
    people.add(Label(key=cleared, annotator="ann", verdict="clean"))
    learnt = {each.key: each for each in examples_of([folder])}
    assert next(row.labels["IAV"] for row in learnt[doubted].rows["argument"]) is True
    assert (learnt[doubted].labels["IAV"], learnt[cleared].labels["IAV"]) == (True, False)
    assert not any(row.labels["IAV"] for row in learnt[cleared].rows["argument"])


def test_the_command_line_trains_applies_and_tells(demo, tmp_path, capsys):
    source = tmp_path / "outputs.jsonl"
    source.write_text("".join(json.dumps(_row(lesson(number))) + "\n" for number in range(600)))
    learnt, path = tmp_path / "learnt", tmp_path / "tagger.json"
    classify_paths([source], out=learnt)
    assert main(["tagger", "train", str(learnt), "-o", str(path), "--name", "heaters", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["trajectories"] == 600
    assert main(["tagger", "train", str(learnt), "-o", str(path)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["tagger", "apply", str(learnt), "--model", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "Tagged by heaters  600 trajectories" in shown
    assert "expected another value of 'mode'" in shown
    assert main(["tagger", "apply", str(learnt), "--model", str(path), "--json"]) == 0
    patterns = {each["error"]: each for each in json.loads(capsys.readouterr().out)["patterns"]}
    assert patterns["IAV"]["likely"] > 100


def test_the_shipped_tagger_tags_a_real_folder(demo, tmp_path, capsys):
    folder = tmp_path / "copy"
    shutil.copytree(demo, folder)
    assert main(["tagger", "apply", str(folder), "--json"]) == 0
    tagged = json.loads(capsys.readouterr().out)
    assert sum(each["looked_at"] for each in tagged["patterns"]) > 100


@pytest.mark.parametrize("arguments", [["nowhere"], [str(DEMO)]], ids=["no folder", "no result folder"])
def test_what_is_no_result_folder_is_refused_in_a_line(arguments, capsys):
    assert main(["tagger", "apply", *arguments]) == 2
    assert "result folder" in capsys.readouterr().err


def _row(trajectory):
    """The task and output of a lesson as SpecTool's own rows."""
    from spectool.read.formats.spectool_rows import write

    return msgspec.to_builtins(write(trajectory)) | {"id": trajectory.id}
