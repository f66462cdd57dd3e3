"""The lines above the first heading -> title, company, place: who hires for what, where."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.roles.blocks import BODY_SIZE, Block, fold
from matcher.roles.boilerplate import is_boilerplate
from matcher.roles.headings import Section
from matcher.roles.names import (
    COMPANY_WORDS,
    JOB_NOUNS,
    SMALL_WORDS,
    company_in_body,
    is_subject,
    title_case,
    title_case_place,
)
from matcher.roles.places import find_place, labelled_place
from matcher.roles.topics import Topic, topic_of

_SEPARATOR = re.compile(
    r"\s*(?:\||·|•|/(?=\s)|(?<=\s)/|\t)\s*|\s+[-–—]\s+|\s{3,}|"
    r"(?<=\w\w)(?<!\bSt)(?<!\bMt)(?<!\bCo)(?<!Inc)(?<!Ltd)\.\s+(?=[A-Z][a-z]{2})"
)
_LABEL = re.compile(
    r"^(?P<key>job title|title|position|role|position title|post|company|employer|organi[sz]ation|"
    r"department|hiring organi[sz]ation|unternehmen|entreprise|empresa|school|hospital|trust|client|firma|"
    r"stelle|poste|puesto)\s*:\s*(?P<value>\S.*)$",
    re.I,
)  # fmt: skip
_OTHER_LABEL = re.compile(r"^[A-Z][\w ]{2,24}:\s")
_ASKING = (Topic.RESPONSIBILITY, Topic.REQUIRED, Topic.PREFERRED)
_TITLE_KEYS = frozenset(
    ("job title", "title", "position", "role", "position title", "post", "stelle", "poste", "puesto")
)
_COMPANY_KEYS = frozenset(
    (
        "company|employer|organization|organisation|hiring organization|hiring organisation|unternehmen|"
        "entreprise|empresa|school|hospital|trust|client|firma"
    ).split("|")
)
_TERMS = re.compile(
    r"\b(?:full|part)[- ]?time\b|\bpermanent\b|\bcontract\b|\btemporary\b|\bfixed[- ]term\b|\bhybrid\b|"
    r"\bon-?site\b|\bremote\b|\brequisition\b|\breq(?:uisition)? ?(?:id|#|no)|\breference\b|\bref\b|"
    r"\bjob id\b|\bexempt\b|\bhours per week\b|\bposted\b|\bpublished\b|\bopenings?\b|\bapplicants\b|"
    r"\b(?:years?|yrs)\b|\bsalary\b|[£$€₹]\s?\d|\bclosing\b|"
    r"\bvollzeit\b|\bteilzeit\b|\bunbefristet\b|\bCDI\b|\bCDD\b|\btiempo completo\b|\bjornada\b|"
    r"\bshifts?\b|\bhours\b|\bapply\b|\bstart\b|\bgrade\b|\bmultiple (?:openings|locations)\b|\bdays? "
    r"in\b",
    re.I,
)  # fmt: skip


_TOP_HEADING = 18.0  # the size from which a single line is the document's own heading (an HTML h1)
_REMOTE_WORDS = 7  # "Remote within Europe or Lisbon"
_RATING = re.compile(
    r"\s+\d(?:\.\d)?\s*(?:★|/ ?5|\(?[\d,.]+k?\+? reviews?\)?|\([\d,.]+k?\+? reviews?\)).*$", re.I
)
_SENTENCE = 60  # characters; shorter lines are header lines or items


@dataclass(frozen=True, slots=True)
class Header:
    """What the top of a posting says; None where it does not."""

    title: str | None
    company: str | None
    location: str | None


def _from_title(parts: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections from the one largest heading on, where that is the title: a page has menus above it."""
    headings = [(s.heading.size, i) for i, s in enumerate(parts) if s.heading is not None]
    biggest = max(headings, default=(0.0, 0))[0]
    largest = [i for size, i in headings if size == biggest]
    first = parts[largest[0]].heading if len(largest) == 1 else None
    if first is None or biggest <= BODY_SIZE or topic_of(first.text) is not None:
        return parts
    named = biggest >= _TOP_HEADING or JOB_NOUNS.search(first.text) is not None
    above = [block for section in parts[: largest[0]] for block in section.blocks]
    menus = len(above) > 1 or any(block.level is not None or is_boilerplate(block.text) for block in above)
    return parts[largest[0] :] if named and menus else parts


def _top(parts: tuple[Section, ...]) -> list[Block]:
    """The lines that head the posting: before its first known heading or its first paragraph."""
    top: list[Block] = []
    parts = _from_title(parts)
    for section in parts:
        if section.heading is not None:
            named = topic_of(section.heading.text)
            jobless = not JOB_NOUNS.search(section.heading.text)
            if (named is not None and (top or jobless) and jobless) or len(top) > 8:
                break
            top.append(section.heading)
        for block in section.blocks:
            if len(block.text) > 140 or block.level is not None or len(top) > 10:
                return top
            if block.text[-1:] == "." and any(len(s.split()) > 8 for s in block.text.split(". ")):
                return top
            top.append(block)
    return top


def top_lines(parts: tuple[Section, ...]) -> list[str]:
    """The text of the lines that head the posting."""
    return [block.text for block in _top(parts)]


def _pieces(text: str) -> list[str]:
    return [piece for piece in (fold(p) for p in _SEPARATOR.split(text)) if piece]


def _is_place(text: str) -> bool:
    place = find_place(text)
    return place is not None and len(place) >= 0.6 * len(re.sub(r"\(.*?\)", "", text).strip())


class _Reader:
    """Gathers what the header lines say, first come first kept."""

    def __init__(self, body: str) -> None:
        self.title: str | None = None
        self.company: str | None = None
        self.location: str | None = None
        self.body = body

    def label(self, text: str) -> bool:
        where = labelled_place(text)
        if where is not None and "{{" not in where:
            self.location = self.location or where
            return True
        found = _LABEL.match(text)
        if found is None:
            return False
        key, value = fold(found["key"].lower()), found["value"].strip()
        if "{{" in value:
            return True
        if key in _TITLE_KEYS:
            self.title = self.title or title_case(value)
        elif key in _COMPANY_KEYS:
            self.company = self.company or title_case(value)
        return True

    def mentions(self, name: str) -> int:
        """How often sentences speak of `name`, or of its first word."""
        first = name.split()[0]
        names = {name} | ({first} if first.lower() not in SMALL_WORDS and len(first) > 2 else set())
        found = re.compile("|".join(rf"(?<!\w){re.escape(n)}(?!\w)" for n in names), re.I)
        spoken = (line for line in self.body.split("\n") if len(line) > _SENTENCE and line[-1] in ".!?")
        return sum(found.search(line) is not None for line in spoken)

    def split_commas(self, text: str) -> None:
        """ "Company, Town State" or "Title, Company" in one line."""
        comma = text.find(", ")
        while comma > 0:
            left, right = text[:comma], text[comma + 2 :]
            named = COMPANY_WORDS.search(left) or not (_is_place(text) or _is_place(left))
            if self.company is None and _is_place(right) and named:
                self.company = title_case(left)
                self.location = self.location or title_case_place(right)
                return
            comma = text.find(", ", comma + 2)
        if self.company is None and not _is_place(text) and not _TERMS.search(text):
            self.company = title_case(text)
        elif self.location is None and (
            _is_place(text)
            or (not _TERMS.search(text) and self.company is not None and not JOB_NOUNS.search(text))
        ):
            self.location = title_case_place(text)

    def names_company(self, text: str) -> bool:
        """True for "Ysgol Glan Morfa, Gwynedd": a place in form, but with a company's name before the
        comma."""
        name, comma, _ = text.partition(", ")
        long = len(name.split()) >= 3
        return self.company is None and bool(comma) and long and COMPANY_WORDS.search(name) is not None

    def piece(self, text: str) -> None:
        """One piece of a header line that is not the title."""
        text = _RATING.sub("", text)
        bare = re.sub(r"\s*\((?!UK|US|EU)[^)]*\)", "", text).strip(" ,;:")
        if (
            not any(c.isalpha() for c in bare)
            or self.label(text)
            or bare == self.company
            or _OTHER_LABEL.match(text)
        ):
            return
        remote = re.match(r"remote\b.*", bare, re.I)
        if remote and len(bare.split()) <= _REMOTE_WORDS and find_place(bare) is not None:
            self.location = self.location or bare
        elif _TERMS.search(bare) and not (COMPANY_WORDS.search(bare) and not _is_place(bare)):
            place = find_place(bare)
            if place and self.location is None and not remote:
                self.location = place
        elif _is_place(bare) and not self.names_company(bare):
            self.location = self.location or title_case_place(bare)
        else:
            self.split_commas(bare)


_HIRING = re.compile(
    r"^(?:we(?:['’]re| are) hiring|now hiring|hiring|vacancy|job opening|job vacancy|wanted)\s*[:!–-]\s*"
    r"(?:an? )?",
    re.I,
)


def _split_title(reader: _Reader, text: str) -> None:
    """A title line may end with the company or the place: "Title, Company", "Title - Town, ST"."""
    text = _HIRING.sub("", text)
    for cut in (m for m in re.finditer(r", | [-–—|] | at | @ ", text)):
        right = text[cut.end() :]
        if not JOB_NOUNS.search(text[: cut.start()]) or (
            JOB_NOUNS.search(right) and not COMPANY_WORDS.search(right)
        ):
            continue
        bare = re.sub(r"\s*\(.*?\)", "", right).strip()
        if _is_place(bare) and not re.search(r"\b(?:EMEA|APAC|LATAM|Europe)\b", bare):
            job, dash, name = re.split(r"(\s[-–—|]\s|$)", text[: cut.start()], maxsplit=1)
            if dash and JOB_NOUNS.search(job) and COMPANY_WORDS.search(name) and not JOB_NOUNS.search(name):
                reader.company = title_case(name)
            else:
                job = text[: cut.start()]
            reader.title, reader.location = title_case(job), bare
            return
        if cut[0] in (" at ", " @ ") or (
            (len(bare.split()) >= 2 or COMPANY_WORDS.search(bare)) and is_subject(reader.body, bare)
        ):
            reader.title = title_case(text[: cut.start()])
            reader.split_commas(bare)
            reader.company = reader.company or title_case(bare)
            return
    reader.title = title_case(text)


def _title_line(lines: list[str], sizes: dict[str, float]) -> int | None:
    """Which line is the title: the one largest heading, a line that names a job, else the first line."""
    titles = [
        i
        for i, text in enumerate(lines[:6])
        if JOB_NOUNS.search(text) and len(text.split()) <= 14 and not _TERMS.match(text)
    ]
    biggest = max(sizes.values(), default=0.0)
    largest = [i for i, text in enumerate(lines) if sizes[text] == biggest]
    if biggest >= _TOP_HEADING and len(largest) == 1:
        return largest[0]
    if shared := [i for i in titles if i in largest]:
        titles = shared
    if titles:
        # A company's name may hold a job's ("Smith Engineers"): the next line is the title then.
        company_first = len(titles) > 1 and titles[0] == 0 and COMPANY_WORDS.search(lines[0])
        return titles[1] if company_first else titles[0]
    if lines and not _is_place(lines[0]) and (len(lines) > 1 or len(lines[0].split()) <= 8):
        return 0
    return None


def read_header(parts: tuple[Section, ...]) -> Header:
    """Title, company and place from the top lines, then from headings ("About X") and first sentences."""
    told = (section.blocks for section in parts if section.topic not in _ASKING)
    body = "\n".join(block.text for blocks in told for block in blocks if block.level is None)
    reader, top = _Reader(body), _top(parts)
    rest: list[str] = []
    for block in top:
        if not reader.label(block.text):
            rest.append(block.text.rstrip(":"))
    chosen = _title_line(rest, {b.text.rstrip(":"): b.size for b in top}) if reader.title is None else None
    if chosen is not None and reader.title is None:
        line = rest[chosen]
        pieces = _pieces(line) if "|" in line or "·" in line or "\t" in line else [line]
        named = next((p for p in pieces if JOB_NOUNS.search(p)), pieces[0])
        _split_title(reader, named)
        for piece in pieces:
            if piece != named:
                reader.piece(piece)
    for i, text in enumerate(rest):
        if i == chosen:
            continue
        pieces = [text] if _OTHER_LABEL.match(text) else _pieces(text)
        if len(pieces) == 1 and reader.company is not None and reader.location is not None:
            continue
        for piece in pieces:
            if not (JOB_NOUNS.search(piece) and not COMPANY_WORDS.search(piece) and not find_place(piece)):
                reader.piece(piece)
    company = reader.company
    if company is None or (not COMPANY_WORDS.search(company) and reader.mentions(company) == 0):
        company = company_in_body(parts, body) or company
    return Header(reader.title, company, reader.location)
