"""Editing a Document as if its file had said something else: words replaced, lines added, geometry kept."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from matcher.types import Document, Line, Link, Span


class Edit(NamedTuple):
    """The words that stand in place of a span; an empty span inserts."""

    span: Span
    words: str


def edited(document: Document, edits: Iterable[Edit]) -> Document:
    """The document with `edits` made, lines, links and what was set aside moved along.

    Of edits that overlap the first counts. Lines keep page, box, size and weight, so that what a parser takes
    from the layout stays; a line that a new word breaks becomes several. The hash is kept: the candidate's
    id, and with it the order among equal scores, must not change with the words.
    """
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda item: (item.span.start, -item.span.end)):
        if not kept or edit.span.start >= kept[-1].span.end:
            kept.append(edit)
    if not kept:
        return document
    starts = [edit.span.start for edit in kept]
    gained = [0, *accumulate(len(edit.words) - (edit.span.end - edit.span.start) for edit in kept)]

    def place_of(offset: int, before: int) -> int:
        """Where `offset` comes to stand; `before` edits begin ahead of it."""
        if before and offset < kept[before - 1].span.end:  # within the words that went
            edit = kept[before - 1]
            return edit.span.start + gained[before - 1] + min(offset - edit.span.start, len(edit.words))
        return offset + gained[before]

    def moved(span: Span) -> Span:
        """The span at its new place; words put in at its start or end belong to it."""
        start = place_of(span.start, bisect_left(starts, span.start))
        return Span(start, max(start, place_of(span.end, bisect_right(starts, span.end))))

    pieces, at = [], 0
    for edit in kept:
        pieces += [document.text[at : edit.span.start], edit.words]
        at = edit.span.end
    text = "".join([*pieces, document.text[at:]])

    return replace(
        document,
        text=text,
        lines=tuple(
            part
            for line in document.lines
            if (span := moved(line.span)).end > span.start or line.span.end == line.span.start
            for part in _parts(text, line, span)
        ),
        links=tuple(Link(link.url, moved(link.span) if link.span else None) for link in document.links),
        set_aside=tuple(
            replace(item, span=moved(item.span) if item.span else None) for item in document.set_aside
        ),
    )


def _parts(text: str, line: Line, span: Span) -> list[Line]:
    """The line at its new place, cut where it now holds a line break."""
    found, start = [], span.start
    for words in text[span.start : span.end].split("\n"):
        found.append(replace(line, span=Span(start, start + len(words)), edges=None))
        start += len(words) + 1
    return found


def replacing(document: Document, pairs: Iterable[tuple[str, str]]) -> list[Edit]:
    """Edits that put the second of each pair wherever the first stands, across line breaks, in any case."""
    found: list[Edit] = []
    for old, new in pairs:
        for match in _pattern(old).finditer(document.text):
            found.append(Edit(Span(*match.span()), _shaped(new, match[0])))
    return found


def _pattern(words: str) -> re.Pattern[str]:
    """The words with any white space between them, and behind a hyphen, where a line may end."""
    tokens = (re.escape(token).replace(r"\-", r"-\s?") for token in words.split())
    return re.compile(r"(?<![^\W_])" + r"[ \t]*\s".join(tokens) + r"(?![^\W_])", re.IGNORECASE)


def _shaped(words: str, like: str) -> str:
    """`words` in capitals where `like` is, and on as many lines as far as there are words."""
    if like.isupper() and "@" not in like:
        words = words.upper()
    breaks = like.count("\n")
    tokens = words.split()
    first, rest = tokens[:breaks], tokens[breaks:]
    return "\n".join([*first, " ".join(rest)]) if rest else " ".join(tokens)


def renaming(document: Document, old: str, new: str) -> list[Edit]:
    """Edits that put one name for another: whole, with an initial, and its first and last word alone."""
    olds, news = old.split(), new.split()
    signed = f"{news[0][0]}. {news[-1]}" if len(news) > 1 else new
    whole = replacing(document, [(old, new), (f"{olds[0][0]}. {olds[-1]}", signed)])
    edits: list[Edit] = []
    for token, word in {olds[0]: news[0], olds[-1]: news[-1]}.items():
        if len(token.strip(".")) < 3:
            continue
        for form, put in ((token, word), (token.upper(), word.upper())):
            pattern = re.compile(rf"(?<![^\W_]){re.escape(form)}(?![^\W_])")
            edits += [Edit(Span(*match.span()), put) for match in pattern.finditer(document.text)]
    return [*whole, *(e for e in edits if not any(e.span.overlaps(other.span) for other in whole))]


def line_after(document: Document, offset: int, words: Sequence[str]) -> list[Edit]:
    """An edit that adds lines of their own behind the line that holds `offset`."""
    end = document.text.find("\n", offset)
    end = len(document.text) if end < 0 else end
    return [Edit(Span(end, end), "".join(f"\n{line}" for line in words))]
