import pytest

from matcher.matching.negation import is_contrary, limit

RECORD = "No more than two moving violations in the last three years"


@pytest.mark.parametrize(
    ("demand", "line"),
    [
        (RECORD, "MVR: four violations in 2 yrs"),
        (RECORD, "3 moving violations since 2024"),
        ("No reportable accidents", "One accident in 2023, two accidents in 2021"),
        ("Experience with SAP", "No experience with SAP"),
        ("Forklift licence", "Not yet certified on the forklift"),
        ("Experience with Kubernetes", "Have never used Kubernetes"),
    ],
)
def test_the_opposite_in_the_same_words_is_contrary(demand: str, line: str) -> None:
    """More than is allowed, or the lack of what is asked, speaks against a demand."""
    assert is_contrary(limit(demand), demand, line)


@pytest.mark.parametrize(
    ("demand", "line"),
    [
        (RECORD, "MVR: no violations in 5 yrs"),
        (RECORD, "One violation in 2019"),
        (RECORD, "Clean record over 400,000 miles"),
        ("Used to working to deadlines", "Never missed a deadline"),
        ("No experience necessary", "Cooked for 200 guests"),
        ("Works without supervision", "Ran the night desk without supervision"),
        ("Experience with SAP", "Six years with SAP, no downtime"),
        ("Managing budgets", "Cut costs without layoffs"),
    ],
)
def test_what_keeps_within_the_limit_or_denies_something_bad_is_not(demand: str, line: str) -> None:
    """A negation alone does not make a line contrary."""
    assert not is_contrary(limit(demand), demand, line)


def test_a_length_of_time_is_no_limit() -> None:
    """ "No more than two years" limits no thing that a line could count."""
    assert limit("No more than two years of experience") is None
    assert limit("Python") is None
