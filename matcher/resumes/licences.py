"""Licences and certifications with their dates: from their section and from set phrases elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from matcher.resumes.dates import find_dates, find_periods
from matcher.resumes.paragraphs import paragraphs
from matcher.resumes.rows import Row
from matcher.types import Licence, PartialDate, Span

_EXPIRES = re.compile(
    r"(?:exp(?:ires|iry|iration(?: date)?|\.)?|expired|(?:valid|active|current|certificate"
    r"|certified) (?:through|until|till|to)|renew(?:al|s)(?: date)?"
    r"|good through|gültig bis"
    r"|valable jusqu\S*|through)[\s:]{0,9}$",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"(?<![^\W_])(?:"
    r"(?:registered nurse|RN|LPN|LVN|CNA|APRN|NP|CRNA|EMT(?:-?[BIP])?"
    r"|paramedic)\s{1,9}(?:state\s{1,9})?(?:licen[sc]e[d]?|licensure)"
    r"|(?:[A-Z][\w&/.+-]{0,40}\s{1,9}){1,5}(?:Licen[sc]e|Certificat(?:e|ion)|Credential)(?:\s{0,9}(?:#"
    r"|no\.?)\s{0,9}\w{1,40})?"
    r"|(?:PMP|PgMP|CAPM|CPA|CFA|CMA|CIA|CISA|CISM|CISSP|CEH|CCNA|CCNP|CCIE|MCSE|MCSA|ITIL|SHRM-S?CP|PHR|SPHR"
    r"|CSM|CSPO|CPR|BLS|ACLS|PALS"
    r"|TNCC|NRP|CDL|FINRA|Series \d{1,2}|LEED(?:[ -]AP)?|OSHA[ -]?(?:10|30)|ServSafe|NCLEX(?:-RN)?|CCRN|CNOR"
    r"|Six Sigma"
    r"|(?:Lean )?Six Sigma (?:Green|Black|Yellow) Belt|Security\+|Network\+|A\+|CompTIA [\w+]{1,40}|TEFL"
    r"|TESOL"
    r"|CELTA|First Aid)"
    r"(?:\s{0,9}(?:/|and|&|,)\s{0,9}(?:CPR|AED|First Aid|BLS|ACLS|PALS))*\s{0,9}[-–]?\s{0,9}(?:certified"
    r"|certification"
    r"|licen[sc]ed?|licen[sc]e holder)"
    r"|(?:licen[sc]ed|certified|chartered"
    r"|board[- ]certified)\s{1,9}(?:[A-Z][\w&/.-]{0,40}\s{0,9}(?:in\s{1,9})?){1,5}"
    r"|(?:AWS|Azure|Google Cloud|Microsoft|Cisco|Oracle|Salesforce|Red Hat"
    r"|SAP)\s{1,9}Certified\s{1,9}(?:[A-Z][\w&/.–-]{0,40}\s{0,9}){1,6}"
    r"|(?:admitted to|member of) the (?:[A-Z]\w{1,40} )*(?:state )?bar(?: of (?:[A-Z]\w{1,40} ?)+"
    r"| association)?"
    r"|(?:valid |clean |current )?driver['’]?s?['’]? licen[sc]e|commercial driver['’]?s licen[sc]e"
    r"|class [A-E] (?:CDL|licen[sc]e)"
    r")(?![^\W_])"
)
_KNOWN_ANYCASE = re.compile(
    r"(?<![^\W_])(?:licen[sc]ed (?:professional engineer|practical nurse|clinical social worker"
    r"|real estate agent|psychologist|pharmacist"
    r"|electrician|plumber|attorney|cosmetologist|insurance agent|contractor)|certified public accountant"
    r"|registered nurse"
    r"|registered dietitian|project management professional|professional engineer|chartered accountant"
    r"|chartered engineer"
    r"|(?:fork ?lift|food handler'?s?|first aid|cpr|notary public|real estate|teaching|nursing"
    r"|pilot'?s?) (?:certified|certification|licen[sc]ed?|card|credential))"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_EDGE = " \t\n,;:.•·|–—-()*"
_AWARD = re.compile(r"^(?:dean'?s|honou?r|gpa|city\b|state\b|company name)", re.IGNORECASE)
_ISSUED_LABEL = re.compile(
    r"[\s,(|–—-]{0,9}(?:issued|awarded|obtained|earned|since|expected|expired|exp(?:ires|iry|\.)?|(?:valid"
    r"|active"
    r"|current) \w{1,40}"
    r"|renewed)?[\s:]{0,9}$",
    re.I,
)
_MOST = 160


def _dated(text: str, span: Span) -> Licence | None:
    words = text[span.start : span.end]
    issued: PartialDate | None = None
    expires: PartialDate | None = None
    cut = len(words)
    lead = 0
    periods = [period for period in find_periods(words) if period.end is not None]
    if periods and periods[0].span is not None:
        issued, expires = periods[0].start, periods[0].end
        cut, lead = periods[0].span
    else:
        for written, place in find_dates(words):
            if _EXPIRES.search(words[: place.start]):
                expires = expires or written.last
            else:
                issued = issued or written.first
            if cut == len(words):
                cut, lead = place
    name = _ISSUED_LABEL.sub("", words[:cut])
    name = _EXPIRES.sub("", name).strip(_EDGE)
    if not name:
        name = words[lead:].strip(_EDGE)
    name = " ".join(name.split())
    if name.count("(") > name.count(")"):
        name += ")"
    if len(name) < 2 or _AWARD.match(name) or not any(c.isalpha() for c in name):
        return None
    return Licence(name, span, issued, expires)


def find_licences(text: str, sections: Iterable[Sequence[Row]], elsewhere: Iterable[Span]) -> list[Licence]:
    """Every entry of the certification sections, then what set phrases `elsewhere` name; each once."""
    found: list[Licence] = []
    seen: set[str] = set()
    for rows in sections:
        for group in paragraphs(rows):
            span = Span(group[0].body.start, group[-1].body.end)
            if span.end - span.start > _MOST:
                elsewhere = [*elsewhere, span]
                continue
            licence = _dated(text, span)
            if licence is not None and licence.name.casefold() not in seen:
                seen.add(licence.name.casefold())
                found.append(licence)
    for span in elsewhere:
        for pattern in (_KNOWN, _KNOWN_ANYCASE):
            for match in pattern.finditer(text, span.start, span.end):
                name = " ".join(match[0].strip(_EDGE).split())
                if len(name) > 80 or any(
                    name.casefold() in other or other in name.casefold() for other in seen
                ):
                    continue
                end = text.find("\n", match.end(), span.end)
                line = Span(match.start(), end if end >= 0 else span.end)
                dates = _dated(text, Span(line.start, min(line.end, match.end() + 40)))
                seen.add(name.casefold())
                place = Span(match.start(), match.start() + len(match[0].rstrip(_EDGE)))
                found.append(
                    Licence(name, place, dates.issued if dates else None, dates.expires if dates else None)
                )
    return found
