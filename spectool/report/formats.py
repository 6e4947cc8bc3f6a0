"""The formats that a report is written in, by the ending of its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from spectool.report.contents import Report
from spectool.report.html_page import html_page
from spectool.report.markdown_page import markdown_page


def json_page(report: Report) -> str:
    """The whole of it as JSON, indented."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"


FORMATS: Mapping[str, Callable[[Report], str]] = {".html": html_page, ".md": markdown_page, ".json": json_page}
