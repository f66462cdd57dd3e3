"""A role made ready to compare: of each qualification what is looked for, whole and clause by clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import Asked, Texts
from matcher.matching.clauses import NAME_WORDS, WHOLE, Clauses, alternatives, clauses, without_examples
from matcher.matching.copying import posting_numbers, posting_runs
from matcher.matching.domains import Lead, asked_lead
from matcher.matching.equivalents import Sides, sides
from matcher.matching.facets import Facet, facets
from matcher.matching.leading import Leading, asked_leading
from matcher.matching.lexical import PHRASING, Terms, terms
from matcher.matching.negation import Limit, limit
from matcher.matching.recency import asks_current
from matcher.matching.signals import asks_several
from matcher.matching.trade import Trade
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
class Clause:
    """One clause of a demand: `asked` are the words of each text of which one is enough.

    `names` are the stems of each that is a proper name ("Airflow"), else empty. `own` are the stems that no
    other clause of the demand has, with their weights.
    """

    text: str
    asked: tuple[Asked, ...]
    names: tuple[frozenset[str], ...]
    own: dict[str, float]


@dataclass(frozen=True, slots=True)
class Demand:
    """One qualification: its words but for the years, and its clauses where it has several.

    `readings` are the words of the texts that stand for the whole: first all of them, then, where it gives
    examples, those without them. `allowed` is the most of a thing that may be, `facets` what it asks to do
    for the work of others, `lead` whom or what it asks to lead where that is all it asks, `leading` the
    leading of people that it asks for whatever else it asks; `several` says that it asks many things,
    `current` that it asks for work that goes on, `of_trade` that years are asked of no more than the work of
    the posting's trade, and `plain` that what lines say of the whole is all there is to it: no clauses, no
    facts, no leading. `sides` are those of a degree for which experience may stand in, and `experience` the
    words of each kind of it. `others` are what is compared beside all words: the reading without examples,
    what the clauses ask, and that experience.
    """

    qualification: Qualification
    readings: tuple[Asked, ...]
    joined: Joined
    clauses: tuple[Clause, ...]
    allowed: Limit | None
    facets: frozenset[Facet]
    lead: Lead | None
    leading: frozenset[Leading]
    several: bool
    current: bool
    of_trade: bool
    plain: bool
    sides: Sides | None
    experience: tuple[Asked, ...]
    others: tuple[Asked, ...]

    @classmethod
    def of(cls, qualification: Qualification, title: str = "") -> Demand:
        """What `qualification` asks in a role with this `title`. Where a fact is asked by name it is not
        split: facts know their "or"."""
        facts = qualification.constraints
        found_sides = sides(qualification, title) if qualification.clauses is None else None
        subject = subject_of(qualification)
        found = clauses_of(qualification)
        whole, plain = Asked.of(subject), Asked.of(without_examples(subject))
        shorter = _LEAST_MASS <= plain.terms.mass < whole.terms.mass
        readings = (whole, plain) if shorter else (whole,)
        lead, leading = asked_lead(subject), asked_leading(qualification.text)
        several = found.asked or lead or leading or len(readings) > 1
        named = facts.min_years or facts.degree or facts.licences or facts.languages
        parts = _clauses(found)
        experience = tuple(map(Asked.of, found_sides.subjects)) if found_sides else ()
        return cls(
            qualification=qualification,
            readings=readings,
            joined=found.joined,
            clauses=parts,
            allowed=limit(qualification.text),
            facets=facets(subject),
            lead=lead,
            leading=leading,
            several=asks_several(subject),
            current=asks_current(qualification.text),
            of_trade=bool(facts.min_years) and Trade.of(title).is_asked(subject),
            plain=not (several or named),
            sides=found_sides,
            experience=experience,
            others=(*readings[1:], *(asked for clause in parts for asked in clause.asked), *experience),
        )

    @property
    def whole(self) -> Asked:
        """The demand but for the years."""
        return self.readings[0]

    @property
    def terms(self) -> Terms:
        """All words of the demand but for the years."""
        return self.whole.terms


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """A role with its demands and all that lines are compared with.

    `compared` are its texts: the whole of each demand in order, then the `others` of each. `runs` are the
    runs of words of its posting, `run_numbers` their numbers. `trade` is that which its title names.
    """

    role: Role
    demands: tuple[Demand, ...]
    compared: Texts
    runs: frozenset[tuple[str, ...]]
    run_numbers: NDArray[np.uint32] = field(repr=False, compare=False)
    trade: Trade

    @classmethod
    def of(cls, role: Role) -> RoleProfile:
        """The profile of `role`."""
        demands = tuple(Demand.of(item, role.title or "") for item in role.qualifications)
        runs = posting_runs(role.document.text)
        asked = tuple(demand.whole for demand in demands)
        asked += tuple(other for demand in demands for other in demand.others)
        return cls(role, demands, Texts.of(asked), runs, posting_numbers(runs), Trade.of(role.title))

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text to encode, in the order of `compared`."""
        return tuple(item.terms.text for item in self.compared.asked)


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
    asked = (alternatives(text).asked for text in qualification.clauses)
    return Clauses(joined, qualification.clauses, tuple(sum(texts, ()) for texts in asked))


def subject_of(qualification: Qualification) -> str:
    """The words of a demand without the years that it asks, where words enough are left."""
    if not qualification.constraints.min_years:
        return qualification.text
    rest = " ".join(_YEARS.sub(" ", qualification.text).split()).strip(" ,;:")
    return rest if rest and terms(rest).mass >= _LEAST_MASS else qualification.text


def _clauses(found: Clauses) -> tuple[Clause, ...]:
    """The clauses `found`, each with what sets it apart."""
    words = [tuple(map(Asked.of, asked)) for asked in found.asked]
    stems = [frozenset[str]().union(*(item.terms.stems for item in asked)) for asked in words]
    result = []
    for place, (text, asked) in enumerate(zip(found.texts, words, strict=True)):
        others = frozenset[str]().union(*stems[:place], *stems[place + 1 :], terms(text).stems & PHRASING)
        begins = place == 0 and not all(other[0].isupper() for other in found.texts)
        names = tuple(_name(name, begins) for name in alternatives(text).texts)
        weights = (item.terms.weight_of.items() for item in asked)
        own = {name: weight for name, weight in chain(*weights) if name not in others}
        result.append(Clause(text, asked, names, own))
    return tuple(result)


def _name(clause: str, begins: bool) -> frozenset[str]:
    """The stems of a clause whose every word has a capital, a digit or a sign in it; else none.

    `begins`: the capital of its first letter is that of a sentence, and names nothing.
    """
    written = clause[:1].lower() + clause[1:] if begins else clause
    proper = all(word.lower() != word or any(map(str.isdigit, word)) for word in written.split())
    return terms(clause).stems if proper and len(clause.split()) <= NAME_WORDS else frozenset()
