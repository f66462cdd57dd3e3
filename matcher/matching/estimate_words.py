"""Which words of many texts stand in which of many lines: all looked up at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.matching.lexical import Terms
from matcher.matching.outline import code, codes_from, opening_code
from matcher.matching.outlines import Outlines

Floats = NDArray[np.float64]
Bits = NDArray[np.uint64]

_LINE_BITS = 31

MOST = 64  # stems of a text that are looked for: one bit each


class CommonWords:
    """What some lines have in common with some texts."""

    def __init__(
        self, texts: Iterable[Terms], names: Iterable[str], lines: NDArray[np.int64], outlines: Outlines
    ) -> None:
        """Of the `lines` (places, each once) by the texts' stems, what begins like these, and `names`."""
        places, of_lines = outlines.line_stems.places(lines)
        stems = outlines.stems[places]
        # Nine stems in ten begin like none that is asked, which half of their codes tells.
        begun = np.zeros(1 << 16, dtype=np.bool_)
        begun[[code(name) >> 16 for name in names]] = True
        for text in texts:
            begun[[code(name) >> 16 for name in text.order]] = True
            begun[[codes_from(opening_code(name))[0] >> 16 for name in text.openings]] = True
        near = np.flatnonzero(begun[stems >> np.uint32(16)])
        # a code and its line in one number, which is sorted several times as fast as both by the code
        of = np.repeat(np.arange(len(lines)), np.diff(of_lines.ends))[near]
        both = stems[near].astype(np.int64) << _LINE_BITS | of
        both.sort()
        self._stems, self._lines = both >> _LINE_BITS, both & ((1 << _LINE_BITS) - 1)
        self._count = len(lines)

    def shared(self, words: Terms) -> Bits:
        """For each line the stems of `words` that it has, a bit each: that of place n is 1 << n."""
        bit = _bits(words)
        return self._found([(code(name), code(name) + 1, bits) for name, bits in bit.items()])

    def begun(self, words: Terms) -> Bits:
        """The same for the stems of which a line has the opening."""
        bit = _bits(words)
        return self._found(
            [
                (*codes_from(opening_code(opening)), sum(bit.get(name, 0) for name in names))
                for opening, names in words.openings.items()
            ]
        )

    def having(self, names: Iterable[str]) -> NDArray[np.bool_]:
        """Whether each line has one of these stems, which have to be among `names`."""
        return self._found([(code(name), code(name) + 1, 1) for name in names]) > 0

    def _found(self, wanted: Sequence[tuple[int, int, int]]) -> Bits:
        """The bits of all codes from a first to behind a last that each line has."""
        found = np.zeros(self._count, dtype=np.uint64)
        if wanted:
            first, behind, bits = zip(*wanted, strict=True)
            starts, ends = np.searchsorted(self._stems, np.array([first, behind], dtype=np.int64))
            for start, end, value in zip(starts.tolist(), ends.tolist(), bits, strict=True):
                found[self._lines[start:end]] |= np.uint64(value)
        return found


def weights(words: Terms, bits: Bits, names: Iterable[str]) -> Floats:
    """The weight of those of the `names` whose bits are set."""
    wanted = frozenset(names)
    total = np.zeros(len(bits))
    for place, name in enumerate(words.order[:MOST]):
        if name in wanted:
            total += words.weight_of[name] * ((bits >> np.uint64(place)) & np.uint64(1))
    return total


def every(words: Terms) -> np.uint64:
    """The bits of all stems."""
    return np.uint64((1 << len(words.order[:MOST])) - 1)


def _bits(words: Terms) -> Mapping[str, int]:
    return {name: 1 << place for place, name in enumerate(words.order[:MOST])}
