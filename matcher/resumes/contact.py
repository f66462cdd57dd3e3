"""Contact: name, e-mail addresses, telephone numbers, links and place, from the top of a resume."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.resumes.names import cells, find_name
from matcher.resumes.places import is_place
from matcher.resumes.rows import Row
from matcher.types import Contact, Link, Span

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,18}(?![\w@])")
URL = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)[^\s|,;<>()\"“”]{3,200}"
    r"|(?<![\w@.])(?:[\w-]{1,40}\.)?(?:linkedin|github|gitlab|bitbucket|behance|dribbble|medium|twitter"
    r"|facebook"
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
    r"(?:phone|tel|telephone|telefon|mobile|mob|cell|fax|handy|móvil|celular|téléphone|电话|手机|☎"
    r"|📞)\W{0,4}$",
    re.IGNORECASE,
)
_YEARS = re.compile(r"^\(?(?:19|20)\d\d\s{0,9}[-–/ .]+\s{0,9}(?:19|20)\d\d\)?$")
_LOCATION_LABEL = re.compile(
    r"^(?:address|location|adresse|anschrift|dirección|endereço|indirizzo|adres|residence|based in|city"
    r"|ort)\s{0,9}[:：]?\s{1,9}",
    re.I,
)
_STREET = re.compile(
    r"(?<![^\W_])(?:\d{1,5}[a-z]?,?\s{1,9}(?:[NSEW]\.?\s{1,9})?(?:[A-Z0-9][\w'’.-]{0,40}\s{1,9}){1,4}"
    r"(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|way|place|pl|terrace|circle"
    r"|cir|parkway|pkwy|highway|hwy)\b\.?"
    r"(?:,?\s{0,9}(?:apt|apartment|suite|ste|unit|#)\.?\s{0,9}[\w-]{1,40})?"
    r"|[A-ZÄÖÜ][\wäöüß.-]{0,40}(?:straße|strasse|str\.|weg|platz|allee|gasse)\s{1,9}\d{1,4}\s?[a-z]?"
    r"|\d{1,4},?\s{1,9}(?:rue|avenue|boulevard|place|chemin)\s{1,9}(?:[\w'’.-]{1,40}\s?){1,5}"
    r"|(?:calle|avenida|rua|via|viale|piazza|p\.?\s?o\.?\s?box"
    r"|postfach)\s{1,9}(?:[\w'’.-]{1,40}\s?){1,4},?\s{0,9}\d{0,5})",
    re.IGNORECASE,
)
_PROFILE = re.compile(r"linkedin\.com/in/([\w.-]{3,60})", re.IGNORECASE)
_POSTCODE = re.compile(
    r"\b[A-Z]{2}\s{1,9}\d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]?\s{1,9}\d[A-Z]{2}\b"
    r"|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b"
    r"|\b\d{5}(?:-\d{4})?\b(?=\s{1,9}[A-ZÄÖÜ])"
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
    """Telephone numbers in `span`; `trusted` where they are expected, so that an odd format is one, too."""
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
            re.search(r"\b(?:19|20)\d\d\s{0,9}[-–/]\s{0,9}(?:(?:19|20)\d\d|\d{1,2}\b)", words)
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
    top = [row.span for row in rows]
    shown = [text[u.start : u.end] for u in urls]
    shown += [link.url for link in links if _personal(link, top) and _bare(link.url) not in map(_bare, shown)]
    addresses_of = dict.fromkeys(text[e.start : e.end] for e in emails)
    hints = account_names([*addresses_of, *shown])
    name, spans = find_name(text, rows, lowercase, titles, hints)
    contact = Contact(
        name=name,
        emails=tuple(addresses_of),
        phones=tuple(
            dict.fromkeys(p for phone in phones if (p := _formatted(text[phone.start : phone.end])))
        ),
        urls=tuple(dict.fromkeys(shown)),
        location=" ".join(text[places[0].start : places[0].end].split()) if places else None,
    )
    return Found(contact, tuple(spans), tuple(emails), tuple(phones), tuple(urls), (*addresses, *places))


def account_names(addresses: Sequence[str]) -> tuple[str, ...]:
    """What people make of their names: mailboxes ("jane.baker") and LinkedIn's user names ("jane-baker")."""
    found = []
    for address in addresses:
        profile = _PROFILE.search(address)
        if profile is not None or "@" in address:
            account = profile[1] if profile is not None else address.split("@")[0]
            found.append(re.sub(r"[-_.]?\w{0,12}\d\w{0,12}$|\d", "", account.casefold()))
    return tuple(found)


def _bare(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url).rstrip("/").casefold()


def _personal(link: Link, top: Sequence[Span]) -> bool:
    """True for a link that stands in the contact block."""
    if link.url.startswith(("mailto:", "tel:")) or link.span is None:
        return False
    return any(link.span.overlaps(span) for span in top)


def _places(text: str, row: Row) -> list[Span]:
    found = []
    for cell in cells(text, row):
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
