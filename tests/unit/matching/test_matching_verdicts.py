import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.matching.checks import Check, Outcome
from matcher.matching.lexical import terms
from matcher.matching.verdicts import BELOW_STRONG, FACT_STRENGTH, combine, judge
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT
from matcher.types import Constraints, Verdict

NONE = Constraints()
WANTED = terms("Five years of experience managing a dairy farm")
UNIT = st.floats(0, 1)


def years(share: float) -> list[tuple[str, Check]]:
    return [("years", Check(Outcome.MET if share >= 1 else Outcome.PARTLY, share, ""))]


def fact(outcome: Outcome, share: float = 1.0) -> list[tuple[str, Check]]:
    return [("licence", Check(outcome, share, ""))]


@given(UNIT, UNIT, UNIT, UNIT)
@settings(derandomize=True, max_examples=200)
def test_more_years_or_better_words_never_lower_a_strength(
    text: float, share: float, more_text: float, more_share: float
) -> None:
    """Strength is monotone in the words' strength and in the share of years, enough years included."""
    low, high = sorted((text, more_text))
    few, many = sorted((share, more_share))
    assert combine(low, years(few), WANTED, NONE) <= combine(high, years(many), WANTED, NONE)
    assert combine(low, years(few), WANTED, NONE) <= combine(low, years(1.0), WANTED, NONE)


@pytest.mark.parametrize(
    ("text", "share", "verdict"),
    [
        (0.95, 1.0, Verdict.STRONG),
        (0.95, 0.5, Verdict.PARTIAL),
        (0.95, 0.0, Verdict.PARTIAL),  # the words say so, no dated position does
        (0.30, 1.0, Verdict.PARTIAL),
        (0.30, 0.05, Verdict.NONE_FOUND),  # three months of five years lift nothing
        (0.30, 0.0, Verdict.NONE_FOUND),
    ],
)
def test_years_and_words_together(text: float, share: float, verdict: Verdict) -> None:
    """Strong needs both; either alone is partial at most."""
    assert judge(combine(text, years(share), WANTED, NONE), years(share), thin=False) is verdict


def test_the_weakest_demand_decides() -> None:
    """A met licence does not make up for an expired one."""
    checks = [*fact(Outcome.MET), *fact(Outcome.SHORT, 0.5)]
    value = combine(0.99, checks, terms("BLS and ACLS"), Constraints(licences=("BLS", "ACLS")))
    assert value == PARTIAL_AT * 0.5
    assert judge(value, checks, thin=False) is Verdict.CONTRADICTED


def test_a_stated_fact_is_strong_and_words_beside_it_order_equals() -> None:
    """ "English, and butchery": English alone is strong; the one who shows butchery too stands higher."""
    asked = Constraints(languages=("English",))
    alone, mixed = terms("English"), terms("English is an asset, and so is experience with butchery")
    assert combine(0.1, fact(Outcome.MET), alone, asked) == FACT_STRENGTH
    with_it, without = (combine(text, fact(Outcome.MET), mixed, asked) for text in (0.8, 0.1))
    assert FACT_STRENGTH > with_it > without >= PARTIAL_AT


def test_words_around_a_language_do_not_weigh_against_it() -> None:
    """ "Clear written English" is met by English, however it is stated."""
    asked = Constraints(languages=("English",))
    assert combine(0.1, fact(Outcome.MET), terms("Clear written English"), asked) == FACT_STRENGTH


def test_silence_on_a_fact_is_never_strong() -> None:
    """Where the resume does not state the licence, the best words are partial, and better words are more."""
    best, good = (combine(text, fact(Outcome.SILENT), WANTED, NONE) for text in (0.99, 0.8))
    assert PARTIAL_AT < good < best < BELOW_STRONG < STRONG_AT
    assert combine(0.3, fact(Outcome.SILENT), WANTED, NONE) == 0.3


@given(UNIT, UNIT, st.floats(0.34, 1))
@settings(derandomize=True, max_examples=200)
def test_some_of_several_names_are_more_than_none(low: float, high: float, share: float) -> None:
    """One of two licences stated, with any words, stands above neither stated with the same words."""
    text, better = sorted((low, high))
    partly = combine(text, fact(Outcome.PARTLY, share), WANTED, NONE)
    assert partly >= combine(text, fact(Outcome.SILENT), WANTED, NONE)
    assert partly <= combine(better, fact(Outcome.PARTLY, share), WANTED, NONE) < STRONG_AT


def test_too_little_text_is_unknown_rather_than_none_found() -> None:
    """A thin resume without evidence is unknown; what it does show counts."""
    assert judge(0.1, [], thin=True) is Verdict.UNKNOWN
    assert judge(0.1, [], thin=False) is Verdict.NONE_FOUND
    assert judge(0.9, [], thin=True) is Verdict.STRONG


def test_a_level_of_education_does_not_answer_what_a_demand_goes_on_to_ask() -> None:
    """Any diploma is partial for training as a clerk; where a level alone is asked it is strong."""
    degree = [("degree", Check(Outcome.MET, 1.0, ""))]
    bare, more = (
        terms("Bachelor's degree required"),
        terms("Vocational training as a freight forwarding clerk"),
    )
    assert combine(0.1, degree, bare, NONE) == FACT_STRENGTH
    assert PARTIAL_AT <= combine(0.1, degree, more, NONE) < STRONG_AT
    assert combine(0.99, degree, more, NONE) == FACT_STRENGTH
