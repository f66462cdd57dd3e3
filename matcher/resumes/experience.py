"""Months of experience: the union of the positions' intervals, so that overlaps count once.

Rules: both ends are inclusive months (Jan 2020 - Mar 2020 is 3). A bare year is read as its middle: a
start as July, an end as June, so that 2015 - 2018 is 36 months and 2015 - 2016, 2016 - 2018 meet without
gap or overlap. A period within one bare year (2018 - 2018) counts April to September, 6 months. Where
the middle would put the end before the start (2018 - Mar 2018), the year is read as widely as it can be.
"Present" ends in the month of `today`; nothing after `today` counts. What has no usable dates adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from matcher.types import Period, Position


def month_interval(period: Period | None, today: date) -> tuple[int, int] | None:
    """The period as a half-open interval of month numbers (year * 12 + month - 1), None when unusable."""
    if period is None or period.start is None or (period.end is None and not period.current):
        return None
    now = today.year * 12 + today.month
    start, end = period.start, period.end
    if end is not None and start.month is None and end.month is None and start.year == end.year:
        first, stop = start.year * 12 + 3, start.year * 12 + 9
    else:
        first = start.year * 12 + (start.month - 1 if start.month is not None else 6)
        stop = now if end is None else end.year * 12 + (end.month if end.month is not None else 6)
        if first >= stop and start.month is None:
            first = start.year * 12
        if first >= stop and end is not None and end.month is None:
            stop = end.year * 12 + 12
    stop = min(stop, now)
    return (first, stop) if first < stop else None


def months_of(periods: Iterable[Period | None], today: date) -> int | None:
    """Months covered by at least one of the periods, None when none of them is usable."""
    intervals = sorted(
        interval for interval in (month_interval(period, today) for period in periods) if interval is not None
    )
    if not intervals:
        return None
    total = 0
    reached = intervals[0][0]
    for first, stop in intervals:
        total += max(0, stop - max(first, reached))
        reached = max(reached, stop)
    return total


def months_of_experience(positions: Iterable[Position], today: date) -> int | None:
    """Calendar months in which at least one of the positions was held, None when no dates are usable."""
    return months_of((position.period for position in positions), today)
