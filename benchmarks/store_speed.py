"""What the store costs: formats for a parsed resume, taking resumes in, reading them, words at size, erasing.

    python benchmarks/store_speed.py FOLDER CACHE [--candidates 2000] [--postgres URL]

FOLDER and CACHE are those of corpus_text.py; 2,000 candidates have about 100,000 snippets. Formats are
compared on the fixtures' resumes as the parser reads them, taking in on the made ones, with vectors of random
bytes, which a store does not look into. Processor time where nothing else is said: the others wait.
"""

from __future__ import annotations

import argparse
import pickle
import shutil
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import make_dataclass
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from common import RESUMES, spread
from corpus_text import Candidate, candidates
from pydantic import ConfigDict, TypeAdapter

from matcher.parsing import parse_resume
from matcher.settings import Limits
from matcher.store import Store, codec, open_store, resume_bytes, resume_from
from matcher.store.lines import LineColumns
from matcher.types import Contact, Document, Line, Resume, SectionKind, Snippet, Span
from matcher.types.corpus import Facts, Intake, Vectors, Where

ROUNDS = 5
DIM = 384
FINGERPRINT = "random@1"
QUERIES = {
    "a rare word": "kubernetes",
    "a common word": "management",
    "a phrase": '"customer service"',
    "a boolean query": '("project manager" OR budget*) AND (oracle OR sap) NOT intern',
    "eight words, any of them": "led OR team OR budget OR sap OR audit OR reporting OR payroll OR hiring",
}


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    work()
    return clock() - start


def pydantic_form() -> tuple[Callable[[codec._Resume], object], TypeAdapter[Any]]:
    """Our columns as pydantic's dataclasses: what turns ours into them, and their adapter."""
    config = {"__pydantic_config__": ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")}

    def copied(struct: type[msgspec.Struct], **other: type) -> type:
        found = msgspec.structs.fields(struct)
        fields = [(field.name, other.get(field.name, field.type)) for field in found]
        return make_dataclass(struct.__name__, fields, namespace=dict(config))

    lines = copied(LineColumns)
    document = copied(codec._Document, lines=lines)
    resume = copied(codec._Resume, document=document)

    def turned(ours: codec._Resume) -> object:
        own = {
            **msgspec.structs.asdict(ours.document),
            "lines": lines(*msgspec.structs.astuple(ours.document.lines)),
        }
        return resume(**{**msgspec.structs.asdict(ours), "document": document(**own)})

    return turned, TypeAdapter(resume)


def formats(resumes: Sequence[Resume]) -> None:
    """Bytes, and milliseconds of writing and of reading 100 resumes back into the same values."""
    wire = [codec._resume_decoder.decode(resume_bytes(resume)) for resume in resumes]
    json = msgspec.json.Encoder(), msgspec.json.Decoder(codec._Resume)
    turned, adapter = pydantic_form()
    plain = [turned(each) for each in wire]
    rows: dict[str, tuple[Callable[[int], bytes], Callable[[bytes], object]]] = {
        "MessagePack by msgspec (ours)": (lambda n: resume_bytes(resumes[n]), resume_from),
        "the same, deflated": (
            lambda n: zlib.compress(resume_bytes(resumes[n]), 1),
            lambda data: resume_from(zlib.decompress(data)),
        ),
        "JSON by msgspec, lines left packed": (lambda n: json[0].encode(wire[n]), json[1].decode),
        "MessagePack, lines left packed": (
            lambda n: codec._encoder.encode(wire[n]),
            codec._resume_decoder.decode,
        ),
        "JSON by pydantic, lines left packed": (
            lambda n: adapter.dump_json(plain[n]),
            adapter.validate_json,
        ),
        "pickle (no format of ours)": (lambda n: pickle.dumps(resumes[n], 5), pickle.loads),
    }
    print(f"{'format':38} {'kB each':>8} {'write 100':>10} {'read 100':>10}")
    for name, (write, read) in rows.items():
        data = [write(n) for n in range(len(resumes))]
        share = 100_000 / len(resumes)
        writing = min(seconds(each(write, range(len(resumes)))) for _ in range(ROUNDS))
        reading = min(seconds(each(read, data)) for _ in range(ROUNDS))
        size = sum(map(len, data)) / len(data) / 1000
        print(f"{name:38} {size:8.1f} {writing * share:7.1f} ms {reading * share:7.1f} ms")


def each(work: Callable[[Any], object], values: Iterable[object]) -> Callable[[], object]:
    """`work` on every value, the results held until the end as a caller would."""
    return lambda: [work(value) for value in values]


def milliseconds(work: Callable[[], object]) -> str:
    """Of nine runs."""
    return spread([1000 * seconds(work) for _ in range(9)], " ms")


def made(one: Candidate) -> Intake:
    """A made candidate as the store takes it, without the parser: one line, one snippet."""
    texts = one.snippets
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)]).tolist()
    spans = [Span(start, start + len(text)) for start, text in zip(starts, texts, strict=False)]
    text = "\n".join(texts)
    data = one.markdown.encode()
    lines = tuple(Line(span, size=11.0) for span in spans)
    document = Document(text, "text/markdown", sha256(data).hexdigest(), lines)
    email = f"{one.name.replace(' ', '.').casefold()}.{one.number}@example.org"
    snippets = tuple(
        Snippet(text, span, SectionKind.EXPERIENCE, text) for text, span in zip(texts, spans, strict=True)
    )
    resume = Resume(document, document.sha256[:12], one.name, Contact(one.name, (email,)), snippets=snippets)
    rows = np.random.default_rng(one.number).bytes(len(texts) * DIM * 4)
    vectors = {text: rows[place * DIM * 4 : (place + 1) * DIM * 4] for place, text in enumerate(texts)}
    facts = Facts(one.number % 400, date(2026, 1, 1), bool(one.number % 2))
    return Intake(resume, data, datetime.now(UTC), "bench", facts, Vectors(FINGERPRINT, vectors))


def in_parts(intakes: Sequence[Intake], size: int) -> Iterator[Sequence[Intake]]:
    for start in range(0, len(intakes), size):
        yield intakes[start : start + size]


def taking_in(store: Store, shards: Iterator[list[Candidate]]) -> None:
    """Resumes and rows a second, alone and sixteen in a transaction, in turn."""
    taken: dict[int, list[float]] = {1: [], 16: []}
    walls: dict[int, list[float]] = {1: [], 16: []}
    for shard in shards:
        ready = [made(one) for one in shard]
        for place, start in enumerate(range(0, len(ready), 100)):
            size = (1, 16)[place % 2]
            some = ready[start : start + 100]
            began = time.perf_counter()
            spent = seconds(each(store.resumes.add, in_parts(some, size)))
            taken[size].append(1000 * spent / len(some))
            walls[size].append(len(some) / (time.perf_counter() - began))
    snippets = store.stats().snippets / store.stats().candidates
    for size in taken:
        cost, rate = statistics.median(taken[size]), statistics.median(walls[size])
        print(
            f"taking in, {size:2} in a transaction: {cost:.1f} ms of processor time each; "
            f"{rate:.0f} resumes and {rate * snippets:.0f} snippets a second by the clock"
        )
    first, last = statistics.median(taken[16][:3]), statistics.median(taken[16][-3:])
    print(f"the last of them against the first: {last / first:.2f} times")


def reading(store: Store) -> None:
    """What a search does beside searching."""
    ids = store.resumes.select()[:100]
    print(f"reading 100 parsed resumes: {milliseconds(lambda: store.resumes.read(ids))}")
    texts = [[item.masked for item in one.resume.snippets] for one in store.resumes.read(ids).values()]
    keys = [key for part in store.resumes.snippet_ids()[:100] for key in part]
    ways: dict[str, Callable[[], object]] = {
        "together": lambda: store.revision_vectors.get(FINGERPRINT, ids),
        "by snippet": lambda: store.vectors.of_snippets(FINGERPRINT, keys),
        "by text": lambda: [store.vectors.get(FINGERPRINT, one) for one in texts],
    }
    for name, way in ways.items():
        print(f"the vectors of the 100, {name}: {milliseconds(way)}")
    bytes_kept = sum(map(len, store.revision_vectors.get(FINGERPRINT, store.resumes.select()).values()))
    print(f"vectors together take {bytes_kept / store.stats().snippets:.0f} bytes a snippet")
    where = Where(months_from=120, today=date.today())
    print(f"a filter by months over all: {milliseconds(lambda: store.resumes.select(where))}")
    start = time.perf_counter()
    parts = sum(len(part.ids) for part in store.vectors.stream(FINGERPRINT))
    print(
        f"streaming {parts} vectors by id: {parts / (time.perf_counter() - start):.0f} a second by the clock"
    )


def words(store: Store) -> None:
    """Boolean queries over whole resumes, and the snippets that show them."""
    for name, query in QUERIES.items():
        where = Where(text=query)
        people = milliseconds(partial(store.resumes.select, where))
        hits = milliseconds(partial(store.lexical.search, query, 100))
        print(f"{name:24} {len(store.resumes.select(where)):5} people {people}; 100 snippets {hits}")
    text = "led a migration of the payroll reporting to oracle for a team of analysts"
    print(
        f"the nearest 100 snippets to a sentence: {milliseconds(partial(store.lexical.nearest, text, 100))}"
    )


def erasing(store: Store) -> None:
    ids = [person.id for person in store.people.page(limit=30)]
    one = [1000 * seconds(partial(store.people.erase, [person]), time.perf_counter) for person in ids[:10]]
    print(f"erasing one person: {spread(one, ' ms')} by the clock")
    many = 1000 * seconds(lambda: store.people.erase(ids[10:]), time.perf_counter)
    print(f"erasing twenty at once: {many:.0f} ms by the clock")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--candidates", type=int, default=2_000)
    parser.add_argument("--postgres", help="the URL of an empty database to measure instead of SQLite")
    given = parser.parse_args()
    files = sorted(path for path in RESUMES.iterdir() if path.suffix == ".pdf")
    formats([parse_resume(path.read_bytes(), path.name, Limits()) for path in files])
    folder = Path(tempfile.mkdtemp())
    try:
        with open_store(given.postgres or folder) as store:
            taking_in(store, candidates(given.folder, given.cache, 1, given.candidates))
            stats = store.stats()
            print(
                f"{stats.candidates} people, {stats.snippets} snippets, {sum(stats.vectors.values())} vectors"
            )
            if not given.postgres:
                size = sum(path.stat().st_size for path in folder.iterdir())
                print(f"the corpus has {size / 1e6:.0f} MB, {size / stats.snippets:.0f} bytes a snippet")
            reading(store)
            words(store)
            erasing(store)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
