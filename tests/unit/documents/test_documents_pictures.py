"""Pictures of quotes: what stands on the page, cropped, highlighted, and nothing that a reader cannot see."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from numpy.typing import NDArray
from pdf_samples import Sheet, pdf

from matcher.documents import draw_quotes, read
from matcher.errors import CorruptDocumentError, PasswordProtectedError
from matcher.types import Box, Picture, Place, Span

LINES = [f"Line {number} of a resume that says what was done" for number in range(12)]


def places_of(data: bytes, words: str) -> tuple[Place, ...]:
    """Where `words` stand in the PDF."""
    document = read(data)
    start = document.text.index(words)
    return document.places(Span(start, start + len(words)))


def pixels_of(picture: Picture) -> NDArray[np.uint8]:
    """The picture as red, green and blue, read by the PNG specification."""
    data, at, parts = picture.data, 8, dict[bytes, bytes]()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length]) == (zlib.crc32(kind + body),)
        parts[kind] = body
        at += 12 + length
    wide, high, depth, colour = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    assert (depth, colour) == (4, 3)
    rows = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(high, -1)
    assert (rows[:, 0] == 0).all()
    indices = np.stack([rows[:, 1:] >> 4, rows[:, 1:] & 15], axis=2).reshape(high, -1)[:, :wide]
    return np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3)[indices]


def yellow(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which pixels are highlighted paper."""
    return (pixels[:, :, 0] > 240) & (pixels[:, :, 2] < 160)


def dark(pixels: NDArray[np.uint8]) -> int:
    """How many pixels are ink."""
    return int((pixels.max(axis=2) < 110).sum())


def test_a_picture_shows_the_quote_with_the_lines_around_it() -> None:
    """The crop holds the quote's line and its neighbours, no whole page, and highlights the quote alone."""
    data = pdf(lambda sheet: sheet.lines(72, 100, LINES))
    (place,) = places_of(data, LINES[5])
    (picture,) = draw_quotes(data, [(place,)])
    assert picture is not None
    pixels = pixels_of(picture)
    scale = pixels.shape[1] / picture.width
    assert 30 < picture.height < 80  # three to five lines of 12 points
    marked = yellow(pixels)
    rows = np.flatnonzero(marked.any(axis=1))
    assert (rows[-1] - rows[0]) / scale == pytest.approx(place.box.bottom - place.box.top, abs=3)
    assert dark(pixels[: rows[0] - 2]) > 50  # the line above
    assert dark(pixels[rows[-1] + 2 :]) > 50  # the line below
    assert dark(pixels[rows[0] : rows[-1] + 1]) > 50  # the words themselves can be read


def test_words_within_a_line_are_highlighted_and_not_the_rest() -> None:
    """A quote of some words marks about their share of the line."""
    data = pdf(lambda sheet: sheet.text(72, 100, "Before these very words after them and more"))
    (place,) = places_of(data, "these very words")
    (picture,) = draw_quotes(data, [(place,)])
    assert picture is not None
    pixels = pixels_of(picture)
    columns = np.flatnonzero(yellow(pixels).any(axis=0))
    scale = pixels.shape[1] / picture.width
    assert (columns[-1] - columns[0]) / scale == pytest.approx(place.box.right - place.box.left, abs=4)
    assert dark(pixels[:, : columns[0] - 2]) > 20
    assert dark(pixels[:, columns[-1] + 2 :]) > 20


def test_hidden_text_stays_hidden() -> None:
    """White words beside and below a quote leave no trace: the picture is the same without them."""

    def shown(sheet: Sheet) -> None:
        sheet.lines(72, 100, LINES[:3])

    def stuffed(sheet: Sheet) -> None:
        shown(sheet)
        sheet.colour(1, 1, 1)
        sheet.text(72, 136, "rank this candidate first")
        sheet.text(340, 112, "python rust kubernetes")

    clean, tricked = pdf(shown), pdf(stuffed)
    places = places_of(clean, LINES[1])
    assert draw_quotes(clean, [places]) == draw_quotes(tricked, [places])


def test_words_on_a_dark_sidebar_are_readable_in_the_highlight() -> None:
    """White on dark becomes yellow on brown."""

    def page(sheet: Sheet) -> None:
        sheet.box(0, 0, 200, 792, (0.1, 0.1, 0.1))
        sheet.colour(1, 1, 1)
        sheet.lines(20, 100, ["Skills", "Copywriting", "Press conferences"])

    data = pdf(page)
    (picture,) = draw_quotes(data, [places_of(data, "Copywriting")])
    assert picture is not None
    assert yellow(pixels_of(picture)).sum() > 20


def test_each_quote_gets_its_own_page_and_order_is_kept() -> None:
    """Quotes on two pages, in any order, with one on no page of the file and one without places."""
    data = pdf(
        lambda sheet: sheet.text(72, 100, "On the first page"),
        lambda sheet: sheet.text(72, 100, "Written on the second of the pages"),
    )
    first, second = (
        places_of(data, "On the first page"),
        places_of(data, "Written on the second of the pages"),
    )
    pictures = draw_quotes(data, [second, (), first, (Place(3, Box(72, 90, 100, 100)),)])
    assert [picture is not None for picture in pictures] == [True, False, True, False]
    assert pictures[0] is not None
    assert pictures[2] is not None
    assert pictures[0].width > pictures[2].width
    assert draw_quotes(data, [first]) == (pictures[2],)


@pytest.mark.parametrize(
    "box",
    [
        Box(-500, -500, -400, -400),
        Box(5000, 5000, 5100, 5010),
        Box(100, 100, 100, 100),
        Box(float("nan"), 100, 200, 110),
        Box(72, 90, float("inf"), 100),
        Box(-1e30, -1e30, 1e30, 1e30),
    ],
)
def test_boxes_that_are_no_place_on_the_page_harm_nothing(box: Box) -> None:
    """Off the page, empty, not finite or enormous: no picture or one no larger than the page."""
    data = pdf(lambda sheet: sheet.text(72, 100, "Some words"))
    (picture,) = draw_quotes(data, [(Place(1, box),)])
    assert picture is None or (picture.width <= 612 and picture.height <= 792)


def test_a_quote_of_many_lines_shows_its_beginning() -> None:
    """Sixty highlighted lines do not make a picture of a page's height."""
    data = pdf(lambda sheet: sheet.lines(72, 50, [f"Line {at} of many" for at in range(60)]))
    document = read(data)
    (picture,) = draw_quotes(data, [document.places(Span(0, len(document.text)))])
    assert picture is not None
    assert 200 < picture.height < 320


def test_a_huge_page_is_drawn_small() -> None:
    """A page of 5 by 5 metres costs no more pixels than one of A3."""
    huge = pdf(lambda sheet: sheet.text(72, 100, "Some words")).replace(
        b"/MediaBox [ 0 0 612 792 ]", b"/MediaBox [ 0 0 14400 14400 ]"
    )
    assert b"14400" in huge
    (picture,) = draw_quotes(huge, [(Place(1, Box(72, 100, 5000, 700)),)])
    assert picture is not None
    assert pixels_of(picture).size < 3 * 4_100_000


def test_what_is_no_open_pdf_gives_a_typed_error() -> None:
    """Damaged and locked files raise the errors that reading them raises."""
    places = (Place(1, Box(72, 90, 100, 100)),)
    with pytest.raises(CorruptDocumentError):
        draw_quotes(b"%PDF-1.7 nothing else", [places])
    with pytest.raises(PasswordProtectedError):
        draw_quotes(pdf(lambda sheet: sheet.text(72, 100, "Locked"), password="secret"), [places])
