"""What the terminal says of other systems' rulings."""

from __future__ import annotations

import pytest

from spectool.cli.compat import compat_lines
from spectool.results.summary import CompatSummary, Counts, Settings, Summary

NOTHING = dict.fromkeys(("judged", "passed", "published", "agree", "published_failures", "same_label"), 0)


def shown(*found: CompatSummary) -> list[str]:
    summary = Summary(
        schema_version=1, spectool="0", created="", inputs=(), settings=Settings(), counts=Counts(), models=(), rejected=(), crashed=(),
        notes=(), compat=found,
    )  # fmt: skip
    return [line.plain for line in compat_lines(summary)]


def bfcl(**fields: int) -> CompatSummary:
    return CompatSummary(system="bfcl", model="m", trajectories=1200, scores={}, scored={}, **{**NOTHING, **fields})


CASES = {
    "published and all judged": (
        bfcl(judged=1200, passed=900, published=1200, agree=1199, published_failures=300, same_label=298),
        [
            "BFCL's verdict (--compat bfcl)",
            "  m  900 of 1,200 passed",
            "    published verdict: 1,200 rows, 1,199 agree, 1 disagree; first label the same in 298 of 300 failures",
            "",
        ],
    ),
    "nothing published, some without a verdict": (
        bfcl(judged=1000, passed=900),
        ["BFCL's verdict (--compat bfcl)", "  m  900 of 1,000 passed; no verdict on 200", ""],
    ),
    "no verdict at all": (
        bfcl(),
        ["BFCL's verdict (--compat bfcl)", "  m  no verdict on any of 1,200 trajectories; reasons are in compat.parquet", ""],
    ),
    "scores": (
        CompatSummary(
            system="toolscan", model="", trajectories=10, scores={"IAC": 0.5, "success": 2 / 3}, scored={"IAC": 10, "success": 9}, **NOTHING
        ),
        ["ToolScan's accuracies (--compat toolscan)", "  (no model named)  IAC 0.500 · success 0.667 (n = 9)", ""],
    ),
}


@pytest.mark.parametrize(("found", "lines"), CASES.values(), ids=CASES)
def test_a_block_a_system(found, lines):
    assert shown(found) == lines


def test_nothing_where_none_was_asked_for():
    assert shown() == []
