"""What kind of evidence a quote is: said of oneself, listed, certified, or described where it was done.

The place of a quote decides first (its section, its job, the job's dates); its words only tell a description
with an outcome from one without.
"""

from __future__ import annotations

import re
from enum import StrEnum

from matcher.types import Evidence, Position, Resume, SectionKind


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
        return list(EvidenceKind).index(self)


_BY_SECTION = {
    SectionKind.SKILLS: EvidenceKind.LISTED,
    SectionKind.LANGUAGES: EvidenceKind.LISTED,
    SectionKind.PUBLICATIONS: EvidenceKind.LISTED,
    SectionKind.INTERESTS: EvidenceKind.LISTED,
    SectionKind.EDUCATION: EvidenceKind.CREDENTIAL,
    SectionKind.CERTIFICATIONS: EvidenceKind.CREDENTIAL,
    SectionKind.AWARDS: EvidenceKind.CREDENTIAL,
}

# Praise of oneself: it asserts, wherever it stands.
_PRAISE = re.compile(
    r"^\W*(?:(?:a|an|very|highly|extremely|consistently) )?(?:ab(?:le|ility) to|adept|capable|committed to|"
    r"dedicated|detail[- ]oriented|dynamic|energetic|enthusiastic|excellent|exceptional|experienced|expert|"
    r"good|great|hard[- ]?working|knowledge of|outstanding|passionate|proficient|proven|quick|reliable|"
    r"resourceful|results[- ](?:driven|oriented)|self[- ]|skilled|solid|strong|superb|superior|talented|"
    r"team player|versatile|well[- ]organi[sz]ed)\b",
    re.IGNORECASE,
)
# What changed, said as done. With a quantity in the same quote it is an outcome.
_CHANGED = re.compile(
    r"\b(?:achiev|boost|cut|decreas|doubl|earn|eliminat|exceed|expand|gain|generat|grew|halv|improv|increas|lift|"
    r"lower|outperform|quadrupl|rais|recover|reduc|retain|sav|shorten|shrank|slash|surpass|tripl|won)"
    r"(?:e?d|ing|ped|s)?\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(r"\d|\b(?:half|twofold|threefold|tenfold|third|quarter|twice)\b", re.IGNORECASE)
# Words that lead from what was done to what came of it.
_LED_TO = re.compile(
    r"\b(?:resulting in|resulted in|leading to|which led to|so that|thereby|saving)\b"
    r"|\b(?:was|were|are|is|now|have been|has been) (?:promoted|adopted)\b"
    r"|\b(?:under|below|ahead of) (?:budget|schedule)\b|\bfrom \S{0,20}\d\S* to \S{0,20}\d",
    re.IGNORECASE,
)


def evidence_kind(evidence: Evidence, resume: Resume) -> EvidenceKind:
    """The kind of `evidence` quoted from `resume`."""
    known = _BY_SECTION.get(evidence.section)
    if known is not None:
        return known
    if not is_dated(position_of(evidence, resume)) or _PRAISE.match(evidence.text):
        return EvidenceKind.ASSERTED
    return EvidenceKind.OUTCOME if states_outcome(evidence.text) else EvidenceKind.DESCRIBED


def states_outcome(text: str) -> bool:
    """Whether a description says what came of the work: a change and a quantity, or words that lead to it."""
    if _LED_TO.search(text):
        return True
    return bool(_CHANGED.search(text) and _QUANTITY.search(text))


def position_of(evidence: Evidence, resume: Resume) -> Position | None:
    """The job that a quote stands under, or None."""
    index = evidence.position
    return resume.positions[index] if index is not None and 0 <= index < len(resume.positions) else None


def is_dated(position: Position | None) -> bool:
    """Whether the position says when it was."""
    return position is not None and bool(str(position.period or ""))
