"""PDF files drawn for the tests: one call per page, positions in points from the top left corner."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from matcher.documents.pdf import read_pdf
from matcher.settings import Limits
from matcher.types import Document

WIDE, HIGH = 612.0, 792.0


class Sheet:
    """A page to draw on, with the origin at the top left."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = "Helvetica") -> None:
        """Text with its baseline `y` points below the top."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HIGH - y, text)

    def lines(self, x: float, y: float, lines: list[str], step: float = 12, **style: object) -> None:
        """Lines of text, one below the other."""
        for at, line in enumerate(lines):
            self.text(x, y + at * step, line, **style)  # type: ignore[arg-type]

    def words(self, x: float, y: float, text: str, gap: float, size: float = 10) -> None:
        """Text without space characters: each word is drawn at its own place, `gap` em after the last."""
        for word in text.split():
            self.text(x, y, word, size)
            x += self.canvas.stringWidth(word, "Helvetica", size) + gap * size

    def box(self, x: float, y: float, wide: float, high: float, colour: tuple[float, ...]) -> None:
        """A filled rectangle with its top left corner at (x, y)."""
        self.canvas.saveState()
        self.canvas.setFillColorRGB(*colour)
        self.canvas.rect(x, HIGH - y - high, wide, high, stroke=0, fill=1)
        self.canvas.restoreState()

    def colour(self, *rgb: float) -> None:
        """The colour of the text that follows."""
        self.canvas.setFillColorRGB(*rgb)


def pdf(*pages: Callable[[Sheet], None], password: str | None = None) -> bytes:
    """A PDF with one page per function."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDE, HIGH), encrypt=password, invariant=1)
    for draw in pages:
        draw(Sheet(canvas))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(*pages: Callable[[Sheet], None]) -> Document:
    """The Document of a PDF with these pages."""
    return read_pdf(pdf(*pages), Limits())
