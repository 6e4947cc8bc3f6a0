"""The HTML page: what is in it whatever a model wrote, and what never is."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from html.parser import HTMLParser

from spectool.report.contents import Report
from spectool.report.html_element import Html, joined, tag, text
from spectool.report.html_page import html_page

ELEMENTS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "nav",
        "main",
        "section",
        "article",
        "footer",
        "h1",
        "h2",
    ),
    *(
        "h3",
        "h4",
        "p",
        "ol",
        "ul",
        "li",
        "a",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ),
    *(
        "div",
        "span",
        "b",
        "strong",
        "small",
        "details",
        "summary",
        "figure",
        "figcaption",
        "dl",
        "dt",
        "dd",
        "pre",
        "code",
    ),
    *(
        "blockquote",
        "bdi",
        "mark",
        "svg",
        "rect",
        "line",
        "circle",
        "path",
        "text",
    ),
}
ATTRIBUTES = {
    *(
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "id",
        "class",
        "scope",
        "tabindex",
        "role",
        "aria-label",
        "open",
        "href",
        "viewbox",
    ),
    *(
        "width",
        "height",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "d",
        "stroke-width",
    ),
}
VOID = frozenset({"meta", "rect", "line", "circle", "path"})


class Read(HTMLParser):
    """Every element with its attributes, and all text; elements must close in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.said: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, name, attributes) -> None:
        self.elements.append((name, dict(attributes)))
        if name not in VOID:
            self.open.append(name)

    def handle_startendtag(self, name, attributes) -> None:
        self.elements.append((name, dict(attributes)))

    def handle_endtag(self, name) -> None:
        assert self.open.pop() == name

    def handle_data(self, data) -> None:
        self.said.append(data)


def test_a_hostile_folder_brings_in_no_element_and_no_attribute(hostile: Report) -> None:
    read = Read(html_page(hostile))
    assert {name for name, _ in read.elements} <= ELEMENTS
    assert {name for _, attributes in read.elements for name in attributes} <= ATTRIBUTES
    assert {attributes["href"][:1] for name, attributes in read.elements if name == "a"} == {"#"}
    assert read.open == []


def test_hostile_text_is_there_as_text(hostile: Report) -> None:
    said = "".join(Read(html_page(hostile)).said)
    for piece in ("<script>document.title='owned'", "onerror=alert(1)", "[click](javascript:alert(3))", "&lt;script&gt;alert(5)"):
        assert piece in said


def test_no_character_moves_reorders_or_hides(hostile: Report) -> None:
    page = html_page(hostile)
    assert [character for character in "\x00\x07\x1b\u202e\u2066\u200b\u200d\ufeff" if character in page] == []


def test_megabytes_are_cut(hostile: Report) -> None:
    assert len(html_page(hostile).encode()) < 1_000_000


def test_the_policy_allows_the_one_style_sheet_by_its_hash(two_models: Report) -> None:
    page = html_page(two_models)
    (policy,) = [each["content"] for name, each in Read(page).elements if each.get("http-equiv") == "Content-Security-Policy"]
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert page.count("<style>") == 1
    assert "url(" not in style
    assert "@import" not in style


def test_it_is_one_file_without_script_or_address(two_models: Report) -> None:
    read = Read(html_page(two_models))
    assert not {"script", "link", "img", "iframe", "object"} & {name for name, _ in read.elements}
    assert not [attributes for _, attributes in read.elements if {"src", "srcset", "style"} & set(attributes)]


def test_every_chart_says_what_it_shows_and_every_contents_entry_leads_somewhere(two_models: Report) -> None:
    elements = Read(html_page(two_models)).elements
    charts = [attributes for name, attributes in elements if name == "svg"]
    assert charts
    assert all(each["role"] == "img" and each["aria-label"] for each in charts)
    ids = Counter(attributes["id"] for _, attributes in elements if "id" in attributes)
    assert max(ids.values()) == 1
    assert {attributes["href"].removeprefix("#") for name, attributes in elements if name == "a"} <= set(ids)


def test_the_sections_stand_in_the_order_of_reading(two_models: Report) -> None:
    page = html_page(two_models)
    titles = [piece.partition("</h2>")[0] for piece in page.split("<h2>")[1:]]
    assert titles == [
        *("What this holds", "The harness first", "Patterns by model", "Model by model", "Where it concentrates", "Compared"),
        *("Size, time and tokens", "What to do next"),
    ]


def test_a_heat_map_cell_holds_its_number(two_models: Report) -> None:
    page = html_page(two_models)
    assert '<td class="number heat-7"><b>75.0 %</b> <small>30 of 40</small></td>' in page
    assert '<td class="number unjudged">not judged</td>' in page


def test_only_markup_made_here_is_markup() -> None:
    assert tag("p", "<b>", Html("<b>x</b>"), title='"><x') == '<p title="&quot;&gt;&lt;x">&lt;b&gt;<b>x</b></p>'
    assert joined("a & b", [text("<"), "c"]) == "a &amp; b&lt;c"
    assert tag("rect", x=1, class_="track") == '<rect x="1" class="track"/>'
    assert tag("details", "x", open=True, hidden=False, id=None) == "<details open>x</details>"
