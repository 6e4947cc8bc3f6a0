"""The HTML report in a real browser: nothing leaves, nothing runs, text is text, and it fits the screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from spectool.report.contents import gather
from spectool.report.html_page import html_page
from tests.report.hostile import hostile_folder

pytestmark = pytest.mark.slow
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HUGE = 5_000_000
# What every reader's own injection would do; the policy stops them even where escaping had failed.
SMUGGLED = "<script>document.title='owned'</script><img src='https://evil.example/z' onerror=alert(9)><p style='color:red' id='red'>x</p>"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    (folder / "report.html").write_text(html_page(gather([hostile_folder(folder / "res", HUGE)])), encoding="utf-8")
    return folder / "report.html"


@pytest.fixture
def seen() -> list[str]:
    """Requests, dialogs and errors, as they happen."""
    return []


@pytest.fixture
def browser(seen: list[str]) -> Iterator[object]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("no chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        def page(width: int = 1440, scheme: str = "light"):
            tab = started.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            tab.on("request", lambda request: seen.append(request.url))
            tab.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
            tab.on("pageerror", lambda error: seen.append(str(error)))
            return tab

        yield page
        started.close()


def test_a_hostile_report_asks_for_nothing_runs_nothing_and_shows_text(browser, seen: list[str], file: Path) -> None:
    page = browser()
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.wait_for_timeout(500)
    assert seen == [file.as_uri()]
    assert page.title() == "SpecTool report"
    assert "<script>document.title='owned'" in page.inner_text("main")
    assert page.evaluate("document.querySelectorAll('script, img, iframe, [onload], [onerror], [style]').length") == 0
    assert file.stat().st_size < 1_000_000


def test_the_policy_holds_where_escaping_would_have_failed(browser, seen: list[str], file: Path, tmp_path: Path) -> None:
    (tmp_path / "smuggled.html").write_text(file.read_text(encoding="utf-8").replace("</main>", SMUGGLED + "</main>"), encoding="utf-8")
    page, ends = browser(), []
    page.on("requestfailed", lambda request: ends.append((request.url, request.failure)))
    page.goto((tmp_path / "smuggled.html").as_uri())
    page.wait_for_timeout(500)
    # The browser announces what it is asked for; that it ends with "csp" says that nothing left.
    asked = [each for each in seen if not each.startswith("file:")]
    assert [(each, "csp") for each in asked] == ends
    assert page.title() == "SpecTool report"
    assert page.evaluate("getComputedStyle(document.getElementById('red')).color") != "rgb(255, 0, 0)"


@pytest.mark.parametrize("width", [390, 900, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_screen_in_light_and_dark(browser, file: Path, width: int, scheme: str) -> None:
    page = browser(width, scheme)
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(18, 22, 28)"
    assert dark is (scheme == "dark")


def test_paper_is_light_and_shows_what_is_folded(browser, file: Path) -> None:
    page = browser(1000, "dark")
    page.goto(file.as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("details:not([open]) .example").first.is_visible()
