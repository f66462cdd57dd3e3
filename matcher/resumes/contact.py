"""Contact: name, e-mail addresses, telephone numbers, links and place of residence from the top of a resume."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.resumes.headings import heading_kind, unspaced
from matcher.resumes.places import is_place
from matcher.resumes.rows import Row
from matcher.resumes.titles import employer_score, title_score
from matcher.types import Contact, Link, Span

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,18}(?![\w@])")
URL = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)[^\s|,;<>()\"“”]{3,200}"
    r"|(?<![\w@.])(?:[\w-]+\.)?(?:linkedin|github|gitlab|bitbucket|behance|dribbble|medium|twitter|facebook"
    r"|instagram|stackoverflow|kaggle"
    r"|orcid|researchgate|youtube|xing|t|angel|huggingface|codepen|leetcode)\.(?:com|org|io|net|me|co)/[^\s"
    r"|,;<>()\"“”]{1,200}",
    re.IGNORECASE,
)
BARE_URL = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,3}(?:com|org|net|io|dev|me|de|co\.uk|info|ai"
    r"|app|eu|fr|es|it|nl|ch|at|in|ca|tech|page|site|design)"
    r"(?:/[^\s|,;<>()\"“”]{0,200})?(?![\w@])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w/.$€£%-])(?:\+|00)?\(?\d[\d*Xx]{0,4}\)?(?:[ .\-–/()\u00a0]{0,3}[\d*X]{1,5}\)?){2,7}(?![\w%])"
)
_PHONE_LABEL = re.compile(
    r"(?:phone|tel|telephone|telefon|mobile|mob|cell|fax|handy|móvil|celular|téléphone|电话|手机|☎|📞)\W{0,4}$",
    re.IGNORECASE,
)
_YEARS = re.compile(r"^\(?(?:19|20)\d\d\s*[-–/ .]+\s*(?:19|20)\d\d\)?$")
_NAME_TOKEN = re.compile(r"^[^\W\d_][^\W\d_'’.`-]*(?:[-'’`.][^\W\d_]+)*\.?$")
_CJK_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}$|^[\uac00-\ud7a3]{2,4}$")
_PARTICLES = frozenset(
    "de da do dos das del della di van von der den ter bin ibn al el la le du st y e zu zur af av".split()
)
_CREDENTIALS = re.compile(
    r",?\s+(?:(?:Ph\.?D|M\.?D|R\.?N|B\.?S\.?N|M\.?S\.?N|M\.?B\.?A|CPA|PMP|CFA|Esq|P\.?E|J\.?D|LL\.?M|PharmD"
    r"|DDS|DVM|DO|NP|PA-C|EIT|M\.?S|M\.?A|M\.?Sc"
    r"|B\.?Sc|B\.?A|MPH|LCSW|CISSP|SHRM-CP)\.?(?:[,/\s]+|$))+$"
)
_LABELS = re.compile(
    r"^(?:name|full name|candidate|candidate name|nombre|nom|nome|naam|姓名|이름)\s*[:：]\s*", re.IGNORECASE
)
_HEADLINE = re.compile(
    r"\b(?:resume|résumé|curriculum(?: vitae)?|cv|lebenslauf|vita|currículo|currículum"
    r"|page \d+(?: of \d+)?)\b[:\s]*",
    re.I,
)
_HONORIFIC = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof|herr|frau|sir|dipl\.-ing)\.?\s+", re.IGNORECASE)
_LOCATION_LABEL = re.compile(
    r"^(?:address|location|adresse|anschrift|dirección|endereço|indirizzo|adres|residence|based in|city"
    r"|ort)\s*[:：]?\s+",
    re.I,
)
_STREET = re.compile(
    r"(?<![^\W_])(?:\d{1,5}[a-z]?,?\s+(?:[NSEW]\.?\s+)?(?:[A-Z0-9][\w'’.-]*\s+){1,4}"
    r"(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|way|place|pl|terrace|circle"
    r"|cir|parkway|pkwy|highway|hwy)\b\.?"
    r"(?:,?\s*(?:apt|apartment|suite|ste|unit|#)\.?\s*[\w-]+)?"
    r"|[A-ZÄÖÜ][\wäöüß.-]*(?:straße|strasse|str\.|weg|platz|allee|gasse)\s+\d{1,4}\s?[a-z]?"
    r"|\d{1,4},?\s+(?:rue|avenue|boulevard|place|chemin)\s+(?:[\w'’.-]+\s?){1,5}"
    r"|(?:calle|avenida|rua|via|viale|piazza|p\.?\s?o\.?\s?box"
    r"|postfach)\s+(?:[\w'’.-]+\s?){1,4},?\s*\d{0,5})",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b"
    r"|\b\d{5}(?:-\d{4})?\b(?=\s+[A-ZÄÖÜ])"
)


@dataclass(frozen=True, slots=True)
class Found:
    """The contact details and where each stands."""

    contact: Contact
    names: tuple[Span, ...]
    emails: tuple[Span, ...]
    phones: tuple[Span, ...]
    urls: tuple[Span, ...]
    addresses: tuple[Span, ...]


def find_phones(text: str, span: Span, trusted: bool) -> list[Span]:
    """Telephone numbers in `span`; `trusted` where they are to be expected, so that an odd format is one, too."""
    found = []
    for match in _PHONE.finditer(text, span.start, span.end):
        words = match[0].strip(" .-–/")
        digits = sum(c.isdigit() or c in "*X" for c in words)
        if not 7 <= digits <= 15 or _YEARS.match(words):
            continue
        labelled = _PHONE_LABEL.search(text, max(span.start, match.start() - 20), match.start()) is not None
        shaped = (
            words.startswith(("+", "(", "00"))
            or re.fullmatch(r"\d{3}[-. ]\d{3}[-. ]\d{4}", words) is not None
        )
        if not (labelled or shaped or (trusted and digits >= 9)):
            continue
        if (
            re.search(r"\b(?:19|20)\d\d\s*[-–/]\s*(?:(?:19|20)\d\d|\d{1,2}\b)", words)
            and not labelled
            and words[0] != "+"
        ):
            continue
        found.append(Span(match.start(), match.start() + len(match[0].rstrip(" .-–/"))))
    return found


def _formatted(words: str) -> str | None:
    """The number in international form where it has a country code and is possible, else as written."""
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_possible_number, parse

    plain = " ".join(words.split())
    if not plain.startswith("+") or any(c in plain for c in "*Xx"):
        return plain
    try:
        number = parse(plain)
    except NumberParseException:
        return plain
    return (
        str(format_number(number, PhoneNumberFormat.INTERNATIONAL)) if is_possible_number(number) else plain
    )


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


def find_contact(
    text: str, rows: Sequence[Row], links: Sequence[Link], lowercase: frozenset[str], titles: frozenset[str]
) -> Found:
    """Contact details from the rows of the contact sections, in reading order."""
    emails: list[Span] = []
    phones: list[Span] = []
    urls: list[Span] = []
    addresses: list[Span] = []
    places: list[Span] = []
    for row in rows:
        span = row.span
        emails += [Span(*match.span()) for match in EMAIL.finditer(text, span.start, span.end)]
        for pattern in (URL, BARE_URL):
            for match in pattern.finditer(text, span.start, span.end):
                place = Span(match.start(), match.start() + len(match[0].rstrip(".,")))
                if not any(place.overlaps(other) for other in (*urls, *emails)):
                    urls.append(place)
        phones += [
            phone for phone in find_phones(text, span, True) if not any(phone.overlaps(u) for u in urls)
        ]
        for pattern in (_STREET, _POSTCODE):
            addresses += [Span(*match.span()) for match in pattern.finditer(text, span.start, span.end)]
        places += _places(text, row)
    local = "".join(text[e.start : e.end].casefold().split("@")[0] for e in emails)
    lowercase = frozenset(
        word for word in lowercase if word not in local
    )  # a name the address confirms is one
    name, spans = _name(text, rows, lowercase, titles)
    top = [row.span for row in rows]
    shown = [text[u.start : u.end] for u in urls]
    shown += [link.url for link in links if _personal(link, top) and _bare(link.url) not in map(_bare, shown)]
    contact = Contact(
        name=name,
        emails=tuple(dict.fromkeys(text[e.start : e.end] for e in emails)),
        phones=tuple(
            dict.fromkeys(p for phone in phones if (p := _formatted(text[phone.start : phone.end])))
        ),
        urls=tuple(dict.fromkeys(shown)),
        location=" ".join(text[places[0].start : places[0].end].split()) if places else None,
    )
    return Found(
        contact, tuple(spans), tuple(emails), tuple(phones), tuple(urls), tuple([*addresses, *places])
    )


def _bare(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url).rstrip("/").casefold()


def _personal(link: Link, top: Sequence[Span]) -> bool:
    """True for a link that stands in the contact block."""
    if link.url.startswith(("mailto:", "tel:")) or link.span is None:
        return False
    return any(link.span.overlaps(span) for span in top)


_CUT = re.compile(r"\t+|\s*[|•·▪◆]\s*|\s+[–—-]\s+|[\ue000-\uf8ff]+|\s{3,}")


def _cells(text: str, row: Row) -> list[Span]:
    cells, start = [], row.body.start
    for match in _CUT.finditer(text, row.body.start, row.body.end):
        cells.append(Span(start, match.start()))
        start = match.end()
    cells.append(Span(start, row.body.end))
    return [cell for cell in cells if text[cell.start : cell.end].strip()]


def _places(text: str, row: Row) -> list[Span]:
    found = []
    for cell in _cells(text, row):
        words = text[cell.start : cell.end]
        label = _LOCATION_LABEL.match(words)
        lead = label.end() if label else len(words) - len(words.lstrip())
        for symbol in re.finditer(r"^[^\w(]+", words[lead:]):
            lead += symbol.end()
        plain = words[lead:].strip(" ,;")
        if 2 < len(plain) <= 60 and (
            is_place(plain) or (label is not None and not any(c in plain for c in "@:"))
        ):
            found.append(Span(cell.start + lead, cell.start + lead + len(plain)))
    return found


def _name(
    text: str, rows: Sequence[Row], lowercase: frozenset[str], titles: frozenset[str]
) -> tuple[str | None, list[Span]]:
    """The name and where it stands: the largest row that reads as one, else the first."""
    candidates: list[tuple[float, int, str, Span]] = []
    content = [row for row in rows if not row.blank]
    for order, row in enumerate(content[:12]):
        for cell in _cells(text, row)[:3]:
            read = read_name(text[cell.start : cell.end], lowercase)
            if read is not None and read[0].casefold() not in titles:
                span = Span(cell.start + read[1], cell.start + read[2])
                weight = (row.size or 0.0) + (2.0 if order == 0 else 0.0)
                candidates.append((-weight, order, read[0], span))
    stacked = _stacked_name(text, content, lowercase)
    if stacked is not None:
        return stacked
    if candidates:
        best = min(candidates)
        return best[2], [best[3]]
    if content:  # one word set much larger than the rest
        top = content[0]
        rest = max((row.size or 0.0 for row in content[1:]), default=0.0)
        if (
            top.size
            and top.size > rest * 1.3
            and _NAME_TOKEN.match(top.text)
            and heading_kind(top.text) is None
        ):
            if title_score(top.text) == 0 and top.text.casefold() not in lowercase:
                return top.text, [top.body]
    return None, []


def _stacked_name(
    text: str, content: Sequence[Row], lowercase: frozenset[str]
) -> tuple[str, list[Span]] | None:
    """A name broken over the first two rows, set larger than what follows."""
    if len(content) < 3 or content[0].size is None or content[0].size != content[1].size:
        return None
    rest = max((row.size or 0.0 for row in content[2:]), default=0.0)
    if content[0].size < rest * 1.15 or len(content[0].text.split()) > 3 or len(content[1].text.split()) > 3:
        return None
    first, second = content[0].text, content[1].text
    read = read_name(first + second if first.endswith("-") else f"{first} {second}", lowercase)
    return (read[0], [content[0].body, content[1].body]) if read is not None else None
