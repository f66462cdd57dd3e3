"""What a line says of its writer instead of telling what was done."""

import pytest

from matcher.matching.praise import Praise, praise


@pytest.mark.parametrize(
    "line",
    [
        "Passionate about coaching leaders",
        "Outgoing and comfortable calling people",
        "Thrives under deadlines",
        "> Confident and guest-centric",
        "Excellent communication skills",
        "Strong work ethic",
        "Quick learner",
        "Able to work with difficult people",
        "Display the ability to work under pressure while providing superior service",
        "Displays consistent project management and team leadership skills",
        "Possess strong analytical skills",
        "Reliable",
        "Interested in React and TypeScript",
    ],
)
def test_a_quality_of_character_is_praise(line: str) -> None:
    """A line that ascribes a quality to its writer and tells of nothing done is praise of
    character."""
    assert praise(line) is Praise.CHARACTER


@pytest.mark.parametrize(
    "line",
    [
        "Coached supervisors through corrective action",
        "Passionate coach who trained forty leaders",
        "Organized field trips to local parks",
        "Creative Director, Lowland Press",
        "Strong command of Python",
        "Excellent written German (C1)",
        "Excel",
        "Proficient in Excel and Access",
        "Responsible for the night shift",
        "Demonstrated products to visitors of the fair",
        "Displayed strong colours in the shop window",
        "Demonstrated ability to manage budgets of 2 million",
        "Friendly fire investigator",
    ],
)
def test_a_deed_a_skill_or_a_title_is_no_praise_of_character(line: str) -> None:
    """What was done, what is mastered and what one is called are more than praise."""
    assert praise(line) is not Praise.CHARACTER


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Proficient in Excel and Access", Praise.MASTERY),
        ("Strong command of Python", Praise.MASTERY),
        ("Motivated nurse with nine years on wards", Praise.MASTERY),
        ("Experienced mentor who trained forty leaders", None),
        ("Creative Director, Lowland Press", None),
        ("Positive Pay reconciliation", None),
        ("Trained forty leaders", None),
    ],
)
def test_mastery_is_said_and_deeds_are_told(line: str, expected: Praise | None) -> None:
    """To know a thing is more than character and less than a deed, which outweighs either."""
    assert praise(line) is expected
