"""Paragraphs -> the requirements and duties their sentences state."""

from __future__ import annotations

from matcher.roles.blocks import Block
from matcher.roles.boilerplate import is_application, is_benefit, is_boilerplate, is_legal, is_terms
from matcher.roles.headings import run_in
from matcher.roles.items import Item, make_item
from matcher.roles.kinds import Kind, parts
from matcher.roles.leads import DEFINED, KIND_OF
from matcher.roles.prose import Speech, sentences, speech
from matcher.roles.topics import Topic
from matcher.types import Document

_SHORTEST_DUTY = 5  # words; a shorter sentence that names no doer tells of the terms ("Overtime in summer.")


def from_prose(
    document: Document, paragraphs: list[tuple[Topic, Block]], have: set[Kind], listed: set[Topic]
) -> list[Item]:
    """The requirements and duties that paragraphs state.

    `have`: kinds that lists already gave; `listed`: topics whose own section held a list. Where a list
    of a kind exists, prose adds only what its own words make a requirement of the candidate.
    """
    items: list[Item] = []
    for topic, block in paragraphs:
        if topic is Topic.APPLY:
            continue
        offset = 0
        labelled = run_in(block)
        if labelled is not None and (topic not in KIND_OF or labelled[0] in KIND_OF):
            if labelled[0] in KIND_OF and len(block.text) - labelled[1] > 8:
                topic = labelled[0]
                offset = labelled[1]
            elif labelled[0] in (Topic.BENEFITS, Topic.APPLY, Topic.LEGAL):
                continue
        rest = block.text[offset:]
        if offset and topic in KIND_OF and rest.count(";") >= len(sentences(rest)):
            items += _from_enumeration(document, block, offset, KIND_OF[topic])
            continue
        items += _from_paragraph(document, block, offset, topic, have, listed)
    return items


def _from_enumeration(document: Document, block: Block, offset: int, kind: Kind) -> list[Item]:
    """The items of "Requirements: a degree; two years in a kitchen; a driving licence."."""
    items: list[Item] = []
    start = offset
    for piece in block.text[offset:].split(";"):
        end = start + len(piece)
        if piece.strip() and not is_boilerplate(piece):
            for part in parts(piece):
                items += make_item(document, block, start + part.start, start + part.end, part.cue or kind)
        start = end + 1
    return items


def _from_paragraph(
    document: Document, block: Block, offset: int, topic: Topic, have: set[Kind], listed: set[Topic]
) -> list[Item]:
    text = block.text
    places = [(s, e) for s, e in sentences(text) if e > offset]
    places = [(max(s, offset), e) for s, e in places]
    if text.endswith(":"):
        places = places[:-1]
    said = [speech(text[s:e]) for s, e in places]
    own = offset > 0 or (topic in KIND_OF and topic not in listed)
    asks = sum(s in (Speech.REQUIRED, Speech.PREFERRED) for s in said) > 0
    previous: Kind | None = None
    items: list[Item] = []
    for (start, end), speaks in zip(places, said, strict=True):
        sentence = text[start:end]
        if is_boilerplate(sentence) and not (DEFINED.search(sentence) is None and _firm(sentence)):
            continue
        kind = _kind_of(speaks, topic, own, asks, have, previous)
        if kind is Kind.RESPONSIBILITY and speaks is Speech.OTHER and len(sentence.split()) < _SHORTEST_DUTY:
            continue
        if kind is None:
            continue
        previous = kind
        if kind is Kind.RESPONSIBILITY:
            items += make_item(document, block, start, end, kind)
            continue
        cut = parts(sentence)
        if len(cut) > 1 and kind is Kind.PREFERRED and topic is not Topic.PREFERRED:
            kind = Kind.REQUIRED  # of the clauses that no word makes a preference
        for part in cut:
            items += make_item(document, block, start + part.start, start + part.end, part.cue or kind)
    return items


def _firm(sentence: str) -> bool:
    """True for a sentence that asks for a skill although it also tells of the process."""
    return speech(sentence) is Speech.REQUIRED and not (
        is_legal(sentence) or is_terms(sentence) or is_benefit(sentence) or is_application(sentence)
    )


def _kind_of(
    speaks: Speech, topic: Topic, own: bool, asks: bool, have: set[Kind], previous: Kind | None
) -> Kind | None:
    """The kind of one sentence of prose, None when it is no qualification."""
    if topic in (Topic.LEGAL, Topic.BENEFITS):
        return None
    if speaks is Speech.PREFERRED:
        return Kind.PREFERRED
    if speaks is Speech.REQUIRED:
        return Kind.PREFERRED if own and topic is Topic.PREFERRED else Kind.REQUIRED
    if own:
        if topic is Topic.RESPONSIBILITY and speaks is Speech.OTHER and Kind.RESPONSIBILITY in have:
            return None
        return KIND_OF[topic]
    if speaks is Speech.DUTY:
        return None if Kind.RESPONSIBILITY in have or topic is Topic.ABOUT else Kind.RESPONSIBILITY
    if speaks is Speech.TRAIT and asks and Kind.REQUIRED not in have and topic is not Topic.ABOUT:
        return previous if previous is not None and previous is not Kind.RESPONSIBILITY else Kind.REQUIRED
    return None
