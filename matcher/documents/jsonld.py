"""schema.org JobPosting in JSON-LD to text: the posting as its page would show it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TypeAlias

from matcher.documents.assemble import BODY_SIZE, LineBuilder, heading_size
from matcher.documents.bullets import find_bullet
from matcher.documents.html import write_html
from matcher.documents.text import write_lines
from matcher.settings import Limits
from matcher.types import Document

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

# The order in which a page shows them, with the heading that a reader of postings expects.
_SECTIONS = (
    ("description", None),
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("experienceRequirements", "Experience requirements"),
    ("educationRequirements", "Education requirements"),
    ("skills", "Skills"),
    ("physicalRequirement", "Physical requirements"),
    ("jobBenefits", "Benefits"),
)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|&lt;/?[a-zA-Z]")
_SHELL = 300  # characters; a page that shows less than this leaves the posting to its script
_DEEPEST = 12  # levels of objects looked through for a posting
_MONTHS_PER_YEAR = 12
_MONTHS = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?")


def read_json_ld(text: str, sha256: str, limits: Limits) -> Document:
    """The Document of a bare JSON-LD file that holds a JobPosting; without one the Document is empty."""
    builder = LineBuilder(limits)
    builder.embedded.append(text)
    for posting in postings(text):
        write_posting(builder, posting)
        break
    return builder.document("application/ld+json", sha256)


def posting_behind(page: Document, limits: Limits) -> Document | None:
    """The posting a page carries in JSON-LD when the page itself shows next to nothing, else None."""
    if len(page.text) >= _SHELL:
        return None
    for block in page.embedded:
        for posting in postings(block):
            builder = LineBuilder(limits)
            builder.embedded.extend(page.embedded)
            write_posting(builder, posting)
            found = builder.document(page.media_type, page.sha256)
            return found if len(found.text) > len(page.text) else None
    return None


def postings(block: str) -> Iterator[dict[str, Json]]:
    """Every JobPosting object in a JSON-LD block, also inside lists and @graph; none when it is not JSON."""
    try:
        todo: list[tuple[Json, int]] = [(json.loads(block, strict=False), 0)]
    except (ValueError, RecursionError):
        return
    while todo:
        value, depth = todo.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(value, dict):
            kinds = value.get("@type")
            if "JobPosting" in (kinds if isinstance(kinds, list) else [str(kinds).rpartition("/")[2]]):
                yield value
            else:
                todo.extend((inner, depth + 1) for inner in reversed(list(value.values())))
        elif isinstance(value, list):
            todo.extend((inner, depth + 1) for inner in reversed(value))


def write_posting(builder: LineBuilder, posting: dict[str, Json]) -> None:
    """Write title, company, place and terms, then each part of the posting under its heading."""
    _heading(builder, _words(posting.get("title")) or _words(posting.get("name")), 1)
    for line in (
        _name(posting.get("hiringOrganization")),
        _labelled("Location", "; ".join(_places(posting))),
        _labelled("Employment type", _words(posting.get("employmentType")).replace("_", " ").lower()),
        _labelled("Salary", _salary(posting.get("baseSalary"))),
    ):
        if line:
            builder.newline()
            builder.text(line, size=BODY_SIZE)
    for key, heading in _SECTIONS:
        parts = [part for part in _texts(posting.get(key), key) if part.strip()]
        if not parts:
            continue
        builder.blank()
        if heading:
            _heading(builder, heading, 2)
        for part in parts:
            _write_part(builder, part, as_item=len(parts) > 1)
        builder.blank()


def _heading(builder: LineBuilder, text: str, level: int) -> None:
    builder.newline(heading=True)
    builder.text(text, bold=True, size=heading_size(level))
    builder.newline()


def _write_part(builder: LineBuilder, text: str, as_item: bool) -> None:
    if _MARKUP.search(text):
        builder.newline()
        write_html(builder, text)
    elif as_item:
        bullet = find_bullet(text)
        builder.newline(bullet=True)
        builder.text(text[bullet.content :] if bullet else text, size=BODY_SIZE)
    else:
        write_lines(builder, text.replace("\r", "").split("\n"))


def _texts(value: Json, key: str) -> Iterator[str]:
    """The texts of a property that may be a string, a list, or an object that describes a requirement."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, key)
    elif isinstance(value, dict):
        months = value.get("monthsOfExperience")
        if isinstance(months, int | float | str) and _MONTHS.fullmatch(str(months)):
            years = float(months) / _MONTHS_PER_YEAR
            yield f"{years:g} years of experience" if years >= 1 else f"{months} months of experience"
        for name in ("description", "name", "credentialCategory"):
            inner = value.get(name)
            if isinstance(inner, str | list):
                yield from _texts(inner, key)
                break


def _words(value: Json) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value)))
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(value: Json) -> str:
    return _words(value.get("name")) if isinstance(value, dict) else _words(value)


def _labelled(label: str, value: str) -> str:
    return f"{label}: {value}" if value else ""


def _places(posting: dict[str, Json]) -> list[str]:
    places = posting.get("jobLocation")
    found = []
    for place in places if isinstance(places, list) else [places]:
        address = place.get("address", place) if isinstance(place, dict) else place
        if isinstance(address, dict):
            keys = ("streetAddress", "addressLocality", "addressRegion", "addressCountry")
            address = ", ".join(filter(None, (_name(address.get(key)) for key in keys)))
        found.append(_words(address))
    if str(posting.get("jobLocationType", "")).upper() == "TELECOMMUTE":
        found.append("Remote")
    requirements = posting.get("applicantLocationRequirements")
    found += [_name(value) for value in (requirements if isinstance(requirements, list) else [requirements])]
    return list(dict.fromkeys(filter(None, found)))


def _salary(value: Json) -> str:
    if not isinstance(value, dict):
        return _words(value) if isinstance(value, str) else ""
    amount = value.get("value")
    currency = _words(value.get("currency"))
    if not isinstance(amount, dict):
        return f"{currency} {amount}".strip() if isinstance(amount, int | float | str) else ""
    bounds = [amount.get(key) for key in ("minValue", "maxValue")]
    figures = [str(bound) for bound in bounds if isinstance(bound, int | float | str)] or [
        str(amount.get("value", ""))
    ]
    unit = _words(amount.get("unitText")).lower()
    return " ".join(filter(None, (currency, " - ".join(figures), f"per {unit}" if unit else "")))
