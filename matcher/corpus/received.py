"""What the day on which a resume was received says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from matcher.types import PartialDate, Resume


def as_received(resume: Resume, received: date, today: date) -> Resume:
    """`resume` with "Present" ending in the month it was received, where that is before the month of `today`.

    It was true then; whether the job went on is not known. The job still says "present" where it is shown.
    """
    if (received.year, received.month) >= (today.year, today.month):
        return resume
    until = PartialDate(received.year, received.month)
    positions = tuple(
        replace(position, period=replace(position.period, end=until))
        if position.period is not None and position.period.current and position.period.end is None
        else position
        for position in resume.positions
    )
    return replace(resume, positions=positions)
