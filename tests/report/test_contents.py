"""What a report gathers: the library's own figures, models kept apart, no secret."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from spectool.model import Call, Message, Outcome, Step
from spectool.patterns.compare import compare
from spectool.patterns.shapes import find_shapes
from spectool.report.contents import Report, gather
from spectool.report.formats import FORMATS
from spectool.report.next_steps import NextStep
from spectool.report.words import opening
from spectool.results.folder import ResultFolderError
from spectool.results.store import open_folder
from spectool.results.tables import connect
from tests.results.conftest import finding, trajectory, verdict, write

SECRET = "hunter2-correct-horse"


def test_the_figures_are_the_librarys_own(sides: Path, two_models: Report) -> None:
    with closing(open_folder(sides / "other")) as results:
        assert tuple(each.summary for each in two_models.models) == results.summary().models
    with closing(connect(sides / "other")) as cursor:
        shapes = find_shapes(cursor, where="t.model = ?", parameters=["small-1.5b"]).shapes
    assert tuple(slip.shape for slip in two_models.models[0].slips) == shapes
    assert two_models.comparison == compare([sides / "other"])
    assert [(each.name, each.size, each.outlay.success.count, each.outlay.median_seconds) for each in two_models.models] == [
        ("small-1.5b", "1.5b", 10, 3.0),
        ("large-70b", "70b", 30, 3.0),
    ]


def test_the_first_paragraph_says_what_is_there_and_what_could_not_be_checked(two_models: Report) -> None:
    assert list(opening(two_models)) == [
        "This result folder holds 80 trajectories of 2 models, with 80 calls.",
        "Could not be checked at all: IAC.",
    ]


def test_an_example_shows_the_call_as_written_with_the_slip_marked(two_models: Report) -> None:
    example = two_models.models[0].slips[0].example
    assert example is not None
    assert (example.key, example.task, example.argument) == ("small-1.5b-0", "task-0", "city")
    assert (example.asked, example.expected, example.got) == ("Weather in city 0?", '"Rome"', '"Paris"')
    assert example.mark is not None
    assert (example.written, example.written[slice(*example.mark)]) == ('get_weather({"city": "Paris"})', '"Paris"')


def test_one_model_before_and_after_is_two(sides: Path) -> None:
    before, after = str(sides / "before"), str(sides / "after")
    report = gather([before, after])
    assert [(each.name, each.summary.failed, each.size) for each in report.models] == [
        (f"tuned-7b ({before})", 20, "7b"),
        (f"tuned-7b ({after})", 5, "7b"),
    ]
    assert report.comparison is not None
    assert (report.comparison.against[0].fates.fixed, report.comparison.against[0].fates.broken) == (15, 0)
    assert [slip.example.key for model in report.models for slip in model.slips if slip.example] == ["tuned-7b-0", "tuned-7b-0"]
    assert [slip.shape.examples[0] for model in report.models for slip in model.slips] == ["tuned-7b-0", "tuned-7b-0"]


def test_models_without_a_task_in_common_are_not_compared_and_it_says_why(sides: Path, tmp_path: Path) -> None:
    asked = (Message(role="user", content="Elsewhere?"), Step(text="No"))
    one = trajectory(0, "stranger", key="x", id="elsewhere", task="elsewhere", turns=asked)
    write(tmp_path / "far", [(one, verdict(one, Outcome(error="IAV", assessed=1)))])
    report = gather([sides / "before", tmp_path / "far"])
    assert report.comparison is None
    assert "share no task" in report.uncompared
    assert all("share no task" in FORMATS[ending](report) for ending in (".html", ".json"))


def test_a_folder_without_findings_is_reported(tmp_path: Path) -> None:
    one = trajectory(0)
    write(tmp_path / "clean", [(one, verdict(one, Outcome(error="IAV", assessed=1)))])
    report = gather([tmp_path / "clean"])
    assert (report.models[0].slips, report.systemic, report.slices.slices, report.uncompared) == ((), (), (), "there is one model only")
    assert report.next_steps == (NextStep(why="read the trajectories themselves", command=f"spectool app {tmp_path / 'clean'}"),)
    assert all(FORMATS[ending](report) for ending in FORMATS)


def test_no_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ResultFolderError, match=r"no result folder .* make one with: spectool classify"):
        gather([tmp_path / "nowhere"])


def test_a_folder_given_twice_would_count_twice(sides: Path) -> None:
    with pytest.raises(ResultFolderError, match="is given twice"):
        gather([sides / "before", sides / ".." / sides.name / "before"])


def test_the_same_folder_gives_the_same_report(sides: Path, two_models: Report) -> None:
    again = gather([sides / "other"])
    assert all(write(again) == write(two_models) for write in FORMATS.values())


def login(out: Path, **called: object) -> Path:
    """One attempt that logs in with a password, which is in the words of the user, the call, the finding and the task's name."""
    call = Call(name="login", arguments={"user": "ada", "password": SECRET}, raw=f'{{"user": "ada", "password": "{SECRET}"}}')
    turns = (Message(role="user", content=f"Log me in; I use {SECRET} everywhere"), Step(text="", calls=(call,)))
    one = trajectory(0, key="k", task=f"login-{SECRET}", turns=turns)
    slip = finding(
        "IAV",
        "other",
        tool="login",
        path="$.turns[1].calls[0].arguments.password",
        message=f"expected 'other-Secret-9', got '{SECRET}'",
        expected="other-Secret-9",
        got=SECRET,
    )
    write(out, [(one, verdict(one, Outcome(error="IAV", assessed=1, findings=(slip,)), passed=False))])
    return out


@pytest.mark.parametrize("ending", FORMATS)
def test_a_secret_is_in_no_format(tmp_path: Path, ending: str) -> None:
    report = gather([login(tmp_path / "res")])
    page = FORMATS[ending](report)
    assert SECRET not in page
    assert "other-Secret-9" not in page
    assert "redacted: password" in page
    assert report.redacted == {"password": 2}


@pytest.mark.parametrize("given", [[SECRET, "other-Secret-9"], {"value": SECRET, "hint": "other-Secret-9"}], ids=["a list", "an object"])
def test_a_secret_of_the_wrong_type_is_one_all_the_same(tmp_path: Path, given: object) -> None:
    told = msgspec.json.encode(given).decode()
    call = Call(name="login", arguments={"password": given}, raw=f'{{"password": {told}}}')
    one = trajectory(0, key="k", turns=(Message(role="user", content="Log me in"), Step(text="", calls=(call,))))
    slip = finding(
        "IAT",
        "container",
        tool="login",
        path="$.turns[1].calls[0].arguments.password",
        message=f"expected string, got '{told}'",
        got=given,
    )
    write(tmp_path / "res", [(one, verdict(one, Outcome(error="IAT", assessed=1, findings=(slip,)), passed=False))])
    report = gather([tmp_path / "res"])
    for page in (written(report) for written in FORMATS.values()):
        assert SECRET not in page
        assert "other-Secret-9" not in page


def test_one_secret_has_one_number_wherever_it_stands(tmp_path: Path) -> None:
    (model,) = gather([login(tmp_path / "res")]).models
    example = model.slips[0].example
    assert example is not None
    assert example.mark is not None
    label = example.got
    assert label.startswith("[redacted: password #")
    assert example.written == f'login({{"user": "ada", "password": "{label}"}})'
    assert example.written[slice(*example.mark)] == f'"{label}"'
    assert (example.asked, example.task) == (f"Log me in; I use {label} everywhere", f"login-{label}")
    assert example.message.endswith(f"got '{label}'")


def test_redaction_can_be_turned_off_and_the_report_says_so(tmp_path: Path) -> None:
    report = gather([login(tmp_path / "res")], "none")
    assert SECRET in FORMATS[".html"](report)
    assert "Secrets were not taken out of this report." in list(opening(report))


def test_the_texts_of_a_hostile_folder_are_cut(hostile: Report) -> None:
    assert len(msgspec.json.encode(hostile)) < 1_000_000
