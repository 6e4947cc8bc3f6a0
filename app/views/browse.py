"""Browse: filter findings and trajectories, page through them, open one."""

from __future__ import annotations

import math
from typing import Literal

import pandas as pd
import streamlit as st
from opened import FACETS, results, to_trajectory, url_filter

from spectool.results.place import placed

PAGE = 50
COLUMNS = {
    "findings": ["error", "subtype", "tier", "model", "id", "tool", "message", "passed"],
    "trajectories": ["id", "model", "category", "environment", "passed", "calls", "findings", "patterns", "query", "output"],
}

opened = results()
st.title("Browse")
shows = st.segmented_control("Show", list(COLUMNS), default="findings", required=True, key="unit", bind="query-params")
unit: Literal["trajectories", "findings"] = "trajectories" if shows == "trajectories" else "findings"
facets = opened.facets(url_filter())
with st.sidebar:
    st.text_input("Search in id, query, tool, message", key="text", bind="query-params")
    st.toggle("Only what counts against the model", key="counted", bind="query-params")
    for name in FACETS:
        values = [facet.value for facet in facets.get(name, [])]
        if options := list(dict.fromkeys([*values, *st.query_params.get_all(name)])):
            st.multiselect(name, options, key=name, bind="query-params", placeholder=f"{len(options):,} to choose from")
    with st.expander("Counts in this filter"):
        for name in FACETS:
            rows = [{name: f.value, "findings": f.findings, "trajectories": f.trajectories} for f in facets.get(name, [])]
            if len(rows) > 1:
                st.dataframe(rows, hide_index=True, key=f"counts-{name}")

chosen = url_filter()
total = opened.page(chosen, limit=1, offset=0, unit=unit).total
left, right = st.columns([3, 2], vertical_alignment="center")
with right:
    page = st.pagination(max(math.ceil(total / PAGE), 1), key="page", bind="query-params")
shown = opened.page(chosen, limit=PAGE, offset=(page - 1) * PAGE, unit=unit)
first = (page - 1) * PAGE + 1 if shown.rows else 0
left.markdown(f"**{first:,}–{first + len(shown.rows) - 1 if shown.rows else 0:,} of {total:,} {unit}**")

if not shown.rows:
    st.info("Nothing matches this filter. Remove a choice in the sidebar.")
    st.stop()
table = pd.DataFrame([{**row, "message": placed(row["path"], row["message"])} if unit == "findings" else row for row in shown.rows])
picked = st.dataframe(table[COLUMNS[unit]], hide_index=True, on_select="rerun", selection_mode="single-row", lazy=False, key="rows")
places = picked["selection"]["rows"]
if places and places[0] < len(shown.rows):
    st.switch_page("views/trajectory.py", query_params=to_trajectory(chosen, shown.rows[places[0]]["key"]))


def label(position: int) -> str:
    """One row as a line for the list to open from."""
    row = shown.rows[position]
    return " · ".join(str(row[name])[:60] for name in ("id", "model", "error", "subtype") if row.get(name))


position = st.selectbox("Open a row", range(len(shown.rows)), format_func=label, key="open")
opens = to_trajectory(chosen, shown.rows[position]["key"])
st.page_link("views/trajectory.py", label="Open", icon=":material/arrow_forward:", query_params=opens)
for kind in ("csv", "jsonl", "parquet"):
    data = opened.export(chosen, kind, unit=unit) if st.session_state.get("export") == kind else None
    if data is not None:
        st.download_button(f"Download {unit} as {kind}", data, f"{opened.name}-{unit}.{kind}", key=f"get-{kind}")
st.segmented_control("Export this filter as", ["csv", "jsonl", "parquet"], key="export")
