"""Writers of a corpus for the tests that kill them, and the people they write: resumes of the fixtures, each
under a name of its own and with a line that nobody else has.

Run as a script it forks a writer for each line of JSON it reads, which saves what takes long: imports, the
encoder, reading the files. A writer does what the line says, tells of every step, and kills itself at the
point that the line names, if it comes there.
"""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import faiss
from sqlalchemy.engine.default import DefaultDialect

from matcher import Matcher
from matcher.corpus import Corpus, indexing
from matcher.documents import read
from matcher.index import FaissIndex
from matcher.resumes import parse
from matcher.settings import Settings
from matcher.sources import NamedFile
from matcher.store import database
from matcher.types import Rejected, Resume
from matcher.types.found import Taken

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures" / "resumes"
BASES = ("welder.txt", "backend-engineer-bootcamp.md", "farm-manager.txt", "pharmacist.docx")
HASHING = Settings(model="hashing", workers=1)
PEOPLE = 14
EXACT_UP_TO = 60  # snippets: a few people are enough for segments, and for merging them

# Where a writer may be killed: the function, and how many calls of it a turn makes at the most, or so.
POINTS: dict[str, tuple[Any, str, int]] = {
    "transaction": (DefaultDialect, "do_commit", 60),
    "write": (database.Work, "end_writing", 8),
    "statement": (database.Work, "run", 12),
    "fsync": (os, "fsync", 12),
    "replace": (pathlib.Path, "replace", 4),
    "unlink": (pathlib.Path, "unlink", 6),
    "segment": (faiss, "write_index", 3),
    "rmtree": (shutil, "rmtree", 2),
    "mkdir": (pathlib.Path, "mkdir", 3),
}


class File(NamedTuple):
    """Which resume of whom."""

    person: int
    revision: int


ALL = [File(person, revision) for person in range(PEOPLE) for revision in (1, 2)]


def surname(person: int) -> str:
    """A name that nobody else has."""
    return "Quorl" + "".join(chr(ord("a") + int(digit)) for digit in f"{person:02}")


def word(file: File) -> str:
    """A word that no other file has."""
    return f"zephyr{file.person:02}r{file.revision}x"


def line(file: File) -> str:
    """The line with that word, which is a snippet of its own; with others, lest two lines have one vector."""
    number = f"{file.person:02}{file.revision}"
    return f"Repaired the {word(file)} of harbour{number} before tide{number} and storm{number}"


@lru_cache
def _base(name: str) -> tuple[str, str, str]:
    """Text, name and address of a fixture."""
    document = read((FIXTURES / name).read_bytes())
    contact = parse(document, name).contact
    assert contact.name is not None
    return document.text, contact.name, contact.emails[0]


@lru_cache
def named_file(file: File) -> NamedFile:
    """The file."""
    text, name, address = _base(BASES[file.person % len(BASES)])
    text = text.replace(name, f"Robin {surname(file.person)}")
    text = text.replace(address, f"{surname(file.person).lower()}@example.org")
    text = text.replace("\n• ", f"\n• {line(file)}\n• ", 1)
    return NamedFile(f"{surname(file.person)}-{file.revision}.txt", text.encode())


@lru_cache
def resume(file: File) -> Resume:
    """What is read from it."""
    name, data = named_file(file)
    return parse(read(data), name)


def _said(*words: object) -> None:
    print(*words, flush=True)


def _killed_at(point: str, after: bool, call: int) -> None:
    """Have this process killed before or after a call of the point's function."""
    owner, name, _ = POINTS[point]
    kept, calls = getattr(owner, name), 0

    def killing(*arguments: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        done = kept(*arguments, **more)
        if calls == call and after:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(owner, name, killing)


def _settled(item: NamedFile) -> Future[Any]:
    files = {named_file(file).name: file for file in ALL}
    future: Future[Any] = Future()
    future.set_result(resume(files[item.name]))
    return future


def ingest(corpus: Corpus, files: list[list[int]]) -> None:
    """Take files in and name each that is."""
    of = {named_file(File(*pair)).name: pair for pair in files}

    def taken(item: Taken | Rejected) -> None:
        assert isinstance(item, Taken), item.message
        _said("taken", *of[item.source])

    corpus.ingest([named_file(File(*pair)) for pair in files], progress=taken)
    _said("done")


def erase(corpus: Corpus, people: list[int]) -> None:
    """Erase those of the people who are there."""
    found = [corpus.find(f"{surname(person).lower()}@example.org") for person in people]
    there = [each[0].id for each in found if each]
    _said("erasing", *people)
    receipt = corpus.erase(there)
    assert receipt.remains == () or "://" in str(corpus.where), receipt.remains
    _said("erased", *people)


def reindex(corpus: Corpus, _: list[int]) -> None:
    """Build the index anew."""
    corpus.reindex()
    _said("done")


STEPS: dict[str, Callable[[Corpus, Any], None]] = {"ingest": ingest, "erase": erase, "reindex": reindex}


def small_segments() -> None:
    """Let an index of few snippets have segments."""
    indexing.FaissIndex = partial(FaissIndex, exact_up_to=EXACT_UP_TO)  # type: ignore[assignment, misc]


def write(where: str, order: dict[str, Any]) -> None:
    """Do what the order says, in a process of its own."""
    if order["point"]:
        _killed_at(*order["point"])
    with Matcher(HASHING) as matcher:
        matcher.begin_resume = _settled  # type: ignore[method-assign, assignment]
        with matcher.corpus(where) as corpus:
            for step, what in order["steps"]:
                STEPS[step](corpus, what)
    _said("finished")


def main() -> None:
    """Fork writers until there is no more to read."""
    small_segments()
    for file in ALL:
        resume(file)
    with Matcher(HASHING) as matcher:
        matcher.encode(["warm"])
    for order in sys.stdin:
        writer = os.fork()
        if not writer:
            write(sys.argv[1], json.loads(order))
            os._exit(0)
        _said("writer", writer)
        _, status = os.waitpid(writer, 0)
        _said("over", status)


if __name__ == "__main__":
    main()
