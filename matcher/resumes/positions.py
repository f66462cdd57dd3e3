"""Positions: dated headers in the experience sections, with what stands below each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from matcher.resumes.anchors import anchor_period, header_like, stacked_period, wrapped_periods
from matcher.resumes.dates import bare_dates
from matcher.resumes.degrees import find_degree
from matcher.resumes.header_rows import LABEL, header_pieces, rows_above, rows_below
from matcher.resumes.headers import Header, read_header
from matcher.resumes.paragraphs import paragraphs, typed_items
from matcher.resumes.rows import Row
from matcher.resumes.titles import lean, title_score
from matcher.types import Period, Position, Span

_BREAK = re.compile(
    r"\b(?:career break|gap year|sabbatical|parental leave|maternity leave|paternity leave|family leave"
    r"|elternzeit"
    r"|full[- ]time (?:parent|carer|caregiver)|cong[ée] (?:maternité|parental))\b",
    re.IGNORECASE,
)

_STUDENT = re.compile(
    r"(?:full[- ]time |part[- ]time |college |university |high school )?student", re.IGNORECASE
)
# How long a job was, written below its dates: "2 years 10 months".
_DURATION = re.compile(
    r"\W{0,3}\d{1,2}\+?\s?(?:years?|yrs?|months?|mos?)\.?(?:,?\s(?:and\s)?\d{1,2}\s?(?:months?|mos?)\.?)?\W{0,3}",
    re.IGNORECASE,
)


_STOP = re.compile(r"(?<=[^\W\d_]{2})\.$")


@dataclass(slots=True)
class _Block:
    """One header while it is put together: indices into the section's rows."""

    anchor: int
    period: Period | None
    rows: list[int]
    body: list[int] = field(default_factory=list)
    header: Header = field(default_factory=Header)
    inherits: bool = False


def find_positions(text: str, rows: Sequence[Row]) -> list[Position]:
    """The positions of one experience section, in order; `rows` are its rows without the heading."""
    rows, wrapped = wrapped_periods(rows)
    items = {rows[i].index for i in typed_items(rows, [len(row.text) for row in rows])}
    groups = paragraphs(rows, items=items)
    first_of = {group[0].index for group in groups}
    blocks = _dated(text, rows, first_of, wrapped)
    if not blocks:
        blocks = _undated(rows, first_of)
    else:
        _add_undated(rows, blocks, first_of)
    if not blocks:
        return []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        stop = following.rows[0] if following is not None else len(rows)
        block.body = [i for i in range(block.rows[-1] + 1, stop) if not rows[i].blank]
        between = [
            i for i in range(block.rows[0], block.rows[-1]) if i not in block.rows and not rows[i].blank
        ]
        block.body = sorted({*between, *block.body})
    _read_headers(text, rows, blocks)
    blocks = _promote(blocks)
    found = [_position(text, rows, block, items) for block in blocks]
    return [position for position in found if not _no_job(position.title)]


def _no_job(title: str | None) -> bool:
    """True for what has dates and is no post: a break, a degree that stands among the jobs."""
    if title is None:
        return False
    degree = find_degree(title)
    return (_BREAK.search(title) or _STUDENT.fullmatch(title)) is not None or (
        degree is not None and degree.start == 0 and degree.level is not None and title_score(title) < 1.2
    )


def _dated(text: str, rows: Sequence[Row], first_of: set[int], wrapped: Mapping[int, Period]) -> list[_Block]:
    anchors: list[tuple[int, int, Period]] = []
    for i, row in enumerate(rows):
        if anchors and i <= anchors[-1][1]:
            continue
        stacked = stacked_period(text, rows, i)
        if stacked is not None:
            anchors.append((i, i + stacked[1] - 1, stacked[0]))
            continue
        if row.blank or (row.index not in first_of and "\t" not in row.text):
            continue
        period = wrapped.get(i) or anchor_period(row)
        if period is not None:
            anchors.append((i, i, period))
    blocks: list[_Block] = []
    usual: int | None = None
    for place, (i, last, period) in enumerate(anchors):
        floor = blocks[-1].rows[-1] + 1 if blocks else 0
        ceiling = anchors[place + 1][0] if place + 1 < len(anchors) else len(rows)
        if blocks and i == blocks[-1].rows[-1] + 1 and bare_dates(rows[i].text) and _before_list(rows, i):
            continue  # the same job dated twice
        above = rows_above(rows, i, floor, usual, first_of)
        if usual is None:
            usual = len(above)
        block = _Block(last, period, sorted([*above, *range(i, last + 1)]))
        block.rows += rows_below(text, rows, block.rows, last, period, ceiling)
        blocks.append(block)
    return blocks


def _read_headers(text: str, rows: Sequence[Row], blocks: list[_Block]) -> None:
    for block in blocks:
        block.header = read_header(text, header_pieces(rows, block.rows, block.period))
    if any(block.header.apart and not block.header.guessed for block in blocks):
        for block in blocks:  # employers stand apart from titles here, so a title's commas are its own
            if block.header.guessed:
                block.header = read_header(text, header_pieces(rows, block.rows, block.period), commas=False)
    votes = Counter(block.header.order for block in blocks if block.header.order is not None)
    if not votes:
        return
    order = votes.most_common(1)[0][0]
    for block in blocks:
        if block.header.order is None and block.header.employer is not None:
            block.header = read_header(text, header_pieces(rows, block.rows, block.period), order)


def _before_list(rows: Sequence[Row], i: int) -> bool:
    following = next((row for row in rows[i + 1 :] if not row.blank), None)
    return following is None or following.bullet


def _undated(rows: Sequence[Row], first_of: set[int]) -> list[_Block]:
    """Headers without dates: a title above a list, or set in bold."""
    blocks: list[_Block] = []
    for i, row in enumerate(rows):
        if (
            row.blank
            or row.bullet
            or row.index not in first_of
            or not header_like(row)
            or LABEL.search(row.text)
        ):
            continue
        following = next((r for r in rows[i + 1 :] if not r.blank), None)
        if following is None or len(row.text.split()) > 12:
            continue
        if title_score(row.text) >= 1.8 and (row.bold or following.bullet):
            if blocks and blocks[-1].rows[-1] == i - 1:
                blocks[-1].rows.append(i)
            else:
                blocks.append(_Block(i, None, [i]))
    return blocks


def _add_undated(rows: Sequence[Row], blocks: list[_Block], first_of: set[int]) -> None:
    """Positions without dates among dated ones, when they are set exactly like those."""
    if not all(any(rows[i].bold for i in block.rows) for block in blocks):
        return
    taken = {i for block in blocks for i in block.rows}
    extra: list[_Block] = []
    for i, row in enumerate(rows):
        if i in taken or i - 1 in taken or i + 1 in taken or row.blank or row.bullet or not row.bold:
            continue
        if (
            row.index in first_of
            and header_like(row)
            and not LABEL.search(row.text)
            and lean(row.text) >= 1.0
        ):
            extra.append(_Block(i, None, [i]))
    blocks += extra
    blocks.sort(key=lambda block: block.rows[0])


def _promote(blocks: list[_Block]) -> list[_Block]:
    """Several titles under one employer: each is a position of its own and shares the employer."""
    kept: list[_Block] = []
    for place, block in enumerate(blocks):
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        header = block.header
        if (
            header.title is None
            and header.employer is not None
            and not block.body
            and following is not None
            and following.header.employer is None
            and not following.header.anonymous
        ):
            following.header = replace(
                following.header,
                employer=header.employer,
                location=following.header.location or header.location,
            )
            following.inherits = True
            continue
        if header.title is not None and header.employer is None and not header.anonymous and kept:
            before = kept[-1]
            if before.header.employer is not None and (len(before.rows) > len(block.rows) or before.inherits):
                block.header = replace(
                    header,
                    employer=before.header.employer,
                    location=header.location or before.header.location,
                )
                block.inherits = True
        kept.append(block)
    return kept


def _fold(text: str, span: Span | None) -> str | None:
    return " ".join(text[span.start : span.end].split()) if span is not None else None


def _without_stop(place: str | None) -> str | None:
    """ "Salem OR." ends a sentence, "Washington, D.C." an abbreviation."""
    return _STOP.sub("", place) if place is not None else None


def _position(text: str, rows: Sequence[Row], block: _Block, items: set[int]) -> Position:
    header = block.header
    start = rows[min(block.rows)].span.start
    end = max(rows[i].span.end for i in (*block.rows, *block.body))
    groups = paragraphs([rows[i] for i in block.body], items=items)
    return Position(
        title=_fold(text, header.title),
        employer=_fold(text, header.employer),
        location=_without_stop(_fold(text, header.location)),
        period=block.period,
        span=Span(start, end),
        title_span=header.title,
        employer_span=header.employer,
        bullets=tuple(
            Span(group[0].body.start, group[-1].body.end)
            for group in groups
            if len(group) > 1 or not _DURATION.fullmatch(group[0].text)
        ),
    )
