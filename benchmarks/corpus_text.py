"""A large corpus of resumes from the text of real ones, for measuring what lasts and what searches.

    python benchmarks/corpus_text.py FOLDER CACHE [--candidates 20000] [--seed 1]

FOLDER holds resumes in PDF (its subfolders too); the resumes of data/fixtures join them. All are read by
matcher's own parser. Candidate number n depends on the sources, the seed and n alone, so that the first
thousand of twenty thousand are the thousand of a smaller corpus.

A candidate has a home resume, a neighbour (one of the three resumes whose lines share most words with the
home's) and jobs of two to four. Of a job's lines six in ten come from the home, three from the neighbour,
one from anybody, always from the experience sections; the summary, skills, education and other lines likewise
from sections of their own kind. Each line is then varied:
  numbers        1,200 -> 1,450, $140,000 -> $98,000: the same number of digits, years of this century apart
  technologies   a name is replaced by another of its family below (Oracle -> PostgreSQL), one time in two
  verbs          the first word by another of its family below (Led -> Directed), one time in two
  second halves  three in five lines that have a joint (", " or " and ") past their first third take the
                 second half of another line of the same pool: subjects meet that nobody has joined yet
  lists          of six names or more: some of them, in another order
  scope          three in four lines about work end in one (a site, a team, a year, an employer)
Employers, schools and names are invented. About 50 quotable lines a candidate: 21,000 candidates make a
million. Random vectors would have no neighbours; these do, of every degree, as a true corpus has.

What CACHE holds (candidates and vectors) comes from FOLDER and may not enter a repository.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np
from common import RESUMES
from corpus_words import FAMILY_OF, FIRST, LAST, NAMES, PLACES, SCOPES, SPANS, TRADES
from numpy.typing import NDArray

from matcher.embedding import Encoder, load_encoder
from matcher.parsing import parse_resume
from matcher.settings import Limits
from matcher.types import SectionKind

CANDIDATES = 21_000  # a little more than a million lines
SHARD = 1_000  # candidates kept and encoded together
KINDS = ("summary", "experience", "skills", "education", "other")
JOINT = re.compile(r", (?:and )?| and | by | to ")
NUMBER = re.compile(r"\d[\d,]*")


@dataclass(frozen=True)
class Job:
    """One position of an invented candidate; `dates` as written."""

    title: str
    employer: str
    dates: str
    lines: list[str]


@dataclass(frozen=True)
class Candidate:
    """An invented candidate. `parts` maps a kind of section but experience to its lines."""

    number: int
    name: str
    jobs: list[Job]
    parts: dict[str, list[str]]

    @property
    def snippets(self) -> list[str]:
        """The quotable lines, in the order of `markdown`."""
        jobs = [
            line for job in self.jobs for line in (f"{job.dates} {job.title}, {job.employer}", *job.lines)
        ]
        return [*self.parts["summary"], *jobs, *(line for kind in KINDS[2:] for line in self.parts[kind])]

    @property
    def markdown(self) -> str:
        """The resume as a file that matcher reads."""
        lines = [f"# {self.name}", "", "## Summary", "", *self.parts["summary"], "", "## Experience", ""]
        for job in self.jobs:
            lines += [
                f"### {job.title}, {job.employer}",
                "",
                job.dates,
                "",
                *(f"- {text}" for text in job.lines),
                "",
            ]
        for kind in KINDS[2:]:
            if self.parts[kind]:
                heading = "Additional information" if kind == "other" else kind.title()
                lines += [f"## {heading}", "", *(f"- {text}" for text in self.parts[kind]), ""]
        return "\n".join(lines)


@dataclass(frozen=True)
class Source:
    """What a real resume lends: titles of its jobs and its lines by kind of section."""

    titles: list[str]
    lines: dict[str, list[str]]

    @property
    def words(self) -> Counter[str]:
        """How often each longer word stands in it."""
        return Counter(
            word for line in self.lines["experience"] for word in re.findall(r"[a-z]{5,}", line.lower())
        )


def sources(folder: Path) -> list[Source]:
    """What the resumes of `folder` and of the fixtures lend."""
    found = []
    for path in [
        *sorted(folder.rglob("*.pdf")),
        *sorted(path for path in RESUMES.iterdir() if path.is_file()),
    ]:
        resume = parse_resume(path.read_bytes(), path.name, Limits())
        lines: dict[str, list[str]] = {kind: [] for kind in KINDS}
        heads = {position.span.start: position for position in resume.positions}
        for snippet in resume.snippets:
            if snippet.section is SectionKind.CONTACT or snippet.span.start in heads:
                continue
            lines[snippet.section if snippet.section in KINDS else "other"].append(snippet.masked)
        titles = [position.title for position in resume.positions if position.title]
        if titles and len(lines["experience"]) > 3:
            found.append(Source(titles, lines))
    return found


class Maker:
    """Makes candidates out of sources."""

    def __init__(self, found: Sequence[Source], seed: int) -> None:
        self._sources, self._seed = found, seed
        words = [source.words for source in found]

        @cache
        def alike(left: int, right: int) -> int:
            return (words[left] & words[right]).total()

        every = range(len(found))
        self._near = [
            sorted(set(every) - {n}, key=lambda m: (-alike(min(n, m), max(n, m)), m))[:3] for n in every
        ]

    def candidate(self, number: int) -> Candidate:
        """The candidate of this number, always the same."""
        chance = random.Random(f"{self._seed}:{number}")
        home = chance.randrange(len(self._sources))
        lenders = [self._sources[home], self._sources[chance.choice(self._near[home])]]
        year = chance.randrange(1996, 2012)
        jobs = []
        for place in range(chance.randint(2, 4)):
            until = year + chance.randint(1, 5)
            dates = f"{chance.randint(1, 12):02}/{year} to {chance.randint(1, 12):02}/{until}"
            titles = lenders[place % 2 if chance.random() < 0.3 else 0].titles
            employer = f"{chance.choice(PLACES)} {chance.choice(LAST)} {chance.choice(TRADES)}"
            lines = self._lines(chance, lenders, "experience", chance.randint(7, 16))
            jobs.append(Job(chance.choice(titles), employer, dates, lines))
            year = until
        parts = {
            kind: self._lines(chance, lenders, kind, chance.randint(*some))
            for kind, some in (
                ("summary", (1, 4)),
                ("skills", (4, 12)),
                ("education", (1, 3)),
                ("other", (0, 4)),
            )
        }
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        return Candidate(number, name, jobs[::-1], parts)

    def _lines(self, chance: random.Random, lenders: Sequence[Source], kind: str, many: int) -> list[str]:
        """Up to `many` different varied lines of one kind of section."""
        found: dict[str, None] = {}
        for _ in range(many):
            lot = chance.random()
            lender = lenders[0] if lot < 0.6 else lenders[1] if lot < 0.9 else chance.choice(self._sources)
            pool = lender.lines[kind] or lenders[0].lines[kind] or lenders[1].lines[kind]
            if pool:
                line = varied(chance, chance.choice(pool), pool)
                scoped = kind == "experience" and chance.random() < 0.75
                found[f"{line.rstrip('.')} {scope(chance)}." if scoped else line] = None
        return list(found)


def varied(chance: random.Random, line: str, pool: Sequence[str]) -> str:
    """`line` with other numbers, names and verbs, and at times with the second half of another of `pool`."""
    listed = line.split(", ")
    if len(listed) > 5 and max(map(len, listed)) < 40:
        line = ", ".join(chance.sample(listed, chance.randint(4, len(listed))))
    elif chance.random() < 0.6:
        head, tail = _halves(chance, line), _halves(chance, chance.choice(pool))
        if head and tail:
            line = head[0] + tail[1]
    line = NUMBER.sub(lambda found: _number(chance, found[0]), line)
    return NAMES.sub(
        lambda found: chance.choice(FAMILY_OF[found[0]]) if chance.random() < 0.5 else found[0], line
    )


def scope(chance: random.Random) -> str:
    """Where, when or for whom work was done."""
    return chance.choice(SCOPES).format(
        few=chance.randint(2, 9),
        some=chance.randint(10, 60),
        many=chance.randint(70, 990),
        year=chance.randint(1996, 2022),
        place=chance.choice(PLACES),
        last=chance.choice(LAST),
        trade=chance.choice(TRADES),
        span=chance.choice(SPANS),
    )


def _halves(chance: random.Random, line: str) -> tuple[str, str] | None:
    joints = [
        found.start() for found in JOINT.finditer(line) if len(line) / 3 < found.start() < len(line) - 12
    ]
    if not joints:
        return None
    cut = chance.choice(joints)
    return line[:cut], line[cut:]


def _number(chance: random.Random, written: str) -> str:
    digits = written.replace(",", "")
    if len(digits) == 4 and digits.startswith(("19", "20")):
        return str(chance.randrange(1995, 2025))
    rest = "".join(digit if digit == "0" else str(chance.randint(1, 9)) for digit in digits[1:])
    value = int(str(chance.randint(1, 9)) + rest)
    return f"{value:,}" if "," in written else str(value)


def candidates(folder: Path, kept: Path, seed: int, many: int) -> Iterator[list[Candidate]]:
    """The first `many` candidates a shard at a time, from `kept` where they were made before."""
    maker = None
    kept.mkdir(parents=True, exist_ok=True)
    for start in range(0, many, SHARD):
        file = kept / f"candidates-{seed}-{start:06}.jsonl"
        if not file.exists():
            maker = maker or Maker(sources(folder), seed)
            made = [maker.candidate(number) for number in range(start, start + SHARD)]
            _write(file, "".join(json.dumps(asdict(one)) + "\n" for one in made).encode())
        found = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        shard = [
            Candidate(one["number"], one["name"], [Job(**job) for job in one["jobs"]], one["parts"])
            for one in found
        ]
        yield shard[: many - start]


def vectors(shard: Sequence[Candidate], kept: Path, seed: int, encoder: Encoder) -> NDArray[np.float32]:
    """One row for each snippet of a whole shard, in order; mapped from `kept` where it was made before."""
    model = encoder.fingerprint.replace("/", "-").replace("@", "-")
    file = kept / f"vectors-{seed}-{shard[0].number:06}-{model}.npy"
    if not file.exists():
        texts = [text for one in shard for text in one.snippets]
        distinct = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        rows = encoder.encode(list(distinct))[[distinct[text] for text in texts]]
        partial = file.with_suffix(".partial.npy")
        np.save(partial, rows)
        partial.replace(file)
    found: NDArray[np.float32] = np.load(file, mmap_mode="r")
    return found


def _write(file: Path, data: bytes) -> None:
    partial = file.with_suffix(".partial")
    partial.write_bytes(data)
    partial.replace(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--candidates", type=int, default=CANDIDATES)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    encoder = load_encoder()
    snippets, start = 0, time.perf_counter()
    for number, shard in enumerate(candidates(given.folder, given.cache, given.seed, given.candidates), 1):
        snippets += len(vectors(shard, given.cache, given.seed, encoder))
        print(
            f"{number * SHARD} candidates, {snippets} snippets, {time.perf_counter() - start:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
