"""A Resume in the JSON Resume schema 1.0 (https://jsonresume.org/schema): only what was read."""

from __future__ import annotations

from datetime import date
from typing import Any

from matcher.resumes.experience import months_of_experience
from matcher.types import DegreeLevel, PartialDate, Period, Resume, SectionKind

_STUDY_TYPES = {
    DegreeLevel.HIGH_SCHOOL: "High school",
    DegreeLevel.ASSOCIATE: "Associate",
    DegreeLevel.BACHELOR: "Bachelor",
    DegreeLevel.MASTER: "Master",
    DegreeLevel.DOCTORATE: "Doctorate",
}


def _iso(written: PartialDate | None) -> str | None:
    if written is None:
        return None
    return f"{written.year:04d}" if written.month is None else f"{written.year:04d}-{written.month:02d}"


def _known(**fields: object) -> dict[str, object]:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _dates(period: Period | None) -> dict[str, object]:
    if period is None:
        return {}
    return _known(startDate=_iso(period.start), endDate=_iso(period.end))


def to_json_resume(resume: Resume, today: date) -> dict[str, Any]:
    """The resume as a JSON-ready dictionary. Dates are "2019-05" or "2019"; "Present" has no endDate.

    `meta` carries what the schema has no place for: the candidate id, and the months of experience on
    `today`.
    """
    text = resume.document.text
    contact = resume.contact
    profiles: list[dict[str, object]] = []
    url = None
    for link in contact.urls:
        host = link.split("//")[-1].removeprefix("www.").split("/")[0].casefold()
        known = {
            "linkedin.com": "LinkedIn",
            "github.com": "GitHub",
            "gitlab.com": "GitLab",
            "twitter.com": "Twitter",
        }
        full = link if "//" in link else f"https://{link}"
        if host in known:
            user = link.rstrip("/").split("/")[-1]
            profiles.append(_known(network=known[host], username=user if user != host else None, url=full))
        elif url is None:
            url = full
    summary = " ".join(s.text for s in resume.snippets if s.section is SectionKind.SUMMARY)
    basics = _known(
        name=contact.name,
        email=contact.emails[0] if contact.emails else None,
        phone=contact.phones[0] if contact.phones else None,
        url=url,
        summary=" ".join(summary.split()),
        location=_known(address=contact.location),
        profiles=profiles,
    )
    work = [
        {
            **_known(name=position.employer, position=position.title, location=position.location),
            **_dates(position.period),
            **_known(highlights=[" ".join(text[span.start : span.end].split()) for span in position.bullets]),
        }
        for position in resume.positions
    ]
    education = [
        {
            **_known(
                institution=entry.institution,
                area=entry.field,
                studyType=_STUDY_TYPES[entry.level] if entry.level is not None else None,
            ),
            **_dates(entry.period),
        }
        for entry in resume.education
    ]
    certificates = [_known(name=licence.name, date=_iso(licence.issued)) for licence in resume.licences]
    publications = [
        {"name": " ".join(s.text.split())} for s in resume.snippets if s.section is SectionKind.PUBLICATIONS
    ]
    meta = _known(
        candidateId=resume.candidate_id,
        source=resume.source,
        asOf=today.isoformat(),
        monthsOfExperience=months_of_experience(resume.positions, today),
    )
    return _known(
        **{"$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"},
        basics=basics,
        work=[entry for entry in work if entry],
        education=[entry for entry in education if entry],
        skills=[{"name": skill.name} for skill in resume.skills],
        languages=[_known(language=item.name, fluency=item.level) for item in resume.languages],
        certificates=certificates,
        publications=publications,
        meta=meta,
    )
