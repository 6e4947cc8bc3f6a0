"""Take the README's pictures of the app anew, from an app that runs.

    make demo
    spectool app results --port 8600 --no-browser &
    python -m scripts.screenshots http://localhost:8600

Needs the dev extra and a chromium (``scripts/setup_chromium.sh``).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from spectool.results.filters import Filter
from spectool.results.store import open_folder

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
SIZE = {"width": 1400, "height": 990}
SETTLED = "[data-testid='stApp'][data-test-script-state='notRunning']"
# Two values wrong in one call, beside what was right.
SHOWN = Filter(model=("qwen2.5-coder-1.5b",), error=("IAV",))
TASK = "hotel-simple-03"


def main() -> int:
    """Write both pictures."""
    from playwright.sync_api import sync_playwright

    address = sys.argv[1].rstrip("/")
    found = open_folder(ROOT / "results" / "demo").page(SHOWN, limit=1000).rows
    key = next(row["key"] for row in found if row["id"] == TASK)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport=SIZE)
        tab.goto(f"{address}/?results=demo")
        tab.locator("[data-testid='stVegaLiteChart']").get_by_text("IAV").first.wait_for(state="attached")
        _picture(tab, "overview")
        tab.goto(f"{address}/trajectory?results=demo&key={key}&within=model%3D{SHOWN.model[0]}%26error%3D{SHOWN.error[0]}")
        tab.locator(".st-turn").first.wait_for()
        _picture(tab, "trajectory")
        browser.close()
    return 0


def _picture(tab: Any, name: str) -> None:
    """Waits until the page is drawn: a moment longer than its script runs."""
    tab.locator(SETTLED).wait_for()
    tab.wait_for_timeout(1500)
    tab.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    raise SystemExit(main())
