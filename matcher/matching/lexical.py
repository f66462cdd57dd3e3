"""Words: what two texts have in common, weighed by how much each word says.

A text becomes `Terms`: the stems of its words, with skill aliases read as one ("k8s" as "kubernetes"),
each weighed by its inverse document frequency in a fixed background table. The table ships with the
package, so an overlap depends on the two texts alone and never on the pool of resumes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from matcher.matching.aliases import canonical
from matcher.matching.words import stem, words

# Function words: they carry grammar and no qualification. "it", "no", "us", "can" are here as lower-case
# words only; IT and US in capitals are names and are read before this list is asked.
STOP = frozenset(
    [
        "a",
        "about",
        "above",
        "after",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "below",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "each",
        "either",
        "for",
        "from",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "itself",
        "like",
        "may",
        "me",
        "might",
        "more",
        "most",
        "must",
        "my",
        "no",
        "nor",
        "not",
        "of",
        "off",
        "on",
        "onto",
        "or",
        "other",
        "our",
        "ours",
        "out",
        "over",
        "own",
        "per",
        "shall",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "theirs",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "upon",
        "us",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "within",
        "without",
        "would",
        "you",
        "your",
        "yours",
        "etc",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "s",
        "t",
        "re",
        "ll",
        "ve",
    ]
)


@dataclass(frozen=True, slots=True)
class Terms:
    """The weighed stems of one text, each once, in order of first appearance.

    `weights` are inverse document frequencies (natural logarithm), `mass` is their sum. `stems` is the same
    as a set, for look-up.
    """

    order: tuple[str, ...]
    weights: tuple[float, ...]
    mass: float
    stems: frozenset[str]


@cache
def background() -> tuple[dict[str, float], float]:
    """The table stem -> idf that ships with the package, and the idf of a stem it does not know."""
    table: dict[str, float] = {}
    unseen = 0.0
    text = files("matcher.matching").joinpath("idf.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, value = line.split("\t")
        if name:
            table[name] = float(value)
        else:
            unseen = float(value)
    return table, unseen


def stems(text: str) -> list[str]:
    """The stems of the words of `text` in order, aliases read as their canonical name, stop words left out."""
    return [stem(word) for word in canonical(words(text)) if word not in STOP]


def terms(text: str) -> Terms:
    """`text` as weighed stems. Empty text gives empty terms with mass 0."""
    table, unseen = background()
    order = tuple(dict.fromkeys(stems(text)))
    weights = tuple(table.get(name, unseen) for name in order)
    return Terms(order, weights, sum(weights), frozenset(order))


def overlap(qualification: Terms, snippet: Terms) -> float:
    """The share in [0, 1] of the qualification's weight that the snippet's words cover; 0 when it has none."""
    if not qualification.mass:
        return 0.0
    found = snippet.stems
    covered = sum(
        weight
        for name, weight in zip(qualification.order, qualification.weights, strict=True)
        if name in found
    )
    return min(1.0, covered / qualification.mass)
