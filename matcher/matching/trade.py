"""The trade of a posting: what its title names, without rank, place and terms of the contract.

A demand for years often names no more than the trade's own work ("four years of commercial work", "three
years designing products" of a product designer). Then the jobs of that trade are what it asks for, whatever
their lines tell of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.matching.lexical import PHRASING, Terms, share, terms
from matcher.matching.signals import asks_to_manage
from matcher.matching.titles import Title

# The share of the weight of a trade's name that a job's title has to have.
SAME_TRADE = 0.6

# What stands before a trade and says the rank or the contract.
_RANK = re.compile(
    r"(?:(?:assistant|associate|chief|contract|deputy|executive|freelance|full[- ]time|graduate|head|interim|"
    r"journeyman|junior|jr\.?|lead|locum|mid[- ]level|part[- ]time|permanent|principal|seasonal|senior|sr\.?|"
    r"staff|temporary|trainee)\s+)+",
    re.IGNORECASE,
)
# What follows it and says where, for whom or for what.
_REST = re.compile(r"\s+[-–—|]\s+|[,(/:;]|\s(?:at|for|in|on|to|with)\s")
# The first part of a demand says what the years are asked in.
_PART = re.compile(r"[,(:;]")
# Work in general and where it is done.
_WORK = (
    terms(
        """area business capacity career clinical commercial community company comparable domain employment
        environment equivalent field firm function hospital industrial industry job office organisation
        organization position post practice private profession professional public role sector setting
        similar team trade work workplace"""
    ).stems
    | PHRASING
)


# From this weight a word says what kind of business an employer is in: one in about seventy texts has it.
SAYS_KIND = 2.5


def employed_in(subject: Terms, employers: Sequence[frozenset[str]]) -> frozenset[int]:
    """The positions (indices) of which the stems of the employer's name say that it is of what the years are
    asked in.

    Work at "Harbour Cooperative Bank" is work in "retail banking", whatever a line of it tells of.
    """
    asked = {name for name, value in subject.weight_of.items() if value >= SAYS_KIND}
    return frozenset(index for index, stems in enumerate(employers) if asked & stems)


@dataclass(frozen=True, slots=True)
class Trade:
    """What a posting's title names: `words` are those of the trade, `title` those of all of the title."""

    words: Terms
    title: frozenset[str]

    @classmethod
    def of(cls, title: str | None) -> Trade:
        """The trade of `title`; without a title none, which nothing is of."""
        text = (title or "").strip()
        return cls(terms(_RANK.sub("", _REST.split(text)[0], count=1)), terms(text).stems)

    def is_asked(self, subject: str) -> bool:
        """Whether the `subject` of a demand for years is no more than the work of the trade.

        Most words of its first part are of the posting's title or of work in general.
        """
        asked = [name for name in terms(_PART.split(subject)[0]).order if name.isalpha() or "_" in name]
        known = sum(name in self.title or name in _WORK for name in asked)
        return known > len(asked) / 2 and not asks_to_manage(subject)

    def positions(self, titles: Sequence[Title]) -> frozenset[int]:
        """The positions (indices) whose `titles` name the trade."""
        if not self.words.mass:
            return frozenset()
        return frozenset(
            index for index, title in enumerate(titles) if share(self.words, title.stems) >= SAME_TRADE
        )
