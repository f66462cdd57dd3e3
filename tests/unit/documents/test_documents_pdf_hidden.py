"""What a reader cannot see in a PDF is cut from the text and listed; what only looks like it is kept."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pdf_samples import HIGH, Sheet, pdf, read
from reportlab.lib.utils import ImageReader

from matcher.documents.pdf import read_pdf
from matcher.errors import DocumentTooLargeError
from matcher.settings import Limits
from matcher.types import SetAsideKind

SEEN = "Beekeeper with eleven hives and a licence for extraction"
SECRET = "Astronaut with forty missions"


def _picture(grey: int) -> ImageReader:
    return ImageReader(io.BytesIO(b"P5 2 2 255\n" + bytes([grey] * 4)))


def white(sheet: Sheet) -> None:
    sheet.colour(1, 1, 1)
    sheet.text(60, 200, SECRET)


def nearly_white(sheet: Sheet) -> None:
    sheet.colour(0.97, 0.97, 0.97)
    sheet.text(60, 200, SECRET)


def colour_of_its_box(sheet: Sheet) -> None:
    sheet.box(40, 180, 300, 40, (0.1, 0.2, 0.5))
    sheet.colour(0.1, 0.2, 0.5)
    sheet.text(60, 200, SECRET)


def white_on_white_picture(sheet: Sheet) -> None:
    sheet.canvas.drawImage(_picture(255), 40, HIGH - 220, 300, 40)
    white(sheet)


def covered_by_a_box(sheet: Sheet) -> None:
    sheet.text(60, 200, SECRET)
    sheet.box(40, 180, 300, 40, (1, 1, 1))


def covered_by_a_picture(sheet: Sheet) -> None:
    sheet.text(60, 200, SECRET)
    sheet.canvas.drawImage(_picture(120), 40, HIGH - 220, 300, 40)


def invisible_mode(sheet: Sheet) -> None:
    text = sheet.canvas.beginText(60, HIGH - 200)
    text.setTextRenderMode(3)
    text.setFont("Helvetica", 10)
    text.textOut(SECRET)
    sheet.canvas.drawText(text)


def off_the_page(sheet: Sheet) -> None:
    sheet.text(700, 200, SECRET)


def outside_the_crop_box(sheet: Sheet) -> None:
    sheet.canvas.setCropBox((0, 100, 612, 792))
    sheet.text(60, 780, SECRET)


def microscopic(sheet: Sheet) -> None:
    sheet.text(60, 200, SECRET, 0.8)


def shrunk(sheet: Sheet) -> None:
    sheet.canvas.saveState()
    sheet.canvas.scale(0.05, 0.05)
    sheet.canvas.setFont("Helvetica", 10)
    sheet.canvas.drawString(1200, 12000, SECRET)
    sheet.canvas.restoreState()


def transparent(sheet: Sheet) -> None:
    sheet.canvas.setFillAlpha(0)
    sheet.text(60, 200, SECRET)


def clipped(sheet: Sheet) -> None:
    sheet.canvas.saveState()
    path = sheet.canvas.beginPath()
    path.rect(400, 100, 50, 50)
    sheet.canvas.clipPath(path, stroke=0)
    sheet.text(60, 200, SECRET)
    sheet.canvas.restoreState()


HIDDEN: list[tuple[Callable[[Sheet], None], str]] = [
    (white, "colour of its background"),
    (nearly_white, "colour of its background"),
    (colour_of_its_box, "colour of its background"),
    (white_on_white_picture, "not visible|colour of its background"),
    (covered_by_a_box, "covered"),
    (covered_by_a_picture, "covered"),
    (invisible_mode, "invisible text mode"),
    (off_the_page, "outside the page"),
    (outside_the_crop_box, "outside the page"),
    (microscopic, "too small"),
    (shrunk, "too small"),
    (transparent, "transparent"),
    (clipped, "cut to"),
]


@pytest.mark.parametrize(("draw", "reason"), HIDDEN, ids=[draw.__name__ for draw, _ in HIDDEN])
def test_hidden_text_is_cut_and_listed(draw: Callable[[Sheet], None], reason: str) -> None:
    """Each way of hiding text is seen: the words leave the text and are listed with reason and place."""

    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, SEEN)
        draw(sheet)

    document = read(page)
    assert document.text == SEEN
    (entry,) = document.set_aside
    assert entry.kind is SetAsideKind.HIDDEN_TEXT
    assert entry.text == SECRET
    assert any(part in entry.reason for part in reason.split("|"))
    assert entry.span is None
    (place,) = entry.places
    assert place.page == 1
    assert place.box.right > place.box.left


def white_on_dark(sheet: Sheet) -> None:
    sheet.box(40, 180, 300, 40, (0.1, 0.1, 0.3))
    white(sheet)


def white_on_dark_picture(sheet: Sheet) -> None:
    sheet.canvas.drawImage(_picture(30), 40, HIGH - 220, 300, 40)
    white(sheet)


def light_grey(sheet: Sheet) -> None:
    sheet.colour(0.75, 0.75, 0.75)
    sheet.text(60, 200, SECRET)


def beside_a_later_box(sheet: Sheet) -> None:
    sheet.text(60, 200, SECRET)
    sheet.box(40, 210, 300, 40, (0.5, 0.5, 0.5))


def underlined_and_highlighted(sheet: Sheet) -> None:
    sheet.text(60, 200, SECRET)
    sheet.box(60, 201, 200, 1, (0, 0, 0))
    sheet.canvas.setFillAlpha(0.3)
    sheet.box(40, 185, 300, 30, (1, 1, 0))


def inside_a_frame(sheet: Sheet) -> None:
    sheet.text(60, 200, SECRET)
    path = sheet.canvas.beginPath()  # a filled ring: its bounds hold the text, its paint does not
    path.rect(40, HIGH - 230, 300, 60)
    path.rect(42, HIGH - 228, 296, 56)
    sheet.canvas.drawPath(path, stroke=0, fill=1, fillMode=0)


KEPT = [
    white_on_dark, white_on_dark_picture, light_grey, beside_a_later_box, underlined_and_highlighted,
    inside_a_frame,
]  # fmt: skip


@pytest.mark.parametrize("draw", KEPT, ids=[draw.__name__ for draw in KEPT])
def test_visible_text_is_kept(draw: Callable[[Sheet], None]) -> None:
    """Text that shows stays, however it is painted: white on a dark sidebar is a design."""

    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, SEEN)
        draw(sheet)

    document = read(page)
    assert SECRET in document.text
    assert document.set_aside == ()


def test_hidden_words_within_a_line_leave_the_others() -> None:
    """White words in the middle of a line are cut and the line's visible words stay in order."""

    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "Repaired clocks")
        sheet.colour(1, 1, 1)
        sheet.text(140, 100, "and rockets")
        sheet.colour(0, 0, 0)
        sheet.text(200, 100, "and watches")

    document = read(page)
    assert "rockets" not in document.text
    assert document.text.replace("\t", " ") == "Repaired clocks and watches"
    assert [entry.text for entry in document.set_aside] == ["and rockets"]


def test_recognised_text_of_a_scan_is_read() -> None:
    """Invisible text over a picture of the whole page is a scan with its recognised text, and is kept."""

    def page(sheet: Sheet) -> None:
        sheet.canvas.drawImage(_picture(230), 0, 0, 612, HIGH)
        invisible_mode(sheet)

    document = read(page)
    assert document.text == SECRET
    assert document.set_aside == ()


def test_page_without_text_is_unreadable() -> None:
    """A page that shows a picture and has no text is marked and listed; the other page is read."""

    def scan(sheet: Sheet) -> None:
        sheet.canvas.drawImage(_picture(200), 50, 50, 400, 600)

    document = read_pdf(pdf(lambda sheet: sheet.text(60, 100, SEEN), scan), Limits())
    assert [page.readable for page in document.pages] == [True, False]
    (entry,) = document.set_aside
    assert entry.kind is SetAsideKind.UNREADABLE_PAGE
    assert [place.page for place in entry.places] == [2]


def test_line_cut_by_a_page_break_is_not_reported() -> None:
    """A line that is clipped away on one page and shown on the other is no hidden text."""

    def first(sheet: Sheet) -> None:
        sheet.text(60, 100, SEEN)
        sheet.text(60, 740, SECRET)

    def second(sheet: Sheet) -> None:
        clipped(sheet)
        sheet.text(60, 300, "Apiary inspector")

    document = read(first, second)
    assert document.text.count(SECRET) == 1
    assert document.set_aside == ()


def _layered(default: str) -> bytes:
    """A PDF with one line on no layer and one on a layer that is on or off by default."""
    content = (
        f"BT /F 10 Tf 60 700 Td ({SEEN}) Tj ET /OC /L BDC BT /F 10 Tf 60 600 Td ({SECRET}) Tj ET EMC"
    ).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R]/D<</%s[5 0 R]>>>>>>" % default.encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Properties<</L 5 0 R>>"
        b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/OCG/Name(L)>>",
    ]
    parts = [b"%d 0 obj%s endobj\n" % (at + 1, body) for at, body in enumerate(objects)]
    return b"%PDF-1.5\n" + b"".join(parts) + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"


def test_layer_that_is_off_is_hidden() -> None:
    """Text on a layer counts only when the layer is shown."""
    off = read_pdf(_layered("OFF"), Limits())
    assert off.text == SEEN
    assert [(entry.text, "layer" in entry.reason) for entry in off.set_aside] == [(SECRET, True)]
    shown = read_pdf(_layered("ON"), Limits())
    assert SECRET in shown.text
    assert shown.set_aside == ()


def cluttered(count: int) -> Callable[[Sheet], None]:
    """A page with `count` specks drawn before a white box that covers the secret."""

    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, SEEN)
        sheet.text(60, 200, SECRET)
        for speck in range(count):
            sheet.box(10 + speck % 50, 400 + speck // 50 * 0.5, 0.3, 0.3, (0, 0, 0))
        sheet.box(40, 180, 400, 40, (1, 1, 1))

    return draw


def test_clutter_hides_no_cover() -> None:
    """However many drawings come first, the one that covers text is seen, or the page is refused."""
    document = read(cluttered(3_000))
    assert SECRET not in document.text
    assert [entry.text for entry in document.set_aside] == [SECRET]
    with pytest.raises(DocumentTooLargeError, match=r"20,001 drawings; the limit is 20,000"):
        read(cluttered(20_000))
