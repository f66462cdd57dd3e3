"""Document -> Role: the one place that composes this room."""

from __future__ import annotations

from matcher.errors import NoQualificationsError
from matcher.roles.blocks import Block, blocks
from matcher.roles.constraints import constraints
from matcher.roles.header import read_header, top_lines
from matcher.roles.headings import Section, sections
from matcher.roles.interview import needs_interview
from matcher.roles.items import Item, from_lists, unique
from matcher.roles.kinds import Kind
from matcher.roles.logistics import place, stated_pay, travel, visa, work_mode
from matcher.roles.our_work import with_our_work
from matcher.roles.paragraphs import from_prose
from matcher.roles.posting import Posting, read_posting
from matcher.roles.repeats import counted_once
from matcher.roles.topics import Topic
from matcher.roles.weights import BY_KIND, weighed
from matcher.types import Assess, Constraints, Document, Logistics, Qualification, Role, WorkMode


def _items(document: Document, parts: tuple[Section, ...]) -> list[Item]:
    items: list[Item] = []
    prose: list[tuple[Topic, Block]] = []
    listed: set[Topic] = set()
    previous = Topic.OTHER
    for section in parts:
        here, rest = from_lists(document, section, previous)
        previous = section.topic
        items += here
        prose += rest
        if here:
            listed.add(section.topic)
    have = {item.kind for item in items}
    return unique(items + from_prose(document, prose, have, listed))


def _logistics(
    document: Document, parts: tuple[Section, ...], located: str | None, posting: Posting
) -> Logistics:
    lines = top_lines(parts)
    where = posting.location or located or place(parts)
    money = stated_pay(lines, parts, " ".join([where or "", *lines]), document.text)
    mode = WorkMode.REMOTE if posting.remote else work_mode("\n".join([*lines, where or ""]), parts)
    told = posting.salary_min is not None or posting.salary_max is not None
    return Logistics(
        location=where,
        work_mode=mode,
        salary_min=posting.salary_min if told else money.least,
        salary_max=posting.salary_max if told else money.most,
        salary_currency=(posting.currency or money.currency) if told else money.currency,
        salary_period=(posting.period or money.period) if told else money.period,
        visa_sponsorship=visa(parts),
        travel_percent=travel(document.text),
    )


def _qualification(number: int, item: Item) -> Qualification:
    asked = Constraints() if item.kind is Kind.RESPONSIBILITY else constraints(item.text)
    wish = item.kind is not Kind.RESPONSIBILITY and needs_interview(item.text, asked)
    return Qualification(
        id=f"q{number}",
        text=item.text,
        kind=item.kind,
        weight=BY_KIND[item.kind],
        constraints=asked,
        span=item.span,
        assess=Assess.INTERVIEW if wish else Assess.RESUME,
    )


def parse(document: Document) -> Role:
    """The role a posting describes: title, company, qualifications in reading order, terms of the job.

    Ids are "q1", "q2" ... over all kinds; weights are those of `weights.py`. `role_id` is "r" and the first
    16 hex digits of the file's sha256. Raises NoQualificationsError when nothing is found.
    """
    parts = sections(blocks(document))
    found = _items(document, parts)
    if not found:
        raise NoQualificationsError
    posting, header = read_posting(document.embedded), read_header(parts)
    title = posting.title or header.title
    company = posting.company or header.company
    read = tuple(_qualification(number, item) for number, item in enumerate(found, 1))
    qualifications = weighed(counted_once(with_our_work(read, parts, company)), title)
    return Role(
        document=document,
        role_id="r" + document.sha256[:16],
        title=title,
        company=company,
        qualifications=qualifications,
        logistics=_logistics(document, parts, header.location, posting),
    )
