"""Other wordings of a demand, a person's or the posting's own about its employer: each is judged by itself,
and the best one counts.

A role with wordings is judged as a role in which each wording is a qualification of its own, with the same
constraints; afterwards the matches of one demand become one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from matcher.types import Match, Qualification, Role


def with_wordings(role: Role) -> Role:
    """`role` with each alternative as a qualification beside its own; `role` itself where there is none."""
    if not any(item.alternatives for item in role.qualifications):
        return role
    every = tuple(
        wording
        for item in role.qualifications
        for wording in (item, *(_wording(item, text) for text in item.alternatives))
    )
    return replace(role, qualifications=every)


def _wording(item: Qualification, text: str) -> Qualification:
    """`item` in other words. Of all that an employer does at once nobody is asked to have done each."""
    return replace(item, text=text, clauses=() if text in item.from_about else None)


def best_wordings(matches: Iterable[Match]) -> tuple[Match, ...]:
    """One match for each qualification of the role: of its wordings the strongest, the first of equals.

    Where that is an alternative, a note says which one.
    """
    matches = tuple(matches)
    if len({match.qualification.id for match in matches}) == len(matches):
        return matches
    chosen = []
    for _, group in groupby(matches, key=lambda match: match.qualification.id):
        wordings = list(group)
        best = max(wordings, key=lambda match: match.strength)
        if best is not wordings[0]:
            asked, other = wordings[0].qualification, best.qualification.text
            about = other in asked.from_about
            whose = "the posting's own words about the employer:" if about else "the other wording"
            best = replace(best, qualification=asked, notes=(*best.notes, f"met best by {whose} “{other}”"))
        chosen.append(best)
    return tuple(chosen)
