"""What was prepared and kept ranks as what is prepared on the spot."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from matcher.matching import (
    RoleProfile,
    prepare,
    prepared_bytes,
    prepared_from,
    with_wordings,
    without_copies,
)
from matcher.parsing import parse_resume, parse_role
from matcher.ranking import report_of
from matcher.settings import Limits
from matcher.types import Resume

FIXTURES = Path(__file__).parents[3] / "data" / "fixtures"
ROLES = sorted(path for path in (FIXTURES / "roles").iterdir() if path.is_file())
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def resumes() -> list[Resume]:
    """Those of the fixtures that are quickly read, and one that copies its posting."""
    paths = sorted((FIXTURES / "resumes").iterdir())
    chosen = [path for path in paths if path.suffix != ".pdf" or path.stem == "parrot"]
    return [parse_resume(path.read_bytes(), path.name, Limits()) for path in chosen]


@pytest.mark.parametrize("path", ROLES, ids=lambda path: str(path.stem))
def test_a_resume_ranks_the_same_from_its_prepared_bytes(path: Path, resumes: list[Resume]) -> None:
    """Every strength, quote and note is equal, whether a resume was prepared before or is now, and whether
    copies of the posting were taken out before or are now."""
    profile = RoleProfile.of(with_wordings(parse_role(path.read_bytes(), "r", Limits())))
    rng = np.random.default_rng(len(path.name))
    wanted = rng.normal(size=(len(profile.texts), 8)).astype(np.float32)
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    for resume in resumes:
        # like some of what is asked, as real vectors are
        rows = wanted[rng.integers(0, len(wanted), len(resume.snippets))]
        rows = rows + rng.normal(scale=0.4, size=rows.shape).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        kept = prepared_from(prepared_bytes(prepare(resume)))
        now = report_of(profile, wanted, resume, rows, "of no model", TODAY, 3)
        assert report_of(profile, wanted, resume, rows, "of no model", TODAY, 3, kept) == now
        cut = without_copies(profile.runs, resume)
        there = {snippet.span for snippet in cut.snippets}
        own = rows[[snippet.span in there for snippet in resume.snippets]]
        assert report_of(profile, wanted, cut, own, "of no model", TODAY, 3) == now
