"""Connections to applicant tracking systems: credentials go in and are never shown."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.common import Strict
from matcher.types.service import Connection

SYSTEMS = ("greenhouse", "ashby")
System = Literal["greenhouse", "ashby"]

_Secret = Annotated[str, Field(min_length=1, max_length=1000)]
_Address = Annotated[str, Field(max_length=500, pattern=r"^https?://[^\s?#]+$")]


class _Settings(Strict):
    """What both systems have."""

    model_config = ConfigDict(strict=True)  # 0 is no false

    show_score: bool = Field(
        False, description="Whether the system is told the score as a number. Counts are told in any case."
    )
    report_days: int = Field(30, ge=1, le=365, description="Days until a link to a report expires.")
    report_needs_key: bool = Field(
        False, description="Whether a report's link opens only with an API key that may read, as Basic user."
    )


class GreenhouseCredentials(Strict):
    """What Greenhouse gave; each only where it is used."""

    client_id: _Secret | None = Field(None, description="Harvest v3, for a backfill.")
    client_secret: _Secret | None = Field(None, description="Harvest v3, for a backfill.")
    webhook_secret: _Secret | None = Field(None, description="What Greenhouse's webhooks are signed with.")
    previous_webhook_secret: _Secret | None = Field(None, description="The one before, while it is changed.")


class GreenhouseSettings(_Settings):
    """How Greenhouse is reached and told."""

    api_url: _Address = Field("https://harvest.greenhouse.io", description="Where its API is.")
    token_url: _Address = Field("https://auth.greenhouse.io/token", description="Where tokens are asked for.")
    user_id: int | None = Field(None, description="The Greenhouse user on whose behalf tokens are asked for.")


class AshbyCredentials(Strict):
    """What Ashby gave; each only where it is used."""

    api_key: _Secret | None = Field(None, description="To read candidates and postings, and tell results.")
    webhook_secret: _Secret | None = Field(None, description="What Ashby's webhooks are signed with.")
    previous_webhook_secret: _Secret | None = Field(None, description="The one before, while it is changed.")


class AshbySettings(_Settings):
    """How Ashby is reached and told."""

    api_url: _Address = Field("https://api.ashbyhq.com", description="Where its API is.")


_GREENHOUSE_EXAMPLE = {"client_id": "c-1", "client_secret": "s-1", "webhook_secret": "w-1"}


class GreenhouseIn(Strict):
    """A connection to Greenhouse."""

    credentials: GreenhouseCredentials = Field(
        GreenhouseCredentials.model_validate({}),
        description="What Greenhouse gave.",
        examples=[_GREENHOUSE_EXAMPLE],
    )
    settings: GreenhouseSettings = Field(
        GreenhouseSettings.model_validate({}),
        description="All that is not the usual.",
        examples=[{"report_days": 14}],
    )


class AshbyIn(Strict):
    """A connection to Ashby."""

    credentials: AshbyCredentials = Field(
        AshbyCredentials.model_validate({}),
        description="What Ashby gave.",
        examples=[{"api_key": "k-1", "webhook_secret": "w-1"}],
    )
    settings: AshbySettings = Field(
        AshbySettings.model_validate({}),
        description="All that is not the usual.",
        examples=[{"show_score": False}],
    )


class ConnectionOut(BaseModel):
    """A connection: all but what its credentials are."""

    system: System = Field(description="Which one.")
    credentials: list[str] = Field(description="The names of those that are set.")
    settings: GreenhouseSettings | AshbySettings = Field(description="As they were set, or the usual ones.")
    reading: bool = Field(description="Whether a backfill has begun and is not at the end.")
    updated: datetime = Field(description="When it was set.")


def settings_of(connection: Connection | None, system: System) -> GreenhouseSettings | AshbySettings:
    """The settings of a connection, the usual ones where there is none."""
    model = GreenhouseSettings if system == "greenhouse" else AshbySettings
    return model.model_validate({} if connection is None else connection.settings)


def connection_out(connection: Connection) -> ConnectionOut:
    """A connection as it is answered."""
    system: System = "greenhouse" if connection.system == "greenhouse" else "ashby"
    return ConnectionOut(
        system=system,
        credentials=sorted(connection.credentials),
        settings=settings_of(connection, system),
        reading=connection.cursor is not None,
        updated=connection.updated,
    )
