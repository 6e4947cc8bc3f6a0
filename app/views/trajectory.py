"""Trajectory: one conversation, the offending places marked beside the gold."""

from __future__ import annotations

import msgspec
import streamlit as st
from opened import colours, names, plain, results, to_browse, to_trajectory, url_filter

from spectool.report.trajectory_html import trajectory_html

opened = results()
chosen = url_filter()
key = st.query_params.get("key") or ""
if not key:
    first = opened.page(chosen, limit=1, offset=0, unit="trajectories").rows
    key = first[0]["key"] if first else ""
found = opened.trajectory(key)
if found is None:
    st.error(f"No trajectory '{plain(key[:40])}' in this folder. It may have been replaced since the link was made.")
    st.page_link("views/browse.py", label="Back to browse", query_params=to_browse(chosen))
    st.stop()

row, around = found.row, opened.neighbours(chosen, key)
st.title(plain(row["id"]))
facts = [row["model"], row["category"], row["environment"], {True: "passed", False: "failed"}.get(row["passed"], "undecided")]
st.caption(plain(" · ".join(str(fact) for fact in facts if fact) + f" · {row['source']}" + (f":{row['line']}" if row["line"] else "")))

back, before, after, place = st.columns([2, 1, 1, 3], vertical_alignment="center")
back.page_link("views/browse.py", label="Back to the list", icon=":material/arrow_back:", query_params=to_browse(chosen))
if before.button("Previous", shortcut="K", disabled=around.previous is None) and around.previous:
    st.switch_page("views/trajectory.py", query_params=to_trajectory(chosen, around.previous))
if after.button("Next", shortcut="J", disabled=around.following is None) and around.following:
    st.switch_page("views/trajectory.py", query_params=to_trajectory(chosen, around.following))
place.caption(f"{around.position:,} of {around.total:,} in this filter")

story, side = st.columns([5, 2])
with story:
    st.html(trajectory_html(found.trajectory, found.findings, colours()))
with side:
    st.subheader(f"{len(found.findings)} findings")
    for finding in found.findings:
        star = " · first" if finding.primary else ""
        code = f"**{plain(finding.error)}** · {plain(finding.subtype)}{star}"
        st.markdown(f"{code}  \n{names().get(finding.error, '')}", help=plain(finding.path))
    skipped = [outcome for outcome in found.outcomes if outcome.skipped]
    if skipped:
        with st.expander(f"Could not be checked ({len(skipped)})"):
            for outcome in skipped:
                st.markdown(f"**{plain(outcome.error)}**: {plain(outcome.skipped)}")
    tools = found.trajectory.tool_sets
    with st.expander(f"Tools offered ({len(tools[0]) if tools else 0})"):
        for tool in tools[0] if tools else ():
            st.code(f"{tool.name}\n{msgspec.json.format(msgspec.json.encode(tool.parameters), indent=1).decode()}", language="json")
    with st.expander("Raw record"):
        st.code(msgspec.json.format(msgspec.json.encode(found.trajectory), indent=1).decode(), language="json")
