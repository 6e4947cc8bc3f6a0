"""``docs/errors.md`` says what the taxonomy says."""

from __future__ import annotations

import re
from pathlib import Path

from spectool.classify.taxonomy import load
from spectool.report.errors_page import page
from spectool.report.page_file import write_page

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"


def test_the_page_in_the_repository_is_the_one_generated() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run 'make docs' and commit docs/errors.md"


def test_every_error_and_subtype_has_its_place() -> None:
    text = page()
    for error in load().errors:
        part = text.split(f"### {error.code}: ")[1].split("\n### ")[0]
        assert all(f"| `{subtype.code}` |" in part for subtype in error.subtypes)


def test_every_link_in_the_table_leads_to_a_heading() -> None:
    text = page()
    headings = {
        re.sub(r"[^\w\- ]", "", line.removeprefix("### ")).lower().replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("### ")
    }
    assert set(re.findall(r"\(#([^)]*)\)", text)) <= headings


def test_the_command_writes_the_file_named(tmp_path: Path) -> None:
    write_page(page(), [str(tmp_path / "errors.md")])
    assert (tmp_path / "errors.md").read_text(encoding="utf-8") == page()
