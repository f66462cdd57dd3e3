"""What the titles of jobs say of a demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.matching.lexical import share, terms
from matcher.matching.signals import is_manager

if TYPE_CHECKING:  # what is prepared follows from this module, and not from what is asked
    from matcher.matching.asked import Asked

# What a manager's title says of a demand to manage people, whatever else is asked of it.
MANAGER = 0.5

# The share of a demand's weight from which the title of a job names it.
NAMES = 0.4


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a job: its stems, and whether it is of those who manage people."""

    stems: frozenset[str]
    manages: bool

    @classmethod
    def of(cls, text: str) -> Title:
        """A title as written, "" where a job has none."""
        return cls(terms(text).stems, is_manager(text))


def titled(wanted: Asked, titles: Sequence[Title]) -> frozenset[int]:
    """The positions (indices) whose titles alone say that they bear on a demand for years.

    They name much of what is `wanted`; for a demand to manage people a manager's title need name less of it.
    """
    return frozenset(
        index
        for index, title in enumerate(titles)
        if share(wanted.terms, title.stems) >= (NAMES / 4 if wanted.manages and title.manages else NAMES)
    )


def title_share(wanted: Asked, titles: Sequence[Title], relevant: frozenset[int]) -> float:
    """How well the best title among the `relevant` positions (indices) names the demand, in [0, 1].

    `titles` are those of all positions in order. It is the share of the demand's weight that the title
    covers; for a demand to manage people a title that says so is half of it at least.
    """
    found = max((share(wanted.terms, titles[index].stems) for index in relevant), default=0.0)
    if found < MANAGER and wanted.manages and any(titles[index].manages for index in relevant):
        return MANAGER
    return found
