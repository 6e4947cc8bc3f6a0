"""``docs/result-folder.md`` names the columns and keys that are written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spectool.results.columns import OPTIONAL_TABLES, TABLES
from spectool.results.folder import SCHEMA_VERSION
from spectool.results.summary import ModelSummary, PatternSummary, Summary

PAGE = (Path(__file__).parents[2] / "docs" / "result-folder.md").read_text(encoding="utf-8")


EVERY_TABLE = {**TABLES, **OPTIONAL_TABLES}
# Tables of one shape share a section.
HEADINGS = {"tagged": "tagged.parquet, judged.parquet", "judged": "tagged.parquet, judged.parquet"}


@pytest.mark.parametrize("table", EVERY_TABLE)
def test_the_page_lists_the_columns_in_order(table):
    section = PAGE.split(f"## {HEADINGS.get(table, f'{table}.parquet')}\n")[1].split("\n## ")[0]
    kinds = {"list": "list of string"}
    listed = re.findall(r"^\| `(\w+)` \| ([\w ]+) \|", section, re.MULTILINE)
    assert listed == [(name, kinds.get(kind, kind)) for name, kind in EVERY_TABLE[table].items()]


def test_the_page_names_every_key_of_the_summary():
    section = PAGE.split("## summary.json\n")[1]
    totals = {"model", "trajectories", "tasks", "steps", "calls", "passed", "failed", "undecided", "without_tools", "without_gold"}
    keys = {*Summary.__struct_fields__, *ModelSummary.__struct_fields__, *PatternSummary.__struct_fields__} - totals - {"error", "level"}
    assert sorted(key for key in keys if f"`{key}`" not in section) == []
    assert f"`schema_version` (now {SCHEMA_VERSION})" in PAGE
