"""Header rows: which rows around the dated one make up a position's header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.resumes.anchors import header_like
from matcher.resumes.headers import PLACEHOLDER, read_header
from matcher.resumes.places import is_place
from matcher.resumes.rows import Row
from matcher.resumes.titles import employer_score, lean, title_score
from matcher.types import Period, Span

MOST_ABOVE, MOST_BELOW = 3, 3  # rows of a header besides the dated one
LABEL = re.compile(r":\s{0,9}$")


def rows_above(
    rows: Sequence[Row], anchor: int, floor: int, usual: int | None, first_of: set[int]
) -> list[int]:
    """Rows above the dated one that belong to its header."""
    start = anchor - 1
    if rows[anchor].bullet:  # the dates stand beside the first bullet: the header is right above it
        usual = max(1, usual or 1)
    limit = MOST_ABOVE if usual is None else usual
    found: list[int] = []
    blanks = 0
    first = floor == 0
    while start >= floor and len(found) < max(limit, 1):
        row = rows[start]
        if row.blank:
            blanks += 1
            if blanks > 1 and not first:
                break
            start -= 1
            continue
        if not header_like(row) or (row.index not in first_of and not _stands_out(rows, start)):
            break
        if len(found) >= limit and not _marked(rows, start):
            break
        if blanks and found and not first:
            break
        found.append(start)
        start -= 1
    if not found and _beside_list(rows, anchor):
        for i in range(anchor - 1, max(floor, anchor - 6) - 1, -1):
            if header_like(rows[i]) and rows[i].index in first_of:
                return [i]
    return found


def _beside_list(rows: Sequence[Row], anchor: int) -> bool:
    """True for dates that stand beside a list, and so were read between two of its items."""
    before = next((row for row in reversed(rows[:anchor]) if not row.blank), None)
    after = next((row for row in rows[anchor + 1 :] if not row.blank), None)
    if before is None or after is None or rows[anchor].bullet:
        return False
    return after.bullet and not header_like(before)


def _stands_out(rows: Sequence[Row], i: int) -> bool:
    """True for a line that is no end of the paragraph above: bold, or a title behind a stop."""
    closed = i > 0 and rows[i - 1].text.endswith((".", "!", "?"))
    return rows[i].bold or (closed and title_score(rows[i].text) >= 1.2)


def _marked(rows: Sequence[Row], i: int) -> bool:
    """True when a row stands out from the body above it: it turns bold or larger."""
    row = rows[i]
    if i == 0:
        return True
    before = rows[i - 1]
    larger = row.size is not None and before.size is not None and row.size > before.size + 0.4
    return (row.bold and not before.bold) or larger


def rows_below(
    text: str, rows: Sequence[Row], above: Sequence[int], anchor: int, period: Period, ceiling: int
) -> list[int]:
    """Rows below the dated one that complete its header."""
    found: list[int] = []
    blanks = 0
    if rows[anchor].bullet:
        return found
    for i in range(anchor + 1, min(anchor + 1 + MOST_BELOW + 2, ceiling)):
        row = rows[i]
        if row.blank:
            blanks += 1
            if blanks > 1:
                break
            continue
        if not header_like(row) and not found and _opens_with_placeholder(row.text):
            return [i]  # the first sentence stands on the header's line
        if len(found) == MOST_BELOW or not header_like(row) or LABEL.search(row.text):
            break
        header = read_header(text, header_pieces(rows, [*above, *found], period))
        words = row.text
        placeholder = PLACEHOLDER.search(words) is not None and len(words) < 70
        lacks_title = header.title is None
        lacks_employer = header.guessed or (header.employer is None and not header.anonymous)
        wanted = (
            placeholder
            or is_place(words)
            or (lacks_title and lacks_employer)
            or (lacks_title and title_score(words) >= 1.2)
            or (lacks_employer and employer_score(words) >= 0.9 and lean(words) < 0.5)
            or ((lacks_title or lacks_employer) and _before_bullet(rows, i, ceiling))
        )
        if not wanted or (blanks and not (lacks_title or placeholder)):
            break
        found.append(i)
    return found


def _opens_with_placeholder(text: str) -> bool:
    match = PLACEHOLDER.search(text)
    return match is not None and match["company"] is not None and match.start() < 80


def _before_bullet(rows: Sequence[Row], i: int, ceiling: int) -> bool:
    """True when a list or prose begins right below, and the row itself does not read like an item of it."""
    following = next((rows[j] for j in range(i + 1, ceiling) if not rows[j].blank), None)
    words = rows[i].text.split()
    if following is None or len(words) > 12 or words[0].endswith("ed"):
        return False
    return following.bullet or not header_like(following)


def header_pieces(rows: Sequence[Row], indices: Sequence[int], period: Period | None) -> list[Span]:
    """The header's rows without their dates."""
    pieces: list[Span] = []
    for i in sorted(indices):
        body = rows[i].body
        if rows[i].bullet and period is not None and period.span is not None and "\t" in rows[i].text:
            continue  # a bullet that only carries the dates of the header above it
        if not header_like(rows[i]) and _opens_with_placeholder(rows[i].text):
            ends = [m.end() for m in PLACEHOLDER.finditer(rows[i].text) if m.start() < 120]
            body = Span(body.start, body.start + max(ends))
        if period is not None and period.span is not None and body.overlaps(period.span):
            pieces += [Span(body.start, period.span.start), Span(period.span.end, body.end)]
        else:
            pieces.append(body)
    return [piece for piece in pieces if piece.end > piece.start]
