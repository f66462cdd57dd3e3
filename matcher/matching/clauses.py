"""What one qualification joins: clauses that are all asked, or alternatives of which one is enough.

Splitting is cautious, for a clause torn from its sentence asks something else: lists of short names are split
("Python, SQL and Tableau"; "Delta Lake or Iceberg"), and so are sentences and what semicolons part. What
follows "such as" or "e.g." are examples of the clause they stand in and demand nothing. A list that mixes
"and" with "or", or that goes on after its last name ("retail or hotel experience"), stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.matching.lexical import terms
from matcher.types import Joined


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of one qualification, two or more, each verbatim from its text; empty when it is one.

    `asked` are the texts that stand for them when they are compared: a name with the words that lead to the
    list ("Experience with" + "Python"), so that a clause asks the thing in the sense of the whole.
    """

    joined: Joined = Joined.ALL
    texts: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


WHOLE = Clauses()

# More words than this are no name of a thing but a phrase, and phrases lean on each other.
NAME_WORDS = 3
# More clauses than this are a catalogue, of which no reader expects all.
_MOST = 6

_EXAMPLES = re.compile(
    r"\([^)]*\)|,?\s*\b(?:such as|e\.g\.?|for (?:example|instance)|including|like)\b[^.;]*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:;|(?<=[a-z)\d])[.!])\s+(?=\S)")
# The words that lead to a list of names.
_LEAD = re.compile(
    r"^(?:.*?\b(?:command (?:of|over)|experience(?:d)? (?:with|in|of|using)|experience|expertise (?:with|in)|"
    r"expert in|exposure to|famil(?:iar|iarity) with|fluen(?:t|cy) in|fluency|fluent|knowledge of|"
    r"mastery of|proficien(?:t|cy) (?:with|in)|skill(?:s|ed) (?:with|in)|understanding of|use of|using|"
    r"work(?:ed|ing) with|^(?:[\w'’-]+\s+){1,6}?(?:in|of|using|with))\s+)?"
    r"(?:one or more of\s+|either\s+|both\s+)?",
    re.IGNORECASE,
)
_AND = re.compile(r",?\s+(?:and|&|plus|as well as)\s+|\s*,\s*", re.IGNORECASE)
_LIST = re.compile(r"\b(?:and|or)\b|,", re.IGNORECASE)
_OR = re.compile(r",?\s+(?:and/or|or)\s+|\s*,\s*|\s*/\s*", re.IGNORECASE)
_HAS_AND = re.compile(r"(?:\b(?:and|plus|as well as)\b|&)(?!/or)", re.IGNORECASE)
_HAS_OR = re.compile(r"\bor\b", re.IGNORECASE)
_ONE_OF = re.compile(r"\b(?:one|any|some|at least one) (?:or more )?of\b", re.IGNORECASE)
# What the posting says of itself demands nothing.
_OF_ITSELF = re.compile(r"\b(?:we|we['’]\w+|our|ours|us)\b", re.IGNORECASE)
_SENTENCE_WORDS = 3
# Words that no name of a thing begins, holds or ends with.
_NO_NAME = re.compile(
    r"^(?:a|an|the|any|all|both|either|other|others|similar|related|relevant|equivalent|etc|more|less|above|"
    r"not|no|to|who|which|that|how|what|our|your|their|its|with|for|in|on|at|of|by)\b"
    r"|\b(?:a|an|with|for|in|on|at|of|by|to|that|which|who|from|is|are|be|you|we|will|can|must|the|your|our)\b"
    r"|\b(?:experience|knowledge|skills?|abilit(?:y|ies)|environments?|equivalent|similar|related)$",
    re.IGNORECASE,
)


def clauses(text: str) -> Clauses:
    """The clauses of a qualification's `text`; WHOLE when it is one, or when in doubt."""
    plain = _EXAMPLES.sub(_blank, text)
    parts = _pieces(plain, _SENTENCE)
    if len(parts) > 1:
        texts = tuple(text[start:end] for start, end in parts)
        return Clauses(Joined.ALL, texts, texts) if all(map(_is_sentence, texts)) else WHOLE
    return _names(text, plain)


def _names(text: str, plain: str) -> Clauses:
    """A list of names of things at the end of the text, after words that lead to it or none."""
    lead = _LEAD.match(plain)
    start = lead.end() if lead else 0
    either, every = bool(_HAS_OR.search(plain)), bool(_HAS_AND.search(plain, start))
    if either == every and not _ONE_OF.search(plain):
        return WHOLE
    either = either or bool(_ONE_OF.search(plain))
    found = [(start + begin, start + end) for begin, end in _pieces(plain[start:], _OR if either else _AND)]
    parts = [plain[begin:end] for begin, end in found]
    if not 2 <= len(found) <= _MOST or not all(map(_is_name, parts)) or _lean(parts, plain[:start]):
        return WHOLE
    texts = tuple(text[begin:end] for begin, end in found)
    asked = tuple(plain[:start] + plain[begin:end] for begin, end in found)
    return Clauses(Joined.ANY if either else Joined.ALL, texts, asked)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _pieces(text: str, between: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the non-empty parts of `text` between the separators begin and end, trimmed of white space."""
    edges = [0, *(edge for match in between.finditer(text) for edge in match.span()), len(text)]
    found = []
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        part = text[begin:end].rstrip(" .;,:")
        begin += len(part) - len(part.lstrip())
        if part.strip():
            found.append((begin, begin + len(part.strip())))
    return found


def _lean(parts: list[str], lead: str) -> bool:
    """Whether names may lean on each other: "online, software sales" shares a noun, "Draft and sell" a verb.

    Names in capitals do not; others are trusted after words that lead to a list, and with company of a kind.
    """
    if all(part[0].isupper() or part[0].isdigit() for part in parts):
        return False
    single = any(" " not in part and part[0].islower() for part in parts)
    return not lead or bool(_LIST.search(lead)) or (single and any(" " in part for part in parts))


def _is_sentence(part: str) -> bool:
    return len(part.split()) >= _SENTENCE_WORDS and not _OF_ITSELF.search(part) and _substantial(part)


def _is_name(part: str) -> bool:
    return len(part.split()) <= NAME_WORDS and not _NO_NAME.search(part) and _substantial(part)


def _substantial(part: str) -> bool:
    """Whether a part says something by itself."""
    return terms(part).mass > 1.0
