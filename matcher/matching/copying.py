"""Snippets that repeat the posting's own sentences: shown to the reviewer, never evidence.

A copy is found by word shingles (Broder 1997, "On the resemblance and containment of documents"): the share
of a snippet's runs of words that stand in the posting too. Pronouns are left out first, so that "you set
priorities" and "I set priorities" are the same.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import compress, pairwise
from operator import not_

import numpy as np
from numpy.typing import NDArray

from matcher.types import Resume, SectionKind, SetAside, SetAsideKind

# Words in a run: shorter runs are phrases of the trade that anyone uses ("hired for technical positions").
RUN = 4
# A snippet needs this many words, pronouns apart, for a share of them to mean copying. A shorter one, of RUN
# words at least, is a copy when it is a whole line of the posting; the name of a skill is none.
SHORTEST = 8
# The share of runs from which a snippet counts as a copy. The lines of the fixture that repeats its posting
# have 1.0; of all other lines of the fixtures and of 48 real resumes, against twelve postings, the highest
# has 0.4 (the official name of a degree).
COPIED_FROM = 0.5
# Where things stand by name, which posting and resume write alike: "Bachelor of Science in Nursing".
_NAMED = frozenset(
    {
        SectionKind.CERTIFICATIONS,
        SectionKind.EDUCATION,
        SectionKind.LANGUAGES,
        SectionKind.PUBLICATIONS,
        SectionKind.SKILLS,
    }
)

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PRONOUNS = frozenset(
    """i me my mine myself we us our ours you your yours yourself he him his she her hers they them their
    a an the have has had having am are is be""".split()
)


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of `RUN` words in `text`, lower case, pronouns and articles left out."""
    words = _words(text)
    return frozenset(tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def posting_runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of a posting, and each of its short lines as a whole, led by an empty word."""
    lines = (_words(line) for line in text.splitlines())
    return runs(text) | {("", *words) for words in lines if RUN <= len(words) < SHORTEST}


def run_numbers(text: str, section: SectionKind) -> list[int]:
    """A number for each run of words by which `text` may be a copy: CRC-32 of the words in UTF-8
    with a zero byte between them. Equal runs have equal numbers; other runs nearly always have others."""
    words = _words(text)
    if len(words) >= SHORTEST:
        return sorted(map(_number, runs(text)))
    return [] if len(words) < RUN or section in _NAMED else [_number(("", *words))]


def posting_numbers(posting: frozenset[tuple[str, ...]]) -> NDArray[np.uint32]:
    """The numbers of what `posting_runs` returned, ascending."""
    return np.array(sorted(map(_number, posting)), dtype=np.uint32)


def may_be_copied(posting: NDArray[np.uint32], numbers: bytes, ends: Sequence[int]) -> list[int]:
    """The texts (indices) that `is_copied` is to be asked about; of all others it is false.

    `posting` is what `posting_numbers` returned; `numbers` are those of all texts one after the other, 32
    bits little-endian each, `ends` where those of each text end.
    """
    if not len(posting):
        return []
    own = np.frombuffer(numbers, dtype="<u4")
    stands = posting[np.minimum(posting.searchsorted(own), len(posting) - 1)] == own
    if not stands.any():
        return []
    found = []
    for place, (start, end) in enumerate(pairwise((0, *ends))):
        shared = int(stands[start:end].sum())
        if shared and shared >= COPIED_FROM * (end - start):
            found.append(place)
    return found


def is_copied(posting: frozenset[tuple[str, ...]], text: str, section: SectionKind) -> bool:
    """Whether `text` is a near-copy of words of the posting, given as its `posting_runs`."""
    words = _words(text)
    if len(words) < SHORTEST:
        return section not in _NAMED and ("", *words) in posting
    own = runs(text)
    return len(own & posting) / len(own) >= COPIED_FROM


def without_copies(posting: frozenset[tuple[str, ...]], resume: Resume) -> Resume:
    """`resume` with its copies of the posting moved from the snippets to what is set aside."""
    copied = [is_copied(posting, snippet.masked, snippet.section) for snippet in resume.snippets]
    if not any(copied):
        return resume
    shown = tuple(
        SetAside(
            SetAsideKind.COPIED,
            "repeats a sentence of the posting nearly word for word, so it counts as no evidence",
            snippet.text,
            resume.document.places(snippet.span),
            snippet.span,
        )
        for snippet in compress(resume.snippets, copied)
    )
    kept = tuple(compress(resume.snippets, map(not_, copied)))
    return replace(resume, snippets=kept, set_aside=resume.set_aside + shown)


def _number(words: Sequence[str]) -> int:
    return zlib.crc32("\0".join(words).encode())


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _PRONOUNS]
