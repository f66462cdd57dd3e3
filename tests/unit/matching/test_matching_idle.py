"""Lines of everyday life, told from lines of work, and what they count."""

from collections.abc import Sequence
from datetime import date
from itertools import cycle, islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.documents import read
from matcher.embedding import load_encoder
from matcher.index import similarities
from matcher.matching import RoleProfile, idle_lines, match_resume, prepare, score
from matcher.resumes import parse
from matcher.roles import parse as parse_role

ENCODER = load_encoder()
TODAY = date(2026, 10, 1)
# Of many kinds: at home, out of doors, at play, at work and doing none. None of these lines is among those
# that the model was fitted on.
EVERYDAY = [
    f"{deed} {thing} {place}"
    for deed, thing, place in product(
        ("Borrowed", "Admired", "Kept", "Forgot", "Painted", "Found", "Swapped", "Looked after", "Prepared"),
        (
            "a plaid blanket",
            "the paper lanterns",
            "a wooden duck",
            "the picnic hamper",
            "some old comics",
            "a jar of marbles",
            "the strawberry jam",
            "two garden gnomes",
        ),
        (
            "by the duck pond",
            "at a cousin's birthday",
            "before the firework display",
            "on the top deck of the bus",
            "behind the vending machine",
            "at the back of the rowing club",
            "on a rainy Thursday",
            "during the tea break",
        ),
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
- Prepared budgets and kept farm accounts
- Led teams of volunteers and looked after animals
"""
RESUME = """Ana Petrel
ana@example.com

EXPERIENCE
Clerk, Northgate Stores
March 2019 – Present
• Prepared monthly accounts for 40 clients
• Prepared the yearly budget of a charity
• Filed invoices and answered suppliers about payments due
• Checked delivery notes against orders and corrected the stock list every evening
{more}
"""


@pytest.fixture(scope="module")
def idle() -> list[str]:
    """Those of the lines of everyday life that are told, in another order."""
    told = idle_lines(ENCODER.encode(EVERYDAY), ENCODER.fingerprint)
    return [EVERYDAY[place] for place in sorted(told, key=lambda place: (place % 41, place))]


def found(lines: Sequence[str]) -> tuple[float | None, list[float]]:
    """The score of a clerk who also wrote these lines, and the strength for each demand of the posting."""
    more = "".join(f"• {line}\n" for line in lines)
    resume = parse(read(RESUME.format(more=more).encode()), "clerk.txt")
    profile = RoleProfile.of(parse_role(read(POSTING.encode())))
    own, wanted = ENCODER.encode([item.masked for item in resume.snippets]), ENCODER.encode(profile.texts)
    idle = idle_lines(own, ENCODER.fingerprint)
    cosines = similarities(wanted, own)
    matches = match_resume(profile, resume, prepare(resume), cosines, TODAY, 3, idle)
    return score(matches)[0], [match.strength for match in matches]


def test_lines_of_everyday_life_are_told_from_lines_of_work(idle: list[str]) -> None:
    """Of 576 idle lines 97 in a hundred are idle, and no line of work of six trades is."""
    assert len(idle) >= 0.97 * len(EVERYDAY)
    assert idle_lines(ENCODER.encode(WORK), ENCODER.fingerprint) == []


def test_with_another_encoder_no_line_is_idle() -> None:
    """What was fitted on the vectors of one model says nothing of those of another."""
    assert idle_lines(ENCODER.encode(EVERYDAY[:9]), "another@0123") == []


@pytest.mark.parametrize("number", [10, 100, 1000])
def test_idle_lines_change_nothing(idle: list[str], number: int) -> None:
    """However many idle lines a resume has, its score and each strength are the same to the last bit: none
    is evidence, and none lends a word to a clause."""
    assert found(list(islice(cycle(idle), number))) == found([])


@given(st.data())
@settings(derandomize=True, deadline=None, max_examples=20)
def test_any_idle_lines_change_nothing(idle: list[str], data: st.DataObject) -> None:
    """Any of them, in any order."""
    pads = data.draw(st.lists(st.sampled_from(idle), min_size=1, max_size=30))
    assert found(pads) == found([])
