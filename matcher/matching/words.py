"""Splitting a text into words and words into stems."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

# A word is a run of letters and digits, or one of the names that punctuation belongs to: C++, C#, .NET,
# ASP.NET, node.js, CI/CD, R&D, P&L, dotted abbreviations (B.S., Ph.D., U.S.). Apostrophes stay inside.
_WORD = re.compile(
    r"""
      \.NET\b
    | [A-Za-z]{1,3}(?:\+\+|\#)(?![A-Za-z0-9])
    | [A-Za-z0-9]{2,12}\.(?:js|JS|net|NET|io)\b
    | \b(?:CI/CD|PL/SQL|TCP/IP|UI/UX|UX/UI|A/B|A/P|A/R|P&L|R&D|M&A|Q&A|L&D|S&OP|O&M)(?![A-Za-z0-9])
    | \b(?:[A-Za-z]{1,2}\.){2,4}(?![A-Za-z0-9])
    | \b[A-Za-z]\.[A-Za-z]{1,2}\b(?!\.)
    | \b[Pp][Hh]\.?\s?[Dd]\b\.?
    | [^\W_]+(?:['’][^\W_]+)*
    """,
    re.VERBOSE,
)

_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The Snowball English stem of one lower-case word; words with a digit or a sign are left whole."""
    return str(_stemmer.stemWord(word)) if word.isalpha() else word


def words(text: str) -> list[str]:
    """The words of `text` as written, punctuation that belongs to a name kept: "C++", "node.js", "B.S."."""
    return _WORD.findall(unicodedata.normalize("NFKC", text))
