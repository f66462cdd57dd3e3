"""What a rough score needs of a resume: of each line its words, kind and job as numbers, and the facts.

A search of a corpus reads the outlines of everybody to choose whom it compares in full (`estimate`), so an
outline is a few kilobytes, is kept beside the parsed resume, and is read for many people at once
(`Outlines`). It may be rough: nobody's score is made of it.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from sys import byteorder

import msgspec

from matcher.errors import CorpusDamagedError
from matcher.matching.degree_facts import is_college, may_be_more
from matcher.matching.degree_fields import fields_of
from matcher.matching.domains import tells_of_leading
from matcher.matching.lexical import OPENING, weight
from matcher.matching.licence_names import is_pending
from matcher.matching.prepared import Prepared
from matcher.matching.promotions import one_block
from matcher.matching.seen import NOT_EXPERIENCE, NOT_TOLD
from matcher.matching.trade import SAYS_KIND
from matcher.resumes import month_interval
from matcher.types import Education, PartialDate, Period, Resume, SectionKind, SetAsideKind

# Raised when an outline comes to mean something else. Those of another number are made anew.
FORMAT = 3

# What the lowest three bits of a line's mark say: the rank of its EvidenceKind, or one of these.
CLAIM, HEADING = 5, 6
STANDING = 7
# The other bits: it speaks of hopes; it tells of no experience, or lists it; it leads people, through change.
HOPES, APART, UNTOLD, LEADS, THROUGH = 8, 16, 32, 64, 128

FACETS = 15  # the bits of `facet_bits`
# What a line shows beside the facets of `facet_bits`: it tells of leading, says what is not there, or speaks
# of studies that go on.
TELLS_LEADING, LACKS, STUDIES = 32, 64, 128
# Of a position: its title is of those who manage people; it is of one block with the next.
MANAGES, WITH_NEXT = 1, 2

# Bits of a stem's code that are of its opening: with 16 of them one line in five hundred had words that were
# taken to begin like one of a demand.
OPENING_BITS = 20
_REST_BITS = 32 - OPENING_BITS

NO_POSITION = 255
FIELDS_APART = " / "
_NO_LIMIT = date(9998, 12, 31)


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """An entry of education: the rank of its level or -1, the fields that are told in one line, whether it is
    said not to be completed, may be a degree of a higher level that was not read, and is of a college."""

    level: int
    field: str
    unfinished: bool
    more: bool
    college: bool


class Held(msgspec.Struct, frozen=True, array_like=True):
    """A licence: its name, the month until which it is valid (year * 12 + month, 0: not said), and whether it
    is not held yet."""

    name: str
    until: int
    pending: bool


class Outline(msgspec.Struct, frozen=True, array_like=True):
    """The outline of one resume. Numbers of several bytes are little-endian.

    Lines: `marks` and `shows` are a byte for each, `places` the position each is of, `sizes` the number of
    its stems, and `stems` their codes of 32 bits, one line after the other. Positions: `starts` and `stops`
    in months as `month_interval` has them, 16 bits each, 0 and 0 where they are not known; `by_start` are
    their numbers in the order of their starts, 16 bits each; `jobs` is a byte for each; `title_sizes` and
    `titles` as the lines have them; `employer_sizes` and `employers` those stems of the employer's name that
    say what kind of business it is. `complete`: no page was unreadable.
    """

    marks: bytes
    shows: bytes
    places: bytes
    sizes: bytes
    stems: bytes
    starts: bytes
    stops: bytes
    by_start: bytes
    jobs: bytes
    title_sizes: bytes
    titles: bytes
    employer_sizes: bytes
    employers: bytes
    education: tuple[Entry, ...]
    licences: tuple[Held, ...]
    languages: tuple[tuple[str, str | None], ...]
    thin: bool
    complete: bool


@lru_cache(maxsize=65_536)
def code(stem: str) -> int:
    """A stem as 32 bits; those of stems with an opening (`Terms.openings`) begin with the opening's code.

    Two stems may share a code by chance, one pair in some billions.
    """
    rest = zlib.crc32(stem.encode())
    if len(stem) < OPENING or not stem.isalpha():
        return rest
    return opening_code(stem[:OPENING]) << _REST_BITS | rest & ((1 << _REST_BITS) - 1)


def opening_code(opening: str) -> int:
    """The first letters of a stem as OPENING_BITS."""
    return zlib.crc32(opening.encode()) >> _REST_BITS


def codes_from(opening: int) -> tuple[int, int]:
    """The least code of stems with that opening, and the least that is behind them all."""
    return opening << _REST_BITS, (opening + 1) << _REST_BITS


def outline(resume: Resume, prepared: Prepared, received: date) -> Outline:
    """The outline of `resume`, received on that day: what was said to go on then is known until then."""
    snippets = resume.snippets
    own: list[list[int]] = [[] for _ in snippets]
    for number, stem in enumerate(prepared.lines.stems):
        coded = code(stem)
        for place in prepared.lines.of_number(number):
            own[place].append(coded)
    jobs = [replace(job, period=_until(job.period, received)) for job in resume.positions]
    spans = [month_interval(job.period, _NO_LIMIT) for job in jobs]
    starts = [_month(span[0]) if span else 0 for span in spans]
    blocks = [one_block(upper, lower, _NO_LIMIT) for upper, lower in pairwise(jobs)]
    titles = [[code(stem) for stem in sorted(title.stems)] for title in prepared.titles]
    employers = [
        [code(stem) for stem in sorted(stems) if weight(stem) >= SAYS_KIND] for stems in prepared.employers
    ]
    return Outline(
        marks=bytes(_mark(prepared, place, snippets[place].section) for place in range(len(snippets))),
        shows=bytes(_shown(prepared, place, resume) for place in range(len(snippets))),
        places=bytes(NO_POSITION if s.position is None else min(s.position, NO_POSITION) for s in snippets),
        sizes=bytes(min(len(stems), 255) for stems in own),
        stems=_packed("I", (stem for stems in own for stem in stems[:255])),
        starts=_packed("H", starts),
        stops=_packed("H", (_month(span[1]) if span else 0 for span in spans)),
        by_start=_packed("H", sorted(range(len(starts)), key=starts.__getitem__)),
        jobs=bytes(
            MANAGES * title.manages | WITH_NEXT * block
            for title, block in zip(prepared.titles, [*blocks, False], strict=False)
        ),
        title_sizes=bytes(min(len(title), 255) for title in titles),
        titles=_packed("I", (stem for title in titles for stem in title[:255])),
        employer_sizes=bytes(min(len(name), 255) for name in employers),
        employers=_packed("I", (stem for name in employers for stem in name[:255])),
        education=tuple(_entry(entry, resume.document.text) for entry in resume.education),
        licences=tuple(
            Held(
                licence.name,
                licence.expires.year * 12 + (licence.expires.month or 12) if licence.expires else 0,
                is_pending(licence, resume.document.text),
            )
            for licence in resume.licences
        ),
        languages=tuple((language.name, language.level) for language in resume.languages),
        thin=prepared.thin,
        complete=all(item.kind is not SetAsideKind.UNREADABLE_PAGE for item in resume.document.set_aside),
    )


def outline_bytes(made: Outline) -> bytes:
    """An outline as it is kept: docs/corpus-format.md."""
    return _encoder.encode((FORMAT, made))


def outline_from(data: bytes) -> Outline | None:
    """What `outline_bytes` wrote; None where it is of another format. Raises CorpusDamagedError."""
    try:
        number, content = _versions.decode(data)
        return _decoder.decode(content) if number == FORMAT else None
    except msgspec.MsgspecError as error:
        raise CorpusDamagedError from error


_encoder = msgspec.msgpack.Encoder()
_versions = msgspec.msgpack.Decoder(tuple[int, msgspec.Raw])
_decoder = msgspec.msgpack.Decoder(Outline)


def _mark(prepared: Prepared, place: int, section: SectionKind) -> int:
    standing = prepared.kinds[place]
    if prepared.headings[place]:
        standing = HEADING
    elif prepared.claims[place]:
        standing = CLAIM
    lines = prepared.lines
    return (
        standing
        | HOPES * lines.hopes[place]
        | APART * (section in NOT_EXPERIENCE)
        | UNTOLD * (section in NOT_TOLD)
        | LEADS * prepared.leading[place]
        | THROUGH * prepared.through[place]
    )


def _shown(prepared: Prepared, place: int, resume: Resume) -> int:
    snippet = resume.snippets[place]
    title = "" if snippet.position is None else resume.positions[snippet.position].title or ""
    return (
        prepared.facets[place]
        | TELLS_LEADING * tells_of_leading(snippet.masked, title)
        | LACKS * prepared.lacking[place]
        | STUDIES * prepared.lines.studying[place]
    )


def _entry(entry: Education, text: str) -> Entry:
    return Entry(
        level=-1 if entry.level is None else entry.level.rank,
        field=FIELDS_APART.join(filter(None, fields_of(entry, text))),
        unfinished=entry.completed is False,
        more=may_be_more(entry, text),
        college=is_college(entry),
    )


def _month(number: int) -> int:
    """A month that 16 bits hold: the year 5461 is late enough."""
    return max(0, min(number, 0xFFFF))


def _until(period: Period | None, received: date) -> Period | None:
    if period is None or not period.current or period.end is not None:
        return period
    return replace(period, end=PartialDate(received.year, received.month))


def _packed(kind: str, numbers: Iterable[int]) -> bytes:
    packed = array(kind, numbers)
    if byteorder == "big":
        packed.byteswap()
    return packed.tobytes()
