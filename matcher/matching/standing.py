"""What a line may prove, by the kind of evidence it is: words alone say what a line is about, its standing
says how far that speaks for the candidate.

Praise of oneself proves next to nothing; what is asserted or listed is partial evidence at most; and within
the band of partial evidence described work outranks a credential, a credential a list, a list an assertion.
"""

from __future__ import annotations

import re

from matcher.matching.kinds import EvidenceKind, evidence_kind
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT
from matcher.types import Evidence, Resume, SectionKind, Snippet

# The share of its strength that praise of oneself keeps: enough to be told from silence, less than a
# description keeps that the words recognise only faintly.
CLAIM = 0.02

# The highest that evidence of a kind reaches in the band of partial evidence, as a share of that band; the
# next kind begins there. Four equal steps, for the kinds are ordered and nothing says by how much.
_STEPS = {
    EvidenceKind.ASSERTED: (0.0, 0.2),
    EvidenceKind.LISTED: (0.2, 0.4),
    EvidenceKind.CREDENTIAL: (0.4, 0.6),
    EvidenceKind.DESCRIBED: (0.6, 0.8),
    EvidenceKind.OUTCOME: (0.8, 0.99),
}

# The same in the band of strong evidence.
_STRONG_STEPS = {
    EvidenceKind.CREDENTIAL: (0.0, 0.3),
    EvidenceKind.DESCRIBED: (0.3, 0.7),
    EvidenceKind.OUTCOME: (0.7, 1.0),
}

# Kinds of which no line alone is more than partial evidence.
AT_MOST_PARTIAL = frozenset({EvidenceKind.ASSERTED, EvidenceKind.LISTED})

_QUALITY = (
    r"adaptable|affable|ambitious|approachable|articulate|calm|caring|charismatic|committed|compassionate|"
    r"confident|conscientious|courteous|creative|curious|customer[- ](?:centric|focused|oriented)|dedicated|"
    r"dependable|detail[- ]oriented|determined|diligent|diplomatic|driven|dynamic|eager|easy[- ]?going|"
    r"empathetic|energetic|enthusiastic|flexible|friendly|guest[- ]centric|hard[- ]?working|helpful|honest|"
    r"innovative|keen|kind|loyal|meticulous|motivated|outgoing|passionate|patient|personable|"
    r"polite|positive|proactive|punctual|reliable|resilient|resourceful|responsible|"
    r"results[- ](?:driven|focused|oriented)|self[- ]\w+|sociable|thoughtful|tireless|trustworthy|versatile|"
    r"warm|well[- ](?:organi[sz]ed|spoken)"
)
_DEGREE = r"(?:a|an|be|being|i am|i'm|am|is|very|highly|extremely|truly|always|naturally|genuinely)"
# Praise that ascribes a quality of character; knowing a thing ("proficient in Excel") is no such praise.
_CLAIM = re.compile(
    rf"^\W*(?:{_DEGREE}\s+)*(?:"
    rf"(?:{_QUALITY})\b(?=\s*(?:$|[.,;&]|(?:about|and|at|attitude|in|individual|person|personality|"
    r"team player|to|under|when|with|worker)\b))"
    r"|(?:thrive|enjoy|love|believe|pride)s?\s+(?!as\b)(?=\w)|excels?\s+(?:at|in|under|when)\b"
    r"|(?:comfortable|happy|at ease|at (?:my|his|her) best)\b"
    r"|(?:interested in|interest in|looking (?:for|to)|hoping to|aspiring)\b"
    r"|(?:quick|fast|eager|lifelong) (?:learner|study|to learn)\b|quick to \w+"
    r"|(?:team player|people person|natural leader|born leader|go[- ]getter|problem[- ]solver)\b"
    r"|(?:ability|able|capable|capacity|willing(?:ness)?|desire|passion|love|talent|flair) (?:to|of|for)\b"
    r"|(?:excellent|exceptional|good|great|outstanding|solid|strong|superb|superior|effective)\s"
    r"(?:[\w&/,-]+\s){0,4}?(?:abilit(?:y|ies)|attitude|communicators?|demeanou?r|ethics?|listener|manners?|"
    r"personality|skills?|spirit|team player|work ethic)\b"
    r")",
    re.IGNORECASE,
)
# What was done, with whom or how often: a line that has it describes, whatever praise it begins with.
_DEED = re.compile(
    r"\d|\byears?\b|\b(?:and|who|while|by|when|after)\s+(?:have |has |had )?(?!skilled|experienced|motivated|"
    r"oriented|dedicated|driven|focused|organi[sz]ed|centered|minded)[a-z]{2,}ed\b"
    r"|\b(?:led|built|ran|taught|wrote|grew|won|made|held|sold|kept|took|gave|drove|brought)\b",
    re.IGNORECASE,
)

# A label: "Project Management:", with nothing after it.
_LABEL = re.compile(r"[\w\s&,/()'’-]{1,60}:\s*")
# A heading in capitals: "FLEET MANAGEMENT".
_CAPITALS = re.compile(r"[^\W\d_a-z]{2,}(?:[\s&,/'’-]+[^\W\d_]+){0,5}")
# So few words without a verb or a number name a thing and describe no deed: "Crisis intervention".
_FRAGMENT_WORDS = 3
_VERB = re.compile(
    r"(?:ed|ing)\b|\d|^\W*(?:led|built|ran|taught|wrote|grew|won|made|held|sold|kept|took|gave|drove|brought)\b",
    re.IGNORECASE,
)
# Where work is described, and a line that only names something describes nothing.
_TOLD = frozenset(
    {
        SectionKind.EXPERIENCE,
        SectionKind.OTHER,
        SectionKind.PROJECTS,
        SectionKind.SUMMARY,
        SectionKind.VOLUNTEERING,
    }
)


def is_claim(text: str) -> bool:
    """Whether a line praises its writer and tells of nothing done: "Passionate about coaching leaders"."""
    return _CLAIM.match(text) is not None and _DEED.search(text) is None


def is_heading(snippet: Snippet) -> bool:
    """Whether a line is a heading or a label, which is context and no evidence."""
    if _LABEL.fullmatch(snippet.text):
        return True
    return snippet.section in _TOLD and snippet.text.isupper() and bool(_CAPITALS.fullmatch(snippet.text))


def _is_fragment(text: str) -> bool:
    return len(text.split()) <= _FRAGMENT_WORDS and not _VERB.search(text) and not text.endswith(".")


def kinds_of(resume: Resume) -> list[EvidenceKind]:
    """The kind of evidence that each snippet of `resume` is, in order."""
    return [_kind(snippet, resume) for snippet in resume.snippets]


def _kind(snippet: Snippet, resume: Resume) -> EvidenceKind:
    if snippet.section is SectionKind.SUMMARY or is_claim(snippet.masked):
        return EvidenceKind.ASSERTED
    if snippet.section in _TOLD and _is_fragment(snippet.masked):
        return EvidenceKind.LISTED
    quote = Evidence(snippet.text, snippet.span, snippet.section, 0.0, "", (), snippet.position)
    return evidence_kind(quote, resume)


def held(value: float, kind: EvidenceKind, claim: bool) -> float:
    """The strength `value` of a line as far as its kind, and whether it is a `claim`, carry it."""
    if claim:
        return value * CLAIM
    if value < PARTIAL_AT:
        return value
    if value >= STRONG_AT and kind not in AT_MOST_PARTIAL:
        return _step(value, STRONG_AT, 1.0, STRONG_AT, 1.0, *_STRONG_STEPS[kind])
    top = 1.0 if kind in AT_MOST_PARTIAL else STRONG_AT
    return _step(value, PARTIAL_AT, top, PARTIAL_AT, STRONG_AT, *_STEPS[kind])


def _step(
    value: float, low: float, high: float, start: float, end: float, begin: float, stop: float
) -> float:
    """`value`, `low` to `high`, moved to the step from `begin` to `stop` of the band `start` to `end`."""
    share = begin + (stop - begin) * (value - low) / (high - low)
    return start + share * (end - start)
