"""What to label next: by filter, in order or drawn, without what a person has finished."""

from __future__ import annotations

import pytest

from spectool.model import Opinion
from spectool.results.filters import Filter
from spectool.results.labels import Labels
from spectool.results.labels_entry import Label
from spectool.results.labels_queue import queue
from spectool.results.opinions import write_opinions
from spectool.results.tables import connect

EVERY = {f"{model}-{number}" for model in ("small", "large") for number in range(4)}


def keys(found):
    return [each.key for each in found.waiting]


@pytest.fixture
def asked(folder):
    """Asks the queue of a folder with what tagger and judge think."""
    write_opinions(
        folder, "tagger", [Opinion(key="large-1", error="IAV", by="t", tier="likely"), Opinion(key="small-0", error="IAV", by="t")]
    )
    write_opinions(
        folder, "judge", [Opinion(key="large-2", error="IAV", by="j"), Opinion(key="small-3", error="IAC", by="j", tier="likely")]
    )
    connection = connect(folder)
    yield lambda annotator="ann", **how: queue(connection, Labels(folder), annotator, **how)
    connection.close()


def test_the_next_is_the_first_that_this_person_has_not_finished(asked, folder):
    labels = Labels(folder)
    labels.add(
        Label(key="small-0", annotator="ann", verdict="finished"), Label(key="small-1", annotator="ann", verdict="add", pattern="IAV")
    )
    labels.add(Label(key="small-2", annotator="ann", verdict="finished", pattern="IAV"))
    found = asked(limit=2, without=["small-1"])
    assert (keys(found), found.left, found.total) == (["small-2", "small-3"], 6, 8)
    assert (found.waiting[0].id, found.waiting[0].model) == ("task-2", "small")
    assert keys(asked("bob", limit=1)) == ["small-0"]
    labels.undo("ann")
    labels.undo("ann")
    assert keys(asked(limit=1)) == ["small-0"]


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        pytest.param(Filter(model=("large",)), {"large-0", "large-1", "large-2", "large-3"}, id="a model"),
        pytest.param(Filter(error=("IAV",), counted=True), {"small-0", "small-1"}, id="a pattern"),
        pytest.param(Filter(error=("IAV",), subtype=("omitted",)), {"small-0"}, id="a subtype"),
        pytest.param(Filter(text="city 3", model=("small",)), {"small-3"}, id="a text"),
        pytest.param(Filter(model=("none",)), set(), id="nothing"),
    ],
)
def test_a_filter_narrows_every_queue(asked, choices, expected):
    for drawn in ("all", "random"):
        found = asked(choices=choices, drawn=drawn)
        assert (set(keys(found)), found.left, found.total) == (expected, len(expected), len(expected))


def test_a_random_draw_is_the_same_for_its_seed_and_another_for_another(asked):
    first = keys(asked(drawn="random", seed=1))
    assert set(first) == EVERY
    assert first == keys(asked(drawn="random", seed=1))
    assert len({tuple(keys(asked(drawn="random", seed=seed))) for seed in range(8)}) > 5


def test_failures_are_runs_that_failed_by_reward_or_else_by_our_verdict(asked):
    found = asked(drawn="failure")
    assert (set(keys(found)), found.total) == ({"small-0", "small-1", "large-0"}, 3)


def test_uncertain_is_where_sides_differ_then_candidates_then_what_is_likely(asked):
    found = asked(drawn="uncertain")
    assert [(each.key, each.reasons) for each in found.waiting][2:] == [("small-2", ("candidate IAV",))]
    assert {each.key: each.reasons for each in found.waiting[:2]} == {
        "large-1": ("tagger and rules differ on IAV",),
        "small-0": ("tagger and rules differ on IAV",),
    }
    assert (found.left, found.total) == (3, 3)


def test_a_folder_without_opinions_has_its_own_uncertain_ones(folder):
    with connect(folder) as connection:
        assert keys(queue(connection, Labels(folder), "ann", drawn="uncertain")) == ["small-2"]
