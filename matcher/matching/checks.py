"""What comes of checking one demand against the parsed facts of a resume."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from matcher.types import Span


class Outcome(Enum):
    """How a demand stands against the parsed facts."""

    MET = "met"
    PARTLY = "partly"  # something of it, or something a person must judge
    SHORT = "short"  # the resume itself states less than is asked
    SILENT = "silent"  # the resume says nothing that could be checked


@dataclass(frozen=True, slots=True)
class Check:
    """One demand checked. `share` in [0, 1] is how much of it is met; `spans` is where that stands."""

    outcome: Outcome
    share: float
    note: str
    spans: tuple[Span, ...] = ()


def in_years(months: float) -> str:
    """A length of time in words: "2 years 6 months"."""
    years, rest = divmod(round(months), 12)
    parts = [f"{years} year{'s' * (years != 1)}"] if years or not rest else []
    if rest:
        parts.append(f"{rest} month{'s' * (rest != 1)}")
    return " ".join(parts)
