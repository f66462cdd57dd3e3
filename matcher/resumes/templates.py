"""Unfilled templates: placeholder text that nobody replaced, set aside and never scored."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.types import Document, SetAside, SetAsideKind, Snippet, Span

_TEMPLATE = re.compile(
    r"\[(?:(?-i:[a-z][a-z /&,'’-]{2,60})|[XYZ]|#+|\.{2,}|(?:insert|your|enter|add|company|employer|job title"
    r"|position|name|date|dates|number|city"
    r"|degree|school|university|month|year|industry|skill|skills|metric|result)\b[^\]\n]{0,60})\]"
    r"|<(?:insert|your|enter|company|name|job title|position)\b[^>\n]{0,60}>"
    r"|\blorem ipsum\b|\byour (?:full )?name here\b|\b(?:insert|enter|type) (?:your|text|name"
    r"|job title) [^\n]{0,20}\bhere\b"
    r"|\bmonth year\s{0,9}[-–—]\s{0,9}month year\b|\bxx+%|\bX{2,}\s{1,9}(?:years|people|employees)\b",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"[\[<]|lorem ipsum|month year|xx|(?:your|insert|enter|type) [^\n]{0,40}here", re.IGNORECASE
)
_SMALL = re.compile(r"\[(?:sic|online|in press|online\])\]?", re.IGNORECASE)


def set_templates_aside(
    document: Document, snippets: Sequence[Snippet]
) -> tuple[list[Snippet], list[SetAside]]:
    """The snippets without those that hold an unfilled placeholder, and what was set aside."""
    if not _MARKED.search(document.text):
        return list(snippets), []
    kept: list[Snippet] = []
    aside: list[SetAside] = []
    for snippet in snippets:
        match = _TEMPLATE.search(snippet.text)
        if match is None or _SMALL.match(match[0]):
            kept.append(snippet)
            continue
        span = Span(*snippet.span)
        aside.append(
            SetAside(
                SetAsideKind.TEMPLATE,
                "an unfilled placeholder of a template",
                snippet.text,
                document.places(span),
                span,
            )
        )
    return kept, aside
