"""A corpus of the invented people of `corpus_text.py`, taken in as anybody's resumes are.

    python benchmarks/corpus_build.py FOLDER CACHE CORPUS [--candidates 20000]

FOLDER and CACHE are those of `corpus_text.py`. Everything goes the way of `matcher ingest`: each resume is a
Markdown file that a worker parses, the store takes it in, the index follows. Only vectors that CACHE has are
not computed again: three lines in four; the parser cuts the others differently than they were made. Those
beyond 21,000 people are of `corpus_mixed.py`. Ingesting goes on where it was stopped. 20,000 people have some
1,100,000 snippets.
"""

import argparse
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from corpus_mixed import mixed
from corpus_text import CANDIDATES, Candidate, candidates, vectors
from numpy.typing import NDArray

from matcher import Matcher
from matcher.corpus import Corpus
from matcher.embedding import Encoder, load_encoder
from matcher.sources import NamedFile

SEED = 1


class KnownTexts:
    """An encoder that looks texts up before it encodes them."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._rows: NDArray[np.float32] = np.empty((0, encoder.dim), dtype=np.float32)
        self._places: dict[str, int] = {}
        self.dim, self.fingerprint = encoder.dim, encoder.fingerprint

    def know(self, shard: Sequence[Candidate], rows: NDArray[np.float32]) -> None:
        """Look up these candidates' snippets from now on, no others."""
        self._rows = rows
        texts = (text for one in shard for text in one.snippets)
        self._places = {_folded(text): place for place, text in enumerate(texts)}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row for each text."""
        places = [self._places.get(_folded(text)) for text in texts]
        new = [text for text, place in zip(texts, places, strict=True) if place is None]
        encoded = iter(self._encoder.encode(new) if new else ())
        rows = [next(encoded) if place is None else self._rows[place] for place in places]
        return np.array(rows, dtype=np.float32).reshape(-1, self.dim)


class KnowingMatcher(Matcher):
    """A matcher with that encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.known = KnownTexts(load_encoder())

    @property
    def encoder(self) -> Encoder:
        """The one that looks up."""
        return self.known


def build(folder: Path, cache: Path, where: Path, many: int) -> None:
    """Take `many` people into the corpus at `where`; prints how far it is."""
    start, taken = time.perf_counter(), 0
    with KnowingMatcher() as matcher, Corpus(matcher, where) as corpus:
        known = candidates(folder, cache, SEED, min(many, CANDIDATES))
        for shard in chain(known, mixed(folder, cache, SEED, many)):
            if shard[0].number < CANDIDATES:
                matcher.known.know(shard, vectors(shard, cache, SEED, matcher.known))
            files = [NamedFile(f"{one.number:06}.md", one.markdown.encode()) for one in shard]
            found = corpus.ingest(files, source="made")
            taken += len(found.taken)
            seconds = time.perf_counter() - start
            print(f"{taken} resumes, {len(found.rejected)} rejected, {seconds:.0f} s", flush=True)
        print(corpus.state())


def _folded(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--candidates", type=int, default=CANDIDATES)
    given = parser.parse_args()
    build(given.folder, given.cache, given.corpus, given.candidates)


if __name__ == "__main__":
    main()
