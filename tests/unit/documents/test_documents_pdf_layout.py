"""Reading order, words, bullets and paragraphs of PDF pages."""

from __future__ import annotations

import pytest
from pdf_samples import Sheet, read

LEFT = [
    "Coordinated the spring festival for the",
    "town library and its eleven branches.",
    "Kept the budget of ninety thousand euros",
    "and reported to the board every quarter.",
    "Trained fourteen volunteers in first aid.",
]
RIGHT = [
    "Wrote the newsletter of the museum and",
    "doubled its readers within two years.",
    "Photographed every exhibition for the",
    "press and kept the archive of pictures.",
    "Guided tours in English and in Polish.",
]


def test_two_columns_are_read_one_after_the_other() -> None:
    """The left column is read to its end before the right one, even where their lines are level."""

    def page(sheet: Sheet) -> None:
        for one, other, y in zip(LEFT, RIGHT, range(100, 200, 12), strict=False):
            sheet.text(60, y, one)
            sheet.text(320, y, other)

    assert read(page).text == "\n".join(LEFT) + "\n\n" + "\n".join(RIGHT)


def test_heading_over_columns_stands_between_them() -> None:
    """A heading over the full width ends the columns above it and begins the ones below."""

    def page(sheet: Sheet) -> None:
        sheet.text(60, 60, "A full heading that runs across both of the columns of the page", 16)
        sheet.lines(60, 100, LEFT)
        sheet.lines(320, 104, RIGHT)
        sheet.text(60, 200, "Another heading that runs across both of the columns of the page", 16)
        sheet.lines(60, 240, LEFT)
        sheet.lines(320, 244, RIGHT)

    text = read(page).text
    order = [text.index(part) for part in ("A full", LEFT[0], RIGHT[0], "Another")]
    assert order == sorted(order)
    assert text.rindex(LEFT[0]) > text.index("Another")
    assert text.rindex(RIGHT[0]) > text.rindex(LEFT[-1])


def test_sidebar_is_kept_apart_from_the_main_text() -> None:
    """A sidebar's lines come before the main column's and never within them."""
    aside = ["CONTACT", "Tallinn", "mari@example.org", "SKILLS", "Welding", "Rigging", "Forklift"]

    def page(sheet: Sheet) -> None:
        sheet.lines(40, 80, aside, step=17)
        sheet.lines(200, 77, [*LEFT, *RIGHT])

    text = read(page).text
    assert [line for line in text.split("\n") if line] == [*aside, *LEFT, *RIGHT]


def test_dates_at_the_right_margin_are_joined_by_a_tab() -> None:
    """A title and the dates at the right margin are one line, with a tab between."""

    def page(sheet: Sheet) -> None:
        for y, (title, dates) in enumerate(
            [("Head Gardener", "2019 - 2023"), ("Gardener", "2014 - 2019"), ("Apprentice", "2011 - 2014")]
        ):
            sheet.text(60, 100 + 60 * y, title, font="Helvetica-Bold")
            sheet.text(480, 100 + 60 * y, dates)
            sheet.lines(60, 114 + 60 * y, LEFT[:2])

    lines = read(page).text.split("\n")
    assert lines[0] == "Head Gardener\t2019 - 2023"
    assert "Gardener\t2014 - 2019" in lines
    assert "Apprentice\t2011 - 2014" in lines


def test_dates_below_the_place_are_read_before_the_bullets() -> None:
    """Dates that stand under a place at the right margin go with the header, not with the first bullet."""

    def page(sheet: Sheet) -> None:
        for y in (100, 180):
            sheet.text(60, y, f"Harbour Pilot {y}", font="Helvetica-Bold")
            sheet.text(480, y, "Split, Croatia")
            sheet.text(480, y + 12, "2019 - 2023")
            sheet.lines(60, y + 12, ["• " + line for line in LEFT[:3]])

    lines = read(page).text.split("\n")
    assert lines[:3] == ["Harbour Pilot 100\tSplit, Croatia", "2019 - 2023", "• " + LEFT[0]]


def test_table_is_read_row_by_row() -> None:
    """Dates in the first column of a table stay in the row of their entry."""

    def page(sheet: Sheet) -> None:
        sheet.text(60, 80, "Career", 14, "Helvetica-Bold")
        for y, dates in ((100, "2019 - 2023"), (160, "2014 - 2019")):
            sheet.text(60, y, dates)
            sheet.text(180, y, f"Surveyor {dates[:4]}")
            sheet.lines(180, y + 12, LEFT[:2])
        sheet.text(60, 220, "Education", 14, "Helvetica-Bold")
        sheet.text(60, 240, "2010 - 2013")
        sheet.text(180, 240, "BSc Geomatics")

    lines = [line for line in read(page).text.split("\n") if line]
    assert lines == [
        "Career", "2019 - 2023\tSurveyor 2019", *LEFT[:2], "2014 - 2019\tSurveyor 2014", *LEFT[:2],
        "Education", "2010 - 2013\tBSc Geomatics",
    ]  # fmt: skip


def test_lists_side_by_side_are_two_lists() -> None:
    """Bullets in two columns are read list by list."""

    def page(sheet: Sheet) -> None:
        for at, (one, other) in enumerate(
            [("Baking", "Pricing"), ("Glazing", "Hygiene"), ("Icing", "Rotas")]
        ):
            sheet.text(60, 100 + 12 * at, "• " + one)
            sheet.text(220, 100 + 12 * at, "• " + other)

    lines = [line for line in read(page).text.split("\n") if line]
    assert lines == ["• Baking", "• Glazing", "• Icing", "• Pricing", "• Hygiene", "• Rotas"]


@pytest.mark.parametrize("gap", [0.12, 0.2, 0.28, 0.6])
def test_words_placed_without_spaces_are_not_glued(gap: float) -> None:
    """Words that are drawn apart are apart, whatever the width of the gap."""

    def page(sheet: Sheet) -> None:
        for at, line in enumerate(LEFT + RIGHT):
            sheet.words(60, 100 + 12 * at, line, gap)

    assert read(page).text == "\n".join(LEFT + RIGHT)


def test_kerned_letters_stay_one_word() -> None:
    """Letters drawn one by one with small kerns are one word."""

    def page(sheet: Sheet) -> None:
        for at, line in enumerate(LEFT + RIGHT):
            x = 60.0
            for place, char in enumerate(line):
                sheet.text(x, 100 + 12 * at, char)
                kern = (-0.06, 0.0, 0.02)[place % 3] * 10
                x += sheet.canvas.stringWidth(char, "Helvetica", 10) + kern

    assert read(page).text == "\n".join(LEFT + RIGHT)


def test_letter_spaced_heading_is_whole() -> None:
    """A heading set with wide letter-spacing is read as words."""

    def page(sheet: Sheet) -> None:
        text = sheet.canvas.beginText(60, 692)
        text.setFont("Helvetica-Bold", 12)
        text.setCharSpace(3)
        text.textOut("EDUCATION")
        sheet.canvas.drawText(text)
        sheet.lines(60, 120, LEFT)

    assert read(page).text.startswith("EDUCATION\n")


@pytest.mark.parametrize("mark", ["•", "-", "\u2013", "*"])
def test_bullets_are_written_alike(mark: str) -> None:
    """Every kind of bullet becomes "• ", whether near its text or in a column of its own."""

    def page(sheet: Sheet) -> None:
        for at, line in enumerate(LEFT):
            sheet.text(60, 100 + 12 * at, mark)
            sheet.text(78, 100 + 12 * at, line)

    assert read(page).text == "\n".join("• " + line for line in LEFT)


def test_drawn_bullets_count() -> None:
    """Bullets that are drawn as filled shapes, as wkhtmltopdf does, are bullets."""

    def page(sheet: Sheet) -> None:
        for at, line in enumerate(LEFT):
            sheet.canvas.circle(63, 792 - 97 - 12 * at, 2, stroke=0, fill=1)
            sheet.text(74, 100 + 12 * at, line)

    assert read(page).text == "\n".join("• " + line for line in LEFT)


def test_nested_bullets_are_indented() -> None:
    """A bullet further right than the one above is a level deeper: two spaces."""

    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "• Kitchen")
        sheet.text(78, 112, "• Stocks")
        sheet.text(78, 124, "• Sauces")
        sheet.text(60, 136, "• Service")

    assert read(page).text == "• Kitchen\n  • Stocks\n  • Sauces\n• Service"


def test_dash_before_dates_is_no_bullet() -> None:
    """A dash that begins a line but stands in a range of dates stays."""

    def page(sheet: Sheet) -> None:
        sheet.lines(60, 100, ["Head Gardener, June 2015", "- 2018, Riga"])

    assert read(page).text.split("\n")[1] == "- 2018, Riga"


def test_wide_gap_between_lines_is_a_blank_line() -> None:
    """A paragraph break becomes one blank line, ordinary leading none."""

    def page(sheet: Sheet) -> None:
        sheet.lines(60, 100, LEFT)
        sheet.lines(60, 180, RIGHT)

    assert read(page).text == "\n".join(LEFT) + "\n\n" + "\n".join(RIGHT)


def test_turned_page_reads_like_an_upright_one() -> None:
    """A page drawn sideways and turned back by its rotation entry has upright lines and boxes."""

    def page(sheet: Sheet) -> None:
        sheet.canvas.setPageRotation(90)  # makes the media box 792 by 612 points
        for at, line in enumerate(LEFT):
            sheet.canvas.saveState()
            sheet.canvas.translate(100 + 12 * at, 72)
            sheet.canvas.rotate(90)
            sheet.canvas.setFont("Helvetica", 10)
            sheet.canvas.drawString(0, 0, line)
            sheet.canvas.restoreState()

    document = read(page)
    assert document.text == "\n".join(LEFT)
    assert (document.pages[0].width, document.pages[0].height) == (612.0, 792.0)
    first = document.lines[0].box
    assert first is not None
    assert first.left == pytest.approx(72, abs=1)
    assert 88 < first.top < 93
    assert 100 < first.bottom < 104


def test_text_along_the_side_goes_before_its_section() -> None:
    """A section's name that is set along the side of the section is read before it."""

    def page(sheet: Sheet) -> None:
        sheet.lines(60, 100, LEFT)
        sheet.lines(60, 220, RIGHT)
        sheet.canvas.saveState()
        sheet.canvas.translate(400, 792 - 265)
        sheet.canvas.rotate(90)
        sheet.canvas.setFont("Helvetica", 10)
        sheet.canvas.drawString(0, 0, "MUSEUM")
        sheet.canvas.restoreState()

    lines = [line for line in read(page).text.split("\n") if line]
    assert lines == [*LEFT, "MUSEUM", *RIGHT]


def test_name_beside_contact_lines_stands_alone() -> None:
    """A name in large letters is a line of its own beside a block of contact lines."""

    def page(sheet: Sheet) -> None:
        sheet.text(60, 82, "ILSE VAN DAAL", 26)
        sheet.lines(420, 64, ["ilse@example.org", "+31 20 555 0199", "example.org/ilse"], step=12)
        sheet.lines(60, 140, [line + " " + other for line, other in zip(LEFT, RIGHT, strict=True)])

    assert read(page).text.startswith(
        "ILSE VAN DAAL\n\nilse@example.org\n+31 20 555 0199\nexample.org/ilse\n"
    )
