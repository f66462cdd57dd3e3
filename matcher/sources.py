"""What callers hand in (a path, bytes, a text, a named file) turned into a name and bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from matcher.errors import (
    DocumentTooLargeError,
    EmptyDocumentError,
    FileUnavailableError,
    InputError,
    PathAsTextError,
)
from matcher.settings import Limits


class NamedFile(NamedTuple):
    """A file's content under the name that results should show."""

    name: str
    data: bytes


Source = Path | bytes | str | NamedFile
"""Path: a file. bytes: a file's content. str: the text itself. NamedFile: content with a name."""

# No file system allows a longer name, and asking for one raises.
_LONGEST_NAME = 255


def name_of(source: Source) -> str:
    """The name a result shows for `source`: its path, its given name, or a short hash of its content."""
    match source:
        case Path():
            return str(source)
        case NamedFile(name, _):
            return name
        case bytes():
            return f"bytes:{hashlib.sha256(source).hexdigest()[:12]}"
        case str():
            return f"text:{hashlib.sha256(source.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
        case _:  # nothing that a type checker lets through: `load` refuses it
            return type(source).__name__


def load(source: Source, limits: Limits) -> NamedFile:
    """Name and bytes of `source`.

    Raises FileUnavailableError, EmptyDocumentError, DocumentTooLargeError, PathAsTextError for a str that
    names an existing file, and InputError for anything that is no Source.
    """
    match source:
        case Path():
            data = _read(source, limits)
        case NamedFile(_, content):
            data = content
        case bytes():
            data = source
        case str():
            if _names_a_file(source):
                raise PathAsTextError
            data = source.encode("utf-8", "surrogatepass")
        case _:
            raise InputError(
                f"A {type(source).__name__} is no source: give a Path, bytes, a str that is the text itself, "
                "or a NamedFile."
            )
    if not data:
        raise EmptyDocumentError
    if len(data) > limits.max_bytes:
        raise _too_large(len(data), limits)
    return NamedFile(name_of(source), data)


def _read(path: Path, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise FileUnavailableError("This is a folder where a file was expected: name the files in it.")
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise _too_large(size, limits)
        with path.open("rb") as file:
            data = file.read(limits.max_bytes + 1)  # a pipe or a device has no size to check beforehand
    except FileNotFoundError:
        raise FileUnavailableError("The file does not exist: check the path.") from None
    except ValueError:  # a null character, or one that the file system cannot encode
        raise FileUnavailableError("This is no name that a file can have: check the path.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FileUnavailableError(
            f"The file cannot be read ({reason}): check the path and its permissions."
        ) from None
    if len(data) > limits.max_bytes:
        raise DocumentTooLargeError(
            f"The file has more than {limits.max_bytes:,} bytes, the limit. "
            "Make it smaller or raise max_bytes."
        )
    return data


def _too_large(size: int, limits: Limits) -> DocumentTooLargeError:
    return DocumentTooLargeError(
        f"The file has {size:,} bytes; the limit is {limits.max_bytes:,}. Make it smaller or raise max_bytes."
    )


def _names_a_file(text: str) -> bool:
    if len(text) > _LONGEST_NAME * 4 or "\n" in text or "\0" in text:
        return False
    try:
        return Path(text).is_file()
    except OSError:
        return False
