"""Names: which of a resume's first lines is the person's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.resumes.headings import heading_kind, unspaced
from matcher.resumes.places import is_place
from matcher.resumes.rows import Row
from matcher.resumes.titles import employer_score, title_score
from matcher.types import Span

_NAME_TOKEN = re.compile(r"^[^\W\d_][^\W\d_'’.`-]*(?:[-'’`.][^\W\d_]{1,40})*\.?$")
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
            start += headline.end()
            words = words[headline.end() :]
        else:
            words = words[: headline.start()]
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
    if not label:
        if (
            heading_kind(words) is not None
            or title_score(spaced) >= 1.2
            or employer_score(spaced) >= 1.6
            or is_place(spaced)
        ):
            return None
        plain = [token.casefold().strip(".'’") for token in tokens]
        if sum(token in lowercase for token in plain if len(token) > 2) * 2 > sum(
            len(token) > 2 for token in plain
        ):
            return None
    return " ".join(spaced.split()), start, start + len(words)


def find_name(
    text: str, rows: Sequence[Row], lowercase: frozenset[str], titles: frozenset[str]
) -> tuple[str | None, list[Span]]:
    """The name and where it stands: the largest row that reads as one, else the first."""
    candidates: list[tuple[float, int, str, Span]] = []
    content = [row for row in rows if not row.blank]
    for order, row in enumerate(content[:12]):
        for cell in cells(text, row)[:3]:
            read = read_name(text[cell.start : cell.end], lowercase)
            if read is not None and read[0].casefold() not in titles:
                span = Span(cell.start + read[1], cell.start + read[2])
                weight = (row.size or 0.0) + (2.0 if order == 0 else 0.0)
                candidates.append((-weight, order, read[0], span))
    stacked = _stacked_name(content, lowercase)
    if stacked is not None:
        return stacked
    if candidates:
        best = min(candidates)
        return best[2], [best[3]]
    if content and content[0].size:  # one word set much larger than the rest
        top = content[0]
        rest = max((row.size or 0.0 for row in content[1:]), default=0.0)
        plain = heading_kind(top.text) is None and title_score(top.text) == 0
        if (
            content[0].size > rest * 1.3
            and _NAME_TOKEN.match(top.text)
            and plain
            and top.text.casefold() not in lowercase
        ):
            return top.text, [top.body]
    return None, []


def _stacked_name(content: Sequence[Row], lowercase: frozenset[str]) -> tuple[str, list[Span]] | None:
    """A name broken over the first two rows, set larger than what follows."""
    if len(content) < 3 or content[0].size is None or content[0].size != content[1].size:
        return None
    rest = max((row.size or 0.0 for row in content[2:]), default=0.0)
    if content[0].size < rest * 1.15 or len(content[0].text.split()) > 3 or len(content[1].text.split()) > 3:
        return None
    first, second = content[0].text, content[1].text
    read = read_name(first + second if first.endswith("-") else f"{first} {second}", lowercase)
    return (read[0], [content[0].body, content[1].body]) if read is not None else None
