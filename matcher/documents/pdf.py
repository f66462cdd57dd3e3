"""PDF to Document: glyphs, what is hidden, reading order, lines, links."""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial

import numpy as np

from matcher.documents import pdf_native as native
from matcher.documents.pdf_chunks import attach_bullets, build_chunks, icon_bullets
from matcher.documents.pdf_encodings import low_ligatures
from matcher.documents.pdf_glyphs import Frame, Glyphs, page_frame, read_glyphs
from matcher.documents.pdf_hidden import CLIPPED, hidden_words
from matcher.documents.pdf_layout import reading_order
from matcher.documents.pdf_lines import TextLine, assemble, text_lines
from matcher.documents.pdf_links import PageLink, field_chunks, form_fields, page_links, place_links
from matcher.documents.pdf_paint import Words, read_shapes, read_words
from matcher.errors import (
    CorruptDocumentError,
    DocumentTooLargeError,
    EmptyDocumentError,
    NoTextError,
    PasswordProtectedError,
)
from matcher.settings import Limits
from matcher.types import Box, Document, Page, Place, SetAside, SetAsideKind

MEDIA_TYPE = "application/pdf"
# Web engines break words only where a page asks for it, which resumes hardly do.
_UNHYPHENATED = re.compile(r"skia|chrom|wkhtmltopdf|\bqt\b|weasyprint", re.IGNORECASE)


@dataclass(slots=True)
class _Reading:
    """What has been read of a file so far."""

    ligatures: Callable[[], Mapping[int, str]]
    pages: list[Page] = field(default_factory=list)
    lines: list[list[TextLine]] = field(default_factory=list)
    links: list[PageLink] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    characters: int = 0
    space_gap: float | None = None


def read_pdf(data: bytes, limits: Limits) -> Document:
    """The text, geometry and links of a PDF file, hidden text set aside.

    Raises EmptyDocumentError, NoTextError, PasswordProtectedError, CorruptDocumentError and
    DocumentTooLargeError. Time and memory are the caller's to limit.
    """
    if not data.strip():
        raise EmptyDocumentError()
    with opened(data) as document:
        count = native.page_count(document)
        if count > limits.max_pages:
            raise DocumentTooLargeError(
                f"The file has {count} pages; the limit is {limits.max_pages}. "
                "Raise max_pages or split the file."
            )
        reading = _Reading(cache(partial(low_ligatures, data)))
        hyphenated = not _UNHYPHENATED.search(_producer(document))
        # Layers are declared in the catalogue, which may be packed in an object stream.
        layers = b"/OCProperties" in data or b"/ObjStm" in data
        with form_fields(document) as form:
            for number in range(1, count + 1):
                _read_page(document, form, number, limits, reading, layers=layers)
    text, lines = assemble(reading.lines, hyphenated=hyphenated)
    if not text.strip():
        if any(not page.readable for page in reading.pages):
            raise NoTextError()
        raise EmptyDocumentError()
    return Document(
        text,
        MEDIA_TYPE,
        hashlib.sha256(data).hexdigest(),
        tuple(lines),
        tuple(reading.pages),
        place_links(reading.links, lines),
        _worth_showing(reading.set_aside, text),
    )


def _worth_showing(found: list[SetAside], text: str) -> tuple[SetAside, ...]:
    """What was set aside, without lines that are cut off on one page because they stand on the next."""
    folded = " ".join(text.split())
    return tuple(
        entry
        for entry in found
        if not (entry.reason == f"Hidden text: {CLIPPED}." and " ".join(entry.text.split()) in folded)
    )


@contextmanager
def opened(data: bytes) -> Iterator[native.Handle]:
    """The PDFium document of `data`, closed afterwards."""
    buffer = ctypes.c_char_p(data)
    document = native.load_document(ctypes.cast(buffer, ctypes.c_void_p), len(data), None)
    if not document:
        error = native.last_error()
        if error in (native.ERROR_PASSWORD, native.ERROR_SECURITY):
            raise PasswordProtectedError()
        raise CorruptDocumentError()
    try:
        yield document
    finally:
        native.close_document(document)


def _producer(document: native.Handle) -> str:
    """The programs that the file says it was made by."""
    return " ".join(
        native.utf16(partial(native.document_meta, document, key)) for key in (b"Creator", b"Producer")
    )


def _read_page(
    document: native.Handle,
    form: native.Handle,
    number: int,
    limits: Limits,
    reading: _Reading,
    *,
    layers: bool,
) -> None:
    """Read one page into `reading`."""
    page = native.load_page(document, number - 1)
    if not page:
        raise CorruptDocumentError(
            f"Page {number} of the file is damaged: export it again from the program that made it."
        )
    try:
        frame = page_frame(page)
        chunks = field_chunks(form, page, frame)
        shapes = read_shapes(page, frame)
        text_page = native.load_text(page)
        try:
            reading.characters += max(0, native.count_chars(text_page))
            if reading.characters > limits.max_characters:
                raise DocumentTooLargeError(
                    f"The file has {reading.characters:,} characters by page {number}; "
                    f"the limit is {limits.max_characters:,}. Raise max_characters or split the file."
                )
            glyphs = (
                read_glyphs(text_page, frame, reading.space_gap, reading.ligatures) if text_page else None
            )
            if glyphs is not None:
                reading.space_gap = glyphs.space_gap
                words = read_words(text_page, glyphs)
                reasons = hidden_words(page, frame, glyphs, words, shapes, layers=layers)
                reading.set_aside += _hidden(glyphs, words, reasons, number)
                skipped = np.array([reason is not None for reason in reasons]) | np.array(words.icons)
                marks = shapes.bullets + icon_bullets(glyphs, words)
                chunks += attach_bullets(build_chunks(glyphs, words, skipped), marks)
        finally:
            native.close_text(text_page)
        lines = text_lines(reading_order(chunks), number)
        reading.lines.append(lines)
        reading.links += page_links(document, page, frame, number)
        readable = bool(lines) or not shapes.painted
        if not readable:
            reading.set_aside.append(_unreadable(number, frame))
        reading.pages.append(Page(number, frame.width, frame.height, readable))
    finally:
        native.close_page(page)


def _unreadable(number: int, frame: Frame) -> SetAside:
    return SetAside(
        SetAsideKind.UNREADABLE_PAGE,
        f"Page {number} shows pictures or drawings but has no text: run it through text recognition (OCR).",
        "",
        (Place(number, Box(0.0, 0.0, frame.width, frame.height)),),
    )


def _hidden(glyphs: Glyphs, words: Words, reasons: list[str | None], number: int) -> Iterator[SetAside]:
    """One SetAside per run of words hidden for the same reason, with a place for each of its lines."""
    run: list[int] = []
    for at in range(len(reasons) + 1):
        reason = reasons[at] if at < len(reasons) else None
        if run and reason != reasons[run[0]]:
            yield _hidden_run(glyphs, words, run, str(reasons[run[0]]), number)
            run = []
        if reason is not None:
            run.append(at)


def _hidden_run(glyphs: Glyphs, words: Words, run: list[int], reason: str, number: int) -> SetAside:
    text = ""
    places: list[Place] = []
    baseline = None
    for at in run:
        i, j = int(words.first[at]), int(words.last[at]) + 1
        text += (" " if text and glyphs.word[i] else "") + "".join(glyphs.text[i:j])
        box = Box(
            float(glyphs.left[i:j].min()),
            float(glyphs.top[i:j].min()),
            float(glyphs.right[i:j].max()),
            float(glyphs.bottom[i:j].max()),
        )
        if baseline is not None and abs(glyphs.baseline[i] - baseline) < 0.5 * glyphs.em[i]:
            last = places[-1].box
            places[-1] = Place(
                number,
                Box(
                    min(last.left, box.left),
                    min(last.top, box.top),
                    max(last.right, box.right),
                    max(last.bottom, box.bottom),
                ),
            )
        else:
            places.append(Place(number, box))
        baseline = float(glyphs.baseline[i])
    return SetAside(SetAsideKind.HIDDEN_TEXT, f"Hidden text: {reason}.", text, tuple(places))
