"""The changes: what of a resume is changed, and whether a score may follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from matcher.evaluation.invariance_edits import Edit, edited, line_after, renaming, replacing
from matcher.evaluation.invariance_people import drawn, personal_lines
from matcher.types import Document, Span


@dataclass(frozen=True)
class Original:
    """One resume with what is known of its owner from the content that it is drawn from."""

    source: str
    document: Document
    name: str
    place: str | None
    phone: str | None
    email: str | None
    links: tuple[str, ...]
    schools: tuple[str, ...]
    bullet: str | None  # the first line of the first job's description
    studied: tuple[str, ...]  # dates of education as written


Change = Callable[[Original, Random], tuple[Document, Document]]
"""The resume without and with the change. Equal ones were not touched and are not counted."""

# Said of a woman and of a man. The first list is identity alone and is masked; the second stands in words
# that say what was done, too, and stays.
PRONOUNS = (
    ("She trained her own successor herself.", "He trained his own successor himself."),
    ("Ms. {last} reports to the board; her team of nine covers two sites.",
     "Mr. {last} reports to the board; his team of nine covers two sites."),
    ("(she/her) Known among colleagues for her calm.", "(he/him) Known among colleagues for his calm."),
)  # fmt: skip
WORDS = (
    ("Elected chairwoman of the works council.", "Elected chairman of the works council."),
    ("Spokeswoman of the site towards the press.", "Spokesman of the site towards the press."),
    ("Began as a waitress and saleswoman.", "Began as a waiter and salesman."),
    ("Captain of the women's rowing team.", "Captain of the men's rowing team."),
    ("Returned from maternity leave in 2021; mother of two.",
     "Returned from paternity leave in 2021; father of two."),
    ("Member of the businesswomen's network and a sorority.",
     "Member of the businessmen's network and a fraternity."),
)  # fmt: skip
_SCHOOLS = (
    "Harrowmere University",
    "Royal Caldbeck College of Science",
    "Eastfield Community College",
    "Universidad Nacional de Arrayanes",
    "St. Winifred's College for Women",
    "Ibarapa State University",
    "Neustrelitz University of Applied Sciences",
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def name(original: Original, random: Random) -> tuple[Document, Document]:
    """Another name, with the mailbox and the profile that go with it."""
    person = drawn(random)
    document = original.document
    edits = renaming(document, original.name, person.name)
    if original.email:
        edits = _with(edits, replacing(document, [(original.email, person.email)]))
    edits = _with(edits, replacing(document, [(link, person.link) for link in original.links]))
    return document, edited(document, edits)


def _with(edits: list[Edit], over: list[Edit]) -> list[Edit]:
    """Both, the second list going before what it overlaps."""
    return over + [e for e in edits if not any(e.span.overlaps(other.span) for other in over)]


def contact(original: Original, random: Random) -> tuple[Document, Document]:
    """Another address, postcode, telephone number, mailbox and profile; the same name."""
    person = drawn(random)
    pairs = [(original.phone, person.phone), (original.email, person.email)]
    pairs += [(link, person.link) for link in original.links]
    edits = replacing(original.document, [(old, new) for old, new in pairs if old])
    if original.place:  # the same city may be a job's, which stays
        edits += replacing(original.document, [(original.place, person.place)])[:1]
    return original.document, edited(original.document, edits)


def no_contact(original: Original, random: Random) -> tuple[Document, Document]:
    """No address, telephone number, mailbox or profile at all."""
    del random
    gone = [part for part in (original.phone, original.email, *original.links) if part]
    edits = replacing(original.document, [(part, "") for part in gone])
    if original.place:
        edits += replacing(original.document, [(original.place, "")])[:1]
    return original.document, edited(original.document, edits)


def personal(original: Original, random: Random) -> tuple[Document, Document]:
    """Lines with age, nationality, gender, family or faith below the mailbox, two different sets of them."""
    offset = original.document.text.find(original.email or "\0")
    if offset < 0:
        return original.document, original.document
    with_lines = edited(original.document, line_after(original.document, offset, personal_lines(random)))
    return original.document, with_lines


def pronouns(original: Original, random: Random) -> tuple[Document, Document]:
    """A line of a job's description that says "she", or "Ms.", against the same that says "he"."""
    return _said(original, *random.choice(PRONOUNS))


def gendered_words(original: Original, random: Random) -> tuple[Document, Document]:
    """A line of a job's description with a word for women's roles against the word for men's."""
    return _said(original, *random.choice(WORDS))


def _said(original: Original, her: str, his: str) -> tuple[Document, Document]:
    found = replacing(original.document, [(original.bullet, "")])[:1] if original.bullet else []
    if not found:
        return original.document, original.document
    start = found[0].span.start
    line = original.document.text.rfind("\n", 0, start) + 1
    mark = original.document.text[line:start]  # the same indent and bullet
    last = original.name.split()[-1]
    first, second = (
        edited(original.document, [Edit(Span(line, line), f"{mark}{words.format(last=last)}\n")])
        for words in (her, his)
    )
    return first, second


def schools(original: Original, random: Random) -> tuple[Document, Document]:
    """Other names of schools."""
    others = random.sample(_SCHOOLS, k=min(len(_SCHOOLS), len(original.schools)))
    edits = replacing(original.document, zip(original.schools, others, strict=False))
    return original.document, edited(original.document, edits)


def study_years(original: Original, random: Random) -> tuple[Document, Document]:
    """Every date of education fifteen years earlier."""
    del random
    pairs = [(when, _YEAR.sub(lambda year: str(int(year[0]) - 15), when)) for when in original.studied]
    text = original.document.text
    edits = [
        e for e in replacing(original.document, pairs) if text.count(text[e.span.start : e.span.end]) == 1
    ]
    return original.document, edited(original.document, edits)


def owner(original: Original, random: Random) -> tuple[Document, Document]:
    """Two people's names and contact blocks on top of a resume that has none."""
    first, second = (
        edited(original.document, [Edit(Span(0, 0), "".join(f"{line}\n" for line in lines))])
        for lines in (_block(random), _block(random))
    )
    return first, second


def _block(random: Random) -> tuple[str, ...]:
    person = drawn(random)
    return person.name, f"{person.place} | {person.phone} | {person.email}", person.link, ""


LAWS: tuple[tuple[str, Change, int], ...] = (
    ("another name", name, 6),
    ("another contact block", contact, 3),
    ("no contact block", no_contact, 1),
    ("age, nationality, family lines", personal, 2),
    ("she or he, Ms. or Mr.", pronouns, 2),
    ("studied fifteen years earlier", study_years, 1),
)
"""What may move no score (title, change, draws)."""

REPORTED: tuple[tuple[str, Change, int], ...] = (
    ("gendered words (chairwoman)", gendered_words, 2),
    ("other schools", schools, 2),
)
"""What may: the change is reported."""

REAL_CHANGES: tuple[tuple[str, Change, int], ...] = (("another name and contact block", owner, 3),)
"""What is changed in resumes of which nothing is known."""
