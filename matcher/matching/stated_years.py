"""Years that a resume states in words: "two years of TIG welding" where five are asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.matching.checks import Check, Outcome

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


def _years(found: re.Match[str]) -> float:
    number = found["number"].lower()
    years = float(number) if number.isdecimal() else float(_WORDS[number])
    return years + 0.9 if found["plus"] else years
