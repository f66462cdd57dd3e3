"""Function and domain: who led hospital IT teams has led teams, and not the research teams of a demand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from matcher.matching.lexical import PHRASING, akin, terms
from matcher.matching.signals import is_manager

# What a line keeps of its strength that shows the domain and not the function: it is near, and no more than
# partial evidence.
NO_FUNCTION = 0.6

_LEADS = (
    r"(?:direct(?:ed|ing|s)?|head(?:ed|ing|s)?|lead(?:ership of|ing|s)?|led|manag(?:e|ed|es|ing|ement of)|"
    r"overs(?:aw|ee|eeing|een|ees)|ran|run|running|runs|supervis(?:e|ed|es|ing|ion of))"
)
# What is led: people, the places where they work together, money, or undertakings with an end.
_LED = {
    "people": (
        r"colleagues|crews?|employees|engineers|groups?|nurses|officers|people|researchers|scientists|staff|teams?|"
        r"volunteers|workers"
    ),
    "places": (
        r"branch(?:es)?|clinics?|departments?|divisions?|kitchens?|laborator(?:y|ies)|offices?|shops?|stores?|"
        r"units?|wards?"
    ),
    "money": r"budgets?",
    "projects": r"projects?|program(?:me)?s?",
}
_TOGETHER = frozenset({"people", "places"})
_OBJECTS = "|".join(f"(?P<{kind}>{words})" for kind, words in _LED.items())
_PREPOSITION = r"(?:across|at|by|for|from|in|of|on|that|through|to|which|who|with|within)"
_WORD = rf"(?!{_PREPOSITION}\b)[\w&/+#'’-]+"
# "Led and trained two hospital IT teams of seven administrators"; "the team calendar" is no team.
_LEAD = re.compile(
    rf"\b{_LEADS}\s+(?:(?:and|&)\s+\w+\s+)?(?P<before>(?:{_WORD}\s+){{0,5}}?)(?:{_OBJECTS})(?![\w'’-])"
    rf"(?=\s*$|\s*[.,;:()]|\s+(?:and|or|{_PREPOSITION})\b)(?:\s+of\s+(?P<of>{_WORD}(?:\s+{_WORD}){{0,3}}))?",
    re.IGNORECASE,
)
# Other signs that someone led, whatever the words for it.
_LEADING = re.compile(
    rf"\b(?:{_LEADS}|accountable|appoint\w*|build(?:ing|s)?|built|captain\w*|chair\w*|charge|co-?ordinat\w*|"
    r"deliver\w*|direct reports|establish\w*|found(?:ed|er|ing)|grew|grow(?:ing|n|s)?|hir(?:ed?|es|ing)|"
    r"manag\w+|organi[sz]\w+|own(?:ed|er|ership|ing|s)?|recruit\w*|report(?:ed|ing|s)? to me|responsib\w+|"
    r"set up|start(?:ed|ing) (?:a|the|up)|supervis\w+)\b",
    re.IGNORECASE,
)
# What goes with the leading that is asked: "managing employees, including hiring and performance reviews".
_INCLUDING = re.compile(r"[\s,(]+\b(?:including|incl\.|involving)\s", re.IGNORECASE)
_PEOPLE = re.compile(rf"\b(?:{_LED['people']})\b", re.IGNORECASE)
# What is asked besides.
_MORE = re.compile(r"\b(?:and|or)\b|;", re.IGNORECASE)
# Words that may stand before the leading that a demand is for.
_OPENING = (
    PHRASING
    | terms("active direct effective leader manager people progressive record successful track").stems
)
# Words around what is led that name no domain.
_NO_DOMAIN = terms(
    """
    active big branch budget business candidate clinic colleague company crew cross-functional daily
    day department different direct diverse division dozen each employee entire full great group
    high-performing hundred individual kitchen laboratory large lead local manage member million
    multi-disciplinary multidisciplinary multiple new office own people person professional program
    programme project remote report senior shop site small staff store successful talented team
    technical thousand unit up ward whole work world"""
).stems


@dataclass(frozen=True, slots=True)
class Lead:
    """Leading something: its `kind`, a key of _LED, and the stems of its domain, as `named` in the text.

    `included` are the stems of what goes with it: "including hiring and performance reviews".
    """

    kind: str
    domain: frozenset[str]
    named: str
    included: frozenset[str] = frozenset()


def asked_lead(text: str) -> Lead | None:
    """What a demand asks to lead, where that is all it asks, else None."""
    head, *rest = _INCLUDING.split(text, maxsplit=1)
    found = _LEAD.search(head)
    if found is None or _MORE.search(head, found.end()):
        return None
    if not terms(head[: found.start()]).stems <= _OPENING:
        return None
    return replace(_lead(found), included=terms(" ".join(rest)).stems - PHRASING)


def other_domain(asked: Lead | None, line: str) -> str | None:
    """The domain that a `line` names which leads what is `asked` in another one; None for any other line."""
    found = _LEAD.search(line) if asked else None
    if asked is None or found is None:
        return None
    shown = _lead(found)
    there = terms(line).stems
    alike = shown.kind == asked.kind or {shown.kind, asked.kind} == _TOGETHER
    if not alike or not asked.domain or any(akin(name, there) for name in asked.domain):
        return None
    return shown.named or None


def leads_people(asked: Lead | None, line: str) -> bool:
    """Whether a demand for leading people, wherever they work, is what a `line` shows."""
    if asked is None or asked.kind != "people" or asked.domain:
        return False
    return any(found["people"] or _PEOPLE.search(found["of"] or "") for found in _LEAD.finditer(line))


def includes(asked: Lead | None, there: frozenset[str]) -> bool:
    """Whether half of what goes with the leading that is `asked`, or more, is among the stems `there`."""
    included = asked.included if asked else frozenset()
    return len(included & there) >= len(included) / 2


def lacks_function(asked: Lead | None, line: str, title: str) -> bool:
    """Whether a `line` of a job with that `title` shows nothing of the leading that is `asked`."""
    if asked is None or not (asked.domain or asked.included):
        return False
    return not (_LEADING.search(line) or is_manager(line) or is_manager(title))


def _lead(found: re.Match[str]) -> Lead:
    kind = next(kind for kind in _LED if found[kind])
    thing = found[kind] if _domain(found[kind]) else ""
    parts = [part for part in (f"{found['before']}{thing}", found["of"]) if part and _domain(part)]
    named = parts[0].strip() if parts else ""
    words = named.split()
    while words and not _domain(words[0]):
        words.pop(0)
    return Lead(kind, frozenset[str]().union(*map(_domain, parts)), " ".join(words))


def _domain(text: str) -> frozenset[str]:
    stems = terms(text).stems - _NO_DOMAIN - PHRASING
    return frozenset(name for name in stems if not name.isdigit())
