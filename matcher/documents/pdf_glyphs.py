"""The glyphs of one PDF page: characters, boxes, sizes, and where words and runs of words begin.

Everything is an array over the glyphs in PDFium's order (content order, right-to-left text in logical
order). Spaces are not glyphs here: they are decided from gaps, because many producers draw none.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from matcher.documents import pdf_native as native
from matcher.documents.pdf_characters import normalise
from matcher.documents.pdf_directions import is_backward, logical_order
from matcher.documents.pdf_spaces import find_words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# A gap wider than this ends a chunk: it may be a gutter between columns.
_CHUNK_GAP = 0.7
_SPACES = np.array([0x09, 0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000])
_DROPPED = np.array(
    [0x00, 0x0A, 0x0D, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
)


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page is shown: a user-space point (x, y) is at (a x + b y + e, c x + d y + f).

    The result is in points from the top left corner of the crop box, after the page's rotation.
    """

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point in user space as shown."""
        return self.a * x + self.b * y + self.e, self.c * x + self.d * y + self.f

    def boxes(self, left: Floats, bottom: Floats, right: Floats, top: Floats) -> tuple[Floats, ...]:
        """(left, top, right, bottom) as shown, of boxes in user space."""
        xs = self.a * left + self.b * bottom + self.e, self.a * right + self.b * top + self.e
        ys = self.c * left + self.d * bottom + self.f, self.c * right + self.d * top + self.f
        return np.minimum(*xs), np.minimum(*ys), np.maximum(*xs), np.maximum(*ys)


def page_frame(page: native.Handle) -> Frame:
    """The page's frame, from its crop box and rotation (inherited ones included)."""
    bounds = (ctypes.c_float * 4)()  # left, top, right, bottom
    native.page_bounds(page, ctypes.addressof(bounds))
    left, top, right, bottom = (float(value) for value in bounds)
    wide, high = right - left, top - bottom
    match native.page_rotation(page):
        case 1:
            return Frame(0, 1, 1, 0, -bottom, -left, high, wide)
        case 2:
            return Frame(-1, 0, 0, 1, right, -bottom, wide, high)
        case 3:
            return Frame(0, -1, -1, 0, top, right, high, wide)
        case _:
            return Frame(1, 0, 0, -1, -left, top, wide, high)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Glyphs of a page. Boxes are as shown, in points; `u`, `v` are the same along the reading direction.

    `quarter` is the reading direction in clockwise quarter turns (0: left to right), -1 when slanted.
    `source` is the glyph's index in PDFium's text page. `word` and `chunk` mark the first glyph of each.
    """

    text: list[str]
    codes: Ints
    source: Ints
    left: Floats
    top: Floats
    right: Floats
    bottom: Floats
    u0: Floats
    u1: Floats
    v0: Floats
    v1: Floats
    baseline: Floats
    em: Floats
    quarter: Ints
    word: Bools
    chunk: Bools
    space_gap: float

    def __len__(self) -> int:
        return len(self.text)


def read_glyphs(
    text_page: native.Handle,
    frame: Frame,
    space_gap: float | None,
    ligatures: Callable[[], Mapping[int, str]],
) -> Glyphs | None:
    """The glyphs of a page, None when it has none.

    `space_gap` is the boundary found on an earlier page, in em, for pages too short to show their own.
    `ligatures` is asked, where a page has any, what character codes below 32 stand for.
    """
    count = native.count_chars(text_page)
    if count <= 0:
        return None
    codes = _codes(text_page, count)
    raw = np.zeros((count, 4), np.float32)
    base = raw.ctypes.data
    deque(map(native.char_loose_box, repeat(text_page), range(count), range(base, base + 16 * count, 16)), 0)
    boxes = np.nan_to_num(raw.astype(np.float64), posinf=0.0, neginf=0.0)

    _part_ligatures(boxes)
    spaces = np.isin(codes, _SPACES)
    kept = np.nonzero(~(spaces | np.isin(codes, _DROPPED)))[0]
    if not len(kept):
        return None
    drawn = np.cumsum(spaces & (boxes[:, 2] - boxes[:, 0] > 0))  # PDFium's own guesses have no width
    spaced = np.diff(drawn[kept], prepend=0) > 0
    left, top, right, bottom = frame.boxes(boxes[kept, 0], boxes[kept, 3], boxes[kept, 2], boxes[kept, 1])
    em, baseline_x, baseline_y, quarter = _samples(text_page, frame, kept, left, top, right, bottom)

    low = ligatures() if (codes[kept] < 0x20).any() else {}
    text, owner = normalise(codes[kept], left, right, top, bottom, low)
    if owner is not None:  # some characters became several, or were joined or dropped
        index, part, parts = owner
        if not len(index):
            return None
        wide = (right - left)[index] / parts
        left = left[index] + part * wide
        right = left + wide
        top, bottom, em, quarter = top[index], bottom[index], em[index], quarter[index]
        baseline_x, baseline_y, kept = baseline_x[index], baseline_y[index], kept[index]
        spaced = np.diff(drawn[kept], prepend=0) > 0

    codes = np.frombuffer("".join(text).encode("utf-32-le"), np.uint32).astype(np.int64)
    backward = is_backward(codes)
    if backward.any():
        order = logical_order(codes, left, right, baseline_y, em)
        text = [text[at] for at in order.tolist()]
        left, right, top, bottom, em = left[order], right[order], top[order], bottom[order], em[order]
        baseline_x, baseline_y = baseline_x[order], baseline_y[order]
        quarter, kept, codes, spaced = (
            quarter[order],
            kept[order],
            codes[order],
            spaced[order] & ~backward[order],
        )
    u0, u1, v0, v1, baseline = _along(quarter, left, top, right, bottom, baseline_x, baseline_y)
    gap, chunk = _chunks(codes, u0, u1, baseline, em, quarter)
    word, found = find_words(codes, em, gap, chunk, spaced, space_gap)
    private = ((codes >= 0xE000) & (codes <= 0xF8FF)) | (codes >= 0xF0000)
    word |= private
    word[1:] |= private[:-1]
    return Glyphs(
        text, codes, kept, left, top, right, bottom, u0, u1, v0, v1, baseline, em, quarter, word, chunk, found
    )


def _codes(text_page: native.Handle, count: int) -> Ints:
    """Code points of the page's characters, in one call where UTF-16 units and characters agree."""
    units = np.zeros(count * 2 + 2, np.uint16)
    written = native.get_text(text_page, 0, count, units.ctypes.data) - 1
    codes = units[:count].astype(np.int64)
    if written == count and not ((codes >= 0xD800) & (codes < 0xE000)).any():
        return codes
    return np.fromiter(map(native.char_unicode, repeat(text_page), range(count)), np.int64, count)


def _part_ligatures(boxes: Floats) -> None:
    """Share out, in place, the box that PDFium repeats for each letter of a ligature."""
    same = (boxes[1:] == boxes[:-1]).all(axis=1) & (boxes[1:, 2] > boxes[1:, 0])
    at = 0
    following = np.nonzero(same)[0].tolist()
    while at < len(following):
        first = following[at]
        count = 2
        while at + 1 < len(following) and following[at + 1] == following[at] + 1:
            at, count = at + 1, count + 1
        boxes[first : first + count, [0, 2]] = _shares(boxes[first, 0], boxes[first, 2], count)
        at += 1


def _shares(left: float, right: float, count: int) -> Floats:
    edges = np.linspace(left, right, count + 1)
    return np.stack([edges[:-1], edges[1:]], axis=1)


def _samples(
    text_page: native.Handle,
    frame: Frame,
    kept: Ints,
    left: Floats,
    top: Floats,
    right: Floats,
    bottom: Floats,
) -> tuple[Floats, Floats, Floats, Ints]:
    """Size, baseline point and direction of each glyph, asked for once per run of like glyphs."""
    high = bottom - top
    near = np.minimum(np.abs(left[1:] - right[:-1]), np.abs(right[1:] - left[:-1]))
    # wkhtmltopdf jitters by some hundredths of a point.
    slack = 0.02 * high[1:]
    same = (np.abs(bottom[1:] - bottom[:-1]) < slack) & (np.abs(top[1:] - top[:-1]) < slack)
    starts = np.concatenate(([0], np.nonzero(~(same & (near < high[1:])))[0] + 1))
    sizes, xs, ys, quarters = [], [], [], []
    matrix = (ctypes.c_float * 6)()
    point = (ctypes.c_double * 2)()
    at, px, py = ctypes.addressof(matrix), ctypes.addressof(point), ctypes.addressof(point) + 8
    for char in kept[starts].tolist():
        native.char_matrix(text_page, char, at)
        native.char_origin(text_page, char, px, py)
        a, b, c, d, _, _ = matrix
        x, y = point
        sizes.append(native.char_font_size(text_page, char) * math.hypot(c, d))
        x, y = frame.point(x, y)
        xs.append(x)
        ys.append(y)
        quarters.append(_quarter(frame.a * a + frame.b * b, frame.c * a + frame.d * b))
    lengths = np.diff(np.append(starts, len(kept)))
    em = np.repeat(np.nan_to_num(np.array(sizes, np.float64)), lengths)
    # A font size of zero or less (mirrored text) says nothing: fall back on the box, about 1.2 em high.
    em = np.where(em > 0.01, em, np.maximum(high / 1.2, 0.01))
    return (
        em,
        np.repeat(np.array(xs), lengths),
        np.repeat(np.array(ys), lengths),
        np.repeat(quarters, lengths),
    )


def _quarter(dx: float, dy: float) -> int:
    """Clockwise quarter turns of the direction (dx, dy) with y downwards; -1 for a slant over 10 degrees."""
    if not (math.isfinite(dx) and math.isfinite(dy)) or (dx == 0 and dy == 0):
        return 0
    turns = math.degrees(math.atan2(dy, dx)) / 90
    nearest = round(turns)
    return nearest % 4 if abs(turns - nearest) <= 1 / 9 else -1


def _along(
    quarter: Ints, left: Floats, top: Floats, right: Floats, bottom: Floats, x: Floats, y: Floats
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Boxes and baseline in reading coordinates: u along the text, v downwards from line to line."""
    if not quarter.any():
        return left, right, top, bottom, y
    conditions = [quarter == 1, quarter == 2, quarter == 3]
    return (
        np.select(conditions, [top, -right, -bottom], left),
        np.select(conditions, [bottom, -left, -top], right),
        np.select(conditions, [-right, -bottom, left], top),
        np.select(conditions, [-left, -top, right], bottom),
        np.select(conditions, [-x, -y, x], y),
    )


def _chunks(
    codes: Ints, u0: Floats, u1: Floats, baseline: Floats, em: Floats, quarter: Ints
) -> tuple[Floats, Bools]:
    """The gap before each glyph in em (infinite at a chunk's start) and where chunks begin."""
    size = np.maximum(em[1:], em[:-1])
    forward = (u0[1:] - u1[:-1]) / size
    if is_backward(codes).any():
        # Right-to-left text runs to the left. Take whichever neighbourhood is the closer one.
        backward = (u0[:-1] - u1[1:]) / size
        forward = np.where(np.abs(backward) < np.abs(forward), backward, forward)
    together = (
        (forward < _CHUNK_GAP)
        & (forward > -0.6)
        & (np.abs(baseline[1:] - baseline[:-1]) < 0.45 * size)
        & (quarter[1:] == quarter[:-1])
    )
    chunk = np.concatenate(([True], ~together))
    return np.concatenate(([np.inf], forward)), chunk
