"""Lines of everyday life, told from lines of work, and what they count."""

from datetime import date
from itertools import product

import pytest

from matcher.documents import read
from matcher.embedding import load_encoder
from matcher.matching import RoleProfile, idle_lines, match_resume, prepare
from matcher.resumes import parse
from matcher.roles import parse as parse_role

ENCODER = load_encoder()
TODAY = date(2026, 10, 1)
# None of these words in these places is among the lines that the model was fitted on.
IDLE = [
    f"{deed} {thing} {place}"
    for deed, thing, place in product(
        ("Borrowed", "Admired", "Wrapped"),
        ("a plaid blanket", "the paper lanterns", "a wooden duck", "the picnic hamper"),
        ("by the duck pond", "at a cousin's birthday", "before the firework display"),
    )
]
WORK = [
    "Built the backend of the payments service in Go",
    "Cared for 12 patients a shift on a surgical ward",
    "Wired consumer units and tested circuits in new houses",
    "Prepared monthly accounts and VAT returns for 40 clients",
    "Taught mechanics and optics to four sixth-form groups",
    "Negotiated supplier contracts worth 3 million a year",
]
POSTING = """Care Assistant

Requirements
- Looking after older people at home
- Experience of working with children
- Fire alarm installation
- Able to lift and carry
- Knowledge of children's literature
"""
RESUME = """Ana Petrel
ana@example.com

EXPERIENCE
Clerk, Northgate Stores
March 2019 – Present
• Prepared monthly accounts for 40 clients
• Filed invoices and answered suppliers about payments due
• Checked delivery notes against orders and corrected the stock list every evening
{more}
"""


def strengths(lines: list[str]) -> list[float]:
    """The strength for each demand of the posting of a clerk who also wrote these lines."""
    more = "".join(f"• {line}\n" for line in lines)
    resume = parse(read(RESUME.format(more=more).encode()), "clerk.txt")
    profile = RoleProfile.of(parse_role(read(POSTING.encode())))
    own, wanted = ENCODER.encode([item.masked for item in resume.snippets]), ENCODER.encode(profile.texts)
    idle = idle_lines(own, ENCODER.fingerprint)
    matches = match_resume(profile, resume, prepare(resume), wanted @ own.T, TODAY, 3, idle)
    return [match.strength for match in matches]


def test_lines_of_everyday_life_are_told_from_lines_of_work() -> None:
    """Every one of 36 idle lines is idle, and no line of work of six trades is."""
    found = idle_lines(ENCODER.encode([*IDLE, *WORK]), ENCODER.fingerprint)
    assert found == list(range(len(IDLE)))


def test_with_another_encoder_no_line_is_idle() -> None:
    """What was fitted on the vectors of one model says nothing of those of another."""
    assert idle_lines(ENCODER.encode(IDLE), "another@0123") == []


@pytest.mark.parametrize("number", [10, 100, 1000])
def test_idle_lines_raise_nothing(number: int) -> None:
    """However many idle lines a resume has, no demand is shown the better for them."""
    pads = [f"{IDLE[place % len(IDLE)]}, no. {place}" for place in range(number)]
    assert all(after <= before + 1e-6 for before, after in zip(strengths([]), strengths(pads), strict=True))
