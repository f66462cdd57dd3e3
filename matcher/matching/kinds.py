"""What kind of evidence a quote is: said of oneself, listed, certified, or described where it was done.

The place of a quote decides first (its section, its job, the job's dates); its words only tell praise from a
description, and a description with an outcome from one without. Headings and labels are no evidence at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from matcher.matching.praise import Praise, praise
from matcher.types import Evidence, Position, Resume, SectionKind, Snippet


class EvidenceKind(StrEnum):
    """Kinds of evidence, weakest first."""

    ASSERTED = "asserted"  # said of oneself, without a dated place where it was done
    LISTED = "listed"  # an entry of a list: skills, languages, publications
    CREDENTIAL = "credential"  # a degree, certificate, licence or award
    DESCRIBED = "described in a dated position"
    OUTCOME = "described with an outcome"

    @property
    def rank(self) -> int:
        """0 for the weakest kind, 4 for the strongest."""
        return _RANK[self]


_RANK = {kind: place for place, kind in enumerate(EvidenceKind)}

_BY_SECTION = {
    SectionKind.SKILLS: EvidenceKind.LISTED,
    SectionKind.LANGUAGES: EvidenceKind.LISTED,
    SectionKind.PUBLICATIONS: EvidenceKind.LISTED,
    SectionKind.INTERESTS: EvidenceKind.LISTED,
    SectionKind.EDUCATION: EvidenceKind.CREDENTIAL,
    SectionKind.CERTIFICATIONS: EvidenceKind.CREDENTIAL,
    SectionKind.AWARDS: EvidenceKind.CREDENTIAL,
}

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

# What changed, said as done. With a quantity in the same quote it is an outcome.
_CHANGED = re.compile(
    r"\b(?:achiev|boost|cut|decreas|doubl|earn|eliminat|exceed|expand|gain|generat|grew|halv|improv|increas|lift|"
    r"lower|outperform|quadrupl|rais|recover|reduc|retain|sav|shorten|shrank|slash|surpass|tripl|won)"
    r"(?:e?d|ing|ped|s)?\b",
    re.IGNORECASE,
)
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred)"
_QUANTITY = re.compile(
    rf"\d|\b(?:{_COUNT}|half|twofold|threefold|tenfold|third|quarter|twice)\b", re.IGNORECASE
)
# What goes wrong in work: that none of it did is what came of it.
_HARM = (
    r"(?:accident|breach|complaint|defect|delay|error|failure|fault|finding|incident|injur(?:y|ie)|lapse|loss(?:e)?|"
    r"mistake|outage|penalt(?:y|ie)|recall|rework|stoppage|violation)s?"
)
# Words that lead from what was done to what came of it, and outcomes that need no number.
_LED_TO = re.compile(
    r"\b(?:resulting in|resulted in|leading to|(?:which|that) (?:led to|brought)|so that|thereby|saving|"
    r"after which|as a result)\b"
    r"|\b(?:was|were|are|is|now|have been|has been) (?:promoted|adopted)\b"
    r"|\b(?:under|below|ahead of) (?:budget|schedule)\b"
    rf"|\bfrom (?:\S{{0,20}}\d\S*|{_COUNT}|half) to (?:\S{{0,20}}\d|{_COUNT}\b|none\b|zero\b)"
    r"|\b(?:fell|dropped|declined|rose|climbed|went (?:up|down)) (?:by|from|to)\b"
    rf"|\b(?:no|zero|without(?: an?| any| a single| one)?) (?:[\w-]+ ){{0,2}}?{_HARM}\b"
    r"|\bnone (?:of (?:them|these|which) )?(?:was |were )?"
    r"(?:failed|late|lost|missed|refused|rejected|returned)\b"
    r"|\bpass(?:ed|ing) (?:[\w-]+ ){1,3}?(?:audit|inspection)s?\b",
    re.IGNORECASE,
)


def evidence_kind(evidence: Evidence, resume: Resume) -> EvidenceKind:
    """The kind of `evidence` quoted from `resume`."""
    masked = (snippet.masked for snippet in resume.snippets if snippet.span == evidence.span)
    text = next(masked, evidence.text)
    return _kind(text, praise(text), evidence.section, position_of(evidence, resume))


def kinds_of(resume: Resume, said: Sequence[Praise | None]) -> list[EvidenceKind]:
    """The kind of evidence that each snippet of `resume` is, in order, given the `praise` of each."""
    return [
        _kind(snippet.masked, praised, snippet.section, _position(snippet.position, resume))
        for snippet, praised in zip(resume.snippets, said, strict=True)
    ]


def _kind(text: str, said: Praise | None, section: SectionKind, position: Position | None) -> EvidenceKind:
    if said is Praise.CHARACTER or section is SectionKind.SUMMARY:
        return EvidenceKind.ASSERTED
    known = _BY_SECTION.get(section)
    if known is not None:
        return known
    if said is Praise.MASTERY:
        return EvidenceKind.ASSERTED
    if section in _TOLD and _is_fragment(text):
        return EvidenceKind.LISTED
    if not is_dated(position):
        return EvidenceKind.ASSERTED
    return EvidenceKind.OUTCOME if states_outcome(text) else EvidenceKind.DESCRIBED


def is_heading(snippet: Snippet) -> bool:
    """Whether a line is a heading or a label, which is context and no evidence."""
    if _LABEL.fullmatch(snippet.text):
        return True
    return snippet.section in _TOLD and snippet.text.isupper() and bool(_CAPITALS.fullmatch(snippet.text))


def _is_fragment(text: str) -> bool:
    return len(text.split()) <= _FRAGMENT_WORDS and not _VERB.search(text) and not text.endswith(".")


def states_outcome(text: str) -> bool:
    """Whether a description says what came of the work: a change and a quantity, or words that lead to it."""
    if _LED_TO.search(text):
        return True
    return bool(_CHANGED.search(text) and _QUANTITY.search(text))


def position_of(evidence: Evidence, resume: Resume) -> Position | None:
    """The job that a quote stands under, or None."""
    return _position(evidence.position, resume)


def _position(index: int | None, resume: Resume) -> Position | None:
    return resume.positions[index] if index is not None and 0 <= index < len(resume.positions) else None


def is_dated(position: Position | None) -> bool:
    """Whether the position says when it was."""
    return position is not None and bool(str(position.period or ""))
