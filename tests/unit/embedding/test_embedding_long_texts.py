from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.embedding.encoder import distinct, parts, unit_mean
from matcher.errors import InputError


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.text(alphabet="ab \n", max_size=200), st.integers(1, 20))
def test_parts_fit_and_lose_no_word(text: str, limit: int) -> None:
    """Every part is within the limit, and joined without white space the parts are the text."""
    found = parts(text, lambda part: len(part) <= limit)
    assert all(len(part) <= limit for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_parts_are_cut_between_words() -> None:
    """A text is halved at white space, and each half again until it fits."""
    assert parts("one two three four five", lambda part: len(part) <= 10) == ["one two", "three", "four five"]


def test_a_text_that_fits_stays_as_it_is() -> None:
    """White space is not folded in a text that needs no cut."""
    assert parts("one  two", lambda part: len(part) <= 10) == ["one  two"]


def test_a_character_that_does_not_fit_ends_the_cutting() -> None:
    """With a limit that nothing meets, the parts are single characters."""
    assert parts("abc", lambda _: False) == ["a", "b", "c"]


def test_the_mean_is_weighted_and_of_length_one() -> None:
    """Weights 3 and 1 on two axes give (3, 1) divided by the root of 10."""
    mean = unit_mean(np.eye(2, dtype=np.float32), [3, 1])
    np.testing.assert_allclose(mean, np.array([3, 1]) / np.sqrt(10), rtol=1e-7)


def test_parts_that_cancel_out_leave_the_first() -> None:
    """Opposite rows of equal weight have no mean direction."""
    rows = np.array([[1, 0], [-1, 0]], dtype=np.float32)
    assert unit_mean(rows, [1, 1]).tolist() == [1, 0]


def test_distinct_keeps_the_order_of_first_use() -> None:
    """Duplicates point to one text; a lone surrogate becomes a question mark."""
    different, places = distinct(["b", "a", "b", "\ud800"])
    assert different == ["b", "a", "?"]
    assert places.tolist() == [0, 1, 0, 2]


def test_one_text_instead_of_a_sequence_is_refused() -> None:
    """A str would be encoded letter by letter: it raises with the remedy."""
    with pytest.raises(InputError, match="put it in a list"):
        distinct("Managed a ward")
