"""Overview: which patterns each model shows, how often, and what could not be checked."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st
from opened import names, percent, plain, results, to_browse

from spectool.classify.taxonomy import load
from spectool.results.filters import Filter
from spectool.results.notes import clustered

# From almost white: a pattern that never occurs must not look like one that does.
REDS = ["#fff8f5", "#fcbba1", "#fb6a4a", "#cb181d", "#7f0c10"]

opened = results()
summary = opened.summary()
st.title("Error patterns")
st.caption(f"{plain(opened.name)} · {summary.counts.trajectories:,} trajectories, {summary.counts.calls:,} calls")

for column, model in zip(st.columns(max(len(summary.models), 1)), summary.models, strict=False):
    decided = model.passed + model.failed
    column.metric(plain(model.model or "(no model name)"), f"{model.passed / decided:.0%} passed" if decided else "not decided")
    column.caption(f"{model.passed:,} of {decided:,} decided, {model.undecided:,} undecided")
    for hint in model.systemic:
        column.warning(plain(hint))

cells = opened.matrix()
shown = {cell.error for cell in cells if cell.findings}
levels = {error.code: error.level for error in load().errors}
table = pd.DataFrame(
    [
        {
            "pattern": f"{cell.error} · {names()[cell.error]}" if cell.error.isupper() else names()[cell.error],
            "code": cell.error,
            "level": levels[cell.error],
            "model": cell.model or "(no model name)",
            "findings": cell.findings,
            "trajectories": cell.trajectories,
            "of": cell.n,
            "rate": cell.rate,
            "interval": "–" if cell.rate is None else f"{percent(cell.low)} – {percent(cell.high)}",
            "label": "not judged" if cell.rate is None else percent(cell.rate),
        }
        for cell in cells
        if cell.error in shown or levels[cell.error] == "core"
    ]
)
blaming = table[table["level"].isin(["core", "extended"])]
order = list(dict.fromkeys(blaming["pattern"]))
top = blaming["rate"].max() if len(blaming) else 0
chart = alt.Chart(blaming).encode(
    x=alt.X(
        "model:N",
        title=None,
        sort=list(dict.fromkeys(table["model"])),
        axis=alt.Axis(labelAngle=0, labelLimit=300, labelFlush=False, orient="top"),
    ),
    y=alt.Y("pattern:N", sort=order, title=None, axis=alt.Axis(labelLimit=260, labelFlush=False)),
)
picked = alt.selection_point(name="cell", fields=["code", "model"])
heat = chart.mark_rect(cornerRadius=3).encode(
    color=alt.Color("rate:Q", scale=alt.Scale(range=REDS, domainMin=0), legend=alt.Legend(format="%", title="trajectories")),
    tooltip=["pattern", "model", "findings", "trajectories", "of", alt.Tooltip("rate:Q", format=".1%"), "interval"],
)
label = chart.mark_text(fontSize=12).encode(
    text="label:N", color=alt.condition(f"datum.rate > {0.6 * top}", alt.value("white"), alt.value("black"))
)
if len(blaming):
    drawn = st.altair_chart(
        (heat.add_params(picked) + label).properties(height=34 * len(order) + 40),
        on_select="rerun",
        selection_mode="cell",
        key="heat",
        alt="Rate of trajectories with each error pattern, by model",
    )
    for point in drawn["selection"].get("cell", []):
        chosen = Filter(model=(point["model"],), error=(point["code"],), counted=True)
        st.switch_page("views/browse.py", query_params=to_browse(chosen))
st.caption("Share of judged trajectories with at least one finding that counts against the model. Click a cell to browse it.")

st.subheader("The same as a table, with events and artefacts")
columns: dict[str, Any] = {"rate": st.column_config.NumberColumn(format="%.1f%%"), "interval": "95 % interval"}
listed = table.drop(columns=["code", "label"]).assign(rate=100 * table["rate"])
st.dataframe(listed, hide_index=True, column_config=columns, key="matrix")
for model in summary.models:
    for note in clustered(model):
        st.caption(plain(f"{model.model}: {note}"))
codes = list(dict.fromkeys(table["code"]))
code = st.selectbox("Browse a pattern", codes, format_func=lambda code: names()[code], key="pattern")
if code:
    browsed = to_browse(Filter(error=(code,), counted=True))
    st.page_link("views/browse.py", label=f"Browse {code}", icon=":material/arrow_forward:", query_params=browsed)

unjudged = [
    {"pattern": cell.error, "model": cell.model, "trajectories": count, "reason": reason}
    for cell in cells
    for reason, count in cell.skipped.items()
]
with st.expander(f"What could not be checked ({len(unjudged)})", expanded=False):
    st.dataframe(pd.DataFrame(unjudged), hide_index=True)
