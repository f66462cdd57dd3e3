"""Demands that say one thing twice: the one that asks no more than another counts once, as that one.

Two demands say the same when their words are the same but for forms, order and the words that every demand is
made of. A demand that asks more - longer, deeper, with a limit the other has not - is one of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.types import Constraints, Qualification, QualificationKind

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*[+#]*")
_NUMBER = re.compile(r"\d[\d.,]*\+?")
# Words that every demand is made of, and those that say how much it counts.
_FILL = frozenset(
    """a able abilities ability also am an and any applicant are as asset at be been being bonus both by can
    candidate capable desirable desired do e.g each essential etc for from had has have having ideal ideally
    i.e in into is it its like mandatory must need nice of on or our plus preferable preferably preferred
    required role should skill skilled skills such that the their this to towards us was we well when which
    while who will with within would you you'll your""".split()
)
# Words that ask more of a thing, and words that ask less of it.
_MORE = frozenset(
    """advanced command deep demonstrated excellent exceptional expert expertise experience experienced
    extensive fluency fluent full hands-on highly in-depth mastery outstanding professional proficiency
    proficient progressive proven recent record senior significant solid sound strong substantial superior
    thorough track""".split()
)
_LESS = frozenset(
    """acquaintance appreciation awareness basic beginner exposure familiar familiarity good interest
    introductory knowledge some understanding""".split()
)
_LENGTH = frozenset("at least minimum month months more over than year years yr yrs".split())
# What follows is one of several things, or an example that demands nothing.
_LOOSE = re.compile(r"\bor\b|/|\b(?:e\.g|for example|including|like|such as)\b", re.IGNORECASE)
_NOT = frozenset("except no non not without".split())
# A long demand may leave out a little of what another asks: so many of its words, at least so large a share.
_LONG, _SHARE = 5, 0.8
# Demands beyond this many are not compared: so long a posting is none, and hostile ones cost the square.
_MOST_COMPARED = 1_000
_PLURAL = re.compile(r"(?<=[^aeiou\W])ies$|(?<=[^\Wsui])s$")
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ment|ed)$")
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_FIRMNESS = {
    QualificationKind.REQUIRED: 0,
    QualificationKind.PREFERRED: 1,
    QualificationKind.RESPONSIBILITY: 2,
}


@dataclass(frozen=True, slots=True)
class _Said:
    """What a demand says: its words but for their forms, and what asks more or less of them."""

    content: frozenset[str]
    more: frozenset[str]
    less: frozenset[str]

    @classmethod
    def of(cls, item: Qualification) -> _Said:
        written = {word.replace("’", "'") for word in _WORD.findall(item.text)}
        # "IT" and "US" are names
        words = {word.casefold() for word in written if word.casefold() not in _FILL or word in ("IT", "US")}
        if item.constraints.min_years:
            words = {word for word in words if not _NUMBER.fullmatch(word)} - _LENGTH
        loose = (found[0].casefold() for found in _LOOSE.finditer(item.text))
        less = frozenset(words & _LESS) | frozenset(loose)
        return cls(frozenset(map(_stem, words - _MORE - _LESS)), frozenset(words & _MORE), less)


def counted_once(found: Sequence[Qualification]) -> tuple[Qualification, ...]:
    """The qualifications in order; each that asks nothing but what another asks names that in `same_as`.

    The firmest of them, of those the one that asks most, and of equals the first stands for itself.
    """
    if len(found) > _MOST_COMPARED:
        return tuple(found)
    said = [_Said.of(item) for item in found]
    kept: dict[str, list[int]] = defaultdict(list)  # by each word of their content
    result = list(found)
    for place in sorted(range(len(found)), key=lambda place: (*_rank(found[place], said[place]), place)):
        if not said[place].content:
            continue
        like = min((kept[word] for word in said[place].content), key=len)
        twin = next((other for other in like if _repeats(found, said, place, other)), None)
        if twin is not None:
            result[place] = replace(found[place], same_as=found[twin].id)
            continue
        for word in said[place].content:
            kept[word].append(place)
    return tuple(result)


def _rank(item: Qualification, said: _Said) -> tuple[float, ...]:
    """Least for the firmest demand, of these for the one that asks most."""
    years = item.constraints.min_years or 0.0
    return _FIRMNESS[item.kind], -years, -len(said.more), len(said.less), -len(said.content)


def _repeats(found: Sequence[Qualification], said: Sequence[_Said], one: int, other: int) -> bool:
    """Whether the demand at `one` asks nothing that the one at `other` does not."""
    item, its, firm, theirs = found[one], said[one], found[other], said[other]
    rest = theirs.content - its.content
    short = len(its.content) < _LONG or len(its.content) < _SHARE * len(theirs.content)
    return (
        its.content <= theirs.content
        and not (rest and (short or rest & _NOT))
        and its.more <= theirs.more
        and theirs.less <= its.less
        and item.assess is firm.assess
        and _no_more(item.constraints, firm.constraints)
    )


def _no_more(asked: Constraints, other: Constraints) -> bool:
    """Whether the facts `asked` are asked by the `other` too: the same ones, and years that are no longer."""
    facts = replace(asked, min_years=None, max_years=None)
    same = not facts or facts == replace(other, min_years=None, max_years=None)
    return same and (asked.min_years or 0.0) <= (other.min_years or 0.0)


def _stem(word: str) -> str:
    """A word without the ending of its form: "drawings", "drawing" and "draw" are one."""
    plain = _PLURAL.sub(lambda ending: "y" if len(ending[0]) > 1 else "", word)
    bare = _ENDING.sub("", plain)
    return (bare if bare == plain else _DOUBLED.sub(r"\1", bare)).rstrip("e") or word
