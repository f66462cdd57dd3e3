"""A process that writes is killed at random moments: what it acknowledged is there once, and nothing half.

MATCHER_KILLS sets how often: 10 unless told, 200 by `make kills`.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from store_samples import ADA, ENCODER, Corpus, revised

from matcher.store import Store
from matcher.types.corpus import snippet_id

HERE = Path(__file__).parent
KILLS = int(os.environ.get("MATCHER_KILLS", "10"))

# Forks a writer for each line it reads, which saves the imports. The writer takes resumes in, revises every
# second and erases every third, and says what was done once it is.
WRITERS = """
import os, sys
from store_samples import Corpus, add, day
from test_store_kill import numbered

def write(start):
    with Corpus(sys.argv[1]).open() as store:
        for number in range(start, start + 10_000):
            person = add(store, numbered(number)).candidate
            print("added", number, person, flush=True)
            if number % 2 == 0:
                add(store, numbered(number, revision=2), day(1))
                print("revised", number, person, flush=True)
            if number % 3 == 0:
                print("erasing", number, person, flush=True)
                store.people.erase([person])
                print("erased", number, person, flush=True)

for line in sys.stdin:
    writer = os.fork()
    if not writer:
        write(int(line))
    print("writer", writer, "", flush=True)
    os.waitpid(writer, 0)
    print("over", 0, "", flush=True)
"""


def word(number: int, revision: int = 1) -> str:
    """A word that nobody else has."""
    return f"quokka{number}r{revision}x"


def numbered(number: int, revision: int = 1) -> str:
    """The resume of a person with this number; the second revision has a line more."""
    text = ADA.replace("ada.lindqvist", f"ada{number}").replace("Kubernetes", word(number))
    return text if revision == 1 else revised(text, f"Kept a {word(number, revision)}")


def hits(store: Store, number: int) -> list[int]:
    """How many snippets of the first and of the second revision of a person are found."""
    return [len(store.lexical.search(word(number, revision), 9)) for revision in (1, 2)]


def check(store: Store, done: dict[int, str], people: dict[int, str], unsaid: set[str]) -> list[int]:
    """The corpus is whole, and it is what was acknowledged, but for what was under way: `unsaid` are people
    whose acknowledgement was killed. Returns who is gone."""
    assert store.problems() == []
    there = {person.id for person in store.people.page(limit=1_000_000)}
    gone = []
    for number, what in done.items():
        if what == "erased" or (what == "erasing" and people[number] not in there):
            gone.append(number)
            assert people[number] not in there
            assert hits(store, number) == [0, 0]
        else:
            assert people[number] in there
            # A kill may come between the second revision and its acknowledgement.
            second = [0, 1] if what == "added" and number % 2 == 0 else [1 - number % 2]
            assert hits(store, number) in [[1, each] for each in second]
    came = there - set(people.values()) - unsaid
    assert len(came) <= 1
    unsaid |= came
    for revision, stored in store.resumes.read(store.resumes.select()).items():
        texts = [snippet.masked for snippet in stored.resume.snippets]
        ids = [snippet_id(revision, ordinal) for ordinal in range(len(texts))]
        assert store.vectors.of_snippets(ENCODER.fingerprint, ids).rows == ENCODER.encode(texts).tobytes()
    return gone


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    """Each acknowledged resume is found once, each acknowledged erasure is whole, whatever was under way is
    there as a whole or not at all, and no erased byte is left once the corpus was opened again."""
    chance = random.Random(20260301)
    corpus = Corpus(tmp_path / "corpus")
    done: dict[int, str] = {}  # the last that was said of a number
    people: dict[int, str] = {}
    unsaid: set[str] = set()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parents[1]), str(HERE)])}
    command = [sys.executable, "-c", WRITERS, str(corpus.where)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as writers:
        assert writers.stdin is not None
        assert writers.stdout is not None

        def said() -> str:
            """The next line, kept in mind: what was done, or whom to kill."""
            what, number, person = writers.stdout.readline().rstrip("\n").split(" ")  # type: ignore[union-attr]
            if what in ("writer", "over"):
                return number if what == "writer" else what
            done[int(number)], people[int(number)] = what, person
            return what

        for turn in range(KILLS):
            print(turn * 10_000, file=writers.stdin, flush=True)
            writer = int(said())
            began = time.monotonic()
            steps = chance.randint(0, 9)
            for _ in range(steps):
                said()
            # Somewhere within the next step, whatever a step takes on this machine now.
            time.sleep(chance.uniform(0, 1.2) * (time.monotonic() - began) / max(1, steps))
            os.kill(writer, signal.SIGKILL)
            while said() != "over":
                pass
            with corpus.open() as store:
                gone = check(store, done, people, unsaid)
            data = b"".join(path.read_bytes() for path in Path(corpus.where).iterdir())
            left = [
                number for number in gone if word(number).encode() in data or f"ada{number}@".encode() in data
            ]
            assert left == []
    assert {"added", "revised", "erased"} <= set(done.values())
