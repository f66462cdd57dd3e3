"""Why a snippet is quoted, in words a person can check against the quote."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.matching.asked import Asked
from matcher.matching.lexical import spelled, written

# From which cosine of the bundled encoder a snippet is near and from which it is close: of lines of real
# resumes that search had found, 85 % from 0.6 on were graded as evidence, 43 % between the two, 5 % below. A
# reader gets the words alone, for the second decimal of a cosine says nothing.
CLOSE, NEAR = 0.6, 0.4


def because(
    asked: Asked, line: str, bits: int, names: Mapping[str, str], cosine: float, leads: str = ""
) -> str:
    """How near a `line` is in meaning, and the most telling words that it shares with what is asked.

    `bits` are those of the stems that both have, `names` what `lexical.other_names` says of the line, of them
    at least. A line that is not near may still show the leading that is asked: `leads` says so in words.
    """
    words = shared(asked, line, bits, names)
    common = f"shares: {', '.join(words)}" if words else "no telling word in common"
    return f"{leads if leads and cosine < NEAR else _nearness(cosine)}; {common}"


def shared(asked: Asked, line: str, bits: int, names: Mapping[str, str], most: int = 4) -> tuple[str, ...]:
    """The words both have, as what is asked writes them, the most telling first.

    Where the line uses another name for the same thing both are given: "Kubernetes = k8s".
    """
    said = asked.said
    if not bits & ~asked.plain and names.keys().isdisjoint(said.names(bits)):
        return said.written(bits)[:most]
    pairs = []
    for name in said.telling(bits):
        here = asked.terms.written[name]
        there = names.get(name)
        if asked.spelled[name] == (spelled(there) if there else [name]):
            pairs.append(here)
        else:
            pairs.append(f"{here} = {there or written(line)[name]}")
    return tuple(dict.fromkeys(pairs))[:most]


def _nearness(cosine: float) -> str:
    if cosine >= CLOSE:
        return "close in meaning"
    return "near in meaning" if cosine >= NEAR else "not near in meaning"
