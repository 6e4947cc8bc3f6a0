"""Reading a result folder: counts, facets, pages, one trajectory, export; and folders that can not be opened."""

from __future__ import annotations

import csv
import io
import json
import threading

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from spectool.results.filters import Filter
from spectool.results.folder import ResultFolderError
from spectool.results.store import find_result_folders, open_folder


def cells(results, choices=Filter()):  # noqa: B008
    return {
        (cell.model, cell.error): (cell.findings, cell.candidates, cell.trajectories, cell.n, cell.assessed)
        for cell in results.matrix(choices)
    }


def test_the_matrix_counts_findings_trajectories_and_denominators(results):
    assert cells(results) == {
        ("small", "IAV"): (3, 1, 2, 4, 8),
        ("small", "IAC"): (0, 0, 0, 3, 3),
        ("large", "IAV"): (0, 0, 0, 4, 8),
        ("large", "IAC"): (0, 0, 0, 4, 4),
    }
    small = results.matrix()[0]
    assert (small.rate, small.per_opportunity, small.method, small.skipped) == (0.5, 3 / 8, "wilson", {})
    assert results.matrix()[1].skipped == {"no gold": 1}


def test_the_whole_matrix_is_the_summary_and_a_slice_is_computed_alike(results):
    everything = Filter(model=("small", "large"))
    assert results.matrix(everything) == results.matrix()
    assert cells(results, Filter(category=("even",)))["small", "IAV"] == (2, 1, 1, 2, 4)
    assert cells(results, Filter(error=("IAC",), model=("large",))) == {("large", "IAC"): (0, 0, 0, 4, 4)}


def test_a_cell_of_the_matrix_leads_to_as_many_rows(results):
    for cell in results.matrix():
        choices = Filter(model=(cell.model,), error=(cell.error,), counted=True)
        assert results.page(choices, unit="findings").total == cell.findings
        assert results.page(choices).total == cell.trajectories


@pytest.mark.parametrize(
    ("choices", "keys"),
    [
        pytest.param(Filter(), ["small-0", "small-1", "small-2", "small-3", "large-0", "large-1", "large-2", "large-3"], id="everything"),
        pytest.param(Filter(model=("small",), category=("odd",)), ["small-1", "small-3"], id="two choices must both hold"),
        pytest.param(Filter(error=("IAV",)), ["small-0", "small-1", "small-2"], id="trajectories with the pattern, candidates too"),
        pytest.param(Filter(subtype=("IAV.omitted", "ungrounded")), ["small-0", "small-2"], id="subtypes, with and without their pattern"),
        pytest.param(Filter(tier=("candidate",)), ["small-2"], id="a tier"),
        pytest.param(Filter(passed=("failed",)), ["small-0", "small-1"], id="failed"),
        pytest.param(Filter(tool=("get_weather",), fault=("agent",)), ["small-0", "small-1", "small-2"], id="tool and fault"),
        pytest.param(Filter(text="CITY 3"), ["small-3", "large-3"], id="text of the query, case ignored"),
        pytest.param(Filter(text="expected 'unit'"), ["small-0"], id="text of a message"),
        pytest.param(Filter(text="%"), [], id="a percent sign is no wildcard"),
        pytest.param(Filter(key="large-2"), ["large-2"], id="one key"),
        pytest.param(Filter(model=("x' OR '1'='1",), text="'; DROP VIEW trajectories; --"), [], id="SQL in a value is a value"),
    ],
)
def test_a_page_holds_what_the_choices_leave(results, choices, keys):
    page = results.page(choices)
    assert ([row["key"] for row in page.rows], page.total) == (keys, len(keys))


def test_pages_follow_each_other_and_say_the_total(results):
    pages = [results.page(limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [len(page.rows) for page in pages] == [3, 3, 2, 0]
    assert {page.total for page in pages} == {8}


@pytest.mark.parametrize(
    ("sort", "first"),
    [("place", "small-0"), ("-place", "large-3"), ("id", "small-0"), ("model", "large-0"), ("findings", "small-0")],
)
def test_pages_can_be_sorted(results, sort, first):
    assert results.page(sort=sort, limit=1).rows[0]["key"] == first
    assert results.page(Filter(error=("IAV",)), sort=sort, limit=1, unit="findings").total == 4


def test_an_unknown_sort_names_the_known_ones(results):
    with pytest.raises(ValueError, match="unknown sort 'row; DROP'; known: place, -place, id, model, findings"):
        results.page(sort="row; DROP")


def test_facets_count_under_the_other_choices(results):
    facets = results.facets(Filter(model=("small",), error=("IAV",), counted=True))
    shown = {name: [(facet.value, facet.findings, facet.trajectories) for facet in values] for name, values in facets.items()}
    assert shown == {
        "model": [("small", 3, 2)],
        "category": [("even", 2, 1), ("odd", 1, 1)],
        "environment": [("", 3, 2)],
        "passed": [("failed", 3, 2)],
        "error": [("IAV", 3, 2)],
        "subtype": [("IAV.other", 2, 2), ("IAV.omitted", 1, 1)],
        "tier": [("certain", 3, 2)],
        "fault": [("agent", 3, 2)],
        "tool": [("get_weather", 3, 2)],
    }
    assert [facet.value for facet in results.facets(Filter(model=("small",)))["model"]] == ["large", "small"]


def test_a_trajectory_opens_with_all_that_is_said_of_it(results):
    opened = results.trajectory("small-0")
    assert opened is not None
    assert opened.trajectory.tool_sets[0][0].name == "get_weather"
    assert [(each.error, each.subtype) for each in opened.findings] == [("IAV", "other"), ("IAV", "omitted")]
    assert [(each.error, each.assessed, len(each.findings), each.skipped) for each in opened.outcomes] == [
        ("IAV", 2, 2, None),
        ("IAC", 1, 0, None),
    ]
    assert (opened.findings[0].expected, opened.findings[0].got) == (["Paris"], "Rome")
    assert results.trajectory("nobody") is None


def test_neighbours_stay_within_the_choices(results):
    choices = Filter(model=("small",), category=("even",))
    steps = [results.neighbours(choices, key) for key in ("small-0", "small-2", "small-1")]
    assert [(each.previous, each.following, each.position, each.total) for each in steps] == [
        (None, "small-2", 1, 2),
        ("small-0", None, 2, 2),
        (None, None, 0, 2),
    ]


def test_export_holds_every_row_of_the_choices(results):
    choices = Filter(error=("IAV",))
    rows = list(csv.DictReader(io.StringIO(results.export(choices, "csv").decode())))
    lines = [json.loads(line) for line in results.export(choices, "jsonl").splitlines()]
    table = pq.read_table(pa.BufferReader(results.export(choices, "parquet"))).to_pylist()
    assert [row["subtype"] for row in rows] == [line["subtype"] for line in lines] == [row["subtype"] for row in table]
    assert lines == table
    assert len(rows) == 4


def test_a_spreadsheet_gets_no_formula(tmp_path, make):
    one = make.trajectory(0, id="=cmd|' /C calc'!A0", model="-1+1")
    make.write(tmp_path / "bad", [(one, make.verdict(one))])
    opened = open_folder(tmp_path / "bad")
    row = next(csv.DictReader(io.StringIO(opened.export(format="csv", unit="trajectories").decode())))
    exact = json.loads(opened.export(format="jsonl", unit="trajectories"))
    opened.close()
    assert (row["id"], row["model"]) == ("'=cmd|' /C calc'!A0", "'-1+1")
    assert (exact["id"], exact["model"]) == ("=cmd|' /C calc'!A0", "-1+1")


def test_an_unknown_export_format_names_the_known_ones(results):
    with pytest.raises(ValueError, match="unknown export format 'xlsx'; known: csv, jsonl, parquet"):
        results.export(format="xlsx")


def test_threads_may_share_an_open_folder(results):
    totals: list[int] = []
    threads = [threading.Thread(target=lambda: totals.extend(results.page().total for _ in range(5))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert totals == [8] * 40


@pytest.mark.parametrize("name", ["a[1]*?", "it's", "Zürich 🌍", "-o"])
def test_a_folder_may_have_any_name(tmp_path, make, name):
    one = make.trajectory(0)
    make.write(tmp_path / name, [(one, make.verdict(one))])
    opened = open_folder(tmp_path / name)
    assert opened.page().total == 1
    opened.close()


@pytest.mark.parametrize(
    ("summary", "message"),
    [
        pytest.param(None, "no result folder '.*'; make one with: spectool classify", id="nothing there"),
        pytest.param("{}", "is no result folder: it has no summary.json of ours", id="another summary.json"),
        pytest.param(
            '{"schema_version": 99}', "was written as version 99, this spectool reads version 1; classify again", id="a later version"
        ),
        pytest.param(
            '{"schema_version": 1}', "lacks trajectories.parquet, findings.parquet, outcomes.parquet, tools.parquet", id="files lost"
        ),
    ],
)
def test_a_folder_that_can_not_be_opened_says_why(tmp_path, summary, message):
    folder = tmp_path / "demo"
    if summary is not None:
        folder.mkdir()
        (folder / "summary.json").write_text(summary)
    with pytest.raises(ResultFolderError, match=message):
        open_folder(folder)


def test_a_broken_summary_is_no_traceback(folder):
    (folder / "summary.json").write_text('{"schema_version": 1}')
    opened = open_folder(folder)
    with pytest.raises(ResultFolderError, match=r"can not be read: .*missing required field"):
        opened.summary()
    opened.close()


def test_result_folders_are_found_below_and_links_are_not_followed(tmp_path, folder, make):
    one = make.trajectory(0)
    make.write(tmp_path / "deep" / "down" / "second", [(one, make.verdict(one))])
    make.write(tmp_path / ".hidden" / "third", [(one, make.verdict(one))])
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert sorted(path.name for path in find_result_folders(tmp_path)) == ["demo", "second"]
    assert find_result_folders(folder) == [folder]
    assert [path.name for path in find_result_folders(tmp_path, depth=1)] == ["demo"]


def test_the_stamp_changes_when_the_folder_is_replaced(folder, make):
    opened = open_folder(folder)
    before = opened.stamp
    one = make.trajectory(0)
    make.write(folder, [(one, make.verdict(one))])
    assert opened.stamp != before
    assert opened.page().total == 1
    opened.close()
