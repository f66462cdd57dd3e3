"""The nouns of a corpus that lasts: people with revisions of their resume, roles, applications, erasure.

Times are aware datetimes; ids of people, roles and applications are opaque text. A revision of a resume
has a whole number as its id, from which the ids of its snippets follow: `snippet_id`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from matcher.types.resumes import DegreeLevel, Resume
from matcher.types.roles import Role

# A snippet's id is its revision's id and its ordinal in the last 16 bits: an index needs no table to know
# whose a hit is, and an id is never used again because a revision's is not.
SNIPPET_BITS = 16


def snippet_id(revision: int, ordinal: int) -> int:
    """The id of the snippet with this place in `Resume.snippets` of the revision with this id."""
    return revision << SNIPPET_BITS | ordinal


def snippet_place(snippet: int) -> tuple[int, int]:
    """The id of the revision that a snippet belongs to, and its place in `Resume.snippets`."""
    return snippet >> SNIPPET_BITS, snippet & ((1 << SNIPPET_BITS) - 1)


@dataclass(frozen=True, slots=True)
class ExternalId:
    """The key that another system, such as an ATS, uses for something of ours."""

    system: str
    key: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What people are filtered by, read from a resume. None: not known, which no filter takes for a number.

    `months` of experience were counted up to the month of `counted`; `growing` says that a position is
    current, so that they have grown by every month since.
    """

    months: int | None = None
    counted: date | None = None
    growing: bool = False
    degree: DegreeLevel | None = None
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors of texts under one encoder: `rows` maps a text to its row as little-endian float32 bytes."""

    fingerprint: str
    rows: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Intake:
    """A resume on its way into the corpus, with the bytes it was read from and what was computed from it.

    `engine` is the version that parsed it. `features` is whatever matching wants to find again, as bytes,
    `outline` what a search reads of everybody.
    `candidate` or `external` says whose it is, where that is known; else a file that is known, or the same
    e-mail address with the same name, does.
    """

    resume: Resume
    data: bytes
    received: datetime
    engine: str
    facts: Facts
    vectors: Vectors
    file_name: str | None = None
    source: str | None = None
    tags: tuple[str, ...] = ()
    features: bytes | None = None
    outline: bytes | None = None
    candidate: str | None = None
    external: ExternalId | None = None


class Outcome(StrEnum):
    """What taking a resume in did."""

    ADDED = "added"  # a person who was not known
    REVISED = "revised"  # a new revision of a person who was
    UNCHANGED = "unchanged"  # a file that is known: nothing was written


@dataclass(frozen=True, slots=True)
class Ingested:
    """Whose resume it is and which revision it became. `number` counts a person's revisions from 1."""

    outcome: Outcome
    candidate: str
    revision: int
    number: int


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of a person's resume, without its content. The one received last is searched."""

    id: int
    candidate: str
    number: int
    received: datetime
    sha256: str
    media_type: str
    engine: str
    source: str | None
    newest: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the corpus as lists show them; the name and the e-mail are those of the newest revision."""

    id: str
    name: str | None
    emails: tuple[str, ...]
    revision: int
    updated: datetime
    source: str | None
    tags: tuple[str, ...] = ()
    external_ids: tuple[ExternalId, ...] = ()


@dataclass(frozen=True, slots=True)
class Where:
    """Which people: every filter that is given must hold of the newest revision of their resume.

    `skills`, `languages` and `tags` ask for each of theirs. Months of experience are those at `today`, which
    they need. A fact that is not known meets no filter. `text` is a query of words, phrases, AND, OR, NOT
    over the whole resume. `location` is part of the location as written. `people` names them by id.
    """

    months_from: int | None = None
    months_to: int | None = None
    degree: DegreeLevel | None = None  # at least
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    location: str | None = None
    tags: tuple[str, ...] = ()
    source: str | None = None
    updated_since: datetime | None = None
    text: str | None = None
    today: date | None = None
    people: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class RoleRevision:
    """One frozen revision of a role, counted from 1. A report made from it is stale once it is not newest."""

    role_id: str
    number: int
    role: Role
    created: datetime
    newest: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose an exported resume is and which of theirs: what an import keeps beside the file.

    `aliases` are the ids of people who were merged into this one.
    """

    candidate: str
    created: datetime
    aliases: tuple[str, ...]
    external_ids: tuple[ExternalId, ...]
    number: int
    superseded: datetime | None


@dataclass(frozen=True, slots=True)
class KeptRevision:
    """A revision of a role as it is kept: `content` is the format of docs/corpus-format.md."""

    number: int
    created: datetime
    content: bytes


@dataclass(frozen=True, slots=True)
class RoleHistory:
    """A role with all of its revisions, the first one first."""

    role_id: str
    created: datetime
    external_ids: tuple[ExternalId, ...]
    revisions: tuple[KeptRevision, ...]


@dataclass(frozen=True, slots=True)
class Application:
    """A candidate, the revision of the role that they applied to, and where that stands."""

    id: str
    candidate: str
    role_id: str
    role_revision: int
    stage: str
    updated: datetime
    external_ids: tuple[ExternalId, ...] = ()


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a tenant keeps what. None keeps it until someone erases it.

    `revisions_days`: an older revision goes this long after a newer one came. `candidates_days`: a person
    goes this long after their newest resume came and their applications last changed.
    """

    revisions_days: int | None = None
    candidates_days: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What retention would take away: people, and older revisions of others."""

    candidates: tuple[str, ...]
    revisions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an erasure took away. It names nobody but by id, so that it may be kept.

    `snippets` are the ids that indexes have to forget. `remains` says what still holds the erased bytes,
    and until when; empty when nothing that this software keeps does.
    """

    candidates: tuple[str, ...]
    revisions: tuple[int, ...]
    snippets: tuple[int, ...]
    files: int
    vectors: int
    applications: int
    corpus_revision: int
    remains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What one write changed for an index: ids of snippets that became searchable, or no longer are."""

    corpus_revision: int
    added: range
    removed: range


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a tenant has. `vectors` counts distinct texts by the fingerprint of their encoder."""

    candidates: int
    revisions: int
    snippets: int
    roles: int
    applications: int
    corpus_revision: int
    vectors: Mapping[str, int] = field(default_factory=dict)


__all__ = [
    "SNIPPET_BITS",
    "Application",
    "Candidate",
    "Change",
    "Due",
    "ExternalId",
    "Facts",
    "Ingested",
    "Intake",
    "KeptRevision",
    "Origin",
    "Outcome",
    "Receipt",
    "Retention",
    "Revision",
    "RoleHistory",
    "RoleRevision",
    "Stats",
    "Vectors",
    "Where",
    "snippet_id",
    "snippet_place",
]
