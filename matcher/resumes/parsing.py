"""Document to Resume: sections first, then what each holds, then identity, then snippets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.resumes.contact import find_contact
from matcher.resumes.education import find_education
from matcher.resumes.headings import label_kind
from matcher.resumes.identity import find_identity
from matcher.resumes.institutions import INSTITUTION
from matcher.resumes.languages import find_languages
from matcher.resumes.licences import find_licences
from matcher.resumes.paragraphs import paragraphs
from matcher.resumes.positions import find_positions
from matcher.resumes.redaction import Mask
from matcher.resumes.rows import Row, rows_of, rows_within
from matcher.resumes.sections import split_sections
from matcher.resumes.skills import find_skills
from matcher.resumes.snippets import find_snippets
from matcher.resumes.templates import set_templates_aside
from matcher.types import Document, Education, Position, Resume, Section, SectionKind, Skill

_DOMAIN = re.compile(r"\.[a-z]{2,4}\b")
_MAY_BE_EXPERIENCE = (SectionKind.SUMMARY, SectionKind.OTHER)
_MAY_BE_EDUCATION = (
    SectionKind.CERTIFICATIONS,
    SectionKind.PUBLICATIONS,
    SectionKind.OTHER,
    SectionKind.SUMMARY,
)
_BRIEF = (SectionKind.CONTACT, SectionKind.SUMMARY, SectionKind.SKILLS)
_STUDIES = (SectionKind.EDUCATION, SectionKind.CERTIFICATIONS)
_PAPERS = re.compile(r"\bpapers\b", re.IGNORECASE)
_PAPER = re.compile(
    r"\b(?:licen[sc]e|certificate|certification|certified|card|permit|ticket|valid|expires|endorsement)\b",
    re.IGNORECASE,
)
_COURSES = re.compile(
    r"^\W*(?:(?:professional|further|continuing|additional|relevant|specialized|online|other|technical)\s)*"
    r"(?:development|education|training|trainings|courses?|coursework|workshops?|seminars?)"
    r"(?:\s(?:and|&)\s(?:development|education|training|courses?|workshops?|seminars?))*\W*$",
    re.IGNORECASE,
)
_LOWER = re.compile(r"(?<![^\W_])[^\W\d_A-Z]{3,}(?![^\W_])")


def _inside(section: Section, rows: Sequence[Row]) -> list[Row]:
    start = section.heading.end if section.heading is not None else section.span.start
    return list(rows_within(rows, start, section.span.end))


def parse(document: Document, source: str) -> Resume:
    """The structure of a resume. `source` names it to people; the id comes from the file's content alone.

    Pure and total: any Document gives a Resume; what could not be read is None or absent.
    """
    text = document.text
    aside = [item.span for item in document.set_aside if item.span is not None]
    rows = rows_of(document)
    scored = tuple(row for row in rows if not any(row.span.overlaps(span) for span in aside))
    sections = _rekinded(text, split_sections(rows), scored)
    held: dict[SectionKind, list[list[Row]]] = {}
    for section in sections:
        held.setdefault(section.kind, []).append(_inside(section, scored))

    above = [
        row
        for section in sections
        if section.heading is None and section.kind is not SectionKind.CONTACT
        for row in _inside(section, scored)
    ]
    positions = _positions(text, held, above)
    education = _education(text, held)
    skills: list[Skill] = []
    for part in held.get(SectionKind.SKILLS) or _labelled(held):
        names = {skill.name.casefold() for skill in skills}
        skills += [skill for skill in find_skills(text, part) if skill.name.casefold() not in names]
    body = [
        section.span
        for section in sections
        if section.kind not in (SectionKind.CONTACT, SectionKind.REFERENCES, SectionKind.LANGUAGES)
    ]
    own = [section.span for section in sections if section.kind is SectionKind.LANGUAGES]
    languages = find_languages(text, [*((span, True) for span in own), *((span, False) for span in body)])
    brief = [s.span for s in sections if s.kind in _BRIEF or (s.kind in _STUDIES and _is_papers(text, s))]
    listed = [
        _inside(section, scored)
        for section in sections
        if section.kind is SectionKind.CERTIFICATIONS and not _of_courses(text, section)
    ]
    licences = find_licences(text, listed, brief, body)

    lowercase = _lowercase(text)
    titles = frozenset(p.title.casefold() for p in positions if p.title is not None)
    contacts = [row for part in held.get(SectionKind.CONTACT, []) for row in part]
    found = find_contact(text, contacts, document.links, lowercase, titles)
    identity = find_identity(text, found)
    mask = Mask(text, identity)
    snippets = find_snippets(text, sections, rows, positions, mask, aside)
    kept, templates = set_templates_aside(document, snippets)
    return Resume(
        document=document,
        candidate_id="c" + document.sha256[:16],
        source=source,
        contact=found.contact,
        identity=identity,
        sections=sections,
        positions=tuple(positions),
        education=tuple(education),
        skills=tuple(skills),
        languages=tuple(languages),
        licences=tuple(item for item in licences if not any(item.span.overlaps(span) for span in aside)),
        snippets=tuple(kept),
        set_aside=(*document.set_aside, *templates),
    )


def _lowercase(text: str) -> frozenset[str]:
    """The words that the resume writes in lower case, addresses and links left out."""
    words = (word for word in text.split() if not ("@" in word or "/" in word or _DOMAIN.search(word, 1)))
    return frozenset(_LOWER.findall(" ".join(words)))


def _rekinded(text: str, sections: Sequence[Section], rows: Sequence[Row]) -> tuple[Section, ...]:
    """The sections, their kinds corrected by content: where none is experience, one with dated jobs is it."""
    result = list(sections)
    kinds = {section.kind for section in sections}
    for i, section in enumerate(result):
        if section.heading is None:
            continue
        part = _inside(section, rows)
        if SectionKind.EXPERIENCE not in kinds and section.kind in _MAY_BE_EXPERIENCE:
            jobs = any(p.period is not None and p.title is not None for p in find_positions(text, part))
            result[i] = replace(section, kind=SectionKind.EXPERIENCE) if jobs else section
        elif SectionKind.EDUCATION not in kinds and section.kind in _MAY_BE_EDUCATION:
            degrees = any(
                e.level is not None and e.institution is not None and INSTITUTION.search(e.institution)
                for e in find_education(text, part)
            )
            result[i] = replace(section, kind=SectionKind.EDUCATION) if degrees else section
        if SectionKind.CERTIFICATIONS not in kinds and _is_papers(text, result[i]):
            held = [row for row in part if not row.blank and label_kind(row.text) is None]
            if (
                result[i].kind is SectionKind.PUBLICATIONS
                and held
                and all(_PAPER.search(row.text) for row in held)
            ):
                result[i] = replace(section, kind=SectionKind.CERTIFICATIONS)
    return tuple(result)


def _is_papers(text: str, section: Section) -> bool:
    """True under "Papers", which are publications to some and licences or degrees to others."""
    heading = section.heading
    return heading is not None and _PAPERS.search(text, heading.start, heading.end) is not None


def _of_courses(text: str, section: Section) -> bool:
    """True under a heading that announces courses alone, whose entries are no licences."""
    return (
        section.heading is not None
        and _COURSES.search(text[section.heading.start : section.heading.end]) is not None
    )


def _positions(text: str, held: dict[SectionKind, list[list[Row]]], above: Sequence[Row]) -> list[Position]:
    """Positions of the experience sections and of dated headers above the first heading."""
    found = [p for part in held.get(SectionKind.EXPERIENCE, []) for p in find_positions(text, part)]
    found += [p for p in find_positions(text, above) if p.period is not None and p.title is not None]
    return sorted(found, key=lambda position: position.span)


def _labelled(held: dict[SectionKind, list[list[Row]]]) -> list[list[Row]]:
    """The paragraphs that begin "Skills: ..." within other sections."""
    return [
        group
        for kind in (
            SectionKind.SUMMARY,
            SectionKind.EDUCATION,
            SectionKind.CERTIFICATIONS,
            SectionKind.OTHER,
        )
        for part in held.get(kind, [])
        for group in paragraphs(part)
        if label_kind(group[0].text) is SectionKind.SKILLS
    ]


def _education(text: str, held: dict[SectionKind, list[list[Row]]]) -> list[Education]:
    return [entry for part in held.get(SectionKind.EDUCATION, []) for entry in find_education(text, part)]
