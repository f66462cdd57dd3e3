import pytest

from matcher.errors import DocumentTooLargeError, RoleError
from matcher.parsing import parse_resume, parse_role
from matcher.settings import Limits

RESUME = "Ada Example\n\nExperience\n\nEngineer, Acme, 2019 - 2021\n" + "".join(
    f"- Built bridge number {number} over the river\n" for number in range(30)
)
ROLE = "Engineer\n\nRequirements\n" + "".join(f"- Built bridges of kind {number}\n" for number in range(12))


def test_a_resume_of_countless_lines_is_refused_with_both_numbers() -> None:
    """Each snippet costs an embedding, so their number is limited like pages are."""
    assert len(parse_resume(RESUME.encode(), "x", Limits()).snippets) >= 30
    with pytest.raises(DocumentTooLargeError, match="quotable lines; the limit is 20"):
        parse_resume(RESUME.encode(), "x", Limits(max_snippets=20))


def test_a_role_of_countless_qualifications_is_refused_with_both_numbers() -> None:
    """A file of many postings is no role."""
    assert len(parse_role(ROLE.encode(), "x", Limits()).qualifications) == 12
    with pytest.raises(RoleError, match=r"12 qualifications.*the limit is 10"):
        parse_role(ROLE.encode(), "x", Limits(max_qualifications=10))
