"""A resume made ready to compare with any role: all that no role and no day has a part in.

It is made once and kept beside the parsed resume. What it holds follows from the resume and the rules of the
modules that are imported here, so it is kept under the `rules` it was made by, refused under others, and made
anew.
"""

from __future__ import annotations

import struct
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import accumulate, chain, compress, pairwise
from typing import TYPE_CHECKING

import msgspec

from matcher.errors import CorpusDamagedError, OldFeaturesError
from matcher.matching.copying import is_copied, may_be_copied, run_numbers
from matcher.matching.distinct import Repeats
from matcher.matching.domains import leads_anyone
from matcher.matching.facets import facet_bits
from matcher.matching.kinds import is_heading, kinds_of
from matcher.matching.leading import leads_through
from matcher.matching.lexical import other_names, terms
from matcher.matching.lines import Lines
from matcher.matching.negation import lacks
from matcher.matching.praise import Praise, praise
from matcher.matching.rules import rules
from matcher.matching.titles import Title
from matcher.types import Resume, SetAsideKind

if TYPE_CHECKING:
    from matcher.matching.demand import RoleProfile

# A resume with fewer words than this says too little for "none found" to mean anything. The shortest
# complete resume among the fixtures has about three times as many.
THIN_WORDS = 40

_RUN = 4  # bytes of a number in `runs`

# Between stems: a mark that ends a clause is in none of them.
_BETWEEN = ","


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is known of the snippets and the titles of a resume before any role is.

    `lines` are the words of the snippets. Of each snippet, by its index: `kinds` is the rank of its
    EvidenceKind; 1 in `claims` says that it only praises its writer, in `headings` that it is a heading, in
    `lacking` that it says what is not there, in `leading` that it leads people, in `through` that it leads
    them through change, else 0; `facets` are its `facet_bits`. `other_names` are what `lexical.other_names`
    says of the snippets that have such; `repeats` are those that say nothing beside others, and `repeated`
    says of those that stand more than once where.
    `titles` are those of the positions, `employers` the stems of their employers. `thin` says that the resume
    says too little to judge by. `runs` are the `run_numbers` of the snippets one after the other,
    little-endian and 32 bits each, and `run_ends` says where in them those of each snippet end.
    """

    lines: Lines
    kinds: bytes
    claims: bytes
    headings: bytes
    lacking: bytes
    leading: bytes
    through: bytes
    facets: bytes
    other_names: dict[int, dict[str, str]]
    repeats: Repeats
    repeated: dict[int, str]
    titles: tuple[Title, ...]
    employers: tuple[frozenset[str], ...]
    thin: bool
    runs: bytes
    run_ends: list[int]


def prepare(resume: Resume) -> Prepared:
    """`resume` made ready. Nothing of it depends on a role, or on today."""
    masked = [snippet.masked for snippet in resume.snippets]
    read = [terms(text) for text in masked]
    said = [praise(text) for text in masked]
    runs = [run_numbers(snippet.masked, snippet.section) for snippet in resume.snippets]
    return Prepared(
        lines=Lines.of(read),
        kinds=bytes(kind.rank for kind in kinds_of(resume, said)),
        claims=bytes(praised is Praise.CHARACTER for praised in said),
        headings=bytes(map(is_heading, resume.snippets)),
        lacking=bytes(map(lacks, masked)),
        leading=bytes(map(leads_anyone, masked)),
        through=bytes(map(leads_through, masked)),
        facets=bytes(map(facet_bits, masked)),
        other_names={place: names for place, text in enumerate(read) if (names := other_names(text))},
        repeats=Repeats.of(resume.snippets),
        repeated=_repeated(resume),
        titles=tuple(Title.of(position.title or "") for position in resume.positions),
        employers=tuple(terms(position.employer or "").stems for position in resume.positions),
        thin=is_thin(resume),
        runs=struct.pack(f"<{sum(map(len, runs))}I", *chain(*runs)),
        run_ends=list(accumulate(map(len, runs))),
    )


def prepared_without(prepared: Prepared, taken: Collection[int], rest: Resume) -> Prepared:
    """What `prepare` makes of the `rest` of a resume, from what was `prepared` of all of it before snippets
    (indices) were `taken` out: a hundredth of the work."""
    stay = [place not in taken for place in range(len(prepared.kinds))]
    new = dict(zip(compress(range(len(stay)), stay), range(len(rest.snippets)), strict=True))
    runs = list(compress(pairwise((0, *prepared.run_ends)), stay))

    def left(column: bytes) -> bytes:
        return bytes(compress(column, stay))

    return replace(
        prepared,
        lines=prepared.lines.at(new),
        kinds=left(prepared.kinds),
        claims=left(prepared.claims),
        headings=left(prepared.headings),
        lacking=left(prepared.lacking),
        leading=left(prepared.leading),
        through=left(prepared.through),
        facets=left(prepared.facets),
        other_names={new[place]: names for place, names in prepared.other_names.items() if place in new},
        repeats=Repeats.of(rest.snippets),
        repeated=_repeated(rest),
        thin=is_thin(rest),
        runs=b"".join(prepared.runs[_RUN * start : _RUN * end] for start, end in runs),
        run_ends=list(accumulate(end - start for start, end in runs)),
    )


def is_thin(resume: Resume) -> bool:
    """Whether too little could be read for "none found" to mean anything."""
    unreadable = any(item.kind is SetAsideKind.UNREADABLE_PAGE for item in resume.document.set_aside)
    return unreadable or sum(len(snippet.masked.split()) for snippet in resume.snippets) < THIN_WORDS


def _repeated(resume: Resume) -> dict[int, str]:
    """Of each line that stands more than once how often it does and on which pages, in words."""
    same: dict[str, list[int]] = {}
    for place, snippet in enumerate(resume.snippets):
        same.setdefault(snippet.masked.casefold(), []).append(place)
    told: dict[int, str] = {}
    for places in same.values():
        if len(places) > 1:
            spans = [resume.snippets[place].span for place in places]
            pages = sorted({found.page for span in spans for found in resume.document.places(span)})
            where = f", pages {', '.join(map(str, pages))}" if len(pages) > 1 else ""
            told |= dict.fromkeys(places, f"; stands {len(places)} times{where}")
    return told


def copies(profile: RoleProfile, resume: Resume, prepared: Prepared) -> list[int]:
    """The snippets (indices) of `resume` that copy the posting: those that `without_copies` takes out."""
    snippets = resume.snippets
    asked = may_be_copied(profile.run_numbers, prepared.runs, prepared.run_ends)
    return [
        place for place in asked if is_copied(profile.runs, snippets[place].masked, snippets[place].section)
    ]


# --------------------------------------------------------------------------- as bytes


class _Stored(msgspec.Struct, frozen=True):
    stems: str
    ends: list[int]
    places: list[int]
    languages: dict[str, list[int]]
    sizes: bytes
    hopes: bytes
    studying: bytes
    kinds: bytes
    claims: bytes
    headings: bytes
    lacking: bytes
    leading: bytes
    through: bytes
    facets: bytes
    other_names: dict[int, dict[str, str]]
    same: dict[int, int]
    crossing: dict[int, list[int]]
    repeated: dict[int, str]
    titles: list[tuple[str, bool]]
    employers: list[str]
    thin: bool
    runs: bytes
    run_ends: list[int]


_OF_LINES = ("ends", "places", "languages", "sizes", "hopes", "studying")
_OF_REPEATS = ("same", "crossing")
_OF_SNIPPETS = tuple(
    name
    for name in _Stored.__struct_fields__
    if name not in (*_OF_LINES, *_OF_REPEATS, "stems", "titles", "employers")
)

_encoder = msgspec.msgpack.Encoder()
_versions = msgspec.msgpack.Decoder(tuple[str, msgspec.Raw])
_decoder = msgspec.msgpack.Decoder(_Stored)


def prepared_bytes(prepared: Prepared) -> bytes:
    """What was prepared, in the format of docs/corpus-format.md."""
    stored = _Stored(
        stems=_joined(prepared.lines.stems),
        titles=[(_joined(sorted(title.stems)), title.manages) for title in prepared.titles],
        employers=[_joined(sorted(stems)) for stems in prepared.employers],
        **{name: getattr(prepared.lines, name) for name in _OF_LINES},
        **{name: getattr(prepared.repeats, name) for name in _OF_REPEATS},
        **{name: getattr(prepared, name) for name in _OF_SNIPPETS},
    )
    return _encoder.encode((rules(), stored))


def prepared_start() -> bytes:
    """How all begin that `prepared_bytes` writes under these rules, and none that it wrote under others."""
    return b"\x92" + _encoder.encode(rules())  # an array of two, the first of them


def prepared_from(data: bytes) -> Prepared:
    """What `prepared_bytes` wrote, equal to it.

    Raises OldFeaturesError where it was made by other rules than these, CorpusDamagedError for other bytes.
    """
    try:
        version, content = _versions.decode(data)
        if version != rules():
            raise OldFeaturesError("These features were made by other rules: prepare the resume again.")
        stored = _decoder.decode(content)
    except (msgspec.MsgspecError, ValueError) as error:
        raise CorpusDamagedError from error
    return Prepared(
        lines=Lines.stored(_apart(stored.stems), *(getattr(stored, name) for name in _OF_LINES)),
        repeats=Repeats(*(getattr(stored, name) for name in _OF_REPEATS)),
        titles=tuple(Title(frozenset(_apart(stems)), manages) for stems, manages in stored.titles),
        employers=tuple(frozenset(_apart(stems)) for stems in stored.employers),
        **{name: getattr(stored, name) for name in _OF_SNIPPETS},
    )


def _joined(stems: list[str]) -> str:
    return _BETWEEN.join(stems)


def _apart(stems: str) -> list[str]:
    return stems.split(_BETWEEN) if stems else []
