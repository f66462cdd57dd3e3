"""When a shortlist has been compared far enough."""

from __future__ import annotations

from matcher.corpus.enough import is_enough, next_step

# Estimated and true scores: estimates err by a tenth at most, upwards in one of five.
COMPARED = [
    (0.9 - number / 100, 0.9 - number / 100 + (0.1 if number % 5 == 0 else 0.0)) for number in range(20)
]


def test_nobody_is_left_who_may_be_among_the_best() -> None:
    """It goes on while the estimate and the errors seen reach the last of the best, and for as few as are
    wanted."""
    tenth = sorted((score for _, score in COMPARED), reverse=True)[9]
    assert not is_enough(COMPARED, [tenth - 0.09], 10)
    assert is_enough(COMPARED, [tenth - 0.11], 10)
    assert not is_enough(COMPARED[:9], [0.0], 10)


def test_an_estimate_that_errs_less_is_believed_sooner() -> None:
    """The errors are those of this role alone."""
    sure = [(score, score) for _, score in COMPARED]
    tenth = sorted((score for _, score in COMPARED), reverse=True)[9]
    assert is_enough(sure, [tenth - 0.01], 10)
    assert not is_enough(COMPARED, [tenth - 0.01], 10)


def test_many_who_may_come_in_are_compared_sooner_than_one() -> None:
    """One error in twenty is not expected to bring one person in; of a hundred people it brings five."""
    once = [(score, score + 0.2 * (number == 0)) for number, (score, _) in enumerate(COMPARED)]
    last = sorted((score for _, score in once), reverse=True)[14]
    assert is_enough(once, [last - 0.1], 15)
    assert not is_enough(once, [last - 0.1] * 100, 15)


def test_steps_are_of_those_shown_and_some_more_then_few() -> None:
    """However few are wanted, the first step tells how far estimates err; however many, no step reads more
    than fit into memory with their vectors."""
    assert [next_step(compared, 70) for compared in (0, 74, 82)] == [74, 8, 8]
    assert [next_step(compared, 10) for compared in (0, 24, 32)] == [24, 8, 8]
    assert next_step(0, 5_000) == next_step(128, 5_000) == 128
