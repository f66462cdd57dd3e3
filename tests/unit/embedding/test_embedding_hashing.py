from __future__ import annotations

import math
import zlib

import numpy as np

from matcher.embedding.hashing import HashingEncoder


def test_a_row_counts_words_at_the_places_their_crc_names() -> None:
    """ "Nurse, nurse ward" is 2 at one place and 1 at another, divided by the root of 5."""
    (row,) = HashingEncoder().encode(["Nurse, nurse ward"])
    expected = np.zeros(256)
    expected[zlib.crc32(b"nurse") % 256] = 2 / math.sqrt(5)
    expected[zlib.crc32(b"ward") % 256] = 1 / math.sqrt(5)
    assert row.tolist() == expected.astype(np.float32).tolist()


def test_the_cosine_of_two_texts_is_that_of_their_bags_of_words() -> None:
    """Two of three words in common give 2/3; the same words in another order give 1."""
    a, b, c = HashingEncoder().encode(
        ["taught physics outdoors", "taught physics badly", "physics outdoors taught"]
    )
    assert math.isclose(float(a @ b), 2 / 3, abs_tol=1e-6)
    assert math.isclose(float(a @ c), 1, abs_tol=1e-6)
