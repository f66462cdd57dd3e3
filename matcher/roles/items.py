"""Sections -> the requirements and duties they state, each with its kind and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from matcher.roles.blocks import Block, fold
from matcher.roles.boilerplate import is_boilerplate, is_legal, is_terms
from matcher.roles.guess import guess_topic
from matcher.roles.headings import Section, run_in
from matcher.roles.kinds import Kind, parts
from matcher.roles.prose import Speech, sentences, speech
from matcher.roles.tables import table_items
from matcher.roles.topics import Topic, topic_of
from matcher.types import Document, Span

KIND_OF = {
    Topic.REQUIRED: Kind.REQUIRED,
    Topic.PREFERRED: Kind.PREFERRED,
    Topic.RESPONSIBILITY: Kind.RESPONSIBILITY,
}
_LEAD_IN_APPLY = re.compile(r"\b(?:r[ée]sum[ée]|cv|applications?|apply|submit|send us|attach|upload)\b", re.I)
_LEAD_IN_LIST = re.compile(
    r"\bpositions? we\b|\bhoping to fill\b|\bvacancies\b|\bbenefits?\b|\bwe offer\b", re.I
)
DEFINED = re.compile(
    r"\b(?:defined as|as follows|includes? the following|the following|such as|including)\W*$", re.I
)
_WORDS = re.compile(r"\w+")
_TRAIL = " \t\n;,"
_EDUCATION_LABEL = re.compile(
    r"^(?:minimum |required )?(?:education|qualifications?|experience|degree|licen[sc]es?|"
    r"certifications?|languages?|skills?)(?: and \w+)?(?: requirements?| level| required)?:\s+",
    re.I,
)  # fmt: skip
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
    if kind is not Kind.RESPONSIBILITY and is_boilerplate(plain) and not _states_requirement(plain):
        return []
    if kind is Kind.RESPONSIBILITY:
        if is_legal(plain) and not re.match(r"[A-Z]\w+(?:e|s|ing)?\b", plain):
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


def _list_topic(section: Section, lead: Block | None) -> Topic:
    """What a list is about: its lead-in line says so, else its heading, else its content."""
    if lead is not None:
        if _LEAD_IN_APPLY.search(lead.text):
            return Topic.APPLY
        if _LEAD_IN_LIST.search(lead.text):
            return Topic.OTHER if "benefit" not in lead.text.lower() else Topic.BENEFITS
        if len(lead.text.split()) <= 25:
            named = topic_of(_last_sentence(lead.text))
            if named in KIND_OF and not (DEFINED.search(lead.text) and section.topic in KIND_OF):
                return named
            if named in (Topic.BENEFITS, Topic.APPLY, Topic.LEGAL) and section.topic not in KIND_OF:
                return named
        said = speech(_last_sentence(lead.text))
        if said is Speech.PREFERRED:
            return Topic.PREFERRED
        if said is Speech.REQUIRED:
            return Topic.REQUIRED
        if said is Speech.DUTY and section.topic not in KIND_OF:
            return Topic.RESPONSIBILITY
    return section.topic


def _last_sentence(text: str) -> str:
    start, end = sentences(text)[-1]
    return text[start:end]


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
        topic = _list_topic(section, lead if lead is not own else None)
        if topic is Topic.RESPONSIBILITY and guess_topic([b.text for b in run], topic) is Topic.BENEFITS:
            topic = Topic.BENEFITS  # "What you can expect"
        if topic is Topic.OTHER or (topic in (Topic.ROLE, Topic.ABOUT, Topic.TERMS)):
            topic = guess_topic([b.text for b in run], topic)
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
        ):
            kind = Kind.REQUIRED
        if kind is not None:
            items += _from_list_item(document, block, kind)
    return items


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
