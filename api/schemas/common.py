"""Shapes that several resources share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from matcher.types import corpus

# An id as the examples of the description have it: of nobody.
EXAMPLE_ID = "0f8fad5bd9cb469fa16570867728950e"


def _written(value: object) -> object:
    """A day or a time as ISO 8601 writes it: a bare number is none."""
    if not isinstance(value, str | date | None) or (isinstance(value, str) and "-" not in value[1:]):
        raise ValueError("Write it as 2026-01-31, a time as 2026-01-31T00:00:00Z.")
    return value


Day = Annotated[date, BeforeValidator(_written)]
Moment = Annotated[datetime, BeforeValidator(_written)]
ZonedMoment = Annotated[AwareDatetime, BeforeValidator(_written)]


class Strict(BaseModel):
    """A request's body: a field that nobody knows is a mistake, not something to pass over."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    @field_validator("*", mode="after")
    @classmethod
    def _writable(cls, value: object) -> object:
        """No database keeps a NUL character."""
        texts = value if isinstance(value, list) else [value]
        if any(isinstance(each, str) and "\0" in each for each in texts):
            raise ValueError("It has a NUL character.")
        return value


class ExternalId(Strict):
    """The key that another system, such as an ATS, uses for this."""

    system: str = Field(min_length=1, max_length=100, description="Which system.", examples=["greenhouse"])
    key: str = Field(min_length=1, max_length=200, description="Its own id.", examples=["4711"])

    def noun(self) -> corpus.ExternalId:
        """As the library has it."""
        return corpus.ExternalId(self.system, self.key)
