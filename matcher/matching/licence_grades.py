"""Credentials that come in grades or classes: which of them covers which.

A higher grade meets a demand for a lower one; a lower one is less than is asked; a credential that does not
say its grade leaves it open. Classes of licences to drive cover each other by law: the scheme that a demand
belongs to says how.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Standing(Enum):
    """How a stated credential stands to the grade that is asked."""

    ENOUGH = "enough"
    LOWER = "lower"
    OTHER = "other"  # neither covers the other
    OPEN = "open"  # the grade is not stated


@dataclass(frozen=True, slots=True)
class Scheme:
    """One credential: `family` tells it in a name, `grade` finds its grades, `covers` says what each covers
    beside itself."""

    family: re.Pattern[str]
    grade: re.Pattern[str]
    covers: Mapping[str, str]


def _rising(family: str, grades: str, named: str) -> Scheme:
    """A scheme of which every grade covers those before it; `named` has {} where a grade stands."""
    order = grades.split()
    covers = {grade: " ".join(order[:place]) for place, grade in enumerate(order)}
    pattern = named.replace("{}", f"(?:{'|'.join(grades.split())})")
    return Scheme(re.compile(family, re.IGNORECASE), re.compile(pattern, re.IGNORECASE), covers)


_CLASS = r"(?:class|category|cat\.?|klasse|permis)"
# Commercial licences of the United States: 49 CFR 383.91.
_CDL = Scheme(
    re.compile(r"\bCDL\b|\bcommercial driv", re.IGNORECASE),
    re.compile(r"(?i:class )(?P<grade>[ABC])\b|\bCDL[ -](?P<also>[ABC])\b|\b(?P<too>[ABC])(?i: class)\b"),
    {"A": "B C", "B": "C", "C": ""},
)
# Categories of the European Union and the United Kingdom: Directive 2006/126/EC, articles 4 and 6.
_CATEGORIES = Scheme(
    re.compile(r"\b(?:driv\w+['’]?s?['’]? licen[sc]|HGV|LGV|PCV|führerschein|permis)", re.IGNORECASE),
    re.compile(
        rf"(?i:{_CLASS}[ -]?|\bor |, ?|/)(?P<grade>(?:[ABCD]1?|BE|C1?\+?E|D1?\+?E|B\+E))(?![\w+])"
        r"|(?<![\w+])(?P<also>(?:C1?\+?E|D1?\+?E|B\+?E|C1|D1|[BCD]))(?i: (?:driv|licen|categor))"
    ),
    {
        "A": "A1",
        "A1": "",
        "B": "",
        "BE": "B",
        "C1": "B",
        "C": "C1 B",
        "C1E": "C1 BE B",
        "CE": "C C1 C1E BE B",
        "D1": "B",
        "D": "D1 B",
        "D1E": "D1 BE B",
        "DE": "D D1 D1E BE B",
    },
)
# Heavy vehicle classes of Australia, national scheme.
_HEAVY = Scheme(
    re.compile(r"\blicen[sc]e\b", re.IGNORECASE),
    re.compile(r"\b(?P<grade>LR|MR|HR|HC|MC)\b(?= |$)"),
    {"LR": "", "MR": "LR", "HR": "MR LR", "HC": "HR MR LR", "MC": "HC HR MR LR"},
)
_SCHEMES = (
    _CDL,
    _HEAVY,
    _CATEGORIES,
    _rising(r"\bserv ?safe\b", "handler manager", r"\b{}"),
    _rising(r"\bprince ?2\b", "foundation practitioner", r"\b{}\b"),
    _rising(r"\bOSHA\b", "10 30", r"\b{}\b"),
    _rising(r"\b(?:black|green|yellow) belt\b|\bsix sigma\b", "yellow green black", r"\b{}(?= belt)"),
    _rising(r"\bEMT\b|\bemergency medical technician\b", "basic advanced paramedic", r"\b{}\b"),
    _rising(r"\bLEED\b", "associate AP", r"\b{}\b|\b(?:green )?associate\b"),
)


def scheme_of(asked: str, demand: str) -> Scheme | None:
    """The scheme of the licence `asked`, where its name or the words of the `demand` ask a grade of it."""
    for scheme in _SCHEMES:
        if scheme.family.search(asked) and (_grades(scheme, asked) or _grades(scheme, demand)):
            return scheme
    return None


def standing(scheme: Scheme, asked: str, demand: str, stated: str) -> Standing | None:
    """How the licence named `stated` stands to the grades asked; None when it is no licence of the scheme.

    Of several grades that are asked one is enough: a list of them is one of alternatives.
    """
    given = _grades(scheme, stated)
    if not (scheme.family.search(stated) or (given and scheme.covers is not _HEAVY.covers)):
        return None
    wanted = _grades(scheme, asked) or _grades(scheme, demand)
    if not given:
        return Standing.OPEN
    if wanted & _covered(scheme, given):
        return Standing.ENOUGH
    return Standing.LOWER if given <= _covered(scheme, wanted) else Standing.OTHER


def _covered(scheme: Scheme, grades: frozenset[str]) -> frozenset[str]:
    return grades.union(*(scheme.covers[grade].split() for grade in grades))


def _grades(scheme: Scheme, text: str) -> frozenset[str]:
    """The grades that a text names, as they stand in `covers`."""
    known = {grade.casefold(): grade for grade in scheme.covers}
    found = set()
    for match in scheme.grade.finditer(text):
        name = next((group for group in match.groups() if group), match[0])
        grade = known.get(name.replace("+", "").casefold())
        if grade is not None:
            found.add(grade)
    return frozenset(found)
