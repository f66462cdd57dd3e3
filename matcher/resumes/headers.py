"""A position's header: its pieces sorted into title, employer and location."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.resumes.dates import LEAD
from matcher.resumes.places import is_place, known_place
from matcher.resumes.titles import TERMS, employer_score, is_function, lean, title_score
from matcher.types import Span

# What anonymised resumes have in place of names: never a value.
PLACEHOLDER = re.compile(
    r"\b(?P<company>Company Name|Employer Name|Name of Company|COMPANY NAME)\b"
    r"|(?<![^\W_])City\s{0,9}(?:,\s{0,9})?State\b(?:\s{0,9},\s{0,9}(?:USA|United States)\b)?"
    r"|(?<=[,，\u200b]) ?City\b(?: ?, ?[A-Z]\w{1,40})?"
    r"|^\s{0,9}(?:City|State)\s{0,9}$|\bState\s{0,9}$",
)
_STRONG = re.compile(
    r"\t+|\s{0,9}[|¦‖]\s{0,9}|\s{1,9}[•·▪●∙◦]\s{1,9}|\s{1,9}(?:[-–—―]|--)+\s{1,9}|\s{0,9}[，；]\s{0,9}"
    r"|ï¼[\u200b\u0080-\u009f]?|\s{3,}"
    r"|\s{1,9}@\s{1,9}"
    r"|\n"
)
_AT = re.compile(r"\s{1,9}(?:at|bei|chez|presso|bij)\s{1,9}(?=[A-Z0-9ÄÖÜÀ-Þ])")
_COMMA = re.compile(r"\s{0,9},\s{1,9}|\s{1,9},\s{0,9}")
_NUMBERING = re.compile(r"\d{1,2}\.\d{1,2}\.?\s{1,9}(?=[A-Z])")  # "1.2 Clerk, Acme"
_PAREN = re.compile(r"^(?P<outer>[^()]{2,}?)\s{0,9}\((?P<inner>[^()]{2,60})\)$")
_EDGE = " \t\n,;:|/•·–—-―​\u200b()*#>▪●~"
_CAMPUS = re.compile(  # systems whose campus stands behind a comma
    r"(?:the )?(?:university of (?:california|texas|illinois|wisconsin|michigan|north carolina|maryland"
    r"|massachusetts"
    r"|colorado|alabama|tennessee|minnesota|missouri|nebraska|arkansas|hawaii|alaska|houston|washington)"
    r"|california state university|state university of new york|penn state|indiana university),",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"^(?:inc|llc|ltd|l\.l\.c|corp|co|s\.?a|plc|gmbh|llp|pc|p\.c|md|jr|sr|usa?|n\.a)\.?$", re.IGNORECASE
)
_DURATION = re.compile(
    r"\(?(?:(?:about |approx\.? )?\d{1,9}\s{0,9}(?:years?|yrs?|jahre?|ans?|años?)\.?,?\s{0,9}(?:and |\+ )?)?"
    r"(?:\d{1,9}\s{0,9}(?:months?|mos?|monate?|mois|meses)\.?)?\)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says. `anonymous`: it has a placeholder where the employer should be.

    `order` is "title" or "employer", whichever the evidence says comes first, None where it says nothing.
    `guessed`: the employer is only what follows a comma, and may as well be part of the title.
    `apart`: title and employer stand in pieces of their own, no comma had to be cut.
    """

    title: Span | None = None
    employer: Span | None = None
    location: Span | None = None
    anonymous: bool = False
    order: str | None = None
    guessed: bool = False
    apart: bool = False


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _EDGE and text[start] != "(":
        start += 1
    while start < end and text[start] == "(" and ")" not in text[start:end]:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        if text[end - 1] == ")" and "(" in text[start:end]:
            break
        end -= 1
    while start < end and (text[start].isspace() or 0xE000 <= ord(text[start]) <= 0xF8FF):
        start += 1
    return Span(start, end)


def _cut(text: str, span: Span, pattern: re.Pattern[str]) -> list[Span]:
    pieces, start = [], span.start
    for match in pattern.finditer(text, span.start, span.end):
        pieces.append(Span(start, match.start()))
        start = match.end()
    pieces.append(Span(start, span.end))
    return [piece for piece in (_trim(text, piece) for piece in pieces) if piece.end > piece.start]


def _segments(text: str, pieces: Sequence[Span]) -> tuple[list[Span], bool]:
    """The header's pieces cut at every separator but the comma; whether it is anonymised."""
    anonymous = False
    found: list[Span] = []
    for piece in pieces:
        number = _NUMBERING.match(text, piece.start, piece.end)
        piece = Span(number.end(), piece.end) if number else piece
        for match in PLACEHOLDER.finditer(text, piece.start, piece.end):
            anonymous = anonymous or match["company"] is not None
        for part in _cut(text, piece, PLACEHOLDER):
            for segment in _cut(text, part, _STRONG):
                words = text[segment.start : segment.end]
                if (
                    TERMS.match(words)
                    or LEAD.match(words)
                    or _DURATION.fullmatch(words)
                    or not re.search(r"[^\W\d_]", words)
                ):
                    continue
                at = _AT.search(words)
                if at and title_score(words[: at.start()]) > 0:
                    found.append(_trim(text, Span(segment.start, segment.start + at.start())))
                    found.append(_trim(text, Span(segment.start + at.end(), segment.end)))
                else:
                    found.append(segment)
    return found, anonymous


def _peel_place(text: str, segment: Span) -> tuple[Span | None, Span | None]:
    """(what is left, the place at its end)."""
    parts = _cut(text, segment, _COMMA)
    firm = len(parts) > 1 and employer_score(text[parts[0].start : parts[0].end]) >= 0.9
    if is_place(text[segment.start : segment.end]) and not firm:
        return None, segment
    for count in (3, 2, 1):
        if len(parts) > count:
            tail = Span(parts[-count].start, segment.end)
            words = text[tail.start : tail.end]
            if (
                is_place(words)
                and not _SUFFIX.match(text[parts[-count].start : parts[-count].end])
                and (count > 1 or known_place(words) or len(words) <= 3)
            ):
                return Span(segment.start, parts[-count - 1].end), tail
    return segment, None


def _split_commas(text: str, segment: Span) -> list[Span]:
    """The segment cut in two at the comma between title and employer, when there is one."""
    parts = _cut(text, segment, _COMMA)
    merged: list[Span] = []
    for part in parts:
        words = text[part.start : part.end]
        before = text[merged[-1].start : merged[-1].end] if merged else ""
        if merged and (_SUFFIX.match(words) or (is_function(words) and title_score(before) >= 1.8)):
            merged[-1] = Span(merged[-1].start, part.end)
        else:
            merged.append(part)
    if len(merged) < 2:
        return merged
    best, cut = -10.0, 1
    for k in range(1, len(merged)):
        left = lean(text[merged[0].start : merged[k - 1].end])
        right = lean(text[merged[k].start : merged[-1].end])
        gap = abs(left - right) - 0.05 * k
        if gap > best:
            best, cut = gap, k
    return [Span(merged[0].start, merged[cut - 1].end), Span(merged[cut].start, merged[-1].end)]


def _is_remark(text: str, outer: Span, words: str) -> bool:
    """True for brackets behind "Producer, Harbour Audio" that name no employer ("two days a week")."""
    first, *others = (text[part.start : part.end] for part in _cut(text, outer, _COMMA))
    named = title_score(first) < 1.2 or employer_score(words) > 0
    return bool(others) and (not words[0].isupper() or not (named or is_function(others[0])))


def _open_parens(text: str, segments: list[Span], commas: bool) -> tuple[list[Span], list[Span]]:
    """(segments, places): "Engineer (Acme GmbH)" in two; "(Remote)" is a place, "(contract)" nothing."""
    kept: list[Span] = []
    places: list[Span] = []
    for segment in segments:
        match = _PAREN.match(text[segment.start : segment.end])
        if match is None:
            kept.append(segment)
            continue
        outer = Span(segment.start + match.start("outer"), segment.start + match.end("outer"))
        inner = Span(segment.start + match.start("inner"), segment.start + match.end("inner"))
        words = match["inner"]
        if commas and len(segments) == 1 and not is_place(words) and _is_remark(text, outer, words):
            kept.append(outer)
        elif is_place(words):
            kept.append(outer)
            places.append(inner)
        elif (employer_score(words) > 0 or (len(segments) == 1 and commas)) and lean(match["outer"]) > lean(
            words
        ) + 0.5:
            kept += [outer, inner]
        else:
            kept.append(segment)
    return kept, places


def _firm(text: str, place: Span) -> Span | None:
    """The first part of "Shandon Dairy Exports, Ireland", which may be a firm as well as a town."""
    parts = _cut(text, place, _COMMA)
    if len(parts) != 2 or parts[1].end - parts[1].start <= 3:
        return None
    words = text[parts[0].start : parts[0].end]
    return parts[0] if len(words.split()) >= 2 and not known_place(words) else None


def read_header(text: str, pieces: Sequence[Span], order: str | None = None, commas: bool = True) -> Header:
    """Title, employer and location from the header's pieces (its rows without the dates).

    `order` is what the resume's clearer headers put first; it decides where the words themselves do not.
    Without `commas` a title is not cut at its commas to find an employer.
    """
    segments, anonymous = _segments(text, pieces)
    whole = len(segments)
    segments, places = _open_parens(text, segments, commas)
    rest: list[Span] = []
    doubtful: list[tuple[Span, Span]] = []
    guessed = len(segments) == 2 and text[segments[0].end : segments[1].start].strip() == "("
    for segment in segments:
        left, place = _peel_place(text, segment)
        if left is not None:
            rest.append(left)
        elif place is not None and (firm := _firm(text, place)) is not None:
            doubtful.append((firm, Span(firm.end + 1, place.end)))
        if place is not None:
            places.append(place)
    if len(rest) == 1 and doubtful and not anonymous and lean(text[rest[0].start : rest[0].end]) > 0.5:
        return replace(
            read_header(text, [rest[0], doubtful[0][0]], order),
            location=_trim(text, doubtful[0][1]),
            guessed=True,
        )
    wanted = 1 if anonymous else 2
    apart = len(rest) >= wanted and len(segments) == whole
    while commas and len(rest) < wanted:
        longer = [(i, parts) for i, s in enumerate(rest) if len(parts := _split_commas(text, s)) == 2]
        if not longer:
            break
        at, parts = longer[0]
        rest[at : at + 1] = parts
        guessed = not places
    rest = rest[:5]
    location = places[0] if places else None
    leans = [lean(text[s.start : s.end]) for s in rest]
    if not rest:
        return Header(None, None, location, anonymous)
    if len(rest) == 1:
        if anonymous or leans[0] > -0.5:
            return Header(rest[0], None, location, anonymous, None)
        return Header(None, rest[0], location, anonymous, None)
    if anonymous:
        best = next((i for i, found in enumerate(leans) if found >= 1.0), None)
        best = best if best is not None else max(range(len(rest)), key=lambda i: (leans[i], -i))
        return Header(rest[best], None, location, True)
    titled, employed, sure = _sort(leans, order)
    others = [i for i in range(len(rest)) if i not in (titled, employed)]
    if location is None:
        for i in others:
            if abs(leans[i]) < 0.3 and len(text[rest[i].start : rest[i].end].split()) <= 3:
                location = rest[i]
                break
    found = None
    if sure:
        found = "title" if titled < employed else "employer"
    employer = rest[employed]
    guessed = guessed and employer_score(text[employer.start : employer.end]) < 1.5
    if location is None:
        employer, location = _town(text, employer)
    return Header(rest[titled], employer, location, False, found, guessed, apart)


def _town(text: str, employer: Span) -> tuple[Span, Span | None]:
    """(employer, town) of "Acme Dairies, Cork"; a campus ("University of California, Davis") stays."""
    parts = _cut(text, employer, _COMMA)
    if len(parts) < 2 or _CAMPUS.match(text[employer.start : employer.end]):
        return employer, None
    first = 1
    while first < len(parts) and _SUFFIX.match(text[parts[first].start : parts[first].end]):
        first += 1
    town = Span(parts[first].start, employer.end) if first < len(parts) else employer
    words = text[town.start : town.end]
    if (
        first == len(parts)
        or len(parts) - first > 3
        or employer_score(words) > 0
        or title_score(words) >= 1.2
    ):
        return employer, None
    if any(text[part.start].islower() for part in parts[first:]) or len(words.split()) > 6:
        return employer, None
    return Span(employer.start, parts[first - 1].end), town


def _sort(leans: list[float], order: str | None) -> tuple[int, int, bool]:
    """Which segment is the title, which the employer, and whether the words alone decide it."""
    titled = max(range(len(leans)), key=lambda i: (leans[i], -i))
    others = [i for i in range(len(leans)) if i != titled]
    employed = min(others, key=lambda i: (leans[i], i))
    if leans[titled] - leans[employed] >= 0.6:
        return titled, employed, True
    first, second = 0, 1
    return (second, first, False) if order == "employer" else (first, second, False)
