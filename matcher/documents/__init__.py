"""Bytes to Document: one function, `read`, for every format; what a file is, its content says.

Each reader is imported when its format is first met, so that reading a text loads no XML or PDF library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from matcher.documents.sniff import Format, Sniffed, sniff
from matcher.errors import DocumentTooLargeError, EmptyDocumentError, NoTextError
from matcher.settings import Limits
from matcher.types import Document, Picture, Place, SetAside, SetAsideKind

__all__ = ["draw_quotes", "read"]

_DEFAULT_LIMITS = Limits()


def read(data: bytes, limits: Limits = _DEFAULT_LIMITS) -> Document:
    """The Document in `data`: text in reading order by the conventions of `assemble`, hidden text set aside.

    Raises a DocumentError that says what is wrong and what to do: EmptyDocumentError, NoTextError,
    UnsupportedFormatError, PasswordProtectedError, CorruptDocumentError, DocumentTooLargeError,
    DecompressionLimitError, NestedArchiveError or EntityBombError.
    """
    if len(data) > limits.max_bytes:
        raise DocumentTooLargeError(
            f"The file has {len(data):,} bytes; the limit is {limits.max_bytes:,}. "
            "Raise max_bytes or split the file."
        )
    document = _read(data, sniff(data, limits), limits)
    if len(document.text) > limits.max_characters:
        raise DocumentTooLargeError(
            f"The file holds {len(document.text):,} characters; the limit is {limits.max_characters:,}. "
            "Raise max_characters or split the file."
        )
    if not document.text and not document.pages:
        _refuse_empty(document)
    return _with_instructions(document)


def draw_quotes(data: bytes, quotes: Sequence[Sequence[Place]]) -> tuple[Picture | None, ...]:
    """For the places of each quote in a PDF a picture of it; None where nothing can be drawn.

    Raises CorruptDocumentError or PasswordProtectedError.
    """
    from matcher.documents.pictures import draw_quotes as draw

    return draw(data, quotes)


def _read(data: bytes, found: Sniffed, limits: Limits) -> Document:
    sha256 = hashlib.sha256(data).hexdigest()
    match found.format:
        case Format.PDF:
            from matcher.documents.pdf import read_pdf

            return read_pdf(data, limits)
        case Format.DOCX:
            from matcher.documents.docx import read_docx

            assert found.archive is not None
            return read_docx(found.archive, sha256, limits)
        case Format.ODT:
            from matcher.documents.odt import read_odt

            assert found.archive is not None
            return read_odt(found.archive, sha256, limits)
        case Format.RTF:
            from matcher.documents.rtf import read_rtf

            return read_rtf(data, sha256, limits)
        case Format.HTML:
            from matcher.documents.html import read_html
            from matcher.documents.jsonld import posting_behind

            page = read_html(found.text, sha256, limits)
            return posting_behind(page, limits) or page
        case Format.MARKDOWN:
            from matcher.documents.markdown import read_markdown

            return read_markdown(found.text, sha256, limits)
        case Format.JSON_LD:
            from matcher.documents.jsonld import read_json_ld

            return read_json_ld(found.text, sha256, limits)
        case Format.JSON_RESUME:
            from matcher.documents.json_resume import read_json_resume

            return read_json_resume(found.text, sha256, limits)
        case Format.TEXT:
            from matcher.documents.text import read_text

            return read_text(found.text, sha256, limits)


def _refuse_empty(document: Document) -> None:
    hidden = sum(len(entry.text) for entry in document.set_aside if entry.kind is SetAsideKind.HIDDEN_TEXT)
    if hidden:
        raise EmptyDocumentError(
            f"The file shows no text: all of its {hidden:,} characters are hidden. "
            "Send it with its text visible."
        )
    if document.media_type in (Format.DOCX, Format.ODT, Format.RTF):
        raise NoTextError(
            "The file carries no text (pictures at most): run it through text recognition (OCR) first."
        )
    raise EmptyDocumentError("The file shows no text: check it and send it again.")


def _with_instructions(document: Document) -> Document:
    """The document with what in it talks to the machine listed, where it stands."""
    from matcher.documents.instructions import find_instructions

    text = document.text
    found = tuple(
        SetAside(
            kind=SetAsideKind.INSTRUCTION,
            reason=instruction.reason,
            text=text[instruction.span.start : instruction.span.end],
            places=document.places(instruction.span),
            span=instruction.span,
        )
        for instruction in find_instructions(text)
    )
    return replace(document, set_aside=document.set_aside + found) if found else document
