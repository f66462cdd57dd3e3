"""The two sides of a demand for a degree or experience, and which of them counts."""

import pytest

from matcher.matching.checks import Check, Outcome
from matcher.matching.degree_facts import check_experience, either
from matcher.matching.equivalents import Sides, sides
from matcher.matching.lexical import terms
from matcher.matching.verdicts import combine
from matcher.types import Constraints, DegreeLevel, Qualification, QualificationKind


def demand(text: str, years: float | None = None, *fields: str) -> Qualification:
    asked = Constraints(years, None, DegreeLevel.BACHELOR, fields, or_equivalent=True)
    return Qualification("q1", text, QualificationKind.REQUIRED, 1.0, asked)


@pytest.mark.parametrize(
    ("text", "years", "found"),
    [
        (
            "Bachelor's degree in accounting or 4 years of experience in audit",
            4.0,
            (
                "Bachelor's degree in accounting",
                "4 years of experience in audit",
                ("experience in audit",),
                4.0,
                True,
            ),
        ),
        (
            "Bachelor's degree (or ten years on a ward)",
            10.0,
            ("Bachelor's degree", "ten years on a ward", ("experience on a ward",), 10.0, True),
        ),
        (
            "5 years of experience in sales or a degree",
            5.0,
            ("a degree", "5 years of experience in sales", ("experience in sales",), 5.0, True),
        ),
        (
            "Degree and 2 years of practice, or 6 years of experience in lieu of a degree",
            2.0,
            ("Degree and 2 years of practice", "6 years of experience", ("experience as Baker",), 6.0, False),
        ),
        (
            "Degree or equivalent experience, plus 3 years of proofing",
            3.0,
            ("Degree", "equivalent experience", ("experience as Baker",), None, False),
        ),
    ],
)
def test_the_sides_are_read_from_the_words(
    text: str, years: float, found: tuple[str, str, str, float | None, bool]
) -> None:
    """Which years are asked instead of the degree, and of what, is said by the demand or by the title."""
    assert sides(demand(text, years), "Baker") == Sides(*found)


def test_equivalent_experience_is_experience_in_the_field_of_the_degree() -> None:
    """Where the demand names a field, the job alone is not relevant experience."""
    found = sides(demand("Degree in botany or equivalent experience", None, "botany", "zoology"), "Clerk")
    assert found is not None
    assert found.subjects == ("experience in botany", "experience in zoology")
    assert found.years is None


@pytest.mark.parametrize(
    "text",
    [
        "Bachelor's degree in finance with 5 years of experience",
        "Master's degree with 3 years of experience or Bachelor's degree with 5 years of experience",
        "Bachelor's degree or equivalent qualification",
        "Bachelor's degree in statistics or an equivalent quantitative field",
    ],
)
def test_years_beside_a_degree_are_no_side(text: str) -> None:
    """What is asked as well, or of another degree, or is a qualification too, replaces no degree."""
    assert sides(demand(text, 5.0), "Clerk") is None


def test_an_equivalent_of_a_school_certificate_is_another_certificate() -> None:
    """ "High school diploma or equivalent" asks no experience."""
    asked = Constraints(degree=DegreeLevel.HIGH_SCHOOL, or_equivalent=True)
    text = "High school diploma or equivalent"
    assert sides(Qualification("q1", text, QualificationKind.REQUIRED, 1.0, asked)) is None


ASKED = Sides("a degree", "4 years of audit", ("audit",), 4.0, True)
ENOUGH = Check(Outcome.MET, 1.0, "6 years")
LITTLE = Check(Outcome.PARTLY, 0.5, "2 years")
SHORT = Check(Outcome.SHORT, 0.25, "1 year in all")


@pytest.mark.parametrize(
    ("words", "years", "outcome"),
    [
        (0.9, ENOUGH, Outcome.MET),
        (0.6, ENOUGH, Outcome.PARTLY),
        (0.3, ENOUGH, Outcome.SILENT),
        (0.9, LITTLE, Outcome.PARTLY),
        (0.9, SHORT, Outcome.SHORT),
        (0.3, SHORT, Outcome.SHORT),
        (0.9, None, Outcome.PARTLY),
        (0.3, None, Outcome.SILENT),
    ],
)
def test_experience_meets_a_demand_when_it_is_relevant_and_as_long_as_is_stated(
    words: float, years: Check | None, outcome: Outcome
) -> None:
    """Without a stated length, or when in doubt, a person judges; what is not relevant is no experience."""
    check = check_experience(ASKED, words, years)
    assert check.outcome is outcome
    assert ("erson to judge" in check.note) is (
        (years is None and words > 0.5) or (words, years) == (0.6, ENOUGH)
    )


def test_neither_side_outranks_the_other() -> None:
    """Met by either side, the demand is met in the same way; both have to fall short to contradict it."""
    degree_met = Check(Outcome.MET, 1.0, "states a degree")
    experience_met = check_experience(ASKED, 0.9, ENOUGH)
    lower = Check(Outcome.SHORT, 0.1, "the highest stated is a diploma")
    silent = check_experience(ASKED, 0.1, ENOUGH)
    first, second = either(degree_met, silent), either(lower, experience_met)
    assert (first.outcome, first.share) == (second.outcome, second.share) == (Outcome.MET, 1.0)
    assert either(lower, silent).outcome is Outcome.SILENT
    assert either(lower, check_experience(ASKED, 0.1, SHORT)).outcome is Outcome.SHORT


def test_both_sides_are_told() -> None:
    """The side that is met stands beside the one that is not."""
    lower = Check(Outcome.SHORT, 0.1, "bachelor’s degree asked; the highest stated is associate degree")
    told = either(lower, check_experience(ASKED, 0.9, ENOUGH)).note
    assert (
        told
        == "bachelor’s degree asked; the highest stated is associate degree; or 4 years of audit: 6 years"
    )


def test_either_side_alone_gives_the_same_strength() -> None:
    """A degree that is held and experience that is long enough are worth the same to the last bit."""
    asked = demand("Degree or 4 years of audit", 4.0)
    words = terms(asked.text)
    education = Check(Outcome.MET, 1.0, "states a degree")
    experience = check_experience(ASKED, 0.9, ENOUGH)
    strengths = {
        combine(heard, [("degree", check)], words, asked.constraints)
        for check, heard in ((education, 0.2), (experience, 0.9))
    }
    assert len(strengths) == 1
