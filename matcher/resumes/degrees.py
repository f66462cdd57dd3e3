"""Degrees: which level of education a wording names, in the abbreviations of many countries."""

from __future__ import annotations

import re
from typing import NamedTuple

from matcher.types import DegreeLevel

_L = DegreeLevel
_B, _E = r"(?<![^\W_])", r"(?![^\W_])"
# What degrees are of; it is the field, too, where none follows.
_OF = (
    r"(?: ?of ?| in )(?:applied arts and sciences|arts and applied sciences?|applied sciences?"
    r"|arts and sciences?|business administration|fine arts"
    r"|public administration|public health|social work|computer applications|health administration"
    r"|library science"
    r"|business management|administrative sciences?|general studies|occupational studies|professional studies"
    r"|liberal arts"
    r"|information technology|engineering|technology|education|commerce|sciences?|arts?|laws?|philosophy"
    r"|nursing|architecture"
    r"|music|divinity|medicine|pharmacy|theology|design|business|management|administration|accounting"
    r"|economics|letters"
    r"|nursing practice|dental surgery|dental medicine|veterinary medicine|physical therapy|ministry)"
)

# Highest first: "PhD" decides over the "Master" it may stand beside. Full words ignore case, abbreviations
# do not.
_WORDS: tuple[tuple[DegreeLevel, str], ...] = (
    (
        _L.DOCTORATE,
        r"ph\.?\s?d\.?|d\.?\s?phil\.?|doctora(?:te|l)(?: degree| studies| program(?:me)?)?"
        r"|doctor(?:['’]?s)?(?: degree)?"
        + _OF
        + r"(?: degree)?|doctor(?:['’]?s) degree|doctorat|doctorado|doutorado|dottorato(?: di ricerca)?"
        r"|promotion zum"
        r"|habilitation"
        r"|juris doctor(?:ate)?|doctor of (?:medicine|pharmacy|philosophy|education|nursing practice"
        r"|dental \w{1,40})"
        r"|博士(?:学位|研究生)?|박사|doutor|doctorandus|post-?doc(?:toral)?",
    ),
    (
        _L.MASTER,
        r"master(?:['’]?s|s['’])?(?: degree)?(?:" + _OF + r")?(?: degree| program(?:me)?)?|maestr[íi]a"
        r"|mestrado|m[áa]ster"
        r"|laurea magistrale|laurea specialistica|magister|mastère|diplom(?:-?ingenieur| ingenieur"
        r"|-?kauf\w{1,40}"
        r"|-?informatik\w{0,40})?"
        r"(?= ?\(fh\)| ?\(univ|-)|diplôme d['’]ingénieur|staatsexamen|post-?graduate (?:degree|diploma)|pgdm"
        r"|pgdbm"
        r"|postgrado|graduate (?:degree|diploma)|硕士(?:学位|研究生)?|修士|석사|drs\.|magistrale|magistère"
        r"|specialist degree",
    ),
    (
        _L.BACHELOR,
        r"bachelor(?:['’]?s|s['’])?(?: degree)?(?:" + _OF + r")?(?: degree)?"
        r"|baccalaureate(?! diploma)(?: degree)?|bakkalaure\w{1,40}"
        r"|undergraduate(?: degree| studies)?|laurea(?: triennale| breve)?|licence(?= (?:de|en|prof|d['’]|3"
        r"|degree))"
        r"|licenciatura|licenciad[oa](?= en)|grado en|diplomatura|bacharel(?:ado)?|licenciado"
        r"|ingenier[íi]a en|ingeniero en"
        r"|b\.?tech|honou?rs degree|first class honou?rs|本科|学士(?:学位)?|學士|학사|4[- ]year degree"
        r"|four[- ]year degree"
        r"|graduat(?:e|ed)(?= (?:as b|with b))|hbo|fachhochschulabschluss|engineer(?:'s)? degree|bs/ms"
        r"|post[- ]?bac\w{0,40}",
    ),
    (
        _L.ASSOCIATE,
        r"associate(?:['’]s|s['’]?)(?: degree)?(?:"
        + _OF
        + r")?(?: degree)?|associate(?: degree)?"
        + _OF
        + r"(?: degree)?|associate (?:degree|of|in)"
        r"|associate(?=\s{0,9}(?:[:,|\t(]|$))|foundation degree"
        r"|higher national diploma"
        r"|bts|d\.?u\.?t\.?(?= )|polytechnic diploma|advanced diploma|t[ée]cnico superior|tecn[óo]logo"
        r"|(?:two|2)[- ]year degree"
        r"|大专|专科|diploma (?:in|of)|national diploma|mbo|some college|vocational (?:degree|diploma)"
        r"|trade (?:school )?diploma",
    ),
    (
        _L.HIGH_SCHOOL,
        r"high[- ]?school(?: diploma| degree| equivalen\w{1,40}| graduate)?|secondary (?:school"
        r"|education)(?: certificate| diploma)?"
        r"|g\.?e\.?d\.?|hsc|ssc|ssce|hsd|gcses?|a[- ]levels?|o[- ]levels?|abitur|matura|matur[ií]tn[íi]"
        r"|baccalaur[ée]at"
        r"|bachillerato|ensino m[ée]dio|general education\w{0,40} d\w{1,40}|higher secondary|senior secondary"
        r"|intermediate(?= \()"
        r"|matriculation|matric|leaving certificate|vwo|havo|maturit[àa]|fachabitur|realschul\w{1,40}"
        r"|mittlere reife|高中|高校"
        r"|international baccalaureate(?: diploma)?|ib diploma|12th(?: grade| standard| std)?|10th(?: grade"
        r"| standard| std)?"
        r"|class (?:xii|x|12|10)(?:th)?|grade 12|diploma(?= (?:from )?[a-z]{1,40} high school)",
    ),
)
_ABBREVIATIONS: tuple[tuple[DegreeLevel, str], ...] = (
    (
        _L.DOCTORATE,
        r"M\.?D\.?|J\.?D\.?|Ed\.?D\.?|Psy\.?D\.?|D\.?B\.?A\.?|D\.?N\.?P\.?|Pharm\.?\s?D\.?|D\.?D\.?S\.?"
        r"|D\.?M\.?D\.?|D\.?V\.?M\.?"
        r"|D\.?Sc\.?|Sc\.?D\.?|D\.?P\.?T\.?|D\.?Eng\.?|Dr\.?\s?(?:rer|med|phil|iur|Ing)\b\.?[\w. -]{0,10}"
        r"|D\.O\.|O\.D\.|Au\.?D\.?|D\.?M\.?A\.?"
        r"|Dr\.?P\.?H\.?|D\.?S\.?W\.?|Th\.?D\.?|LL\.?D\.?|S\.?J\.?D\.?",
    ),
    (
        _L.MASTER,
        r"M\.?\s?B\.?\s?A\.?|M\.?\s?Sc\.?\s?Eng\.?|M\.?\s?Sc?\.?(?:c\.?)?|MSc|M\.?\s?A\.?|M\.?\s?Eng\.?|M\.?\s?Tech\.?"
        r"|M\.?\s?Ed\.?|M\.?\s?F\.?A\.?|M\.?\s?P\.?H\.?"
        r"|M\.?P\.?A\.?|M\.?P\.?P\.?|M\.?S\.?W\.?|M\.?S\.?N\.?|LL\.?\s?M\.?|M\.?\s?Phil\.?|M\.?\s?Com\.?"
        r"|M\.?C\.?A\.?|M\.?\s?Arch\.?|M\.?Res\.?"
        r"|M\.?S?\.?L\.?I\.?S\.?|M\.?S?\.?L\.?S\.?|M\.?Sc\.?N\.?|M\.?S\.?Ed\.?|M\.?Acc?y?\.?|M\.?O\.?T\.?|MSOT|Ed\.?S\.?|MSCS"
        r"|MSEE|MSME|MSHA|MHSA|MHRM|MSHR|MSHRM|MUP|MURP|MCRP|M\.?Th\.?|Th\.?M\.?|MSAcc?t?|MSTAT|MEM"
        r"|M\.?A\.?T\.?|M\.?H\.?A\.?|M\.?I\.?S|M\.?Div\.?|M\.?\s?S\.?\s?E\.?|S\.?M\."
        r"|M\.?Pharm\.?|M\.?B\.?I\.?|MSIS|MIM|EMBA|MFin|MMath"
        r"|MSci|M\.?\s?Plan\.?|Mag\.|Dipl\.?[- ](?:Ing|Inf|Kfm|Kffr|Kff|Phys|Math|Psych|Chem|Biol"
        r"|Wi)[\w.-]{0,40}|M\.?D\.?S\.?|M\.?H\.?S\.?|M\.?P\.?S\.?|M\.?Mus\.?",
    ),
    (
        _L.BACHELOR,
        r"B\.?\s?Sc\.?\s?Eng\.?|B\.?\s?Eng\.?|B\.?\s?Sc?\.?(?:c\.?)?|BSc|B\.?\s?A\.?|B\.?\s?B\.?\s?A\.?|B\.?\s?Eng\.?|B\.?\s?E\.?"
        r"|B\.?\s?Tech\.?"
        r"|B\.?\s?Ed\.?|B\.?\s?F\.?\s?A\.?|B\.?\s?Com\.?m?\.?"
        r"|LL\.?\s?B\.?|B\.?S\.?N\.?|B\.?S\.?W\.?|B\.?\s?Arch\.?|B\.?C\.?A\.?|B\.?\s?Pharm\.?|MBBS"
        r"|M\.B\.B\.S\.?|MBChB|MB BCh|B\.?D\.?S\.?|B\.?H\.?M\.?|B\.?M\.?S\.?"
        r"|B\.?\s?Mus\.?|B\.?C\.?S\.?|B\.?B\.?M\.?|A\.B\.|B\.?A\.?A\.?S\.?|B\.?S\.?E\.?E?\.?"
        r"|B\.?Sc\.?N\.?|B\.?S\.?Ed\.?|B\.?Acc\.?|BSCS|BSEE|BSME|BSCE|BSIT|BSIS|B\.?V\.?Sc\.?|B\.?Soc\.?Sc\.?|BSPH"
        r"|B\.?S\.?B\.?A\.?|B\.?I\.?T\.?|B\.?G\.?S\.?|B\.?H\.?Sc\.?|B\.?Des\.?|B\.?P\.?A\.?",
    ),
    (
        _L.ASSOCIATE,
        r"A\.?\s?A\.?\s?S\.?|A\.\s?A\.|AA|A\.\s?S\.|AS|A\.?D\.?N\.?|A\.?G\.?S\.?|A\.?O\.?S\.?|H\.?N\.?D\.?"
        r"|H\.?N\.?C\.?|A\.?B\.?A\.|ASN|Dip\.?H\.?E",
    ),
    (_L.HIGH_SCHOOL, r"G\.?E\.?D\.?|HSC|SSC|CBSE|ICSE|I\.?S\.?C\.|C\.B\.S\.E\.?"),
)
_PLAIN = re.compile(  # a diploma or certificate of no stated level
    rf"{_B}(?:post[- ]?graduate certificate(?: in education)?|pgcert|pgc(?:e|he)|graduate certificate"
    rf"|diploma supplement|diplom[ae]?|diplôme|certificat\w{{0,40}}"
    rf"|certified"
    rf"|credential"
    rf"|licen[sc]ed?|nursing diploma|technical degree|degree|teaching (?:credential|certificate)|minor"
    rf"|exchange|semester abroad"
    rf"|erasmus|coursework|studies in|major in|majoring in|concentration){_E}",
    re.IGNORECASE,
)
_WORD_PATTERNS = tuple((level, re.compile(rf"{_B}(?:{words}){_E}", re.IGNORECASE)) for level, words in _WORDS)
_ABBREVIATION_PATTERNS = tuple(
    (level, re.compile(rf"{_B}(?:{words})(?:\s?\((?:[Hh]ons?|[A-Z]{{1,4}})\.?\)|\s[Hh]on(?:our)?s\.?)?{_E}"))
    for level, words in _ABBREVIATIONS
)
_PLACE_CODE = re.compile(r",\s{0,9}(?:MA|PA|ME|MD|AL|MS|AS|BC|BA|CA)(?:\s{1,9}\d{5})?\s{0,9}(?:$|[\t|,;])")
_JOB = re.compile(
    r"(?:associate|master|graduate)s? (?:director|manager|professor|engineer|editor|teacher|attorney"
    r"|electrician)",
    re.I,
)


class Degree(NamedTuple):
    """A degree's wording: where it stands and what level it names (None: a diploma of no stated level)."""

    start: int
    end: int
    level: DegreeLevel | None


def find_degree(text: str, anycase: bool = False) -> Degree | None:
    """The first, and at one place the highest, degree that `text` names; None when it names none.

    `anycase` reads abbreviations in any case, for text that is known to be a degree.
    """
    found: list[Degree] = []
    barred = [match.span() for match in _PLACE_CODE.finditer(text)] + [m.span() for m in _JOB.finditer(text)]
    for level, pattern in _WORD_PATTERNS:
        match = pattern.search(text)
        if match and not any(a <= match.start() < b for a, b in barred):
            found.append(Degree(*match.span(), level))
    for level, pattern in _ABBREVIATION_PATTERNS:
        for match in pattern.finditer(text):
            if not any(a <= match.start() < b for a, b in barred) and _credible(text, match):
                found.append(Degree(*match.span(), level))
                break
    if not found and anycase:
        upper = text.upper()
        for level, pattern in _ANYCASE_PATTERNS:
            match = pattern.search(upper)
            if match:
                found.append(Degree(*match.span(), level))
    if found:
        first = min(found, key=lambda degree: degree.start)
        near = [degree for degree in found if degree.start < first.end + 3]
        best = max(near, key=lambda degree: (degree.end - degree.start >= 3, -degree.start, degree.end))
        return Degree(first.start, max(degree.end for degree in near if degree.start <= best.end), best.level)
    match = _PLAIN.search(text)
    return Degree(match.start(), match.end(), None) if match else None


_ANYCASE_PATTERNS = tuple(
    (level, re.compile(pattern.pattern, re.IGNORECASE)) for level, pattern in _ABBREVIATION_PATTERNS
)


def _credible(text: str, match: re.Match[str]) -> bool:
    """Short capitals alone ("AS", "BA", "MS") name a degree only where a degree can stand."""
    word = match[0]
    if "." in word or len(word) > 3 or word in {"BSc", "MSc", "MBA", "BBA", "PhD", "LLB", "LLM"}:
        return True
    before, after = text[: match.start()].rstrip(), text[match.end() :]
    starts = not before or before[-1] in ",|\t:;–—-(•/"
    leads = re.match(r"\.?\s{0,9}(?:in|of|,|:|-|–|—|\(|\||\t|$|[A-Z][a-z])", after) is not None
    return starts and leads
