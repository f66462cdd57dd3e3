"""Shapes that several resources share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, field_validator

from matcher.types import corpus


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

    system: str = Field(min_length=1, max_length=100, examples=["greenhouse"])
    key: str = Field(min_length=1, max_length=200, examples=["4711"])

    def noun(self) -> corpus.ExternalId:
        """As the library has it."""
        return corpus.ExternalId(self.system, self.key)
