"""Free text: people with the quotes that answer."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field, StrictInt

from api.schemas.candidates import CandidateOut, candidate_out
from api.schemas.common import Strict
from matcher.types.found import Found


class SearchIn(Strict):
    """What to look for."""

    text: str = Field(
        min_length=1,
        max_length=2_000,
        description="In words; no grammar.",
        examples=["led a kubernetes migration"],
    )
    where: str | None = Field(
        None,
        max_length=2_000,
        description="A filter, as in docs/corpus.md.",
        examples=["months>=24 tag:fair"],
    )
    top: StrictInt = Field(10, ge=1, le=100, description="How many people.")


class QuoteOut(BaseModel):
    """A snippet that answers."""

    text: str = Field(description="Verbatim from the resume.")
    section: str = Field(description="Of the resume: `experience`, `skills` ...")
    similarity: float = Field(description="The cosine with the text; it says nothing of the person.")
    places: list[dict[str, Any]] = Field(description="Page (from 1) and box, in points from the top left.")


class FoundOut(BaseModel):
    """A person whom the text finds, best quote first."""

    candidate: CandidateOut = Field(description="The person.")
    quotes: list[QuoteOut] = Field(description="Three at most.")


class SearchOut(BaseModel):
    """The people found, the likeliest first."""

    people: list[FoundOut] = Field(description="The nearest first.")


def found_out(found: Found) -> FoundOut:
    """A person as they are answered."""
    quotes = [
        QuoteOut(
            text=quote.text,
            section=quote.section.value,
            similarity=round(quote.similarity, 6),
            places=[
                {"page": place.page, "box": None if place.box is None else list(place.box)}
                for place in quote.places
            ],
        )
        for quote in found.quotes
    ]
    return FoundOut(candidate=candidate_out(found.candidate), quotes=quotes)
