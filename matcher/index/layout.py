"""How segments are laid out: into how many groups, how many of them a search reads, in which files."""

from __future__ import annotations

import math
from pathlib import Path


def lists_for(rows: int) -> int:
    """Into how many groups that many vectors are divided: the power of two nearest to 4 * sqrt(rows).

    At least 32 vectors a group; 512 for 20,000 vectors, 4,096 for a million, 8,192 for five.
    """
    return max(1, min(1 << round(math.log2(4 * math.sqrt(rows))), rows // 32))


def probes_for(lists: int) -> int:
    """How many of the groups a search reads: 2 * sqrt(lists), 128 of 4,096; of fewer groups a larger share.

    With 46 of 512 groups .959 of the 100 nearest were found among 30,000 lines, hence an eighth up to 64.
    Of a million lines .986 of the 100 nearest are found so, and .86 for the worst of 142 qualifications; with
    half as many groups .973, but .23 for the worst.
    """
    return min(lists, max(32, min(64, lists // 8), math.ceil(2 * math.sqrt(lists))))


def files_of(folder: Path, name: str) -> tuple[Path, Path]:
    """The two files of a segment: FAISS's own format, and its ids in ascending order as NumPy's .npy."""
    return folder / f"{name}.faiss", folder / f"{name}.ids.npy"
