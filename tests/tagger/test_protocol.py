"""The figures of the card: how they are measured, and that what is held out is held out."""

from __future__ import annotations

import pytest

from benchmarks.loading import trajectories
from benchmarks.tagger_data import disagreement, kept, without
from benchmarks.tagger_measures import cell_auroc, measured, reliability
from benchmarks.tagger_protocol import FOLDS, fold_of, seen
from spectool.tagger.examples import group_of
from spectool.tagger.features.registry import names
from tests.tagger.world import lesson, lessons, run


@pytest.mark.parametrize(
    ("wrong", "said", "expected"),
    [
        pytest.param([1] * 5 + [0] * 5, [0.9] * 5 + [0.1] * 5, 1.0, id="told apart"),
        pytest.param([1] * 5 + [0] * 5, [0.1] * 5 + [0.9] * 5, 0.0, id="the other way round"),
        pytest.param([1] * 5 + [0] * 5, [0.5] * 10, 0.5, id="a tie counts half"),
        pytest.param([1] * 4 + [0] * 9, [0.5] * 13, None, id="too few wrong ones"),
    ],
)
def test_auroc_of_a_cell(wrong, said, expected):
    assert cell_auroc([bool(each) for each in wrong], said) == expected


def test_figures_are_means_over_cells_not_over_outputs():
    good = [("a", True, 0.9)] * 5 + [("a", False, 0.1)] * 5
    blind = [("b", True, 0.5)] * 20 + [("b", False, 0.5)] * 60
    rows = good + blind
    found = measured([cell for cell, _, _ in rows], [str(at) for at in range(len(rows))], [w for _, w, _ in rows], [s for _, _, s in rows])
    assert found is not None
    assert (found.cells, found.outputs, found.wrong) == (2, 90, 25)
    assert found.auroc == 0.75
    assert found.base == 0.375
    assert found.precision == pytest.approx((1.0 + 0.25) / 2)
    assert found.low <= found.auroc <= found.high


def test_reliability_is_told_in_tenths():
    bins, error = reliability([True, False, True, True], [0.05, 0.05, 0.95, 0.95])
    assert [(each.outputs, each.said, each.wrong) for each in bins] == [(2, 0.05, 0.5), (2, 0.95, 1.0)]
    assert error == pytest.approx((0.45 + 0.05) / 2)


def test_a_hidden_model_is_seen_by_nobody():
    mine = run(key="a", model="x", gold=(("set_heater", {"room": "kitchen", "mode": "eco"}),))
    others = [run(calls=(("set_heater", {"room": "kitchen", "mode": "boost"}),), key=key, model=key) for key in ("y", "z")]
    each = next(iter(kept([mine, *others])))
    place = names("call").index("peers_same_call")
    assert each.disagreement == 1.0
    assert each.example.rows["call"][0].features[place] == 0.0
    assert without(each, "y").rows["call"][0].features[place] == 0.0
    assert seen(without(each, "y"), "beside") == "beside"
    alone = next(iter(kept([mine, others[0]])))
    assert without(alone, "y").rows["call"][0].features[place] == -1.0
    assert seen(without(alone, "y"), "beside") == "alone"
    assert without(alone, "z") == alone.example


def test_every_run_of_a_question_is_in_one_fold():
    assert {fold_of(each) for each in lessons(60)} == set(range(FOLDS))
    first, second = lesson(3), lesson(3, seed=0)
    assert group_of(first) == group_of(second)
    assert disagreement(first, [second]) == 0.0
    assert disagreement(first, []) == -1.0


def test_versions_of_bfcl_share_their_questions(shared_data):
    root = shared_data / "bfcl"
    third = trajectories(
        root / "results/v3/result/Qwen_Qwen3-8B/BFCL_v3_javascript_result.json", tasks=[root / "datasets/v3/BFCL_v3_javascript.json"]
    )
    folder = root / "results/v4/gemma4-e4b/result/roshangrewal_gemma4-e4b-toolcall-v02/non_live"
    fourth = trajectories(folder / "BFCL_v4_simple_javascript_result.json", tasks=[root / "datasets/v4/BFCL_v4_simple_javascript.json"])
    groups = [{group_of(each) for each in runs} for runs in (third, fourth)]
    assert len(groups[0]) == 50
    assert len(groups[0] & groups[1]) >= 45
