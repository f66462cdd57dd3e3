"""When something was last done, and demands for work that goes on."""

from dataclasses import replace
from datetime import date

import pytest
from test_matching_match import TODAY, match, resume

from matcher.matching.recency import as_current, asks_current, last_used
from matcher.matching.weigh import STRONG_AT
from matcher.types import PartialDate, Period, SectionKind, Verdict

FILLER = "Kept the records of the harbour office tidy and answered letters from its many visitors"


@pytest.mark.parametrize(
    ("text", "current"),
    [
        ("Current hands-on experience with Erlang", True),
        ("Currently working as a ward nurse", True),
        ("Currently teaching physics", True),
        ("Current registration as a nurse", False),
        ("Knowledge of current employment law", False),
        ("Experience with Erlang", False),
        ("Keep current with tax law", False),
    ],
)
def test_only_work_that_goes_on_is_asked_as_current(text: str, current: bool) -> None:
    """A current licence has dates of its own, and current law is a subject."""
    assert asks_current(text) is current


def test_what_is_over_is_partial_where_the_posting_says_current() -> None:
    """The same line is strong where the posting does not say so, and strong in a job that lasts."""
    asked = "Current experience with Erlang services"
    line = "Ran Erlang services and gave current experience with them to others"
    over = resume((line, SectionKind.EXPERIENCE, 0), (FILLER, SectionKind.EXPERIENCE, 0))
    lasts = replace(
        over, positions=(replace(over.positions[0], period=Period(PartialDate(2015, 1), None, current=True)),)
    )
    found = match(asked, over, [0.95, 0.0])
    assert found.verdict is Verdict.PARTIAL
    assert found.strength < STRONG_AT
    assert found.notes[-1] == "asked as current; the jobs that are quoted ended in 2019 or before"
    assert match(asked.removeprefix("Current "), over, [0.95, 0.0]).verdict is Verdict.STRONG
    assert match(asked, lasts, [0.95, 0.0]).verdict is Verdict.STRONG


def test_a_list_says_nothing_of_when() -> None:
    """Neither is it last used in a year, nor less for a demand that says current."""
    listed = resume(("Erlang services", SectionKind.SKILLS, None), (FILLER, SectionKind.EXPERIENCE, 0))
    found = match("Current experience with Erlang services", listed, [0.95, 0.0])
    assert found.verdict is Verdict.PARTIAL
    assert last_used(found, listed, TODAY) is None
    assert as_current(found, listed, date(2030, 1, 1)) is found
