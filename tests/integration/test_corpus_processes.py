"""Several processes on one corpus: a killed ingestion loses nothing it acknowledged, and an erasure is seen.

MATCHER_KILLS sets how often an ingestion is killed: 3 times unless told.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from matcher import Matcher
from matcher.corpus import Corpus
from matcher.settings import Settings
from matcher.types.corpus import Outcome

KILLS = int(os.environ.get("MATCHER_KILLS", "3"))
PEOPLE = 120
HASHING = Settings(model="hashing", workers=1)

INGEST = """
import sys
from pathlib import Path
from matcher import Matcher
from matcher.settings import Settings

with Matcher(Settings(model="hashing", workers=1)) as matcher, matcher.corpus(Path(sys.argv[2])) as corpus:
    corpus.ingest(sorted(Path(sys.argv[1]).iterdir()), progress=lambda item: print(item.source, flush=True))
"""


def resume(number: int) -> str:
    """The resume of a person with this number, with a word that nobody else has."""
    return (
        f"Robin Example{number}\nrobin{number}@example.org\n\nExperience\nKeeper, Acme\n2019 - 2021\n"
        f"• Repaired the quokka{number}x of the harbour\n• Counted boats and wrote reports\n"
    )


def folder_of(place: Path, people: int = PEOPLE) -> Path:
    place.mkdir()
    for number in range(people):
        (place / f"{number:04}.txt").write_text(resume(number), "utf-8")
    return place


def finds(corpus: Corpus, number: int) -> bool:
    """Whether a search finds the person by the word that is theirs alone, once and first."""
    found = corpus.search(f"quokka{number}x", top=3)
    quotes = [quote.text for each in found for quote in each.quotes if f"quokka{number}x" in quote.text]
    return len(quotes) == 1 and f"quokka{number}x" in found[0].quotes[0].text


def test_a_killed_ingestion_keeps_what_it_acknowledged_and_goes_on(tmp_path: Path) -> None:
    """After each kill -9 every acknowledged file is there once and found, nothing is half, and the next
    ingestion takes in the rest without reading what is there."""
    files, place = folder_of(tmp_path / "files"), tmp_path / "corpus"
    chance = random.Random(5)
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", INGEST, str(files), str(place)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        wanted = chance.randint(10, PEOPLE - 10)
        acknowledged = []
        for line in process.stdout:
            acknowledged.append(int(Path(line.strip()).stem))
            if len(acknowledged) >= wanted:
                break
        process.send_signal(signal.SIGKILL)
        process.wait()
        acknowledged += [int(Path(line.strip()).stem) for line in process.stdout]
        process.stdout.close()
        with Matcher(HASHING) as matcher, matcher.corpus(place) as corpus:
            assert corpus.doctor() == []
            held = [
                each.resume.source
                for each in corpus.store.resumes.read(corpus.store.resumes.select()).values()
            ]
            assert len(held) == len(set(held)) == corpus.store.stats().candidates
            assert {str(files / f"{number:04}.txt") for number in acknowledged} <= set(held)
            assert all(finds(corpus, number) for number in chance.sample(acknowledged, 10))
    with Matcher(HASHING) as matcher, matcher.corpus(place) as corpus:
        known = corpus.store.stats().candidates
        done = corpus.ingest(sorted(files.iterdir()))
        assert done.count(Outcome.UNCHANGED) == known
        assert corpus.store.stats().candidates == PEOPLE
        assert all(finds(corpus, number) for number in range(0, PEOPLE, 7))
        assert corpus.doctor() == []


def test_what_another_process_takes_in_and_erases_is_seen_at_once(tmp_path: Path) -> None:
    """A corpus that was opened before finds the new person at its next search, and never the erased one."""
    files, place = folder_of(tmp_path / "files", 4), tmp_path / "corpus"

    def command(*words: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "matcher", *words, "--corpus", str(place), "--model", "hashing"],
            check=True,
            capture_output=True,
            timeout=120,
        )

    with Matcher(HASHING) as matcher, matcher.corpus(place) as corpus:
        corpus.ingest([files / "0000.txt", files / "0001.txt"])
        (first, *_) = corpus.search("quokka0x")
        command("ingest", str(files))
        assert all(finds(corpus, number) for number in range(4))
        command("erase", first.candidate.id)
        assert all(each.candidate.id != first.candidate.id for each in corpus.search("quokka0x"))
        assert corpus.doctor() == []
        corpus.ingest([files / "0000.txt"])  # onto an index that the other process has saved
        assert all(finds(corpus, number) for number in range(4))
        assert corpus.doctor() == []
