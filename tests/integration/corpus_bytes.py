"""Looking for the bytes of somebody in everything that a corpus keeps."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import faiss
import numpy as np
import sqlalchemy as sa

from matcher import Matcher


def segments(folder: Path) -> Iterator[faiss.IndexIVFScalarQuantizer]:
    """The segments of every index below a folder."""
    for path in sorted(folder.rglob("*.faiss")):
        yield faiss.read_index(str(path))


def marks_of_vector(matcher: Matcher, text: str, folder: Path) -> dict[str, bytes]:
    """The vector of a text as the store keeps it, and as each segment below `folder` would."""
    row = matcher.encode([text])
    found = {f"vector of {text}": row[0].astype("<f4").tobytes()}
    for number, segment in enumerate(segments(folder)):
        codes = np.empty((1, segment.sq.code_size), dtype=np.uint8)
        codes[0] = np.asarray(segment.sq.compute_codes(row)).reshape(1, -1)[0]
        found[f"bytes of {text} in segment {number}"] = codes.tobytes()
    return found


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """The bytes of a file, and those of the parts of an archive, which may be deflated."""
    data = path.read_bytes()
    yield path.name, data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield f"{path.name}/{name}", archive.read(name)


def left_in_folder(folder: Path, wanted: dict[str, bytes]) -> list[str]:
    """Which marks are in any byte of any file below a folder, or in the name of one."""
    found = []
    for path in sorted(folder.rglob("*")):
        where = str(path.relative_to(folder)).encode()
        found += [f"{name} in the name {path.name}" for name, mark in wanted.items() if mark in where]
        for part, data in contents(path) if path.is_file() else ():
            found += [f"{name} in {part}" for name, mark in wanted.items() if mark in data]
    return found


def left_in_tables(where: str, wanted: dict[str, bytes]) -> list[str]:
    """Which marks are in any value of any row of any table of a PostgreSQL database."""
    engine = sa.create_engine(sa.make_url(where).set(drivername="postgresql+psycopg"))
    found = []
    with engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            for row in connection.execute(sa.text(f'SELECT * FROM "{table}"')):
                data = b"\n".join(
                    bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    for value in row
                )
                found += [f"{name} in {table}" for name, mark in wanted.items() if mark in data]
    engine.dispose()
    return found
