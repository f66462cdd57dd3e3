from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from matcher.documents import read
from matcher.resumes import parse, to_json_resume

FIXTURES = Path(__file__).resolve().parents[3] / "data" / "fixtures"
DATE = re.compile(r"([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})")
# The part of the JSON Resume schema 1.0.0 that the export uses: the kind of each property, by its section.
SECTIONS: dict[str, dict[str, str]] = {
    "work": {
        "name": "text", "position": "text", "location": "text", "startDate": "date", "endDate": "date",
        "highlights": "texts",
    },
    "education": {
        "institution": "text", "area": "text", "studyType": "text", "startDate": "date", "endDate": "date",
    },
    "skills": {"name": "text"},
    "languages": {"language": "text", "fluency": "text"},
    "certificates": {"name": "text", "date": "date"},
    "publications": {"name": "text"},
}  # fmt: skip
BASICS = {"name": "text", "email": "email", "phone": "text", "url": "uri", "summary": "text"}
FILES = (
    "icu-nurse.pdf",
    "physics-teacher.docx",
    "farm-manager.txt",
    "backend-engineer-java.html",
    "chef.odt",
)


def valid(kind: str, value: Any) -> bool:
    """Whether a value is of the kind that the schema asks for."""
    if kind == "texts":
        return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    if not isinstance(value, str) or not value:
        return False
    if kind == "date":
        return DATE.fullmatch(value) is not None
    if kind == "email":
        return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) is not None
    if kind == "uri":
        return bool(urlsplit(value).scheme and urlsplit(value).netloc) and not re.search(r"\s", value)
    return True


def wrong(entry: dict[str, Any], kinds: dict[str, str]) -> list[str]:
    """The properties of an entry that the schema does not know or that are of another kind."""
    return [name for name, value in entry.items() if name not in kinds or not valid(kinds[name], value)]


@pytest.mark.parametrize("name", FILES)
def test_the_export_is_a_valid_json_resume(name: str) -> None:
    """Every property is one of the schema's, of its type, with its format of dates, links and addresses."""
    out = to_json_resume(parse(read((FIXTURES / "resumes" / name).read_bytes()), name), date(2026, 11, 22))
    assert set(out) <= {"$schema", "basics", "meta", *SECTIONS}
    assert valid("uri", out["$schema"])
    for section, kinds in SECTIONS.items():
        assert isinstance(out.get(section, []), list)
        for entry in out.get(section, []):
            assert wrong(entry, kinds) == [], section
    basics = dict(out["basics"])
    for profile in basics.pop("profiles", []):
        assert wrong(profile, {"network": "text", "username": "text", "url": "uri"}) == []
    assert wrong(basics.pop("location", {}), {"address": "text"}) == []
    assert wrong(basics, BASICS) == []
    assert basics["name"]
    assert out["work"]
