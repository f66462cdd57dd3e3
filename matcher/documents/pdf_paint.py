"""What a PDF page shows besides text (fills, pictures, drawn bullets), and how each word is painted."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import repeat

import numpy as np

from matcher.documents import pdf_native as native
from matcher.documents.pdf_characters import is_private, is_symbol_bullet
from matcher.documents.pdf_glyphs import Floats, Frame, Glyphs, Ints
from matcher.errors import DocumentTooLargeError

Colour = tuple[int, int, int, int]
"""Red, green, blue, alpha, each 0-255."""

_IDENTITY: Floats = np.eye(3)
_MAX_FORM_DEPTH = 4
_MAX_SHAPES = 20_000  # of one page; no real page came near a tenth of it
_BOLD_NAME = re.compile(r"bold|black|heavy|semi-?b|demi|[-,]bd|cmbx|cmssbx|sfbx|-medi\b", re.IGNORECASE)
_BOLD_WEIGHT = 600  # CSS: semi-bold
_ICON_NAME = re.compile(
    r"awesome|icon|academicons|marvosym|glyph|entypo|material|emoji|simpleic", re.IGNORECASE
)
_SYMBOL_NAME = re.compile(r"symbol|wingding|webding|dingbat", re.IGNORECASE)
_BULLET_SIDES = (1.0, 9.0)  # points


class Fill(IntEnum):
    """What a shape covers its bounds with."""

    COLOUR = 0
    PICTURE = 1  # an image or a gradient: of unknown colour


@dataclass(frozen=True, slots=True)
class Shapes:
    """Painted areas of a page in drawing order: boxes (n, 4) as shown, colours (n, 4), kinds, and `z`.

    `objects` are the addresses of all objects in drawing order; `bullets` the boxes of small filled marks.
    """

    boxes: Floats
    colours: Ints
    kinds: Ints
    z: Ints
    objects: list[int]
    bullets: list[tuple[float, float, float, float]]
    nested: frozenset[int]  # text objects inside form XObjects
    painted: bool  # whether anything but text is drawn at all


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a page as ranges of glyphs, with how each is painted.

    `objects` are the text objects; `modes` are PDF text render modes; `colours` (n, 4).
    """

    first: Ints
    last: Ints  # inclusive
    objects: list[int]
    modes: Ints
    colours: Ints
    bold: list[bool]
    icons: list[bool]  # pictures drawn with a font


def read_shapes(page: native.Handle, frame: Frame) -> Shapes:
    """Everything painted on the page that is not text, in drawing order, form XObjects opened.

    Raises DocumentTooLargeError for more shapes than a page of a resume has: those left out could cover text.
    """
    found: list[tuple[tuple[float, ...], Colour, Fill, int]] = []
    bullets: list[tuple[float, float, float, float]] = []
    objects = list(map(native.get_object, repeat(page), range(native.count_objects(page))))
    kinds = list(map(native.object_type, objects))
    matrices: dict[int, Floats] = {}  # of the objects inside forms, by their place in the order
    if native.PAGE_FORM in kinds:
        flat = list(_flatten(objects, kinds, _IDENTITY, 0))
        objects, kinds = [item for item, _, _, _ in flat], [kind for _, kind, _, _ in flat]
        matrices = {at: matrix for at, (_, _, matrix, depth) in enumerate(flat) if depth}
    others = [at for at, kind in enumerate(kinds) if kind != native.PAGE_TEXT]
    if len(others) > _MAX_SHAPES:
        raise DocumentTooLargeError(
            f"A page of the file has {len(others):,} drawings; the limit is {_MAX_SHAPES:,}. "
            "Export it again without its pictures."
        )
    for at in others:
        item, matrix = objects[at], matrices.get(at)
        if kinds[at] != native.PAGE_PATH:
            found.append((_bounds(item, matrix, frame), (0, 0, 0, 255), Fill.PICTURE, at))
            continue
        colour, filled = _path_paint(item)
        if not filled:
            continue
        box = _bounds(item, matrix, frame)
        if _is_mark(box):
            bullets.append((box[0], box[1], box[2], box[3]))
        else:
            found.append((box, colour, Fill.COLOUR, at))
    return Shapes(
        np.array([shape[0] for shape in found], np.float64).reshape(-1, 4),
        np.array([shape[1] for shape in found], np.int64).reshape(-1, 4),
        np.array([shape[2] for shape in found], np.int64),
        np.array([shape[3] for shape in found], np.int64),
        objects,
        bullets,
        frozenset(objects[at] for at in matrices if kinds[at] == native.PAGE_TEXT),
        bool(others),
    )


def _flatten(
    group: list[native.Handle], kinds: list[int], matrix: Floats, depth: int
) -> Iterator[tuple[native.Handle, int, Floats, int]]:
    """Objects in drawing order with their type, the matrix to page space and the depth of their form."""
    for item, kind in zip(group, kinds, strict=True):
        if kind != native.PAGE_FORM:
            yield item, kind, matrix, depth
        elif depth < _MAX_FORM_DEPTH:
            count = max(0, native.count_form_objects(item))
            inside = list(map(native.get_form_object, repeat(item), range(count)))
            within = list(map(native.object_type, inside))
            yield from _flatten(inside, within, matrix @ _matrix(item), depth + 1)


def _matrix(item: native.Handle) -> Floats:
    values = (ctypes.c_float * 6)()
    native.object_matrix(item, ctypes.addressof(values))
    a, b, c, d, e, f = values
    return np.array([[a, c, e], [b, d, f], [0, 0, 1]], np.float64)


def _bounds(item: native.Handle, matrix: Floats | None, frame: Frame) -> tuple[float, ...]:
    """(left, top, right, bottom) of an object as shown."""
    values = (ctypes.c_float * 4)()
    at = ctypes.addressof(values)
    native.object_bounds(item, at, at + 4, at + 8, at + 12)
    left, bottom, right, top = values
    if not math.isfinite(left + bottom + right + top):
        return (0.0, 0.0, 0.0, 0.0)
    if matrix is not None:
        corners = matrix @ np.array([[left, right, left, right], [bottom, bottom, top, top], [1] * 4])
        left, right = float(corners[0].min()), float(corners[0].max())
        bottom, top = float(corners[1].min()), float(corners[1].max())
    (x0, y0), (x1, y1) = frame.point(left, bottom), frame.point(right, top)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _path_paint(item: native.Handle) -> tuple[Colour, bool]:
    """Fill colour of a path, and whether it is filled at all."""
    mode = (ctypes.c_int * 2)()
    at = ctypes.addressof(mode)
    native.path_draw_mode(item, at, at + 4)
    values = (ctypes.c_uint * 4)()
    at = ctypes.addressof(values)
    native.object_fill(item, at, at + 4, at + 8, at + 12)
    red, green, blue, alpha = values
    return (red, green, blue, alpha), mode[0] != 0


def _is_mark(box: tuple[float, ...]) -> bool:
    """Whether a filled path has the size of a bullet: a dot, a small square, an arrow head."""
    wide, high = box[2] - box[0], box[3] - box[1]
    low, top = _BULLET_SIDES
    return low <= wide <= top and low <= high <= top and 0.5 <= wide / high <= 2.0


def read_words(text_page: native.Handle, glyphs: Glyphs) -> Words:
    """The page's words with their paint, asked of each word's first and last glyph.

    A word whose ends differ is cut into single glyphs, so that hiding a part of it is seen.
    """
    first = np.flatnonzero(glyphs.word)
    last = np.append(first[1:], len(glyphs)) - 1
    objects = _objects(text_page, glyphs, first)
    modes, colours = _paints(objects)
    ends = _objects(text_page, glyphs, last)
    if ends != objects:
        end_modes, end_colours = _paints(ends)
        split = (modes != end_modes) | (colours != end_colours).any(axis=1)
        if split.any():
            counts = np.where(split, last - first + 1, 1)
            first = np.repeat(first, counts) + np.arange(counts.sum())
            first -= np.repeat(np.cumsum(counts) - counts, counts)
            last = np.append(first[1:], len(glyphs)) - 1
            objects = _objects(text_page, glyphs, first)
            modes, colours = _paints(objects)
    fonts = [native.text_font(item) if item else 0 for item in objects]
    faces = {font: _face(font) for font in set(fonts)}
    return Words(
        first,
        last,
        objects,
        modes,
        colours,
        [faces[font][0] for font in fonts],
        _icons(glyphs, first, last, [faces[font][1] for font in fonts]),
    )


def _objects(text_page: native.Handle, glyphs: Glyphs, places: Ints) -> list[int]:
    """The text objects that glyphs belong to, 0 where there is none."""
    found = list(map(native.char_object, repeat(text_page), glyphs.source[places].tolist()))
    return [item or 0 for item in found] if None in found else found


def _paints(objects: list[int]) -> tuple[Ints, Ints]:
    """Render modes, and the colours that show (the stroke's where only the outline is drawn)."""
    known = list(dict.fromkeys(objects))
    place = {item: at for at, item in enumerate(known)}
    modes = np.fromiter(
        (native.text_render_mode(item) if item else 0 for item in known), np.int64, len(known)
    )
    colours = np.zeros((len(known), 4), np.uint32)
    base = colours.ctypes.data
    for mode, item, at in zip(modes.tolist(), known, range(base, base + 16 * len(known), 16), strict=True):
        if item:
            ask = native.object_stroke if mode in (1, 5) else native.object_fill
            ask(item, at, at + 4, at + 8, at + 12)
    colours[[at for at, item in enumerate(known) if not item], 3] = 255
    index = np.fromiter(map(place.__getitem__, objects), np.int64, len(objects))
    return modes[index], colours[index].astype(np.int64)


def _face(font: native.Handle | None) -> tuple[bool, str]:
    """Whether a font is bold, by its name, else by its weight; and its name."""
    if not font:
        return False, ""
    buffer = ctypes.create_string_buffer(256)
    native.font_name(font, ctypes.addressof(buffer), 256)
    name = buffer.value.decode("latin-1")
    return bool(_BOLD_NAME.search(name)) or native.font_weight(font) >= _BOLD_WEIGHT, name


def _icons(glyphs: Glyphs, first: Ints, last: Ints, names: list[str]) -> list[bool]:
    """Which words are icons. Bullets of Symbol and Wingdings are made bullets in `glyphs` instead."""
    drawn = {name: bool(_ICON_NAME.search(name)) for name in set(names)}
    if not any(drawn.values()) and int(glyphs.codes.max()) < 0xE000:
        return [False] * len(names)
    icons = []
    for i, j, name in zip(first.tolist(), last.tolist(), names, strict=True):
        private = is_private(int(glyphs.codes[i]))
        if private and _SYMBOL_NAME.search(name) and is_symbol_bullet(int(glyphs.codes[i])):
            glyphs.text[i] = "•"
            private = False
        icons.append(private or (j - i < 3 and drawn[name]))
    return icons
