"""Snippets: the quotable units of a resume, in reading order, none overlapping another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from matcher.resumes.dates import bare_dates
from matcher.resumes.paragraphs import paragraphs
from matcher.resumes.redaction import Mask, without_study_dates
from matcher.resumes.rows import Row, rows_within
from matcher.resumes.sentences import cut_sentences, fits, trimmed
from matcher.resumes.skills import cut_list
from matcher.types import Position, Section, SectionKind, Snippet, Span

MOST_ITEMS, MOST_LIST_CHARACTERS = 12, 200  # of one piece of a long list
_SKIPPED = frozenset({SectionKind.CONTACT, SectionKind.REFERENCES})
_LISTS = frozenset({SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.INTERESTS})
_REFERENCES = re.compile(
    r"^(?:references?|referees?)\b.{0,30}\b(?:available|furnished|provided|upon|on)\b.{0,30}request\.?$",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"^(?:company name|city|state|usa|,|，|ï¼[\u200b\u0080-\u009f]?|[-–|.\s\u200b])+$", re.IGNORECASE
)
_LEFT_OVER = (
    " *",
    "\n*",
    "\n>",
    "\n»",
    "\n+",
    " Â",
    "\nÂ",
)  # a list mark at the end, a space in the wrong encoding
_LABEL = re.compile(r"^[^.;,\n]{1,50}[:：]$")  # a heading of its own, its list behind it
_WORDS = re.compile(r"[^\W_]{2}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_DURATION = re.compile(r"^\W*(?:\d{1,9}\+?\s{0,9}(?:years?|yrs?|months?|mos?)\W*){1,2}$", re.IGNORECASE)


def find_snippets(
    text: str,
    sections: Sequence[Section],
    rows: Sequence[Row],
    positions: Sequence[Position],
    mask: Mask,
    aside: Sequence[Span],
) -> tuple[Snippet, ...]:
    """Every quotable unit outside contact details, headings, references and what was set aside."""
    filled = mask.filled()
    found: list[Snippet] = []
    for section in sections:
        if section.kind in _SKIPPED:
            continue
        start = section.heading.end if section.heading is not None else section.span.start
        inside = rows_within(rows, start, section.span.end)
        for span, position in _units(text, filled, section, inside, positions, mask):
            span = _without_edges(text, span)
            if span.end <= span.start or any(span.overlaps(other) for other in aside):
                continue
            quote = text[span.start : span.end]
            if _DURATION.match(quote) or _REFERENCES.match(quote) or _PLACEHOLDER.match(quote):
                continue
            if _LABEL.match(quote):
                continue
            if section.kind is SectionKind.EDUCATION and bare_dates(quote):
                continue
            masked = mask.masked(span)
            if section.kind is SectionKind.EDUCATION:
                masked = without_study_dates(masked)
            if _WORDS.search(masked):
                found.append(Snippet(quote, span, section.kind, masked, position))
    return tuple(found)


def _units(
    text: str,
    filled: str,
    section: Section,
    rows: Sequence[Row],
    positions: Sequence[Position],
    mask: Mask,
) -> list[tuple[Span, int | None]]:
    starts = [position.span.start for position in positions]
    units: list[tuple[Span, int | None]] = []
    lengths = [mask.length(row.span) for row in rows]
    groups = paragraphs(rows, lengths)
    done: set[int] = set()
    for group in groups:
        span = Span(group[0].body.start, group[-1].body.end)
        nearest = bisect_right(starts, group[0].span.start) - 1
        owner = nearest if nearest >= 0 and group[0].span.start < positions[nearest].span.end else None
        head = _header(positions[owner]) if owner is not None else Span(0, 0)
        if owner is not None and span.start < head.end:
            if owner not in done:
                done.add(owner)
                units += [(part, owner) for part in _pieces(filled, head)]
            span = trimmed(text, Span(max(span.start, head.end), span.end))
            if span.end <= span.start:
                continue
        if section.kind in _LISTS or _listing(filled, span):
            parts = _list_pieces(text, filled, span)
        elif "\t" in text[span.start : span.end] and len(group) == 1:
            parts = _pieces(filled, span)
        else:
            parts = cut_sentences(filled, span)
        units += [(part, owner) for part in parts]
    return units


def _header(position: Position) -> Span:
    """From a position's start to where its bullets begin."""
    first = min((bullet.start for bullet in position.bullets), default=position.span.end)
    return Span(position.span.start, max(first, position.span.start))


def _pieces(filled: str, span: Span) -> list[Span]:
    span = trimmed(filled, span)
    return [span] if fits(filled[span.start : span.end]) else cut_sentences(filled, span)


def _listing(filled: str, span: Span) -> bool:
    """True for a long run of short items between commas, whatever its section."""
    words = filled[span.start : span.end]
    commas = words.count(",")
    return commas >= 8 and len(words) / (commas + 1) < 25 and words.count(". ") * 6 <= commas


def _list_pieces(text: str, filled: str, span: Span) -> list[Span]:
    """A list cut at its commas into pieces of at most MOST_ITEMS items; prose cut into sentences."""
    items = cut_list(filled, span)
    if len(items) < 4:
        return cut_sentences(filled, span)
    if sum(len(filled[i.start : i.end].split()) for i in items) > 9 * len(items):
        return cut_sentences(filled, span)
    parts: list[Span] = []
    start, count, last = items[0].start, 0, items[0].start
    for item in items:
        size = len(filled[start : item.end].replace("\ue000", ""))
        if count and (count == MOST_ITEMS or size > MOST_LIST_CHARACTERS):
            parts.append(Span(start, last))
            start, count = item.start, 0
        last, count = item.end, count + 1
    parts.append(Span(start, span.end))
    lead = Span(span.start, items[0].start)
    if parts and text[lead.start : lead.end].strip():
        parts[0] = Span(span.start, parts[0].end)
    return [short for part in parts for short in _pieces(filled, part)]


def _without_edges(text: str, span: Span) -> Span:
    start, end = trimmed(text, span)
    while start < end and (text[start] in " \t\n,;•·|*–—" or "\ue000" <= text[start] <= "\uf8ff"):
        start += 1
    while end > start and (text[end - 1] in " \t\n,;•·|–—" or text[max(start, end - 2) : end] in _LEFT_OVER):
        end -= 1
    return Span(start, end)
