"""The report as one HTML file: no script, no request, no style but its own, whatever a model wrote.

The Content-Security-Policy forbids everything except the one style sheet, which it names by its hash: even an attribute ``style`` that got
in would do nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from spectool.report.contents import Report
from spectool.report.html_changes import compared, concentrated, confused, following
from spectool.report.html_element import Html, joined, tag
from spectool.report.html_overview import holds, spent, suspected
from spectool.report.html_patterns import heat_map, models
from spectool.report.words import is_spent, kept_back

TITLE = "SpecTool report"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One section of the page."""

    id: str
    title: str
    body: Html


def html_page(report: Report) -> str:
    """The whole file."""
    parts = list(_parts(report))
    top = tag("header", tag("h1", TITLE), tag("p", f"spectool {report.spectool}", class_="quiet"))
    contents = tag("ol", (tag("li", tag("a", each.title, href=f"#{each.id}")) for each in parts))
    sections = (tag("section", tag("h2", each.title), each.body, id=each.id) for each in parts)
    foot = tag("footer", tag("p", kept_back(report)))
    body = tag("body", top, tag("nav", contents, aria_label="Contents"), tag("main", joined(*sections), foot))
    return f"<!doctype html>\n{tag('html', _head(), body, lang='en')}\n"


def _parts(report: Report) -> Iterator[Part]:
    yield Part(id="holds", title="What this holds", body=joined(*holds(report)))
    yield Part(id="harness", title="The harness first", body=joined(*suspected(report)))
    yield Part(id="patterns", title="Patterns by model", body=joined(*heat_map(report)))
    yield Part(id="models", title="Model by model", body=joined(*models(report)))
    yield Part(id="slices", title="Where it concentrates", body=joined(*concentrated(report)))
    if len(report.models) > 1:
        yield Part(id="compare", title="Compared", body=joined(*compared(report)))
    if report.confused:
        yield Part(id="confused", title="What is mistaken for what", body=joined(*(joined(*confused(each)) for each in report.confused)))
    if is_spent(report):
        yield Part(id="spent", title="Size, time and tokens", body=joined(*spent(report)))
    yield Part(id="next", title="What to do next", body=joined(*following(report)))


def _head() -> Html:
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", TITLE),
        tag("style", Html(style)),
    )


@cache
def _style() -> str:
    return Path(__file__).with_name("report.css").read_text(encoding="utf-8")
