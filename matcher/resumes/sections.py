"""Sections: a heading is a whole line, known by its wording, or by being set like the known ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.resumes.anchors import anchor_period
from matcher.resumes.dates import bare_dates, find_periods
from matcher.resumes.headings import heading_kind, normalised, unspaced
from matcher.resumes.rows import Row, body_size
from matcher.resumes.titles import looks_like_title, title_score
from matcher.types import Section, SectionKind, Span

# Wordings that are as common inside lists ("Training" as a skill) as above them.
_WEAK = frozenset(
    wording.strip()
    for wording in """
        systems; training; trainings; research; leadership; teaching; service; community; communication;
        software; tools; technology; technologies; writing; work; project; career; media; press; military;
        status; fields; other; additional; books; knowledge; degree; volunteer; language; license; licence;
        certification; certificate; background; portfolio; goal; formation; registration; activities;
        strengths; presentations; achievements; proficiency; courses; workshops; patent; organizations;
        internship; stack; degrees; studies; school; schools; computer; computing; it; edv; tickets; cards;
        permits; jobs; contracts; contracting; permanent; freelance; freelancing; assignments; engagements;
        roles; posts; placements; study; clearance; clearances; endorsements; customer service; community
        service; communication skills; management skills; leadership skills; interpersonal skills; computer
        skills; research skills; digital skills; soft skills; professional development; continuing
        education; language skills; technical training; leadership experience; management experience;
        teaching experience; research experience
    """.split(";")
)
_JOINS = (" and", " &", " und", " et", " y", " e", "/", ",")
_WORK = re.compile(
    r"(?:[^\W\d_][\w'&/-]{1,20} ){1,2}"
    r"(?:experience|work|employment|jobs|roles|positions|posts|appointments|career)"
)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Style:
    """How a line is set; what headings have in common."""

    size: float | None
    bold: bool
    capitals: bool


def _style(row: Row) -> _Style:
    letters = _LETTER.findall(row.text)
    capitals = bool(letters) and all(letter == letter.upper() for letter in letters)
    return _Style(round(row.size * 2) / 2 if row.size is not None else None, row.bold, capitals)


def _standout(style: _Style, body: float | None) -> bool:
    """True when the style differs from body text."""
    larger = style.size is not None and body is not None and style.size > body * 1.05
    return larger or style.bold or style.capitals


def find_headings(rows: tuple[Row, ...]) -> dict[int, SectionKind]:
    """Row index to kind for every heading line."""
    body = body_size(rows)
    known = {
        row.index: kind
        for row in rows
        if not row.blank and (kind := heading_kind(row.text)) is not None and not _is_entry(rows, row)
    }
    known.update(_wrapped(rows))
    if not known:
        return {}
    styles = Counter(_style(rows[index]) for index in known if not rows[index].bullet)
    strong = {style for style, count in styles.items() if count >= 2 and _standout(style, body)}
    found: dict[int, SectionKind] = {}
    numbered = set() if styles else _numbered(rows, known)
    for index, kind in known.items():
        row = rows[index]
        if index - 1 in known and wraps(rows, index - 1):
            continue  # its second line
        style = _style(row)
        name = normalised(row.text)
        if row.bullet and style not in strong and index not in numbered:
            continue
        if strong and style not in strong:
            if body is not None and style.size is not None and style.size < body * 0.95:
                continue
            if name in _WEAK or not (_standout(style, body) or _free(rows, row)):
                continue
        elif not strong and name in _WEAK and not _free(rows, row):
            continue
        found[index] = kind
    for row in rows:
        if row.index in known or not _of_work(row.text):
            continue
        alike = _style(row) in strong if strong else _free(rows, row)
        if alike and _jobs_below(rows, row, known):
            found[row.index] = SectionKind.EXPERIENCE
    if strong:
        found.update(_unknown(rows, body, strong, found))
    return dict(sorted(found.items()))


def _is_entry(rows: tuple[Row, ...], row: Row) -> bool:
    """True for a line in lower case amid prose: a wrapped word, not a heading."""
    first = next((c for c in row.text if c.isalpha()), "")
    if not first.islower():
        return False
    before = rows[row.index - 1] if row.index else None
    return not row.bold and before is not None and not before.blank


def wraps(rows: Sequence[Row], index: int) -> bool:
    """True for a heading that goes on in the next line, set like it ("Licences and", "Certificates")."""
    if index + 1 >= len(rows) or not rows[index].text.casefold().endswith(_JOINS):
        return False
    row, below = rows[index], rows[index + 1]
    same = not (row.bullet or below.bullet or below.blank) and _style(row) == _style(below)
    return same and heading_kind(f"{row.text} {below.text}") is not None


def _wrapped(rows: Sequence[Row]) -> dict[int, SectionKind]:
    return {
        row.index: kind
        for row in rows
        if wraps(rows, row.index)
        and (kind := heading_kind(f"{row.text} {rows[row.index + 1].text}")) is not None
    }


def _numbered(rows: Sequence[Row], known: Mapping[int, SectionKind]) -> set[int]:
    """Headings that are items of one list ("1. Experience", "2. Education"), where no others are."""
    edge = min((rows[index].indent for index in known), default=0)
    apart = {i for i in known if rows[i].indent == edge and rows[i].bullet and (i == 0 or rows[i - 1].blank)}
    return apart if len({known[i] for i in apart}) >= 2 else set()


def _of_work(text: str) -> bool:
    """True for "Garden work", "Bakery experience": jobs of a domain that the vocabulary does not list."""
    plain = normalised(text) if len(text) <= 40 else ""
    return _WORK.fullmatch(plain) is not None and text[0].isupper() and title_score(text) < 1.2


def _jobs_below(rows: Sequence[Row], row: Row, known: Mapping[int, SectionKind]) -> bool:
    """True when one of the next lines, but not the very next alone, has the dates of a job."""
    after = [other for other in rows[row.index + 1 : row.index + 8] if not other.blank][:4]
    if row.bullet or not after or after[0].index > row.index + 2 or bare_dates(after[0].text):
        return False
    for other in after:
        if other.index in known:
            return False
        if anchor_period(other) is not None:
            return True
    return False


def _free(rows: tuple[Row, ...], row: Row) -> bool:
    """True when the line stands alone after a blank line or at the top, or ends with a colon."""
    before = rows[row.index - 1] if row.index else None
    return row.text.rstrip().endswith((":", "：")) or before is None or before.blank


def _unknown(
    rows: tuple[Row, ...], body: float | None, strong: set[_Style], found: dict[int, SectionKind]
) -> dict[int, SectionKind]:
    """Lines set like the known headings whose wording is new: sections of kind OTHER."""
    first = min(found)
    extra: dict[int, SectionKind] = {}
    for row in rows:
        style = _style(row)
        if row.index in found or row.blank or row.bullet or style not in strong or row.index < first - 40:
            continue
        if row.index - 1 in found and wraps(rows, row.index - 1):
            continue
        larger = style.size is not None and body is not None and style.size > body * 1.05
        text = unspaced(row.text)
        words = text.split()
        if len(words) > 6 or len(text) > 48 or text.endswith((".", ",", ";")) or "\t" in text:
            continue
        if any(c.isdigit() for c in text) or "@" in text or find_periods(text):
            continue
        if not larger and (not style.capitals or looks_like_title(text) or not _free(rows, row)):
            continue
        if row.index < first and (not larger or row.index < 3 or looks_like_title(text)):
            continue  # the name and the headline stand there
        if any(find_periods(rows[i].text) for i in range(row.index + 1, min(row.index + 3, len(rows)))):
            continue  # an employer set like a heading, its dates below
        extra[row.index] = SectionKind.OTHER
    return extra


def split_sections(rows: tuple[Row, ...]) -> tuple[Section, ...]:
    """Sections in order, covering the text from the first row to the end.

    The text above the first heading is a CONTACT section without heading; where no heading follows soon,
    it ends where prose, a list or a dated line begins, and the rest is OTHER.
    """
    headings = find_headings(rows)
    content = [row for row in rows if not row.blank]
    if not content:
        return ()
    sections: list[Section] = []
    first = next(iter(headings), None)
    top = [row for row in content if first is None or row.index < first]
    if top:
        count = contact_rows(top)
        if count:
            sections.append(Section(SectionKind.CONTACT, Span(top[0].span.start, top[count - 1].span.end)))
        if count < len(top):
            kind = SectionKind.SUMMARY if first is not None else SectionKind.OTHER
            sections.append(Section(kind, Span(top[count].span.start, top[-1].span.end)))
    order = list(headings)
    for place, index in enumerate(order):
        limit = order[place + 1] if place + 1 < len(order) else len(rows)
        last = next(row for row in reversed(rows[index:limit]) if not row.blank)
        heading = rows[index].span
        if wraps(rows, index):
            heading = Span(heading.start, rows[index + 1].span.end)
        sections.append(Section(headings[index], Span(heading.start, last.span.end), heading))
    return tuple(sections)


def contact_rows(top: list[Row]) -> int:
    """How many of the rows above the first heading are the block of name, headline and contact details."""
    for place, row in enumerate(top):
        words = row.text.split()
        contact = "@" in row.text or sum(c.isdigit() for c in row.text) >= 7
        if not contact and len(words) >= (9 if place else 20) and row.text[:1].isalpha():
            start = place
            while start > 1 and len(top[start - 1].text.split()) >= 7 and "@" not in top[start - 1].text:
                start -= 1
            return start
        if row.bullet and len(words) >= 5 and not contact:
            return place
        if place and not contact and find_periods(row.text):
            return max(1, place - 1) if len(top) > 12 else place
    return len(top)
