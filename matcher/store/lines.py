"""The lines of a document as columns of numbers, made into lines one by one as they are asked for.

A search reads a hundred resumes and asks where ten quotes of each stand; making every line of each would be
more work than decoding all the rest.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import overload

import msgspec

from matcher.types import Box, Line, Span

_BOX = struct.Struct("<4d")


class LineColumns(msgspec.Struct, array_like=True, frozen=True):
    """Lines as they are kept: docs/corpus-format.md."""

    starts: list[int]
    ends: list[int]
    pages: list[int | None]
    sizes: list[float | None]
    bold: list[bool]
    boxes: bytes  # float64, four numbers for each line, NaN where there is no box
    edges: bytes  # float32, end - start + 1 numbers for each line that has edges
    edged: list[bool]


class StoredLines(Sequence[Line]):
    """The lines of the columns: equal to a tuple of the same lines. Raises ValueError for columns that do not
    fit each other."""

    __slots__ = ("_columns", "_edges", "_ends", "_made")

    def __init__(self, columns: LineColumns) -> None:
        number = len(columns.starts)
        others = columns.ends, columns.pages, columns.sizes, columns.bold, columns.edged
        if any(len(column) != number for column in others) or len(columns.boxes) not in (0, 32 * number):
            raise ValueError("columns of unlike length")
        self._columns = columns
        self._made: list[Line | None] = [None] * number
        self._edges: array[float] | None = None
        # Where in the edges those of each line end.
        self._ends: list[int] = []
        if columns.edges:
            spans = zip(columns.starts, columns.ends, columns.edged, strict=True)
            self._ends = list(accumulate(end - start + 1 if edged else 0 for start, end, edged in spans))
            if 4 * self._ends[-1] != len(columns.edges):
                raise ValueError("edges that are not those of the lines")
        elif any(columns.edged):
            raise ValueError("lines without their edges")

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, index: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(index, slice):
            return tuple(map(self._line, range(*index.indices(len(self)))))
        return self._line(range(len(self))[index])

    def __iter__(self) -> Iterator[Line]:
        return map(self._line, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, tuple | StoredLines):
            return tuple(self) == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[object, ...]:
        return tuple, (tuple(self),)

    def _line(self, number: int) -> Line:
        line = self._made[number]
        if line is None:
            columns = self._columns
            span = Span(columns.starts[number], columns.ends[number])
            box = Box(*_BOX.unpack_from(columns.boxes, 32 * number)) if columns.boxes else None
            line = Line(
                span=span,
                page=columns.pages[number],
                box=box if box is not None and box.left == box.left else None,
                edges=self._edges_of(number) if columns.edged[number] else None,
                size=columns.sizes[number],
                bold=columns.bold[number],
            )
            self._made[number] = line
        return line

    def _edges_of(self, number: int) -> array[float]:
        if self._edges is None:
            numbers = array("f")
            numbers.frombytes(self._columns.edges)
            self._edges = little_endian(numbers)
        return self._edges[self._ends[number - 1] if number else 0 : self._ends[number]]


def little_endian(numbers: array[float]) -> array[float]:
    """The numbers as they are in files, and back: swapped on a big-endian machine."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
