"""The child process that parses one file after another: `python -m matcher.worker`.

It reads framed jobs from standard input and writes framed answers to what was standard output. A file
that crashes, hangs or exhausts memory takes this process down and nothing else. Answers travel as
pickles which the parent opens with an allow-list, so that a child taken over by a hostile file cannot
run code in the parent.
"""

from __future__ import annotations

import array
import copyreg
import io
import os
import pickle
import struct
import sys
from dataclasses import dataclass
from enum import Enum
from typing import IO, Any, Literal, TypeAlias

from matcher import types
from matcher.errors import MatcherError, ParseMemoryError, ParserCrashedError, all_errors
from matcher.settings import Limits
from matcher.types import Pictures, Place, Resume, Role

_HEADER = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Job:
    """One file to parse, and as what; or a PDF to draw, and the places of each quote to draw it around."""

    kind: Literal["resume", "role", "pictures"]
    source: str
    data: bytes
    quotes: tuple[tuple[Place, ...], ...] = ()


Answer: TypeAlias = "Resume | Role | Pictures | Failure"


@dataclass(frozen=True, slots=True)
class Failure:
    """An error on its way to the parent: exceptions themselves do not cross the process boundary."""

    code: str
    message: str

    def error(self) -> MatcherError:
        """The error as the parent raises it."""
        return all_errors().get(self.code, ParserCrashedError)(self.message)


# All that an answer may name: this project's nouns, a Failure, and the arrays in lines. Looked up here and
# never by attribute, because pickle follows dotted names ("dataclass.__builtins__.get") out of any module.
_MAY_SEND: dict[tuple[str, str], object] = {
    (noun.__module__, noun.__name__): noun
    for noun in (Failure, array.array, *(getattr(types, name) for name in types.__all__))
} | {("array", "_array_reconstructor"): array._array_reconstructor}  # type: ignore[attr-defined]


def _by_value(member: Enum) -> tuple[type[Enum], tuple[object]]:
    return type(member), (member.value,)


# Python 3.11.0 to 3.11.3 write a member of an enum as a call of getattr, which no answer may name.
_WRITTEN = copyreg.dispatch_table | {
    noun: _by_value for noun in _MAY_SEND.values() if isinstance(noun, type) and issubclass(noun, Enum)
}


class _AllowList(pickle.Unpickler):
    """Opens only this project's nouns and the arrays in them."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _MAY_SEND:
            raise pickle.UnpicklingError(f"a worker may not send {module}.{name}")
        return _MAY_SEND[module, name]


def write_frame(stream: IO[bytes], value: object) -> None:
    """Write one length-prefixed value."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _WRITTEN
    pickler.dump(value)
    payload = buffer.getvalue()
    stream.write(_HEADER.pack(len(payload)) + payload)
    stream.flush()


def _read_payload(stream: IO[bytes], most: int | None = None) -> bytes:
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        raise EOFError
    (length,) = _HEADER.unpack(header)
    if most is not None and length > most:
        raise pickle.UnpicklingError(f"a worker announced {length} bytes; the limit is {most}")
    payload = stream.read(length)
    if len(payload) < length:
        raise EOFError
    return payload


def read_answer(stream: IO[bytes], most: int) -> Answer:
    """Read one answer of at most `most` bytes from a worker.

    Raises EOFError when it died and UnpicklingError when what it sent is no answer.
    """
    payload = _read_payload(stream, most)
    try:
        answer = _AllowList(io.BytesIO(payload)).load()
    except Exception as error:  # a made-up pickle can raise anything at all
        raise pickle.UnpicklingError("a worker sent something that cannot be opened") from error
    if not isinstance(answer, Resume | Role | Pictures | Failure):
        raise pickle.UnpicklingError("a worker sent something that is no answer")
    return answer


def parse_job(job: Job, limits: Limits) -> Answer:
    """Parse or draw one file; what goes wrong comes back as a Failure."""
    from matcher.parsing import draw_pictures, parse_resume, parse_role

    try:
        if job.kind == "pictures":
            return draw_pictures(job.data, job.quotes)
        if job.kind == "role":
            return parse_role(job.data, job.source, limits)
        return parse_resume(job.data, job.source, limits)
    except MatcherError as error:
        return Failure(error.code, error.message)
    except MemoryError:
        limit = limits.max_memory_bytes // 1_000_000
        return Failure(
            ParseMemoryError.code,
            f"Reading the file took more than {limit} MB of memory, the limit. Export it again in a simpler "
            "form or raise max_memory_bytes.",
        )
    except Exception as error:  # noqa: BLE001  # a parser's bug costs one file, never the run
        return Failure(
            ParserCrashedError.code,
            f"Reading the file failed with {type(error).__name__}, a fault of the parser. The other files "
            "were not affected; please report it.",
        )


def _limit_memory(limit: int) -> None:
    """Cap this process's address space where the platform can (POSIX; elsewhere only time is limited)."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    ceiling = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))


def main() -> None:
    """Answer jobs until standard input closes. The first frame carries the limits."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints must not reach the answers
    jobs = sys.stdin.buffer
    limits: Limits = pickle.loads(_read_payload(jobs))
    _limit_memory(limits.max_memory_bytes)
    import matcher.parsing  # noqa: F401  # loaded while the parent is still busy, not on the first job

    while True:
        try:
            job: Job = pickle.loads(_read_payload(jobs))
        except EOFError:
            return
        write_frame(answers, parse_job(job, limits))


if __name__ == "__main__":
    # Under its own name, so that a Failure is pickled as matcher.worker.Failure and not __main__.Failure.
    from matcher.worker import main as run

    run()
