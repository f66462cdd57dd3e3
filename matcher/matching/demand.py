"""A role made ready to compare: of each qualification what is looked for, whole and clause by clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.matching.clauses import NAME_WORDS, WHOLE, Clauses, clauses
from matcher.matching.copying import runs
from matcher.matching.facets import Facet, facets
from matcher.matching.lexical import Terms, terms
from matcher.matching.negation import Limit, limit
from matcher.types import Joined, Qualification, Role

# A length of time and the words that hedge it. It is checked against dates, so it is not looked for in words.
_NUMBER = r"(?:\d+(?:[.,]\d)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen)"
_YEARS = re.compile(
    r"\b(?:(?:a |at |have |with )*(?:minimum|least)(?: of)?\s+|over\s+|more than\s+)?"
    rf"{_NUMBER}\s*(?:\(\d+\)\s*)?\+?(?:\s*(?:-|–|to|or)\s*{_NUMBER}\+?)?(?:\s+or\s+more)?\s*"
    r"(?:years?|yrs?\.?|seasons?)['’]?(?:\s+or\s+more|\s+minimum)?"
    r"(?:\s+(?:of\s+)?(?:(?:hands-on|practical|professional|progressive|proven|relevant|work(?:ing)?)\s+)?"
    r"experience)?(?:\s+(?:of|in|as|with|on))?(?=\W|$)",
    re.IGNORECASE,
)
# What is left has to say something.
_LEAST_MASS = 3.0


@dataclass(frozen=True, slots=True)
class Demand:
    """One qualification: its words but for the years, and its clauses where it has several.

    `subject` and `clauses.asked` are the texts that are compared with a resume; `terms` and `clause_terms`
    their words. `names` are the stems of each clause that is a proper name ("Airflow"), else empty: of those
    alone it can be said that no line has them. `allowed` is the most of a thing that may be, `facets` what
    it asks to do for the work of others.
    """

    qualification: Qualification
    subject: str
    terms: Terms
    clauses: Clauses
    clause_terms: tuple[Terms, ...]
    names: tuple[frozenset[str], ...]
    allowed: Limit | None
    facets: frozenset[Facet]

    @classmethod
    def of(cls, qualification: Qualification) -> Demand:
        """What `qualification` asks. Where a fact is asked by name it is not split: facts know their "or"."""
        subject = subject_of(qualification)
        found = clauses_of(qualification)
        asked = tuple(terms(text) for text in found.asked)
        names = tuple(map(_name, found.texts))
        allowed = limit(qualification.text)
        return cls(qualification, subject, terms(subject), found, asked, names, allowed, facets(subject))


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """A role with its demands and the runs of words of its posting."""

    role: Role
    demands: tuple[Demand, ...]
    runs: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, role: Role) -> RoleProfile:
        """The profile of `role`."""
        return cls(role, tuple(map(Demand.of, role.qualifications)), runs(role.document.text))

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text to encode: the subject of each demand in order, then the clauses of each in order."""
        subjects = tuple(demand.subject for demand in self.demands)
        return subjects + tuple(text for demand in self.demands for text in demand.clauses.asked)


def clauses_of(qualification: Qualification) -> Clauses:
    """The clauses that a person gave, or those that the text joins."""
    facts = qualification.constraints
    named = facts.degree or facts.licences or facts.languages
    read = WHOLE if named else clauses(subject_of(qualification))
    if qualification.clauses is None:
        return read
    joined = Joined.ANY if qualification.any_clause else Joined.ALL
    if (read.joined, read.texts) == (joined, qualification.clauses):
        return read  # with the words that lead to the list
    return Clauses(joined, qualification.clauses, qualification.clauses)


def subject_of(qualification: Qualification) -> str:
    """The words of a demand without the years that it asks, where words enough are left."""
    if not qualification.constraints.min_years:
        return qualification.text
    rest = " ".join(_YEARS.sub(" ", qualification.text).split()).strip(" ,;:")
    return rest if rest and terms(rest).mass >= _LEAST_MASS else qualification.text


def _name(clause: str) -> frozenset[str]:
    """The stems of a clause whose every word has a capital, a digit or a sign in it; else none."""
    proper = all(word.lower() != word or any(map(str.isdigit, word)) for word in clause.split())
    return terms(clause).stems if proper and len(clause.split()) <= NAME_WORDS else frozenset()
