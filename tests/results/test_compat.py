"""``--compat`` in a result folder: one row a trajectory and system, counts per model, and nothing at all where it was not asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from spectool.classify.compat.registry import SYSTEMS
from spectool.results.columns import OPTIONAL_TABLES
from spectool.results.pipeline import classify_paths
from spectool.results.summary import CompatSummary, Summary
from spectool.results.tables import connect, rows

FUNCTION = {
    "name": "area",
    "description": "",
    "parameters": {"type": "dict", "properties": {"base": {"type": "integer"}}, "required": ["base"]},
}
SAID = ["[area(base=10)]", "[area(base='10')]", "[area(base=11)]", "None fits.", "[area(base=10)]"]
PUBLISHED = [(1, "type_error:simple"), (2, "value_error:string"), (3, "ast_decoder:decoder_failed"), (4, "value_error:others")]


def _lines(path: Path, made: list[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in made), encoding="utf-8")


@pytest.fixture
def bfcl(tmp_path: Path) -> Path:
    """Five answers of one model to questions of v3; the published verdict of the last is wrong, and so is the label of the third."""
    name = "BFCL_v3_simple"
    asked = [{"id": f"simple_{n}", "question": [[{"role": "user", "content": "?"}]], "function": [FUNCTION]} for n in range(5)]
    _lines(tmp_path / "data" / f"{name}.json", asked)
    answers = [{"id": f"simple_{n}", "ground_truth": [{"area": {"base": [10]}}]} for n in range(5)]
    _lines(tmp_path / "data" / "possible_answer" / f"{name}.json", answers)
    _lines(tmp_path / "result" / "m" / f"{name}_result.json", [{"id": f"simple_{n}", "result": text} for n, text in enumerate(SAID)])
    failures = [{"id": f"simple_{n}", "valid": False, "error_type": label} for n, label in PUBLISHED]
    _lines(tmp_path / "score" / "m" / f"{name}_score.json", [{"accuracy": 0.2, "correct_count": 1, "total_count": 5}, *failures])
    return tmp_path


def run(bfcl: Path, *compat: str, tasks: bool = True, workers: int = 1) -> Summary:
    """Classifies the model's answers into the folder ``out``."""
    given = [bfcl / "data"] if tasks else []
    return classify_paths([bfcl / "result"], out=bfcl / "out", tasks=given, compat=compat, workers=workers)


def table(folder: Path) -> list[dict[str, Any]]:
    with connect(folder) as connection:
        return rows(connection, "SELECT c.* EXCLUDE (row, key), t.id FROM compat c JOIN trajectories t USING (key) ORDER BY c.row")


@pytest.mark.parametrize("workers", [1, 2])
def test_bfcls_verdict_stands_beside_the_published_one(bfcl: Path, workers: int):
    summary = run(bfcl, "bfcl", workers=workers)
    assert [(row["id"], row["passed"], row["label"]) for row in table(bfcl / "out")] == [
        ("simple_0", True, "ok"),
        ("simple_1", False, "type_error:simple"),
        ("simple_2", False, "value_error:others"),
        ("simple_3", False, "ast_decoder:decoder_failed"),
        ("simple_4", True, "ok"),
    ]
    assert summary.compat == (
        CompatSummary(
            system="bfcl", model="m", trajectories=5, judged=5, passed=2, published=5, agree=4,
            published_failures=4, same_label=2, scores={}, scored={},
        ),
    )  # fmt: skip
    assert summary.settings.compat == ("bfcl",)


def test_what_has_no_verdict_neither_agrees_nor_disagrees(bfcl: Path):
    (found,) = run(bfcl, "bfcl", tasks=False).compat
    assert (found.trajectories, found.judged, found.published, found.agree, found.published_failures) == (5, 0, 0, 0, 0)
    assert {row["reason"] for row in table(bfcl / "out")} == {
        "expected the question with its possible answers; pass --tasks with BFCL's dataset folder"
    }


def test_toolscans_scores_are_means_over_what_could_be_judged(bfcl: Path):
    bfcl_, toolscan = run(bfcl, "bfcl", "toolscan").compat
    assert (bfcl_.system, toolscan.system, toolscan.judged, toolscan.published) == ("bfcl", "toolscan", 0, 0)
    assert toolscan.scored == dict.fromkeys(("IAC", "IAV", "IAN", "IAT", "RAC", "IFN", "IFE", "success"), 5)
    assert (toolscan.scores["IAC"], toolscan.scores["IAT"]) == (pytest.approx(0.8), pytest.approx(0.98))
    assert [row["system"] for row in table(bfcl / "out")] == ["bfcl"] * 5 + ["toolscan"] * 5


def test_a_folder_made_without_it_has_no_such_table(bfcl: Path):
    run(bfcl, "bfcl")
    summary = run(bfcl)
    assert (summary.compat, summary.settings.compat) == ((), ())
    assert not [name for name in OPTIONAL_TABLES if (bfcl / "out" / f"{name}.parquet").exists()]


def test_every_system_is_offered_by_the_command():
    from spectool.cli.classify import command

    offered = next(option for option in command.params if option.name == "compat").type
    assert sorted(offered.choices) == sorted(SYSTEMS)
