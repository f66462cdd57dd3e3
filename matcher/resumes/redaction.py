"""Masking: identity is taken out of what is embedded and compared, leaving no trace of its length or form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from matcher.resumes.calendar_words import MONTHS, SEASONS
from matcher.resumes.headers import PLACEHOLDER
from matcher.types import Identity, Span

_BULLET = re.compile(r"^(?:[•●◦▪·∙○■□▫➢➤►▶‣⁃✓✔❖◆♦*]+\s{0,9}|[-–—]\s{1,9})")
_SPACE = re.compile(r"\s+")
_BEFORE_STOP = re.compile(r"\s{1,9}([,.;:!?)\]])")
_EMPTY = re.compile(r"[(\[]\s{0,9}[,;:|/–—-]*\s{0,9}[)\]]")
_DOUBLE = re.compile(r"([,;:|])(?:\s{0,9}[,;:|])+")
_LEAD = re.compile(r"^(?:['’]s\b)?[\s,;:|.)\]–—-]+(?=\S)")
_ICONS = re.compile(r"[\ue000-\uf8ff]+")
_NAMED = "|".join(sorted(map(re.escape, (*MONTHS, *SEASONS)), key=len, reverse=True))
_DATE = (
    rf"(?:(?:(?:{_NAMED})\b\.?,?\s{{0,9}}|\d{{1,2}}[./\s-]{{1,3}}){{0,2}}(?<!\d)(?:19|20)\d\d(?!\d)"
    r"|['’]\d\d\b)"
)
_STUDY_DATES = re.compile(
    rf"(?<![^\W_])(?:(?:in|class of)\s{{1,9}})?{_DATE}"
    rf"(?:\s{{0,9}}[-–—/]\s{{0,9}}(?:{_DATE}|\d\d\b)?|\s{{1,9}}(?:to|until|through)\s{{1,9}}{_DATE})?",
    re.IGNORECASE,
)
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
            words = _closed(words)
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


def without_study_dates(words: str) -> str:
    """The words of an education entry, masked, without its years: they tell an age, and nothing of what was
    learnt. What says that studies go on ("present", "expected") stays."""
    cut = _STUDY_DATES.sub(" ", words)
    return words if cut == words else _closed(cut)


def _closed(words: str) -> str:
    """The words without what those that were taken out left behind."""
    words = _EMPTY.sub(" ", words)
    words = _BEFORE_STOP.sub(r"\1", words)
    words = _DOUBLE.sub(r"\1", words)
    words = _SPACE.sub(" ", words)
    return _LEAD.sub("", words).strip(" ,;:|–—-")
