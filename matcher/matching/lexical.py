"""Words: what two texts have in common, weighed by how much each word says.

A text becomes `Terms`: the stems of its words, aliases read as one name ("k8s" as "kubernetes"), each weighed
by its inverse document frequency in a fixed background table. The table ships with the package, so that
an overlap depends on the two texts alone and never on the pool of resumes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from matcher.matching.aliases import read
from matcher.matching.signals import hopes, languages
from matcher.matching.words import CLAUSE_MARKS, stem, tokens

# Function words: they carry grammar and no qualification. Capitals that are names ("IT", "US") are read as
# aliases before this list is asked.
STOP = frozenset(
    tokens(
        """a about above after all also am an and any are as at be been being below but by can could did do
        does doing each either for from had has have having he her hers him his how i if in into is it its
        itself like may me might more most must my no nor not of off on onto or other our ours out over own
        per shall she should so some such than that the their theirs them then there these they this those
        through to too under until up upon us very was we were what when where which while who whom whose why
        will with within without would you your yours etc e.g i.e eg ie s t re ll ve"""
    )
)

_CLAUSE_WORDS = frozenset({"and", "or", "plus"})

# A word that stands in more than exp(-1.75), about one in six, of the background texts says nothing: its
# weight is idf - FLOOR, at least 0. Chosen on the graded training pairs: 1.5 to 2 are alike, 0 is worse.
FLOOR = 1.75

# Words that postings wrap a demand in ("proven ability", "solid understanding of", "5+ years of experience").
# They stand in half of all demands and nearly every resume has them, so they keep a quarter of their weight.
# On the graded training pairs 0 to 0.4 are alike, 1 is worse.
PHRASING = frozenset(
    stem(word)
    for word in tokens(
        """ability able actively background capable candidate comfortable demonstrate demonstrated desirable
        desire effectively equivalent essential excellent experience experienced expert familiar familiarity
        good great ideal include including knowledge least minimum multiple plus practical prefer preferred
        proficient proven qualification related relevant required requirement similar skill skilled skills
        solid strong successfully understand understanding various work working year years
        one two three four five six seven eight nine ten"""
    )
)
PHRASING_WEIGHT = 0.25

# Whom any work is done with and what comes of any: lines that share these alone with a demand ("contributed
# to team results" with "communicate team results") show nothing of it. They keep as little. On the graded
# pairs that is as good as their full weight.
COMMON = frozenset(stem(word) for word in "member members result results team teams".split())

# A name that joins several words ("bachelor_degree") is one term where a text has two or three, so it weighs
# more than a single word of its frequency. Chosen on the same pairs: 1.5 to 2 are alike, 1 is worse.
NAMED = 1.5

# Stems that agree in this many first letters are related ("analyt", "analysi"): see `Terms.openings`.
OPENING = 5


@dataclass(frozen=True, slots=True)
class Terms:
    """The weighed stems of one text.

    `order` are the stems by first appearance, `weights` the weight of each, 0 or more, and `mass` their sum;
    `stems` and `weight_of` are the same for look-up. `written` maps a stem to the words that stand for it in
    the text. `clauses` are the stems of the parts between commas, "and", "or" and the like. `openings` maps
    the first letters of the longer stems to those stems. `text` is what was read; `languages` are the human
    languages it names, `hopes` says that it speaks of what is sought or under way.
    """

    text: str
    languages: frozenset[str]
    hopes: bool
    order: tuple[str, ...]
    weights: tuple[float, ...]
    mass: float
    stems: frozenset[str]
    weight_of: dict[str, float]
    written: dict[str, str]
    clauses: tuple[frozenset[str], ...]
    openings: dict[str, tuple[str, ...]]


@cache
def background() -> tuple[dict[str, float], float]:
    """The table stem -> idf that ships with the package, and the idf of a stem it does not know."""
    table: dict[str, float] = {}
    unseen = 0.0
    for line in Path(__file__).with_name("idf.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, value = line.split("\t")
        if name:
            table[name] = float(value)
        else:
            unseen = float(value)
    return table, unseen


@lru_cache(maxsize=65_536)
def weight(name: str) -> float:
    """How much the stem `name` says: 0 for the commonest, about 7 for a rare one, more for a joined name."""
    table, unseen = background()
    plain = max(0.0, table.get(name, unseen) - FLOOR)
    if name in PHRASING or name in COMMON:
        return plain * PHRASING_WEIGHT
    return plain * NAMED if "_" in name else plain


@lru_cache(maxsize=65_536)
def _stem(read: str) -> str | None:
    """The stem of a word that is compared, None for a function word."""
    if read in STOP or "," in read or read[0] in "$€£":
        return None
    name = read if "_" in read else stem(read)
    return None if name in STOP else name


def stems(text: str) -> list[str]:
    """The stems of the words of `text` in order, aliases read as their canonical name, no function words."""
    named = (_stem(word.read) for word in read(tokens(text)) if word.read not in CLAUSE_MARKS)
    return [name for name in named if name is not None]


def written(text: str) -> dict[str, str]:
    """The stems of `text` by first appearance, each with the words that stand for it there."""
    found: dict[str, str] = {}
    for word in read(tokens(text)):
        if word.read not in CLAUSE_MARKS and word.read not in _CLAUSE_WORDS:
            name = _stem(word.read)
            if name is not None:
                found.setdefault(name, word.written)
    return found


def terms(text: str) -> Terms:
    """`text` as weighed stems. Empty text gives empty terms with mass 0."""
    written: dict[str, str] = {}
    clauses: list[frozenset[str]] = []
    clause: list[str] = []
    written_words = tokens(text)
    words = read(written_words)
    for word in words:
        if word.read in CLAUSE_MARKS or word.read in _CLAUSE_WORDS:
            if clause:
                clauses.append(frozenset(clause))
                clause = []
            continue
        name = _stem(word.read)
        if name is not None:
            clause.append(name)
            written.setdefault(name, word.written)
    if clause:
        clauses.append(frozenset(clause))
    weight_of = {name: weight(name) for name in written}
    openings: dict[str, tuple[str, ...]] = {}
    for name in weight_of:
        if len(name) >= OPENING and name.isalpha():
            openings[name[:OPENING]] = (*openings.get(name[:OPENING], ()), name)
    return Terms(
        text=text,
        languages=languages(written_words),
        hopes=hopes([word.lower() for word in written_words]),
        order=tuple(weight_of),
        weights=tuple(weight_of.values()),
        mass=math.fsum(weight_of.values()),
        stems=frozenset(weight_of),
        weight_of=weight_of,
        written=written,
        clauses=tuple(clauses),
        openings=openings,
    )


def overlap(qualification: Terms, snippet: Terms) -> float:
    """The share in [0, 1] of the qualification's weight that the snippet's words cover."""
    return share(qualification, snippet.stems)


def share(qualification: Terms, stems: frozenset[str]) -> float:
    """The share in [0, 1] of the qualification's weight in these stems."""
    return covered(qualification, stems) / qualification.mass if qualification.mass else 0.0


def covered(qualification: Terms, stems: frozenset[str]) -> float:
    """The weight of the qualification's stems that are among these, at most `qualification.mass`."""
    # fsum is exact, so the sum does not depend on the order of the set
    return math.fsum(map(qualification.weight_of.__getitem__, qualification.stems & stems))


def akin(name: str, stems: frozenset[str]) -> bool:
    """Whether the stem `name` is among `stems`, or one of them begins like it ("staf" and "staff")."""
    return name in stems or any(
        name[:OPENING] == other[:OPENING] or (len(name) > 3 and other.startswith(name)) for other in stems
    )


def other_names(text: Terms) -> dict[str, str]:
    """Of the stems that `text` has by another name ("k8s"), the words as written."""
    return {name: written for name, written in text.written.items() if spelled(written) != [name]}


def spelled(written: str) -> list[str]:
    """The stems of words as written, no alias read."""
    return [stem(word) for word in written.lower().split()]
