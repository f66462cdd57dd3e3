"""Pairs that nobody graded, scored by both teachers: what the student learns beside the graded ones.

After Thakur et al. 2021, "Augmented SBERT". For each qualification: the nearest snippets by the teacher's
cosine, those that share rare words, and some from the middle of the list; queries are the graded
qualifications and tasks, activities and skills of O*NET and ESCO.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data import Group
from matcher.matching.lexical import stems

# Of a graded qualification, and of another query: nearest, sharing words, from places 20 to 400.
TAKEN = (10, 6, 8)
TAKEN_OTHER = (5, 3, 4)
OTHERS = {"task": 500, "activity": 300, "skill": 300}  # queries drawn from each source
WRITTEN = 2000  # invented snippets beside the real ones


@dataclass(frozen=True)
class Candidates:
    """Queries with the snippets to be scored for them, and the teacher's cosine of each pair."""

    pairs: list[tuple[str, str]]
    cosines: NDArray[np.float64]


def candidates(
    groups: Sequence[Group], texts: Mapping[str, str], vectors: NDArray[np.float32], seed: int
) -> Candidates:
    """Choose the pairs. `texts` maps each text to its source; `vectors` has a unit row for each, in order."""
    rng = np.random.default_rng(seed)
    row = {text: place for place, text in enumerate(texts)}

    def known(found: Sequence[str]) -> list[str]:
        single = (" ".join(text.split()) for text in found)
        return [text for text in dict.fromkeys(single) if text in row]

    own = known([group.qualification for group in groups])
    real = known([snippet for group in groups for snippet in group.snippets])
    written = [text for text, source in texts.items() if source == "written"]
    pool = real + list(rng.choice(written, min(WRITTEN, len(written)), replace=False))
    others: list[str] = []
    for source, count in OTHERS.items():
        fitting = [text for text, found in texts.items() if found == source and 12 <= len(text) <= 160]
        others += list(rng.choice(fitting, min(count, len(fitting)), replace=False))
    rows = vectors[[row[text] for text in pool]].astype(np.float64)
    words = [frozenset(stems(text)) for text in pool]
    rarity = {
        word: float(np.log(len(pool) / count))
        for word, count in Counter(word for found in words for word in found).items()
    }
    pairs: list[tuple[str, str]] = []
    cosines: list[float] = []
    for query, taken in [(query, TAKEN) for query in own] + [(query, TAKEN_OTHER) for query in others]:
        near = rows @ vectors[row[query]].astype(np.float64)
        asked = frozenset(stems(query))
        shared = np.array(
            [sum(rarity[w] for w in asked & found) / (6 + len(found) ** 0.5) for found in words]
        )
        middle = np.argsort(-near, kind="stable")[20:400]
        chosen = [
            *np.argsort(-near, kind="stable")[: taken[0]],
            *np.argsort(-shared - 1e-6 * near, kind="stable")[: taken[1]],
            *rng.choice(middle, min(taken[2], len(middle)), replace=False),
        ]
        for place in dict.fromkeys(int(i) for i in chosen):
            pairs.append((query, pool[place]))
            cosines.append(float(near[place]))
    return Candidates(pairs, np.array(cosines))


def blend(cosines: NDArray[np.float64], scores: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Both teachers' scores in standard deviations, `share` of the cross-encoder's in their mean."""

    def standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return (values - values.mean()) / values.std()

    return (1 - share) * standard(cosines) + share * standard(scores)
