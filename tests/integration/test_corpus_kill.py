"""Whoever writes to a corpus, its index included, is killed: what was acknowledged is there, once and whole,
what was erased is gone to the byte, and the index agrees with the store.

MATCHER_KILLS sets how often: 12 times unless told, 200 by `make kills`. On PostgreSQL a third as often.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from corpus_bytes import left_in_folder, left_in_tables, marks_of_vector
from corpus_writers import (
    ALL,
    EXACT_UP_TO,
    HASHING,
    PEOPLE,
    POINTS,
    File,
    line,
    named_file,
    resume,
    surname,
    word,
)

from matcher import Matcher
from matcher.corpus import Corpus, indexing
from matcher.index import FaissIndex
from matcher.types.corpus import snippet_id

KILLS = int(os.environ.get("MATCHER_KILLS", "12"))
TESTS = Path(__file__).parents[1]
WRITERS = Path(__file__).with_name("corpus_writers.py")
DIGESTS = {sha256(named_file(file).data).hexdigest(): file for file in ALL}


@dataclass
class Known:
    """What was said of the files: who has to be there, and who must not."""

    there: set[File] = field(default_factory=set)
    maybe: set[File] = field(default_factory=set)  # handed in, and nobody said what became of them
    going: set[int] = field(default_factory=set)  # handed to an erasure that nobody acknowledged
    ever: set[int] = field(default_factory=set)
    newest: dict[int, File] = field(default_factory=dict)

    def hear(self, what: str, *numbers: int) -> None:
        """A writer said this."""
        if what == "taken":
            file = File(*numbers)
            if file not in self.there:
                self.newest[file.person] = file
            self.there.add(file)
            self.ever.add(file.person)
        elif what == "erasing":
            self.going = set(numbers)
        elif what == "erased":
            self.there = {file for file in self.there if file.person not in numbers}
            self.going = set()

    def settle(self, held: set[File], newest: dict[int, File]) -> None:
        """What is held after a kill is what was said, give or take the step that was under way."""
        kept = {file for file in self.there if file.person not in self.going}
        assert kept <= held
        assert held <= self.there | self.maybe
        for person in self.going:  # an erasure is whole or not at all
            mine = {file for file in self.there if file.person == person}
            assert {file for file in held if file.person == person} in (set(), mine)
        assert len({bool(mine & held) for mine in self._going()}) <= 1
        for person, file in newest.items():
            if not any(each.person == person for each in held - self.there):
                assert file == self.newest[person]
        self.ever |= {file.person for file in held}
        self.there, self.newest, self.maybe, self.going = held, newest, set(), set()

    def _going(self) -> list[set[File]]:
        every = [{file for file in self.there if file.person == person} for person in self.going]
        return [mine for mine in every if mine]


def plan(chance: random.Random) -> list[tuple[str, list[object]]]:
    """Some steps: ingestions for the most, erasures, reindexing."""
    steps: list[tuple[str, list[object]]] = []
    for _ in range(chance.randint(3, 6)):
        what = chance.choices(["ingest", "erase", "reindex"], [5, 3, 1])[0]
        some: dict[str, list[object]] = {
            "ingest": list(chance.sample(ALL, chance.randint(1, 6))),
            "erase": list(chance.sample(range(PEOPLE), chance.randint(1, 3))),
            "reindex": [],
        }
        steps.append((what, some[what]))
    return steps


class Writers:
    """The process that forks writers, and what they say."""

    def __init__(self, where: str, environment: dict[str, str]) -> None:
        command = [sys.executable, str(WRITERS), where]
        path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
        )

    def say(self, order: dict[str, object]) -> int:
        """Have a writer begin; returns its process."""
        assert self.process.stdin is not None
        print(json.dumps(order), file=self.process.stdin, flush=True)
        what, number = self.heard()
        assert what == "writer"
        return number

    def heard(self) -> tuple[str, *tuple[int, ...]]:
        """The next line."""
        assert self.process.stdout is not None
        what, *numbers = self.process.stdout.readline().split()
        return what, *map(int, numbers)

    def turn(self, known: Known, chance: random.Random) -> bool:
        """Have a writer write and be killed; returns whether it was, and did not end before."""
        steps = plan(chance)
        known.maybe = {file for what, files in steps if what == "ingest" for file in files}  # type: ignore[misc]
        point = None
        if chance.random() < 0.6:
            name = chance.choice(sorted(POINTS))
            point = [name, chance.random() < 0.5, chance.randint(1, POINTS[name][2])]
        writer = self.say({"steps": steps, "point": point})
        began, wanted, heard = time.monotonic(), chance.randint(0, 14), 0
        while (said := self.heard())[0] not in ("over", "finished"):
            known.hear(*said)
            heard += 1
            if heard > wanted and not point:
                # Somewhere within the next step, whatever a step takes on this machine now.
                time.sleep(chance.uniform(0, 1.2) * (time.monotonic() - began) / heard)
                with suppress(ProcessLookupError):  # it ended just now
                    os.kill(writer, signal.SIGKILL)
                point = ["sent"]
        while said[0] != "over":
            known.hear(*said)
            said = self.heard()
        assert said[1] in (0, signal.SIGKILL), "a writer failed"
        return said[1] == signal.SIGKILL

    def close(self) -> None:
        """End it."""
        self.process.communicate()


def files_of(corpus: Corpus) -> tuple[set[File], dict[int, File], dict[File, int]]:
    """The files of the corpus, the newest of each person, and their revisions: each once, each whole."""
    revisions: dict[File, int] = {}
    newest: dict[int, File] = {}
    for person in corpus.store.people.page(limit=1_000):
        mine = corpus.store.resumes.revisions(person.id)
        assert sum(revision.newest for revision in mine) == 1
        for revision in mine:
            file = DIGESTS[revision.sha256]
            assert file not in revisions
            revisions[file] = revision.id
            assert corpus.store.resumes.file(revision.id) == named_file(file).data
            if revision.newest:
                assert file.person not in newest
                newest[file.person] = file
    return set(revisions), newest, revisions


def check(corpus: Corpus, known: Known) -> None:
    """The corpus is what was acknowledged, and whole."""
    assert corpus.doctor() == []
    held, newest, revisions = files_of(corpus)
    known.settle(held, newest)
    encoder, expected = corpus.matcher.encoder, []
    read = corpus.store.resumes.read([revisions[file] for file in held])
    for file in held:
        texts = [snippet.masked for snippet in resume(file).snippets]
        assert [snippet.masked for snippet in read[revisions[file]].resume.snippets] == texts
        ids = [snippet_id(revisions[file], ordinal) for ordinal in range(len(texts))]
        kept = corpus.store.vectors.of_snippets(encoder.fingerprint, ids)
        if file in newest.values():
            assert kept.rows == encoder.encode(texts).astype("<f4").tobytes()
            expected += ids
        else:
            assert kept.ids == ()
    for file in ALL:
        there = file in newest.values()
        assert len(corpus.store.lexical.search(word(file), 9)) == there
        if there:
            (first, *_) = corpus.search(line(file), top=1)
            assert line(file) in first.quotes[0].text
    # Every vector is in the index, and no other.
    assert corpus._index.describe().vectors == len(expected)
    if expected:
        _, ids = corpus._index.search(encoder.encode(["x"]), len(expected), np.array(expected))
        assert sorted(ids[0].tolist()) == sorted(expected)


def marks(matcher: Matcher, folders: list[Path], people: set[int]) -> dict[str, bytes]:
    """Bytes of these people, and of nobody else."""
    found: dict[str, bytes] = {}
    for person in people:
        found[f"name of {person}"] = surname(person).encode()
        found[f"folded name of {person}"] = surname(person).lower().encode()
        for file in (File(person, 1), File(person, 2)):
            found[f"word of {file}"] = word(file).encode()
            found[f"digest of {file}"] = sha256(named_file(file).data).digest()
            for folder in folders:
                found |= marks_of_vector(matcher, line(file), folder)
    return found


def kill(where: str | Path, folders: list[Path], environment: dict[str, str], kills: int) -> None:
    """Kill writers so many times, and look at the corpus after each."""
    chance, known, killed = random.Random(20260301), Known(), 0
    writers = Writers(str(where), environment)
    with Matcher(HASHING) as matcher:
        try:
            while killed < kills:
                killed += writers.turn(known, chance)
                settled(where)
                with matcher.corpus(where) as corpus:
                    check(corpus, known)
                    gone = known.ever - {file.person for file in known.there}
                    wanted = marks(matcher, folders, gone)
                    left = left_in_tables(where, wanted) if isinstance(where, str) else []
                assert left + [each for folder in folders for each in left_in_folder(folder, wanted)] == []
        finally:
            writers.close()
    assert known.ever


def settled(where: str | Path) -> None:
    """Wait until the server has done with those who were killed: a commit may be under way there."""
    if isinstance(where, str):
        engine = sa.create_engine(sa.make_url(where).set(drivername="postgresql+psycopg"))
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        with engine.connect() as connection:
            while connection.execute(sa.text(others)).scalar_one() > 1:
                connection.rollback()
                time.sleep(0.01)
        engine.dispose()


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the writers have them."""
    monkeypatch.setattr(indexing, "FaissIndex", partial(FaissIndex, exact_up_to=EXACT_UP_TO))


def test_a_corpus_survives_kills_of_whoever_writes_to_it(tmp_path: Path) -> None:
    """At random moments and at chosen points of ingesting, erasing and reindexing."""
    kill(tmp_path / "corpus", [tmp_path / "corpus"], {}, KILLS)


def test_a_corpus_on_a_server_survives_kills_of_its_clients(
    postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same where the store is a server, which goes on, and the index lies in the user's cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    kill(postgresql, [tmp_path / "cache"], {"XDG_CACHE_HOME": str(tmp_path / "cache")}, (KILLS + 2) // 3)


def test_processes_that_write_at_once_leave_one_whole_corpus(tmp_path: Path) -> None:
    """Four take in, erase and reindex, each people of its own: all that each was told holds in the end, and a
    corpus that was open here all the while sees it."""
    chance, where, known = random.Random(7), tmp_path / "corpus", Known()
    with Matcher(HASHING) as matcher, matcher.corpus(where) as corpus:
        assert corpus.search("nobody") == []
        writers = [Writers(str(where), {}) for _ in range(4)]
        for number, each in enumerate(writers):
            mine = [file for file in ALL if file.person % 4 == number]
            steps: list[tuple[str, list[object]]] = []
            for turn in range(4):
                steps.append(("ingest", [*chance.sample(mine, 4)]))
                steps.append(("erase", [chance.choice(mine).person]) if turn % 2 else ("reindex", []))
            each.say({"steps": steps, "point": None})
        for each in writers:
            while (said := each.heard())[0] != "over":
                known.hear(*said)
            assert said[1] == 0
            each.close()
        check(corpus, known)
    with Matcher(HASHING) as matcher, matcher.corpus(where) as corpus:
        check(corpus, known)
        wanted = marks(matcher, [where], known.ever - {file.person for file in known.there})
    assert left_in_folder(where, wanted) == []
