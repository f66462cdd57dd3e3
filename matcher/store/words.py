"""Text as the words that are searched for: the same on every database, because no database is asked.

A word is a run of letters and digits, with the signs that make a name another one: c++, c#, .net, node.js.
Case, accents and width are folded. There is no stemming: a query says `engineer*` where it means them all.
"""

from __future__ import annotations

import re
import unicodedata

# A full stop belongs to a word where at most three letters follow ("node.js", "asp.net", "3.5"), and before a
# word that nothing precedes (".net", but not "...and").
_WORD = re.compile(r"(?:(?<![\w.])\.)?\w+(?:\.\w{1,3}(?!\w))*(?:\+\+|#)?")

# PostgreSQL takes words of up to 2,046 bytes; nobody types a quarter of that.
_LONGEST = 120


def folded(text: str) -> str:
    """The text in lower case without accents, in one form for letters that have several."""
    # The compatibility form goes first: it makes capitals ("ℌ") that the folding has to see.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return (
        "".join(char for char in plain if not unicodedata.combining(char)) if not plain.isascii() else plain
    )


def words(text: str) -> list[str]:
    """The words of the text, folded, in order."""
    return [word[:_LONGEST] for word in _WORD.findall(folded(text))]


def folded_line(text: str) -> str:
    """The words of the text between single spaces, with one at each end: " ada lovelace "."""
    return f" {' '.join(words(text))} "


def stored_text(text: str) -> str:
    """The text as every database takes it: no NUL, no lone surrogates (which file names may have)."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()
