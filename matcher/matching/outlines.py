"""The outlines of many people as columns, so that one look in NumPy answers for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.matching.outline import Entry, Outline

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Things of several owners, one after the other: those of owner n are from `ends[n]` to `ends[n + 1]`."""

    ends: Numbers

    @classmethod
    def of(cls, sizes: NDArray[np.integer]) -> Grouped:
        """From how many each owner has."""
        return cls(np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]))

    def places(self, owners: NDArray[np.integer]) -> tuple[Numbers, Grouped]:
        """Where the things of these owners are, one owner after the other, and how those are grouped."""
        starts = self.ends[owners]
        sizes = self.ends[owners + 1] - starts
        grouped = Grouped.of(sizes)
        return np.arange(grouped.ends[-1]) + np.repeat(starts - grouped.ends[:-1], sizes), grouped

    def sums(self, values: NDArray[np.generic]) -> NDArray[np.float64]:
        """The sum of each owner's `values`."""
        return np.diff(np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])[self.ends])

    def joined(self, other: Grouped) -> Grouped:
        """These owners and then those of `other`."""
        return Grouped(np.concatenate([self.ends, self.ends[-1] + other.ends[1:]]))


@dataclass(frozen=True, slots=True)
class Stated:
    """Facts of one kind: the distinct `values`, and of each fact the person (by place) and the value."""

    values: tuple[object, ...]
    people: NDArray[np.intp]
    of: NDArray[np.intp]

    @classmethod
    def by(cls, people: Iterable[Sequence[object]]) -> Stated:
        """From the facts of each person."""
        values: dict[object, int] = {}
        pairs = [
            (person, values.setdefault(value, len(values)))
            for person, stated in enumerate(people)
            for value in stated
        ]
        table = np.array(pairs, dtype=np.intp).reshape(-1, 2)
        return cls(tuple(values), table[:, 0], table[:, 1])

    def joined(self, other: Stated, behind: int) -> Stated:
        """With those of other people, who stand behind so many."""
        values = {value: number for number, value in enumerate(self.values)}
        numbers = [values.setdefault(value, len(values)) for value in other.values]
        renamed = np.array(numbers, dtype=np.intp)[other.of]
        return Stated(
            tuple(values),
            np.concatenate([self.people, other.people + behind]),
            np.concatenate([self.of, renamed]),
        )

    def among(self, places: Numbers) -> tuple[Stated, NDArray[np.bool_]]:
        """Those of the people whose places (-1: nobody's) these are in another order, and which they are."""
        kept = places[self.people] >= 0
        return Stated(self.values, places[self.people[kept]], self.of[kept]), kept


@dataclass(frozen=True, slots=True)
class Outlines:
    """Outlines by ascending `keys`. Columns as in `Outline`, those of all people one after the other: `lines`
    and `positions` say whose is what, `line_stems`, `title_stems` and
    `employer_stems` which stems are of which.

    `education` are the fields of the entries; `levels`, `unfinished`, `more` and `colleges` are in its order.
    """

    keys: Numbers
    lines: Grouped
    marks: NDArray[np.uint8]
    shows: NDArray[np.uint8]
    places: NDArray[np.uint8]
    sizes: NDArray[np.uint8]
    line_stems: Grouped
    stems: NDArray[np.uint32]
    positions: Grouped
    starts: NDArray[np.uint16]
    stops: NDArray[np.uint16]
    by_start: NDArray[np.uint16]
    jobs: NDArray[np.uint8]
    title_stems: Grouped
    titles: NDArray[np.uint32]
    employer_stems: Grouped
    employers: NDArray[np.uint32]
    education: Stated
    levels: NDArray[np.int8]
    unfinished: NDArray[np.bool_]
    more: NDArray[np.bool_]
    colleges: NDArray[np.bool_]
    licences: Stated
    languages: Stated
    thin: NDArray[np.bool_]
    complete: NDArray[np.bool_]

    @classmethod
    def of(cls, outlines: Mapping[int, Outline]) -> Outlines:
        """From outlines by key."""
        keys = sorted(outlines)
        every = [outlines[key] for key in keys]
        entries: list[Entry] = [entry for each in every for entry in each.education]
        sizes = np.frombuffer(b"".join(each.sizes for each in every), np.uint8)
        title_sizes = np.frombuffer(b"".join(each.title_sizes for each in every), np.uint8)
        return cls(
            keys=np.array(keys, dtype=np.int64),
            lines=Grouped.of(np.array([len(each.marks) for each in every], dtype=np.int64)),
            marks=np.frombuffer(b"".join(each.marks for each in every), np.uint8),
            shows=np.frombuffer(b"".join(each.shows for each in every), np.uint8),
            places=np.frombuffer(b"".join(each.places for each in every), np.uint8),
            sizes=sizes,
            line_stems=Grouped.of(sizes),
            stems=np.frombuffer(b"".join(each.stems for each in every), "<u4"),
            positions=Grouped.of(np.array([len(each.title_sizes) for each in every], dtype=np.int64)),
            starts=np.frombuffer(b"".join(each.starts for each in every), "<u2"),
            stops=np.frombuffer(b"".join(each.stops for each in every), "<u2"),
            by_start=np.frombuffer(b"".join(each.by_start for each in every), "<u2"),
            jobs=np.frombuffer(b"".join(each.jobs for each in every), np.uint8),
            title_stems=Grouped.of(title_sizes),
            titles=np.frombuffer(b"".join(each.titles for each in every), "<u4"),
            employer_stems=Grouped.of(
                np.frombuffer(b"".join(each.employer_sizes for each in every), np.uint8)
            ),
            employers=np.frombuffer(b"".join(each.employers for each in every), "<u4"),
            education=Stated.by([entry.field for entry in each.education] for each in every),
            levels=np.array([entry.level for entry in entries], dtype=np.int8),
            unfinished=np.array([entry.unfinished for entry in entries], dtype=np.bool_),
            more=np.array([entry.more for entry in entries], dtype=np.bool_),
            colleges=np.array([entry.college for entry in entries], dtype=np.bool_),
            licences=Stated.by(each.licences for each in every),
            languages=Stated.by(each.languages for each in every),
            thin=np.array([each.thin for each in every], dtype=np.bool_),
            complete=np.array([each.complete for each in every], dtype=np.bool_),
        )

    def __len__(self) -> int:
        return len(self.keys)

    def joined(self, other: Outlines) -> Outlines:
        """With those of other people, whose keys are all larger."""

        def both(name: str) -> Any:
            mine, theirs = getattr(self, name), getattr(other, name)
            if isinstance(mine, Grouped):
                return mine.joined(theirs)
            return mine.joined(theirs, len(self)) if isinstance(mine, Stated) else np.append(mine, theirs)

        return Outlines(**{each.name: both(each.name) for each in fields(self)})

    def among(self, people: NDArray[np.integer]) -> Outlines:
        """Those of these people (places, ascending) alone."""
        places = np.full(len(self), -1, dtype=np.intp)
        places[people] = np.arange(len(people))
        lines, of_people = self.lines.places(people)
        stems, of_lines = self.line_stems.places(lines)
        jobs, jobs_of_people = self.positions.places(people)
        titles, of_titles = self.title_stems.places(jobs)
        employers, of_employers = self.employer_stems.places(jobs)
        education, entries = self.education.among(places)
        return Outlines(
            keys=self.keys[people],
            lines=of_people,
            marks=self.marks[lines],
            shows=self.shows[lines],
            places=self.places[lines],
            sizes=self.sizes[lines],
            line_stems=of_lines,
            stems=self.stems[stems],
            positions=jobs_of_people,
            starts=self.starts[jobs],
            stops=self.stops[jobs],
            by_start=self.by_start[jobs],
            jobs=self.jobs[jobs],
            title_stems=of_titles,
            titles=self.titles[titles],
            employer_stems=of_employers,
            employers=self.employers[employers],
            education=education,
            levels=self.levels[entries],
            unfinished=self.unfinished[entries],
            more=self.more[entries],
            colleges=self.colleges[entries],
            licences=self.licences.among(places)[0],
            languages=self.languages.among(places)[0],
            thin=self.thin[people],
            complete=self.complete[people],
        )

    def lines_of(self, keys: Numbers, ordinals: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
        """Where the lines of these keys and ordinals are, and which of them are here at all."""
        if not len(self):
            return np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.bool_)
        people = np.minimum(np.searchsorted(self.keys, keys), len(self) - 1)
        lines = self.lines.ends[people] + ordinals
        return lines, (self.keys[people] == keys) & (lines < self.lines.ends[people + 1])

    def people_of(self, lines: Numbers) -> NDArray[np.intp]:
        """Whose lines these are, by place."""
        return np.searchsorted(self.lines.ends, lines, side="right") - 1
