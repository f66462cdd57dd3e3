"""Skills as the resume lists them: lists cut at commas, semicolons, bullets and tabs, not inside brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.resumes.paragraphs import paragraphs
from matcher.resumes.rows import Row
from matcher.types import Skill, Span

_LABEL = re.compile(r"^[^\W\d_][^:,;.\n]{1,40}:(?=\s|$)")
_EDGE = " \t\n,;:.•·|–—*-"
_LEVEL = re.compile(
    r"\s{0,9}[\[(](?:expert|advanced|intermediate|beginner|basic|proficient|fluent|\d{1,9}\+? ?(?:years?|yrs?"
    r"|/\s?\d{1,9})[^)\]]*)[)\]]$",
    re.I,
)
_MOST_WORDS, _MOST_CHARACTERS = 8, 70


def cut_list(text: str, span: Span) -> list[Span]:
    """The items of a list in `span`, trimmed; separators inside brackets do not count."""
    items: list[Span] = []
    depth = 0
    start = span.start
    for i in range(span.start, span.end):
        c = text[i]
        if c in "([{":
            depth += 1
        elif c in ")]}":
            depth = max(0, depth - 1)
        elif (c in ",;•·|\t，、；" and depth == 0) or (c in "•|\t" and depth < 2):
            if c == "," and i + 1 < span.end and text[i + 1].isdigit() and text[i - 1].isdigit():
                continue
            items.append(Span(start, i))
            start = i + 1
    items.append(Span(start, span.end))
    return [item for item in (_trimmed(text, item) for item in items) if item.end > item.start]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while (
        start < end
        and text[start] in _EDGE
        and not (text[start] == "." and text[start + 1 : start + 2].isalpha())
    ):
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def find_skills(text: str, rows: Sequence[Row]) -> list[Skill]:
    """The skills of one skills section, in order, each once. Sentences are not skills and are left out."""
    found: list[Skill] = []
    seen: set[str] = set()
    for group in paragraphs(rows):
        span = Span(group[0].body.start, group[-1].body.end)
        label = _LABEL.match(text[span.start : span.end])
        if label:
            span = Span(span.start + label.end(), span.end)
        for item in cut_list(text, span):
            name = _LEVEL.sub("", " ".join(text[item.start : item.end].split()))
            if name.lower().startswith(("and ", "or ")):
                name = name.split(" ", 1)[1]
            key = name.casefold()
            if not name or key in seen or len(name) > _MOST_CHARACTERS or len(name.split()) > _MOST_WORDS:
                continue
            if not any(c.isalnum() for c in name):
                continue
            seen.add(key)
            found.append(Skill(name, item))
    return found
