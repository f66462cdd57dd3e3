"""Blocks -> sections: which block is a heading, what it is about, and what stands under it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.roles.blocks import BODY_SIZE, Block
from matcher.roles.topics import Topic, topic_of

_MAX_WORDS = 12  # longer lines are sentences, not headings
_SENTENCE_END = re.compile(r"(?<!\.\.)[.!;,]$")
_WORD = re.compile(r"[\w'’]+")
_ABOUT_NAME = re.compile(r"About (?:the )?[A-Z][\w’'.&-]*(?: (?:[A-Z&][\w’'.&-]*|of|and)){0,4}")
_RUN_IN = re.compile(r"^([^:;.!?\n]{2,60}):\s+(?=\S)")

# A line that carries no mark of a heading is one only when all its words are heading words.
_HEADING_WORDS = frozenset(
    """a about academic accountabilities activities additional advantageous all also an and apply
    applications applying are as assets at attributes background basic be benefits better beneficial
    bonus bring by candidate candidates capabilities certificates certifications company compensation
    competencies considered core credentials criteria description desirable desired details do doing
    duties education educational eligibility equal essential essentials even everything excited
    experience experiences expertise family fit for from functions general get good great had have help
    how ideal ideally if important in include includes information interview is it job join key
    knowledge legal licences licenses licensing like location logistics looking love mandatory main
    makes may me might minimum mission must need needs next nice notice of offer offered on
    opportunities opportunity our out overview package pay perks person personal physical plus points
    position post preferences preferred primary process professional profile purpose qualifications
    qualities qualify requirements required responsibilities responsibility responsible rewards right
    role salary schedule select skill skills set specific specification specifications stand statement
    steps strong successful summary tasks team technical terms that the things this thrilled to training
    travel us values we we'd we'll we're what what's where who why will with work working would would-be
    you you'd you'll you're you've your desirables musts haves have-to must-have must-haves nice-to-have
    nice-to-haves add extra remuneration roles duty employer employment stack tech visa anforderungen
    aufgaben deine dein dich du erwartet ihr ihre profil bieten wir sie was mitbringst mitbringen über
    uns bringst hast sollte solltest kenntnisse qualifikationen voraussetzungen vorteile und le la les
    votre vos missions recherché poste avantages compétences requises souhaitées nous offrons à propos
    de entreprise rôle ton tes et requisitos funciones responsabilidades perfil ofrecemos sobre nosotros
    del puesto se valorará valorable tu tus deseable deseables imprescindible imprescindibles y el lo
    que qué buscamos harás""".split()
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (None for the text before the first) and the blocks under it, up to the next heading."""

    topic: Topic
    heading: Block | None
    blocks: tuple[Block, ...]


def is_upper(text: str) -> bool:
    """True for a line set in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 3 and all(c.isupper() for c in letters)


def _short(text: str) -> bool:
    return len(text) <= 90 and len(text.split()) <= _MAX_WORDS


def _closed(text: str) -> bool:
    """True when every word of the line is a heading word."""
    words = _WORD.findall(text.replace("’", "'").lower())
    return bool(words) and all(w in _HEADING_WORDS or w.removesuffix("'s") in _HEADING_WORDS for w in words)


def _items_follow(following: tuple[Block, ...]) -> bool:
    return bool(following) and following[0].level is not None


class _Marks:
    """How this posting marks its headings: by type, by capitals, or by nothing at all."""

    def __init__(self, found: tuple[Block, ...]) -> None:
        body = [b for b in found if b.row is None]
        plain = [b.size for b in body if len(b.text) > 60 or b.level is not None]
        self.size = sorted(plain)[len(plain) // 2] if plain else BODY_SIZE
        self.typed = sum(self.by_type(b) for b in body) >= 2
        self.capitals = sum(is_upper(b.text) and b.level is None and _short(b.text) for b in body) >= 3

    def by_type(self, block: Block) -> bool:
        """True when the block is set apart by weight or size."""
        return (block.bold or block.size > self.size + 1.2) and block.level is None


def _is_heading(found: tuple[Block, ...], i: int, marks: _Marks) -> bool:
    block, text = found[i], found[i].text
    following, before = found[i + 1 : i + 4], found[i - 1] if i else None
    if block.row is not None or not _short(text) or block.lines > 2:
        return False
    known = topic_of(text) is not None
    if block.level is not None:
        number = block.marker[:1].isdigit()
        alone = (
            text.endswith(":")
            and known
            and _closed(text)
            and bool(following)
            and (following[0].level or 0) > block.level
        )
        return alone or (number and known and (block.bold or is_upper(text) or _closed(text)) and block.gap)
    if text.endswith(":"):
        return (known or marks.by_type(block) or is_upper(text) or _items_follow(following)) and len(text) > 2
    if _SENTENCE_END.search(text) and not (text.endswith("!") and known):
        return False
    if marks.by_type(block):
        return True
    if is_upper(text):
        return known or (block.gap and i > 0 and marks.capitals)
    if not following:
        return False
    if (_closed(text) and known) or _ABOUT_NAME.fullmatch(text):
        return True
    if marks.typed or marks.capitals:
        return known and block.gap and _items_follow(following) and len(text.split()) <= 8
    return block.gap and before is not None and _stands_alone(text, following)


def _stands_alone(text: str, following: tuple[Block, ...]) -> bool:
    """Where nothing marks headings: a line alone above a list, a paragraph or several lines is one."""
    if not following[0].gap and not _items_follow(following) and len(following[0].text) <= 100:
        return False
    if following[0].level is not None or len(following[0].text) > 100:
        return len(text.split()) <= 8
    several = len(following) > 1 and not following[1].gap
    return several and len(text.split()) <= 6


def run_in(block: Block) -> tuple[Topic, int] | None:
    """Topic and length of a heading that runs into its text ("As for you: ..."), None without one."""
    found = _RUN_IN.match(block.text)
    if found is None or len(found[1].split()) > 6:
        return None
    topic = topic_of(found[1])
    return (topic, found.end()) if topic is not None else None


def sections(found: tuple[Block, ...]) -> tuple[Section, ...]:
    """The posting cut at its headings, in order; the first section has no heading and may be empty."""
    marks = _Marks(found)
    parts: list[Section] = []
    heading: Block | None = None
    topic, parent, depth = Topic.OTHER, Topic.OTHER, 0.0
    under: list[Block] = []
    for i, block in enumerate(found):
        if not _is_heading(found, i, marks):
            under.append(block)
            continue
        parts.append(Section(topic, heading, tuple(under)))
        named = topic_of(block.text)
        weight = block.size + block.bold + is_upper(block.text)
        if named is None:
            # A heading in unknown words below a known one of greater weight is its subheading.
            inherits = parent is not Topic.OTHER and weight < depth and not is_upper(block.text)
            named = parent if inherits else Topic.OTHER
            if not inherits:
                parent, depth = Topic.OTHER, weight
        elif not block.text.endswith(":") or marks.by_type(block) or is_upper(block.text):
            parent, depth = named, weight
        heading, topic, under = block, named, []
    parts.append(Section(topic, heading, tuple(under)))
    return tuple(parts)
