"""JSON Resume (https://jsonresume.org/schema, up to 1.0.0) to text: the resume as a page would show it.

Dates are written as "May 2019"; a place of work without an end lasts until "Present", as the schema has it.
What has another type than the schema says is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TypeAlias, TypeGuard

from matcher.documents.assemble import BODY_SIZE, LineBuilder, heading_size
from matcher.documents.text import write_lines
from matcher.settings import Limits
from matcher.types import Document

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Object: TypeAlias = "dict[str, Json]"

_MONTHS = ("January February March April May June July August September October November December").split()
_DATE = re.compile(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2])(?:-[0-3][0-9](?:T.{0,40})?)?)?")

# The parts of a resume by which one is told from other JSON.
_PARTS = ("work", "education", "skills", "projects", "volunteer")


def is_json_resume(text: str) -> bool:
    """Whether the text is a JSON Resume: an object with `basics`, or with two lists that a resume has."""
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    if not isinstance(value, dict):
        return False
    return (
        isinstance(value.get("basics"), dict) or sum(isinstance(value.get(part), list) for part in _PARTS) > 1
    )


def read_json_resume(text: str, sha256: str, limits: Limits) -> Document:
    """The Document of a JSON Resume."""
    value: Json = json.loads(text, strict=False)
    builder = LineBuilder(limits)
    if isinstance(value, dict):
        _write(builder, value)
    return builder.document("application/json", sha256)


def _write(builder: LineBuilder, resume: Object) -> None:
    basics = resume.get("basics")
    if isinstance(basics, dict):
        _basics(builder, basics)
    for entry in _section(builder, "Experience", resume.get("work")):
        employer = _text(entry, "name") or _text(entry, "company")
        _entry(builder, entry, _text(entry, "position"), employer, _text(entry, "location"))
    for entry in _section(builder, "Volunteering", resume.get("volunteer")):
        _entry(builder, entry, _text(entry, "position"), _text(entry, "organization"))
    for entry in _section(builder, "Education", resume.get("education")):
        degree = " in ".join(filter(None, (_text(entry, "studyType"), _text(entry, "area"))))
        _line(builder, _row(", ".join(filter(None, (degree, _text(entry, "institution")))), _dates(entry)))
        _items(builder, _texts(entry.get("courses")))
    for entry in _section(builder, "Projects", resume.get("projects")):
        _entry(builder, entry, _text(entry, "name"), _text(entry, "entity"))
        _line(builder, ", ".join(_texts(entry.get("keywords"))))
    _lists(builder, resume)


def _basics(builder: LineBuilder, basics: Object) -> None:
    _heading(builder, _text(basics, "name"), 1)
    _line(builder, _text(basics, "label"))
    place = basics.get("location")
    if isinstance(place, dict):
        parts = [_text(place, key) for key in ("address", "postalCode", "city", "region", "countryCode")]
        _line(builder, ", ".join(filter(None, parts)))
    for key in ("email", "phone", "url", "website"):
        _line(builder, _text(basics, key))
    for profile in _objects(basics.get("profiles")):
        _line(builder, _text(profile, "url") or ": ".join(_both(profile, "network", "username")))
    summary = _text(basics, "summary")
    if summary:
        _title(builder, "Summary")
        _prose(builder, summary)


def _lists(builder: LineBuilder, resume: Object) -> None:
    """The sections of which each entry is a line."""
    for entry in _section(builder, "Skills", resume.get("skills")):
        words = ", ".join(_texts(entry.get("keywords")))
        _line(builder, ": ".join(filter(None, (_text(entry, "name"), words))))
    for entry in _section(builder, "Languages", resume.get("languages")):
        _line(builder, ": ".join(_both(entry, "language", "fluency")))
    for entry in _section(builder, "Certificates", resume.get("certificates")):
        _line(builder, _row(", ".join(_both(entry, "name", "issuer")), _date(_text(entry, "date"))))
    for entry in _section(builder, "Awards", resume.get("awards")):
        _line(builder, _row(", ".join(_both(entry, "title", "awarder")), _date(_text(entry, "date"))))
        _prose(builder, _text(entry, "summary"))
    for entry in _section(builder, "Publications", resume.get("publications")):
        when = _date(_text(entry, "releaseDate"))
        _line(builder, _row(", ".join(_both(entry, "name", "publisher")), when))
        _prose(builder, _text(entry, "summary"))
    for entry in _section(builder, "Interests", resume.get("interests")):
        words = ", ".join(_texts(entry.get("keywords")))
        _line(builder, ": ".join(filter(None, (_text(entry, "name"), words))))


def _entry(builder: LineBuilder, entry: Object, *names: str) -> None:
    """Something that was done for a time: a line of who and where with the dates, then what."""
    builder.blank()
    builder.newline()
    builder.text(_row(", ".join(filter(None, names)), _dates(entry)), bold=True, size=BODY_SIZE)
    builder.newline()
    for key in ("description", "summary"):
        _prose(builder, _text(entry, key))
    _items(builder, _texts(entry.get("highlights")))


def _section(builder: LineBuilder, title: str, value: Json) -> Iterator[Object]:
    """The objects of a list, under a heading where there are any."""
    entries = list(_objects(value))
    if entries:
        _title(builder, title)
    yield from entries


def _title(builder: LineBuilder, text: str) -> None:
    builder.blank()
    _heading(builder, text, 2)


def _heading(builder: LineBuilder, text: str, level: int) -> None:
    builder.newline(heading=True)
    builder.text(text, bold=True, size=heading_size(level))
    builder.newline()


def _line(builder: LineBuilder, text: str) -> None:
    builder.newline()
    builder.text(text, size=BODY_SIZE)


def _prose(builder: LineBuilder, text: str) -> None:
    if text:
        builder.newline()
        write_lines(builder, text.split("\n"))


def _items(builder: LineBuilder, texts: list[str]) -> None:
    for text in texts:
        builder.newline(bullet=True)
        builder.text(" ".join(text.split()), size=BODY_SIZE)
    builder.newline()


def _row(text: str, dates: str) -> str:
    return "\t".join(filter(None, (text, dates)))


def _dates(entry: Object) -> str:
    start, end = _date(_text(entry, "startDate")), _date(_text(entry, "endDate"))
    return f"{start} – {end or 'Present'}" if start else end


def _date(written: str) -> str:
    """ "2019-05-01" as "May 2019"; what is no date of the schema as it is."""
    found = _DATE.fullmatch(written)
    if found is None:
        return written
    year, month = found.groups()
    return year if month is None else f"{_MONTHS[int(month) - 1]} {year}"


def _both(entry: Object, *keys: str) -> list[str]:
    return [text for text in (_text(entry, key) for key in keys) if text]


def _text(entry: Object, key: str) -> str:
    value = entry.get(key)
    if _is_plain(value):
        text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
        return text if key in ("summary", "description") else " ".join(text.split())
    return ""


def _texts(value: Json) -> list[str]:
    return [str(each) for each in value if _is_plain(each)] if isinstance(value, list) else []


def _objects(value: Json) -> Iterator[Object]:
    for each in value if isinstance(value, list) else []:
        if isinstance(each, dict):
            yield each
        elif isinstance(each, str):
            yield {"name": each, "language": each, "title": each}


def _is_plain(value: Json) -> TypeGuard[str | int | float]:
    return isinstance(value, str | int | float) and not isinstance(value, bool)
