"""Pictures of quotes in a real Chromium: painted where they are referred to, under the policy."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from sample_ranking import make_ranking

from matcher.documents.pictures import _png
from matcher.reports import quotes_to_draw
from matcher.reports.compare import comparison_to_html
from matcher.reports.html import to_html
from matcher.types import Picture, QuotePictures

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (or set CHROMIUM)")


def test_pictures_are_painted_in_the_list_and_in_the_dialog(tmp_path: Path) -> None:
    """Each place that refers to a picture has its size, shrinks with the page, and shows its pixels."""
    ranking = make_ranking()
    yellow = Picture(_png(np.full((80, 1000), 14, np.uint8)), 500.0, 40.0)
    drawn = QuotePictures(
        {
            (report.resume.document.sha256, places): yellow
            for report in ranking
            for places in quotes_to_draw(report)
        }
    )
    assert drawn.by_place
    file = tmp_path / "report.html"
    file.write_text(to_html(ranking, None, drawn), encoding="utf-8")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(file.as_uri())
        shown = page.locator("#ranking svg.picture").first
        box = shown.bounding_box()
        assert box is not None
        assert box["width"] / box["height"] == pytest.approx(500 / 40, rel=0.15)
        quote = shown.get_attribute("aria-label")
        assert quote
        assert quote in file.read_text("utf-8")
        plain = page.locator("#ranking .legend").first.screenshot()
        assert len(shown.screenshot()) != len(plain)
        page.locator(".grid td a.strong").first.click()
        inside = page.locator("#evidence svg.picture").first
        wide = inside.bounding_box()
        assert wide is not None
        assert wide["width"] > 400
        colour = page.evaluate(
            """async () => {
                const image = new Image();
                image.src = document.querySelector("image[id^=p]").getAttribute("href");
                await image.decode();
                const canvas = document.createElement("canvas");
                const context = canvas.getContext("2d");
                context.drawImage(image, 0, 0);
                return [...context.getImageData(5, 5, 1, 1).data];
            }"""
        )
        assert colour[0] > 240
        assert colour[2] < 160
        browser.close()
    assert said == []


def test_words_in_a_picture_stay_readable_on_a_phone(tmp_path: Path) -> None:
    """A wide picture keeps a readable width in a frame that scrolls; a narrow one is not blown up."""
    ranking = make_ranking()
    first, *rest = [
        (report.resume.document.sha256, places) for report in ranking for places in quotes_to_draw(report)
    ]
    wide = Picture(_png(np.full((80, 1000), 14, np.uint8)), 500.0, 40.0)
    narrow = Picture(_png(np.full((80, 200), 14, np.uint8)), 100.0, 40.0)
    drawn = QuotePictures({first: narrow, **dict.fromkeys(rest, wide)})
    file = tmp_path / "compare.html"
    file.write_text(comparison_to_html(ranking, drawn), encoding="utf-8")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(file.as_uri())
        widths = page.locator("svg.picture").evaluate_all(
            "all => all.map(e => [e.classList.contains('wide'), Math.round(e.getBoundingClientRect().width)])"
        )
        assert {width for is_wide, width in widths if is_wide} == {416}
        assert {width for is_wide, width in widths if not is_wide} == {133}
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        browser.close()
