"""Opening of zipped formats with a bound on what they unpack to."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from matcher.errors import CorruptDocumentError, DecompressionLimitError, PasswordProtectedError
from matcher.settings import Limits

_MAX_MEMBERS = 10_000  # a document of many pages with pictures has some hundreds
_ENCRYPTED = 0x1  # bit 0 of a member's general purpose flag
_BLOCK = 1 << 20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


class Archive:
    """A zip file in memory. Raises a DocumentError when it is damaged, protected or unpacks to too much."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limit = limits.max_unpacked_bytes
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise _corrupt("its zip directory cannot be read") from error
        members = self._zip.infolist()
        if len(members) > _MAX_MEMBERS:
            raise DecompressionLimitError(
                f"The file packs {len(members):,} members; the limit is {_MAX_MEMBERS:,}. "
                "Send the document alone."
            )
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise PasswordProtectedError
        self._check(sum(member.file_size for member in members))
        self.names = frozenset(member.filename for member in members)

    def read(self, name: str) -> bytes:
        """The unpacked bytes of member `name`. What a header claims about its size is not believed."""
        try:
            with self._zip.open(name) as member:
                blocks = []
                while block := member.read(_BLOCK):
                    self._unpacked += len(block)
                    self._check(self._unpacked)
                    blocks.append(block)
                return b"".join(blocks)
        except KeyError as error:
            raise _corrupt("one of its parts is missing") from error
        except _BROKEN as error:
            raise _corrupt("one of its parts cannot be unpacked") from error

    def read_if_present(self, name: str) -> bytes | None:
        """The unpacked bytes of member `name`, None where there is none."""
        return self.read(name) if name in self.names else None

    def _check(self, unpacked: int) -> None:
        if unpacked > self._limit:
            raise DecompressionLimitError(
                f"The file unpacks to {unpacked:,} bytes or more; the limit is {self._limit:,}. "
                "If the file is sound, raise max_unpacked_bytes; else it may be a decompression bomb."
            )


def _corrupt(what: str) -> CorruptDocumentError:
    return CorruptDocumentError(
        f"The file is damaged or cut short ({what}): export it again from the program that made it."
    )
