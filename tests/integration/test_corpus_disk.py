"""Disks that are full or may not be written, at each step of a corpus: a clear error or a whole success,
people who are found as before, and a corpus that is whole as soon as there is room again."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from corpus_bytes import left_in_folder
from corpus_writers import EXACT_UP_TO, HASHING, File, line, named_file, resume, surname, word

from matcher import Matcher
from matcher.corpus import Corpus, indexing
from matcher.errors import CorpusError, CorpusFullError, CorpusReadOnlyError
from matcher.index import FaissIndex
from matcher.sources import NamedFile
from matcher.types.service import AuditEntry

SIZE = 12 << 20
# What is left of the disk: nothing, some pages, enough for the store and not for the index, enough for all.
ROOM = [0, 40_000, 150_000, 400_000, 1_000_000]


class Disk:
    """A small disk of its own where one may be mounted, else a limit on how large any file may become."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
        self.mounted = subprocess.run(command, capture_output=True).returncode == 0
        self.limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self, room: int) -> None:
        """Leave so many bytes."""
        self.empty()
        if self.mounted:
            free = os.statvfs(self.folder)
            (self.folder / "ballast").write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - room)))
        else:
            largest = max(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest + room, self.limits[1]))

    def empty(self) -> None:
        """Leave all the room there is."""
        (self.folder / "ballast").unlink(missing_ok=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, self.limits)

    def protect(self, protected: bool) -> None:
        """Let nobody write, or let everybody again."""
        if self.mounted:
            how = "remount,ro" if protected else f"remount,rw,size={SIZE}"
            subprocess.run(["mount", "-o", how, str(self.folder)], check=True)
        for path in () if self.mounted else [self.folder, *self.folder.rglob("*")]:
            path.chmod(0o555 if protected else 0o755)

    def check(self, error: CorpusError, room: int) -> None:
        """The error says what is wrong and what to do, and is none where there was room."""
        assert room < ROOM[-1]
        if self.mounted:
            assert isinstance(error, CorpusFullError)
            assert "make room" in str(error)

    def close(self) -> None:
        """Give it back."""
        self.empty()
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """An empty disk."""
    (tmp_path / "disk").mkdir()
    opened = Disk(tmp_path / "disk")
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "FaissIndex", partial(FaissIndex, exact_up_to=EXACT_UP_TO))


@pytest.fixture(scope="module")
def matcher() -> Iterator[Matcher]:
    with Matcher(HASHING) as opened:
        yield opened


FIRST = [File(person, 1) for person in range(5)]


def filled(matcher: Matcher, disk: Disk) -> None:
    """Five people on the disk."""
    with matcher.corpus(disk.folder / "corpus") as corpus:
        corpus.ingest([named_file(file) for file in FIRST])


def check(corpus: Corpus, there: list[File], gone: list[File] = []) -> None:  # noqa: B006
    """These are found, each once, and the others are not."""
    for file in there:
        (first, *_) = corpus.search(line(file), top=1)
        assert line(file) in first.quotes[0].text
        assert len(corpus.find(f"{surname(file.person).lower()}@example.org")) == 1
    for file in gone:
        assert corpus.store.lexical.search(word(file), 9) == []
        found = [quote.text for each in corpus.search(line(file)) for quote in each.quotes]
        assert not any(word(file) in text for text in found)


def large(number: int) -> NamedFile:
    """A resume that takes some room."""
    name, data = named_file(File(number, 1))
    more = "\n".join(f"• {line(File(number, 1))} {each} times over" for each in range(60))
    return NamedFile(name, data + b"\n\nExperience\nWriter, Acme\n2011 - 2013\n" + more.encode())


@pytest.mark.parametrize("room", ROOM)
def test_an_ingestion_onto_a_full_disk(matcher: Matcher, disk: Disk, room: int) -> None:
    """What was acknowledged is in, the rest is out, and the message says what to do."""
    filled(matcher, disk)
    with matcher.corpus(disk.folder / "corpus") as corpus:
        check(corpus, FIRST)
        disk.fill(room)
        taken: list[str] = []
        try:
            corpus.ingest([large(7), large(8)], progress=lambda item: taken.append(item.source))
        except CorpusError as error:
            disk.check(error, room)
        added = [file for file in (File(7, 1), File(8, 1)) if named_file(file).name in taken]
        gone = [file for file in (File(7, 1), File(8, 1)) if file not in added]
        check(corpus, [*FIRST, *added], gone)
        disk.fill(0)
        check(corpus, [*FIRST, *added], gone)
    disk.empty()
    with matcher.corpus(disk.folder / "corpus") as corpus:
        check(corpus, [*FIRST, *added], gone)
        assert corpus.doctor() == []
        corpus.ingest([large(7), large(8)])
        assert corpus.doctor() == []


@pytest.mark.parametrize("room", ROOM)
def test_an_erasure_on_a_full_disk(matcher: Matcher, disk: Disk, room: int) -> None:
    """Either nobody is erased, or the person is found no longer and the receipt says what remains; with room
    again, opening the corpus leaves no byte. The audit log tells of what happened, and of nothing else."""
    filled(matcher, disk)
    who = AuditEntry(datetime.now(UTC), "somebody", "candidate.erased", "candidate", "", None)
    person = resume(FIRST[2])
    sentence = line(FIRST[2]).encode()
    vector = matcher.encode([line(FIRST[2])])[0].astype("<f4").tobytes()
    assert person.snippets
    others = [file for file in FIRST if file != FIRST[2]]
    with matcher.corpus(disk.folder / "corpus") as corpus:
        check(corpus, FIRST)
        (found,) = corpus.find(f"{surname(2).lower()}@example.org")
        disk.fill(room)
        try:
            remains = corpus.erase([found.id], who).remains
        except CorpusError as error:
            disk.check(error, room)
            check(corpus, FIRST)
            assert list(corpus.store.audit.entries()) == []
            disk.empty()
            remains = corpus.erase([found.id], who).remains
            assert remains == ()
        assert remains == () or room < ROOM[-1]
        check(corpus, others, [FIRST[2]])
        assert [(each.actor, each.subject) for each in corpus.store.audit.entries()] == [
            ("somebody", found.id)
        ]
        marks = {"name": surname(2).encode(), "sentence": sentence, "vector": vector}
        left = left_in_folder(disk.folder / "corpus", marks)
        assert not left or remains
    disk.empty()
    with matcher.corpus(disk.folder / "corpus") as corpus:
        check(corpus, others, [FIRST[2]])
        assert corpus.doctor() == []
    assert left_in_folder(disk.folder / "corpus", marks) == []


@pytest.mark.parametrize("room", ROOM)
def test_reindexing_on_a_full_disk(matcher: Matcher, disk: Disk, room: int) -> None:
    """The old index stays as it was until the new one is whole."""
    filled(matcher, disk)
    with matcher.corpus(disk.folder / "corpus") as corpus:
        check(corpus, FIRST)
        disk.fill(room)
        try:
            corpus.reindex()
        except CorpusError as error:
            disk.check(error, room)
        check(corpus, FIRST)
    disk.fill(ROOM[1])
    with matcher.corpus(disk.folder / "corpus") as corpus:
        check(corpus, FIRST)
        assert corpus.doctor() == []
    disk.empty()
    with matcher.corpus(disk.folder / "corpus") as corpus:
        corpus.reindex()
        assert corpus.doctor() == []
    assert len(list((disk.folder / "corpus" / "index" / "default").iterdir())) == 1


def test_a_corpus_on_a_full_disk_opens(matcher: Matcher, disk: Disk) -> None:
    """Or says that it is full, where there is not a page left, and is as it was."""
    filled(matcher, disk)
    for room in ROOM:
        disk.fill(room)
        try:
            with matcher.corpus(disk.folder / "corpus") as corpus:
                check(corpus, FIRST)
        except CorpusError as error:
            disk.check(error, room)
    disk.empty()
    with matcher.corpus(disk.folder / "corpus") as corpus:
        check(corpus, FIRST)


def test_a_corpus_that_nobody_may_write_answers(matcher: Matcher, disk: Disk) -> None:
    """It is searched and shown; what would write is refused, and nothing has changed."""
    filled(matcher, disk)
    if not disk.mounted and os.getuid() == 0:
        pytest.skip("root writes wherever no disk can be mounted")
    disk.protect(True)
    try:
        with matcher.corpus(disk.folder / "corpus") as corpus:
            check(corpus, FIRST)
            (found,) = corpus.find(f"{surname(2).lower()}@example.org")
            assert corpus.resume(found).contact.name
            assert len(corpus.rank("Welder\n\nRequirements\n• Three years of welding\n")) == 5
            for write in (
                lambda: corpus.ingest([large(7)]),
                lambda: corpus.erase([found.id]),
                lambda: corpus.reindex(),
            ):
                with pytest.raises(CorpusReadOnlyError, match=r"written|permission|read-only"):
                    write()
            check(corpus, FIRST)
    finally:
        disk.protect(False)
    with matcher.corpus(disk.folder / "corpus") as corpus:
        check(corpus, FIRST)
        assert corpus.doctor() == []
        corpus.erase([found.id])
        assert corpus.doctor() == []
