"""Sections -> the requirements and duties they state, each with its kind and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from matcher.roles.blocks import Block, fold
from matcher.roles.boilerplate import is_boilerplate, is_terms
from matcher.roles.guess import guess_topic
from matcher.roles.headings import Section, run_in
from matcher.roles.kinds import Kind, parts
from matcher.roles.leads import DEFINED, KIND_OF, list_topic, says_nothing_alone
from matcher.roles.licences import licences
from matcher.roles.names import JOB_NOUNS
from matcher.roles.prose import sentences
from matcher.roles.tables import table_items
from matcher.roles.topics import Topic, topic_of
from matcher.types import Document, Span

_WORDS = re.compile(r"\w+")
_CHECK = re.compile(r"\b(?:check|DBS|police|registration)\b", re.I)
_OTHER_DUTIES = re.compile(
    r"\W*(?:(?:perform|undertake|carry out|complete|assist with|take on|and|such|any|all|"
    r"the)\w* )*(?:other|additional|ad[- ]hoc) "
    r"(?:\w+ )?(?:duties|tasks|responsibilities|work)\b.{0,30}\b(?:as|may|that|required|assigned|requested|"
    r"needed)",
    re.I,
)
_TRAIL = " \t\n;,"
_EDUCATION_LABEL = re.compile(
    r"^(?:minimum |required )?(?:education|qualifications?|experience|degree|licen[sc]es?|"
    r"certifications?|languages?|skills?)(?: and \w+)?(?: requirements?| level| required)?:\s+",
    re.I,
)  # fmt: skip
_LABELLED = re.compile(r"[^:.]{2,30}:\s")
_NOTHING = re.compile(r"^(?:none|n/?a|not applicable|no experience (?:required|necessary|needed))\W*$", re.I)


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement or duty found: display-ready text, its span and its kind."""

    text: str
    span: Span
    kind: Kind


def _trim(document: Document, start: int, end: int) -> Span:
    text = document.text
    while end > start and text[end - 1] in _TRAIL:
        end -= 1
    while start < end and text[start] in _TRAIL:
        start += 1
    return Span(start, end)


def _locate(document: Document, block: Block, start: int, end: int) -> Span:
    """The span of [start, end) of a block's folded text in the document."""
    raw = document.text[block.span.start : block.span.end]
    places: list[int] = []
    space = True
    for i, c in enumerate(raw):
        if c.isspace():
            if not space:
                places.append(i)
            space = True
        else:
            places.append(i)
            space = False
    return _trim(document, block.span.start + places[start], block.span.start + places[end - 1] + 1)


def make_item(document: Document, block: Block, start: int, end: int, kind: Kind) -> list[Item]:
    """The item at [start, end) of a block's text, in a list; an empty list when no words stand there."""
    span = _locate(document, block, start, end)
    text = fold(document.text[span.start : span.end])
    if len(_WORDS.findall(text)) == 0 or len(text) < 2 or _NOTHING.match(text):
        return []
    return [Item(text, span, kind)]


def _from_list_item(document: Document, block: Block, kind: Kind) -> list[Item]:
    """A list item as one qualification, or several where its own words change the kind."""
    plain = block.text
    head, clause, tail = plain.rpartition("; ")
    if clause and is_boilerplate(tail) and not is_boilerplate(head):
        plain = head  # "...; appointment is subject to a check": what is done on hiring is not asked
    if kind is not Kind.RESPONSIBILITY and is_boilerplate(plain) and not _states_requirement(plain):
        return []
    if kind is Kind.RESPONSIBILITY:
        if _OTHER_DUTIES.match(plain):
            return []
        return make_item(document, block, 0, len(plain), kind)
    found = []
    for part in parts(plain):
        own = part.cue or kind
        if (
            kind is Kind.PREFERRED
            and part.cue is Kind.REQUIRED
            and not _insists(plain[part.start : part.end])
        ):
            own = kind
        found += make_item(document, block, part.start, part.end, own)
    return found


def _insists(text: str) -> bool:
    return (
        re.search(
            r"\((?:required|essential|mandatory)\)|\b(?:is|are) (?:required|essential|mandatory)\b",
            text,
            re.I,
        )
        is not None
    )


def _states_requirement(text: str) -> bool:
    """True for an item that asks for a skill although it has a word of the boilerplate in it."""
    return bool(
        re.match(
            r"(?:\W*(?:experience|knowledge|familiarity|understanding|ability|able|skill|expertise|"
            r"background|proven|strong|excellent|\d+\+?|at least|minimum|working|demonstrated|commitment|"
            r"a commitment)\b)", text, re.I)
    ) and not is_terms(text)  # fmt: skip


def _tells_what_is_done(run: list[Block]) -> bool:
    """False for a list of facts ("Grade: 7") or of job titles."""
    facts = any(_LABELLED.match(block.text) for block in run)
    return not facts and not any(JOB_NOUNS.search(" ".join(b.text.split()[-2:])) for b in run[:3])


def _is_item_line(block: Block) -> bool:
    """True for a line that stands as an item without a bullet: short, one clause, no full sentence."""
    if block.level is not None or block.row is not None:
        return True
    return (
        len(block.text) <= 160
        and not (block.text[-1] in ".!?" and len(sentences(block.text)) > 1)
        and block.text[-1] != ":"
    )


def from_lists(
    document: Document, section: Section, previous: Topic
) -> tuple[list[Item], list[tuple[Topic, Block]]]:
    """The items of a section's lists, and its paragraphs (with the section's topic) for a later look.

    `previous`: the topic of the section before.
    """
    items: list[Item] = []
    prose: list[tuple[Topic, Block]] = []
    lead: Block | None = (
        section.heading if section.heading is not None and section.heading.text.endswith(":") else None
    )
    own = lead
    found = section.blocks
    listed = any(block.level is not None for block in found)
    lines = not listed and sum(_is_item_line(block) for block in found) >= max(2, 0.6 * len(found))
    i = 0
    while i < len(found):
        block = found[i]
        bullet = block.level is not None or block.row is not None
        unmarked = lines and _is_item_line(block) and section.topic in KIND_OF
        if not bullet and not unmarked:
            lead = block if block.text.endswith(":") or DEFINED.search(block.text) else None
            prose.append((section.topic, block))
            i += 1
            continue
        end = i
        while end < len(found) and (found[end].row is None) == (block.row is None):
            there = found[end]
            if there.level is None and there.row is None and not (unmarked and _is_item_line(there)):
                break
            end += 1
        run = list(found[i:end])
        topic = list_topic(section, lead if lead is not own else None)
        if topic is Topic.RESPONSIBILITY and guess_topic([b.text for b in run], topic) is Topic.BENEFITS:
            topic = Topic.BENEFITS  # "What you can expect"
        if topic is Topic.OTHER or (topic in (Topic.ROLE, Topic.ABOUT, Topic.TERMS)):
            named = topic
            topic = guess_topic([b.text for b in run], topic)
            if named is topic is Topic.ROLE and lead in (own, None) and _tells_what_is_done(run):
                topic = Topic.RESPONSIBILITY  # "The role", and what it consists of
            if topic is Topic.OTHER and previous is Topic.RESPONSIBILITY and section.heading is not None:
                # After the duties, under a heading in words of its own: what the duties ask for.
                plain = len(run) > 1 and not any(is_boilerplate(b.text) for b in run)
                topic = Topic.REQUIRED if plain and i == 0 else topic
            if topic is Topic.OTHER and previous is Topic.REQUIRED and section.heading is not None:
                # After the requirements, under a heading in words of its own ("The cherry on top").
                topic = Topic.PREFERRED
        if block.row is not None:
            for cell, own_topic in table_items(run, topic):
                items += _from_run(document, [cell], own_topic)
        else:
            items += _from_run(document, run, topic)
        if topic not in KIND_OF and block.row is None:
            prose += [(topic, b) for b in run]
        i, lead = end, None
    return items, prose


def _from_run(document: Document, run: list[Block], topic: Topic) -> list[Item]:
    """Items of one list; a nested list under an item that is itself a heading takes that heading's kind."""
    items: list[Item] = []
    nested: tuple[int, Topic] | None = None
    for i, block in enumerate(run):
        level = block.level or 0
        if nested is not None and level <= nested[0]:
            nested = None
        here = nested[1] if nested is not None else topic
        opens = i + 1 < len(run) and (run[i + 1].level or 0) > level
        if opens and len(block.text.split()) <= 6 and block.text.endswith(":"):
            named = topic_of(block.text)
            if named in (Topic.PREFERRED, Topic.REQUIRED, Topic.RESPONSIBILITY, Topic.BENEFITS) and _pure(
                block.text
            ):
                nested = (level, named)
                continue
        kind = KIND_OF.get(here)
        if opens and says_nothing_alone(block.text):
            continue
        labelled = run_in(block)
        if (
            labelled is not None
            and labelled[0] in (Topic.PREFERRED, Topic.REQUIRED)
            and kind in (Kind.REQUIRED, Kind.PREFERRED)
        ):
            if labelled[0] is Topic.PREFERRED:
                kind = Kind.PREFERRED
            elif _EDUCATION_LABEL.match(block.text) is None:
                kind = Kind.REQUIRED
        elif (
            labelled is not None
            and kind is None
            and here in (Topic.OTHER, Topic.TERMS)
            and _EDUCATION_LABEL.match(block.text)
        ) or (kind is None and here is Topic.TERMS and _asks_for_licence(block.text)):
            kind = Kind.REQUIRED
        if kind is not None:
            items += _from_list_item(document, block, kind)
    return items


def _asks_for_licence(text: str) -> bool:
    """True for a licence or clearance among the terms; checks made on hires are none."""
    return any(not _CHECK.search(name) for name in licences(text)) and not is_boilerplate(text)


def _pure(text: str) -> bool:
    return len(text.split()) <= 4


def unique(items: list[Item]) -> list[Item]:
    """The items in reading order, identical wordings once (the firmer kind stays)."""
    firmness = {Kind.REQUIRED: 0, Kind.PREFERRED: 1, Kind.RESPONSIBILITY: 2}
    best: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: item.span):
        key = item.text.lower().rstrip(".;:, ")
        known = best.get(key)
        if known is None:
            best[key] = item
        elif firmness[item.kind] < firmness[known.kind]:
            best[key] = replace(known, kind=item.kind)
    return sorted(best.values(), key=lambda item: item.span)
