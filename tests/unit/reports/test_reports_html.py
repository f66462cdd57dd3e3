"""The HTML report: complete, escaped, self-contained, readable."""

import base64
import hashlib
import html
import re
from dataclasses import replace
from importlib.resources import files

import pytest
from sample_ranking import make_large_ranking, make_ranking

from matcher.reports.html import to_html
from matcher.types import Ranking

STYLE = files("matcher.reports").joinpath("templates", "report.css").read_text("utf-8")


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    return make_ranking()


@pytest.fixture(scope="module")
def page(ranking: Ranking) -> str:
    return to_html(ranking)


def test_every_quote_is_in_the_page_verbatim(ranking: Ranking, page: str) -> None:
    """The blockquotes, in order, are the texts of the evidence."""
    found = [html.unescape(text) for text in re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.S)]
    expected = [item.text for report in ranking for match in report.matches for item in match.evidence]
    assert found == expected


def test_every_cell_leads_to_its_evidence(page: str) -> None:
    """Each link inside the page has exactly one target, and the grid has a cell for each pair."""
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    links = re.findall(r'href="#([^"]+)"', page)
    assert set(links) <= set(ids)
    cells = re.findall(r'<td><a class="v [a-z-]+" href="#(c\d+q\d+)">', page)
    assert sorted(cells) == sorted(f"c{c}q{q}" for c in range(1, 8) for q in range(1, 11))


def test_hostile_text_is_escaped(page: str) -> None:
    """No tag or handler from a resume, a name or a posting reaches the page as markup."""
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert" in page
    assert page.count("<script") == 1


def test_the_page_loads_nothing(page: str) -> None:
    """No attribute points outside the file, and the policy forbids every request but data: images."""
    for attribute in re.findall(r"""(?:src|href|action|srcset)=["']([^"']*)["']""", page):
        assert attribute.startswith(("#", "data:image/svg+xml,"))
    assert not re.search(r"url\(|@import", page)
    assert "default-src &#39;none&#39;" in page


def test_the_policy_names_this_very_style_and_script(page: str) -> None:
    """The content security policy's hashes are those of the inline style and script."""
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1])  # type: ignore[index]
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.S)[1]  # type: ignore[index]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert " style=" not in page


def test_the_page_says_what_it_is_made_from(ranking: Ranking, page: str) -> None:
    """Date, engine, model, weights and the limits of the numbers are on the page."""
    for words in (
        "2025-03-14",
        "matcher 0.1.0",
        ranking.engine.model,
        "weight 3",
        "never decides about anyone",
        "“None found” never means “does not have it”",
        "Hidden text",
        "white text on a white page",
        "locked.pdf",
        "document_password_protected",
    ):
        assert words in page


def test_the_same_ranking_gives_the_same_page(page: str) -> None:
    """Rendering twice gives equal text."""
    assert to_html(make_ranking()) == page


def test_sixty_candidates_by_twenty_qualifications_stay_under_three_megabytes() -> None:
    """The largest pool the page is meant for can still be sent by e-mail."""
    assert len(to_html(make_large_ranking(60, 20)).encode()) < 3_000_000


def test_a_ranking_without_candidates_still_says_why(ranking: Ranking) -> None:
    """When nothing could be read the page lists the files and has no empty grid."""
    page = to_html(replace(ranking, reports=()))
    assert "No candidate could be ranked." in page
    assert "locked.pdf" in page
    assert '<table class="grid">' not in page


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("ink", "back"),
    [
        ("ink", "page"),
        ("ink", "raised"),
        ("soft", "page"),
        ("soft", "raised"),
        ("link", "page"),
        ("link", "raised"),
        ("flag", "page"),
        ("strong-ink", "strong-back"),
        ("partial-ink", "partial-back"),
        ("contradicted-ink", "contradicted-back"),
        ("none-ink", "none-back"),
        ("unknown-ink", "unknown-back"),
    ],
)
def test_text_has_enough_contrast(ink: str, back: str, dark: bool) -> None:
    """Every pair of text and ground reaches the 4.5:1 of WCAG AA, in the light and in the dark."""
    light, dark_part = STYLE.split("@media screen and (prefers-color-scheme: dark)", 1)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", dark_part if dark else light))
    high, low = sorted((luminance(colours[ink]), luminance(colours[back])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_a_page_of_one_compares_with_nobody(ranking: Ranking, page: str) -> None:
    """What tells candidates apart is left away where there is one."""
    alone = to_html(replace(ranking, reports=ranking.reports[:1]))
    for said in ("how many of", "cannot tell the candidates"):
        assert said in page
        assert said not in alone


def test_what_was_edited_is_named_by_its_words(ranking: Ranking) -> None:
    """Who reads a page does not know what q1 is."""
    first, *others = ranking.role.qualifications
    edited = replace(
        ranking.role, qualifications=(replace(first, weight=first.weight + 2), *others), parsed=ranking.role
    )
    shown = html.unescape(to_html(replace(ranking, role=edited)))
    assert f"{first.id}: <bdi>{first.text}</bdi>" in shown
    assert f"{others[0].id}: <bdi>" not in shown
