import pytest

from matcher.matching.checks import Outcome
from matcher.matching.stated_years import check_stated_years


@pytest.mark.parametrize(
    ("line", "share"),
    [
        ("Fabricator with two years of TIG welding", 0.4),
        ("Backend engineer, 3 years of experience with Kubernetes", 0.6),
        ("3+ yrs experience in TIG welding", 0.78),
    ],
)
def test_fewer_years_than_asked_are_short(line: str, share: float) -> None:
    """Five years asked and fewer stated in so many words: the resume itself says less."""
    [(name, check)] = check_stated_years(5, [line])
    assert (name, check.outcome) == ("years", Outcome.SHORT)
    assert check.share == pytest.approx(share)


@pytest.mark.parametrize(
    "line",
    ["Nine years of TIG welding", "TIG welding for ferries", "Two years ago", "Children two years of age"],
)
def test_enough_years_or_none_stated_are_no_shortfall(line: str) -> None:
    """An assertion of enough years adds nothing, and silence is no lack."""
    assert check_stated_years(5, [line]) == []


def test_the_most_that_is_stated_counts() -> None:
    """Two years of one kind and six in all: nothing is short."""
    assert check_stated_years(5, ["Two years of MIG welding", "Six years of welding"]) == []
