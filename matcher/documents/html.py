"""HTML to Document, through lexbor (selectolax): what a browser would show, as lines."""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from matcher.documents import css
from matcher.documents.assemble import LineBuilder
from matcher.documents.html_style import Style, styled
from matcher.errors import CorruptDocumentError
from matcher.settings import Limits
from matcher.types import Document

_DROPPED = frozenset(
    "head script style nav template noscript svg math iframe object embed audio video canvas select "
    "option button textarea input img map rp datalist dialog title meta link".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form header hgroup html li main menu ol p pre section summary table tbody tfoot thead tr "
    "ul caption legend hr h1 h2 h3 h4 h5 h6".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_APART = frozenset("table blockquote section article hr main".split())
_SPACE = re.compile(r"[ \t\n\r\f]+")
_TAG_TEXT = re.compile(r"</(?:p|li|ul|ol|div|h[1-6]|strong|span|em|b)\s*>|<br\s*/?>", re.IGNORECASE)
_ESCAPED_TAG_TEXT = re.compile(r"&lt;/(?:p|li|ul|ol|div|h[1-6]|strong|span|em|b)\s*&gt;", re.IGNORECASE)
_MSO_LEVEL = re.compile(r"mso-list:[^;]*?level(\d)")
_ESCAPINGS = 3  # how often a fragment may be escaped inside another
_DEEPEST = 2_000  # open elements; lexbor's time grows with the square of the depth
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NEVER_OPEN = frozenset(
    "p li dt dd tr td th thead tbody tfoot option br hr img input meta link wbr col area base source "
    "track".split()
)
_MATCHES = 400_000  # element-rule pairs; a style sheet that asks for more is not a resume's


_PLAIN = Style()


@dataclass(slots=True)
class _Item:
    """An open list item; its first line carries the bullet."""

    level: int
    used: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    """What an element's children inherit."""

    style: Style = _PLAIN
    url: str | None = None
    items: tuple[_Item, ...] = ()
    lists: int = 0
    heading: bool = False
    code: bool = False
    cells: bool = False  # each child is a cell of a row
    escapings: int = 0


@dataclass(slots=True)
class _Step:
    node: LexborNode | None
    context: _Context
    closes: str = ""
    outer: _Context = field(default_factory=_Context)


def read_html(text: str, sha256: str, limits: Limits) -> Document:
    """The Document of an HTML page or fragment; JSON-LD blocks go to `embedded`, verbatim."""
    builder = LineBuilder(limits)
    write_html(builder, text)
    return builder.document("text/html", sha256)


def write_html(builder: LineBuilder, text: str, *, loose: bool = False) -> None:
    """Write what a browser would show of `text` to `builder`; `loose` leaves an empty line after paragraphs.

    Raises CorruptDocumentError when elements nest too deep.
    """
    if _ESCAPED_TAG_TEXT.search(text) and not _TAG_TEXT.search(text):
        text = entities.unescape(text)
    _check_depth(text)
    parser = LexborHTMLParser(text)
    for node in parser.css('script[type="application/ld+json"]'):
        builder.embedded.append(node.text())
    _Writer(builder, _declared(parser), loose).write(parser.root)


def _check_depth(text: str) -> None:
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        if tag.group(2).lower() in _NEVER_OPEN:
            continue
        depth = max(0, depth + (-1 if tag.group(1) else 1))
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise CorruptDocumentError(
            f"The page nests {deepest:,} elements in each other; the limit is {_DEEPEST:,}. "
            "Export it again from the program that made it."
        )


def _declared(parser: LexborHTMLParser) -> dict[int, dict[str, str]]:
    """Declarations from style sheets by element, the stronger rules over the weaker."""
    found: dict[int, dict[str, str]] = {}
    pairs = 0
    for rule in css.rules(node.text() for node in parser.css("style")):
        try:
            nodes = parser.css(rule.selector)
        except SelectolaxError:
            continue
        pairs += len(nodes)
        if pairs > _MATCHES:
            break
        for node in nodes:
            found.setdefault(node.mem_id, {}).update(rule.declared)
    return found


class _Writer:
    """Walks a tree without recursion, so that depth costs no stack."""

    def __init__(self, builder: LineBuilder, declared: dict[int, dict[str, str]], loose: bool) -> None:
        self._builder = builder
        self._loose = loose
        self._broken = False  # the open paragraph has a line break in it
        self._declared = declared
        self._steps: list[_Step] = []

    def write(self, root: LexborNode | None) -> None:
        """Write `root` and everything below it."""
        if root is None:
            return
        self._steps.append(_Step(root, _Context()))
        while self._steps:
            step = self._steps.pop()
            if step.node is None:
                self._close(step)
            elif step.node.is_text_node:
                self._text(step.node.text_content or "", step.context)
            elif step.node.is_element_node:
                self._open(step.node, step.context)

    def _open(self, node: LexborNode, outer: _Context) -> None:
        tag = node.tag or ""
        attributes = node.attributes
        if tag in _DROPPED or attributes.get("role") == "navigation":
            return
        declared = self._declared.get(node.mem_id, {})
        inline = attributes.get("style")
        if inline:
            declared = {**declared, **css.declarations(inline)}
        style = styled(outer.style, tag, attributes, declared)
        context = replace(outer, style=style, cells=style.row)
        context = self._enter(tag, attributes, context, outer)
        self._steps.append(_Step(None, context, tag, outer))
        children = []
        child = node.child
        while child is not None:
            children.append(child)
            child = child.next
        self._steps.extend(_Step(child, context) for child in reversed(children))

    def _enter(
        self, tag: str, attributes: dict[str, str | None], context: _Context, outer: _Context
    ) -> _Context:
        builder, style = self._builder, context.style
        if tag == "br":
            if builder.line_is_open:
                self._break(context)
                self._broken = True
            else:
                builder.blank()
            return context
        if tag == "a":
            return replace(context, url=attributes.get("href") or context.url)
        if tag in ("ul", "ol", "menu", "dir"):
            context = replace(context, lists=context.lists + 1)
        elif tag == "li":
            context = replace(context, items=(*context.items, _Item(max(0, context.lists - 1))))
        elif tag == "p" and "mso-list" in (attributes.get("style") or ""):
            level = _MSO_LEVEL.search(attributes.get("style") or "")
            context = replace(context, items=(_Item(int(level.group(1)) - 1 if level else 0),))
        elif tag in _HEADINGS:
            context = replace(context, heading=True)
        elif tag in ("code", "pre"):
            context = replace(context, code=True)
        if tag == "tr" or style.row:
            self._break(outer)
            builder.start_row()
            return replace(context, items=() if tag == "tr" else context.items)
        if tag in ("td", "th"):
            return replace(context, items=(), lists=0)
        if self._is_block(tag, style):
            self._separate(tag, outer)
            self._break(context)
        elif style.floats_right and builder.line_is_open:
            builder.text("\t")
        elif style.display == "inline-block" and builder.line_is_open:
            builder.text(" ")
        return context

    def _close(self, step: _Step) -> None:
        tag, builder = step.closes, self._builder
        if tag in ("td", "th"):
            builder.end_cell()
        elif tag == "tr" or step.context.style.row:
            builder.end_row()
            self._break(step.outer)
        elif self._is_block(tag, step.context.style):
            self._separate(tag, step.outer)
            self._break(step.outer)
        elif step.context.style.display == "inline-block" and builder.line_is_open:
            builder.text(" ")
        if step.outer.cells:
            builder.end_cell()

    def _is_block(self, tag: str, style: Style) -> bool:
        if style.display in ("inline", "inline-block", "contents"):
            return tag in _HEADINGS
        return tag in _BLOCKS or style.display in ("block", "flex", "grid", "list-item", "table")

    def _separate(self, tag: str, outer: _Context) -> None:
        """Leave the space that a browser would: around headings and tables, between paragraphs of prose."""
        if outer.items and outer.items[-1].used:
            return
        apart = self._broken or (self._loose and not outer.items)
        self._broken = False
        if tag in _HEADINGS or tag in _APART or (tag == "p" and apart):
            self._builder.blank()
        elif tag in ("p", "ul", "ol"):
            self._builder.paragraph()

    def _break(self, context: _Context) -> None:
        item = context.items[-1] if context.items else None
        if item is None:
            self._builder.newline(heading=context.heading)
        elif item.used:
            self._builder.newline(indent=item.level + 1)
        else:
            self._builder.newline(bullet=True, indent=item.level)

    def _text(self, text: str, context: _Context) -> None:
        hidden = context.style.hidden
        if hidden:
            self._builder.hide(_SPACE.sub(" ", text), hidden)
            return
        if not context.code and context.escapings < _ESCAPINGS and self._unescape(text, context):
            return
        if not context.style.keeps_newlines:
            text = _SPACE.sub(" ", text)
        if not text.strip(" \t\n"):
            if text.isspace() and "\xa0" in text and not self._builder.line_is_open:
                self._builder.blank()  # a paragraph of one no-break space is how editors write an empty line
                self._break(context)
            elif self._builder.line_is_open:
                self._builder.text(text)
            return
        self._builder.text(text, bold=context.style.bold, size=context.style.size, url=context.url)
        for item in context.items:
            item.used = True

    def _unescape(self, text: str, context: _Context) -> bool:
        """Write text that is itself mark-up, as exports carry it; False when it is not."""
        if _ESCAPED_TAG_TEXT.search(text):
            text = entities.unescape(text)
        if not _TAG_TEXT.search(text):
            return False
        _check_depth(text)
        body = LexborHTMLParser(text).root
        if body is None:
            return False
        self._steps.append(_Step(body, replace(context, escapings=context.escapings + 1)))
        return True
