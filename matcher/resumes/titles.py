"""Is a stretch of text a job title or an employer? Evidence from head nouns and words of organisations."""

from __future__ import annotations

import re

from matcher.resumes.title_nouns import HEAD_NOUNS

_WORD = re.compile(r"[^\W\d_][^\W\d_'’.+#-]*(?:[-'’][^\W\d_]{1,40})*")
_PAREN = re.compile(r"\s{0,9}\([^()]{0,60}\)")
_LEVEL = re.compile(
    r"[\s,-]{1,9}(?:[IVX]{1,4}|[1-9]|\d{1,9}(?:st|nd|rd|th) class|e\d|p[1-9])$", re.IGNORECASE
)
_OF = re.compile(
    r"\s{1,9}(?:of|for|to|in|on|at|with|-|–|—|/|&|and|und|für|de|du|des|der|im|en|di|del|van|voor|pour"
    r"|para)\s{1,9}"
    r"|\s{0,9}/\s{0,9}|,\s{1,9}"
)
_RANK = re.compile(
    r"^(?:senior|sr|junior|jr|lead|chief|head|principal|associate|assistant|vice president|deputy|interim"
    r"|acting|staff"
    r"|executive|founding|founder|co-?founder|managing|graduate|postdoctoral|visiting|adjunct|registered"
    r"|certified"
    r"|licensed|president|owner|team lead|director|manager|leitend\w{1,40}|freelance|volunteer|student|summer"
    r"|intern)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:inc|incorporated|llc|l\.l\.c|llp|ltd|limited|plc|corp|corporation|co|company|companies|gmbh|ag|kg"
    r"|ug|e\.v|s\.?a|s\.?l"
    r"|sarl|sas|spa|s\.p\.a|s\.r\.l|srl|b\.?v|n\.?v|pty|pvt|holdings?|group|gruppe|groupe|grupo|gruppo"
    r"|associates"
    r"|partners|enterprises?|industries|international|solutions|systems|services|technologies|consulting"
    r"|university|universität|université|universidad|universidade|università|universiteit|college|institute"
    r"|institut"
    r"|instituto|istituto|school|schools|academy|hochschule|hospital|hospitals|clinic|klinik|klinikum"
    r"|hôpital|clínica"
    r"|medical center|health system|healthcare|center|centre|zentrum|bank|credit union|foundation|stiftung"
    r"|fund"
    r"|trust|ministry|ministerium|department|dept|agency|bureau|authority|council|commission|government|army"
    r"|navy"
    r"|air force|marines|national guard|guard|usaf|church|ymca|association|society|union|federation"
    r"|committee|club"
    r"|hotel|hotels|restaurant|café|cafe|grill|bistro|resort|airlines?|airways|motors|pharmacy"
    r"|pharmaceuticals"
    r"|stores?|supermarket|market|markets|mart|depot|laborator(?:y|ies)|labs?|studios?|media|press|news"
    r"|times|museum|library"
    r"|district|county|city of|state of|town of|insurance|financial|capital|ventures|realty|properties"
    r"|logistics"
    r"|construction|electric|energy|oil|foods?|bakery|salon|spa|gym|fitness|farms?|ranch|dairy|nursery"
    r"|software"
    r"|networks?|communications|telecom|interactive|digital|robotics|biotech|therapeutics|research|design"
    r"|homes?)\b\.?",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\b(?:inc|llc|l\.l\.c|llp|ltd|plc|corp|corporation|gmbh|ag|sarl|s\.r\.l|srl|b\.v|pty|pvt|university"
    r"|universität"
    r"|université|universidad|college|hospital|school|bank|company|& co|group|clinic|foundation"
    r"|ministry)\b\.?",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"^(?:self[- ]employed|freelance|independent|various (?:clients|employers))$", re.IGNORECASE
)
_DOMAIN = re.compile(
    r"^(?:www\.)?[\w-]{1,40}(?:\.[\w-]{1,40})*\.(?:com|org|net|io|ai|de|co|edu|gov|uk|fr|es|it|nl)$", re.I
)
# "Director, Marketing": what may stand after the comma of a title and still belong to it
_FUNCTION = re.compile(
    r"^(?:marketing|sales|operations|finance|engineering|human resources|hr|product|production|it|legal"
    r"|research"
    r"|development|r&d|communications|public relations|procurement|supply chain|quality|manufacturing"
    r"|strategy|risk"
    r"|compliance|customer success|customer service|business development|partnerships|data|analytics|design"
    r"|security"
    r"|infrastructure|platform|growth|accounting|tax|audit|treasury|nursing|admissions|programs?|europe|emea"
    r"|apac"
    r"|americas|north america|global|machine learning|ai|software|hardware|mobile|web|backend|frontend)\b",
    re.IGNORECASE,
)
# How a post is held: never an employer's name.
TERMS = re.compile(
    r"^(?:full[- ]time|part[- ]time|contract(?:or|ual)?|temporary|temp|permanent|seasonal"
    r"|remote|hybrid|on-?site|per diem|prn|casual|fixed[- ]term|apprenticeship"
    r"|vollzeit|teilzeit"
    r"|\d{1,9} (?:hours?|hrs?)\b.*|\d{1,9}\+? ?(?:years?|months?|yrs?|mos?)\b.*)$",
    re.IGNORECASE,
)


def _head(part: str) -> str | None:
    words = _WORD.findall(part)
    return words[-1].casefold().rstrip(".") if words else None


def _is_noun(word: str | None) -> bool:
    if word is None:
        return False
    return word in HEAD_NOUNS or (len(word) > 4 and word.endswith("s") and word[:-1] in HEAD_NOUNS)


def title_score(text: str) -> float:
    """How much `text` looks like a job title: 0 (nothing says so) to 3."""
    plain = _LEVEL.sub("", _PAREN.sub("", text).strip(" ,.-–"))
    words = _WORD.findall(plain)
    if not words or len(words) > 14:
        return 0.0
    score = 0.0
    if _is_noun(_head(plain)):
        score += 2.0
    else:
        parts = [part for part in _OF.split(plain) if part]
        if len(parts) > 1 and _is_noun(_head(parts[0])):
            score += 1.8
        elif len(parts) > 1 and any(_is_noun(_head(part)) for part in parts[1:]):
            score += 1.2
        elif any(_is_noun(word.casefold()) for word in words):
            score += 0.6
    if _RANK.match(plain):
        score += 0.7
    return score


def employer_score(text: str) -> float:
    """How much `text` looks like an organisation: 0 (nothing says so) to 3."""
    plain = text.strip(" ,.-–")
    score = 0.0
    if _LEGAL.search(plain):
        score += 1.6
    elif _ORGANISATION.search(plain):
        score += 0.9
    if _SELF.match(plain):
        return 2.0
    if _DOMAIN.match(plain):
        score += 1.5
    words = plain.split()
    if len(words) == 1 and plain.isupper() and 2 <= len(plain) <= 6 and not _is_noun(plain.casefold()):
        score += 0.4
    return score


def lean(text: str) -> float:
    """Above 0 towards a title, below 0 towards an employer."""
    title, employer = title_score(text), employer_score(text)
    if employer and title >= 1.8 and _is_noun(_head(_LEVEL.sub("", _PAREN.sub("", text).strip(" ,.-–")))):
        return title - employer * 0.6  # "Bank Teller", "School Counselor": the last word is what it is
    return title - employer


def looks_like_title(text: str) -> bool:
    """True when the text reads as a job title and not as an organisation."""
    return lean(text) >= 1.0


def is_function(text: str) -> bool:
    """True for a department or field that completes a title after a comma ("Director, Marketing")."""
    return bool(_FUNCTION.match(text)) and len(text.split()) <= 4 and employer_score(text) < 1.5
