"""What people are filtered by, read from their resume."""

from __future__ import annotations

from datetime import date

from matcher.resumes import months_of_experience
from matcher.types import Resume
from matcher.types.corpus import Facts


def facts_of(resume: Resume, today: date) -> Facts:
    """The facts of a resume that comes in on `today`. A degree that is said to be unfinished is none."""
    periods = [position.period for position in resume.positions if position.period is not None]
    levels = [
        entry.level for entry in resume.education if entry.level is not None and entry.completed is not False
    ]
    return Facts(
        months=months_of_experience(resume.positions, today),
        counted=today,
        growing=any(period.current for period in periods),
        degree=max(levels, key=lambda level: level.rank, default=None),
        skills=tuple(skill.name for skill in resume.skills),
        languages=tuple(language.name for language in resume.languages),
    )
