"""Other wordings of a demand, given by a person: each is judged by itself, and the best one counts.

A role with wordings is judged as a role in which each wording is a qualification of its own, with the same
constraints; afterwards the matches of one demand become one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from matcher.types import Match, Role


def with_wordings(role: Role) -> Role:
    """`role` with each alternative as a qualification beside its own; `role` itself where there is none."""
    if not any(item.alternatives for item in role.qualifications):
        return role
    every = tuple(
        wording
        for item in role.qualifications
        for wording in (item, *(replace(item, text=text, clauses=None) for text in item.alternatives))
    )
    return replace(role, qualifications=every)


def best_wordings(matches: Iterable[Match]) -> tuple[Match, ...]:
    """One match for each qualification of the role: of its wordings the strongest, the first of equals.

    Where that is an alternative, a note says which one.
    """
    chosen = []
    for _, group in groupby(matches, key=lambda match: match.qualification.id):
        wordings = list(group)
        best = max(wordings, key=lambda match: match.strength)
        if best is not wordings[0]:
            note = f"met best by the other wording “{best.qualification.text}”"
            best = replace(best, qualification=wordings[0].qualification, notes=(*best.notes, note))
        chosen.append(best)
    return tuple(chosen)
