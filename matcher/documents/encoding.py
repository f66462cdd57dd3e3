"""Bytes to str: by byte order mark, by being valid UTF-8, by what the file declares, by statistics last."""

from __future__ import annotations

import codecs
import re

from matcher.errors import UnsupportedFormatError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
# What resumes were saved in before UTF-8; statistics choose among these alone, so that a short text
# cannot be taken for an encoding of some mainframe.
_CANDIDATES = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 iso8859_15 koi8_r "
    "shift_jis euc_jp gb18030 big5 euc_kr mac_roman"
).split()
# A Western text in Windows-1252: letters with accents inside words, typographic marks elsewhere.
_WESTERN_LETTERS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽžŸ"
_WESTERN_MARKS = "\xa0‘’“”–—•…€£¥§©®™°±²³·´`¿¡«»‚„½¼¾ºª×¢†\xad"
_LONE_LETTERS = re.compile(f"[{_WESTERN_LETTERS}]{{3,}}")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 64_000  # bytes looked at to decide
_CONTROL_SHARE = 0.005


def decode(data: bytes) -> str:
    """The text in `data`, newlines as they were, without byte order mark.

    Raises UnsupportedFormatError when the bytes are no text in any encoding considered.
    """
    text = _decode(data)
    sample = text[:_SAMPLE]
    if "\0" in sample or len(_CONTROL.findall(sample)) > max(2, _CONTROL_SHARE * len(sample)):
        raise UnsupportedFormatError
    return text


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    wide = _utf16_without_mark(data[:_SAMPLE])
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and error.reason == "unexpected end of data":  # cut inside a character
            return data[: error.start].decode("utf-8")
    if b"\0" in data[:_SAMPLE]:
        raise UnsupportedFormatError
    declared = _declared(data)
    if declared:
        return data.decode(declared, errors="replace")
    western = data.decode("cp1252", errors="replace")
    if _is_western(western[:_SAMPLE]):
        return western
    return _by_statistics(data)


def _utf16_without_mark(sample: bytes) -> str | None:
    """UTF-16 of mostly Latin text has a zero byte in every other place."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd > 0.7 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.7 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    """The encoding an HTML or XML head names, as Python calls it, when one-byte or CJK."""
    found = _DECLARED.search(data, 0, 4096)
    if not found:
        return None
    try:
        name = codecs.lookup(found.group(1).decode("ascii", errors="replace")).name
    except LookupError:
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"  # what every browser does
    return (
        name
        if name.replace("-", "_") in {codecs.lookup(c).name.replace("-", "_") for c in _CANDIDATES}
        else None
    )


def _is_western(text: str) -> bool:
    odd = [char for char in text if char > "\x7f"]
    known = sum(char in _WESTERN_LETTERS or char in _WESTERN_MARKS for char in odd)
    runs = sum(len(run) for run in _LONE_LETTERS.findall(text))
    return known >= 0.97 * len(odd) and len(odd) < 0.25 * len(text) and runs < 0.1 * len(odd) + 1


def _by_statistics(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 4 * _SAMPLE], cp_isolation=list(_CANDIDATES), enable_fallback=False).best()
    if best is None:
        raise UnsupportedFormatError
    return data.decode(best.encoding, errors="replace")
