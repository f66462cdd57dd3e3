"""The nouns of a posting: qualifications, their constraints, and the terms of the job."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.types.documents import Document, Span
from matcher.types.resumes import DegreeLevel


class QualificationKind(StrEnum):
    """What a posting says of a qualification."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    RESPONSIBILITY = "responsibility"


class Assess(StrEnum):
    """Where a qualification can be assessed: in a resume, or only by asking the candidate."""

    RESUME = "resume"
    INTERVIEW = "interview"


@dataclass(frozen=True, slots=True)
class Constraints:
    """What in a qualification can be checked against parsed facts. Empty when it is prose alone.

    Years are years of experience. `or_equivalent`: the degree may be replaced by experience.
    Several licences or languages are alternatives when `any_licence` / `any_language`, else all are asked.
    """

    min_years: float | None = None
    max_years: float | None = None
    degree: DegreeLevel | None = None
    degree_fields: tuple[str, ...] = ()
    or_equivalent: bool = False
    licences: tuple[str, ...] = ()
    any_licence: bool = False
    languages: tuple[str, ...] = ()
    any_language: bool = False

    def __bool__(self) -> bool:
        return self != Constraints()


@dataclass(frozen=True, slots=True)
class Qualification:
    """One requirement of a role. `id` is stable for the same posting ("q1", "q2" ... in reading order).

    `text` is the requirement with bullets and white space folded; `span` is where it stands in the
    posting (None when it was written by hand). `alternatives` are other wordings of the same demand: the one
    that is met best counts. A person gave them, except those in `from_about`, the posting's own words about
    the employer where the demand points at "our work". `clauses` are those a person gave, all of them asked
    or with `any_clause` one of them; () makes it one whole, None leaves it to the words of the text.
    `same_as` is the id of the qualification that says the same, so that it counts once.
    """

    id: str
    text: str
    kind: QualificationKind
    weight: float
    constraints: Constraints = Constraints()
    span: Span | None = None
    alternatives: tuple[str, ...] = ()
    clauses: tuple[str, ...] | None = None
    any_clause: bool = False
    assess: Assess = Assess.RESUME
    same_as: str | None = None
    from_about: tuple[str, ...] = ()


class WorkMode(StrEnum):
    """Where the work is done."""

    ONSITE = "onsite"
    HYBRID = "hybrid"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class Logistics:
    """Terms of a role that are shown and never scored. None: the posting does not say."""

    location: str | None = None
    work_mode: WorkMode | None = None
    salary_min: float | None = None
    salary_max: float | None = None
    salary_currency: str | None = None  # ISO 4217
    salary_period: str | None = None  # "hour", "day", "week", "month", "year"
    visa_sponsorship: bool | None = None
    travel_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A position someone hires for. `role_id` is derived from the posting's content alone.

    `parsed` is the role as it was read from the posting when a person may have changed it since, else None.
    """

    document: Document
    role_id: str
    title: str | None
    company: str | None
    qualifications: tuple[Qualification, ...]
    logistics: Logistics = Logistics()
    parsed: Role | None = None
