"""What the pages share: the opened result folder, the filter as it stands in the URL, and links that carry both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from spectool.classify.taxonomy import load
from spectool.results.filters import Filter
from spectool.results.store import Results, find_result_folders, open_folder

FACETS = ("model", "error", "subtype", "tier", "fault", "tool", "category", "environment", "passed")
EMPTY = """
No result folder was found below `{start}`.

Make one from any file of model outputs, then reload this page:

```
spectool classify outputs.jsonl            # writes results/outputs.jsonl/
spectool classify --help                   # formats, tools, gold
```

In a checkout, `make demo` classifies the recorded outputs of two real models.
"""


def choose_folder(start: Path) -> Path | None:
    """The result folder that the URL names or the sidebar chooses, below ``start`` only; ``None`` when there is none."""
    folders = find_result_folders(start)
    if not folders:
        return None
    names = {str(folder.relative_to(start)): folder for folder in folders}
    asked = st.query_params.get("results", "")
    index = list(names).index(asked) if asked in names else 0
    shown = {name: start.name if name == "." else name for name in names}
    chosen = str(st.sidebar.selectbox("Result folder", list(names), index=index, format_func=lambda name: shown[name], key="results"))
    if asked and asked not in names:
        st.warning(f"No result folder '{plain(asked)}' here; showing {plain(chosen)}.")
    # Not bound: a bound widget leaves its default out of the URL, and the default changes with new results.
    st.query_params["results"] = chosen
    return names[chosen]


@st.cache_resource(max_entries=8, show_spinner="Opening results …")
def _open(folder: str, stamp: float) -> Results:
    return open_folder(folder)


def results() -> Results:
    """The chosen folder, opened once and again when it is replaced."""
    folder = st.session_state["folder"]
    return _open(folder, (Path(folder) / "summary.json").stat().st_mtime)


def url_filter() -> Filter:
    """The filter that the URL carries, as its own parameters or packed as ``within``; unknown names are ignored."""
    packed = st.query_params.get("within")
    given = parse_qs(packed) if packed is not None else {name: st.query_params.get_all(name) for name in st.query_params}
    chosen: dict[str, Any] = {name: tuple(given.get(name, ())) for name in FACETS}
    return Filter(**chosen, counted=True if given.get("counted") == ["true"] else None, text="".join(given.get("text", ())[:1]))


def _params(filter: Filter) -> dict[str, list[str]]:
    params = {name: list(values) for name in FACETS if (values := getattr(filter, name))}
    return params | ({"counted": ["true"]} if filter.counted else {}) | ({"text": [filter.text]} if filter.text else {})


def to_browse(filter: Filter) -> dict[str, Any]:
    """Query parameters that lead to the browse page under ``filter``."""
    return {"results": st.session_state["results"], **_params(filter)}


def to_trajectory(filter: Filter, key: str) -> dict[str, Any]:
    """Query parameters that lead to one trajectory and, from there, on within ``filter``.

    The filter travels packed: on leaving browse, Streamlit takes the parameters that its widgets are bound to out of the URL.
    """
    packed = urlencode(_params(filter), doseq=True)
    return {"results": st.session_state["results"], "key": key} | ({"within": packed} if packed else {})


def colours() -> dict[str, str]:
    """The taxonomy's colour of each error."""
    return {error.code: error.colour for error in load().errors}


def names() -> dict[str, str]:
    """The taxonomy's name of each error."""
    return {error.code: error.name for error in load().errors}


def plain(text: object) -> str:
    """A text that a model or a log wrote, with every character that Markdown would read escaped."""
    return re.sub(r"([\\\\`*_{}\[\]()#+\-.!|<>~$:])", r"\\\1", str(text))


def percent(value: float | None) -> str:
    """A fraction as a percentage; a dash where nothing was judged."""
    return "–" if value is None else f"{value:.1%}"


def joined(values: Iterable[str]) -> str:
    """Values as one short line."""
    return ", ".join(values) or "–"
