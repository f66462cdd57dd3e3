"""The licences that a qualification asks for, checked against those that a resume states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from matcher.matching.checks import Check, Outcome
from matcher.matching.licence_grades import Scheme, Standing, scheme_of, standing
from matcher.matching.licence_names import is_other_class, is_pending, same_licences
from matcher.types import Constraints, Licence, PartialDate, Span

# What a licence counts whose grade is not stated, and one that is under way or of another class than asked.
OPEN_GRADE = 0.5
PENDING = 0.25


@dataclass(slots=True)
class _Found:
    """The licences of a resume by how they answer a demand, and the names that none of them answers."""

    valid: list[Licence] = field(default_factory=list)
    open: list[Licence] = field(default_factory=list)
    pending: list[Licence] = field(default_factory=list)
    expired: list[Licence] = field(default_factory=list)
    lower: list[Licence] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def check_licences(
    constraints: Constraints, licences: Sequence[Licence], today: date, text: str = "", demand: str = ""
) -> Check:
    """Licences and certifications asked, by name and grade, with their dates of expiry against `today`.

    `text` is the resume's: the rest of a licence's line may say that it is not held yet. `demand` is the
    qualification's: it may ask for a grade or a class. A higher grade meets the demand, a lower one and one
    that expired are `SHORT` and told first; another class or a grade that is not stated is for a person.
    """
    asked = (" or " if constraints.any_licence else " and ").join(constraints.licences)
    if not licences:
        return Check(Outcome.SILENT, 0.0, f"{asked} asked; not found by name")
    found = _Found()
    for name in constraints.licences:
        _sort(name, licences, today, text, demand, found)
    every = found.valid + found.open + found.expired + found.lower + found.pending
    number = len(constraints.licences)
    if found.valid and (constraints.any_licence or len(found.valid) == number):
        return Check(Outcome.MET, 1.0, f"{asked} asked; states {_names(found.valid)}", _spans(found.valid))
    less = found.expired + found.lower
    if less and not (constraints.any_licence and (found.open or found.pending)):
        share = 0.5 * len(found.valid) / number
        rest = [licence for licence in every if licence not in less]
        return Check(Outcome.SHORT, share, f"{asked} asked{_told(found)}", _spans([*less, *rest]))
    if every:
        note = f"{asked} asked{_told(found)}"
        if found.missing and not constraints.any_licence:
            note += f"; not found: {', '.join(found.missing)}"
        held = len(found.valid) + OPEN_GRADE * len(found.open) + PENDING * len(found.pending)
        return Check(Outcome.PARTLY, min(1.0, held / number), note, _spans(every))
    return Check(Outcome.SILENT, 0.0, f"{asked} asked; not found by name")


def _sort(name: str, licences: Sequence[Licence], today: date, text: str, demand: str, found: _Found) -> None:
    """Add what answers the licence `name`, the best of it."""
    scheme = scheme_of(name, demand)
    by_standing = _graded(scheme, name, demand, licences) if scheme else _named(name, demand, licences)
    for kind, places in ((Standing.ENOUGH, found.valid), (Standing.OPEN, found.open)):
        held = [licence for licence in by_standing.get(kind, ()) if not is_pending(licence, text)]
        valid = [licence for licence in held if not _is_past(licence.expires, today)]
        if valid:
            places.append(valid[0])
            return
        if held:
            found.expired.append(held[0])
            return
    if lower := by_standing.get(Standing.LOWER):
        found.lower.append(lower[0])
    elif rest := [licence for same in by_standing.values() for licence in same]:
        found.pending.append(rest[0])
    else:
        found.missing.append(name)


def _graded(
    scheme: Scheme, name: str, demand: str, licences: Sequence[Licence]
) -> dict[Standing, list[Licence]]:
    sorted_: dict[Standing, list[Licence]] = {}
    for licence in licences:
        stands = standing(scheme, name, demand, licence.name)
        if stands is not None:
            sorted_.setdefault(stands, []).append(licence)
    return sorted_


def _named(name: str, demand: str, licences: Sequence[Licence]) -> dict[Standing, list[Licence]]:
    sorted_: dict[Standing, list[Licence]] = {}
    for licence in same_licences(name, licences):
        stands = Standing.OTHER if is_other_class(demand, licence.name) else Standing.ENOUGH
        sorted_.setdefault(stands, []).append(licence)
    return sorted_


def _told(found: _Found) -> str:
    """What is said of the licences that do not meet the demand."""
    told = f"; states {_names(found.valid)}" if found.valid else ""
    if found.expired:
        when = ", ".join(f"{' '.join(item.name.split())} ({item.expires})" for item in found.expired)
        told += f"; stated as expired: {when}"
    if found.lower:
        told += f"; stated is a lower grade: {_names(found.lower)}"
    if found.open:
        told += f"; the grade or class is not stated, a person to judge: {_names(found.open)}"
    if found.pending:
        told += f"; not held yet, or of another class: {_names(found.pending)}"
    return told


def _names(licences: Sequence[Licence]) -> str:
    return ", ".join(" ".join(licence.name.split()) for licence in licences)


def _spans(licences: Sequence[Licence]) -> tuple[Span, ...]:
    return tuple(licence.span for licence in licences)


def _is_past(when: PartialDate | None, today: date) -> bool:
    """Whether the last day of the month (of the year, where no month is stated) lies before `today`."""
    return when is not None and (when.year, when.month or 12) < (today.year, today.month)
