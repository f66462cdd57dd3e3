"""Limits and settings, each with its unit. `Settings()` is what the command line uses."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost before it is refused with a typed error."""

    max_bytes: int = 20_000_000
    max_pages: int = 50
    max_characters: int = 400_000
    max_snippets: int = 3_000  # quotable pieces of one resume: each is embedded and compared
    max_qualifications: int = 200  # of one role
    max_seconds: float = 20.0  # wall clock of one file in its worker process
    max_unpacked_bytes: int = 100_000_000  # of a zipped format, all members together
    max_memory_bytes: int = 1_500_000_000  # address space of a worker process (POSIX)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a `Matcher` is built with.

    `workers` is the number of processes that parse files; 0 means one per core, at most 4.
    `model` is None for the bundled encoder, or the name or path of any sentence-transformers model.
    `quotes` is how many pieces of evidence a report shows per qualification.
    """

    limits: Limits = field(default_factory=Limits)
    workers: int = 0
    model: str | None = None
    quotes: int = 3
