"""Names: which of a resume's first lines is the person's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from matcher.resumes.headings import heading_kind, unspaced
from matcher.resumes.name_words import BEFORE_TRADES, LINK_WORDS, TRADE_SURNAMES, TRADE_WORDS
from matcher.resumes.places import is_place
from matcher.resumes.rows import Row
from matcher.resumes.titles import employer_score, looks_like_title, title_score
from matcher.types import Span

_NAME_TOKEN = re.compile(r"^[^\W\d_][^\W\d_'’.`-]*(?:[-'’`.][^\W\d_]{1,40})*\.?$")
_WORD = re.compile(r"[^\W\d_][\w'’.-]{0,40}")
_CJK_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}$|^[\uac00-\ud7a3]{2,4}$")
_PARTICLES = frozenset(
    "de da do dos das del della di van von der den ter bin ibn al el la le du st y e zu zur af av".split()
)
_CREDENTIALS = re.compile(
    r",?\s{1,9}(?:(?:Ph\.?D|M\.?D|R\.?N|B\.?S\.?N|M\.?S\.?N|M\.?B\.?A|CPA|PMP|CFA|Esq|P\.?E|J\.?D|LL\.?M"
    r"|PharmD"
    r"|DDS|DVM|DO|NP|PA-C|EIT|M\.?S|M\.?A|M\.?Sc"
    r"|B\.?Sc|B\.?A|MPH|LCSW|CISSP|SHRM-CP)\.?(?:[,/\s]{1,9}|$))+$"
)
_LABELS = re.compile(
    r"^(?:name|full name|candidate|candidate name|nombre|nom|nome|naam|姓名|이름)\s{0,9}[:：]\s{0,9}",
    re.IGNORECASE,
)
_HEADLINE = re.compile(
    r"\b(?:resume|résumé|curriculum(?: vitae)?|cv|lebenslauf|vita|currículo|currículum"
    r"|page \d{1,9}(?: of \d{1,9})?)\b[:\s]*",
    re.I,
)
_PRONOUNS = re.compile(
    r"\s{0,9}[(\[](?:she|he|they|ze|xe)(?:\s?/\s?(?:she|he|they|hers?|him|his|them|theirs?|hir)){1,2}[)\]]",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_OF = re.compile(r"(?:of|for|von|de|di)\s{1,9}", re.IGNORECASE)
_HONORIFIC = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof|herr|frau|sir|dipl\.-ing)\.?\s{1,9}", re.IGNORECASE)
_CUT = re.compile(r"\t+|\s{0,9}[|•·▪◆]\s{0,9}|\s{1,9}[–—-]\s{1,9}|[\ue000-\uf8ff]+|\s{3,}")


def cells(text: str, row: Row) -> list[Span]:
    """The parts of a row between tabs, bars, bullets, spaced dashes and icons."""
    found, start = [], row.body.start
    for match in _CUT.finditer(text, row.body.start, row.body.end):
        found.append(Span(start, match.start()))
        start = match.end()
    found.append(Span(start, row.body.end))
    return [cell for cell in found if text[cell.start : cell.end].strip()]


def read_name(piece: str, lowercase: frozenset[str]) -> tuple[str, int, int] | None:
    """(name, start, end) when the whole piece reads as a person's name.

    `lowercase` holds the words that the resume itself writes in lower case: what consists of those alone
    ("DIGITAL MEDIA") is no name.
    """
    words = piece
    label = _LABELS.match(words)
    start = label.end() if label else 0
    words = words[start:]
    title = _HONORIFIC.match(words)
    if title:
        start += title.end()
        words = words[title.end() :]
    headline = _HEADLINE.search(words)
    if headline:
        if headline.start() == 0:
            of = _OF.match(words, headline.end())
            cut = of.end() if of else headline.end()
            start += cut
            words = words[cut:]
        else:
            words = _POSSESSIVE.sub("", words[: headline.start()].rstrip())
    pronouns = _PRONOUNS.search(words)
    words = words[: pronouns.start()] if pronouns else words
    words = _CREDENTIALS.sub("", words.rstrip(" ,;|–-"))
    words = words.rstrip(" ,;|–—-•·:")
    lead = len(words) - len(words.lstrip(" ,;|–—-•·:"))
    start, words = start + lead, words[lead:]
    if _CJK_NAME.match(words):
        return words, start, start + len(words)
    spaced = unspaced(words)
    tokens = spaced.replace(",", " ").split()
    if not (1 <= len(tokens) <= 6) or len(words) > 60 or not words:
        return None
    if len(tokens) == 1 and not label:
        return None
    for token in tokens:
        if not _NAME_TOKEN.match(token.strip('()"“”')):
            return None
        if token[0].islower() and token.casefold() not in _PARTICLES:
            return None
    if not label and not _fit(spaced, [token.casefold().strip(".'’") for token in tokens], lowercase):
        return None
    return " ".join(spaced.split()), start, start + len(words)


def _fit(words: str, tokens: Sequence[str], lowercase: frozenset[str]) -> bool:
    """False for what reads as a heading, a title, an employer, a place or words of a trade."""
    titled = title_score(words) >= 1.2 and not (
        len(tokens) in (2, 3)
        and tokens[-1] in TRADE_SURNAMES
        and tokens[0] not in BEFORE_TRADES | TRADE_WORDS
    )
    if heading_kind(words) is not None or titled or employer_score(words) >= 1.6 or is_place(words):
        return False
    trade = sum(token in TRADE_WORDS for token in tokens)
    if any(token in LINK_WORDS for token in tokens) or (trade > 1 and trade * 2 >= len(tokens)):
        return False
    long = [token for token in tokens if len(token) > 2]
    return sum(token in lowercase for token in long) * 2 <= len(long)


def find_name(
    text: str,
    rows: Sequence[Row],
    lowercase: frozenset[str],
    titles: frozenset[str],
    accounts: Sequence[str] = (),
) -> tuple[str | None, list[Span]]:
    """The name and where it stands: what an account confirms, else the largest row that reads as one.

    `accounts` are the names of accounts and profiles ("jane.baker").
    """
    candidates: list[tuple[float, int, str, Span]] = []
    content = [row for row in rows if not row.blank]
    stacked = _stacked_name(content, lowercase)
    confirmed = stacked or _confirmed(text, content, lowercase, accounts)
    if confirmed is not None:
        return confirmed
    alone = _single(text, content, lowercase)
    if alone is not None:
        return text[alone.start : alone.end], [alone]
    for order, row in enumerate(content[:12]):
        if order and content[order - 1].text.endswith(",") and content[order - 1].size == row.size:
            continue  # the headline goes on
        for cell in cells(text, row)[:3]:
            read = read_name(text[cell.start : cell.end], lowercase)
            if read is not None and read[0].casefold() not in titles:
                span = Span(cell.start + read[1], cell.start + read[2])
                weight = (row.size or 0.0) + (2.0 if order == 0 else 0.0)
                candidates.append((-weight, order, read[0], span))
    if candidates:
        best = min(candidates)
        return best[2], [best[3]]
    return None, []


def _single(text: str, content: Sequence[Row], lowercase: frozenset[str]) -> Span | None:
    """The first word of the page where it can only be a name: set larger, or above title or contact."""
    if content and _HEADLINE.fullmatch(content[0].text):
        content = content[1:]
    if not content:
        return None
    top = content[0]
    first, *beside = cells(text, top) or [top.body]
    if not beside and len(content) < 2:
        return None
    words = text[first.start : first.end]
    title = _HONORIFIC.match(words)
    start = title.end() if title else 0
    word = _CREDENTIALS.sub("", words[start:]).rstrip(" ,")
    known = word.casefold() in lowercase | TRADE_WORDS or _HEADLINE.match(word)
    if not _NAME_TOKEN.match(word) or not word[0].isupper() or known:
        return None
    if heading_kind(word) is not None or title_score(word) or is_place(word):
        return None
    below = [text[cell.start : cell.end] for cell in beside] or [content[1].text]
    leads = looks_like_title(below[0]) or any("@" in row.text for row in content[:4])
    largest = max((row.size or 0.0 for row in content[1:]), default=0.0)
    larger = (top.size or 0.0) > largest
    if (leads and (larger or not top.size)) or (larger and (top.size or 0.0) > largest * 1.3):
        return Span(first.start + start, first.start + start + len(word))
    return None


def _stacked_name(content: Sequence[Row], lowercase: frozenset[str]) -> tuple[str, list[Span]] | None:
    """A name broken over the first rows of a narrow column, set larger than what follows."""
    size = content[0].size if content else None
    if size is None:
        return None
    count = next((i for i, row in enumerate(content) if row.size != size), len(content))
    rest = max((row.size or 0.0 for row in content[count:]), default=0.0)
    if not 2 <= count <= 4 or count == len(content) or size < rest * 1.15:
        return None
    for used in range(count, 1, -1):
        part = content[:used]
        if any(len(row.text.split()) > 3 for row in part):
            continue
        whole = " ".join(row.text for row in part).replace("- ", "-")
        read = read_name(whole, lowercase)
        if read is not None:
            return read[0], [row.body for row in part]
    return None


def _plain(word: str) -> str:
    """The letters of a word as an address writes them: no accents, lower case."""
    split = unicodedata.normalize(
        "NFKD", word.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    )
    return "".join(c for c in split if "a" <= c <= "z")


def _confirms(words: Sequence[str], boxes: frozenset[str]) -> bool:
    """True when an account is called by the first and the last word, or by all ("jane.baker", "jbaker")."""
    plain = [_plain(word) for word in words]
    first, last = plain[0], plain[-1]
    if not first or not last:
        return False
    forms = {first + last, last + first, first[0] + last, last + first[0], first + last[0], "".join(plain)}
    return bool(boxes & forms) and words[0][0].islower() == words[-1][0].islower()


def _confirmed(
    text: str, content: Sequence[Row], lowercase: frozenset[str], accounts: Sequence[str]
) -> tuple[str, list[Span]] | None:
    """Two to four words at the start of a cell that an account's name is made of, in any case."""
    boxes = frozenset(plain for box in accounts if len(plain := _plain(box)) > 3)
    for row in content[:12] if boxes else ():
        for cell in cells(text, row)[:3]:
            piece = text[cell.start : cell.end]
            words = list(_WORD.finditer(piece[:80]))
            for count in range(2, min(4, len(words)) + 1):
                if not _confirms([word[0] for word in words[:count]], boxes):
                    continue
                span = Span(words[0].start(), words[count - 1].end())
                name = " ".join(piece[span.start : span.end].split())
                read = read_name(piece, lowercase)
                if read is not None and len(read[0]) > len(name):  # a second surname, a suffix
                    name, span = read[0], Span(read[1], read[2])
                if heading_kind(name) is None and "@" not in name:
                    return name, [Span(cell.start + span.start, cell.start + span.end)]
    return None
