"""The benchmark of suspect gold: what counts as changed, and figures over rankings with ties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.gold_suspects import Change, Ranked, auroc, changes, expected_hits, rank

BEFORE = [{"f": {"a": [1, 2], "b": ["x"]}}]
TWO = [{"name": "f"}, {"name": "g"}]
CHANGES: dict[str, tuple[Any, Any, list[str]]] = {
    "nothing": (BEFORE, {}, []),
    "the order of alternatives and of arguments": ([{"f": {"b": ["x"], "a": [2, 1]}}], {}, ["trivial"]),
    "the name, where one function is offered": ([{"F": BEFORE[0]["f"]}], {}, ["trivial"]),
    "the name, where several are": ([{"g": BEFORE[0]["f"]}], {"function": TWO}, ["gold mended"]),
    "one more alternative": ([{"f": {"a": [1, 2, 3], "b": ["x"]}}], {}, ["gold mended"]),
    "one more call": ([*BEFORE, *BEFORE], {}, ["gold mended"]),
}


def write(folder: Path, version: str, category: str, row: dict[str, Any], answer: Any) -> None:
    for path, line in ((folder / version, row), (folder / version / "possible_answer", {"id": row["id"], "ground_truth": answer})):
        path.mkdir(parents=True, exist_ok=True)
        (path / f"BFCL_{version}_{category}.json").write_text(json.dumps(line) + "\n")


@pytest.mark.parametrize(("after", "more", "kinds"), CHANGES.values(), ids=CHANGES)
def test_what_differs_between_two_versions(tmp_path: Path, after: Any, more: dict[str, Any], kinds: list[str]) -> None:
    row = {"question": [["?"]], "function": [{"name": "f"}]} | more
    write(tmp_path, "v3", "simple", {**row, "id": "simple_0"}, BEFORE)
    write(tmp_path, "v4", "simple_python", {**row, "id": "simple_python_0"}, after)
    assert [each.kind for each in changes(tmp_path)] == kinds


def test_a_mended_question_and_a_removed_item_are_told_apart(tmp_path: Path) -> None:
    row = {"id": "multiple_0", "question": [["?"]], "function": TWO}
    write(tmp_path, "v3", "multiple", row, BEFORE)
    write(tmp_path, "v4", "multiple", {**row, "question": [["!"]]}, BEFORE)
    assert list(changes(tmp_path)) == [Change("multiple_0", "question mended", BEFORE, BEFORE)]
    write(tmp_path, "v4", "multiple", {**row, "id": "multiple_1"}, BEFORE)
    assert [each.kind for each in changes(tmp_path)] == ["removed"]


WAY = Ranked("way", {"a": 3.0, "b": 2.0, "c": 2.0, "d": 2.0, "e": 1.0})


@pytest.mark.parametrize(("k", "hits"), [(1, 0.0), (2, 1 / 3), (3, 2 / 3), (4, 1.0), (5, 2.0), (9, 2.0)])
def test_hits_are_the_mean_over_the_orders_of_ties(k: int, hits: float) -> None:
    assert expected_hits(WAY, frozenset({"c", "e"}), k) == pytest.approx(hits)


def test_a_tie_counts_half_in_the_auroc() -> None:
    assert auroc(WAY, frozenset({"a"})) == 1.0
    assert auroc(WAY, frozenset({"c"})) == pytest.approx((1 + 0.5 + 0.5) / 4)


def test_ranks_name_the_places_of_ties() -> None:
    assert [rank(WAY, task) for task in "abe"] == ["1", "2–4", "5"]


def test_the_public_files_hold_what_the_page_says(shared_data: Path) -> None:
    found = list(changes(shared_data / "bfcl" / "datasets"))
    assert [each.task for each in found if each.kind == "gold mended"] == [
        "live_parallel_9-5-0",
        "live_simple_205-116-13",
        "parallel_155",
        "parallel_158",
    ]
    assert [each.task for each in found if each.kind == "trivial"] == ["javascript_41", "simple_363"]
    assert sum(each.kind == "question mended" for each in found) == 5
