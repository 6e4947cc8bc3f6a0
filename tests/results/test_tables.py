"""Several result folders as one set of tables."""

from __future__ import annotations

from pathlib import Path

from spectool.results.pipeline import classify_paths
from spectool.results.tables import connect, rows

DEMO = Path(__file__).parents[2] / "data" / "demo"


def test_attempts_of_two_folders_stay_apart_though_their_files_have_one_name(tmp_path):
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        classify_paths([DEMO / "outputs.smollm2-135m.jsonl"], out=folder, tasks=[DEMO / "tasks.jsonl"])
    one, both = connect(folders[0]), connect(*folders)
    (alone,) = rows(one, "SELECT count(*) AS n, count(DISTINCT key) AS keys, max(result) AS result FROM trajectories")
    assert alone == {"n": 136, "keys": 136, "result": 0}
    (together,) = rows(both, "SELECT count(*) AS n, count(DISTINCT key) AS keys, count(DISTINCT row) AS places FROM trajectories")
    assert together == {"n": 272, "keys": 272, "places": 272}
    joined = "SELECT t.result, count(*) AS n FROM findings f JOIN trajectories t USING (key) GROUP BY ALL ORDER BY ALL"
    (first,) = rows(one, joined)
    assert rows(both, joined) == [first, first | {"result": 1}]
