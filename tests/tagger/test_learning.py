"""Trained on a small world: what it predicts, how it reads its own file, and that nothing hangs on chance."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from spectool.tagger.examples import example_of, group_of
from spectool.tagger.fit import MIN_WRONG, SETTINGS, exported, fit, part_of, telling
from spectool.tagger.forest import Forest, Tree
from spectool.tagger.scale import threshold
from spectool.tagger.scoring import scores
from spectool.tagger.tagger_model import TaggerError, load_model, shipped
from spectool.tagger.truth import Truth, is_clean, truth_of
from spectool.tagger.view import View
from tests.tagger.world import lesson, lessons, run


@pytest.fixture(scope="module")
def model():
    return fit(lessons(600), name="small", data="a small world")


def test_the_trees_say_what_scikit_learn_says():
    from sklearn.ensemble import HistGradientBoostingClassifier

    draw = np.random.default_rng(3)
    rows = draw.normal(size=(800, 6)).round(2)
    wrong = rows[:, 0] * rows[:, 1] + draw.normal(size=800) > 0
    learner = HistGradientBoostingClassifier(**SETTINGS, random_state=0).fit(rows, wrong)
    forest = exported(learner)
    fresh = draw.normal(size=(500, 6)).round(2)
    ours = 1 / (1 + np.exp(-forest.log_odds(fresh)))
    assert ours == pytest.approx(learner.predict_proba(fresh)[:, 1], abs=1e-5)


def test_contributions_add_up_to_the_prediction(model):
    forest = model.heads["IAV"].forest
    start = forest.base + sum(tree.value[0] for tree in forest.trees)
    for row in (row.features for each in lessons(5) for row in each.rows["argument"]):
        assert start + sum(forest.contributions(row).values()) == pytest.approx(forest.log_odds([row])[0], abs=1e-9)


def test_it_finds_what_gold_would_prove_on_tasks_it_never_saw(model):
    from sklearn.metrics import roc_auc_score

    fresh = lessons(300, seed=1)
    values = scores(model.heads["IAV"].forest, "IAV", "alone", fresh)
    assert roc_auc_score([each.labels["IAV"] for each in fresh], values) > 0.95
    calls = scores(model.heads["unneeded_call"].forest, "unneeded_call", "alone", fresh)
    assert roc_auc_score([each.labels["unneeded_call"] for each in fresh], calls) > 0.95


def test_a_tier_is_as_precise_as_it_says(model):
    scale = model.heads["IAV"].scales["alone"]
    fresh = [each for each in lessons(300, seed=2) if "IAV" in each.labels]
    values = scores(model.heads["IAV"].forest, "IAV", "alone", fresh)
    likely = [each.labels["IAV"] for each, value in zip(fresh, values, strict=True) if scale.tier(scale.calibrated(value)) == "likely"]
    assert len(likely) >= 20
    assert sum(likely) / len(likely) >= 0.8


def test_training_twice_gives_the_same_file(model):
    again = fit(lessons(600), name="small", data="a small world")
    assert msgspec.json.encode(again) == msgspec.json.encode(model)


def test_the_three_groups_share_no_question():
    parts = {}
    for each in lessons(200):
        assert parts.setdefault(each.group, part_of(each.group, 0)) == part_of(each.group, 0)
    assert set(parts.values()) == {0, 1, 2}


def test_one_question_is_one_group_whatever_was_answered():
    assert group_of(run(key="a")) == group_of(run(calls=(), key="b", model="other"))
    assert group_of(run(key="a")) != group_of(run("Set the heater in the hall to eco"))


def test_a_category_where_all_is_wrong_is_not_learnt_from():
    wrong = [each for each in lessons(400) if any(each.labels.values())][:30]
    rest = [each for each in lessons(90) if not any(each.labels.values())]
    hopeless = [msgspec.structs.replace(each, category="hopeless", model="m") for each in wrong]
    assert telling([*hopeless, *rest]) == [False] * 30 + [True] * len(rest)


def test_too_little_to_learn_from_is_said():
    told = []
    with pytest.raises(TaggerError, match="got too few"):
        fit(lessons(20), name="small", data="", tell=told.append)
    assert all(f"at least {MIN_WRONG}" in line for line in told)
    assert len(told) == 5


def test_truth_is_what_the_rules_see_with_gold_alone():
    wrong = lesson(3)
    assert is_clean(wrong)
    assert {name: bool(found) for name, found in truth_of(wrong).found.items()} == {
        "IAV": True,
        "IAC": False,
        "wrong_tool": False,
        "extra_call": False,
        "unneeded_call": False,
    }
    labels = {row.argument: row.labels["IAV"] for row in example_of(View(wrong), truth_of(wrong)).rows["argument"]}
    assert labels == {"room": False, "mode": True, "hours": False}
    assert truth_of(run()) == Truth(found={})


@pytest.mark.parametrize(
    ("ranked", "precision", "expected"),
    [
        pytest.param([(0.9, True)] * 19, 0.8, None, id="too few to say"),
        pytest.param([(0.9, True)] * 20, 0.8, 0.9, id="enough"),
        pytest.param([(0.9, True)] * 40 + [(0.5, False)] * 2, 0.8, 0.5, id="surely as many wrong as asked"),
        pytest.param([(0.9, True)] * 20 + [(0.5, False)] * 5, 0.8, 0.9, id="as many wrong as asked, but by luck"),
        pytest.param([(0.9, True)] * 20 + [(0.5, True), (0.5, False)] * 5, 0.8, 0.9, id="a tie is flagged whole"),
        pytest.param([(0.9, False)] * 30, 0.8, None, id="never"),
    ],
)
def test_a_threshold_is_the_least_probability_that_is_precise_enough(ranked, precision, expected):
    assert threshold(ranked, precision) == expected


def leaf(**changed):
    plain = {"feature": (0, 0, 0), "threshold": (1.0, 0.0, 0.0), "left": (1, 0, 0), "right": (2, 0, 0), "value": (0.0, 1.0, -1.0)}
    return Forest(base=0.0, trees=(Tree(**plain | changed),))


@pytest.mark.parametrize(
    ("forest", "expected"),
    [
        pytest.param(leaf(), None, id="a tree"),
        pytest.param(leaf(left=(0, 0, 0), right=(2, 0, 0)), "a tree's nodes do not lead on", id="a circle"),
        pytest.param(leaf(right=(9, 0, 0)), "a tree's nodes do not lead on", id="a node that is not there"),
        pytest.param(leaf(feature=(7, 0, 0)), "a tree asks for a feature that is not there", id="no such feature"),
        pytest.param(leaf(value=(0.0, float("nan"), 0.0)), "a tree holds what is no number", id="no number"),
        pytest.param(leaf(value=(0.0,)), "a tree's lists differ in length or are empty", id="lists of other lengths"),
    ],
)
def test_a_forest_that_is_none_is_refused(forest, expected):
    assert forest.fault(2) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "is no tagger", id="empty"),
        pytest.param("[" * 100_000, "is no tagger", id="nested without end"),
        pytest.param('{"version": 1}', "is no tagger", id="not all of it"),
        pytest.param(None, "can not be read", id="absent"),
    ],
)
def test_a_file_that_is_no_tagger_is_refused(tmp_path, text, why):
    path = tmp_path / "model.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(TaggerError, match=why):
        load_model(path)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("version", 99, "version 99"),
        ("features", {"argument": ["a"], "call": ["b"], "trajectory": ["c"]}, "other features"),
        ("heads", {"IAX": None}, "no tagger|not tagged"),
    ],
)
def test_a_tagger_of_another_version_is_refused(tmp_path, model, field, value, why):
    path = tmp_path / "model.json"
    path.write_bytes(msgspec.json.encode({**msgspec.to_builtins(model), field: value}))
    with pytest.raises(TaggerError, match=why):
        load_model(path)


def test_the_shipped_tagger_can_be_used_and_is_small():
    path = shipped()
    assert path.stat().st_size < 400_000
    assert set(load_model(path).heads) <= {"IAV", "IAC", "wrong_tool", "unneeded_call", "extra_call"}
