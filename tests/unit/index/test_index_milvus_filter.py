"""Searching among more ids than one filter takes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matcher.index import IndexSpec, milvus_filter
from matcher.index.milvus_filter import filters


def test_ids_are_chosen_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in one of them, none in two; all of the index is one filter, nobody is one that chooses nobody."""
    monkeypatch.setattr(milvus_filter, "_IDS", 3)
    assert filters(np.arange(7)) == ["id in [0, 1, 2]", "id in [3, 4, 5]", "id in [6]"]
    assert filters(None) == [""]
    assert filters(np.arange(0)) == ["id in []"]


def test_the_nearest_of_all_parts_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The best of a search in parts are those of one in a piece."""
    pytest.importorskip("milvus_lite", reason="milvus-lite is an extra: pip install 'matcher[milvus]'")
    from matcher.index.milvus import MilvusIndex

    angles = np.linspace(0, 3, 40)
    index = MilvusIndex(tmp_path / "kept", IndexSpec(2, "f"))
    index.add(np.arange(40), np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32))
    queries, within = np.array([[1, 0], [0, 1]], dtype=np.float32), np.arange(1, 40, 2)
    expected = index.search(queries, 5, within)
    monkeypatch.setattr(milvus_filter, "_IDS", 4)
    scores, ids = index.search(queries, 5, within)
    assert ids.tolist() == expected[1].tolist()
    assert ids[0].tolist() == [1, 3, 5, 7, 9]
    assert np.array_equal(scores, expected[0])
    assert index.search(queries, 5, np.arange(0))[1].tolist() == [[-1] * 5] * 2
