"""Photographs: the same file with and without a picture of a person on its first page."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from importlib.util import find_spec
from pathlib import Path

from matcher.documents import read
from matcher.errors import MissingExtraError
from matcher.types import Box, Document

_SIDE = 40.0  # points that a small photograph takes on a page
_STEP = 10.0
_ALT = "Photo of the applicant"


def with_picture(path: Path) -> bytes | None:
    """The file's bytes with a picture, None for formats that hold none and pages without room for one.

    Raises MissingExtraError where the libraries that draw are not installed.
    """
    data = path.read_bytes()
    match path.suffix:
        case ".html":
            picture = base64.b64encode(portrait()).decode()
            tag = f'<img alt="{_ALT}" width="80" height="80" src="data:image/png;base64,{picture}">'
            text = data.decode("utf-8")
            at = text.find(">", text.find("<body")) + 1
            return (text[:at] + tag + text[at:]).encode("utf-8")
        case ".docx":
            return _in_docx(data)
        case ".pdf":
            return _in_pdf(data, read(data))
        case _:
            return None


def portrait(side: int = 24) -> bytes:
    """A PNG of a head on a plain ground: an oval, no one's face."""
    rows = bytearray()
    for y in range(side):
        rows.append(0)  # no filter
        for x in range(side):
            inside = ((x - side / 2) / 0.3) ** 2 + ((y - side / 2) / 0.4) ** 2 < side**2
            rows += bytes((196, 156, 132) if inside else (90, 110, 140))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, content) for kind, content in parts)


def _needs(*modules: str) -> None:
    if any(find_spec(module) is None for module in modules):
        raise MissingExtraError("Drawing pictures into files needs: pip install 'matcher[evaluation]'")


def _in_docx(data: bytes) -> bytes:
    _needs("docx")
    import docx
    from docx.shared import Pt

    document = docx.Document(io.BytesIO(data))
    first = document.paragraphs[0].insert_paragraph_before()
    shape = first.add_run().add_picture(io.BytesIO(portrait()), width=Pt(80))
    shape._inline.docPr.set("descr", _ALT)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _in_pdf(data: bytes, document: Document) -> bytes | None:
    _needs("pypdf", "reportlab", "PIL")
    import pypdf
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    room = _room(document)
    if room is None:
        return None
    page = document.pages[0]
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pagesize=(page.width, page.height))
    canvas.drawImage(ImageReader(io.BytesIO(portrait())), room.left, page.height - room.bottom, _SIDE, _SIDE)
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.pages[0].merge_page(pypdf.PdfReader(drawn).pages[0])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _room(document: Document) -> Box | None:
    """The uppermost and rightmost square of the first page that touches no line; None for none."""
    page = document.pages[0]
    boxes = [line.box for line in document.lines if line.page == page.number and line.box is not None]
    top = _STEP
    while top + _SIDE < page.height:
        left = page.width - _SIDE - _STEP
        while left > _STEP:
            square = Box(left, top, left + _SIDE, top + _SIDE)
            if not any(_touch(square, box) for box in boxes):
                return square
            left -= _STEP
        top += _STEP
    return None


def _touch(one: Box, other: Box) -> bool:
    beside = one.right <= other.left or other.right <= one.left
    return not beside and one.top < other.bottom and other.top < one.bottom
