"""Lines of a resume that say nothing beside others: the same words again, or others of the same place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.types import SectionKind, Snippet


@dataclass(frozen=True, slots=True)
class Repeats:
    """Of the snippets (indices) of a resume that are not apart from all others: `same` is the first of those
    with the same words, `crossing` are those whose spans overlap that of each.

    Publications are one group: the nearest of them says what was published on, and a hundred say no more.
    """

    same: dict[int, int]
    crossing: dict[int, list[int]]

    @classmethod
    def of(cls, snippets: Sequence[Snippet]) -> Repeats:
        """Those among `snippets`."""
        groups: dict[str, list[int]] = {}
        for index, snippet in enumerate(snippets):
            published = snippet.section is SectionKind.PUBLICATIONS
            words = "publications" if published else snippet.masked.casefold()
            groups.setdefault(words, []).append(index)
        same = {index: group[0] for group in groups.values() if len(group) > 1 for index in group}
        crossing: dict[int, list[int]] = {}
        order = sorted(range(len(snippets)), key=lambda index: snippets[index].span)
        for place, index in enumerate(order):
            for other in order[place + 1 :]:
                if snippets[other].span.start >= snippets[index].span.end:
                    break
                if snippets[other].span.overlaps(snippets[index].span):
                    crossing.setdefault(index, []).append(other)
                    crossing.setdefault(other, []).append(index)
        return cls(dict(sorted(same.items())), dict(sorted(crossing.items())))


def distinct_lines(repeats: Repeats, values: Mapping[int, float], related: Iterable[int]) -> list[int]:
    """The `related` lines (indices, in reading order), strongest first, ties in reading order, the same words
    and the same place once."""
    order = sorted(related, key=values.__getitem__, reverse=True)  # stable: equals stay in their order
    same, crossing = repeats.same, repeats.crossing
    if same.keys().isdisjoint(order) and not crossing:
        return order
    lines: list[int] = []
    said: set[int] = set()
    for index in order:
        if same.get(index, -1) in said or any(other in lines for other in crossing.get(index, ())):
            continue
        if index in same:
            said.add(same[index])
        lines.append(index)
    return lines
