"""What a posting asks that resumes are not judged by: what only an interview shows, what it says twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matcher.matching import is_judged
from matcher.reports.wording import weight_text
from matcher.roles import interview_question
from matcher.types import Assess, Qualification, QualificationKind, Role

ASK = "Ask in an interview"
ASK_WHY = "No resume shows these, so none is judged by them and they weigh nothing."

_ITEMS = {
    QualificationKind.REQUIRED: ("required item", "required items"),
    QualificationKind.PREFERRED: ("preferred item", "preferred items"),
    QualificationKind.RESPONSIBILITY: ("responsibility", "responsibilities"),
}


class Question(NamedTuple):
    """What to ask every candidate, and the qualification it stands for with its number within its kind."""

    asked: Qualification
    number: int
    text: str


def numbers_of(role: Role) -> dict[str, int]:
    """The number of each qualification, by id, from 1 among those of its kind in the posting's order."""
    seen = dict.fromkeys(QualificationKind, 0)
    found = {}
    for item in role.qualifications:
        seen[item.kind] += 1
        found[item.id] = seen[item.kind]
    return found


def questions(role: Role) -> list[Question]:
    """A question for each qualification that only an interview shows, in the posting's order."""
    numbers = numbers_of(role)
    return [
        Question(item, numbers[item.id], interview_question(item))
        for item in role.qualifications
        if item.assess is Assess.INTERVIEW
    ]


def repeated_lines(role: Role) -> list[str]:
    """What the posting says twice: "Responsibility 4 says the same as required item 3 and counts with it"."""
    numbers = numbers_of(role)
    named = {item.id: f"{_ITEMS[item.kind][0]} {numbers[item.id]}" for item in role.qualifications}
    return [
        f"{named[item.id].capitalize()} says the same as {named[item.same_as]} and counts with it."
        for item in role.qualifications
        if item.same_as in named and item.assess is Assess.RESUME
    ]


def judged(role: Role) -> list[Qualification]:
    """The qualifications that resumes are judged by, in the posting's order."""
    return [item for item in role.qualifications if is_judged(item)]


def counts_of(role: Role, weights: bool = False) -> str:
    """How many qualifications of each kind resumes are judged by, and how many stand apart.

    "2 required, 7 responsibilities, 1 for an interview"; with `weights` "2 required (weight 1–3)".
    """
    said = []
    for kind in QualificationKind:
        found = [item.weight for item in judged(role) if item.kind is kind]
        if found:
            noun = "responsibilities" if kind is QualificationKind.RESPONSIBILITY and len(found) > 1 else kind
            span = sorted({weight_text(min(found)), weight_text(max(found))}, key=float)
            said.append(f"{len(found)} {noun}" + f" (weight {'–'.join(span)})" * weights)
    apart = len(questions(role))
    again = len(role.qualifications) - len(judged(role)) - apart
    said += [f"{apart} for an interview"] * bool(apart) + [f"{again} said twice"] * bool(again)
    return ", ".join(said)


def items_text(kind: QualificationKind, numbers: Sequence[int]) -> str:
    """Qualifications of one kind by number: "required item 2", "responsibilities 1 and 5"; () names one."""
    one, several = _ITEMS[kind]
    if not numbers:
        return one
    return f"{one if len(numbers) == 1 else several} {listed([str(number) for number in numbers])}"


def listed(said: Sequence[str]) -> str:
    """At least one thing in a sentence: "1", "1 and 2", "1, 2 and 3"."""
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
