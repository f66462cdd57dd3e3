"""Documents for the tests of this folder, made from text by the conventions every reader follows."""

from __future__ import annotations

import hashlib

from matcher.resumes import parse
from matcher.types import Document, Line, Resume, Span


def document(text: str, bold: tuple[str, ...] = (), size: dict[str, float] | None = None) -> Document:
    """A Document of `text`; the lines named in `bold` are bold, those in `size` have that font size."""
    lines, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        lines.append(
            Line(
                Span(start, end),
                size=(size or {}).get(line, 11.0 if size is not None else None),
                bold=line in bold,
            )
        )
        start = end + 1
    return Document(text, "text/plain", hashlib.sha256(text.encode()).hexdigest(), tuple(lines))


def resume(text: str, bold: tuple[str, ...] = (), size: dict[str, float] | None = None) -> Resume:
    """The text parsed as a resume."""
    return parse(document(text, bold, size), "a resume")
