from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.matching.kinds import EvidenceKind
from matcher.matching.standing import held, is_claim
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT


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
        "Reliable",
        "Interested in React and TypeScript",
    ],
)
def test_praise_of_oneself_is_a_claim(line: str) -> None:
    """A line that ascribes a quality to its writer and tells of nothing done is a claim."""
    assert is_claim(line)


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
        "Friendly fire investigator",
    ],
)
def test_a_deed_a_skill_or_a_title_is_no_claim(line: str) -> None:
    """What was done, what is mastered and what one is called are more than praise."""
    assert not is_claim(line)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_line_that_says_more_never_counts_less_within_its_kind(one: float, other: float) -> None:
    """Within a kind the order of the words' strengths stays, in [0, 1]."""
    low, high = sorted((one, other))
    for kind in EvidenceKind:
        assert 0 <= held(low, kind, False) <= held(high, kind, False) <= 1


@given(st.floats(PARTIAL_AT, 1), st.floats(PARTIAL_AT, STRONG_AT, exclude_max=True))
def test_in_the_partial_band_the_kind_decides(weaker: float, stronger: float) -> None:
    """Described outranks certified, listed and asserted, whatever the words alone would say."""
    order = list(EvidenceKind)
    for kind, above in pairwise(order):
        if held(weaker, kind, False) < STRONG_AT:
            assert held(weaker, kind, False) <= held(stronger, above, False) < STRONG_AT


@given(st.floats(0, 1))
def test_asserted_and_listed_are_partial_at_most(value: float) -> None:
    """However near the words are, a list or an assertion alone is no strong evidence."""
    assert held(value, EvidenceKind.LISTED, False) < STRONG_AT
    assert held(value, EvidenceKind.ASSERTED, False) < STRONG_AT
    assert held(value, EvidenceKind.ASSERTED, True) < PARTIAL_AT
