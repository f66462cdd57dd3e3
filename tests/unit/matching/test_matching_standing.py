from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from matcher.matching.kinds import EvidenceKind
from matcher.matching.standing import held
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT


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
