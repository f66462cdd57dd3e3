import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import WeightsError
from matcher.matching.score import ranked, score, with_weights, worth
from matcher.matching.verdicts import judge
from matcher.matching.weigh import PARTIAL_AT
from matcher.types import (
    Assess,
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


def test_score_is_the_weighted_mean_of_what_verdicts_are_worth() -> None:
    """Strong at .9 is in the middle of .8 to 1, nothing found at 0: (1 x .9 + .5 x 0) / 1.5 = .6; the unknown
    one counts in coverage alone: 1.5 of 2.5."""
    matches = [
        match(1.0, 0.9, Verdict.STRONG),
        match(0.5, 0.0, Verdict.NONE_FOUND),
        match(1.0, 0.0, Verdict.UNKNOWN),
    ]
    value, coverage = score(matches)
    assert value == pytest.approx(0.6)
    assert coverage == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("verdict", "strength", "expected"),
    [
        (Verdict.STRONG, 1.0, 1.0),
        (Verdict.STRONG, 0.8, 0.8),
        (Verdict.PARTIAL, 0.65, 0.5),
        (Verdict.PARTIAL, 0.5, 0.4),
        (Verdict.CONTRADICTED, 0.4, 0.16),
        (Verdict.NONE_FOUND, 0.265, 0.1),
        (Verdict.NONE_FOUND, 0.02, 0.0),
    ],
)
def test_strength_says_where_in_the_band_of_its_verdict(
    verdict: Verdict, strength: float, expected: float
) -> None:
    """Strong is worth .8 to 1, partial .4 to .6, contradicted and none found 0 to .2; idle lines nothing."""
    assert worth(match(1.0, strength, verdict)) == pytest.approx(expected)


@given(st.floats(0, 1), st.floats(0, 1))
@settings(derandomize=True, max_examples=300)
def test_a_better_verdict_is_always_worth_more(one: float, other: float) -> None:
    """Whatever the strengths that led to them; and within one verdict more strength is never worth less."""
    low, high = (match(1.0, value, judge(value, (), thin=False)) for value in sorted((one, other)))
    if low.verdict is high.verdict:
        assert worth(low) <= worth(high)
    else:
        assert worth(low) + 0.2 <= worth(high) + 1e-9
    assert worth(low) >= 0
    assert worth(high) <= 1
    contradicted = match(1.0, min(one, PARTIAL_AT), Verdict.CONTRADICTED)
    assert worth(contradicted) < worth(match(1.0, PARTIAL_AT))


def test_nothing_assessed_is_no_score() -> None:
    """All unknown gives None, not 0."""
    assert score([match(1.0, 0.0, Verdict.UNKNOWN)]) == (None, 0.0)


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 1)), min_size=1, max_size=30), st.randoms())
@settings(derandomize=True, max_examples=100)
def test_score_lies_between_0_and_1_and_ignores_order(
    pairs: list[tuple[float, float]], random: object
) -> None:
    """The order of qualifications changes no bit of the score."""
    matches = [match(weight, strength, judge(strength, (), thin=False)) for weight, strength in pairs]
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


def test_a_weight_makes_a_demand_count_that_the_parser_set_apart() -> None:
    """What was left to an interview, or says another again, is then looked for and counts by itself."""
    first, last = role(1.0, 0.0).qualifications
    apart = replace(role(1.0), qualifications=(first, replace(last, assess=Assess.INTERVIEW, same_as="q1")))
    given = with_weights(apart, {"q2": 2}).qualifications[1]
    assert (given.weight, given.assess, given.same_as) == (2.0, Assess.RESUME, None)
    assert with_weights(apart, {"q2": 0}).qualifications == apart.qualifications


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
