"""The nouns of a resume: sections, positions, education, identity, snippets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from matcher.types.documents import Document, SetAside, Span


class SectionKind(StrEnum):
    """What a section of a resume is about."""

    CONTACT = "contact"  # the block above the first heading, and any section that says so
    SUMMARY = "summary"
    EXPERIENCE = "experience"
    EDUCATION = "education"
    SKILLS = "skills"
    LANGUAGES = "languages"
    CERTIFICATIONS = "certifications"  # licences too
    PROJECTS = "projects"
    PUBLICATIONS = "publications"
    AWARDS = "awards"
    VOLUNTEERING = "volunteering"
    INTERESTS = "interests"
    REFERENCES = "references"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a resume. `span` covers heading and content; `heading` is None for text before the first."""

    kind: SectionKind
    span: Span
    heading: Span | None = None


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class PartialDate(NamedTuple):
    """A date as precise as it was written: `month` is None for "2015"; as a str "Jan 2019" or "2015"."""

    year: int
    month: int | None = None

    def __str__(self) -> str:
        return f"{_MONTHS[self.month - 1]} {self.year}" if self.month else str(self.year)


@dataclass(frozen=True, slots=True)
class Period:
    """When something was. `end` is None when it is unknown, and when it is `current` ("Present"), unless the
    day is known on which that was said.

    As a str: "Jan 2019 – present", "2015 – 2018", "from 2018", "until 2018", or "" when nothing is known.
    """

    start: PartialDate | None
    end: PartialDate | None
    current: bool = False
    span: Span | None = None

    def __str__(self) -> str:
        start = str(self.start) if self.start else ""
        end = "present" if self.current else str(self.end) if self.end else ""
        if start and end:
            return start if start == end else f"{start} – {end}"
        if start:
            return f"from {start}"
        return f"until {end}" if end else ""


@dataclass(frozen=True, slots=True)
class Position:
    """One job. What could not be read is None. `span` covers its header and its bullets."""

    title: str | None
    employer: str | None
    location: str | None
    period: Period | None
    span: Span
    title_span: Span | None = None
    employer_span: Span | None = None
    bullets: tuple[Span, ...] = ()


class DegreeLevel(StrEnum):
    """Levels of education, lowest first."""

    HIGH_SCHOOL = "high_school"
    ASSOCIATE = "associate"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"

    @property
    def rank(self) -> int:
        """0 for the lowest level, 4 for the highest."""
        return _LEVELS.index(self)


_LEVELS = tuple(DegreeLevel)


@dataclass(frozen=True, slots=True)
class Education:
    """One entry of an education section. `level` None means that the level could not be read."""

    level: DegreeLevel | None
    field: str | None
    institution: str | None
    period: Period | None
    span: Span
    completed: bool | None = None  # None: unknown; False: "in progress", "expected", "coursework toward"
    institution_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill as the resume lists it, and where."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class LanguageSkill:
    """A human language. `name` is English ("German"); `level` is as written, None when not said."""

    name: str
    level: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence or certification as written, with the dates it states."""

    name: str
    span: Span
    issued: PartialDate | None = None
    expires: PartialDate | None = None


class IdentityKind(StrEnum):
    """What kind of identity a stretch of text gives away."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"  # street, city of residence, postcode
    URL = "url"
    BIRTH = "birth"  # birth date, age
    PERSONAL = "personal"  # gender, nationality, marital status, religion, photo caption
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Identity:
    """A stretch of text that says who the person is: masked before anything is embedded or scored."""

    kind: IdentityKind
    span: Span


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the candidate, kept apart from everything that is embedded."""

    name: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Snippet:
    """A quotable unit of a resume: a bullet, a sentence, a job's header, one skills line.

    `text` is `document.text[span.start:span.end]`. `masked` is what is embedded and compared: the same
    words with white space folded and identity masked. `position` indexes `Resume.positions`.
    """

    text: str
    span: Span
    section: SectionKind
    masked: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """One candidate's parsed Document. `candidate_id` is derived from the file's content alone."""

    document: Document
    candidate_id: str
    source: str
    contact: Contact = Contact()
    identity: tuple[Identity, ...] = ()
    sections: tuple[Section, ...] = ()
    positions: tuple[Position, ...] = ()
    education: tuple[Education, ...] = ()
    skills: tuple[Skill, ...] = ()
    languages: tuple[LanguageSkill, ...] = ()
    licences: tuple[Licence, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
