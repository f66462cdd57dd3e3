"""Licences and certifications with their dates: from their section and from set phrases elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from matcher.resumes.dates import bare_dates, find_dates
from matcher.resumes.headings import label_kind
from matcher.resumes.licence_dates import read_dates, read_licence, sought
from matcher.resumes.licence_names import NAMED_WHOLE, known_licences
from matcher.resumes.paragraphs import paragraphs
from matcher.resumes.rows import Row
from matcher.types import Licence, SectionKind, Span

_MOST = 160  # characters; longer entries are prose, searched for set phrases
_MOST_ROWS = 4
_MOST_FOUND = 200  # nobody holds more; what is compared with each other stays small
_OTHER_LABELS = (SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.INTERESTS, SectionKind.SUMMARY)
_GOES_ON = re.compile(
    r"^(?:[a-z(&,]|(?i:(?:valid|active|current|expires|expired|expiry|expiration|exp|issued|issue date"
    r"|renewal|renewed|through|awarded|obtained)\b))"
)
_BETWEEN = re.compile(r"\s{0,9}(?:[;|•·\t]|\s/\s)\s{0,9}")
_COMMA = re.compile(r"\s{0,9},\s{1,9}(?=[^\W_])")
# "ServSafe Certification Food Handlers Card": what ends a name, where another begins behind it
_RUN_ON = re.compile(
    r"\b(?:Certification|Certificate|Licen[sc]e|Card|Credential)\s{1,9}"
    r"(?=(?!Number|No\b|Class|ID\b|Holder|Issued|Expires|Program|Exam|Course|Level|In\b|Of\b|For\b)[A-Z])"
)


def _entries(rows: Sequence[Row]) -> list[Span]:
    """One stretch of text per entry: a bullet with its wrapped rows, else a paragraph with its date rows."""
    listed = any(row.bullet for row in rows)
    groups: list[list[Row]] = []
    for group in paragraphs(rows):
        if label_kind(group[0].text) in _OTHER_LABELS:
            continue
        if groups and not group[0].bullet and group[0].index == groups[-1][-1].index + 1:
            last = groups[-1]
            wrapped = listed and last[0].bullet and group[0].bold == last[-1].bold
            plain = "\t" not in group[0].text
            if (
                len(last) + len(group) <= _MOST_ROWS
                and plain
                and (wrapped or _GOES_ON.match(group[0].text) or bare_dates(group[0].text))
            ):
                last += group
                continue
        groups.append(list(group))
    return [Span(group[0].body.start, group[-1].body.end) for group in groups]


def _cut(span: Span, marks: Iterable[re.Match[str]]) -> list[Span]:
    found, start = [], 0
    for match in marks:
        found.append(Span(span.start + start, span.start + match.start()))
        start = match.end()
    found.append(Span(span.start + start, span.end))
    return [piece for piece in found if piece.end > piece.start]


def _split(text: str, span: Span) -> list[Span]:
    """The licences of one entry: at semicolons and bars, at commas where each part is one by itself."""
    words = text[span.start : span.end]
    parts = _cut(span, _BETWEEN.finditer(words))
    if len(parts) > 1:
        named = [part for part in parts if read_licence(text, part) is not None]
        if len(named) == len(parts) and not any(
            _GOES_ON.match(text[part.start : part.end]) for part in parts
        ):
            return [piece for part in parts for piece in _split(text, part)]
        return [span]
    commas = _cut(span, _COMMA.finditer(words))
    if len(commas) > 1:
        plain = [text[part.start : part.end] for part in commas]
        dated = all(find_dates(part) and part[0].isupper() for part in plain)
        if (dated and all(read_licence(text, part) for part in commas)) or all(
            NAMED_WHOLE.fullmatch(_undated(part)) for part in plain
        ):
            return commas
    ends = [match.end() for match in _RUN_ON.finditer(words)]
    if ends and re.search(r"(?:Certification|Certificate|Licen[sc]e|Card|Credential)$", words):
        edges = [0, *ends, len(words)]
        pieces = [Span(span.start + a, span.start + b) for a, b in pairwise(edges)]
        return [Span(p.start, p.start + len(text[p.start : p.end].rstrip())) for p in pieces]
    return [span]


def _undated(words: str) -> str:
    _, _, first = read_dates(words)
    return (words if first is None else words[: first.start]).strip(" ,;:.()–—-")


def find_licences(
    text: str, sections: Iterable[Sequence[Row]], brief: Iterable[Span], elsewhere: Iterable[Span]
) -> list[Licence]:
    """Every entry of the certification sections, then what set phrases `elsewhere` name; each once.

    `brief` are headline, summary and skills, where well-known letters ("PMP") stand for the licence; their
    dates stand within the next 40 characters of the line.
    """
    found: list[Licence] = []
    seen: set[str] = set()
    searched = [(span, True) for span in brief] + [(span, False) for span in elsewhere]
    for rows in sections:
        for entry in _entries(rows):
            if entry.end - entry.start > _MOST:
                searched.append((entry, True))
                continue
            for span in _split(text, entry):
                licence = read_licence(text, span)
                if licence is None or licence.name.casefold() in seen or sought(text[span.start : span.end]):
                    continue
                seen.add(licence.name.casefold())
                found.append(licence)
    for span, bare in searched:
        for match in known_licences(text, span.start, span.end, bare):
            whole = match[0].rstrip(" \t\n,;:.•·|–—-(*") + ("." if match[0].endswith("P.E.") else "")
            if len(found) >= _MOST_FOUND:
                return found
            name = " ".join(whole.split())
            folded = name.casefold()
            end = text.find("\n", match.end(), span.end)
            rest = text[match.end() : min(end if end >= 0 else span.end, match.end() + 40)]
            issued, expires, _ = read_dates(rest)
            licence = Licence(name, Span(match.start(), match.start() + len(whole)), issued, expires)
            if folded in seen:
                _add_dates(found, licence)
            elif len(name) <= 80 and not any(
                _within(folded, other) or _within(other, folded) for other in seen
            ):
                seen.add(folded)
                found.append(licence)
    return found


def _add_dates(found: list[Licence], licence: Licence) -> None:
    """A licence named first without dates is the one named again with them."""
    for i, other in enumerate(found):
        if other.name.casefold() == licence.name.casefold() and not (other.issued or other.expires):
            found[i] = licence if licence.issued or licence.expires else other


def _within(words: str, other: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])", other) is not None
