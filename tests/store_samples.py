"""Resumes of made-up people for the tests of the store: read by the real parser, encoded by word hashing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from matcher.documents import read
from matcher.embedding import load_encoder
from matcher.resumes import months_of_experience, parse
from matcher.roles import parse as parse_role
from matcher.store import Store, open_store, vector_bytes
from matcher.store.schema import metadata
from matcher.types import Resume, Role
from matcher.types.corpus import Facts, Ingested, Intake, Vectors

START = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)
TODAY = date(2026, 3, 1)
ENCODER = load_encoder("hashing")


def day(number: int) -> datetime:
    """A moment that many days after the first."""
    return START + timedelta(days=number)


ADA = """Ada Lindqvist
ada.lindqvist@example.org
Malmö, Sweden

Experience
Site Reliability Engineer, Nordlys AB
Jan 2019 - Present
• Led a migration of forty services to Kubernetes
• Wrote the deployment tooling in Go

Education
Master of Science in Computer Science, Lund University, 2018

Skills
Go, Rust, C++, Terraform

Languages
Swedish, German
"""

BRAM = """Bram Oyelaran
bram@example.net
Rotterdam, Netherlands

Experience
Backend Developer, Havenlicht
Mar 2022 - Feb 2024
• Wrote the deployment tooling in Go
• Mentored an intern on C# and .NET services

Education
Bachelor of Science in Mathematics, Delft University, 2021

Skills
Go, C#, Node.js

Languages
Dutch, German
"""

CLEO = """Cleo Marchetti-Ruiz
cleo.mr@example.com
York, United Kingdom

Experience
Ward Nurse, St Brannoc Hospital
Jun 2010 - Present
• Cared for ventilated patients on a ward of twelve beds
• Ran the site for staff training; reliability of the rota rose

Skills
Triage, Wound care
"""

PEOPLE = {"ada": ADA, "bram": BRAM, "cleo": CLEO}


@lru_cache
def resume_of(text: str, source: str = "resume.txt") -> Resume:
    """The resume that the parser reads from a text."""
    return parse(read(text.encode()), source)


@lru_cache
def role_of(text: str) -> Role:
    """The role that the parser reads from a text."""
    return parse_role(read(text.encode()))


def encoded(texts: Iterable[str]) -> Vectors:
    """Vectors of the texts, as an intake carries them."""
    wanted = list(dict.fromkeys(texts))
    rows = ENCODER.encode(wanted) if wanted else []
    return Vectors(
        ENCODER.fingerprint, {text: vector_bytes(row) for text, row in zip(wanted, rows, strict=True)}
    )


def facts_of(resume: Resume) -> Facts:
    """What the resume is filtered by, as of `TODAY`."""
    periods = [position.period for position in resume.positions if position.period is not None]
    levels = [entry.level for entry in resume.education if entry.level is not None]
    return Facts(
        months=months_of_experience(resume.positions, TODAY),
        counted=TODAY,
        growing=any(period.current for period in periods),
        degree=max(levels, key=lambda level: level.rank, default=None),
        skills=tuple(skill.name for skill in resume.skills),
        languages=tuple(language.name for language in resume.languages),
    )


def intake(store: Store, text: str, at: datetime = START, **more: Any) -> Intake:
    """A text on its way into the store: only what the store has no vector for is encoded."""
    resume = resume_of(text)
    texts = store.vectors.missing(ENCODER.fingerprint, [snippet.masked for snippet in resume.snippets])
    values = {
        "resume": resume,
        "data": text.encode(),
        "received": at,
        "engine": "1.0",
        "facts": facts_of(resume),
        "vectors": encoded(texts),
        **more,
    }
    return Intake(**values)


def add(store: Store, text: str, at: datetime = START, **more: Any) -> Ingested:
    """Take a text in."""
    (ingested,) = store.resumes.add([intake(store, text, at, **more)])
    return ingested


def revised(text: str, line: str) -> str:
    """The same person's next resume: one more bullet in their first position."""
    return text.replace("\n• ", f"\n• {line}\n• ", 1)


def rows_of(store: Store, tenant: str | None = None) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, of one tenant or of all, in an order of its own."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with store._database.engine.connect() as connection:
        for name, table in metadata.tables.items():
            statement = sa.select(table)
            if tenant is not None:
                statement = statement.where(table.c.tenant == tenant)
            found[name] = sorted((tuple(row) for row in connection.execute(statement)), key=repr)
        if tenant is None:
            words = "rowid" if store._database.folder else "rowid, words"  # FTS5 gives no words back
            found["lexicon"] = [
                tuple(row) for row in connection.execute(sa.text(f"SELECT {words} FROM lexicon ORDER BY 1"))
            ]
    return found


@dataclass(frozen=True)
class Corpus:
    """Where a corpus of a test is, to be opened for any tenant."""

    where: str | Path

    def open(self, tenant: str = "default") -> Store:
        """One tenant's store."""
        return open_store(self.where, tenant)


def topics(store: Store) -> Iterator[tuple[str, object]]:
    """The parts of a store by name."""
    for name, value in vars(store).items():
        if not name.startswith("_"):
            yield name, value


def public_methods(store: Store) -> set[str]:
    """Every public method of a store and of its parts, as "people.find"."""
    found = {name for name in dir(Store) if not name.startswith("_") and callable(getattr(Store, name))}
    for topic, part in topics(store):
        found |= {f"{topic}.{name}" for name in dir(part) if not name.startswith("_")}
    return found


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def snippet_texts(store: Store, ids: Iterable[int]) -> list[str]:
    """The masked texts of snippets, by way of the resumes they belong to."""
    wanted = list(ids)
    stored = store.resumes.read({key >> 16 for key in wanted})
    return [stored[key >> 16].resume.snippets[key & 0xFFFF].masked for key in wanted]
