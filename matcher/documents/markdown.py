"""Markdown to Document: mark-up becomes HTML (markdown-it), and is read as HTML is."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from matcher.documents.assemble import LineBuilder
from matcher.documents.html import write_html
from matcher.settings import Limits
from matcher.types import Document

_FRONT_MATTER = re.compile(
    r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<body>(?:[^\n]*\n)*?)(?P=fence)[ \t]*(?:\n|$)"
)
_COMMENT = re.compile(r"<!--(?:.*?-->|.*\Z)", re.DOTALL)
_LIQUID_COMMENT = re.compile(r"\{%-?\s*comment\b[^%]*%\}(?:.*?\{%-?\s*endcomment\b[^%]*%\}|.*\Z)", re.DOTALL)
_LIQUID_INCLUDE = re.compile(r"\{%-?\s*include\s+(?:[\w./-]*/)?(?P<name>[\w-]+)(?:\.\w+)?(?P<given>[^%]*)%\}")
_LIQUID_TAG = re.compile(r"\{%[^%\n]*%\}")
_LIQUID_VALUE = re.compile(r"\{\{-?\s*(?:(?:page|site|post)\.)?(?P<name>[\w.-]{0,80})[^{}\n]{0,300}\}\}")
_GIVEN = re.compile(r"""\b(?:min|max)\s*=\s*["']([^"'\n]+)["']""")
_LINK_TO_LIQUID = re.compile(r"\]\(\s*\{%[^)\n]{0,300}\)")
_ANCHOR = re.compile(r"[ \t]{1,4}\{[#.:][^{}\n]{0,80}\}[ \t]{0,4}$", re.MULTILINE)
_TIGHT_HEADING = re.compile(r"^( {0,3}#{2,6})(?=\w)", re.MULTILINE)
_GLYPH_ITEM = re.compile(r"^([ \t]*)[•●▪◦‣∙·][ \t]+", re.MULTILINE)
_KEY = re.compile(r"(?P<name>[A-Za-z][\w -]{0,60}):[ \t]*(?P<value>[^\n]*)")
_TITLE_HEADING = re.compile(r"^ {0,3}#[ \t]+\S|<h1\b|^[^\n]+\n=+[ \t]*$", re.MULTILINE | re.IGNORECASE)


def read_markdown(text: str, sha256: str, limits: Limits) -> Document:
    """The Document of Markdown text: headings, items, links and tables, no mark-up left.

    Front matter is dropped but for its title, which heads a text without a first-level heading, and for
    what the text itself refers to by name ({{ page.title }}, {% include key_objectives.html %}).
    Line breaks stay: people break lines in Markdown where they mean to.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front: dict[str, str] = {}
    found = _FRONT_MATTER.match(text)
    if found:
        front = _front_matter(found.group("body"))
        text = text[found.end() :]
    text = _LIQUID_COMMENT.sub("", _COMMENT.sub("", text))
    text = _ANCHOR.sub("", _fill_in(text, front))
    title = front.get("title", "")
    if title and not _TITLE_HEADING.search(text):
        text = f"# {title}\n\n{text}"
    text = _GLYPH_ITEM.sub(r"\1- ", _TIGHT_HEADING.sub(r"\1 ", text))
    renderer = (
        MarkdownIt("commonmark", {"breaks": True, "html": True})
        .enable(["table", "strikethrough"])
        .disable("code")
    )
    builder = LineBuilder(limits)
    write_html(builder, renderer.render(text), loose=True)
    return builder.document("text/markdown", sha256)


def _front_matter(body: str) -> dict[str, str]:
    """Key to value of the top-level keys; a value over several lines keeps them. Comments are dropped."""
    found: dict[str, str] = {}
    name = None
    for line in body.split("\n"):
        if line.lstrip().startswith("#"):
            continue
        key = _KEY.fullmatch(line.replace(" = ", ": ", 1) if " = " in line.partition(":")[0] else line)
        if key:
            name = key.group("name").strip().lower()
            found[name] = key.group("value").strip().strip("\"'")
        elif name and (line[:1] in " \t-" or not line):
            found[name] += f"\n{line}"
    return {name: value.rstrip() for name, value in found.items()}


def _fill_in(text: str, front: dict[str, str]) -> str:
    def included(match: re.Match[str]) -> str:
        name = match.group("name").replace("_", " ").replace("-", " ")
        listed = front.get(name, "")
        if "\n" in listed.strip():
            return f"\n{listed}\n"
        given = _GIVEN.findall(match.group("given"))
        return f"{name.capitalize()}: {' - '.join(given)}" if given else ""

    def value(match: re.Match[str]) -> str:
        found = front.get(match.group("name").replace("_", " "), "")
        return "" if "\n" in found else found

    text = _LIQUID_INCLUDE.sub(included, text)
    text = _LINK_TO_LIQUID.sub("](#)", text)
    return _LIQUID_VALUE.sub(value, _LIQUID_TAG.sub("", text))
