"""Which words of a PDF page a reader cannot see, and why.

Suspects are found from how words are painted; whether a suspect shows is then seen by drawing the page
twice, with and without them. So white text on a dark sidebar stays, and clipped or patterned covers need
no geometry of their own.
"""

from __future__ import annotations

import ctypes
import math

import numpy as np
from numpy.typing import NDArray

from matcher.documents import pdf_native as native
from matcher.documents.pdf_glyphs import Floats, Frame, Glyphs
from matcher.documents.pdf_paint import Fill, Shapes, Words

INVISIBLE = "drawn in the invisible text mode"
OFF_PAGE = "outside the page"
MICROSCOPIC = "too small to read"
LOW_CONTRAST = "in the colour of its background"
COVERED = "covered by something drawn over it"
TRANSPARENT = "fully transparent"
CLIPPED = "outside the area that it is cut to"
LAYER = "on a layer that is switched off"
UNSEEN = "not visible when the page is drawn"

_MIN_SIZE = 2.0  # points; the smallest print on medicine leaflets is about 4
_MIN_CONTRAST = 1.25  # WCAG contrast ratio; #e0e0e0 on white, hardly legible, has 1.32
_MIN_ALPHA = 26  # a tenth
_OPAQUE = 250
_IMAGE_PAGE = 0.5  # share of the page that pictures cover on a scan with an OCR text layer
_MAX_CLIP_PATHS = 8  # more than these, or a path of many corners, is a drawing's clip and no box
_MAX_CLIP_SEGMENTS = 40
_SCALE = 2.0  # pixels per point when drawing
_MAX_PIXELS = 6_000_000
_VISIBLE_CHANGE = 20  # of 255; #eeeeee on white changes by 17
_VISIBLE_SHARE = 0.01  # of a word's box; ink covers 10-30 % of it


def hidden_words(
    page: native.Handle, frame: Frame, glyphs: Glyphs, words: Words, shapes: Shapes, *, layers: bool
) -> list[str | None]:
    """For each word the reason why it cannot be seen, None for those that can.

    `layers` says whether the file may have optional content (layers) at all.
    """
    boxes = _word_boxes(glyphs, words)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    reasons: list[str | None] = [None] * len(words.first)
    off = (x < 0) | (y < 0) | (x > frame.width) | (y > frame.height)
    small = glyphs.em[words.first] < _MIN_SIZE
    unseen = np.isin(words.modes, (3, 7))
    if unseen.all() and _picture_share(shapes, frame) >= _IMAGE_PAGE:
        unseen[:] = False  # a scan with its recognised text: the only text there is, and it shows as picture
        suspects: dict[int, str] = {}
    else:
        suspects = _suspects(words, shapes, boxes, x, y, layers=layers)
        for at in _clipped(frame, glyphs, words, x, y):
            suspects.setdefault(at, CLIPPED)
    for mask, reason in ((off, OFF_PAGE), (small, MICROSCOPIC), (unseen, INVISIBLE)):
        for at in np.nonzero(mask)[0].tolist():
            reasons[at] = reason
            suspects.pop(at, None)
    if suspects:
        shown = _shown(page, frame, words, boxes, list(suspects))
        for at, reason in suspects.items():
            if not shown[at]:
                reasons[at] = reason
    return reasons


def _word_boxes(glyphs: Glyphs, words: Words) -> Floats:
    starts = words.first
    return np.stack(
        [
            np.minimum.reduceat(glyphs.left, starts),
            np.minimum.reduceat(glyphs.top, starts),
            np.maximum.reduceat(glyphs.right, starts),
            np.maximum.reduceat(glyphs.bottom, starts),
        ],
        axis=1,
    )


def _picture_share(shapes: Shapes, frame: Frame) -> float:
    """Share of the page that the largest picture, or all together, cover."""
    pictures = shapes.boxes[shapes.kinds == Fill.PICTURE]
    if not len(pictures):
        return 0.0
    wide = np.clip(pictures[:, 2], 0, frame.width) - np.clip(pictures[:, 0], 0, frame.width)
    high = np.clip(pictures[:, 3], 0, frame.height) - np.clip(pictures[:, 1], 0, frame.height)
    return float((wide * high).sum() / max(frame.width * frame.height, 1.0))


def _suspects(
    words: Words, shapes: Shapes, boxes: Floats, x: Floats, y: Floats, *, layers: bool
) -> dict[int, str]:
    """Words whose paint alone says that they may not show, each with the likely reason."""
    found: dict[int, str] = {}
    colours = words.colours
    background = np.full((len(x), 3), 255.0)
    if len(shapes.boxes):
        order = dict(zip(shapes.objects, range(len(shapes.objects)), strict=True))
        z = np.array([order.get(item, -1) for item in words.objects])
        areas = shapes.boxes
        inside = (
            (areas[None, :, 0] <= x[:, None])
            & (areas[None, :, 2] >= x[:, None])
            & (areas[None, :, 1] <= y[:, None])
            & (areas[None, :, 3] >= y[:, None])
        )
        solid = (shapes.kinds == Fill.PICTURE) | (shapes.colours[:, 3] >= _OPAQUE)
        over = inside & (shapes.z[None, :] > z[:, None]) & solid[None, :]
        # Lines and underlines that touch a word do not cover it.
        high = (boxes[:, 3] - boxes[:, 1])[:, None]
        over &= (areas[:, 3] - areas[:, 1])[None, :] > 0.4 * high
        for at in np.nonzero(over.any(axis=1))[0].tolist():
            found[at] = COVERED
        under = inside & (shapes.z[None, :] < z[:, None]) & (shapes.colours[None, :, 3] >= 128)
        has = np.asarray(under.any(axis=1))
        top = np.where(under, shapes.z[None, :], -1).argmax(axis=1)
        background = np.where(has[:, None], shapes.colours[top, :3], background)
        for at in np.nonzero(has & (shapes.kinds[top] == Fill.PICTURE))[0].tolist():
            found.setdefault(at, UNSEEN)
    contrast = _contrast(colours[:, :3].astype(np.float64), background)
    for at in np.flatnonzero(contrast < _MIN_CONTRAST).tolist():
        if found.get(at) != COVERED:
            found[at] = LOW_CONTRAST
    for at in np.nonzero(colours[:, 3] < _MIN_ALPHA)[0].tolist():
        found[at] = TRANSPARENT
    if layers:
        seen: dict[int, bool] = {}
        for at, item in enumerate(words.objects):
            if item and item not in seen:
                seen[item] = item in shapes.nested or _on_layer(item)
            if item and seen[item]:
                found.setdefault(at, LAYER)
    return found


def _clipped(frame: Frame, glyphs: Glyphs, words: Words, x: Floats, y: Floats) -> list[int]:
    """Words outside the bounds of a clipping path, found for the first word of each chunk of text."""
    starts = np.nonzero(glyphs.chunk[words.first])[0].tolist()
    found: list[int] = []
    seen: dict[int, tuple[float, float, float, float] | None] = {}
    for at, end in zip(starts, [*starts[1:], len(words.first)], strict=True):
        item = words.objects[at]
        if item not in seen:
            seen[item] = _clip_bounds(item, frame) if item else None
        bounds = seen[item]
        if bounds is None:
            continue
        left, top, right, bottom = bounds
        if not (left <= x[at] <= right and top <= y[at] <= bottom):
            found += range(at, end)
    return found


def _clip_bounds(item: native.Handle, frame: Frame) -> tuple[float, float, float, float] | None:
    """The area that all the clipping paths of an object share, None when it has none or an intricate one."""
    clip = native.object_clip(item)
    paths = native.clip_paths(clip) if clip else 0
    if not 0 < paths <= _MAX_CLIP_PATHS:
        return None
    area = [0.0, 0.0, frame.width, frame.height]
    point = (ctypes.c_float * 2)()
    px, py = ctypes.addressof(point), ctypes.addressof(point) + 4
    for path in range(paths):
        segments = native.clip_segments(clip, path)
        if not 0 < segments <= _MAX_CLIP_SEGMENTS:
            continue
        corners = []
        for at in range(segments):
            native.segment_point(native.clip_segment(clip, path, at), px, py)
            corners.append(frame.point(point[0], point[1]))
        area[0] = max(area[0], min(x for x, _ in corners))
        area[1] = max(area[1], min(y for _, y in corners))
        area[2] = min(area[2], max(x for x, _ in corners))
        area[3] = min(area[3], max(y for _, y in corners))
    return area[0], area[1], area[2], area[3]


def _luminance(rgb: Floats) -> Floats:
    """Relative luminance of sRGB colours 0-255 (WCAG 2.1)."""
    part = rgb / 255
    linear = np.where(part <= 0.03928, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]), np.float64)


def _contrast(one: Floats, other: Floats) -> Floats:
    """WCAG contrast ratio, 1 to 21."""
    a, b = _luminance(one), _luminance(other)
    return np.asarray((np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05), np.float64)


def _on_layer(item: native.Handle) -> bool:
    """Whether an object is marked as optional content."""
    buffer = ctypes.create_string_buffer(16)
    needed = ctypes.c_ulong()
    for at in range(native.object_marks(item)):
        mark = native.object_mark(item, at)
        native.mark_name(mark, ctypes.addressof(buffer), 16, ctypes.addressof(needed))
        if needed.value == 6 and buffer.raw[:4] == "OC".encode("utf-16-le"):
            return True
    return False


def _shown(
    page: native.Handle, frame: Frame, words: Words, boxes: Floats, suspects: list[int]
) -> dict[int, bool]:
    """Whether each suspect leaves visible ink: the page drawn with them differs from the page without."""
    around = boxes[suspects]
    left, top = max(0.0, float(around[:, 0].min())), max(0.0, float(around[:, 1].min()))
    wide = max(1.0, min(frame.width, float(around[:, 2].max())) - left)
    high = max(1.0, min(frame.height, float(around[:, 3].max())) - top)
    scale = min(_SCALE, math.sqrt(_MAX_PIXELS / (wide * high)))
    window = (left * scale, top * scale, wide * scale, high * scale)
    size = (round(frame.width * scale), round(frame.height * scale))
    objects = {words.objects[at] for at in suspects} - {0}
    before = _draw(page, window, size)
    for item in objects:
        native.object_set_active(item, 0)
    after = _draw(page, window, size)
    for item in objects:
        native.object_set_active(item, 1)
    found = {}
    pixels = (boxes - np.array([left, top, left, top])) * scale
    for at in suspects:
        x0, y0, x1, y1 = pixels[at].tolist()
        part = np.s_[max(0, int(y0)) : math.ceil(y1), max(0, int(x0)) : math.ceil(x1), :3]
        change = np.abs(before[part].astype(np.int16) - after[part])
        found[at] = bool(change.size) and _visible_share(change) >= _VISIBLE_SHARE
    return found


def _visible_share(change: NDArray[np.int16]) -> float:
    """Share of pixels whose change, blue-green-red, a reader can see: in brightness, or strongly in hue."""
    grey = change @ np.array([0.114, 0.587, 0.299])
    return float((np.maximum(grey, change.max(axis=2) / 3) >= _VISIBLE_CHANGE).mean())


def _draw(
    page: native.Handle, window: tuple[float, float, float, float], size: tuple[int, int]
) -> NDArray[np.uint8]:
    """A window (left, top, width, height in pixels) of the page drawn at a size, as BGRx on white."""
    wide, high = math.ceil(window[2]) + 1, math.ceil(window[3]) + 1
    pixels = np.full((high, wide, 4), 255, np.uint8)
    bitmap = native.bitmap_create(wide, high, native.BITMAP_BGRX, pixels.ctypes.data, wide * 4)
    try:
        native.render_page(bitmap, page, -int(window[0]), -int(window[1]), *size, 0, 0)
    finally:
        native.bitmap_destroy(bitmap)
    return pixels
