import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import WeightsError
from matcher.matching.score import ranked, score, with_weights
from matcher.types import (
    Document,
    Match,
    MatchReport,
    Qualification,
    QualificationKind,
    Resume,
    Role,
    Verdict,
)

DOCUMENT = Document("x", "text/plain", "0" * 64, ())
RESUME = Resume(DOCUMENT, "c0", "x")


def match(weight: float, strength: float, verdict: Verdict = Verdict.PARTIAL) -> Match:
    qualification = Qualification("q1", "Skill", QualificationKind.REQUIRED, weight)
    return Match(qualification, verdict, strength, ())


def report(value: float | None, candidate: str, source: str = "a") -> MatchReport:
    return MatchReport(candidate, source, 0, value, 1.0, (), (), RESUME)


def role(*weights: float) -> Role:
    qualifications = tuple(
        Qualification(f"q{place}", "Skill", QualificationKind.REQUIRED, weight)
        for place, weight in enumerate(weights, start=1)
    )
    return Role(DOCUMENT, "r0", "Cook", None, qualifications)


def test_score_is_the_weighted_mean_of_what_could_be_assessed() -> None:
    """(1 x 0.9 + 0.5 x 0.3) / 1.5 = 0.7; the unknown one counts in coverage alone: 1.5 of 2.5."""
    matches = [match(1.0, 0.9), match(0.5, 0.3), match(1.0, 0.0, Verdict.UNKNOWN)]
    value, coverage = score(matches)
    assert value == pytest.approx(0.7)
    assert coverage == pytest.approx(0.6)


def test_nothing_assessed_is_no_score() -> None:
    """All unknown gives None, not 0."""
    assert score([match(1.0, 0.0, Verdict.UNKNOWN)]) == (None, 0.0)


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 1)), min_size=1, max_size=30), st.randoms())
@settings(derandomize=True, max_examples=100)
def test_score_lies_between_0_and_1_and_ignores_order(
    pairs: list[tuple[float, float]], random: object
) -> None:
    """The order of qualifications changes no bit of the score."""
    matches = [match(weight, strength) for weight, strength in pairs]
    value, coverage = score(matches)
    if not math.fsum(weight for weight, _ in pairs):
        assert value is None
        return
    shuffled = list(matches)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert score(shuffled) == (value, coverage)
    assert 0 <= value <= 1  # type: ignore[operator]


def test_order_is_by_score_then_content_and_ties_share_a_rank() -> None:
    """Unscored resumes come last; equal scores stand in the order of their content's hash."""
    reports = [report(0.5, "c3"), report(None, "c1"), report(0.5, "c2"), report(0.9, "c4")]
    result = ranked(reports)
    assert [(item.candidate_id, item.rank) for item in result] == [("c4", 1), ("c2", 2), ("c3", 2), ("c1", 4)]
    assert ranked(reversed(reports)) == result


def test_weights_replace_those_of_the_posting() -> None:
    """Named weights change; the others stay."""
    assert [item.weight for item in with_weights(role(1.0, 0.5), {"q2": 3}).qualifications] == [1.0, 3.0]


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"q9": 1.0}, "no qualification 'q9'; it has q1, q2"),
        ({"q1": -1.0}, "from 0 to 1,000,000"),
        ({"q1": math.nan}, "from 0 to 1,000,000"),
        ({"q1": 1e308, "q2": 1e308}, "from 0 to 1,000,000"),
        ({"q1": 0.0, "q2": 0.0}, "Every weight is 0"),
    ],
)
def test_weights_that_make_no_sense_are_refused(weights: dict[str, float], message: str) -> None:
    """Unknown ids, negative or far too large weights, and nothing to rank by are typed errors."""
    with pytest.raises(WeightsError, match=message):
        with_weights(role(1.0, 0.5), weights)
