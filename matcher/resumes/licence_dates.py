"""What a licence's dates mean: the words before a date (or in brackets behind it) say issue or expiry."""

from __future__ import annotations

import re

from matcher.resumes.dates import find_dates, find_periods
from matcher.types import Licence, PartialDate, Span

# "renewed to 06/2027" is an expiry, "renewed 2024" the issue of what is held now.
_EXPIRY = (
    r"exp(?:ires|ired|iry|iring|iration)?\.?(?: (?:date|on|in|end of))?|due(?: for renewal)?"
    r"|renew(?:al|s|able)(?: (?:date|due|by|in|on))?|good (?:through|until|thru)|lapsed|lapses"
    r"|(?:valid|active|current|certified|certificate|certification|licensed|registered|registration|renewed"
    r"|card|in force|runs|effective)?\s?(?:through|thru|until|till|up to|to)(?: the end of)?"
    r"|gültig bis|valable jusqu\S{0,4}|válid[oa] hasta|válid[oa] até|geldig tot|valido fino al?"
)
_ISSUE = (
    r"issued|issue date|date issued|awarded|obtained|earned|received|granted|completed|passed|attained"
    r"|achieved|acquired|admitted|called|since|from|as of|renewed|updated|recertified|first held|held since"
    r"|initial|active since|valid from|effective|seit|depuis|desde"
)
_LINK = r"(?: (?:in|on|since|from|as of|date))?"
_EXPIRY_BEFORE = re.compile(rf"(?<![^\W_])(?:{_EXPIRY})[\s:.,(]{{0,9}}$", re.IGNORECASE)
_EXPIRY_AFTER = re.compile(
    r"^\s{0,4}\(?(?:exp(?:iry|ires|ired|iration)?\.?|renewal)\s{0,3}(?:[),;]|$)", re.IGNORECASE
)
_LABEL_END = re.compile(
    rf"(?:(?:[\s,;(|–—:-]{{1,9}}(?:(?:{_EXPIRY}|{_ISSUE}|expected|anticipated|valid|active|current|validity"
    rf"|practi[sc]ing certificate|dates?){_LINK})"
    rf"|[,;(|–—:-]\s{{0,9}}(?:certified|licensed|registered){_LINK}))+[\s:.,;(|–—-]{{0,9}}$",
    re.IGNORECASE,
)
_LABEL_START = re.compile(
    rf"^(?:(?:{_EXPIRY}|{_ISSUE}|valid|active|current|inactive){_LINK}[\s:.,;)|–—-]{{0,9}})+$", re.IGNORECASE
)
_COURSE = re.compile(
    r"\b(?:courses?|class|training|program(?:me)?|boot ?camp|workshop|seminar|diploma|coursework)\b", re.I
)
_UNENDING = re.compile(
    r"[\s,(|–—-]{1,9}(?:no expir\w{1,10}|does not expire|without expiry|never expires|lifetime)\)?$", re.I
)
_SOUGHT = re.compile(r"\b(?:expected|anticipated|in progress|pending|candidate)\b", re.IGNORECASE)
_NUMBER = re.compile(  # "License #12345" stays "License", ", Credential ID 12345" goes
    r"(?:[,(|–—-]\s{0,9}(?:licen[sc]e|lic|certificate|cert|credential|registration|member)\b\.?)?"
    r"[\s,(|–—-]{0,9}(?:#|\bno\b\.?|\bnumber\b|\bid\b|\bnr\b\.?)\s{0,9}:?\s{0,9}[\w-]{0,30}\d[\w-]{0,30}\)?",
    re.IGNORECASE,
)
_EDGE = " \t\n,;:.•·|–—-*"
_AWARD = re.compile(r"^(?:dean'?s|honou?r|gpa|city\b|state\b|company name)", re.IGNORECASE)


def read_dates(words: str) -> tuple[PartialDate | None, PartialDate | None, Span | None]:
    """(issued, expires, where the first date stands). Without a label a date is the one of issue.

    A range ("2019 – 2022") is what a licence was valid for, but of a course when it was taken.
    """
    issued: PartialDate | None = None
    expires: PartialDate | None = None
    first: Span | None = None
    for period in find_periods(words):
        if period.span is not None and period.end is not None:
            if _COURSE.search(words):
                return period.end, None, period.span
            return period.start, period.end, period.span
    at = 0
    for written, place in find_dates(words):
        before, after = words[at : place.start], words[place.end : place.end + 14]
        if _EXPIRY_BEFORE.search(before) or _EXPIRY_AFTER.match(after):
            expires = expires or written.last
        elif issued is None:
            issued = written.first
        first = first or place
        at = place.end
    return issued, expires, first


def sought(words: str) -> bool:
    """True for a licence that is expected or worked towards, not held."""
    return _SOUGHT.search(words) is not None


def read_licence(text: str, span: Span) -> Licence | None:
    """The licence that an entry of a list states, None where the words name none."""
    words = text[span.start : span.end]
    issued, expires, first = read_dates(words)
    name = _NUMBER.sub("", words if first is None else words[: first.start])
    name = _stripped(_LABEL_END.sub("", name) if first is not None else _UNENDING.sub("", name))
    if first is not None and (not name or _LABEL_START.match(name)):
        rest = words[first.end :]
        later = find_dates(rest)
        name = _stripped(_LABEL_END.sub("", rest[: later[0][1].start] if later else rest))
        if later and (not name or _LABEL_START.match(name)):
            name = _stripped(rest[later[-1][1].end :])
    name = " ".join(name.split())
    if name.count("(") > name.count(")"):
        name += ")"
    if len(name) < 2 or _AWARD.match(name) or not any(c.isalpha() for c in name) or _LABEL_START.match(name):
        return None
    return Licence(name, span, issued, expires)


def _stripped(name: str) -> str:
    return name.strip(_EDGE).lstrip(")]").rstrip("([").strip(_EDGE)
