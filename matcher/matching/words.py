"""Splitting a text into words and clause marks, and words into stems."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

# A word is a run of letters and digits, or one of the names that punctuation belongs to: C++, C#, .NET,
# ASP.NET, node.js, CI/CD, R&D, P&L, dotted abbreviations (B.S., Ph.D., U.S.). Apostrophes stay inside.
# Marks that end a clause are tokens of their own.
_TOKEN = re.compile(
    r"""
      \.(?i:NET)\b
    | [A-Za-z]{1,3}(?:\+\+|\#)(?![A-Za-z0-9])
    | [A-Za-z0-9]{2,12}\.(?i:js|net|io)\b
    | (?<![^\W_])(?i:CI/CD|PL/SQL|TCP/IP|UI/UX|UX/UI|A/B|A/P|A/R|P&L|R&D|M&A|Q&A|L&D|S&OP|O&M)(?![^\W_])
    | (?<![^\W_])(?:[A-Za-z]{1,2}\.){2,4}(?![A-Za-z0-9])
    | (?<![^\W_])[A-Za-z]\.[A-Za-z]{1,2}\b(?!\.)
    | (?<![^\W_])[Pp][Hh]\.?\s?[Dd]\b\.?
    | [$€£]\s?\d+(?:[.,]\d+)*(?:[KkMm]|MM|bn)?(?![^\W_]) | (?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w])
    | (?<![^\W_])(?i:in|off|on|out|re)-[^\W_]+(?i:ed|ing)(?![\w'-])
    | [^\W_]+(?:'[^\W_]+)*
    | [,;:()/]
    | \.(?=\s|$)
    """,
    re.VERBOSE,
)

CLAUSE_MARKS = frozenset({",", ";", ":", "(", ")", "/", "."})

_stemmer = Stemmer.Stemmer("english")
# Another version may find other stems.
STEMMER = str(Stemmer.version())

# Words that the stemmer makes one with others of quite another sense: a succession plan is no success, and an
# executive does not execute.
_OWN_STEM = {
    "executive": "executive",
    "executives": "executive",
    "succession": "succession",
    "successor": "succession",
    "successors": "succession",
}


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The Snowball English stem of one lower-case word; a word with a digit or a sign is left whole."""
    plain = word.removesuffix("'s").replace("'", "").replace("-", "")
    if not plain.isalpha():
        return word
    return _OWN_STEM.get(plain) or str(_stemmer.stemWord(plain))


def tokens(text: str) -> list[str]:
    """Words as written, with the punctuation that belongs to a name ("C++", "node.js", "B.S"), and the marks
    that end a clause, in order."""
    folded = unicodedata.normalize("NFKC", text).replace("’", "'")
    return [token.rstrip(".") or token for token in _TOKEN.findall(folded)]
