"""The folder of an index: files that never change, and one manifest that says which of them count.

`manifest.json` is replaced whole, so that a reader finds the old state or the new one; files that it does not
name are left over from a process that died, and go at the next save. Its fields: `format`, `kind`, `dim`,
`fingerprint` (of the encoder), `revision` (of the corpus), `generation` (raised by every save), `segments`
(rows and error of each), `files` (the checksum of each) and `checksum` (SHA-256 of all the others, as JSON
with sorted keys and no spaces).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

from matcher.errors import (
    CorpusError,
    CorpusFullError,
    CorpusReadOnlyError,
    CorpusUnavailableError,
    IndexBehindError,
    IndexUnfitError,
)
from matcher.index.locking import locked
from matcher.index.snippets import IndexSpec

T = TypeVar("T")

FORMAT = 1
MANIFEST = "manifest.json"

# A checksum reads this many blocks of a file, evenly spaced, its first and last among them: files cut short,
# mixed up or overwritten are noticed, and opening a million snippets stays a matter of milliseconds.
_BLOCKS = 64
_BLOCK_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class SegmentFact:
    """How many rows a segment has, and how far a score in it may be from the cosine."""

    name: str
    rows: int
    error: float


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the manifest says."""

    kind: str
    dim: int
    fingerprint: str
    revision: int = 0
    generation: int = 0
    segments: tuple[SegmentFact, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT


def read_manifest(folder: Path, kind: str, spec: IndexSpec) -> Manifest:
    """What the manifest of `folder` says; generation 0 where nothing was saved yet.

    Raises IndexUnfitError when it is damaged, of another kind or format, or holds the vectors of another
    encoder.
    """
    manifest = saved_manifest(folder)
    if manifest is None:
        return Manifest(kind, spec.dim, spec.fingerprint)
    found = (manifest.kind, manifest.dim, manifest.fingerprint)
    if found != (kind, spec.dim, spec.fingerprint):
        wanted = (kind, spec.dim, spec.fingerprint)
        raise IndexUnfitError(f"The index {folder} is {found}, but {wanted} is needed: rebuild it.")
    return manifest


def saved_manifest(folder: Path) -> Manifest | None:
    """What the manifest of `folder` says, whatever it is of; None where nothing was saved yet.

    Raises IndexUnfitError when it is damaged, or of another format.
    """
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise IndexUnfitError(f"The manifest of the index {folder} cannot be read: rebuild it.") from error
    if not isinstance(said, dict) or said.pop("checksum", None) != _digest(said):
        raise IndexUnfitError(f"The manifest of the index {folder} is damaged: rebuild it.")
    if said["format"] != FORMAT:
        raise IndexUnfitError(f"The index {folder} has format {said['format']}, not {FORMAT}: rebuild it.")
    segments = tuple(SegmentFact(**segment) for segment in said.pop("segments"))
    return Manifest(segments=segments, **said)


def tidy(folder: Path) -> None:
    """Delete what a process that died while it saved has left in `folder`.

    Nothing happens while another process saves there (it deletes these files itself), and where nothing may
    be written.
    """
    with suppress(OSError, IndexUnfitError):
        if _unnamed(folder, saved_manifest(folder)):
            with locked(folder / "lock", wait=False):
                _sweep(folder, saved_manifest(folder))


def opened(
    folder: Path, kind: str, spec: IndexSpec, load: Callable[[Path, Manifest], T]
) -> tuple[Manifest, T]:
    """The manifest of `folder` and what `load` makes of its files, all of one state.

    Another process may save, and delete files, between the two: then the newer manifest is taken. Raises
    IndexUnfitError when a file is gone or damaged, and what `read_manifest` raises.
    """
    manifest = read_manifest(folder, kind, spec)
    while True:
        try:
            check_files(folder, manifest)
            return manifest, load(folder, manifest)
        except OSError as error:
            newest = read_manifest(folder, kind, spec)
            if newest.generation == manifest.generation:
                raise IndexUnfitError(f"A file of the index {folder} is gone: rebuild it.") from error
            manifest = newest


@contextmanager
def writing(folder: Path, generation: int, kind: str, spec: IndexSpec) -> Iterator[None]:
    """Hold the folder for writing. Raises IndexBehindError unless its generation is `generation`.

    An OSError within becomes a CorpusError that says why nothing could be written, and what was begun is
    deleted again.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / "lock"):
            saved = read_manifest(folder, kind, spec)
            if saved.generation != generation:
                times = saved.generation - generation
                raise IndexBehindError(
                    f"The index {folder} was saved {times} times since it was opened here: open it again and "
                    "bring it up to the corpus."
                )
            try:
                yield
            except OSError:
                with suppress(OSError):
                    _sweep(folder, saved)
                raise
    except OSError as error:
        if isinstance(error, FileNotFoundError):  # the folder was there: somebody deletes it
            raise IndexBehindError(f"The index {folder} gave way to another: open that.") from error
        reason = error.strerror or type(error).__name__
        raise unwritable(error)(
            f"The index {folder} could not be written ({reason}): make room or check its permissions. "
            "What was saved before still opens."
        ) from error


def unwritable(error: OSError) -> type[CorpusError]:
    """The error that says why something could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return CorpusFullError
    return (
        CorpusReadOnlyError
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        else CorpusUnavailableError
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make `manifest` the state of `folder` and delete the files that it does not name."""
    said = asdict(manifest)
    said["checksum"] = _digest(said)
    partial = folder / f"{MANIFEST}.partial"
    with partial.open("w", encoding="utf-8") as file:
        json.dump(said, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / MANIFEST)
    sync(folder)
    _sweep(folder, manifest)


def _sweep(folder: Path, manifest: Manifest | None) -> None:
    """Delete the files that the manifest does not name."""
    for path in _unnamed(folder, manifest):
        with suppress(OSError):  # a reader may hold it, where open files cannot go
            path.unlink()


def _unnamed(folder: Path, manifest: Manifest | None) -> list[Path]:
    """The files of `folder` that its manifest does not name, and that are none of the folder's own."""
    named = {MANIFEST, "lock", *(manifest.files if manifest else ())}
    return [path for path in folder.iterdir() if path.name not in named]


def sync(path: Path) -> None:
    """Bring a file's content, or a folder's names, to the disk."""
    if path.is_dir() and sys.platform == "win32":
        return
    # Windows brings to the disk only what may be written.
    descriptor = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def checksum(path: Path) -> str:
    """SHA-256, in hexadecimal digits, of a file's length and of blocks evenly spaced over it."""
    size = path.stat().st_size
    found = hashlib.sha256(str(size).encode())
    last = max(0, size - _BLOCK_BYTES)
    with path.open("rb") as file:
        for start in sorted({last * block // (_BLOCKS - 1) for block in range(_BLOCKS)}):
            file.seek(start)
            found.update(file.read(_BLOCK_BYTES))
    return found.hexdigest()


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raise IndexUnfitError for a file that is not what was saved, FileNotFoundError for one that is gone."""
    for name, expected in manifest.files.items():
        if checksum(folder / name) != expected:
            raise IndexUnfitError(f"{name} of the index {folder} is damaged: rebuild it.")


def _digest(said: Mapping[str, object]) -> str:
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
