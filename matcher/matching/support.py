"""What a whole resume shows for one demand: its best line, refined by what the other lines add.

The best line decides which verdict the words deserve. Other lines that bear on the demand refine its
strength: those that cover further words of the demand lift some of the doubt that the best one leaves; a
second and a third line, and the title of a job that supports the demand, move it inside its band alone. A
line below RELATED_AT adds nothing, a repeated line counts once, and no more than three lines corroborate:
padding a resume moves nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from matcher.matching.asked import Asked
from matcher.matching.demand import Clause, Demand
from matcher.matching.lines import Lines
from matcher.matching.weigh import BELOW_STRONG, PARTIAL_AT, STRONG_AT
from matcher.types import Joined

# A line below this strength has nothing to do with the demand: of the graded pairs below it under 4 % are
# evidence (the lowest bin of the calibration table), of those from it to 0.2 13 %.
RELATED_AT = 0.1

# From this strength a line corroborates the best one. It is worth a reader's look there; what a thousand
# unrelated lines show by chance stays below.
CORROBORATES_FROM = PARTIAL_AT / 2

# How much of the doubt that the best line leaves is lifted when further lines cover the demand's other words
# ("Python, SQL and Tableau", each in its own bullet).
COMPLEMENT = 0.25

# How far a second line that is certain moves strength to the upper end of its band; a third counts half.
CORROBORATION = 0.2

# The same for a title that has all words of the demand, of a job that supports it ("Head Chef" for "five
# years as a head chef").
TITLE = 0.4

# How far into the band of partial evidence a demand reaches of which a clause is missing.
MISSING = 0.5

# The weight from which words of a clause in prose tell it from the others: that of one word in about one text
# of seventy ("budget"); what is commoner is often done and not said ("planning").
TELLING = 2.5


def joint_strength(
    asked: Asked, common: Mapping[int, int], values: Mapping[int, float], related: Sequence[int], title: float
) -> float:
    """One strength in [0, 1] from the `related` lines (what `distinct_lines` returned, not none).

    `values` are those of the lines, `common` the bits of the stems that lines share with what is `asked`;
    `title` is what `title_share` returned.
    """
    best = values[related[0]]
    if len(related) > 1:
        best += (1.0 - best) * COMPLEMENT * _added(asked, common, related)
    second, third = ([_relation(values[index]) for index in related[1:3]] + [0.0, 0.0])[:2]
    moved = CORROBORATION * (second + third / 2) + TITLE * title
    end = PARTIAL_AT if best < PARTIAL_AT else STRONG_AT if best < STRONG_AT else 1.0
    # every step is monotone in each value and stays below the end of the band
    return best + (end - best) * min(moved, 1.0) * (1.0 - 1e-9)


def clause_strengths(
    demand: Demand,
    words: float,
    whole: Mapping[int, float],
    parts: Sequence[float],
    lines: Lines,
    mute: bytes,
) -> list[float]:
    """The strength of each clause of a `demand`, from that of all its `words`, of each line for the `whole`
    and of the best line for the clause itself (`parts`); `whole` has the lines that are related to it.

    `mute` has for each of the `lines` 1 where it names nothing, else 0.

    A proper name has to stand in a line; there it is shown as far as that line shows the whole, and partly at
    least; what is merely like it is partial. What shows the whole shows a clause in prose, unless others are
    shown and the resume has neither a line like it nor its own words. Where none is shown, strong evidence of
    the whole alone shows them: who is merely near to it comes after who clearly shows one.
    """
    strengths = []
    any_shown: bool | None = None  # worked out where it matters
    for clause, best in zip(demand.clauses, parts, strict=True):
        if all(clause.names):
            strengths.append(_named(clause, best, whole, lines, mute))
            continue
        if any_shown is None:
            each = zip(demand.clauses, parts, strict=True)
            any_shown = any(_is_shown(other, part, lines, mute) for other, part in each)
        if _is_shown(clause, best, lines, mute) if any_shown else words >= STRONG_AT:
            strengths.append(max(words, best))
        else:
            strengths.append(best)
    return strengths


def naming(clause: Clause, lines: Lines, mute: bytes) -> list[int]:
    """The lines that are not `mute` and have all of one of the names of a `clause` of proper names."""
    if not all(clause.names):
        return []
    found = {place for name in clause.names for place in lines.having_all(name)}
    return sorted(place for place in found if not mute[place])


def _named(clause: Clause, best: float, whole: Mapping[int, float], lines: Lines, mute: bytes) -> float:
    """The strength of a clause of proper names, of which one has to stand in a line."""
    there = naming(clause, lines, mute)
    return (
        max(best, PARTIAL_AT, *(whole.get(place, 0.0) for place in there))
        if there
        else min(best, BELOW_STRONG)
    )


def _is_shown(clause: Clause, best: float, lines: Lines, mute: bytes) -> bool:
    """Whether a line is like a clause, or what sets it apart is little or stands by half of its weight in
    lines that are not `mute`."""
    if best >= PARTIAL_AT:
        return True
    mass = math.fsum(clause.own.values())
    if mass < TELLING:
        return True
    stands = (weight for name, weight in clause.own.items() if _stands(name, lines, mute))
    return math.fsum(stands) >= mass / 2


def _stands(name: str, lines: Lines, mute: bytes) -> bool:
    """Whether a stem, or one that begins like it, is in a line that is not `mute`."""
    return any(not mute[place] for number in lines.akin(name) for place in lines.of_number(number))


def joined_strength(
    whole: float, joined: Joined, parts: Sequence[float], named: Sequence[bool] = ()
) -> float:
    """The strength of a demand from that of its words as a `whole` and of each of its clauses.

    Of alternatives the best counts. Where all are asked the weakest decides: what is shown clause by clause
    is shown, a clause that is only partly shown leaves the whole partial, and with a clause missing it is at
    the lower end of partial, by how much is there. `named` says which clauses are of proper names: where such
    names are half of what is asked and stand there, the whole is partial, however little a line shows it.
    """
    if not parts:
        return whole
    if joined is Joined.ANY:
        return max(whole, *parts)
    weakest = min(parts)
    if weakest >= STRONG_AT:
        return max(whole, weakest)
    reach = math.fsum(parts) / len(parts) * (BELOW_STRONG - PARTIAL_AT)
    if weakest >= PARTIAL_AT:
        return max(weakest, min(whole, PARTIAL_AT + reach))
    stand = sum(part >= PARTIAL_AT for part, name in zip(parts, named, strict=False) if name)
    return max(min(whole, PARTIAL_AT + MISSING * reach), PARTIAL_AT if stand >= len(parts) / 2 else 0.0)


def _relation(value: float) -> float:
    """How far a line is above CORROBORATES_FROM, 0 to 1, so that nothing jumps where it begins to count."""
    return max(0.0, value - CORROBORATES_FROM) / (1.0 - CORROBORATES_FROM)


def _added(asked: Asked, common: Mapping[int, int], related: Sequence[int]) -> float:
    """The share of the demand's weight in words that a related line covers and the best one does not."""
    others = 0
    for index in related[1:]:
        others |= common.get(index, 0)
    return asked.said.added(others & ~common.get(related[0], 0))
