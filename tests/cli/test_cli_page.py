"""``docs/cli.md`` says what the verbs say."""

from __future__ import annotations

from pathlib import Path

from spectool.cli.page import page

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_page_in_the_repository_is_the_one_generated():
    assert PAGE.read_text(encoding="utf-8") == page(), "run 'make docs' and commit docs/cli.md"
