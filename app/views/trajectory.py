"""Trajectory: one conversation, the offending places marked beside the gold."""

from __future__ import annotations

import msgspec
import streamlit as st
from opened import colours, names, plain, results, to_browse, to_trajectory, url_filter

from spectool.model import Step
from spectool.report.trajectory_html import trajectory_html
from spectool.results.place import plain_path

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
    for code in dict.fromkeys(finding.error for finding in found.findings):
        lines = [f"**{plain(code)}** {names().get(code, '')}\n"]
        for finding in (each for each in found.findings if each.error == code):
            turn = "" if finding.step is None else f"turn {finding.step}"
            parts = (finding.subtype, turn, plain_path(finding.path), "first" if finding.primary else "")
            lines.append("- " + " · ".join(plain(part) for part in parts if part))
        st.markdown("\n".join(lines))
    skipped = [outcome for outcome in found.outcomes if outcome.skipped]
    if skipped:
        with st.expander(f"Could not be checked ({len(skipped)})"):
            for outcome in skipped:
                st.markdown(f"**{plain(outcome.error)}**: {plain(outcome.skipped)}")
    sets = found.trajectory.tool_sets or ((),)
    for number, tools in enumerate(sets, 1):
        which = "" if len(sets) == 1 else f", set {number} of {len(sets)}"
        with st.expander(f"Tools offered{which} ({len(tools)})"):
            turns = [str(at) for at, turn in enumerate(found.trajectory.turns) if isinstance(turn, Step) and turn.tool_set == number - 1]
            if which:
                st.caption(f"at turn {', '.join(turns)}" if turns else "at no turn")
            for tool in tools:
                shown = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
                st.code(msgspec.json.format(msgspec.json.encode(shown), indent=1).decode(), language="json")
    with st.expander("Raw record"):
        st.code(msgspec.json.format(msgspec.json.encode(found.trajectory), indent=1).decode(), language="json")
