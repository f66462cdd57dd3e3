"""The lines of a text by their words: for each stem where it stands, so that what shares nothing with a
demand is never looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from matcher.matching.lexical import OPENING, Terms
from matcher.matching.signals import studies

_OPENING = itemgetter(slice(OPENING))

# A number of stems that is larger is kept as this one: nothing asks how many more there are.
MOST_STEMS = 255


@dataclass(frozen=True, slots=True)
class Lines:
    """Texts to compare many qualifications with, by their places from 0.

    `stems` are all of them in order of their letters; the places of number n are those in `places` from
    `ends[n - 1]` to `ends[n]`. `languages` are the places that name each human language. For each text
    `sizes` is the number of its stems, `hopes` and `studying` are 1 where it has that sign, else 0.
    `numbers` and `firsts` are for look-up: the number of a stem, and of the first that has an opening.
    """

    stems: list[str]
    ends: list[int]
    places: list[int]
    languages: dict[str, list[int]]
    sizes: bytes
    hopes: bytes
    studying: bytes
    numbers: dict[str, int]
    firsts: dict[str, int]

    @classmethod
    def of(cls, texts: Sequence[Terms]) -> Lines:
        """The `texts` made ready."""
        standing: dict[str, list[int]] = {}
        languages: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            for name in text.order:
                standing.setdefault(name, []).append(place)
            for language in text.languages:
                languages.setdefault(language, []).append(place)
        return cls.made(
            dict(sorted(standing.items())),
            dict(sorted(languages.items())),
            bytes(min(len(text.stems), MOST_STEMS) for text in texts),
            bytes(text.hopes for text in texts),
            bytes(studies(text.text) for text in texts),
        )

    @classmethod
    def made(
        cls,
        standing: dict[str, list[int]],
        languages: dict[str, list[int]],
        sizes: bytes,
        hopes: bytes,
        studying: bytes,
    ) -> Lines:
        """From the places of each stem, in order of the stems."""
        ends, places = [], []
        for where in standing.values():
            places += where
            ends.append(len(places))
        return cls.stored(list(standing), ends, places, languages, sizes, hopes, studying)

    @classmethod
    def stored(
        cls,
        stems: list[str],
        ends: list[int],
        places: list[int],
        languages: dict[str, list[int]],
        sizes: bytes,
        hopes: bytes,
        studying: bytes,
    ) -> Lines:
        """From what is kept of them."""
        numbers = dict(zip(stems, range(len(stems)), strict=True))
        # the first of several is written last, and stays
        backwards = range(len(stems) - 1, -1, -1)
        firsts = dict(zip(map(_OPENING, reversed(stems)), backwards, strict=True))
        return cls(stems, ends, places, languages, sizes, hopes, studying, numbers, firsts)

    def __len__(self) -> int:
        return len(self.sizes)

    def at(self, places: Mapping[int, int]) -> Lines:
        """The texts at these places alone, each with its new place; both ascend."""

        def moved(standing: Iterable[tuple[str, list[int]]]) -> dict[str, list[int]]:
            there = ((name, [places[place] for place in old if place in places]) for name, old in standing)
            return {name: new for name, new in there if new}

        return self.made(
            moved(zip(self.stems, map(self.of_number, range(len(self.stems))), strict=True)),
            moved(self.languages.items()),
            *(bytes(map(column.__getitem__, places)) for column in (self.sizes, self.hopes, self.studying)),
        )

    def having(self, name: str) -> list[int]:
        """The places of a stem, in order; none where no text has it."""
        number = self.numbers.get(name)
        return [] if number is None else self.of_number(number)

    def of_number(self, number: int) -> list[int]:
        """The places of the stem of that number."""
        return self.places[self.ends[number - 1] if number else 0 : self.ends[number]]

    def beginning(self, opening: str) -> Iterator[int]:
        """The numbers of the stems of letters alone that begin with these first letters."""
        number = self.firsts.get(opening)
        if number is None:
            return
        stems = self.stems
        while number < len(stems) and stems[number].startswith(opening):
            if stems[number].isalpha():
                yield number
            number += 1

    def only(self, opening: str) -> str | None:
        """The stem that begins with these first letters, None where several do; one has to."""
        first = self.firsts[opening]
        following = self.stems[first + 1 : first + 2]
        return None if following and following[0].startswith(opening) else self.stems[first]

    def akin(self, name: str) -> Iterator[int]:
        """The numbers of the stems that are `name` or begin like it, as `lexical.akin` has it."""
        number = self.numbers.get(name)
        if number is not None:
            yield number
        if len(name) < 4:
            return
        opening = name[:OPENING]
        stems = self.stems
        number = self.firsts.get(opening, len(stems)) if len(opening) == OPENING else bisect_left(stems, name)
        while number < len(stems) and stems[number].startswith(opening):
            yield number
            number += 1

    def having_all(self, names: Collection[str]) -> list[int]:
        """The places of the texts that have all of the stems, in order; of no stems all texts."""
        if not names:
            return list(range(len(self)))
        found: list[int] | None = None
        for name in names:
            places = self.having(name)
            found = places if found is None else [place for place in places if place in found]
            if not found:
                return []
        return found or []

    def united(
        self, together: Collection[int], names: Iterable[str], openings: Iterable[str], most: int
    ) -> Lines:
        """The texts at these places as one, but of its stems only the `names` and those of letters alone
        that begin with one of the `openings`; how many it has is counted up to `most`."""
        here = frozenset(together)
        numbers = {self.numbers[name] for name in names if name in self.numbers}
        numbers = numbers.union(*map(self.beginning, openings))
        standing = {
            self.stems[number]: [0]
            for number in sorted(numbers)
            if not here.isdisjoint(self.of_number(number))
        }
        languages = {name: [0] for name, places in self.languages.items() if not here.isdisjoint(places)}
        size = max(self.sizes[place] for place in here)
        if size < most:
            starts = pairwise((0, *self.ends))
            size = sum(not here.isdisjoint(self.places[start:end]) for start, end in starts)
        hopes = bytes([any(self.hopes[place] for place in here)])
        studying = bytes([any(self.studying[place] for place in here)])
        return self.made(standing, languages, bytes([min(size, most)]), hopes, studying)
