from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.matching.asked import DAMPING, Asked, Texts
from matcher.matching.lexical import overlap, terms, weight
from matcher.matching.lines import Lines
from matcher.matching.weigh import (
    FEATURES,
    PARTIAL_AT,
    STRONG_AT,
    coefficients,
    features,
    in_common,
    logistic,
    odds,
    strengths,
)

LAW = settings(derandomize=True, max_examples=60, deadline=None)
WORDS = "welding pipelines SQL nurse budget audit k8s B.S. PhD and or , customers analytics Excel".split()
PROSE = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def seen(asked: str, said: str) -> dict[str, float]:
    """The features of one pair by name."""
    return dict(
        zip(
            FEATURES,
            features(Texts.of([Asked.of(asked)]), Lines.of([terms(said)]))[0, 0].tolist(),
            strict=True,
        )
    )


def strength(asked: str, said: str, cosine: float = 0.4) -> float:
    """The strength of one pair with a given cosine."""
    words = features(Texts.of([Asked.of(asked)]), Lines.of([terms(said)]))[0]
    return float(strengths(np.array([cosine], dtype=np.float32), words)[0])


def test_weigh_strength_of_a_pair_is_the_same_alone_and_in_company() -> None:
    """A pair's strength does not change by a bit with what else is weighed beside it, or from where."""
    rng = np.random.default_rng(7)
    cosines = rng.uniform(-0.2, 1, 203).astype(np.float32)
    words = rng.uniform(0, 1, (203, len(FEATURES)))
    together = strengths(cosines, words)
    for start in (0, 1, 3, 7, 100, 202):
        assert strengths(cosines[start : start + 1], words[start : start + 1])[0] == together[start]
        assert (strengths(cosines[start:], words[start:]) == together[start:]).all()
    order = rng.permutation(203)
    assert (strengths(cosines[order], words[order]) == together[order]).all()
    assert (strengths(cosines[::3], np.asfortranarray(words)[::3]) == together[::3]).all()


def test_weigh_strength_is_the_logistic_of_the_weighed_features() -> None:
    """One pair worked out by hand from the coefficients of the file."""
    intercept, of_cosine, *of_words = coefficients()
    words = np.array([[0.5, 0.25, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.5]])
    logit = intercept + of_cosine * 0.5 + sum(a * b for a, b in zip(of_words, words[0], strict=True))
    assert strengths(np.array([0.5]), words)[0] == pytest.approx(1 / (1 + math.exp(-logit)), abs=1e-15)


def test_weigh_extreme_values_stay_in_the_unit_interval() -> None:
    """No overflow at either end, and nothing for no pairs."""
    values = strengths(np.array([-100.0, 100.0]), np.zeros((2, len(FEATURES))))
    assert values.tolist() == pytest.approx([0.0, 1.0])
    assert strengths(np.zeros(0), features(Texts.of([Asked.of("SQL")]), Lines.of([]))[0]).shape == (0,)


def test_weigh_overlap_column_is_the_overlap() -> None:
    """The share that the features hold is the one `overlap` returns."""
    asked, said = terms("Experience welding pipelines"), terms("Inspected pipelines")
    assert features(Texts.of([Asked.made(asked)]), Lines.of([said]))[0, 0][
        FEATURES.index("overlap")
    ] == overlap(asked, said)


@LAW
@given(st.lists(PROSE, max_size=4), st.lists(PROSE, max_size=5))
def test_weigh_features_of_a_pair_are_the_same_alone_and_in_company(
    asked: list[str], said: list[str]
) -> None:
    """What is looked up for all texts and lines at once is what each pair says by itself."""
    wanted, read = list(map(Asked.of, asked)), list(map(terms, said))
    together = features(Texts.of(wanted), Lines.of(read))
    assert together.shape == (len(asked), len(said), len(FEATURES))
    for row, text in zip(together, wanted, strict=True):
        for pair, line in zip(row, read, strict=True):
            assert (pair == features(Texts.of([text]), Lines.of([line]))[0, 0]).all()
            assert pair[FEATURES.index("overlap")] == overlap(text.terms, line)
            alike = text.terms.openings.keys() & line.openings.keys()
            names = {name for opening in alike for name in text.terms.openings[opening]} - line.stems
            assert bool(pair[FEATURES.index("related")]) is any(text.terms.weight_of[name] for name in names)


@LAW
@given(st.lists(PROSE, min_size=1, max_size=4), st.lists(PROSE, max_size=5), st.integers(0, 99))
def test_weigh_odds_are_to_the_last_bit_those_of_all_features(
    asked: list[str], said: list[str], seed: int
) -> None:
    """To add up only what is not 0 is to add up everything."""
    texts, lines = Texts.of(map(Asked.of, asked)), Lines.of([terms(text) for text in said])
    cosines = np.random.default_rng(seed).uniform(-1, 1, (len(asked), len(said))).astype(np.float32)
    found = logistic(odds(texts, lines, in_common(texts, lines), cosines))
    assert (found == strengths(cosines, features(texts, lines))).all()


def test_weigh_one_clause_of_several_counts_more_than_its_share() -> None:
    """Of three alternatives one is named: a third of the words, but more than a third of a full match."""
    asked = "welding, plumbing or carpentry"
    one = seen(asked, "welding")
    weld = weight("weld")
    assert one["clauses"] == pytest.approx(weld / (weld + DAMPING))
    assert one["overlap"] < 0.4 < one["clauses"]
    assert seen(asked, "welding and plumbing")["clauses"] > one["clauses"]
    unlike = seen(asked, "waiting tables")
    assert unlike.pop("brief") > 0
    assert set(unlike.values()) == {0.0}


def test_weigh_related_words_begin_alike_and_are_not_counted_twice() -> None:
    """ "pharmacology" is related to "pharmacokinetics"; a word that is itself there is not."""
    rare = weight("pharmacokinet")
    related = seen("pharmacokinetics", "pharmacology course")["related"]
    assert related == pytest.approx(rare / (rare + DAMPING))
    assert seen("pharmacology", "pharmacology course")["related"] == 0.0


@pytest.mark.parametrize(
    ("asked", "said", "met"),
    [
        ("Bachelor's degree in accounting", "B.S. Accounting, 2012", True),
        ("BA/BS or MBA", "Bachelor of Arts", True),
        ("Bachelor's degree", "Master of Science in Physics", True),
        ("PhD in biology", "B.S. Biology", False),
        ("High school diploma or GED", "Associate of Arts", True),
        ("Bachelor's degree", "Managed a warehouse", False),
    ],
)
def test_weigh_degree_is_met_by_the_level_asked_or_a_higher_one(asked: str, said: str, met: bool) -> None:
    """The lowest level that is named is what is asked; a higher one meets it, a lower one does not."""
    found = seen(asked, said)
    assert (found["degree_met"], found["degree_missing"]) == ((1.0, 0.0) if met else (0.0, 1.0))


def test_weigh_degree_says_nothing_where_none_is_asked() -> None:
    """A degree in a snippet is neither met nor missing when the qualification names none."""
    found = seen("Welding", "B.S. Physics")
    assert (found["degree_met"], found["degree_missing"]) == (0.0, 0.0)


def test_weigh_thresholds_are_ordered_probabilities() -> None:
    """Partial asks for less than strong."""
    assert 0.0 < PARTIAL_AT < STRONG_AT < 1.0


def test_weigh_direct_evidence_is_above_a_shared_word_and_that_above_nothing() -> None:
    """With the same similarity of meaning the words decide."""
    asked = "Experience administering PostgreSQL and Kubernetes"
    direct = strength(asked, "Administered Postgres on k8s for six years")
    shared_word = strength(asked, "Administered vaccines")
    nothing = strength(asked, "Waited tables")
    assert direct > PARTIAL_AT > shared_word > nothing
    assert strength(asked, "Waited tables", cosine=0.0) < 0.05


@LAW
@given(PROSE, PROSE, st.floats(-1, 1))
def test_weigh_meaning_and_words_only_raise_strength(asked: str, said: str, cosine: float) -> None:
    """More similarity never lowers strength; nor does adding the asked words themselves."""
    base = strength(asked, said, cosine)
    assert 0.0 <= base <= 1.0
    assert strength(asked, said, min(1.0, cosine + 0.25)) >= base
    assert strength(asked, f"{said} ; {asked}", cosine) >= base - 1e-12
