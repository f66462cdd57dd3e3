"""Function and domain: who led hospital IT teams has led teams, and not the research teams of a demand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from matcher.matching.lexical import PHRASING, akin, terms
from matcher.matching.signals import is_manager

# What a line keeps of its strength that shows the domain and not the function: it is near, and no more than
# partial evidence.
NO_FUNCTION = 0.6

_SIZE = r"(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
LEADS = (
    r"(?:direct(?:ed|ing|s)?|head(?:ed|ing|s)?|lead(?:ership of|ing|s)?|led|manag(?:e|ed|es|ing|ement of)|"
    r"overs(?:aw|ee|eeing|een|ees)|ran|run|running|runs|supervis(?:e|ed|es|ing|ion of)|"
    # who makes a team of some size had it to lead
    r"(?:buil(?:d|ding|ds|t)|expand(?:ed|ing|s)?|gr[eo]w(?:ing|s)?|scal(?:ed?|es|ing))"
    rf"(?=\s[^.;]{{0,60}}?\s(?:from\s{_SIZE}\sto|of\s(?:about\s|over\s)?|to\s){_SIZE}\b))"
)
# What is led: people, the places where they work together, money, or undertakings with an end.
_LED = {
    "people": (
        r"administrators|analysts|colleagues|crews?|developers|employees|engineers|groups?|nurses|officers|people|"
        r"programmers|researchers|scientists|specialists|staff|teams?|technicians|volunteers|workers"
    ),
    "places": (
        r"branch(?:es)?|clinics?|departments?|divisions?|kitchens?|laborator(?:y|ies)|offices?|shops?|stores?|"
        r"units?|wards?"
    ),
    "money": r"budgets?",
    "projects": r"projects?|program(?:me)?s?",
}
PEOPLE, PLACES = _LED["people"], _LED["places"]
_TOGETHER = frozenset({"people", "places"})
_OBJECTS = "|".join(f"(?P<{kind}>{words})" for kind, words in _LED.items())
_PREPOSITION = r"(?:across|at|by|for|from|in|of|on|that|through|to|which|who|with|within)"
_WORD = rf"(?!{_PREPOSITION}\b)[\w&/+#'’-]+"
# "Led and trained two hospital IT teams of seven administrators"; "the team calendar" is no team.
_LEAD = re.compile(
    rf"\b{LEADS}\s+(?:(?:and|&)\s+\w+\s+)?(?P<before>(?:{_WORD}\s+){{0,5}}?)(?:{_OBJECTS})(?![\w'’-])"
    rf"(?=\s*$|\s*[.,;:()]|\s+(?:and|or|{_PREPOSITION})\b)(?:\s+of\s+(?P<of>{_WORD}(?:\s+{_WORD}){{0,3}}))?",
    re.IGNORECASE,
)
# What goes on naming who is led: "two scientists and four engineers".
_FURTHER = re.compile(
    rf"(?:\s*(?:,|\b(?:and|or)\b|&)\s*(?:{_WORD}\s+){{0,3}}?(?:{PEOPLE})(?![\w'’-]))+", re.IGNORECASE
)
# Who is led, by a word that names no trade: what follows tells of other things ("five people and acts as").
_ANYONE = re.compile(
    r"(?<![\w'’-])(?:colleagues|employees|individuals|members|people|persons|professionals|reports|staff)(?![\w'’-]).*",
    re.IGNORECASE | re.DOTALL,
)
# Of several domains that are asked one is enough.
_EITHER = re.compile(r"\bor\b", re.IGNORECASE)
# Other signs that someone led, whatever the words for it.
_LEADING = re.compile(
    rf"\b(?:{LEADS}|(?:line|people|staff|team) management|accountable|appoint\w*|build(?:ing|s)?|built|"
    r"captain\w*|chair\w*|charge|co-?ordinat\w*|"
    r"deliver(?:ed|ing|s)?(?=(?:\s+[\w'’-]+){0,5}?\s+(?:projects?|program(?:me)?s?)\b)|direct reports|"
    r"establish\w*|found(?:ed|er|ing)|grew|grow(?:ing|n|s)?|hir(?:ed?|es|ing)|"
    r"organi[sz]\w+|own(?:ed|er|ership|ing|s)?|recruit\w*|report(?:ed|ing|s)? to me|responsib\w+|"
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
    active big branch budget business candidate clinic colleague company crew cross-functional daily day
    department different direct diverse division dozen each eighteen eleven employee entire fifteen fifty
    forty fourteen full great group high-performing hundred individual kitchen laboratory large lead local
    manage member million multi-disciplinary multidisciplinary multiple new office own people person
    professional program programme project remote report senior shop site sixteen small staff store
    successful talented team technical thirteen thirty thousand twelve twenty unit up ward whole work world"""
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
    """The domain that a `line` names which leads what is `asked` in another one, "" where it names none; None
    for any other line."""
    found = _LEAD.search(line) if asked else None
    if asked is None or found is None:
        return None
    shown = _lead(found)
    there = terms(line).stems
    alike = shown.kind == asked.kind or {shown.kind, asked.kind} == _TOGETHER
    if not alike or not asked.domain or any(akin(name, there) for name in asked.domain):
        return None
    return shown.named


def leads_people(asked: Lead | None, line: str) -> bool:
    """Whether a demand for leading people is what a `line` shows: wherever they work where none is asked,
    else those of that domain ("led six engineers" for "leading engineering teams")."""
    if asked is None or asked.kind != "people":
        return False
    if not asked.domain:
        return leads_anyone(line)
    enough = any if is_either(asked) else all
    led = (_who(found) for found in _LEAD.finditer(line) if found["people"])
    return any(enough(akin(name, who) for name in asked.domain) for who in led)


def is_either(asked: Lead) -> bool:
    """Whether one part of the domain is enough: "physicians or nurses"."""
    return _EITHER.search(asked.named) is not None


def leads_anyone(line: str) -> bool:
    """Whether a `line` leads people, whoever they are."""
    return any(found["people"] or _PEOPLE.search(found["of"] or "") for found in _LEAD.finditer(line))


def includes(asked: Lead | None, there: frozenset[str]) -> bool:
    """Whether half of what goes with the leading that is `asked`, or more, is among the stems `there`."""
    included = asked.included if asked else frozenset()
    return len(included & there) >= len(included) / 2


def _who(found: re.Match[str]) -> frozenset[str]:
    """The stems that say who is led."""
    further = _FURTHER.match(found.string, found.end("people"))
    named = (found["before"], found["people"], found["of"] or "", further.group() if further else "")
    return terms(" ".join(named)).stems


def lacks_function(asked: Lead | None, line: str, title: str) -> bool:
    """Whether a `line` of a job with that `title` shows nothing of the leading that is `asked`."""
    if asked is None or not (asked.domain or asked.included):
        return False
    return not tells_of_leading(line, title)


def tells_of_leading(line: str, title: str) -> bool:
    """Whether a `line` of a job with that `title` tells of leading anything, in whatever words."""
    return _LEADING.search(line) is not None or is_manager(line) or is_manager(title)


def _lead(found: re.Match[str]) -> Lead:
    kind = next(kind for kind in _LED if found[kind])
    thing = found[kind] if _domain(found[kind]) else ""
    of = _ANYONE.sub("", found["of"] or "")
    parts = [part for part in (f"{found['before']}{thing}", of) if _domain(part)]
    named = parts[0].strip() if parts else ""
    words = named.split()
    while words and not _domain(words[0]):
        words.pop(0)
    return Lead(kind, frozenset[str]().union(*map(_domain, parts)), " ".join(words))


def _domain(text: str) -> frozenset[str]:
    stems = terms(text).stems - _NO_DOMAIN - PHRASING
    return frozenset(name for name in stems if not name.isdigit())
