"""The Markdown page, rendered: no text of a model becomes markup."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from spectool.report.contents import Report
from spectool.report.markdown_page import markdown_page
from spectool.report.markdown_text import fence, prose, span, table

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"text", "softbreak", "code_inline", "fence", "inline"}
BLOCKS = {"heading", "paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td", "strong", "em"}
SIGNS = st.text(st.sampled_from("`|\\\n\r\t <>[]()!*_#~$@:/&;-=+.ab1\x1b\u202e\u200b{}\"'"), max_size=60)


def tokens(page: str) -> Iterator[Token]:
    for token in MARKDOWN.parse(page):
        yield token
        yield from token.children or ()


def kinds(page: str) -> set[str]:
    return {token.type.removesuffix("_open").removesuffix("_close") for token in tokens(page)}


def test_a_hostile_folder_brings_in_no_markup(hostile: Report) -> None:
    page = markdown_page(hostile)
    assert kinds(page) <= OURS | BLOCKS
    assert not [token for token in tokens(page) if token.type == "text" and any(sign in token.content for sign in ("://", "www.", "@"))]


def test_headings_are_ours(hostile: Report) -> None:
    lines = [line for line in markdown_page(hostile).splitlines() if line.startswith("## ")]
    assert lines[:3] == ["## The harness first", "## Patterns by model", "## `plain`"]
    every = list(MARKDOWN.parse(markdown_page(hostile)))
    titles = [every[place + 1].content for place, token in enumerate(every) if token.type == "heading_open"]
    assert "owned" not in titles


def test_hostile_text_is_there_as_code(hostile: Report) -> None:
    code = "\n".join(token.content for token in tokens(markdown_page(hostile)) if token.type in ("fence", "code_inline"))
    for piece in ("<script>document.title='owned'", "[click](javascript:alert(3))", "# owned"):
        assert piece in code


@given(SIGNS)
def test_a_span_is_one_piece_of_code_in_a_line(text: str) -> None:
    parsed = MARKDOWN.parse(f"before {span(text)} after")
    assert [token.type for token in parsed] == ["paragraph_open", "inline", "paragraph_close"]
    assert {token.type for token in parsed[1].children or ()} <= {"text", "code_inline"}


@given(SIGNS)
def test_a_span_does_not_leave_its_cell(text: str) -> None:
    page = "\n".join(table(["a", "b"], [[span(text), span("x")]]))
    assert [token.type for token in tokens(page)].count("td_open") == 2


@given(SIGNS)
def test_a_fence_holds_all_of_it(text: str) -> None:
    parsed = MARKDOWN.parse("\n".join(fence(text)))
    assert [token.type for token in parsed] == ["fence"]


@given(SIGNS)
def test_prose_is_prose(text: str) -> None:
    parsed = MARKDOWN.parse(f"We say {prose(text)}.")
    assert [token.type for token in parsed] == ["paragraph_open", "inline", "paragraph_close"]
    assert {token.type for token in parsed[1].children or ()} <= {"text", "text_special"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("", "–", id="nothing is a dash"),
        pytest.param("plain", "`plain`", id="plain"),
        pytest.param("a`b", "``a`b``", id="a backtick within"),
        pytest.param("`a`", "`` `a` ``", id="backticks at the ends"),
        pytest.param("a|b\nc", "`a¦b c`", id="bars and line ends"),
    ],
)
def test_spans(text: str, shown: str) -> None:
    assert span(text) == shown
