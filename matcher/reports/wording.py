"""The words, signs and counts that every report shares, so that they say the same thing everywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from matcher.matching import EvidenceKind, evidence_kind, is_judged
from matcher.matching import leading_kind as leading_kind_of
from matcher.types import (
    Constraints,
    DegreeLevel,
    Evidence,
    Logistics,
    Match,
    MatchReport,
    Place,
    QualificationKind,
    Ranking,
    Resume,
    SectionKind,
    SetAsideKind,
    Verdict,
    WorkMode,
)

# Distinct in shape, so that no reader depends on colour; all in fonts that every system ships.
SIGNS = {
    Verdict.STRONG: "●",
    Verdict.PARTIAL: "◐",
    Verdict.CONTRADICTED: "✕",
    Verdict.NONE_FOUND: "○",
    Verdict.UNKNOWN: "?",
}

MEANINGS = {
    Verdict.STRONG: "the resume shows it, in the words quoted",
    Verdict.PARTIAL: "the resume shows a part of it, or something close to it",
    Verdict.CONTRADICTED: "the resume itself states less than is asked",
    Verdict.NONE_FOUND: "not enough was recognised; this never means that the person does not have it",
    Verdict.UNKNOWN: "too little of the resume could be read to say",
}

KINDS = {
    QualificationKind.REQUIRED: "Required",
    QualificationKind.PREFERRED: "Preferred",
    QualificationKind.RESPONSIBILITY: "Responsibilities",
}

SECTIONS = {kind: kind.value.capitalize() for kind in SectionKind} | {
    SectionKind.CONTACT: "Head of the resume",
    SectionKind.OTHER: "Other section",
}

SET_ASIDE = {
    SetAsideKind.HIDDEN_TEXT: "Hidden text",
    SetAsideKind.INSTRUCTION: "Text addressed to software",
    SetAsideKind.UNREADABLE_PAGE: "Page without readable text",
    SetAsideKind.TEMPLATE: "Unfilled template text",
    SetAsideKind.COPIED: "Copied from the posting",
}

DEGREES = {
    DegreeLevel.HIGH_SCHOOL: "high school diploma",
    DegreeLevel.ASSOCIATE: "associate degree",
    DegreeLevel.BACHELOR: "bachelor’s degree",
    DegreeLevel.MASTER: "master’s degree",
    DegreeLevel.DOCTORATE: "doctorate",
}

_WORK_MODES = {WorkMode.ONSITE: "on site", WorkMode.HYBRID: "hybrid", WorkMode.REMOTE: "remote"}

PERSON_DECIDES = "The software ranks and quotes; it never decides about anyone. A person does."
NONE_FOUND_MEANS = "“None found” never means “does not have it”: ask."

# Controls a terminal or a browser would obey, explicit bidirectional controls that could reorder the
# words around a quote, and lone surrogates (a file name that is not UTF-8). Tab and newlines stay.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SEPARATORS = re.compile(r"[/\\]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def encodable(text: str) -> str:
    """`text` with each lone surrogate replaced by U+FFFD: the same length, and UTF-8 can carry it."""
    return _SURROGATES.sub("\ufffd", text)


def visible(text: str) -> str:
    """`text` with each control character replaced by U+FFFD, so that a display can only show it."""
    return _CONTROLS.sub("\ufffd", text)


def folded(text: str, limit: int | None = None) -> str:
    """`text` on one line, visible, and cut after `limit` characters with an ellipsis."""
    line = " ".join(visible(text).split())
    if limit is None or len(line) <= limit:
        return line
    return line[: limit - 1].rstrip() + "…"


def short_sources(ranking: Ranking) -> dict[str, str]:
    """Each source by what tells it apart: its path below the folder that all of them share.

    A report is passed on; the folders of the machine it was made on are nobody's business.
    """
    sources = [report.source for report in ranking.reports] + [item.source for item in ranking.rejected]
    parts = [_SEPARATORS.split(source) for source in sources]
    shared = 0
    for level in zip(*(split[:-1] for split in parts), strict=False):
        if len(set(level)) > 1:
            break
        shared += 1
    return {source: "/".join(split[shared:]) for source, split in zip(sources, parts, strict=True)}


def candidate_name(report: MatchReport) -> str:
    """The candidate's name as the resume gives it, or the file's name where none was found."""
    name = folded(report.resume.contact.name or "")
    return name or folded(_SEPARATORS.split(report.source)[-1]) or "unnamed"


def count(number: int, noun: str, several: str | None = None) -> str:
    """A number with its noun: "1 quote", "2 quotes"; "1 person", "2 people" with `several`."""
    return f"{number} {noun if number == 1 else several or noun + 's'}"


def matches_of(report: MatchReport, kind: QualificationKind) -> list[Match]:
    """The report's matches for the qualifications of one kind that resumes are judged by, in their order."""
    return [
        match
        for match in report.matches
        if match.qualification.kind == kind and is_judged(match.qualification)
    ]


def kinds_in(reports: Iterable[MatchReport]) -> list[QualificationKind]:
    """The kinds of qualification that resumes are judged by, required first."""
    judged = (match.qualification for report in reports for match in report.matches)
    found = {item.kind for item in judged if is_judged(item)}
    return [kind for kind in QualificationKind if kind in found]


def leading_kind(report: MatchReport) -> QualificationKind:
    """The kind a report is summed up by: required, or the next that resumes are judged by."""
    return leading_kind_of(match.qualification for match in report.matches)


def verdict_counts(matches: Sequence[Match]) -> Counter[Verdict]:
    """How many of `matches` have each verdict."""
    return Counter(match.verdict for match in matches)


def counts_text(matches: Sequence[Match], resume: Resume) -> str:
    """How many of `matches` have each verdict: "5 strong, 2 partial (1 only said or listed), 1 none found".

    What the resume says of itself or lists, and tells no work of, is partial evidence like the rest; a reader
    should see at once how much of it there is.
    """
    counts = verdict_counts(matches)
    said = sum(match.verdict is Verdict.PARTIAL and is_only_said(match, resume) for match in matches)
    remark = {Verdict.PARTIAL: f" ({said} only said or listed)"} if said else {}
    return ", ".join(
        f"{counts[verdict]} {verdict}{remark.get(verdict, '')}" for verdict in Verdict if counts[verdict]
    )


def is_only_said(match: Match, resume: Resume) -> bool:
    """Whether all quotes for a match are assertions or entries of a list."""
    kinds = {evidence_kind(quote, resume) for quote in match.evidence}
    return bool(kinds) and kinds <= {EvidenceKind.ASSERTED, EvidenceKind.LISTED}


def assessed(report: MatchReport) -> tuple[int, int]:
    """How many qualifications of the leading kind could be assessed, and how many there are."""
    matches = matches_of(report, leading_kind(report))
    return len(matches) - verdict_counts(matches)[Verdict.UNKNOWN], len(matches)


def assessed_text(report: MatchReport) -> str:
    """ "5 of 11"."""
    return "{} of {}".format(*assessed(report))


def headline(report: MatchReport) -> str:
    """One line such as "Required: 5 strong, 1 partial, 1 none found, 1 unknown; assessed 7 of 8"."""
    kind = leading_kind(report)
    matches = matches_of(report, kind)
    if not matches:
        return "No qualification to assess"
    return f"{KINDS[kind]}: {counts_text(matches, report.resume)}; assessed {assessed_text(report)}"


def weight_text(weight: float) -> str:
    """A weight without needless decimals: "3", "0.5"."""
    return f"{weight:.4g}"


def pages_text(places: Sequence[Place]) -> str:
    """ "page 2", "pages 2–3", or "" for a format without pages."""
    pages = sorted({place.page for place in places})
    if not pages:
        return ""
    return f"page {pages[0]}" if len(pages) == 1 else f"pages {pages[0]}–{pages[-1]}"


def position_text(resume: Resume, index: int | None) -> str:
    """A job as "Title, Employer, Jan 2019 – present", of what could be read; "" for none."""
    if index is None or not 0 <= index < len(resume.positions):
        return ""
    position = resume.positions[index]
    parts = (position.title or "", position.employer or "", str(position.period or ""))
    return ", ".join(folded(part) for part in parts if part)


def place_text(evidence: Evidence, resume: Resume) -> str:
    """Where a quote stands: "page 2 · Title, Employer, Jan 2019 – present", or "page 2 · Education"."""
    job = position_text(resume, evidence.position)
    section = "" if job and evidence.section is SectionKind.EXPERIENCE else SECTIONS[evidence.section]
    return " · ".join(part for part in (pages_text(evidence.places), section, job) if part)


def set_aside_text(report: MatchReport) -> str:
    """A short warning such as "hidden text, page 2 unreadable", or "" when nothing was set aside."""
    found: list[str] = []
    for item in report.set_aside:
        said = SET_ASIDE[item.kind].lower()
        if item.kind is SetAsideKind.UNREADABLE_PAGE and item.places:
            said = f"{pages_text(item.places)} unreadable"
        if said not in found:
            found.append(said)
    return ", ".join(found)


def terms_of(terms: Logistics) -> list[str]:
    """The stated terms of a job in words, such as "hybrid" or "CHF 150,000–185,000 a year"."""
    found = [folded(terms.location)] if terms.location else []
    if terms.work_mode:
        found.append(_WORK_MODES[terms.work_mode])
    salary = _salary_text(terms)
    if salary:
        found.append(salary)
    if terms.visa_sponsorship is not None:
        found.append("visa sponsorship" if terms.visa_sponsorship else "no visa sponsorship")
    if terms.travel_percent is not None:
        found.append(f"travel up to {terms.travel_percent} %" if terms.travel_percent else "no travel")
    return found


def _salary_text(terms: Logistics) -> str:
    amounts = [amount for amount in (terms.salary_min, terms.salary_max) if amount is not None]
    if not amounts:
        return ""
    said = "–".join(dict.fromkeys(f"{amount:,.2f}".removesuffix(".00") for amount in amounts))
    if terms.salary_currency:
        said = f"{folded(terms.salary_currency)} {said}"
    if len(amounts) == 1:
        said = f"{'up to' if terms.salary_min is None else 'from'} {said}"
    if terms.salary_period:
        article = "an" if terms.salary_period == "hour" else "a"
        said += f" {article} {folded(terms.salary_period)}"
    return said


def constraint_texts(asked: Constraints) -> list[str]:
    """What a qualification lets us check against parsed facts, in words: ["at least 5 years"]."""
    found = []
    if asked.min_years is not None:
        upper = f" (asked: {asked.min_years:g}–{asked.max_years:g})" if asked.max_years is not None else ""
        found.append(f"at least {asked.min_years:g} years{upper}")
    if asked.degree:
        fields = f" in {' or '.join(folded(field) for field in asked.degree_fields)}" * bool(
            asked.degree_fields
        )
        equivalent = " or an equivalent" if asked.or_equivalent else ""
        found.append(f"{DEGREES[asked.degree]}{fields}{equivalent}")
    for names, either in ((asked.licences, asked.any_licence), (asked.languages, asked.any_language)):
        if names:
            found.append((" or " if either else " and ").join(folded(name) for name in names))
    return found
