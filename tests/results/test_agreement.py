"""Agreement of rules, tagger, judge and people on a folder small enough to count by hand."""

from __future__ import annotations

import pytest

from spectool.model import Opinion, Outcome
from spectool.results.agreement import agree
from spectool.results.agreement_confusion import Cell
from spectool.results.labels import Labels
from spectool.results.labels_entry import Entry, Label, ruling
from spectool.results.labels_file import LabelsError
from spectool.results.opinions import write_opinions
from spectool.results.store import open_folder

# What the rules say of each trajectory: a tier, nothing (looked, and clean) or why they could not look; two samples a task.
SAID = (
    {"IAV": "certain", "IAN": "", "IAC": "no gold"},
    {"IAV": "certain", "IAN": "", "IAC": ""},
    {"IAV": "candidate", "IAN": "", "IAC": ""},
    {"IAV": "", "IAN": "likely", "IAC": ""},
    {"IAV": "", "IAN": "", "IAC": ""},
    {"IAV": "certain", "IAN": "", "IAC": ""},
)


@pytest.fixture
def folder(tmp_path, make):
    made = []
    for number, said in enumerate(SAID):
        outcomes = []
        for code, word in said.items():
            found = (make.finding(code, "", tier=word),) if word in ("certain", "likely", "candidate") else ()
            outcomes.append(
                Outcome(error=code, skipped="no gold") if word == "no gold" else Outcome(error=code, assessed=1, findings=found)
            )
        one = make.trajectory(number, task=f"t{number // 2}")
        made.append((one, make.verdict(one, *outcomes)))
    make.write(tmp_path / "six", made)
    return tmp_path / "six"


def label(number, verdict="finished", pattern="", by="ann", **fields):
    return Label(key=f"small-{number}", annotator=by, verdict=verdict, pattern=pattern, **fields)


@pytest.fixture
def labelled(folder):
    """Ann: 0 accepted, 1 is really IAN, 2 accepted, 3 rejected, all finished, and IAC seen in 3; 4 only of IAV; 5 begun."""
    results = open_folder(folder)

    def rule(number, verdict, **fields):
        opened = results.trajectory(f"small-{number}")
        return ruling(f"small-{number}", opened.findings[0], verdict, "ann", **fields)

    labels = Labels(folder)
    labels.add(rule(0, "accept"), label(0, drawn="random"))
    labels.add(rule(1, "change", pattern="IAN"), label(1, drawn="failure"))
    labels.add(rule(2, "accept"), label(2, drawn="random"))
    labels.add(rule(3, "reject"), label(3, "add", "IAC"), label(3))
    labels.add(label(4, "finished", "IAV"))
    labels.add(rule(5, "reject"))
    results.close()
    return folder


def counts(found, left="rules", right="ann"):
    pairs = [pair for pair in found.pairs if (pair.left, pair.right) == (left, right)]
    return {pair.error: (pair.n, pair.both, pair.left_only, pair.right_only, pair.neither) for pair in pairs}


def test_units_are_those_that_both_looked_at(labelled):
    found = agree(labelled)
    assert counts(found) == {
        "IAN": (4, 0, 1, 1, 2),
        "IAV": (5, 1, 1, 1, 2),
        "IAC": (3, 0, 0, 1, 2),
        "": (12, 1, 2, 3, 6),
    }
    pair = next(pair for pair in found.pairs if pair.error == "IAV")
    assert (pair.precision.count, pair.precision.n, pair.recall.count, pair.recall.n, pair.tasks) == (1, 2, 1, 2, 3)
    assert (pair.f1.value, pair.kappa.value) == (pytest.approx(0.5), pytest.approx(1 - (2 / 5) / (12 / 25)))
    assert (pair.kappa.n, pair.alpha.n, pair.kappa.method) == (5, 5, "wilson over tasks")
    assert [(side.name, side.trajectories, side.units, side.present) for side in found.sides] == [("rules", 5, 14, 3), ("ann", 5, 89, 4)]
    assert found.sides[1].drawn == {"": 1, "failure": 1, "random": 2}
    assert (found.unfinished, found.gone, found.altered) == ({"ann": 1}, 0, 0)


def test_tiers_say_what_is_a_yes(labelled):
    assert counts(agree(labelled, tiers=["certain"]))["IAN"] == (4, 0, 0, 1, 3)
    assert counts(agree(labelled, tiers=["certain", "likely", "candidate"]))["IAV"] == (5, 2, 1, 0, 2)


def test_patterns_and_draws_narrow_the_units(labelled):
    assert counts(agree(labelled, patterns=["IAC"])) == {"IAC": (3, 0, 0, 1, 2), "": (3, 0, 0, 1, 2)}
    assert counts(agree(labelled, drawn=["random"])) == {"IAV": (2, 1, 0, 1, 0), "": (5, 1, 0, 1, 3)}


def test_a_pattern_taken_for_another_stands_off_the_diagonal(labelled):
    (matrix,) = agree(labelled).confusions
    assert matrix.cells == (
        Cell(left="IAN", right="", trajectories=1),
        Cell(left="IAV", right="IAN", trajectories=1),
        Cell(left="IAV", right="IAV", trajectories=1),
        Cell(left="", right="IAV", trajectories=1),
        Cell(left="", right="IAC", trajectories=1),
        Cell(left="", right="", trajectories=1),
    )
    assert matrix.patterns == ("IAN", "IAV", "IAC")


def test_rulings_count_without_a_finished_trajectory(labelled):
    found = {each.error: (each.accepted.count, each.accepted.n, each.changed, each.rejected) for each in agree(labelled).rulings}
    assert found == {"IAV": (2, 4, 1, 1), "IAN": (0, 1, 0, 1), "": (2, 5, 1, 2)}


def test_an_opinion_that_was_skipped_is_no_answer_and_one_without_a_tier_is_a_no(labelled):
    def opinion(number, **fields):
        return Opinion(key=f"small-{number}", error="IAV", by="m", **fields)

    tagged = [opinion(0), opinion(2, tier="likely"), opinion(3, skipped="too long"), opinion(4, tier="candidate")]
    write_opinions(labelled, "tagger", tagged)
    write_opinions(labelled, "judge", [opinion(2, tier="likely", step=1, call=0), opinion(5)])
    found = agree(labelled)
    assert [side.name for side in found.sides] == ["rules", "tagger", "judge", "ann"]
    assert counts(found, "rules", "tagger") == {"IAV": (3, 0, 1, 1, 1), "": (3, 0, 1, 1, 1)}
    assert counts(found, "tagger", "ann") == {"IAV": (3, 1, 0, 1, 1), "": (3, 1, 0, 1, 1)}
    assert counts(found, "tagger", "judge") == {"IAV": (1, 1, 0, 0, 0), "": (1, 1, 0, 0, 0)}
    assert counts(agree(labelled, tiers=["certain"]), "tagger", "ann")["IAV"] == (3, 0, 0, 2, 1)
    assert counts(agree(labelled, tiers=["candidate"]), "rules", "tagger")["IAV"] == (3, 0, 1, 1, 1)


def test_all_together_need_two_answers_a_unit(labelled):
    Labels(labelled).add(label(0, "clean", by="bob"))
    together = {each.error: each.alpha for each in agree(labelled).together}
    assert {error: found.n for error, found in together.items()} == {"IAN": 4, "IAV": 5, "IAC": 4, "": 4 + 5 + 4 + 19}
    # IAV: 1 1 0 | 1 0 | 0 1 | 0 0 | 0 0: disagreement (2 + 2 + 2) / 11 against 2 * 4 * 7 / (11 * 10).
    assert together["IAV"].value == pytest.approx(1 - (6 / 11) / (56 / 110))


def test_two_people_are_compared_where_both_finished(labelled):
    labels = Labels(labelled)
    labels.add(label(0, "clean", by="bob"), label(1, "add", "IAN", by="bob"), label(1, by="bob"))
    found = counts(agree(labelled, sides=["ann", "bob"]), "ann", "bob")
    assert found == {"IAN": (2, 1, 0, 0, 1), "IAV": (2, 0, 1, 0, 1), "": (44, 1, 1, 0, 42)}


def test_labels_from_elsewhere_stand_beside_those_of_the_folder(labelled):
    other = Entry(key="small-0", annotator="eve", verdict="clean", id="x", action="x", time="2026-01-01T00:00:00+00:00")
    assert counts(agree(labelled, more=[other]), "ann", "eve")["IAV"] == (1, 0, 1, 0, 0)


def test_labels_of_another_output_are_left_out_and_counted(labelled):
    Labels(labelled).add(label(0, "clean", by="bob", seen="of another output"), label(9, "clean", by="bob"), label(1, "clean", by="bob"))
    found = agree(labelled)
    assert (found.altered, found.gone) == (1, 1)
    assert counts(found, "rules", "bob")[""][0] == 3


@pytest.mark.parametrize(
    ("sides", "reason"),
    [
        pytest.param(["rules"], "expected two sides to compare, got rules; there are rules, ann", id="one side"),
        pytest.param(["rules", "eve"], "nothing of 'eve' in this folder; there are rules, ann", id="somebody else"),
        pytest.param(["judge", "ann"], "nothing of 'judge' in this folder", id="no judge"),
    ],
)
def test_what_can_not_be_compared_is_said(labelled, sides, reason):
    with pytest.raises(LabelsError, match=reason):
        agree(labelled, sides=sides)


def test_a_folder_without_labels_says_how_to_label(folder):
    with pytest.raises(LabelsError, match="got rules; label in the app or with: spectool labels import"):
        agree(folder)


def test_labels_read_beside_the_same_folder_count_once_and_the_newest_word_holds(labelled):
    before = agree(labelled)
    again = agree(labelled, more=Labels(labelled).history())
    assert (again.pairs, again.rulings) == (before.pairs, before.rulings)
    Labels(labelled).undo("ann")
    taken_back = agree(labelled)
    assert agree(labelled, more=Labels(labelled).history()).rulings == taken_back.rulings != before.rulings
