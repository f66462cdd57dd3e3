"""PDF files as a whole: errors, limits, links, fields, spans, characters."""

from __future__ import annotations

import hashlib
import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_samples import HIGH, Sheet, pdf, read
from reportlab.lib.utils import ImageReader

from matcher.documents.pdf import read_pdf
from matcher.documents.pdf_encodings import low_ligatures
from matcher.errors import (
    CorruptDocumentError,
    DocumentError,
    DocumentTooLargeError,
    EmptyDocumentError,
    NoTextError,
    PasswordProtectedError,
)
from matcher.settings import Limits
from matcher.types import Document, Span

LINES = ["Vetle Aasmund-Quill", "Ferry captain on the night route", "Holds a master mariner licence"]


def simple(sheet: Sheet) -> None:
    sheet.lines(60, 100, LINES)


def check_laws(document: Document) -> None:
    """Spans cover the text in order, edges fit their characters, places lie on their page."""
    at = 0
    for line in document.lines:
        assert document.text[at : line.span.start].strip("\n") == ""
        assert line.span.end > line.span.start
        assert "\n" not in document.text[line.span.start : line.span.end]
        assert line.edges is not None
        assert len(line.edges) == line.span.end - line.span.start + 1
        assert line.box is not None
        assert line.page is not None
        page = document.pages[line.page - 1]
        assert min(line.edges) >= -2
        assert max(line.edges) <= page.width + 2
        assert line.box.left <= line.box.right
        assert line.box.top < line.box.bottom
        at = line.span.end
    assert at == len(document.text)


def test_document_names_its_kind_and_content() -> None:
    """The media type is PDF and the digest is the file's."""
    data = pdf(simple)
    document = read_pdf(data, Limits())
    assert document.media_type == "application/pdf"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.text == "\n".join(LINES)
    check_laws(document)


def test_places_are_where_the_words_stand() -> None:
    """The box of a word is where it was drawn, in points from the top left corner."""
    document = read(simple)
    start = document.text.index("captain")
    (place,) = document.places(Span(start, start + len("captain")))
    assert place.page == 1
    assert place.box.left == pytest.approx(60 + 26.11, abs=0.1)  # the width of "Ferry " in Helvetica 10
    assert place.box.right == pytest.approx(60 + 26.11 + 32.24, abs=0.1)
    assert place.box.top < 112 - 5
    assert 112 <= place.box.bottom < 118


def test_crop_box_moves_the_origin() -> None:
    """Boxes count from the top left corner of what is shown."""

    def page(sheet: Sheet) -> None:
        sheet.canvas.setCropBox((50, 0, 612, HIGH - 40))
        simple(sheet)

    line = read(page).lines[0]
    assert line.box is not None
    assert line.box.left == pytest.approx(10, abs=1)
    assert line.box.top < 60 < line.box.bottom + 3


def test_size_and_weight_are_those_of_the_line() -> None:
    """Size is in points after all scaling; bold comes from the font."""

    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "Deck", 18, "Helvetica-Bold")
        sheet.canvas.scale(2, 2)
        sheet.canvas.setFont("Helvetica", 6)
        sheet.canvas.drawString(30, (HIGH - 200) / 2, "Engine room")

    deck, engine = read(page).lines
    assert (deck.size, deck.bold) == (18, True)
    assert (engine.size, engine.bold) == (12, False)


def test_pages_follow_each_other() -> None:
    """Lines know their page, counted from 1."""
    document = read(simple, lambda sheet: sheet.text(60, 100, "Second page"))
    assert [line.page for line in document.lines] == [1, 1, 1, 2]
    assert document.text.endswith("\nSecond page")


@pytest.mark.parametrize("data", [b"", b" \n "])
def test_nothing_at_all_is_empty(data: bytes) -> None:
    """A file of no bytes, or of white space, is empty."""
    with pytest.raises(EmptyDocumentError, match="no content"):
        read_pdf(data, Limits())


def test_blank_page_is_empty() -> None:
    """A file with a page on which nothing is drawn has no content."""
    with pytest.raises(EmptyDocumentError):
        read(lambda _sheet: None)


def test_picture_alone_has_no_text() -> None:
    """A scan without recognised text asks for text recognition."""
    picture = ImageReader(io.BytesIO(b"P5 2 2 255\n" + bytes([90] * 4)))
    with pytest.raises(NoTextError, match="OCR"):
        read(lambda sheet: sheet.canvas.drawImage(picture, 0, 0, 612, HIGH))


def test_password_is_asked_for() -> None:
    """A file that needs a password to open says so."""
    with pytest.raises(PasswordProtectedError, match="password"):
        read_pdf(pdf(simple, password="swordfish"), Limits())


def test_owner_password_alone_does_not_matter() -> None:
    """A file that anyone may open is read, whatever may be done with it."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("", "owner", canCopy=0), invariant=1)
    canvas.drawString(60, 600, LINES[0])
    canvas.save()
    assert read_pdf(buffer.getvalue(), Limits()).text == LINES[0]


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6])
def test_truncated_file_is_corrupt(share: float) -> None:
    """A file that is cut short is reported as damaged."""
    data = pdf(simple, simple)
    with pytest.raises((CorruptDocumentError, EmptyDocumentError)):
        read_pdf(data[: int(len(data) * share)], Limits())


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 1500), st.integers(0, 60))
def test_damage_raises_only_our_errors(noise: bytes, at: int, length: int) -> None:
    """Whatever is overwritten in a file, reading gives a Document that keeps the laws, or our own error."""
    data = pdf(simple)
    damaged = data[:at] + noise[:length] + data[at + length :]
    try:
        document = read_pdf(damaged, Limits())
    except DocumentError:
        return
    check_laws(document)


def test_pages_are_limited() -> None:
    """A file with too many pages is refused with both numbers."""
    with pytest.raises(DocumentTooLargeError, match=r"3 pages; the limit is 2"):
        read_pdf(pdf(simple, simple, simple), Limits(max_pages=2))


def test_characters_are_limited() -> None:
    """A file with too many characters is refused with both numbers."""
    with pytest.raises(DocumentTooLargeError, match="the limit is 50"):
        read_pdf(pdf(simple), Limits(max_characters=50))


def test_links_know_their_text() -> None:
    """Links carry their address and the words that can be clicked."""

    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "Write to vetle@example.no or see the log book")
        wide = sheet.canvas.stringWidth
        mail = 60 + wide("Write to ", "Helvetica", 10)
        mail_end = mail + wide("vetle@example.no", "Helvetica", 10)
        log = mail_end + wide(" or see the ", "Helvetica", 10)
        log_end = log + wide("log book", "Helvetica", 10)
        sheet.canvas.linkURL("mailto:vetle@example.no", (mail, HIGH - 103, mail_end, HIGH - 91))
        sheet.canvas.linkURL("https://example.no/log", (log, HIGH - 103, log_end, HIGH - 91))
        sheet.canvas.linkURL("https://example.no/nowhere", (300, 300, 400, 320))

    document = read(page)
    found = {link.url: link.span and document.text[slice(*link.span)] for link in document.links}
    assert found == {
        "mailto:vetle@example.no": "vetle@example.no",
        "https://example.no/log": "log book",
        "https://example.no/nowhere": None,
    }


def test_form_fields_are_read_where_they_stand() -> None:
    """What was typed into a text field is a line of the text; a hidden field's value is not."""

    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "Name:")
        sheet.text(60, 140, "Below the field")
        form = sheet.canvas.acroForm
        form.textfield(value="Ragna Oddleif", name="n", x=100, y=HIGH - 104, width=200, height=16)
        form.textfield(
            value="secret", name="s", x=100, y=HIGH - 204, width=200, height=16, annotationFlags="hidden"
        )

    document = read(page)
    assert document.text.replace("\t", " ").split("\n")[0] == "Name: Ragna Oddleif"
    assert "secret" not in document.text
    check_laws(document)


def test_broken_word_is_whole_in_the_text() -> None:
    """A word broken by a hyphen is one word; its halves are two lines whose spans touch."""

    def page(sheet: Sheet) -> None:
        sheet.lines(60, 100, ["Planned the mainte-", "nance of four vessels."])

    document = read(page)
    assert document.text == "Planned the maintenance of four vessels."
    first, second = document.lines
    assert first.span.end == second.span.start
    assert len(document.places(Span(12, 23))) == 2
    check_laws(document)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Led a cross-", "functional team"], "Led a cross-functional team"),
        (["Wrote SQL-", "based reports"], "Wrote SQL-based reports"),
        (["A long-term plan. A long-", "term view"], "A long-term plan. A long-term view"),
        (["Posted June 2015 -", "today in Oslo"], "Posted June 2015 -\ntoday in Oslo"),
        (["See example.org/otter-", "watch daily"], "See example.org/otter-watch daily"),
        (["Ran an anti-", "inflammatory trial"], "Ran an anti-inflammatory trial"),
        (["A vice-", "President"], "A vice-\nPresident"),
    ],
)
def test_hyphens_of_compounds_stay(lines: list[str], text: str) -> None:
    """A hyphen that belongs to the word is kept."""
    assert read(lambda sheet: sheet.lines(60, 100, lines)).text == text


def test_ligatures_without_unicode_map_are_read_by_their_names() -> None:
    """A font that names its ligatures as TeX's tools do is read right, plain or packed."""
    array = b"<</Type/Encoding/Differences[27/f_i 30/f_l/f_f_i 65/A]>>"
    expected = {27: "fi", 30: "fl", 31: "ffi"}
    assert low_ligatures(array) == expected
    packed = b"1 0 obj <</Type/ObjStm/Filter/FlateDecode>> stream\n" + zlib.compress(array) + b"endstream"
    assert low_ligatures(packed) == expected
    assert low_ligatures(array + b"/Differences [27 /f_f]") == {30: "fl", 31: "ffi"}
    assert low_ligatures(b"/ObjStm stream\n" + zlib.compress(bytes(10_000_000))) == {}


def test_white_space_and_invisible_characters_are_plain() -> None:
    """No-break spaces are spaces, zero-width characters are gone, text is in NFC."""
    document = read(lambda sheet: sheet.text(60, 100, "caf\u00e9\u00a0bar"))
    assert document.text == "caf\u00e9 bar"


@settings(max_examples=25, derandomize=True, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(20, 500),
            st.integers(30, 760),
            st.text("abc xyz-•,.", min_size=1, max_size=30),
            st.sampled_from([6, 9, 10, 12, 24]),
            st.sampled_from([0, 0, 0, 90, 270, 30]),
        ),
        min_size=1,
        max_size=25,
    )
)
def test_laws_hold_for_any_page(items: list[tuple[int, int, str, int, int]]) -> None:
    """However text is strewn over a page, spans, edges and boxes fit, and no letter is lost."""

    def page(sheet: Sheet) -> None:
        for x, y, text, size, turn in items:
            sheet.canvas.saveState()
            sheet.canvas.translate(x, HIGH - y)
            sheet.canvas.rotate(turn)
            sheet.canvas.setFont("Helvetica", size)
            sheet.canvas.drawString(0, 0, text)
            sheet.canvas.restoreState()

    try:
        document = read(page)
    except DocumentError:
        return
    for line in document.lines:
        assert line.edges is not None
        assert len(line.edges) == line.span.end - line.span.start + 1
        assert document.places(line.span)
    assert "".join(document.text[slice(*line.span)] for line in document.lines) == document.text.replace(
        "\n", ""
    )
