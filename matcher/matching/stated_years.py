"""Years that a resume states in words: "two years of TIG welding" where five are asked, or years of leading
people that none of its jobs tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from matcher.matching.checks import Check, Outcome
from matcher.resumes import month_interval
from matcher.types import Position, Resume, Snippet

_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_STATED = re.compile(
    rf"\b(?P<number>\d{{1,2}}|{'|'.join(_WORDS)})\s*(?P<plus>\+)?\s*(?:years?|yrs?)['’]?\s+"
    r"(?:of|in|as|with|experience|working)\b(?! age)",
    re.IGNORECASE,
)


def check_stated_years(minimum: float, lines: Sequence[str]) -> list[tuple[str, Check]]:
    """A check that falls short where `lines` that speak for a demand state fewer years of it than `minimum`.

    Empty where they state none, or enough: what is said of oneself makes no years that the dates do not show.
    """
    stated = [_years(found) for line in lines for found in _STATED.finditer(line)]
    if not stated or max(stated) >= minimum:
        return []
    most = max(stated)
    note = f"{minimum:g} years asked; the resume itself states {most:g}"
    return [("years", Check(Outcome.SHORT, most / minimum, note))]


def tells_every_job(resume: Resume, today: date) -> bool:
    """Whether each job of a resume has its dates, and a line beside its title: then a job that led people
    would be told of, and what is said of oneself does not stand in for one."""
    told = {
        snippet.position
        for snippet in resume.snippets
        if snippet.position is not None and not _is_header(snippet, resume.positions[snippet.position])
    }
    dated = all(month_interval(position.period, today) is not None for position in resume.positions)
    return dated and told >= set(range(len(resume.positions)))


def _is_header(snippet: Snippet, position: Position) -> bool:
    return position.title_span is not None and snippet.span.overlaps(position.title_span)


def _years(found: re.Match[str]) -> float:
    number = found["number"].lower()
    years = float(number) if number.isdecimal() else float(_WORDS[number])
    return years + 0.9 if found["plus"] else years
