"""The nouns of what a corpus answers: what became of a file, people found with quotes, its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from matcher.types.corpus import Candidate, Outcome, Stats
from matcher.types.documents import Place
from matcher.types.results import Rejected
from matcher.types.resumes import SectionKind


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is in the corpus: acknowledged, whatever happens afterwards."""

    source: str
    outcome: Outcome
    candidate: str
    revision: int


@dataclass(frozen=True, slots=True)
class Ingestion:
    """What became of each file that was handed in, and how many roles and applications an import put back."""

    taken: tuple[Taken, ...]
    rejected: tuple[Rejected, ...]
    roles: int = 0
    applications: int = 0

    def count(self, outcome: Outcome) -> int:
        """How many files had this outcome."""
        return sum(1 for item in self.taken if item.outcome is outcome)


@dataclass(frozen=True, slots=True)
class Quote:
    """A snippet that answers a text: `text` verbatim from the file, `similarity` the cosine with the text."""

    text: str
    section: SectionKind
    similarity: float
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A person whom a text finds, best quote first. `score` is of fused ranks: it orders and says no more."""

    candidate: Candidate
    score: float
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class CorpusState:
    """How much there is, and how it is searched.

    `encoder` is the fingerprint of the one in use; `unencoded` says whether texts have no vector of it yet.
    `indexed` vectors are in the index, which is at `index_revision` of the corpus.
    """

    where: str
    tenant: str
    stats: Stats
    encoder: str
    unencoded: bool
    index: str
    indexed: int
    index_revision: int
    index_error: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a corpus, or `harmless` and worth knowing, and what to do."""

    what: str
    cure: str
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What bringing a corpus up to this version and this encoder did.

    `parsed` resumes were read anew; `rejected` could not be, and stay as they were. `encoded` texts got a
    vector, `dropped` vectors of other encoders went. `indexed` vectors are in the index; `vectors` are those
    that are kept, by the fingerprint of their encoder.
    """

    parsed: int
    rejected: tuple[Rejected, ...]
    encoded: int
    dropped: int
    indexed: int
    vectors: Mapping[str, int] = field(default_factory=dict)


__all__ = ["CorpusState", "Found", "Ingestion", "Problem", "Quote", "Reindexed", "Taken"]
