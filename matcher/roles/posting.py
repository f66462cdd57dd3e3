"""schema.org JobPosting fields from a page's JSON-LD: they outrank what the page's text lets guess."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_PERIODS = {"HOUR": "hour", "DAY": "day", "WEEK": "week", "MONTH": "month", "YEAR": "year"}
_DEEPEST = 8  # levels of objects looked through for a posting


@dataclass(frozen=True, slots=True)
class Posting:
    """Fields of a JobPosting; None where it has none. `remote` is True for TELECOMMUTE."""

    title: str | None = None
    company: str | None = None
    location: str | None = None
    remote: bool = False
    salary_min: float | None = None
    salary_max: float | None = None
    currency: str | None = None
    period: str | None = None


def _find(value: Json, depth: int = 0) -> dict[str, Json] | None:
    """The first JobPosting object in a JSON value, also inside lists and @graph."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        kind = value.get("@type")
        kinds = kind if isinstance(kind, list) else [kind]
        if any(isinstance(k, str) and k.rpartition("/")[2] == "JobPosting" for k in kinds):
            return value
        inner: list[Json] = list(value.values())
    elif isinstance(value, list):
        inner = value
    else:
        return None
    return next((found for part in inner if (found := _find(part, depth + 1)) is not None), None)


def _text(value: Json) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _number(value: Json) -> float | None:
    """A finite number, also from a string; Python's JSON and `float` both read "NaN" and "Infinity"."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value.replace(",", "") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _location(value: Json) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict):
        return _text(value)
    address = value.get("address")
    if isinstance(address, dict):
        parts = [_text(address.get(k)) for k in ("addressLocality", "addressRegion", "addressCountry")]
        named = [part for part in parts if part]
        return ", ".join(dict.fromkeys(named)) or None
    return _text(address) or _text(value)


def _salary(value: Json) -> tuple[float | None, float | None, str | None, str | None]:
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict):
        only = _number(value)
        return only, only, None, None
    currency, inner = value.get("currency"), value.get("value")
    amount = inner if isinstance(inner, dict) else value
    least, most = _number(amount.get("minValue")), _number(amount.get("maxValue"))
    exact = _number(amount.get("value"))
    unit = amount.get("unitText") or value.get("unitText")
    period = _PERIODS.get(unit.upper()) if isinstance(unit, str) else None
    return (
        least if least is not None else exact,
        most if most is not None else exact,
        currency if isinstance(currency, str) else None,
        period,
    )


def read_posting(embedded: tuple[str, ...]) -> Posting:
    """The fields of the first JobPosting among the JSON-LD blocks; all empty when there is none."""
    for block in embedded:
        try:
            found = _find(json.loads(block, strict=False))
        except (ValueError, RecursionError):
            continue
        if found is None:
            continue
        least, most, currency, period = _salary(found.get("baseSalary"))
        return Posting(
            title=_text(found.get("title")) or _text(found.get("name")),
            company=_text(found.get("hiringOrganization")),
            location=_location(found.get("jobLocation")),
            remote=str(found.get("jobLocationType", "")).upper() == "TELECOMMUTE",
            salary_min=least,
            salary_max=most,
            currency=currency,
            period=period,
        )
    return Posting()
