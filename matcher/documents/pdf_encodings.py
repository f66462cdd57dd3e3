"""Names of ligatures that fonts without a Unicode map give to low character codes.

TeX's tools put ligatures at codes below 32 and name them "f_i", "f_f_l": names that PDFium does not know, so
that it hands over the bare code. The names stand in the file's /Differences arrays, which are found here
without building the file's objects: as they are, or in the object streams that newer files pack them in.
"""

from __future__ import annotations

import re
import zlib

_DIFFERENCES = re.compile(rb"/Differences\s{0,8}\[([^\]]{0,20000})\]")
_ENTRY = re.compile(rb"(\d{1,3})|/([!-.0-~]{1,40})")
_PACKED = re.compile(rb"/ObjStm\b[^\x00]{0,400}?stream\r?\n")
_LIGATURE = re.compile(rb"[fijlt](?:_[fijlt]){1,2}|ff|fi|fl|ffi|ffl")
_MAX_STREAMS = 200
_MAX_UNPACKED = 4_000_000  # bytes of one object stream; they hold a few hundred small objects


def low_ligatures(data: bytes) -> dict[int, str]:
    """Ligatures at codes below 32, for codes that all the fonts of a PDF file agree about."""
    found: dict[int, set[str]] = {}
    for source in (data, *_packed(data)):
        for array in _DIFFERENCES.finditer(source):
            code = 0
            for number, name in _ENTRY.findall(array.group(1)):
                if number:
                    code = int(number)
                    continue
                if code < 32 and _LIGATURE.fullmatch(name):
                    found.setdefault(code, set()).add(name.decode("ascii").replace("_", ""))
                code += 1
    return {code: names.pop() for code, names in found.items() if len(names) == 1}


def _packed(data: bytes) -> list[bytes]:
    """The file's object streams, unpacked as far as the limit allows."""
    streams = []
    for start, _ in zip(_PACKED.finditer(data), range(_MAX_STREAMS), strict=False):
        try:
            packed = memoryview(data)[start.end() : start.end() + _MAX_UNPACKED]
            streams.append(zlib.decompressobj().decompress(packed, _MAX_UNPACKED))
        except zlib.error:
            continue  # another filter, or damaged: the default names serve
    return streams
