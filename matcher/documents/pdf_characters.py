"""Characters as PDF files encode them, made into the characters a reader sees."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

# Slots of TeX's T1 (0x1B-0x1F) and OT1 (0x0B-0x0F) encodings, met raw in fonts without a Unicode map.
_LIGATURES = {
    0x0B: "ff", 0x0C: "fi", 0x0E: "ffi", 0x0F: "ffl",
    0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl",
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}  # fmt: skip
# What PDFium gives for a hyphen that ends a line.
LINE_HYPHEN = "\u00ad"
# Bullets as text, and the private-use slots of Symbol and Wingdings that Word draws them with.
BULLETS = frozenset("•▪●○◦‣⁃∙■□◆◇►▶▸▹➢➤➔✓✔✦★☆❖\u00b7\u2219\u25e6\u25b8\u2b25\u29bf➜➣»›⚫⬤❑❏")
_SPACING_ACCENTS = {
    0x60: "\u0300", 0xB4: "\u0301", 0x2C6: "\u0302", 0x2DC: "\u0303", 0xA8: "\u0308", 0xAF: "\u0304",
    0x2D8: "\u0306", 0x2D9: "\u0307", 0x2DA: "\u030a", 0xB8: "\u0327", 0x2C7: "\u030c", 0x2DB: "\u0328",
    0x2DD: "\u030b",
}  # fmt: skip

# Slots of Symbol and Wingdings that Word's list styles use.
_SYMBOL_BULLETS = frozenset(
    (
        0xA1,
        0xA7,
        0xA8,
        0xB7,
        0x6C,
        0x6E,
        0x71,
        0x76,
        0x77,
        0x9F,
        0xD7,
        0xD8,
        0xE0,
        0xE8,
        0xF0,
        0xFB,
        0xFC,
        0xFE,
    )
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Owners = tuple[Ints, Floats, Floats]


def is_private(code: int) -> bool:
    """Whether a code point is for private use: a bullet or an icon, never text."""
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000


def is_symbol_bullet(code: int) -> bool:
    """Whether a private-use code of Symbol or Wingdings is one of the marks that lists are made with."""
    return code & 0xFF in _SYMBOL_BULLETS


def normalise(
    codes: Ints,
    left: Floats,
    right: Floats,
    top: Floats,
    bottom: Floats,
    ligatures: Mapping[int, str],
) -> tuple[list[str], Owners | None]:
    """One character per entry: ligatures undone, accents joined to their letters, control codes dropped.

    `ligatures` says what low codes stand for in this file. The second value is None when entries and
    glyphs correspond one to one; otherwise arrays that give for each entry the glyph it came from, which
    part of the glyph it is, and of how many.
    """
    strange = (codes < 0x20) | ((codes >= 0x7F) & (codes < 0xC0)) | (codes >= 0x2C6) | (codes == 0x60)
    if not strange.any():
        return list(codes.astype(np.uint32).tobytes().decode("utf-32-le")), None
    plain = np.where(strange, 0x20, codes)
    out = list(plain.astype(np.uint32).tobytes().decode("utf-32-le"))
    for at in np.nonzero(strange)[0].tolist():
        code = int(codes[at])
        if code in _SPACING_ACCENTS or 0x300 <= code < 0x370:
            out[at] = chr(code)
            mark = _SPACING_ACCENTS.get(code, chr(code))
            _join_accent(out, at, mark, left, right, top, bottom)
        else:
            out[at] = ligatures.get(code) or _character(code)
    lengths = np.fromiter(map(len, out), np.int64, len(out))
    if (lengths == 1).all():
        return out, None
    index = np.repeat(np.arange(len(out)), lengths)
    first = np.cumsum(lengths) - lengths
    part = (np.arange(len(index)) - first[index]).astype(np.float64)
    return list("".join(out)), (index, part, lengths[index].astype(np.float64))


def _character(code: int) -> str:
    """The text of one code point, empty when it is not text."""
    if code in _LIGATURES:
        return _LIGATURES[code]
    if code in (0xFFFE, 0x02):
        return LINE_HYPHEN
    if is_private(code):
        return chr(code)  # the font's name will tell bullets from icons
    if code < 0x20 or 0x7F <= code < 0xA0 or code in (0xFFFF, 0xFFFD) or code > 0x10FFFF:
        return ""
    if 0xD800 <= code < 0xE000:
        return ""
    char = chr(code)
    # Presentation forms (Arabic, Hebrew, full-width Latin, CJK radicals) are glyph shapes, not letters.
    if 0xFB00 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFE or 0xFF01 <= code <= 0xFF5E:
        return unicodedata.normalize("NFKC", char)
    return unicodedata.normalize("NFC", char)


def _join_accent(
    out: list[str], at: int, mark: str, left: Floats, right: Floats, top: Floats, bottom: Floats
) -> None:
    """Compose an accent that is drawn over the letter before or after it; leave it alone otherwise."""
    middle = (left[at] + right[at]) / 2
    for other in (at + 1, at - 1):
        if not 0 <= other < len(out) or not out[other] or not out[other][-1].isalpha():
            continue
        over = left[other] <= middle <= right[other] and top[at] < bottom[other] and top[other] < bottom[at]
        if not over:
            continue
        joined = unicodedata.normalize("NFC", out[other] + mark)
        if len(joined) == 1:
            out[other], out[at] = joined, ""
            return
    if 0x300 <= ord(mark) < 0x370 and out[at] == mark and at and out[at - 1]:
        joined = unicodedata.normalize("NFC", out[at - 1] + mark)
        if len(joined) == len(out[at - 1]):
            out[at - 1], out[at] = joined, ""
