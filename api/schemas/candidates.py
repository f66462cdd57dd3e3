"""People of the corpus: a resume in, what was read of it out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, model_validator

from api.schemas.common import ExternalId, Strict
from matcher.resumes import to_json_resume
from matcher.types import Contact, Resume
from matcher.types.corpus import Candidate, Receipt, Revision

RESUME = """Ada Lindqvist
ada.lindqvist@example.org

Experience
Site Reliability Engineer, Example Cloud AB
May 2019 - Present
- Ran 40 Kubernetes clusters for payments
- Wrote deployment tools in Go

Skills
Kubernetes, Go, Terraform
"""

JSON_RESUME = {
    "basics": {"name": "Bram de Wit", "email": "bram@example.org"},
    "work": [
        {
            "name": "Example BV",
            "position": "Cook",
            "startDate": "2019-05",
            "highlights": ["Cooked for 120 guests a day"],
        }
    ],
}

Tag = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]*\S[^\x00]*$")]
Tags = Annotated[list[Tag], Field(max_length=50)]


class CandidateIn(Strict):
    """A resume: exactly one of `text`, `json_resume` and `resume_url`, and what is said of it."""

    text: str | None = Field(
        None, min_length=1, max_length=400_000, description="The resume.", examples=[RESUME]
    )
    json_resume: dict[str, Any] | None = Field(
        None,
        description="By the schema of jsonresume.org, up to version 1.0.0; see docs/json-resume.md.",
        examples=[None],
    )
    resume_url: str | None = Field(
        None,
        max_length=2000,
        description="Where the file is: https or http, at a public address. It is fetched at once, so it may "
        "expire soon.",
        examples=[None],
    )
    file_name: str | None = Field(None, max_length=200, description="For showing alone.", examples=[None])
    tags: Tags = Field(
        default_factory=list, description="Added to those of the person.", examples=[["spring-fair"]]
    )
    source: str | None = Field(
        None, max_length=100, description="Where it came from.", examples=["careers-page"]
    )
    external_id: ExternalId | None = Field(
        None,
        description="The key that the ATS has for the person. Whoever has it already is the person, whatever "
        "name the resume has.",
    )
    candidate_id: str | None = Field(
        None, max_length=100, description="Whose next resume it is, where that is known.", examples=[None]
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(each is not None for each in (self.text, self.json_resume, self.resume_url)) != 1:
            raise ValueError("Give exactly one of text, json_resume and resume_url.")
        return self


class CandidatePatch(Strict):
    """What to change; what is absent or null stays as it is."""

    tags: Tags | None = Field(None, description="Replaces all tags.", examples=[["spring-fair", "called"]])
    external_ids: Annotated[list[ExternalId], Field(max_length=50)] | None = Field(
        None, description="Replaces all external ids.", examples=[[{"system": "greenhouse", "key": "4711"}]]
    )


class LabelsOut(BaseModel):
    """What is said of a person beside their resumes."""

    id: str = Field(description="Of the person.")
    tags: list[str] = Field(description="What was said of them here; filters ask for it.")
    external_ids: list[ExternalId] = Field(description="The keys that other systems have for them.")


class CandidateOut(BaseModel):
    """A person as lists show them; name and e-mail are those of the newest resume."""

    id: str = Field(description="Of the person.")
    name: str | None = Field(description="Null where none was read.")
    emails: list[str] = Field(description="All that the resume names.")
    revision: int = Field(
        description="The id of their newest resume: another one when that is replaced. It is no count."
    )
    updated: datetime = Field(description="When their newest resume came.")
    source: str | None = Field(description="Where that came from.")
    tags: list[str] = Field(description="What was said of them here; filters ask for it.")
    external_ids: list[ExternalId] = Field(description="The keys that other systems have for them.")


class ContactOut(BaseModel):
    """How the resume says that the person is reached. None of it is ever compared with a role."""

    name: str | None = Field(description="As it is written.")
    emails: list[str] = Field(description="In their order.")
    phones: list[str] = Field(description="As they are written.")
    urls: list[str] = Field(description="Pages and profiles.")
    location: str | None = Field(description="As it is written.")


class RevisionOut(BaseModel):
    """One resume of a person."""

    number: int = Field(description="Counted from 1.")
    newest: bool = Field(description="Whether it is the one that is searched and compared.")
    received: datetime = Field(description="When it came.")
    media_type: str = Field(description="Found from the content.")
    source: str | None = Field(description="Where it came from.")
    engine: str = Field(description="The version that read it.")


class CandidateDetail(CandidateOut):
    """A person with what was read of their newest resume."""

    contact: ContactOut = Field(description="As the newest resume has it.")
    resume: dict[str, Any] = Field(
        description="As JSON Resume (jsonresume.org, 1.0.0); see docs/json-resume.md."
    )
    revisions: list[RevisionOut] = Field(description="The newest first.")
    engine: str = Field(description="The version that read the newest resume.")
    links: dict[str, str] = Field(description="`self`, and `file`: the newest resume as it was sent.")


class ReceiptOut(BaseModel):
    """What an erasure took away. It names nobody but by id, so that it may be kept."""

    candidate_id: str = Field(description="Who was erased.")
    resumes: int = Field(description="Resumes of theirs, older ones too.")
    files: int = Field(description="Files that no other person's resume shares.")
    snippets: int = Field(description="Quotable lines.")
    vectors: int = Field(description="Vectors that nobody else's lines share.")
    applications: int = Field(description="Applications of theirs.")
    corpus_revision: int = Field(description="From this revision of the corpus on nobody finds them.")
    remains: list[str] = Field(description="What still holds the erased bytes, and until when; mostly empty.")


def candidate_out(candidate: Candidate) -> CandidateOut:
    """A person as they are answered."""
    return CandidateOut.model_validate(_shown(candidate))


def labels_out(candidate: Candidate) -> LabelsOut:
    """A person's labels as they are answered."""
    return LabelsOut.model_validate(_shown(candidate))


def candidate_detail(
    candidate: Candidate, resume: Resume, revisions: list[Revision], today: date
) -> CandidateDetail:
    """A person with their newest resume."""
    contact: Contact = resume.contact
    newest = next(each for each in revisions if each.newest)
    path = f"/v1/candidates/{candidate.id}"
    return CandidateDetail.model_validate(
        {
            **_shown(candidate),
            "contact": ContactOut(
                name=contact.name,
                emails=list(contact.emails),
                phones=list(contact.phones),
                urls=list(contact.urls),
                location=contact.location,
            ),
            "resume": to_json_resume(resume, today),
            "revisions": [
                RevisionOut(
                    number=each.number,
                    newest=each.newest,
                    received=each.received,
                    media_type=each.media_type,
                    source=each.source,
                    engine=each.engine,
                )
                for each in revisions
            ],
            "engine": newest.engine,
            "links": {"self": path, "file": f"{path}/file"},
        }
    )


def receipt_out(candidate: str, receipt: Receipt) -> ReceiptOut:
    """A receipt as it is answered."""
    return ReceiptOut(
        candidate_id=candidate,
        resumes=len(receipt.revisions),
        files=receipt.files,
        snippets=len(receipt.snippets),
        vectors=receipt.vectors,
        applications=receipt.applications,
        corpus_revision=receipt.corpus_revision,
        remains=list(receipt.remains),
    )


def _shown(candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.id,
        "name": candidate.name,
        "emails": list(candidate.emails),
        "revision": candidate.revision,
        "updated": candidate.updated,
        "source": candidate.source,
        "tags": list(candidate.tags),
        "external_ids": [ExternalId(system=each.system, key=each.key) for each in candidate.external_ids],
    }
