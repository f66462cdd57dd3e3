"""What one qualification joins: clauses that are all asked, or alternatives of which one is enough.

It is a tree of two levels: what is joined, and within a clause that is asked the alternatives it offers ("SQL
and either Looker or Power BI"). Splitting is cautious, for a clause torn from its sentence asks something
else: short names are split ("Python, SQL and Tableau"; "Delta Lake or Iceberg"), so are sentences, what
semicolons part, and nouns that stand side by side ("butchery and pastry work"). What follows "such as" or
"e.g." are examples of the clause they stand in and demand nothing. A list that mixes "and" with "or" and
does not say how, or that goes on after its last name ("retail or hotel experience"), stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.matching.lexical import terms
from matcher.types import Joined


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of one qualification, two or more, each verbatim from its text; empty when it is one.

    `asked` are for each clause the texts that stand for it when it is compared, of which one is enough: a
    name with the words that lead to the list ("Experience with" + "Python"), so that a clause asks the thing
    in the sense of the whole; of nouns in prose what each has to itself ("staffing" of public events).
    """

    joined: Joined = Joined.ALL
    texts: tuple[str, ...] = ()
    asked: tuple[tuple[str, ...], ...] = ()


WHOLE = Clauses()

# More words than this are no name of a thing but a phrase, and phrases lean on each other.
NAME_WORDS = 3
# The same for nouns side by side in prose ("early years child protection plans").
_PHRASE_WORDS = 5
# More clauses than this are a catalogue, of which no reader expects all.
_MOST = 6

_EXAMPLES = re.compile(
    r"\([^)]*\)|,?\s*\b(?:such as|e\.g\.?|for (?:example|instance)|including|like)\b[^.;]*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:;|(?<=[a-z)\d])[.!])\s+(?:and\s+)?(?=\S)", re.IGNORECASE)
# The words that lead to a list of names.
_LEAD = re.compile(
    r"^(?:.*?\b(?:command (?:of|over)|experience(?:d)? (?:with|in|of|using)|experience|expertise (?:with|in)|"
    r"expert in|exposure to|famil(?:iar|iarity) with|fluen(?:t|cy) in|fluency|fluent|knowledge of|"
    r"mastery of|proficien(?:t|cy) (?:with|in)|skill(?:s|ed) (?:with|in)|understanding of|use of|using|"
    r"work(?:ed|ing) with|^(?:[\w'’-]+\s+){1,6}?(?:in|of|using|with))\s+)?"
    r"(?:(?:at least )?(?:one|any|some) (?:or more )?of\s+|either\s+|both\s+)?",
    re.IGNORECASE,
)
_AND = re.compile(r",?\s+(?:and|&|plus|as well as)\s+|\s*,\s*", re.IGNORECASE)
_LIST = re.compile(r"\b(?:and|or)\b|,", re.IGNORECASE)
_OR = re.compile(r",?\s+(?:and/or|or)\s+|\s*,\s*|\s*/\s*", re.IGNORECASE)
_AND_OR = re.compile(rf"{_OR.pattern}|{_AND.pattern}", re.IGNORECASE)
_HAS_AND = re.compile(r"(?:\b(?:and|plus|as well as)\b|&)(?!/or)", re.IGNORECASE)
_HAS_OR = re.compile(r"\bor\b", re.IGNORECASE)
_ONE_OF = re.compile(r"\b(?:one|any|some|at least one) (?:or more )?of\b", re.IGNORECASE)
# The end of a list that stays open: "machine learning, statistics, or a related technical field".
_OPEN_END = re.compile(
    r"(?:an?|any|another|other|some other)?\s*\b(?:adjacent|allied|comparable|equivalent|neighbou?ring|"
    r"related|relevant|similar)\s+(?:[\w-]+\s+){0,2}?(?:areas?|branch|disciplines?|domains?|fields?|"
    r"industr(?:y|ies)|sectors?|subjects?)\W*$",
    re.IGNORECASE,
)
# What says how a list is joined, at the end of the words that lead to it.
_MARK = re.compile(r"(?:(?:at least )?(?:one|any|some) (?:or more )?of|either|both)\s+$", re.IGNORECASE)
# Alternatives that are one clause of several, marked as such where they begin.
_CHOICE = re.compile(
    r"(?:,|\b(?:and|plus|as well as)|&)\s+"
    r"(?P<mark>either|(?:at least )?one (?:or more )?of|any of)\s+(?P<list>.+)",
    re.IGNORECASE,
)
# What the posting says of itself demands nothing.
_OF_ITSELF = re.compile(r"\b(?:we|we['’]\w+|our|ours|us)\b", re.IGNORECASE)
_SENTENCE_WORDS = 3
# Words that no name of a thing begins, holds or ends with.
_NO_NAME = re.compile(
    r"^(?:and|or|a|an|the|any|all|both|either|other|others|similar|related|relevant|equivalent|etc|more|less|above|"
    r"not|no|to|who|which|that|how|what|our|your|their|its|with|for|in|on|at|of|by)\b"
    r"|\b(?:a|an|with|for|in|on|at|of|by|to|that|which|who|from|is|are|be|you|we|will|can|must|the|your|our)\b"
    r"|\b(?:experience|knowledge|skills?|abilit(?:y|ies)|environments?|equivalent|similar|related)$",
    re.IGNORECASE,
)
# What all nouns of a list have in common, after the last of them: "staffing of public events".
_SHARED = re.compile(r"\s+(?:across|at|for|from|in|of|on|to|within)\s+[\w\s'’-]+$", re.IGNORECASE)
# The last word of such a noun, by its ending: "butchery" and "plans", and neither "verbal" nor "verify".
_NOUN = re.compile(
    r"(?:[cgmpt]y|[^pfi]ry|ance|ence|ics|ing|ism|ment|ness|ship|sis|[st]ion|\bwork|[^aeious'’]s|[aeo]s)$",
    re.IGNORECASE,
)
# Examples, of which none is asked: "such as Kafka", "(Opera, Protel or similar)".
_SUCH = re.compile(
    r"\((?=[^()]{0,99}\b(?:e\.g|for (?:example|instance)|such as|like|or (?:comparable|other|similar))\b)"
    r"[^()]*\)"
    r"|,?\s*\b(?:such as|e\.g\.?|for (?:example|instance))"
    r"(?:[^.;(),]|,(?!\s+(?:after|at|before|by|during|for|in|on|to|under|with|within)\b))*,?",
    re.IGNORECASE,
)


def clauses(text: str) -> Clauses:
    """The clauses of a qualification's `text`; WHOLE when it is one, or when in doubt."""
    plain = _EXAMPLES.sub(_blank, text)
    parts = _pieces(plain, _SENTENCE)
    if len(parts) > 1:
        texts = tuple(text[start:end] for start, end in parts)
        return _all(texts, texts) if all(map(_is_sentence, texts)) else WHOLE
    ways = (_mixed, _names, _nouns)
    return next((found for way in ways if (found := way(text, plain)).texts), WHOLE)


def alternatives(text: str) -> Clauses:
    """What the clause `text` joins by "or", or itself as the only one."""
    found = _names(text, _EXAMPLES.sub(_blank, text))
    return found if found.texts and found.joined is Joined.ANY else Clauses(Joined.ANY, (text,), ((text,),))


def without_examples(text: str) -> str:
    """The text without what it gives as examples ("such as Kafka or RabbitMQ")."""
    return " ".join(_SUCH.sub(" ", text).split())


def _all(texts: tuple[str, ...], asked: tuple[str, ...]) -> Clauses:
    return Clauses(Joined.ALL, texts, tuple((one,) for one in asked))


def _mixed(text: str, plain: str) -> Clauses:
    """Names that are asked, and after them alternatives that are marked as such."""
    choice = _CHOICE.search(plain)
    if choice is None:
        return WHOLE
    start, last = _led(plain), choice.start("list")
    named = _pieces(plain, _AND, start, choice.start())
    offered = _pieces(plain, _AND_OR, last)
    if not named or len(offered) < 2 or len(named) + len(offered) > _MOST:
        return WHOLE
    parts = [plain[begin:end] for begin, end in named + offered]
    if not all(map(_is_name, parts)) or _lean(parts, plain[:start]):
        return WHOLE
    lead = _MARK.sub("", plain[:start])
    return Clauses(
        Joined.ALL,
        (*(text[begin:end] for begin, end in named), text[choice.start("mark") : offered[-1][1]]),
        (
            *((lead + part,) for part in parts[: len(named)]),
            tuple(lead + part for part in parts[len(named) :]),
        ),
    )


def _names(text: str, plain: str) -> Clauses:
    """A list of names of things at the end of the text, after words that lead to it or none."""
    start = _led(plain)
    one_of = bool(_ONE_OF.search(plain))
    either, every = bool(_HAS_OR.search(plain)), bool(_HAS_AND.search(plain, start))
    if either == every and not one_of:
        return WHOLE
    found = _pieces(plain, _AND_OR if one_of else _OR if either else _AND, start)
    if len(found) > 2 and either and _OPEN_END.match(plain, found[-1][0]):
        found.pop()  # what merely opens the list asks nothing by itself
    parts = [plain[begin:end] for begin, end in found]
    if not 2 <= len(found) <= _MOST or not all(map(_is_name, parts)) or _lean(parts, plain[:start]):
        return WHOLE
    lead = _MARK.sub("", plain[:start])
    joined = Joined.ANY if either or one_of else Joined.ALL
    return Clauses(
        joined, tuple(text[begin:end] for begin, end in found), tuple((lead + part,) for part in parts)
    )


def _nouns(text: str, plain: str) -> Clauses:
    """Nouns that stand side by side and are all asked.

    Each has to end with a noun, told by its ending, for a verb or an adjective leans on what follows.
    """
    start = _led(plain)
    if _LIST.search(plain[:start]):
        start = 0  # what leads is itself of the list: "budgeting and staffing of events"
    if _HAS_OR.search(plain) or not _HAS_AND.search(plain, start):
        return WHOLE
    found = _pieces(plain, _AND, start)
    if not 2 <= len(found) <= _MOST:
        return WHOLE
    parts = [plain[begin:end] for begin, end in found]
    asked = (*parts[:-1], _SHARED.sub("", parts[-1]))
    if not all(map(_is_phrase, asked)):
        return WHOLE
    return _all(tuple(text[begin:end] for begin, end in found), asked)


def _led(plain: str) -> int:
    """Where the words end that lead to a list."""
    lead = _LEAD.match(plain)
    return lead.end() if lead else 0


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _pieces(
    text: str, between: re.Pattern[str], start: int = 0, stop: int | None = None
) -> list[tuple[int, int]]:
    """Where the non-empty parts of `text` between the separators begin and end, trimmed of white space."""
    stop = len(text) if stop is None else stop
    edges = [start, *(edge for match in between.finditer(text, start, stop) for edge in match.span()), stop]
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


def _is_phrase(part: str) -> bool:
    short = len(part.split()) <= _PHRASE_WORDS
    return short and bool(_NOUN.search(part)) and not _NO_NAME.search(part) and _substantial(part)


def _substantial(part: str) -> bool:
    """Whether a part says something by itself."""
    return terms(part).mass > 1.0
