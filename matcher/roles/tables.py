"""Person specifications set as tables: which cell is a requirement, and of which kind."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.roles.blocks import Block
from matcher.roles.codes import ONLY
from matcher.roles.topics import Topic, topic_of

_TAGS = {
    "e": Topic.REQUIRED,
    "d": Topic.PREFERRED,
    "essential": Topic.REQUIRED,
    "required": Topic.REQUIRED,
    "must have": Topic.REQUIRED,
    "mandatory": Topic.REQUIRED,
    "desirable": Topic.PREFERRED,
    "preferred": Topic.PREFERRED,
    "nice to have": Topic.PREFERRED,
    "optional": Topic.PREFERRED,
}
_TICKS = frozenset("✓ ✔ ☑ ● • x X yes Yes YES y Y * √ ✗".split())
_ASKED = (Topic.REQUIRED, Topic.PREFERRED)


def _rows(run: list[Block]) -> Iterator[list[Block]]:
    row: list[Block] = []
    for block in run:
        if row and block.row != row[-1].row:
            yield row
            row = []
        row.append(block)
    if row:
        yield row


def _columns(row: list[Block]) -> dict[int, Topic]:
    """Column to topic when the row is a table's head ("Criteria", "Essential", "Desirable"), else empty."""
    tagged = {b.cell: _TAGS[b.text.lower().rstrip(":")] for b in row if b.text.lower().rstrip(":") in _TAGS}
    if not tagged:
        tagged = {
            b.cell: topic
            for b in row
            if len(b.text.split()) <= 3 and (topic := topic_of(b.text)) is not None and topic in _ASKED
        }
    return tagged if len(set(tagged.values())) > 1 else {}


def table_items(run: list[Block], fallback: Topic) -> list[tuple[Block, Topic]]:
    """The cells of one table that state something, with the topic of each.

    A head row names the columns; without one, a cell "Essential" (or "E") tags its row. A tick under a
    column tags the row's first cell. Cells of columns that nothing names are taken as `fallback`.
    """
    found: list[tuple[Block, Topic]] = []
    columns: dict[int, Topic] = {}
    for cells in _rows(run):
        # A number or code before the criterion states nothing.
        row = cells[1:] if len(cells) > 1 and ONLY.fullmatch(cells[0].text) else cells
        head = _columns(row)
        if (head and len(head) == len(row)) or (head and not columns):
            columns = head
            continue
        tag = next((_TAGS[b.text.lower()] for b in row[1:] if b.text.lower() in _TAGS), None)
        tick = next((columns[b.cell] for b in row[1:] if b.text in _TICKS and b.cell in columns), None)
        if tag is not None or tick is not None:
            found.append((row[0], tag or tick or fallback))
        elif columns:
            found += [(b, columns[b.cell]) for b in row if b.cell in columns]
        elif topic_of(row[0].text) in _ASKED and len(row) == 2 and len(row[0].text.split()) <= 3:
            found.append((row[1], topic_of(row[0].text) or fallback))
        else:
            found += [(b, fallback) for b in row]
    return found
