"""What a user names for ingestion (files, folders, zip archives) as sources, one after the other.

An archive is never unpacked to the disk: its files are read one at a time, each no further than the limit.
"""

from __future__ import annotations

import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from matcher.errors import CorruptDocumentError, FileUnavailableError, PasswordProtectedError
from matcher.inputs import RESUME_ENDINGS, expand
from matcher.settings import Limits
from matcher.sources import NamedFile, Source
from matcher.types import Rejected

_ARCHIVE = ".zip"


def resume_files(names: Iterable[str], limits: Limits) -> Iterator[Source | Rejected]:
    """The files under `names`, folders searched recursively, archives file by file; "-" is standard input.

    An archive, or a file in one, that cannot be read is Rejected. Files in folders and archives are taken by
    their endings; one that is named is always tried.
    """
    for name in names:
        path = Path(name)
        if name == "-":
            yield NamedFile("-", sys.stdin.buffer.read(limits.max_bytes + 1))
        elif path.is_dir():
            files, _ = expand([name])
            yield from map(Path, files)
            for archive in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in archive.relative_to(path).parts)
                if archive.suffix.lower() == _ARCHIVE and not hidden and archive.is_file():
                    yield from _members(archive, limits)
        elif path.suffix.lower() == _ARCHIVE:
            yield from _members(path, limits)
        else:
            yield path


def _members(path: Path, limits: Limits) -> Iterator[NamedFile | Rejected]:
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        kind = FileUnavailableError if isinstance(error, OSError) else CorruptDocumentError
        yield _rejected(str(path), kind)
        return
    with archive:
        for member in archive.infolist():
            inside = PurePosixPath(member.filename)
            hidden = any(part.startswith((".", "__MACOSX")) for part in inside.parts)
            if member.is_dir() or hidden or inside.suffix.lower() not in RESUME_ENDINGS:
                continue
            yield _member(archive, member, f"{path}/{inside}", limits)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits
) -> NamedFile | Rejected:
    try:
        with archive.open(member) as file:
            # One byte more than may be: what is too large is refused where every file is, with its reason.
            return NamedFile(name, file.read(limits.max_bytes + 1))
    except RuntimeError:  # what zipfile raises for a member with a password
        return _rejected(name, PasswordProtectedError)
    except (OSError, EOFError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return _rejected(name, CorruptDocumentError)


def _rejected(
    source: str, kind: type[FileUnavailableError | CorruptDocumentError | PasswordProtectedError]
) -> Rejected:
    error = kind()
    return Rejected(source, error.code, error.message)
