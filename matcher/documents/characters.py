"""The clean-up of characters that every reader shares: one spelling for what looks the same.

Ligatures, no-break spaces, soft hyphens, invisible characters and "bold" letters made of mathematical
symbols differ between producers and mean nothing to a reader; here they become plain characters, so that
a quote, a date or a skill is found whatever program wrote the file.
"""

from __future__ import annotations

import re
import unicodedata

# U+FB00..U+FB06, the Latin ligatures of "Alphabetic Presentation Forms".
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_SPACES = (0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
# Zero width space, direction marks and overrides, word joiner and invisible operators, byte order mark.
_INVISIBLE = (0x00AD, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_NEWLINES = (0x0B, 0x0C, 0x85, 0x2028, 0x2029)


def _c1_as_windows(code: int) -> str | None:
    """U+0080..U+009F are control codes nobody types: almost always Windows-1252 read as Latin-1."""
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return None


_TABLE: dict[int, str | None] = {
    **{code: None for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: None,
    **{code: _c1_as_windows(code) for code in range(0x80, 0xA0)},
    **_LIGATURES,
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_INVISIBLE, None),
    **dict.fromkeys(_NEWLINES, "\n"),
    0x0D: "\n",
    0x2010: "-",  # hyphen
    0x2011: "-",  # no-break hyphen
    0xFFFC: None,  # object replacement
}
# Icons and symbol fonts live in the private use areas; surrogates and non-characters are not text at all.
_NOT_TEXT = re.compile("[\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]+")
# A joiner shapes Arabic, Indic and emoji sequences; beside a Latin letter or a space it is only in the way.
_JOINER = re.compile("(?<=[\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\u024f]|$)|^[\u200c\u200d]+")
_MATHEMATICAL = re.compile("[\U0001d400-\U0001d7ff]+")
_TAGS = re.compile("(?<!\U0001f3f4)[\U000e0000-\U000e007f]+")
INVISIBLE_CHARACTERS = "written in invisible characters"  # why `smuggled` text is set aside
_ODD = re.compile("[^\t\n -~]")

# The glyphs of symbol fonts (Symbol, Wingdings) that word processors use as list bullets.
SYMBOL_BULLETS = frozenset(
    "\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf06e\uf071\uf0e8\uf0e0\uf09f\uf02d\uf06f\uf0f0"
)
_SYMBOL_BULLET = re.compile(f"[{''.join(sorted(SYMBOL_BULLETS))}]")


def clean(text: str) -> str:
    """`text` in NFC with one kind of space, newline, hyphen and letter; tabs and newlines are kept.

    Invisible characters are dropped, private-use icons become a space, symbol-font bullets "•".
    """
    if not _ODD.search(text):
        return text
    text = text.replace("\r\n", "\n")
    text = _SYMBOL_BULLET.sub("•", text)
    text = _TAGS.sub("", text)
    text = _NOT_TEXT.sub(" ", text)
    text = text.translate(_TABLE)
    text = _JOINER.sub("", text)
    text = _MATHEMATICAL.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    return unicodedata.normalize("NFC", text)


def smuggled(text: str) -> str:
    """What is written in the invisible "tag" characters (U+E0000..U+E007F) that mirror ASCII, else ""."""
    found = "".join(_TAGS.findall(text))
    return "".join(chr(ord(char) - 0xE0000) for char in found if 0x20 <= ord(char) - 0xE0000 < 0x7F)
