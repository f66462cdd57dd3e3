"""ODT to Document, straight from its XML: text, lists, tables, frames, headers and footers."""

from __future__ import annotations

from dataclasses import replace

from matcher.documents.archive import Archive
from matcher.documents.assemble import LineBuilder
from matcher.documents.odt_styles import DRAW, OFFICE, STYLE, TEXT, Styles, TextStyle
from matcher.documents.safe_xml import Element, parse_xml
from matcher.errors import CorruptDocumentError
from matcher.settings import Limits
from matcher.types import Document, SetAsideKind

_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_NOT_SHOWN = frozenset(
    {
        TEXT + "tracked-changes",
        TEXT + "page-number",
        TEXT + "page-count",
        TEXT + "note-citation",
        TEXT + "sequence-decls",
        TEXT + "variable-decls",
        TEXT + "user-field-decls",
        TEXT + "table-of-content",
        TEXT + "bookmark-ref",
        OFFICE + "annotation",
        OFFICE + "forms",
        OFFICE + "event-listeners",
    }
)
_HIDDEN = {TEXT + "hidden-text", TEXT + "hidden-paragraph"}
_MOST_SPACES = 100  # one text:s may claim any number


def read_odt(archive: Archive, sha256: str, limits: Limits) -> Document:
    """The Document of an ODT: header, text, footer; hidden text and placeholders set aside."""
    content = parse_xml(archive.read("content.xml"), "content.xml")
    roots = [content]
    if "styles.xml" in archive.names:
        roots.insert(0, parse_xml(archive.read("styles.xml"), "styles.xml"))
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise CorruptDocumentError(
            "The file has no text body: export it again from the program that made it."
        )
    builder = LineBuilder(limits)
    writer = _Writer(builder, Styles(roots))
    for name in ("header", "footer"):
        if name == "footer":
            builder.blank()
            writer.blocks(body)
        for frame in _page_frames(roots[0], name):
            builder.blank()
            writer.blocks(frame)
            builder.blank()
    return builder.document(_MEDIA_TYPE, sha256)


def _page_frames(styles: Element, name: str) -> list[Element]:
    """Headers or footers of the master pages, each text once."""
    found: dict[str, Element] = {}
    for master in styles.iter(STYLE + "master-page"):
        for frame in master:
            if (
                frame.tag in (STYLE + name, STYLE + name + "-first")
                and frame.get(STYLE + "display") != "false"
            ):
                found.setdefault("".join(frame.itertext()).strip(), frame)
    return [frame for text, frame in found.items() if any(map(str.isalnum, text))]


class _Writer:
    def __init__(self, builder: LineBuilder, styles: Styles) -> None:
        self._builder = builder
        self._styles = styles
        self._base = styles.default()

    def blocks(self, parent: Element, level: int = -1, list_style: str | None = None) -> None:
        """Write the blocks in `parent`; `level` is the depth of the list they stand in, -1 for none."""
        for element in parent:
            tag = element.tag
            if tag in (TEXT + "p", TEXT + "h"):
                self._paragraph(element, level if level >= 0 else None)
            elif tag == TEXT + "list":
                self._list(element, level + 1, element.get(TEXT + "style-name") or list_style)
            elif tag == _TABLE + "table":
                self._table(element)
            elif tag == TEXT + "section" and element.get(TEXT + "display") == "none":
                self._builder.hide("".join(element.itertext()), "hidden by format (hidden section)")
            elif tag == DRAW + "frame":
                self._frame(element)
            elif isinstance(tag, str) and tag not in _NOT_SHOWN:
                self.blocks(element, level, list_style)

    def _list(self, parent: Element, level: int, list_style: str | None) -> None:
        for item in parent:
            marked = item.tag == TEXT + "list-item" and self._styles.shows_marker(list_style, level)
            first = True
            for element in item:
                if element.tag in (TEXT + "p", TEXT + "h"):
                    self._paragraph(element, level if marked else None, continues=not first)
                    first = False
                elif element.tag == TEXT + "list":
                    self._list(element, level + 1, element.get(TEXT + "style-name") or list_style)

    def _table(self, table: Element) -> None:
        self._builder.blank()
        for row in table.iter(_TABLE + "table-row"):
            if _table_of(row) is not table:
                continue
            self._builder.start_row()
            for cell in row:
                if cell.tag == _TABLE + "table-cell":
                    outer = self._base
                    name = cell.get(_TABLE + "style-name")
                    self._base = self._styles.applied(outer, "table-cell", name)
                    self.blocks(cell)
                    self._base = outer
                    self._builder.end_cell()
            self._builder.end_row()
        self._builder.blank()

    def _frame(self, frame: Element) -> None:
        for box in frame.iter(DRAW + "text-box"):
            if next(box.iterancestors(DRAW + "frame")) is not frame:
                continue
            outer = self._base
            if self._styles.is_filled(frame.get(DRAW + "style-name")):
                self._base = replace(outer, background=None)
            self._builder.blank()
            self.blocks(box)
            self._builder.blank()
            self._base = outer

    def _paragraph(self, paragraph: Element, level: int | None, continues: bool = False) -> None:
        style = self._styles.applied(self._base, "paragraph", paragraph.get(TEXT + "style-name"))
        outline = paragraph.get(TEXT + "outline-level") or "1"
        if paragraph.tag == TEXT + "h":
            style = replace(style, heading=int(outline) if outline.isdigit() else 1)
        builder = self._builder
        frames = [frame for frame in paragraph.iter(DRAW + "frame") if _paragraph_of(frame) is paragraph]
        if not "".join(paragraph.itertext()).strip():
            builder.blank()
        heading = style.heading is not None
        if heading:
            builder.blank()
        if level is None or heading:
            builder.newline(heading=heading)
        else:
            builder.newline(bullet=not continues, indent=level + continues)
        self._inline(paragraph, style, None)
        builder.paragraph()
        for frame in frames:
            self._frame(frame)

    def _inline(self, parent: Element, style: TextStyle, url: str | None) -> None:
        self._write(parent.text, style, url)
        for element in parent:
            tag = element.tag
            if tag == TEXT + "s":
                count = element.get(TEXT + "c") or "1"
                self._write(" " * min(int(count) if count.isdigit() else 1, _MOST_SPACES), style, url)
            elif tag == TEXT + "tab":
                self._write("\t", style, url)
            elif tag == TEXT + "line-break":
                self._write("\n", style, url)
            elif tag == TEXT + "span":
                named = self._styles.applied(style, "text", element.get(TEXT + "style-name"))
                self._inline(element, replace(named, heading=style.heading), url)
            elif tag == TEXT + "a":
                self._inline(element, style, element.get(_XLINK + "href") or url)
            elif tag == TEXT + "placeholder":
                self._builder.hide("".join(element.itertext()), "unfilled form field", SetAsideKind.TEMPLATE)
            elif tag in _HIDDEN:
                text = element.get(TEXT + "string-value") or "".join(element.itertext())
                self._builder.hide(text, "hidden by format (hidden text)")
            elif tag == TEXT + "note":
                self._inline_note(element, style)
            elif isinstance(tag, str) and tag not in _NOT_SHOWN and tag != DRAW + "frame":
                self._inline(element, style, url)
            self._write(element.tail, style, url)

    def _inline_note(self, note: Element, style: TextStyle) -> None:
        for body in note.iter(TEXT + "note-body"):
            self._write(f" ({' '.join(''.join(body.itertext()).split())})", style, None)

    def _write(self, text: str | None, style: TextStyle, url: str | None) -> None:
        if not text:
            return
        if text not in ("\t", "\n") and not text.isspace():
            text = " ".join(text.replace("\t", " ").replace("\n", " ").split(" "))
        hidden = style.hidden
        if hidden:
            self._builder.hide(text, hidden)
        else:
            self._builder.text(text, bold=style.bold, size=style.size, url=url)


def _table_of(row: Element) -> Element:
    return next(row.iterancestors(_TABLE + "table"), None)


def _paragraph_of(frame: Element) -> Element:
    return next(frame.iterancestors(TEXT + "p", TEXT + "h"), None)
