"""Masking: identity is taken out of what is embedded and compared, leaving no trace of its length or form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from matcher.resumes.headers import PLACEHOLDER
from matcher.types import Identity, Span

_BULLET = re.compile(r"^(?:[•●◦▪·∙○■□▫➢➤►▶‣⁃✓✔❖◆♦*]+\s{0,9}|[-–—]\s{1,9})")
_SPACE = re.compile(r"\s+")
_BEFORE_STOP = re.compile(r"\s{1,9}([,.;:!?)\]])")
_EMPTY = re.compile(r"[(\[]\s{0,9}[,;:|/–—-]*\s{0,9}[)\]]")
_DOUBLE = re.compile(r"([,;:|])(?:\s{0,9}[,;:|])+")
_LEAD = re.compile(r"^(?:['’]s\b)?[\s,;:|.)\]–—-]+(?=\S)")
_ICONS = re.compile(r"[\ue000-\uf8ff]+")
FILLER = "\ue000"


class Mask:
    """The identity of one resume, ready to be taken out of any span of its text."""

    def __init__(self, text: str, identity: Sequence[Identity]) -> None:
        self._text = text
        self._spans = [item.span for item in identity]
        self._starts = [span.start for span in self._spans]

    def _inside(self, span: Span) -> list[Span]:
        first = max(0, bisect_left(self._starts, span.start) - 1)
        found = []
        for other in self._spans[first:]:
            if other.start >= span.end:
                break
            if other.overlaps(span):
                found.append(Span(max(other.start, span.start), min(other.end, span.end)))
        return found

    def masked(self, span: Span) -> str:
        """The words of `span` on one line without identity, without its bullet, white space folded.

        What a removed word leaves behind (an empty bracket, a comma at the start) goes with it.
        """
        pieces, start = [], span.start
        for hole in self._inside(span):
            pieces.append(self._text[start : hole.start])
            start = hole.end
        pieces.append(self._text[start : span.end])
        touched = len(pieces) > 1
        words = _SPACE.sub(" ", " ".join(pieces)).strip()
        words = _BULLET.sub("", words)
        if "Company Name" in words or "City" in words:  # what anonymised resumes write says nothing
            words = PLACEHOLDER.sub(" ", words).replace("ï¼", " ")
            words = _SPACE.sub(" ", words).strip(" ,|–—-")
        if touched:
            words = _EMPTY.sub(" ", words)
            words = _BEFORE_STOP.sub(r"\1", words)
            words = _DOUBLE.sub(r"\1", words)
            words = _SPACE.sub(" ", words)
            words = _LEAD.sub("", words).strip(" ,;:|–—-")
        return words.strip() if words.isascii() else _ICONS.sub("", words).strip()

    def length(self, span: Span) -> int:
        """Characters of `span` that are not identity."""
        return span.end - span.start - sum(hole.end - hole.start for hole in self._inside(span))

    def filled(self) -> str:
        """The whole text with every character of identity replaced by one neutral character: same offsets."""
        pieces, start = [], 0
        for hole in self._spans:
            pieces.append(self._text[start : hole.start])
            pieces.append(FILLER * (hole.end - hole.start))
            start = hole.end
        pieces.append(self._text[start:])
        return "".join(pieces)
