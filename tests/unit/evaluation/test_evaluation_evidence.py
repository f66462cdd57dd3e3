"""Measures, folds, thresholds and the fit of the evidence suite, against values worked out by hand."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import FileUnavailableError, InputError
from matcher.evaluation import calibration, evidence, measures
from matcher.evaluation.baselines import bm25, cosines, idf_overlap, random_scores
from matcher.evaluation.graded import Pairs

ROWS = [
    ("Nurse", "q1", "Care on a surgical ward", "Nursed 12 patients a shift on a surgical ward", 3.0),
    ("Nurse", "q1", "Care on a surgical ward", "Changed dressings in a clinic", 2.0),
    ("Nurse", "q1", "Care on a surgical ward", "Wrote a report in Excel", 0.0),
    ("Driver", "q1", "Fork lift licence", "Fork lift licence, renewed in 2021", 3.0),
    ("Driver", "q1", "Fork lift licence", "Drove to clients", 0.5),
    ("Driver", "q2", "Speaks Danish", "Speaks Finnish", 0.0),
]
PAIRS = Pairs.of(ROWS)


def test_a_qualification_is_told_from_one_of_the_same_id_in_another_role() -> None:
    """Queries are numbered by role and id together."""
    assert PAIRS.queries == ("0", "0", "0", "1", "1", "2")
    assert len(set(PAIRS.names)) == len(PAIRS)


def test_exponential_ndcg_rounds_grades_down_and_leaves_out_what_has_no_evidence() -> None:
    """Gain 2^grade - 1 and discount log2(1 + place); a query whose grades are all below 1 does not count."""
    scores = np.array([0.1, 0.9, 0.5, 0.2, 0.7, 0.3])
    values = measures.per_query([measures.NDCG_3, measures.LINEAR_3], scores, PAIRS)
    ideal = 7 + 3 / math.log2(3)
    first = (3 + 7 / math.log2(4)) / ideal
    assert values[measures.NDCG_3] == pytest.approx({"0": first, "1": 1 / math.log2(3)}, abs=1e-4)
    assert set(values[measures.LINEAR_3]) == {"0", "1", "2"}
    assert values[measures.LINEAR_3]["2"] == 0.0


def test_a_query_left_unanswered_scores_zero() -> None:
    """A score of NaN is no answer."""
    scores = np.array([0.9, 0.5, 0.1, np.nan, np.nan, 0.3])
    values = measures.per_query([measures.NDCG_10], scores, PAIRS)[measures.NDCG_10]
    assert values == pytest.approx({"0": 1.0, "1": 0.0}, abs=1e-4)


def test_auc_counts_pairs_in_the_right_order_and_ties_half() -> None:
    """Of four comparisons two are right, one is tied and one is wrong."""
    scores, wanted = np.array([0.9, 0.4, 0.4, 0.6]), np.array([True, True, False, False])
    assert measures.auc(scores, wanted) == pytest.approx(2.5 / 4)


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 3)), min_size=1, max_size=12))
def test_auc_of_drawn_pairs_is_that_of_the_pairs_repeated(items: list[tuple[int, bool, int]]) -> None:
    """Weighing a pair by 3 is the same as having it three times."""
    scores = np.array([float(score) for score, _, _ in items])
    wanted = np.array([good for _, good, _ in items])
    times = np.array([count for _, _, count in items])
    drawn = measures.auc_of(scores, wanted)(times.astype(float))
    repeated = np.repeat(scores, times), np.repeat(wanted, times)
    expected = measures.auc(*repeated) if times.sum() else 0.5
    assert drawn == pytest.approx(expected)


def test_calibration_error_is_the_gap_of_each_bin_weighed_by_its_size() -> None:
    """Two at .95 of which one is right, two at .05 of which none is."""
    strength, wanted = np.array([0.95, 0.95, 0.05, 0.05]), np.array([True, False, False, False])
    assert measures.calibration_error(strength, wanted) == pytest.approx((2 * 0.45 + 2 * 0.05) / 4)


def test_the_bootstrap_draws_whole_roles() -> None:
    """Every value alike gives that value; two roles of opposite values reach from one to the other."""
    alike = measures.interval(measures.share_of(np.full(6, 0.25)), PAIRS.roles)
    assert alike == pytest.approx((0.25, 0.25))
    apart = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
    assert measures.interval(measures.share_of(apart), PAIRS.roles) == pytest.approx((0.0, 1.0))


def test_no_role_is_in_two_folds() -> None:
    """All pairs of a role share its fold, and thirty roles fill ten folds evenly."""
    roles = [f"role {number}" for number in range(30) for _ in range(3)]
    folds = calibration.folds_by_role(roles)
    assert all(len(set(folds[at : at + 3])) == 1 for at in range(0, 90, 3))
    assert np.bincount(folds).tolist() == [9] * calibration.FOLDS


def test_the_fit_finds_the_odds_of_two_groups() -> None:
    """One column of 0 and 1: the intercept is the log odds of the first group, the weight the difference."""
    seen = np.array([[0.0]] * 4000 + [[1.0]] * 4000)
    wanted = np.array([True] * 1000 + [False] * 3000 + [True] * 3000 + [False] * 1000)
    fitted = calibration.fit_logistic(seen, wanted)
    assert fitted == pytest.approx([-math.log(3), 2 * math.log(3)], abs=0.01)
    assert calibration.predict(fitted, seen[[0, -1]]) == pytest.approx([0.25, 0.75], abs=0.001)


def test_what_is_held_out_is_not_fitted_on() -> None:
    """A feature that gives the answer in one fold alone, turned round, misleads there."""
    folds = np.repeat([0, 1, 2, 3], 50)
    wanted = np.tile([True, False], 100)
    seen = np.where(folds == 3, ~wanted, wanted).astype(float)[:, None]
    strength = calibration.held_out(seen, wanted, folds)
    assert measures.auc(strength[folds == 3], wanted[folds == 3]) == 0.0


def test_the_lowest_threshold_keeps_its_precision_all_the_way_up() -> None:
    """Evidence from .60 up, nothing below: the precision of .9 breaks when too many lower ones come in."""
    strength = np.arange(0, 1, 0.001)
    wanted = strength >= 0.60
    at = calibration.lowest_threshold(strength, wanted, 0.9)
    assert at == pytest.approx(0.56)
    assert wanted[strength >= at].mean() >= 0.9


def test_thresholds_are_chosen_without_the_fold_they_are_applied_to() -> None:
    """Turning the grades of one fold round changes the other folds' thresholds, never its own."""
    rng = np.random.default_rng(3)
    folds = np.repeat(np.arange(4), 100)
    seen = rng.random((400, 1))
    wanted = rng.random(400) < seen[:, 0]
    turned = np.where(folds == 2, ~wanted, wanted)
    one = calibration.nested_threshold(seen, wanted, folds, 0.7)
    other = calibration.nested_threshold(seen, turned, folds, 0.7)
    assert one.thresholds[2] == other.thresholds[2]
    assert (one.shown[folds == 2] == other.shown[folds == 2]).all()
    assert one.thresholds != other.thresholds


def test_reliability_gives_each_band_its_share() -> None:
    """Empty bands are left out; a band has its pairs, mean strength and share of evidence."""
    strength = np.array([0.92, 0.94, 0.06, 0.96, 0.05, 0.04])
    (low, high) = calibration.reliability(strength, PAIRS)
    assert low[:2] == ("0.0-0.1", 3)
    assert low[2:4] == (pytest.approx(0.05), pytest.approx(0.0))
    assert high[:2] == ("0.9-1.0", 3)
    assert high[2:4] == (pytest.approx(0.94), pytest.approx(1.0))


def test_words_find_the_line_that_has_them() -> None:
    """BM25 and the overlap put the ward above Excel and give 0 where no word is shared."""
    for scores in (bm25(PAIRS), idf_overlap(PAIRS)):
        assert scores[0] > scores[2] == 0.0
    assert (random_scores(PAIRS) == random_scores(PAIRS)).all()


def test_vectors_are_kept_until_a_text_or_the_model_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The encoder is asked once for the same texts under the same name."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    calls: list[int] = []

    def encode(texts: list[str]) -> np.ndarray:
        calls.append(len(texts))
        return np.array([[1.0, 0.0] if "ward" in text else [0.6, 0.8] for text in texts], dtype=np.float32)

    first = cosines(PAIRS, "model 1", encode)
    assert first[:2] == pytest.approx([1.0, 0.6])
    assert (cosines(PAIRS, "model 1", encode) == first).all()
    assert calls == [9]
    cosines(PAIRS, "model 2", encode)
    assert calls == [9, 9]


def test_a_line_that_is_no_pair_is_named_by_number_and_never_quoted(tmp_path: Path) -> None:
    """The error gives line and fields, and none of the text."""
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"role": "Nurse", "snippet": "secret"}\n', "utf-8")
    with pytest.raises(InputError, match=r"Line 1 of .* is no graded pair") as caught:
        Pairs.read(path)
    assert "secret" not in caught.value.message
    with pytest.raises(FileUnavailableError, match=r"dev\.jsonl"):
        evidence.read_dev(tmp_path)
