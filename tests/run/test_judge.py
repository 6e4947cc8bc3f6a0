"""A judge over a result folder: what it is asked, what becomes of its answers, and that none is lost or mixed with others."""

from __future__ import annotations

import json

import msgspec
import pytest

from spectool.results.filters import Filter
from spectool.results.folder import ResultFolderError
from spectool.results.labels import Labels
from spectool.results.labels_entry import Label
from spectool.results.opinions import opinion_from
from spectool.results.pipeline import classify_paths
from spectool.results.store import open_folder
from spectool.results.tables import connect, rows
from spectool.run.engines.engine import Completion, EngineError
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.registry import load
from spectool.run.errors import RunError
from spectool.run.journal import journal_path
from spectool.run.judge import judge_folder
from spectool.run.judge_answer import NO_JSON, NOT_THERE
from spectool.run.judge_journal import JudgeConfig, JudgeJournal, answers_path, judgements
from spectool.run.judge_prompt import PATTERNS, answer_schema
from spectool.run.models import ModelFiles
from tests.run.judging import ASKED, SKIPPED, judge_server, judged_folder, no, yes
from tests.run.serving.fake import MODEL

CONFIG = JudgeConfig(model=MODEL, engine="openai", constrain=True)
# A true one, one that quotes what is nowhere, and one that answers nothing.
SCRIPT = {
    ("chat", "fabricated_output"): yes("I have sent the letter.", 3),
    ("rules", "policy_violation"): yes('book({"at":"Roma"})', 4, why="Roma is forbidden\x1b[31m."),
    ("table", "fabricated_output"): yes("It is booked for nine.", 5, kind="content"),
    ("table", "misread_task"): "I would rather not say.",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    return judged_folder(tmp_path)


@pytest.fixture
def ask(folder):
    """Judges the folder by a server with a script; gives the summary and the requests that came."""

    def judge(script=SCRIPT, config=CONFIG, **choices):
        with judge_server(script) as server:
            files = ModelFiles(name=MODEL, location=MODEL)
            start = lambda: load("openai", files, EngineOptions(base_url=server.address))  # noqa: E731
            return judge_folder(folder, config, start, **choices), server.asked

    return judge


def opinions(folder):
    """By id and pattern."""
    found = rows(connect(folder), "SELECT t.id, j.* FROM judged j JOIN trajectories t USING (key)")
    return {(row["id"], row["error"]): opinion_from(row) for row in found}


class Broken:
    """An engine that answers a few questions and gives up."""

    name, details, tool_section, capacity = "broken", {}, None, 2

    def __init__(self, answers, error=EngineError):
        self.left, self.error, self.waiting = answers, error, []

    def submit(self, requests):
        self.waiting.extend(requests)

    def finished(self):
        if self.left <= 0:
            raise self.error("the cable is out")
        self.left -= 1
        return [Completion(id=self.waiting.pop(0).id, text=no())]

    def close(self):
        pass


def test_what_can_be_asked_is_asked_once_and_the_rest_is_said(folder, ask):
    summary, asked = ask()
    assert len(asked) == ASKED
    said = opinions(folder)
    assert len(said) == 15
    assert {place: each.skipped for place, each in said.items() if each.skipped and "answer" not in each.skipped} == SKIPPED
    assert {each.by for each in said.values()} == {MODEL}
    assert (summary.trajectories, summary.totals.episodes, summary.totals.failed, summary.agreement) == (3, ASKED, 0, ())
    found = {each.error: (each.found.count, each.found.n, sum(each.unusable.values())) for each in summary.patterns}
    assert found == {
        "missing_clarification": (0, 2, 0),
        "misread_task": (0, 2, 1),
        "result_misuse": (0, 2, 0),
        "fabricated_output": (1, 2, 1),
        "policy_violation": (1, 1, 0),
    }


def test_an_error_has_its_place_and_is_a_candidate_that_changes_no_rate(folder, ask):
    before = open_folder(folder).matrix()
    ask()
    said = opinions(folder)
    claim, deed = said["chat", "fabricated_output"], said["rules", "policy_violation"]
    assert (claim.tier, claim.subtype, claim.step, claim.call, claim.path) == ("candidate", "action", 1, None, "$.turns[1]")
    assert (claim.got, claim.message) == ("I have sent the letter.", "got 'I have sent the letter.': It is not so.")
    assert claim.evidence == ({"quote": "I have sent the letter.", "line": 3, "left_out": 0},)
    assert (deed.subtype, deed.step, deed.call, deed.tool, deed.path) == ("rule", 2, 0, "book", "$.turns[2].calls[0]")
    results = open_folder(folder)
    assert results.matrix() == before
    shown = [each for each in results.trajectory(claim.key).findings if each.source == "judge"]
    assert [(each.error, each.tier) for each in shown] == [("fabricated_output", "candidate")]


def test_where_people_have_labelled_it_is_held_against_them(folder, ask):
    ask()
    keys = {place[0]: each.key for place, each in opinions(folder).items()}
    labels = Labels(folder)
    said = {"annotator": "anna", "pattern": "fabricated_output"}
    labels.add(Label(key=keys["chat"], verdict="finished", **said))
    labels.add(Label(key=keys["rules"], verdict="add", **said), Label(key=keys["rules"], verdict="finished", **said))
    # Of this one the judge gave no usable answer.
    labels.add(Label(key=keys["table"], verdict="finished", **said))
    summary, _ = ask(resume=True)
    (pair,) = summary.agreement
    assert (pair.left, pair.right, pair.error, pair.n) == ("judge", "anna", "fabricated_output", 2)
    assert (pair.both, pair.left_only, pair.right_only, pair.neither) == (0, 1, 1, 0)


def test_what_can_not_be_used_is_not_clean(folder, ask):
    ask()
    said = opinions(folder)
    assert said["table", "fabricated_output"].skipped == f"unusable answer: {NOT_THERE}"
    assert said["table", "misread_task"].skipped == f"unusable answer: {NO_JSON}"
    clean = said["chat", "misread_task"]
    assert (clean.tier, clean.skipped, clean.message) == (None, None, "nothing found")


def test_a_judge_is_held_to_the_form_of_an_answer_where_the_engine_can(ask):
    _, asked = ask()
    formats = [request.body["response_format"]["json_schema"]["schema"] for request in asked]
    assert all(schema in [answer_schema(code) for code in PATTERNS] for schema in formats)
    assert all("tools" not in request.body and request.body["temperature"] == 0 for request in asked)


def test_without_a_constraint_it_is_asked_in_words(ask):
    _, asked = ask(config=msgspec.structs.replace(CONFIG, constrain=False))
    assert not any("response_format" in request.body for request in asked)


CHOICES = {
    "one pattern": ({"patterns": ["fabricated_output"]}, 3),
    "a pattern named twice": ({"patterns": ["misread_task", "misread_task"]}, 3),
    "the first trajectory": ({"limit": 1}, 4),
    "trajectories with a text": ({"choices": Filter(text="hello")}, 2),
    "trajectories with a finding of a kind that none has": ({"choices": Filter(error=("wrong_order",))}, 0),
}


@pytest.mark.parametrize(("choices", "questions"), CHOICES.values(), ids=CHOICES)
def test_only_what_was_chosen_is_asked(ask, choices, questions):
    assert len(ask(**choices)[1]) == questions


def test_a_second_choice_goes_on_with_what_the_first_left(folder, ask):
    ask(patterns=["misread_task"])
    summary, asked = ask(resume=True)
    assert len(asked) == ASKED - 3
    assert summary.kept == 3
    assert len(opinions(folder)) == 15


def test_what_was_answered_is_not_asked_again_and_no_engine_is_started_for_nothing(folder, ask):
    ask()
    before = opinions(folder)

    def start():
        raise AssertionError("there is nothing to ask")

    summary = judge_folder(folder, CONFIG, start, resume=True)
    assert (summary.kept, summary.totals.episodes) == (15, 0)
    assert opinions(folder) == before


def test_answers_that_are_there_are_not_replaced_unasked(ask):
    ask()
    with pytest.raises(RunError, match="was judged already; pass --resume to go on with what is missing, or --overwrite"):
        ask()
    assert len(ask(overwrite=True)[1]) == ASKED
    with pytest.raises(RunError, match="choose one"):
        ask(resume=True, overwrite=True)


CHANGES = {
    "another model": ({"model": "other"}, "model was 'tiny' and is now 'other'"),
    "another budget": ({"budget": 9_000}, "budget was 24000 and is now 9000"),
    "no constraint": ({"constrain": False}, "constrain was True and is now False"),
    "a longer answer": ({"max_new_tokens": 9}, "max_new_tokens was 400 and is now 9"),
}


@pytest.mark.parametrize(("change", "told"), CHANGES.values(), ids=CHANGES)
def test_answers_of_another_configuration_are_refused(folder, ask, change, told):
    ask()
    before = answers_path(folder).read_bytes()
    with pytest.raises(RunError, match=f"made with other settings: {told}; use the same ones, or pass --overwrite to judge anew"):
        ask(config=msgspec.structs.replace(CONFIG, **change), resume=True)
    assert answers_path(folder).read_bytes() == before


def test_answers_to_other_words_are_refused(ask, monkeypatch):
    ask()
    monkeypatch.setattr("spectool.run.judge.prompts_digest", lambda: "other")
    with pytest.raises(RunError, match="other prompts or another taxonomy"):
        ask(resume=True)


@pytest.mark.parametrize("error", [EngineError, KeyboardInterrupt])
def test_what_was_answered_before_an_end_is_in_the_table_and_the_rest_is_asked_later(folder, ask, error):
    with pytest.raises(error):
        judge_folder(folder, CONFIG, lambda: Broken(4, error))
    answered = [each for each in opinions(folder).values() if each.skipped is None]
    assert len(answered) == 4
    summary, asked = ask(resume=True)
    assert len(asked) == ASKED - 4
    assert len(opinions(folder)) == 15
    assert [each.totals.episodes for each in journal(folder).sittings] == [4, ASKED - 4]
    assert summary.totals.episodes == ASKED - 4


def journal(folder):
    return msgspec.json.decode(journal_path(answers_path(folder)).read_bytes(), type=JudgeJournal)


def test_a_torn_line_and_a_failed_question_are_asked_again(folder, ask):
    ask()
    path = answers_path(folder)
    lines = path.read_bytes().splitlines(keepends=True)
    row = json.loads(lines[0])
    path.write_bytes(b"".join([lines[0].replace(b'"key"', b'"kex"'), *lines[1:-1], lines[-1][:40]]))
    summary, asked = ask(resume=True)
    assert summary.damaged == 2
    assert len(asked) == sum(outcome(line) != "skipped" for line in (lines[0], lines[-1]))
    assert row["key"] in {each.key for each in judgements(path)}
    assert len(opinions(folder)) == 15


def outcome(line):
    return json.loads(line)["outcome"]


def test_a_question_that_fails_alone_is_counted_and_asked_again(folder, ask):
    class Picky(Broken):
        def finished(self):
            done, self.waiting = self.waiting, []
            return [Completion(id=each.id, error="the prompt is too long") for each in done]

    summary = judge_folder(folder, CONFIG, lambda: Picky(1), patterns=["misread_task"])
    assert (summary.totals.episodes, summary.totals.failed) == (3, 3)
    assert summary.patterns[0].failed == {"the prompt is too long": 3}
    assert {each.skipped for each in opinions(folder).values()} == {"no answer: the prompt is too long"}
    assert len(ask(patterns=["misread_task"], resume=True)[1]) == 3


def test_an_engine_that_does_not_start_leaves_no_answers_and_no_table(folder):
    def start():
        raise EngineError("no such model")

    with pytest.raises(EngineError, match="no such model"):
        judge_folder(folder, CONFIG, start, patterns=["misread_task"])
    assert not (folder / "judged.parquet").exists()


def test_a_folder_classified_anew_meanwhile_is_left_alone(folder, tmp_path):
    class Meddler(Broken):
        def close(self):
            classify_paths([tmp_path / "talks.jsonl"], out=folder)

    with pytest.raises(ResultFolderError, match="was classified anew while it was judged"):
        judge_folder(folder, CONFIG, lambda: Meddler(99), patterns=["misread_task"])
    assert not (folder / "judged.parquet").exists()


def test_a_new_classification_drops_answers_and_opinions(folder, ask, tmp_path):
    ask()
    classify_paths([tmp_path / "talks.jsonl"], out=folder)
    assert [path.name for path in folder.iterdir() if "judge" in path.name] == []
    assert len(ask()[1]) == ASKED


def test_no_such_pattern_and_no_such_folder(folder, tmp_path):
    with pytest.raises(RunError, match=r"a judge decides no pattern 'IAV'; it decides missing_clarification"):
        judge_folder(folder, CONFIG, lambda: Broken(0), patterns=["IAV"])
    with pytest.raises(ResultFolderError, match="no result folder"):
        judge_folder(tmp_path / "none", CONFIG, lambda: Broken(0))


def test_a_judge_that_is_told_so_by_the_record_can_not_end_it(folder, ask):
    """The scripted judge obeys every instruction that stands outside a record, and none inside."""
    _, asked = ask()
    for request in asked:
        system, question = (message["content"] for message in request.body["messages"])
        code = system.partition("hold the code ")[2][:12]
        assert question.count(f"[record {code} begins]") == question.count(f"[record {code} ends]") == 1
        inside = question.partition("begins]\n")[2].partition(f"\n[record {code} ends]")[0]
        ours = [line for line in inside.split("\n") if not line[:7].strip().rstrip("|").isdigit()]
        assert all(line.endswith(":") and len(line) < 70 for line in ours)
