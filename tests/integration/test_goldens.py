"""What is read from fixture roles and resumes, whole, against goldens that a person has read.

`pytest --update-goldens` rewrites them; the difference is read before it is committed.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from matcher.parsing import parse_resume, parse_role
from matcher.reports.json import dumps
from matcher.reports.parsed import role_to_dict
from matcher.resumes import to_json_resume
from matcher.settings import Limits

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
ROLES = sorted(path for path in (FIXTURES / "roles").iterdir() if path.is_file())
RESUMES = [
    FIXTURES / "resumes" / name
    for name in ("icu-nurse.pdf", "pharmacist.docx", "chef.odt", "electrician.rtf", "farm-manager.txt")
]
TODAY = date(2026, 1, 15)


@pytest.mark.parametrize("path", ROLES, ids=lambda path: path.name)
def test_a_role_is_read_as_before(path: Path, golden: Callable[[str, str], None]) -> None:
    """Title, company, qualifications with kind and constraints, and the terms."""
    role = parse_role(path.read_bytes(), path.name, Limits())
    golden(f"roles/{path.stem}.json", dumps(role_to_dict(role)))


@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.name)
def test_a_resume_is_read_as_before(path: Path, golden: Callable[[str, str], None]) -> None:
    """The resume in the JSON Resume schema, one per format."""
    resume = parse_resume(path.read_bytes(), path.name, Limits())
    golden(f"resumes/{path.stem}.json", dumps(to_json_resume(resume, TODAY)))
