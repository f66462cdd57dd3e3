"""The degree an item asks for: level, fields, and whether experience may stand in for it."""

from __future__ import annotations

import re
from typing import NamedTuple

from matcher.roles.degree_fields import field_degrees
from matcher.roles.vocabulary import any_of
from matcher.types import DegreeLevel

_PATTERNS = (
    (DegreeLevel.HIGH_SCHOOL, any_of(r"""
        \bhigh[- ]school (?:diploma|degree|graduate|certificate|education|or (?:equivalent|GED))
        \bhigh school\b(?! (?:students?|teach|math|science))(?=.{0,80}\b(?:GED|diploma|equivalent|graduat))
        \bsecondary school (?:diploma|certificate)  \bGCSEs\b  \bGCSE (?:grades?|passes|in|or)\b
        \bA[- ]levels?\b(?= (?:or|in|grades?|qualif|standard))
        \bleaving certificate\b  \bmatric(?:ulation)?\b  \b12th (?:pass|standard)\b  \bhauptschulabschluss
        \brealschulabschluss
        \babitur\b  \bbaccalaur[ée]at\b(?! \w*\s?\+)  \bbachillerato\b  \bschool diploma\b
        \bGED\b(?= (?:or|required|certif))
    """)),
    (DegreeLevel.ASSOCIATE, any_of(r"""
        \bassociate'?s?(?: of (?:science|arts|applied science))?(?:'s)? degree  \bassociate'?s (?:or|in)\b
        \btwo-year degree  \b2-year degree  \b(?:HND|HNC|DipHE)\b  \bfoundation degree
        \b(?:college|advanced|national|technical|trade|nursing|polytechnic) diploma
        \bvocational training (?:as|in)\b  \bdiploma (?:in|of)\b  \b(?:an?) (?:\w+ )?diploma\b
        ^\W*diploma\b  \bbac\s?\+\s?2\b  \bBTS\b  \bDUT\b  \bberufsausbildung\b
        \babgeschlossene\b.{0,30}\bausbildung\b
        \bformaci[oó]n profesional\b  \bciclo formativo\b  \bausbildung (?:als|zu[mr])\b
    """)),
    (DegreeLevel.BACHELOR, any_of(r"""
        \bbachelor(?:'?s)?\b  \bbaccalaureate\b(?= degree)  \bundergraduate degree  \bfour-year degree
        \b4-year (?:college )?degree
        \bhonou?rs degree  \b(?:first|university|college|good|relevant|science|engineering|law|nursing|
        technical|related|
        undergraduate|numerate|quantitative|recognised|accredited|business|finance|academic|stem|
        tertiary) degree\b
        (?<!high )(?<!advanced )(?<!graduate )(?<!high[- ]level )\bdegree[- ](?:in|or|level|qualified|
        educated|qualification|
        from|preferred|required|is|with)\b  \b(?:a|the|hold|have|complete[d]?) degree\b(?! of)
        ^\W*degree\b(?! of)
        \bB\.?\s?Tech\b  \bB\.E\.?\s?/  \bB\.?\s?Com\b  \bB\.?\s?Eng\b  \bB\.?Sc\b  \bB\.?Sc?\.?N\b
        \bB\.?S\.?W\b
        \bLL\.?B\b  \bBBA\b  \bBCA\b
        \bB\.Ed\b  \bBEd\b  \bB\.?Arch\b  \bbac\s?\+\s?3\b  \blicence (?:en|de)\b  \bgrado en\b
        \blicenciatur
        \btitulaci[oó]n (?:universitaria|superior)  \bgraduate (?:in|of)\b  \b(?:hochschul)?studium\b
        \bhochschulabschluss\b
        \buniversity (?:graduate|education|qualification)  \bgraduation\b(?= in)
    """)),
    (DegreeLevel.MASTER, any_of(r"""
        \bmaster'?s\b(?! of ceremon)  \bmaster (?:of (?:science|arts|applied|business|public|social|laws|
        engineering|education|fine|
        nursing|architecture|health|finance|library|information|
        divinity|theology|music)|degree|in)\b  \bmaster-?(?:abschluss|studium)
        \b(?:graduate|advanced|postgraduate|post-graduate) (?:degree|qualification|diploma)
        \bM\.?\s?Tech\b  \bM\.?Eng\b
        \bM\.?Sc\b  \bM\.?B\.?A\b  \bM\.?P\.?H\b  \bM\.?S\.?W\b  \bM\.Ed\b  \bMEd\b  \bMFA\b  \bLL\.M\b
        \bLLM\b(?= (?:degree|in \w* ?law))
        \bMCA\b  \bMSN\b  \bMPA\b
        \bMPP\b  \bM\.?S?\.?L\.?I\.?S\b  \bMScN\b  \bMLS\b(?= (?:degree|from))
        \bbac\s?\+\s?5\b  \bm[áa]ster\b(?= (?:en|universitario))
        \bdiplom[- ]?(?:studium|ingenieur)
        \bdiplom\b(?= in)  \b[ée]cole d'ing[ée]nieur
    """)),
    (DegreeLevel.DOCTORATE, any_of(r"""
        \bPh\.?\s?D\b  \bdoctora(?:te|l degree|do)\b  \bdoctor of\b  \bJ\.\s?D\b  \bjuris doctor
        \bPharm\.?\s?D\b  \bM\.D\b
        \bEd\.?D\b  \bPsy\.?D\b  \bD\.?N\.?P\b  \bD\.?V\.?M\b  \bD\.?D\.?S\b
        \bDr\.?P\.?H\b
        \bpromotion (?:in|abgeschlossen)  \bdoctorat\b
        \bD\.?Phil\b  \bMBBS\b
    """)),
    # Initials that are common words or states elsewhere: only in this case, and with a subject after them.
    (DegreeLevel.ASSOCIATE, any_of(r"\b(?:AA|AS|AAS|A\.A\.?S?\.?|A\.S\.)(?= (?:degree|in\b)|/)", re.NOFLAG)),
    (DegreeLevel.BACHELOR, any_of(
        r"\b(?:BS|BA|B\.S\.|B\.A\.|BE|B\.E\.|BFA|AB)(?=\s*(?:/|,|\(|degree\b|in\b|or\b|and\b|\.?$)|[/,])",
        re.NOFLAG)),
    (DegreeLevel.MASTER, any_of(
        r"\b(?:MS|MA|M\.S\.|M\.A\.|M\.E\.)(?=\s*(?:/|\(|degree\b|in [a-z]|in [A-Z][a-z]+ (?:[A-Z]|or|and|"
        r"preferred)|or (?:PhD|Ph|MBA|M\.|higher)|preferred|and\b)|,? (?:MBA|PhD|Ph\.D))", re.NOFLAG)),
    (DegreeLevel.DOCTORATE, any_of(
        r"(?:^|(?<=[,/(] )|(?<=\bor )|(?<=\ba )|(?<=/))(?:JD|MD|DO)(?=\s*(?:/|,|\(|degree\b|from\b|"
        r"required|preferred|or\b|with\b|$))", re.NOFLAG)),
)  # fmt: skip
_NOT_DEGREE = any_of(r"""
    \b(?:high|greater|certain|some|large|fair|strong|appropriate) degree of\b  (?<!level )\b\d+[- ]degrees?\b
    \bdegrees? (?:celsius|fahrenheit)
    \bdegree program(?:me)?s?\b(?= (?:admin|manag|develop))  \bdegree apprentic  \bscrum master'?s?\b
    \bcurrently (?:pursuing|enrolled)
""")
_EQUIVALENT = any_of(r"""
    \bequivalent\b  \bequivalence\b  \bin lieu of\b
    \bcomparable (?:experience|qualification|training|combination)
    \bor (?:relevant|related|significant|commensurate|extensive|practical|similar|proven|professional|
    demonstrable|qualified|
    \d+\+?|\w+ years|work|hands-on) [\w ]{0,24}?(?:experience|background|training|qualification)
    \bvergleichbar  \bgleichwertig
    \b[ée]quivalent  \bequivalente\b  \bor something similar\b  \bor (?:by|through|with) experience\b
    \bor the experience\b
    \b(?:or|/) experience\b
    \bor (?:an? )?(?:at least |minimum (?:of )?|more than |over )*(?:\d+|two|three|four|five|six|seven|eight|
    nine|ten)(?: \(\d+\))?\+? (?:or more )?(?:years|yrs)\b
    ^(?:(?!associate|bachelor|degree|diploma|master)[^.;]){0,120}\b(?:experience|years)\b(?:(?!associate|
    bachelor|degree|diploma|master)[^.;]){0,60}\bor (?:an? )?(?:[\w'-]+ ){0,2}?degree\b
""")
_FIELDS = re.compile(
    r"\b(?:degrees?|bachelor'?s?|master'?s?|diploma|BEng|MEng|B\.?Sc\.?|M\.?Sc\.?|BS|BA|MS|MA|B\.?Tech|"
    r"MBA|Ph\.?D\.?|HND|qualification|bachelor of \w+|associate'?s?|studium|grado|degree \([^)]*\))(?: "
    r"level)?(?: qualification)?,? (?:in|en|der|des|d')\s+(?P<fields>[^.;()]+)",
    re.I,
)
_OF_FIELD = re.compile(
    r"\b(?:Bachelor|Master|Doctor|Associate) of (?:Science|Arts|Applied Science|Philosophy) (?:degree "
    r")?in (?P<fields>[^.;()]+)",
    re.I,
)
_FIELD_CUT = re.compile(
    r"\b(?:from|with|or (?:an? )?(?:equivalent|relevant|related|similar|trade|comparable|closely)|and "
    r"(?:\d|at least|the|an?)|plus|required|preferred|is|are|would|obtained|desired|strongly|oder "
    r"(?:eine )?vergleichbar\w*|desirable|including|by|combined|along|but|as|at|who|or (?:demonstrated|"
    r"significant|commensurate|extensive|higher|experience|something|at least|a? ?minimum|more than|over|two|"
    r"three|four|five|six|seven|eight|nine|ten|\d)|together)\b.*$",
    re.I,
)
_FIELD_SPLIT = re.compile(r",\s*(?:or\s+|and\s+|oder\s+|ou\s+|o\s+)?|\s+(?:or|oder|ou|o)\s+|\s*/\s*", re.I)
_FIELD_EDGES = re.compile(r"^(?:an?|the|either)\s+|\s+(?:and|or)$|[\s,]+$", re.I)
_VAGUE = re.compile(
    r"^(?:an?\s+|the\s+|any\s+|another\s+)?(?:closely\s+)?(?:related|relevant|similar|quantitative|"
    r"technical|appropriate|other|comparable|allied|suitable|numerate|equivalent)\b.*$|^(?:an?|any) "
    r"(?:\w+ )?(?:field|discipline|subject|area)\b.*$|^(?:the )?like$|\bfield\b|\bdiscipline\b|\bsubject\b|"
    r"^one of",
    re.I,
)
_HIGHER_DEGREE = re.compile(
    r"\b(?:master'?s?|graduate|advanced|doctoral|postgraduate|associate'?s?|MBA|Ph\.?D\.?|MSc|PharmD|law|"
    r"MPH|MSW|MLS|MLIS|MPA|MPP|M\.?Ed\.?|MFA|LL\.?M\.?|MSN|DNP|Ed\.?D\.?|Psy\.?D\.?|"
    r"MS|MA|JD|doctorate|J\.D\.|"
    r"(?:master|doctor|associate)'?s? of (?:[\w&]+ ){0,4}?[\w&]+)"
    r"\s+(?:degree|qualification)(?:[- ](?:in|or|level|qualified|educated|from|"
    r"preferred|required|is|with))?",
    re.I,
)


# Degrees whose own name says the field.
_NAMED_FIELDS = (
    ("law", any_of(r"\bjuris doctor\b  \bJ\.\s?D\b  \bLL\.?[BM]\b  \blaw degree\b")),
    ("law", any_of(r"\bJD\b", re.NOFLAG)),
    ("nursing", any_of(r"\b[BM]\.?Sc?\.?N\b  \bD\.?N\.?P\b  \bA\.?D\.?N\b")),
    ("library science", any_of(r"""
        \bM\.?S?\.?L\.?I?\.?S\b(?!:)  \bmaster'?s? of library (?:and information )?(?:science|studies)
    """)),
    ("social work", any_of(r"\b[BM]\.?S\.?W\b  \b(?:bachelor|master)'?s? of social work\b")),
    ("public health", any_of(r"\bM\.?P\.?H\b  \bDr\.?P\.?H\b  \bmaster'?s? of public health\b")),
    ("public administration", any_of(r"\bMPA\b  \bmaster'?s? of public administration\b")),
    ("public policy", any_of(r"\bMPP\b  \bmaster'?s? of public policy\b")),
    ("fine arts", any_of(r"\b[BM]FA\b  \b(?:bachelor|master)'?s? of fine arts\b")),
    ("education", any_of(r"""
        \b[BM]\.?Ed\b  \bEd\.?D\b  \b(?:bachelor|master|doctor)'?s? of education\b
    """)),
    ("architecture", any_of(r"\b[BM]\.?Arch\b  \b(?:bachelor|master)'?s? of architecture\b")),
    ("engineering", any_of(r"\b[BM]\.?Eng\b")),
    ("commerce", any_of(r"\bB\.?\s?Com\b")),
    ("computer applications", any_of(r"\b[BM]CA\b")),
    ("veterinary medicine", any_of(r"\bD\.?V\.?M\b")),
    ("dentistry", any_of(r"\bD\.?D\.?S\b")),
    ("psychology", any_of(r"\bPsy\.?D\b")),
    ("pharmacy", any_of(r"\bPharm\.?\s?D\b  \bdoctor of pharmacy\b")),
    ("medicine", any_of(r"\bdoctor of medicine\b  \bMBBS\b")),
    ("medicine", any_of(r"\bMD\b|\bM\.D\b", re.NOFLAG)),
    ("business", any_of(r"\bM\.?B\.?A\b  \bBBA\b  \b(?:bachelor|master)'?s? of business administration\b")),
)  # fmt: skip
_OWN_DEGREE = re.compile(r"\0(?:'?s)?(?: degrees?\b)?", re.IGNORECASE)


class Degree(NamedTuple):
    """Level None: no degree is asked for."""

    level: DegreeLevel | None
    fields: tuple[str, ...] = ()
    or_equivalent: bool = False


def _fields(text: str) -> tuple[str, ...]:
    found = _OF_FIELD.search(text) or _FIELDS.search(text)
    if found is None:
        return ()
    names = []
    for name in _FIELD_SPLIT.split(_FIELD_CUT.sub("", found["fields"])):
        field = _FIELD_EDGES.sub("", name.strip()).strip()
        if field and not _VAGUE.search(field) and len(field.split()) <= 5:
            names.append(field)
    return tuple(names[:8])


def _named_field(text: str) -> tuple[str, ...]:
    """The fields that the degrees' own names say, where the text names no degree beside them."""
    rest = text
    fields: list[str] = []
    for field, pattern in _NAMED_FIELDS:
        shorter = pattern.sub("\0", rest)
        if shorter != rest:
            rest = _OWN_DEGREE.sub(" ", shorter)
            if field not in fields:
                fields.append(field)
    return tuple(fields) if not _levels(rest) else ()


def _levels(text: str) -> set[DegreeLevel]:
    return {level for level, pattern in _PATTERNS if pattern.search(text)}


def degree(text: str) -> Degree:
    """The lowest degree that satisfies the item ("BEng or MEng" asks for a bachelor's).

    A degree named by its field alone ("a culinary degree") is one of any level: the lowest is an associate's.
    """
    plain = _NOT_DEGREE.sub(" ", text.replace("’", "'"))
    equivalent = _EQUIVALENT.search(plain) is not None
    named = field_degrees(plain)
    levels = _levels(named.rest)
    if named.fields and not levels:
        return Degree(DegreeLevel.ASSOCIATE, _fields(plain) or named.fields, equivalent)
    one = len(re.findall(r"(?i)\bdegrees?\b", plain)) == 1 and "degree" in named.rest.lower()
    if not (named.fields and one):
        levels = _levels(plain)
    higher = levels & {DegreeLevel.MASTER, DegreeLevel.DOCTORATE, DegreeLevel.ASSOCIATE}
    if (
        higher
        and DegreeLevel.BACHELOR in levels
        and DegreeLevel.BACHELOR not in _levels(_HIGHER_DEGREE.sub(" ", plain))
    ):
        # "Master's degree in law": the word "degree" names no bachelor's beside the master's.
        levels.discard(DegreeLevel.BACHELOR)
    if not levels:
        return Degree(None)
    lowest = min(levels, key=lambda level: level.rank)
    fields = _fields(plain) or _named_field(plain) or (named.fields if one else ())
    return Degree(lowest, fields, equivalent)
