"""Prose -> sentences, and what each says: a requirement, a preference, a duty, or neither."""

from __future__ import annotations

import re
from enum import StrEnum

from matcher.roles.kinds import MAX_CHARACTERS, Kind, cue
from matcher.roles.vocabulary import any_of

_STOP = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9£$€¿¡ÄÖÜÉÀ])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]\.)*(?:[A-Z]|e\.g|i\.e|etc|vs|approx|incl|Inc|Ltd|Co|Corp|Dr|Mr|Mrs|Ms|St|No|"
    r"Nos|Ph|Mt|Jr|Sr|Prof|Dept|min|max|z\.B|bzw|ca|inkl|Art|Abs|p\.ej|Sra?|Ste|B\.Sc|M\.Sc|"
    r"Ph\.D|yrs|exp|Eng|Tech|Ag)\.$"
)  # fmt: skip


class Speech(StrEnum):
    """What a sentence of prose says."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    DUTY = "duty"
    TRAIT = "trait"  # "You write well.": a requirement where its neighbours are requirements
    OTHER = "other"


_PERSON = (
    r"(?:you|candidates?|applicants?|the (?:successful |ideal |right |chosen |preferred |best "
    r")?(?:candidates?|applicants?|person|individual|hire|appointee|post ?holder|incumbent)|"
    r"(?:successful|ideal|qualified|suitable|best|strong) (?:candidates?|applicants?)|he or she|she or "
    r"he|he/she|they|we|anyone applying)"
)
_NEEDS = re.compile(
    r"\b(?:you|candidates?|applicants?|(?:the |an? )?(?:successful |ideal |right |chosen |qualified |"
    r"suitable |best )(?:candidates?|applicants?|person|individual|appointee)|the (?:candidate|applicant|"
    r"person|individual|appointee|post ?holder|incumbent)|he or she|she or he|he/she)\b(?:'ll| will| "
    r"would|'d)? ?(?:also |ideally |therefore |typically |normally )?(?:must(?: also)? (?:have|be|hold|"
    r"possess|know|bring|speak|demonstrate|show|complete|\w+)|need(?:s)? (?:an? |to (?:have|be|hold|know|"
    r"bring|speak|possess|demonstrate|show)|at least|experience|\w+ (?:years|experience|skills)|strong|"
    r"excellent)|should(?: also)? (?:have|be|hold|possess|know|bring|speak|demonstrate|understand|enjoy|"
    r"feel)|(?:will |would )?(?:also )?(?:have|has|hold|holds|possess|possesses|bring|brings) (?:an? |at "
    r"least|experience|strong|excellent|proven|demonstrated|extensive|solid|good|deep|led|worked|managed|"
    r"built|the ability|significant|several|some|minimum|between|over|more than|completed|previous|prior|"
    r"outstanding|relevant|substantial|\d|one|two|three|four|five|six|seven|eight|ten|[a-z]+ years)|"
    r"(?:is|are) (?:required|expected) to (?:have|hold|be|possess)|(?:will |would |'ll )?be (?:an? "
    r"(?:\w+ )?(?:experienced|qualified|registered|chartered|strong|confident|skilled|graduate|"
    r"excellent)|experienced|qualified|fluent|registered|chartered|proficient|able to|comfortable|"
    r"educated|skilled|adept|familiar))",
    re.I,
)  # fmt: skip
_WE_ASK = any_of(r"""
    \bwe (?:also )?(?:ask for|insist on|are looking for|'re looking for|are seeking|'re seeking)\b
    \bwhat we (?:do |really |also )?(?:ask|need|want|expect|look for)\b.{0,20}\b(?:is|are)\b
    \bwe (?:do|only|just) ask (?:that|for)\b
    \bwe (?:also )?(?:expect|require)\b(?! (?:all|our|staff|everyone|every|to|that|the|this|employees|
    proof|a writing|
    you to (?:be in|work|attend|come|spend)))  \bwe (?:also )?(?:need|want|seek|look for) (?:an?|someone|
    somebody|
    people|candidates|
    applicants|you to (?:have|be|know)|our next|at least|strong|\d|one who)\b
    \b(?:we're|we are) (?:also )?(?:looking|searching) for\b(?! ways)
    \bto (?:qualify|be considered|be eligible)\b,? ?(?:for \w+ \w+,? )?(?:you|applicants|
    candidates) (?:must|need|should|
    will)\b
    \b(?:minimum|at least) (?:of )?(?:\d+|one|two|three|four|five|six|seven|eight|
    ten) years?\b.{0,60}\b(?:experience|
    required)\b
    \bthis (?:role|position|job|post) (?:requires|calls for|demands|needs)\b(?! (?:travel|up to|
    some travel|you to))
    \b(?:role|position|job|work) (?:will )?requires? (?!travel|you|up|some)
    \bwir erwarten\b  \bvorausgesetzt\b  \bsetzen wir voraus\b  \bvoraussetzung ist\b
    \bnous (?:recherchons|exigeons|
    demandons)\b
""")
# "We are looking for an engineer to join our team": an invitation that asks for nothing.
_HIRING = re.compile(
    r"\b(?:looking for|seeking|searching for|to fill|need|hiring|want)\b[^.;,]{2,90}\b(?:to join|to help|"
    r"to lead|to support|to drive|to build|to own|to manage|to work|to run|to take|to oversee|to be part|"
    r"who will|for our)\b|\blooking to (?:fill|hire)\b",
    re.I,
)
_SKILL_MUST = re.compile(
    r"^(?!you|we|all|every|each|this|these)[A-Z](?:[\w '’/&()-]{2,60}?\bmust be\b|"
    r"[\w ,'’/&()-]{2,120}?\b(?:is a must|are a must|"
    r"is indispensable|are indispensable|(?:is|are) (?:strictly |absolutely |also )?(?:required|"
    r"essential|mandatory|necessary|imperative|expected|needed|a prerequisite|prerequisites|"
    r"non-negotiable|a requirement))\b)"
)  # fmt: skip
_EMPLOYER = re.compile(
    r"^(?:as an? .{3,60} )?(?:we|our|us|the (?:company|bank|firm|school|hospital|team|department|group)|"
    r"its|it)\b",
    re.I,
)
_NOT_DUTY = frozenset(
    """have be receive get enjoy earn join find love need hold possess bring become benefit thrive feel like
    learn see
    know want hear report never meet spend live get be love expect notice start""".split()
)
_WILL = re.compile(
    r"\b(?:you|he or she|she or he|he/she|they|(?:the|this|our) [\w -]{2,60}?)(?:'ll| will| shall|'d| "
    r"would)\s+((?:\w+ly|also|often|then|always|both|regularly|normally|"
    r"never)\s+)*(\w+)(?:\s+(\w+)(?:\s+(\w+))?)?",
    re.I,
)  # fmt: skip
_BE_DUTY = frozenset(
    (
        "responsible",
        "accountable",
        "charged",
        "tasked",
        "involved",
        "leading",
        "managing",
        "working",
        "building",
    )
)
_ROLE_DOES = re.compile(
    r"^(?:the|this) (?:role|position|job|post|incumbent|post ?holder|[\w' -]{3,40}?)\s+(?:also |then "
    r")?(?:supports?|leads?|manages?|oversees?|involves?|includes?|covers?|reports? on|coordinates?|"
    r"directs?|is (?:also )?(?:responsible|accountable)|owns?|runs?|drives?|develops?|provides?|serves?|"
    r"works? (?:closely )?with|ensures?|handles?|prepares?|maintains?|plans?|supervises?)\b|\b(?:comes? "
    r"with the job|falls? to you|part of the (?:job|role|work)|is yours|are yours)\b|^(?:your "
    r")?(?:duties|responsibilities|tasks) (?:will )?(?:include|are|cover)\b|^you are responsible for\b|"
    r"^responsible for\b",
    re.I,
)  # fmt: skip
_REPORTING = re.compile(r"^reporting (?:directly )?to [^,.]{3,60}, ", re.I)
_REPORTS = re.compile(r"\breport(?:s|ing)? (?:directly )?(?:in)?to (?:the|our|a)\b", re.I)
_TRAIT = re.compile(
    r"^(?:and |but )?(?:you(?:'re|'ve| are| have| can| know| write| edit| understand| enjoy| love| like| "
    r"speak| bring| hold| think| care| work| take| communicate| thrive| prefer| get| make| see| want| "
    r"value| pay| keep| stay| never| always| \w+)\b|(?:an?|the) (?:interest|ability|willingness|eye|head|"
    r"sense|love|passion|track record|degree|knowledge|understanding|appreciation|feel)\b|(?:sound|"
    r"strong|excellent|good|proven|solid|drafting|writing|communication|attention|experience|fluency|"
    r"fluent|knowledge|familiarity|discretion|patience|curiosity|tact)\b)",
    re.I,
)  # fmt: skip


def sentences(text: str) -> list[tuple[int, int]]:
    """The [start, end) of each sentence in `text`, in order."""
    found, at = [], 0
    for stop in _STOP.finditer(text):
        # Only the last word before the stop can be an abbreviation.
        if text[stop.start()] == "." and _ABBREVIATION.search(
            text[max(at, stop.start() - 14) : stop.start() + 1]
        ):
            continue
        end = stop.start() + len(stop[0].rstrip())
        found.append((at, end))
        at = stop.end()
    if text[at:].strip():
        found.append((at, len(text)))
    return found


def _duty(text: str) -> bool:
    text = _REPORTING.sub("", text)
    if _REPORTS.search(text):
        return False
    if _ROLE_DOES.search(text):
        return True
    for will in _WILL.finditer(text[:160]):
        verb = will[2].lower()
        if verb == "be":
            return (will[3] or "").lower() in _BE_DUTY or (will[3] or "").lower().endswith("ing")
        if verb == "have" and (will[3] or "").lower() in (
            "led",
            "worked",
            "managed",
            "built",
            "a",
            "an",
            "at",
            "experience",
        ):
            return False
        if will[1] and "never" in will[1].lower():
            return False
        return verb not in _NOT_DUTY and not (
            verb == "work" and (will[3] or "").lower() in ("from", "in", "at", "remotely")
        )
    return False


def speech(sentence: str) -> Speech:
    """What one sentence of prose says, by its own words."""
    text = sentence[:MAX_CHARACTERS].replace("’", "'").strip()
    if _HIRING.search(text):
        return Speech.OTHER
    said = cue(text)
    company = _EMPLOYER.match(text) is not None
    if said is Kind.PREFERRED and (not company or re.match(r"^we(?:'d| would)\b", text, re.I)):
        return Speech.PREFERRED
    if _NEEDS.search(text) and not company:
        return Speech.REQUIRED
    if _WE_ASK.search(text) or (_SKILL_MUST.match(text) and not company):
        return Speech.REQUIRED
    if said is Kind.REQUIRED and not company and not _duty(text):
        return Speech.REQUIRED
    if _duty(text):
        return Speech.DUTY
    return Speech.TRAIT if _TRAIT.match(text) else Speech.OTHER
