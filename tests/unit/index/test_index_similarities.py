from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.index import similarities


def units(count: int, seed: int) -> NDArray[np.float32]:
    values = np.random.default_rng(seed).normal(size=(count, 384))
    return (values / np.linalg.norm(values, axis=1, keepdims=True)).astype(np.float32)


QUERIES, VECTORS = units(20, 1), units(60, 2)
ALL = similarities(QUERIES, VECTORS)


def test_values_are_inner_products() -> None:
    """Each value is the inner product of its query and its vector, within float32 rounding."""
    double = QUERIES.astype(np.float64) @ VECTORS.astype(np.float64).T
    np.testing.assert_allclose(ALL, double, atol=1e-6)
    assert ALL.dtype == np.float32


@settings(max_examples=100, derandomize=True, deadline=None)
@given(
    st.lists(st.integers(0, 19), max_size=25),
    st.lists(st.integers(0, 59), max_size=70),
    st.integers(0, 3),
)
def test_no_bit_depends_on_the_other_rows(queries: list[int], vectors: list[int], shift: int) -> None:
    """Any choice, order or repetition of rows, at any alignment in memory, gives the same bits."""
    chosen = VECTORS[vectors]
    memory = np.empty(chosen.size + shift, dtype=np.float32)
    moved = memory[shift:].reshape(chosen.shape)
    moved[:] = chosen
    assert (similarities(QUERIES[queries], moved) == ALL[np.ix_(queries, vectors)]).all()


def test_strided_rows_give_the_same_bits() -> None:
    """Rows that are not contiguous in memory are compared like any others."""
    assert (similarities(np.asfortranarray(QUERIES), VECTORS[::2]) == ALL[:, ::2]).all()
