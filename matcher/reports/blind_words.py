"""The words of a resume that say who someone is or where they were, each with the label that replaces it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matcher.types import IdentityKind, Resume, Span

_LABELS = {kind: f"[{kind.value}]" for kind in IdentityKind} | {
    IdentityKind.EMAIL: "[e-mail]",
    IdentityKind.URL: "[link]",
    IdentityKind.PERSONAL: "[personal detail]",
}
# What these stretches say is masked in other texts, too; pronouns and the like only where they stand.
_CARRIED = (
    IdentityKind.NAME,
    IdentityKind.EMAIL,
    IdentityKind.PHONE,
    IdentityKind.URL,
    IdentityKind.ADDRESS,
)

_EMAIL = re.compile(r"[^\s@<>()\[\],;:]{1,64}@[^\s@<>()\[\],;:]{1,200}\.\w{2,20}")
_URL = re.compile(r"(?<!\w)(?:https?://|www\.)[^\s<>()\[\]]{1,300}", re.IGNORECASE)
# Schools and companies that no parsed entry names but that say themselves that they are such.
_CAPITALS = r"(?:[A-ZÀ-Þ][\w.'’&-]{0,40} ){1,4}"
_OF = r"(?: (?:of|at|in) [A-ZÀ-Þ]\w{0,40}(?:,? [A-ZÀ-Þ]\w{0,40}){0,3})"
_SCHOOL = re.compile(
    rf"(?<!\w)(?:{_CAPITALS}(?:University|Universität|Université){_OF}?|(?:University|Université|Institute|College)"
    rf"{_OF}|{_CAPITALS}Institute of Technology)(?!\w)"
)
_COMPANY = re.compile(
    rf"(?<!\w){_CAPITALS}(?:Inc|LLC|LLP|Ltd|Limited|GmbH|AG|Corp|Corporation|plc|PLC|Pty|S\.A|B\.V)(?!\w)\.?"
)

_GENERAL = ((_EMAIL, "[e-mail]"), (_URL, "[link]"), (_SCHOOL, "[school]"), (_COMPANY, "[company]"))

_PIECES = re.compile(r"\s*[(),;|/\t\n•·]+\s*|\s+[-–—:]+\s+")
_SUFFIX = re.compile(
    r"[\s,]+(?:Inc|LLC|LLP|Ltd|Limited|GmbH|AG|SE|KG|SA|S\.A|BV|B\.V|AB|AS|Oy|Corp|Corporation|Company|Co|plc"
    r"|Pty|Group|Holdings?)\.?$",
    re.IGNORECASE,
)
# Words that begin many names and tell nobody's: alone they stay.
_ORDINARY = frozenset(
    """
    academy advanced agency agentur alliance allied american applied area art arts asian associated
    association bank best big black blue bright bureau business care center central centre child children
    church city civil class clean clear clinic club co college commercial communications community company
    computer confidential construction consulting cool corp corporate council county court creative
    customer data deep dental department design development digital direct district division dynamic early
    eastern easy ecole education electric elementary energy engineering enterprise environmental equal
    escola escuela european executive family fast federal fields financial fine first food foundation
    freelance freelancer fresh front full fund general global gmbh golden good government grand great
    green group health healthcare heritage high hochschule home hospital hotel human inc independent
    industrial information institute instituto insurance integrated inter internal international
    investment island istituto junior just key kids king lake law legal less library life light living llc
    llp local logistics long lower ltd main management manufacturing marine market marketing media medical
    memorial metro military mission mobile modern more mount mountain multiple museum national natural
    naval network new next north northern office old online only open organization our pacific park part
    people personal pharmacy planning plc premier primary private professional project property public
    pure quality queen quick real red regional research resource resources restaurant retail right river
    royal rural safety saint sales school science sciences secondary section security self senior service
    services shared sharp short silver simple single smart social society software solutions south
    southern special sports standard state store strategic street strong student studio summer support
    systems table teaching team technical technological technology temple test the top total training
    transport travel true united universal universidad universidade university università universität
    université upper urban valley various village virtual vital volunteer water west western white wide
    women world you young your youth école
""".split()
)
_LEAST = 3  # letters of a piece of a name that is masked by itself


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one resume that are masked, ready to be taken out of any text."""

    spans: tuple[tuple[Span, str], ...]
    labels: dict[str, str]  # by the words in small letters
    pattern: re.Pattern[str] | None
    exact: re.Pattern[str] | None  # one word: only as a name is written, "Target" and "TARGET"

    def masked(self, text: str, span: Span | None = None) -> str:
        """`text` with labels for what is masked; `span` is where it stands in the resume, if it does."""
        holes = [
            (max(hole.start, span.start) - span.start, min(hole.end, span.end) - span.start, label)
            for hole, label in self.spans
            if span is not None and span.end - span.start == len(text) and hole.overlaps(span)
        ]
        for pattern in (self.pattern, self.exact):
            if pattern is not None:
                holes += [
                    (*match.span(), self.labels.get(_small(match.group()), "[name]"))
                    for match in pattern.finditer(text)
                ]
        found = _without(text, holes)
        for known, label in _GENERAL:
            found = known.sub(label, found)
        return found

    def label_of(self, name: str) -> str:
        """The label of an employer or a school."""
        return self.labels[_small(name)]


def words_of(resume: Resume) -> Words:
    """What is masked of a resume: identity, contact, employers and schools, in all forms they are written."""
    text = resume.document.text
    labels: dict[str, str] = {}
    spans = [(item.span, _LABELS[item.kind]) for item in resume.identity]
    _name(labels, "employer", (position.employer for position in resume.positions), text)
    _name(labels, "school", (entry.institution for entry in resume.education), text)
    for entry in resume.education:
        if entry.institution and entry.institution_span:
            spans.append((entry.institution_span, labels[_folded(entry.institution)]))
    for position in resume.positions:
        if position.employer and position.employer_span:
            spans.append((position.employer_span, labels[_folded(position.employer)]))
    for item in resume.identity:
        said = text[item.span.start : item.span.end]
        if item.kind in _CARRIED and len(_folded(said)) >= _LEAST:
            labels.setdefault(_folded(said), _LABELS[item.kind])
    contact = resume.contact
    for kind, values in (
        (IdentityKind.NAME, (contact.name or "",)),
        (IdentityKind.EMAIL, contact.emails),
        (IdentityKind.PHONE, contact.phones),
        (IdentityKind.URL, contact.urls),
    ):
        for value in values:
            if _folded(value):
                labels[_folded(value)] = _LABELS[kind]
    small = {_small(words): label for words, label in reversed(labels.items())}
    return Words(tuple(sorted(spans)), small, *_patterns(labels))


def _name(labels: dict[str, str], kind: str, names: Iterable[str | None], text: str) -> None:
    """Label each name "[employer A]", "[employer B]" in order, and its shorter forms with it."""
    known: dict[str, str] = {_small(words): label for words, label in labels.items()}
    number = 0
    for name in names:
        if not name or not _folded(name):
            continue
        if _small(name) not in known:
            number += 1
            known[_small(name)] = f"[{kind} {_letters(number)}]"
        label = labels[_folded(name)] = known[_small(name)]
        for short in _shorter(name, text):
            labels.setdefault(_folded(short), label)


def _shorter(name: str, text: str) -> Iterator[str]:
    """Forms in which a name is written again: without what stands in brackets, without "Ltd", by one word."""
    for piece in [name, *_PIECES.split(name)]:
        core = _SUFFIX.sub("", piece.strip()).strip()
        words = core.split()
        if not words or not core[0].isupper():
            continue
        if len(words) > 1:
            yield core
        first = words[0].strip(".,'’")
        known = first.casefold() in _ORDINARY or not first[:1].isupper() or len(first) < _LEAST
        # A word that the resume also writes small is a word of the language.
        if not known and not re.search(rf"(?<!\w){re.escape(first.lower())}(?!\w)", text):
            yield first


def _letters(number: int) -> str:
    """A, B ... Z, AA, AB ...: a digit in a quote would look like a figure."""
    found = ""
    while number:
        number, last = divmod(number - 1, 26)
        found = chr(ord("A") + last) + found
    return found


def _folded(text: str) -> str:
    return " ".join(text.split())


def _small(text: str) -> str:
    return _folded(text).lower()


def _patterns(words: Iterable[str]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Patterns that find the labelled words: several words in any case, one word as a name is written."""
    several = {item for item in words if not item.isalpha()}
    single = {form for item in words if item.isalpha() for form in (item, item.upper(), item.capitalize())}
    return _any(several, re.IGNORECASE), _any(single, 0)


def _any(words: Iterable[str], flags: int) -> re.Pattern[str] | None:
    parts = []
    for item in sorted(words, key=lambda words: (-len(words), words)):
        found = r"\s+".join(re.escape(part) for part in item.split())
        before = r"(?<![^\W_])" if item[0].isalnum() and ord(item[0]) < 0x2E80 else ""
        after = r"(?![^\W_])" if item[-1].isalnum() and ord(item[-1]) < 0x2E80 else ""
        parts.append(f"{before}{found}{after}")
    return re.compile("|".join(parts), flags) if parts else None


def _without(text: str, holes: Iterable[tuple[int, int, str]]) -> str:
    """`text` with each hole replaced by its label; of holes that overlap the first and longest counts."""
    pieces: list[str] = []
    done = 0
    for start, end, label in sorted(holes, key=lambda hole: (hole[0], -hole[1])):
        if end <= done:
            continue
        if start >= done:
            pieces += [text[done:start], label]
        done = end
    return "".join([*pieces, text[done:]])
