"""Paragraphs: rows that belong together, a bullet with its wrapped lines or a block of prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.resumes.dates import bare_dates, find_periods
from matcher.resumes.rows import Row

_TERMINAL = re.compile(r"[.!?;:。！？][\"'”’)\]]*$")
_DATED = re.compile(r"[\s/.-](?:19|20)\d\d\)?$")
_UNFINISHED = re.compile(
    r"\s(?:since|in|of|from|to|and|the|until|between|during|for|with|by|a|an|on|at|or|as)$"
)
_LABEL = re.compile(r"^[A-Z][\w &/+-]{1,30}:(?:\s|$)")
_QUOTES = "\"“'‘$€£"
_LONGEST_WORD = 12  # characters; a line that has room for more was not broken by its width
_MOST_HEADER = 4  # rows of a block that may be a job's header
_REACH = 10  # rows looked at to each side for the width of the column


def widths(rows: Sequence[Row], lengths: Sequence[int]) -> list[int]:
    """For each row the length of the longest row near it: what a full line is there."""
    return [
        max(lengths[max(0, i - _REACH) : i + _REACH + 1], default=0) if not row.blank else 0
        for i, row in enumerate(rows)
    ]


def continues(before: Row, row: Row, full: int, length: int) -> bool:
    """True when `row` goes on with the paragraph that `before` belongs to.

    `full` is the length of a full line there, `length` that of `before`; both without identity, so that
    a longer name does not change the answer.
    """
    if row.bullet or row.blank or before.blank or "\t" in row.text:
        return False
    if row.bold != before.bold and row.bold:
        return False
    if row.size is not None and before.size is not None and abs(row.size - before.size) > 1.0:
        return False
    if _UNFINISHED.search(before.text):
        return True
    if (len(row.text) <= 45 and bare_dates(row.text)) or _LABEL.match(row.text):
        return False
    first = row.text[0]
    if first.islower() or first in ",;)&":
        return True
    if "\t" in before.text or (first.isupper() and _DATED.search(before.text)):
        return False  # an entry that ends with its date
    if before.text.endswith((",", "&", "(", "-", "–", "/")) and length * 2 >= full:
        return True
    share = length / full if full else 0.0
    if _TERMINAL.search(before.text):
        return share >= 0.8 and full >= 60
    return share >= 0.75 and full >= 40


def _blocks(rows: Sequence[Row]) -> list[list[int]]:
    """Runs of typed lines (places in `rows`) that are neither blank nor list items."""
    found: list[list[int]] = [[]]
    for i, row in enumerate(rows):
        if row.blank or row.bullet or row.size is not None:
            found.append([])
        else:
            found[-1].append(i)
    return [block for block in found if len(block) > 1]


def _open(row: Row) -> bool:
    """True for a line that has to go on in the next one."""
    return row.text.endswith((",", "&", "(", "-", "–", "/")) or _UNFINISHED.search(row.text) is not None


def typed_items(rows: Sequence[Row], lengths: Sequence[int]) -> set[int]:
    """Places of lines that are items of their own, though no mark begins them: "Built X" above "Led Y".

    They all begin with a capital or a number, and somewhere among these rows one ends long before the
    width that its block is typed to, so that the line breaks are the writer's own. Wrapped prose has lines
    that begin in lower case. Only for text whose lines have no size: in others the width is no measure.
    """
    items: set[int] = set()
    broken = False
    for block in _blocks(rows):
        lines = [rows[i] for i in block]
        if any(
            not (row.text[0].isupper() or row.text[0].isdigit() or row.text[0] in _QUOTES)
            for row in lines[1:]
        ):
            continue
        if any(_open(row) for row in lines[:-1]):
            continue
        items.update(block[1:])
        dated = [place for place, row in enumerate(lines[:_MOST_HEADER]) if find_periods(row.text)]
        own = block[dated[-1] + 1 :] if dated else block
        width = max((lengths[i] for i in own), default=0)
        broken = broken or (len(own) > 2 and any(lengths[i] + _LONGEST_WORD < width for i in own[:-1]))
    return items if broken else set()


def paragraphs(
    rows: Sequence[Row], lengths: Sequence[int] | None = None, items: set[int] | None = None
) -> list[list[Row]]:
    """The non-blank rows in groups. `lengths` are the rows' lengths without identity.

    `items` are the indices of rows that begin a group whatever stands above; by default they are found.
    """
    if lengths is None:
        lengths = [len(row.text) for row in rows]
    if items is None:
        items = {rows[i].index for i in typed_items(rows, lengths)}
    full = widths(rows, lengths)
    found: list[list[Row]] = []
    last: int | None = None
    for i, row in enumerate(rows):
        if row.blank:
            continue
        joined = False
        if last is not None:
            before = rows[last]
            if i == last + 1 and row.index not in items:
                joined = continues(before, row, max(full[i], full[last]), lengths[last])
            elif (
                i == last + 2
                and row.index not in items
                and row.text[0].islower()
                and not row.bullet
                and not _TERMINAL.search(before.text)
            ):
                joined = row.size == before.size and "\t" not in row.text  # a page ended within the paragraph
        if joined:
            found[-1].append(row)
        else:
            found.append([row])
        last = i
    return found
