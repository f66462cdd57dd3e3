"""When something was last done: shown beside quotes, used only where the posting asks for it as current."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from matcher.matching.kinds import position_of
from matcher.matching.verdicts import judge
from matcher.matching.weigh import BELOW_STRONG, PARTIAL_AT
from matcher.types import Match, Period, Resume, Verdict

# What one does now, said of the candidate: not what the employer is "currently using". A current licence is
# checked by its dates, and "current trends" are no work of one's own.
_CURRENT = re.compile(
    r"(?:^\W*|\b(?:has|have|with)\s+)(?:(?:a|an|are|be|is|must|should|you)\s+)*"
    r"(?:current(?:ly)?\s+(?:\w+(?:-\w+)?\s+){0,3}?(?:employed|experience|practi[cs]\w+|role|teaching|using|working)\b"
    r"|currently\s+[a-z]{3,}ing\b)",
    re.IGNORECASE,
)


def asks_current(text: str) -> bool:
    """Whether a demand asks for work that goes on: "Current hands-on experience with Erlang"."""
    return _CURRENT.search(text) is not None


def last_used(match: Match, resume: Resume, today: date) -> int | None:
    """The year in which the latest job ended that is quoted as evidence for `match`.

    None where one of those jobs lasts or does not say when it ended, and where the first quote, beside which
    it is shown, is of no job: a list says nothing of when.
    """
    if match.verdict not in (Verdict.STRONG, Verdict.PARTIAL) or not match.evidence:
        return None
    if position_of(match.evidence[0], resume) is None:
        return None
    jobs = (position_of(quote, resume) for quote in match.evidence if quote.strength >= PARTIAL_AT)
    ends = [_ended(job.period, today) for job in jobs if job is not None]
    years = [year for year in ends if year is not None]
    return max(years) if years and len(years) == len(ends) else None


def as_current(match: Match, resume: Resume, today: date) -> Match:
    """`match` of a demand that asks for the present: partial at most, with a note, where all that is quoted
    is over."""
    year = last_used(match, resume, today)
    if year is None:
        return match
    strength = min(match.strength, BELOW_STRONG)
    verdict = judge(strength, (), thin=False) if match.verdict is Verdict.STRONG else match.verdict
    note = f"asked as current; the jobs that are quoted ended in {year} or before"
    return replace(match, strength=strength, verdict=verdict, notes=(*match.notes, note))


def _ended(period: Period | None, today: date) -> int | None:
    """The year in which a period was over, None when it is not over or does not say."""
    if period is None or period.end is None or period.current:
        return None
    year, month = period.end
    return year if (year, month or 12) < (today.year, today.month) else None
