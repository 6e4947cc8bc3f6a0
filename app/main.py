"""The app's entrance: find result folders, choose one, and lead to its pages."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from opened import EMPTY, choose_folder, plain

from spectool.results.folder import ResultFolderError

st.set_page_config(page_title="SpecTool", page_icon="🔎", layout="wide")

start = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
folder = choose_folder(start)
if folder is None:
    st.title("SpecTool")
    st.markdown(EMPTY.format(start=start))
    st.stop()
st.session_state["folder"] = str(folder)

pages = [
    st.Page("views/overview.py", title="Overview", icon=":material/grid_on:", default=True),
    st.Page("views/browse.py", title="Browse", icon=":material/list:"),
    st.Page("views/trajectory.py", title="Trajectory", icon=":material/timeline:"),
]
page = st.navigation(pages)
try:
    page.run()
except ResultFolderError as error:
    st.error(plain(error))
