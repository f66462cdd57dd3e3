"""The HTML report in a real Chromium: silent, offline, and every cell opens its evidence."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sample_ranking import make_ranking

from matcher.reports.compare import comparison_to_html
from matcher.reports.html import to_html
from matcher.reports.json import to_json

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (or set CHROMIUM)")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(to_html(make_ranking()), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Any, report: Path) -> Iterator[Any]:
    """The open report; at the end nothing may have been logged or requested."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    yield page
    page.close()
    assert said == []
    assert [url for url in asked if not url.startswith("data:")] == [report.as_uri()]


def quotes_of(page: Any) -> list[str]:
    """The quotes that the open dialog shows."""
    found: list[str] = page.locator("#evidence blockquote").evaluate_all("all => all.map(e => e.textContent)")
    return found


def expected_quotes() -> list[tuple[str, list[str]]]:
    """Verdict and quotes of each cell as the JSON has them, row by row of the grid."""
    found = json.loads(to_json(make_ranking()))
    return [
        (match["verdict"], [item["text"] for item in match["evidence"]])
        for asked in found["role"]["qualifications"]
        for candidate in found["candidates"]
        for match in candidate["matches"]
        if match["qualification_id"] == asked["id"]
    ]


def test_every_cell_opens_the_quotes_of_the_json(page: Any) -> None:
    """Activating each cell shows the quotes that the JSON has for that candidate and qualification."""
    shown = page.locator(".grid td a").evaluate_all(
        """cells => cells.map(cell => {
            cell.click();
            const dialog = document.getElementById("evidence");
            const quotes = [...dialog.querySelectorAll("blockquote")].map(quote => quote.textContent);
            const verdict = dialog.querySelector(".verdict .v").lastChild.textContent.trim();
            const seen = [dialog.open, verdict, quotes];
            dialog.close();
            return seen;
        })"""
    )
    assert [tuple(seen) for seen in shown] == [
        (True, verdict, quotes) for verdict, quotes in expected_quotes()
    ]


def test_a_click_opens_the_evidence_and_close_returns(page: Any) -> None:
    """With the mouse: a click opens every quote of the cell unfolded, the button and the ground close it."""
    page.locator(".grid td a").nth(0).click()
    assert quotes_of(page) == expected_quotes()[0][1]
    assert all(page.locator("#evidence blockquote").nth(index).is_visible() for index in range(3))
    page.locator("#close").click()
    assert not page.locator("#evidence").is_visible()
    page.locator(".grid td a").nth(2).click()
    page.mouse.click(5, 5)
    assert not page.locator("#evidence").is_visible()


def test_the_grid_works_by_keyboard(page: Any) -> None:
    """Arrows move through the cells, Enter opens, arrows change the candidate, Escape returns to the cell."""
    page.locator(".grid td a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.locator("#evidence h2").inner_text().split() == ["2", "יעל", "בן־דוד"]
    assert "growing scientists" in page.locator("#evidence h5").inner_text()
    page.keyboard.press("ArrowRight")
    assert "Tomás Ferreira" in page.locator("#evidence h2").inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.hash") == "#c3q2"


def test_only_one_cell_is_a_tab_stop(page: Any) -> None:
    """A keyboard user passes the grid with one Tab, however large it is."""
    assert page.locator('.grid td a[tabindex="0"]').count() == 1


def test_a_name_in_the_ranking_unfolds_the_candidate(page: Any) -> None:
    """The link of a folded candidate leads to open evidence."""
    assert page.locator("#c6 article").first.is_hidden()
    page.locator(".ranking a").nth(5).click()
    page.locator("#c6 article").first.wait_for(state="visible")


@pytest.mark.parametrize("width", [320, 390, 800, 1400])
def test_the_page_never_scrolls_sideways(page: Any, width: int) -> None:
    """From phone to desk only the grid's own frame scrolls sideways, even with very long words."""
    page.set_viewport_size({"width": width, "height": 800})
    page.locator("#open-all").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_a_cell_leads_to_its_evidence(browser: Any, report: Path) -> None:
    """With scripts off the link unfolds the candidate and shows the quotes."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    page.locator('.grid a[href="#c5q1"]').click()
    page.locator("#c5q1 blockquote").first.wait_for(state="visible")
    assert page.locator("#open-all").is_hidden()
    context.close()


def test_the_page_prints_light_and_on_paper(browser: Any, report: Path) -> None:
    """A reader in dark mode prints dark ink on a white page, without buttons."""
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(report.as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(26, 31, 39)"
    assert page.locator("#open-all").is_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
    context.close()


def test_best_quotes_and_doubts_are_open_and_fold_by_keyboard(page: Any) -> None:
    """What a reader wants first is unfolded; its summary can be reached and closes it."""
    first = page.locator("details.highlights").first
    assert first.locator("q").first.is_visible()
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert first.locator("q").first.is_hidden()


@pytest.mark.parametrize("width", [320, 390, 800, 1400])
def test_a_comparison_never_scrolls_the_page_sideways(browser: Any, tmp_path: Path, width: int) -> None:
    """Only the frame of the table scrolls sideways, and the names stay in sight while it is read."""
    path = tmp_path / "compare.html"
    path.write_text(comparison_to_html(make_ranking()), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    frame = page.locator(".scroll.wide")
    frame.evaluate("frame => frame.scrollTo(0, 900)")
    inside = page.evaluate(
        "document.querySelector('.side thead th').getBoundingClientRect().top"
        " - document.querySelector('.scroll.wide').getBoundingClientRect().top"
    )
    assert abs(inside) < 3
    assert said == []
    page.close()
