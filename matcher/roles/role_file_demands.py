"""The qualifications of a role file: as the parser read them, and as a person corrected them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.roles.role_file_values import LONGEST_TEXT, Table
from matcher.roles.weights import BY_KIND
from matcher.types import Assess, Constraints, DegreeLevel, Qualification, QualificationKind, Span

_MOST_WEIGHT = 1_000_000.0
_MOST_YEARS = 80
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


def as_read(table: Table, length: int) -> tuple[Qualification, ...]:
    """What the parser read in a posting of `length` characters. Raises RoleFileError where that is amiss."""
    found = tuple(_as_read(item, length) for item in table.tables("qualifications"))
    if not found:
        table.wrong("qualifications", "what the parser read is missing: leave [parsed] as it was written.")
    _distinct(found, table)
    return found


def corrected(top: Table, read: Sequence[Qualification]) -> tuple[Qualification, ...]:
    """The qualifications that a person kept, as they were left; `read` is what the parser read.

    Raises RoleFileError for a value that is wrong, and where nothing is left to rank by.
    """
    parsed = {item.id: item for item in read}
    every = [(_corrected(table, parsed), table) for table in top.tables("qualifications")]
    _distinct([item for item, _ in every], top)
    _repeats(every)
    kept = [item for item, table in every if table.flag("keep") is not False]
    if not kept:
        top.wrong("qualifications", "no qualification is kept: there is nothing to rank by.")
    names = {item.id for item in kept}
    alone = tuple(item if item.same_as in names else _alone(item, parsed.get(item.id)) for item in kept)
    if not any(item.weight for item in alone):
        top.wrong("qualifications", "every weight is 0: give one of the qualifications a weight.")
    return alone


def _as_read(table: Table, length: int) -> Qualification:
    table.only(
        "id", "kind", "weight", "assess", "same_as", "text", "alternatives", "constraints", "start", "end"
    )
    start, end = table.number("start", length), table.number("end", length)
    kind = table.choice("kind", QualificationKind) or QualificationKind.REQUIRED
    weight = table.number("weight", _MOST_WEIGHT)
    about = table.texts("alternatives")  # the parser has none but the posting's own words about the employer
    return Qualification(
        id=_identity(table),
        text=_demand(table, length + LONGEST_TEXT),
        kind=kind,
        weight=BY_KIND[kind] if weight is None else weight,
        constraints=_constraints(table.table("constraints")),
        span=None if start is None or end is None else Span(int(start), int(end)),
        alternatives=about,
        assess=table.choice("assess", Assess) or Assess.RESUME,
        same_as=table.text("same_as"),
        from_about=about,
    )


def _corrected(table: Table, parsed: dict[str, Qualification]) -> Qualification:
    """A qualification as a person left it."""
    table.only(
        "id", "keep", "kind", "weight", "assess", "same_as", "text", "alternatives", "clauses", "any_clause",
        "constraints",
    )  # fmt: skip
    name = _identity(table)
    before = parsed.get(name)
    kind = table.choice("kind", QualificationKind)
    if kind is None:
        table.wrong("kind", f'the qualification {name} has no kind: write kind = "required" or another.')
    text = _demand(table, max(LONGEST_TEXT, len(before.text) if before else 0))
    others = tuple(item for item in dict.fromkeys(table.texts("alternatives")) if item != text)
    item = Qualification(
        id=name,
        text=text,
        kind=kind,
        weight=0.0,
        constraints=_constraints(table.table("constraints")),
        span=before.span if before else None,
        alternatives=others,
        clauses=None if table.values.get("clauses") is None else table.texts("clauses"),
        any_clause=bool(table.flag("any_clause")),
        assess=table.choice("assess", Assess) or Assess.RESUME,
        same_as=table.text("same_as") or None,
        from_about=tuple(other for other in others if before and other in before.from_about),
    )
    weight = _weight(item, table.number("weight", _MOST_WEIGHT), before)
    if weight and item.assess is Assess.INTERVIEW:
        table.wrong("weight", f'{name} is left to an interview: write assess = "resume" to give it a weight.')
    if weight and item.same_as:
        table.wrong("weight", f"{name} counts as {item.same_as}: take its same_as away to give it a weight.")
    return replace(item, weight=weight)


def _weight(item: Qualification, given: float | None, before: Qualification | None) -> float:
    """The weight that a person gave; one left as it was read, or left out, follows what else was changed."""
    if given is not None and (before is None or given != before.weight):
        return given
    if before and (item.kind, item.assess, item.same_as) == (before.kind, before.assess, before.same_as):
        return before.weight
    return 0.0 if item.assess is Assess.INTERVIEW or item.same_as else BY_KIND[item.kind]


def _alone(item: Qualification, before: Qualification | None) -> Qualification:
    """A qualification that says the same as none that is kept: it counts itself."""
    if item.same_as is None:
        return item
    free = replace(item, same_as=None)
    return replace(free, weight=_weight(free, None, before))


def _repeats(every: Sequence[tuple[Qualification, Table]]) -> None:
    """Raises RoleFileError where a qualification says the same as none, or as one that counts elsewhere."""
    known = {item.id: item for item, _ in every}
    for item, table in every:
        if item.same_as is None:
            continue
        other = known.get(item.same_as)
        if other is None or other is item:
            table.wrong("same_as", f"same_as is the id of another qualification; there is no {item.same_as}.")
        if other.same_as is not None:
            table.wrong("same_as", f"{other.id} says the same as {other.same_as}: name {other.same_as} here.")


def _identity(table: Table) -> str:
    name = table.text("id") or ""
    if not _ID.fullmatch(name):
        table.wrong("id", "a qualification has an id of letters, digits, - and _, such as q7.")
    return name


def _demand(table: Table, most: int) -> str:
    text = " ".join((table.text("text", most) or "").split())
    if not text:
        table.wrong("text", "a qualification has a text that says what is asked; keep = false leaves it out.")
    return text


def _distinct(items: Sequence[Qualification], table: Table) -> None:
    seen: set[str] = set()
    for place, item in enumerate(items):
        if item.id in seen:
            path = (*table.path, "qualifications", place, "id")
            table.written.wrong(path, f"the id {item.id} is given twice: each has its own.")
        seen.add(item.id)


def _constraints(table: Table) -> Constraints:
    table.only(
        "min_years", "max_years", "degree", "degree_fields", "or_equivalent", "licences", "any_licence",
        "languages", "any_language",
    )  # fmt: skip
    least, most = table.number("min_years", _MOST_YEARS), table.number("max_years", _MOST_YEARS)
    if most is not None and most < (least or 0):
        table.wrong("max_years", "max_years is the upper end of a range, so it is no less than min_years.")
    return Constraints(
        min_years=least,
        max_years=most,
        degree=table.choice("degree", DegreeLevel),
        degree_fields=table.texts("degree_fields"),
        or_equivalent=bool(table.flag("or_equivalent")),
        licences=table.texts("licences"),
        any_licence=bool(table.flag("any_licence")),
        languages=table.texts("languages"),
        any_language=bool(table.flag("any_language")),
    )
