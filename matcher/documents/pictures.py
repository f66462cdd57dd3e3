"""A quote where it stands: the part of a PDF page around it, drawn, its words highlighted, as a small PNG.

A page is drawn once, however many quotes stand on it. What is drawn is what a reader of the page sees, so
text that is hidden on the page is hidden in the picture.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.documents import pdf_native as native
from matcher.documents.pdf_glyphs import Frame, page_frame
from matcher.types import Picture, Place

Pixels = NDArray[np.uint8]
Flags = NDArray[np.bool_]

_SCALE = 2.0  # pixels per point: 144 dots per inch, once and a half a browser's 96
_MAX_PIXELS = 4_000_000  # of one page: A3 at the scale above; a larger page is drawn smaller
_AROUND = 2.2  # lines shown above and below the quote, in heights of its lines
_LEAST_AROUND = 20.0  # points, for quotes in small print
_MOST_AROUND = 60.0  # points, for headlines and for quotes set across the page
_MOST_HIGH = 240.0  # points, about 17 lines: of a longer quote the beginning is shown
_MARGIN = 6.0  # points of white kept at the left and right
_INK = 224  # of 255; paler pixels at the sides of a picture are cut off
_STEP = 24  # of 255: a change in brightness that is the side of a letter, a rule or a coloured area
_FEW_STEPS = 2  # of a row between two lines: the edges of one sidebar or of one vertical rule

# Eight greys and seven shades of highlight, and the highlight's edge: 16 colours, four bits a pixel.
_GREYS = 8
_SHADES = 7
_EDGE = 15
_PALETTE = bytes(
    [level * 255 // (_GREYS - 1) for level in range(_GREYS) for _ in "rgb"]
    + [
        low + (high - low) * level // (_SHADES - 1)
        for level in range(_SHADES)
        # Black becomes a dark brown and white a yellow: words stand out on light and on dark pages alike.
        for low, high in ((48, 255), (32, 231), (0, 120))
    ]
    + [196, 134, 0]
)


def draw_quotes(data: bytes, quotes: Sequence[Sequence[Place]]) -> tuple[Picture | None, ...]:
    """For the places of each quote in a PDF a picture of its first page's part; None where there is none.

    Raises CorruptDocumentError or PasswordProtectedError. Time and memory are the caller's to limit.
    """
    from matcher.documents.pdf import opened

    found: list[Picture | None] = [None] * len(quotes)
    with opened(data) as document:
        count = native.page_count(document)
        for number in sorted({places[0].page for places in quotes if places}):
            if not 1 <= number <= count:
                continue
            page = native.load_page(document, number - 1)
            if not page:
                continue
            try:
                frame = page_frame(page)
                if frame.width > 0 and frame.height > 0:
                    grey, scale = _drawn(page, frame)
                    for at, places in enumerate(quotes):
                        if places and places[0].page == number:
                            here = np.array([place.box for place in places if place.page == number], float)
                            found[at] = _picture(grey, scale, here)
            finally:
                native.close_page(page)
    return tuple(found)


def _drawn(page: native.Handle, frame: Frame) -> tuple[Pixels, float]:
    """The page in shades of grey as a reader sees it, on white, and its pixels per point."""
    scale = min(_SCALE, math.sqrt(_MAX_PIXELS / (frame.width * frame.height)))
    wide, high = max(1, round(frame.width * scale)), max(1, round(frame.height * scale))
    pixels = np.full((high, wide, 4), 255, np.uint8)
    bitmap = native.bitmap_create(wide, high, native.BITMAP_BGRX, pixels.ctypes.data, wide * 4)
    try:
        native.render_page(bitmap, page, 0, 0, wide, high, 0, native.RENDER_GREY_AS_SHOWN)
    finally:
        native.bitmap_destroy(bitmap)
    return pixels[:, :, 0], scale  # blue, green and red are the same


def _picture(grey: Pixels, scale: float, boxes: NDArray[np.float64]) -> Picture | None:
    """The crop around `boxes` (left, top, right, bottom in points), or None when they lie off the page."""
    if not np.isfinite(boxes).all():
        return None
    high, wide = grey.shape
    edges = np.array([wide, high, wide, high])
    boxes = np.clip(boxes, 0, edges / scale)
    line = float(np.median(boxes[:, 3] - boxes[:, 1]))
    around = min(max(_AROUND * line, _LEAST_AROUND), _MOST_AROUND)
    top = float(boxes[:, 1].min())
    bottom = min(float(boxes[:, 3].max()), top + _MOST_HIGH)
    marked = np.clip(np.rint(boxes * scale), 0, edges).astype(int)
    if not (top < bottom and (marked[:, 0] < marked[:, 2]).any()):
        return None
    first, last = max(0, round((top - around) * scale)), min(high, round((bottom + around) * scale))
    if last - first < 2:
        return None
    between = _steps(grey[first:last])
    column = between[:, max(0, marked[:, 0].min() - 1) : marked[:, 2].max()]
    blanks = [part.sum(axis=1) <= _FEW_STEPS for part in (between, column)]
    above, below = round((top * scale) - first), round((bottom * scale) - first)
    last = first + _cut(blanks, last - first - 1, below, -1) + 1
    first += _cut(blanks, 0, above, 1)
    part = grey[first:last]
    inked = np.flatnonzero(part.min(axis=0) <= _INK)
    left = min(int(marked[:, 0].min()), int(inked[0]) if len(inked) else wide)
    right = max(int(marked[:, 2].max()), int(inked[-1]) + 1 if len(inked) else 0)
    left, right = max(0, left - round(_MARGIN * scale)), min(wide, right + round(_MARGIN * scale))
    colours = _highlighted(part[:, left:right], marked - np.array([left, first, left, first]))
    height, width = colours.shape
    return Picture(_png(colours), round(width / scale, 2), round(height / scale, 2))


def _steps(grey: Pixels) -> Flags:
    """Where a pixel differs clearly from its right neighbour: the sides of letters, rules and fills."""
    return np.abs(np.diff(grey.astype(np.int16), axis=1)) > _STEP


def _cut(blanks: Sequence[Flags], row: int, stop: int, step: int) -> int:
    """The row to cut at: the first from `row` towards `stop`, the quote's edge, that cuts no letter of the
    page, else none of the quote's column, else `row` itself."""
    for blank in blanks:
        for at in range(row, min(max(stop, 0), len(blank) - 1), step):
            if blank[at]:
                return at
    return row


def _highlighted(grey: Pixels, boxes: NDArray[np.int_]) -> Pixels:
    """Indices into the palette: greys, shades of highlight within the boxes, and an edge around them."""
    levels = grey.astype(np.uint16)
    found = ((levels * (_GREYS - 1) + 127) // 255).astype(np.uint8)
    shades = (_GREYS + (levels * (_SHADES - 1) + 127) // 255).astype(np.uint8)
    inside = np.zeros(grey.shape, bool)
    for left, top, right, bottom in boxes.tolist():
        inside[max(0, top - 1) : max(0, bottom + 1), max(0, left - 2) : max(0, right + 2)] = True
    found[inside] = shades[inside]
    inner = inside.copy()
    inner[1:] &= inside[:-1]
    inner[:-1] &= inside[1:]
    inner[:, 1:] &= inside[:, :-1]
    inner[:, :-1] &= inside[:, 1:]
    found[inside & ~inner] = _EDGE
    return found


def _png(colours: Pixels) -> bytes:
    """A PNG file of palette indices, four bits a pixel, written by the standard library's zlib."""
    height, width = colours.shape
    padded = np.zeros((height, width + width % 2), np.uint8)
    padded[:, :width] = colours
    rows = np.zeros((height, padded.shape[1] // 2 + 1), np.uint8)  # each row begins with filter 0: none
    rows[:, 1:] = padded[:, 0::2] << 4 | padded[:, 1::2]

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"PLTE", _PALETTE)
        + chunk(b"IDAT", zlib.compress(rows.tobytes(), 6))
        + chunk(b"IEND", b"")
    )
