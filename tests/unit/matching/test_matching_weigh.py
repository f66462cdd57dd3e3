from __future__ import annotations

import numpy as np

from matcher.matching.lexical import overlap, terms
from matcher.matching.weigh import features, strengths


def test_weigh_strength_of_a_pair_is_the_same_alone_and_in_company() -> None:
    """A pair's strength does not change by a bit with what else is weighed beside it."""
    rng = np.random.default_rng(7)
    cosines = rng.uniform(-0.2, 1, 203).astype(np.float32)
    words = rng.uniform(0, 1, (203, features(terms("a"), []).shape[1]))
    together = strengths(cosines, words)
    for start in (0, 1, 3, 7, 100, 202):
        alone = strengths(cosines[start : start + 1], words[start : start + 1])
        assert alone[0] == together[start]
        assert (strengths(cosines[start:], words[start:]) == together[start:]).all()


def test_weigh_overlap_is_the_share_of_the_qualifications_weight() -> None:
    """All words found is 1, none is 0."""
    asked = terms("Experience with Kubernetes and SQL")
    assert overlap(asked, terms("Kubernetes, SQL, experience")) == 1.0
    assert overlap(asked, terms("Waited tables")) == 0.0
