"""Overwriting the unused parts of the pages of a SQLite file, run as a process of its own.

`secure_delete` overwrites a row where it lies when it is deleted. But rows move to other pages while a table
grows, and where they lay before they stay, in the part of a page that no row uses. A page of a table or an
index begins with its kind, and says how many rows it has and from which byte on they lie
(sqlite.org/fileformat2.html, 1.6): what is between is unused.

A process of its own, because closing a file here would give up the locks that SQLite holds on it for this
process (sqlite.org/howtocorrupt.html, 2.2).
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

_INTERIOR, _LEAF = (2, 5), (10, 13)  # kinds of pages, with headers of 12 and of 8 bytes
_FIRST_HEADER = 100  # bytes of the file's own header, before that of the first page
_AT_ONCE = 1 << 20

# Other pages begin with the number of another one, of which the first byte is less than 2 up to here.
_MOST_PAGES = 2 << 24


def cleared(path: Path) -> bool:
    """Whether all unused parts were overwritten. The caller keeps everybody from writing meanwhile."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(Path(__file__)), str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == 0


def clear(path: str) -> bool:
    """Overwrite the unused parts with zeros where they are not zeros. False for a file of another kind."""
    with open(path, "r+b", buffering=0) as file:  # noqa: PTH123 - the process imports next to nothing
        header = file.read(_FIRST_HEADER)
        size = int.from_bytes(header[16:18], "big")
        size = 65_536 if size == 1 else size
        pages = os.fstat(file.fileno()).st_size // max(1, size)
        if header[:15] != b"SQLite format 3" or header[52:56] != bytes(4) or pages >= _MOST_PAGES:
            return False
        usable, zeros, start = size - header[20], bytes(size), 0
        while data := _read(file, start, max(size, _AT_ONCE)):
            for place in range(0, len(data) - size + 1, size):
                kind = place + (_FIRST_HEADER if start + place == 0 else 0)
                first = kind + (8 if data[kind] in _LEAF else 12) + 2 * (data[kind + 3] << 8 | data[kind + 4])
                last = place + ((data[kind + 5] << 8 | data[kind + 6]) or 65_536)
                used = data[kind] in _LEAF or data[kind] in _INTERIOR
                if not used or not first < last <= place + usable:
                    continue
                if data[first:last] != zeros[: last - first]:
                    file.seek(start + first)
                    file.write(zeros[: last - first])
            start += len(data)
        os.fsync(file.fileno())
    return True


def _read(file: io.FileIO, start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(size)


if __name__ == "__main__":
    sys.exit(0 if clear(sys.argv[1]) else 1)
