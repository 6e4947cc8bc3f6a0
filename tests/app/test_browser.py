"""The app in a real browser: pages render, URLs lead back, keys work, and hostile text stays text."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
APP = Path(__file__).parents[2] / "app"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
SECONDS = 90


@pytest.fixture
def address(start: Path) -> Iterator[str]:
    """The app, served for the start directory of the fixture."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1", "--browser.gatherUsageStats=false"]
    command = [sys.executable, "-m", "streamlit", "run", str(APP / "main.py"), *options, "--", str(start)]
    with (start / "app.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as served:
        try:
            _await(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            served.terminate()


def _await(url: str) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the app did not answer within {SECONDS} s")


@pytest.fixture
def page(address: str) -> Iterator[object]:
    """A browser page; a script error or an alert fails the test."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("no chromium: apt-get install chromium")
    problems: list[str] = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = browser.new_page(viewport={"width": 1400, "height": 1100})
        tab.set_default_timeout(SECONDS * 1000)
        tab.on("pageerror", lambda error: problems.append(str(error)))
        tab.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
        yield tab
        browser.close()
    assert problems == []


def test_the_overview_draws_its_heat_map_and_a_deep_link_leads_to_one_finding(address: str, page, tmp_path: Path) -> None:
    page.goto(address)
    page.get_by_role("heading", name="Error patterns").wait_for()
    page.locator("[data-testid='stVegaLiteChart']").get_by_text("IAV").first.wait_for(state="attached")
    assert "results=two" in page.url
    page.screenshot(path=tmp_path / "overview.png")
    assert (tmp_path / "overview.png").stat().st_size > 20_000

    page.goto(f"{address}/browse?results=two&error=IAV&counted=true")
    page.get_by_text("1–2 of 2 findings").wait_for()
    assert "error=IAV" in page.url
    page.get_by_role("link", name="Open").click()
    page.locator(".st-mark").first.wait_for()
    page.get_by_text("of 2 in this filter").wait_for()
    page.get_by_role("link", name="Back to the list").click()
    page.get_by_text("1–2 of 2 findings").wait_for()
    assert "error=IAV" in page.url


def test_a_permalink_opens_the_same_trajectory_again_and_keys_lead_on(address: str, page) -> None:
    page.goto(f"{address}/trajectory?results=two")
    page.get_by_text("1 of 4 in this filter").wait_for()
    page.get_by_role("button", name="Next").wait_for()
    page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for()
    page.locator("h1").first.click()
    page.wait_for_timeout(1_000)  # keys are bound a moment after the button is drawn
    page.keyboard.press("j")
    page.get_by_text("2 of 4 in this filter").wait_for()
    here = page.url
    shown = page.locator("h1").first.inner_text()
    page.goto("about:blank")
    page.goto(here)
    page.get_by_text("2 of 4 in this filter").wait_for()
    assert page.locator("h1").first.inner_text() == shown
    page.get_by_role("link", name="Back to the list").click()
    page.get_by_role("heading", name="Browse").wait_for()


def test_hostile_text_is_shown_as_text(address: str, page) -> None:
    page.goto(f"{address}/trajectory?results=two&text=script")
    page.get_by_text("document.title='owned'").first.wait_for()
    assert re.search("owned", page.title()) is None
