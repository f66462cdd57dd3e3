"""Credentials that come in grades: the name with its grade, so that a lower one is not taken for it.

A grade that every holder of a credential has (PRINCE2 Foundation, the certificate of NEBOSH) adds nothing to
the name, and neither does one that only sets the least ("Level 5 or above"): the bare name stands for these.
The class of a driving licence is left out of its name: it is compared apart, with the words of the demand.
"""

from __future__ import annotations

import re

_TRADE = (
    r"(?:electrician|plumber|pipe ?fitter|steamfitter|gas ?fitter|carpenter|cabinetmaker|welder|line(?:man|"
    r"worker)|wireman|machinist|millwright|iron ?worker|boilermaker|mechanic|technician|painter|mason|"
    r"bricklayer|roofer|glazier|plasterer|toolmaker|tool and die maker|sheet ?metal worker|locksmith)"
)
_OR_MORE = r"(?!\+| (?:or|and) (?:above|higher|over|better|greater|up)\b)"
_LEVEL = r"[ ,(-]{1,2}(?:level|grade|tier) ?(?:\d{1,2}|I{1,3}|IV|VI{0,3})\b" + _OR_MORE
# "CDL-A": the class stands in the demand, where it is compared.
_CDL = re.compile(r"\bCDL-[A-C]\b")
_SERVSAFE = re.compile(
    r"\bserv ?safe(?:®|™)?(?: certifi(?:ed|cation|cate))?[ (-]{1,2}(?:certified )?(?:food )?(?:(?:protection|"
    r"safety) )?(?P<grade>manager|handler|alcohol|allergens)\b" + _OR_MORE,
    re.IGNORECASE,
)
# "ServSafe Food Protection Manager" and "ServSafe Manager" are one card: the shorter name stands for both.
_SERVSAFE_NAMES = {
    "manager": "ServSafe Manager",
    "handler": "ServSafe Food Handler",
    "alcohol": "ServSafe Alcohol",
    "allergens": "ServSafe Allergens",
}
_GRADED = re.compile(
    rf"\b(?:level \d (?:NVQ|SVQ)|(?:NVQ|SVQ)(?: level)? ?\d)\b{_OR_MORE}"
    r"(?: in (?:(?!or\b|and\b|with\b)[\w-]+ ?){1,6})?(?<! )|"
    rf"\bjourney(?:man|woman|person|level)(?: (?!or\b|and\b|with\b)\w+)? {_TRADE}\b"
    r"(?: (?:certificat\w+|licen[sc]e|ticket|card))?|"
    r"\bprince2 (?:agile )?practitioner\b|"
    r"\bITIL(?: ?v?\d)? (?:(?:certified )?(?:intermediate|practitioner|expert|master|managing professional|"
    r"strategic leader))\b|"
    r"\bNEBOSH (?:(?:national|international)(?: general)? )?diploma\b|"
    r"\bLEED green associate\b|\b(?:lean )?six sigma master black belt\b|\bmaster black belt\b|"
    r"\bEPA (?:section )?608 universal\b|\bCSCS (?:gold|black|blue|red|white) card\b|"
    rf"\b(?:AAT|CIPD|CIPS|HACCP|NICET|CWB|CACHE|BHS|SIA){_LEVEL}",
    re.IGNORECASE,
)
# "NVQ3", "HACCP (Level 3": one space before the grade.
_SPACED = re.compile(r"(?i)(?<=[NS]VQ)(?=\d)|[ ,(-]+\(?(?=level|grade|tier)")


def graded(text: str) -> list[tuple[int, int, str]]:
    """Start, end and name with its grade of each credential in `text` whose grade is stated."""
    found = [(m.start(), m.end(), _SERVSAFE_NAMES[m["grade"].lower()]) for m in _SERVSAFE.finditer(text)]
    found += [(m.start(), m.end(), "CDL") for m in _CDL.finditer(text)]
    found += [(m.start(), m.end(), _SPACED.sub(" ", m[0])) for m in _GRADED.finditer(text)]
    return found
