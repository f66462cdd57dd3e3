"""DOCX to Document, straight from its XML: body, tables, text boxes, headers, footers, footnotes.

python-docx gives neither text boxes nor revisions, fields or hidden text, so the parts are walked here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from matcher.documents.archive import Archive
from matcher.documents.assemble import LineBuilder
from matcher.documents.docx_runs import Inline, Piece
from matcher.documents.docx_styles import ParagraphStyle, RunStyle, Styles, W, attribute, is_on, shaded
from matcher.documents.safe_xml import Element, parse_xml
from matcher.errors import CorruptDocumentError
from matcher.settings import Limits
from matcher.types import Document, SetAsideKind

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# ISO 29500 Strict names the same elements in other namespaces; reading them as the usual ones is enough.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _R[1:-1].encode()),
)
_PAGE_NUMBER = re.compile(r"(?:page|seite|p\.|s\.|\W)*(?:of|von|/|\W)*", re.IGNORECASE)
_LINE_HEIGHT = 12.0  # points; a shape that is drawn behind text covers so many paragraphs below its anchor


@dataclass(frozen=True, slots=True)
class _Part:
    """One XML part with the targets of its relationships by id."""

    root: Element
    targets: dict[str, str]


def read_docx(archive: Archive, sha256: str, limits: Limits) -> Document:
    """The Document of a DOCX: header, body, footnotes, footer; hidden text and placeholders set aside."""
    main = _main_part(archive)
    styles = Styles(_root(archive, main, "styles"), _root(archive, main, "numbering"))
    builder = LineBuilder(limits)
    document = _part(archive, main)
    body = document.root.find(W + "body")
    if body is None:
        raise CorruptDocumentError(
            "The file has no document body: export it again from the program that made it."
        )
    _write_frames(builder, archive, main, document, styles, "headerReference")
    _Writer(builder, styles, document.targets).blocks(body, styles.style(None))
    notes = _root(archive, main, "footnotes")
    if notes is not None:
        builder.blank()
        for note in notes.iter(W + "footnote"):
            if attribute(note, "type") in (None, "normal"):
                _Writer(builder, styles, {}).blocks(note, styles.style(None))
    _write_frames(builder, archive, main, document, styles, "footerReference")
    return builder.document(_MEDIA_TYPE, sha256)


# --- parts


def _parse(archive: Archive, name: str) -> Element:
    data = archive.read(name)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return parse_xml(data, name)


def _relationships(archive: Archive, name: str) -> Iterator[tuple[str, str, str]]:
    """(id, kind, target) of each relationship of part `name`; targets inside the file are full names."""
    folder, base = posixpath.split(name)
    path = posixpath.join(folder, "_rels", base + ".rels")
    if path not in archive.names:
        return
    for relation in parse_xml(archive.read(path), path).iter(_RELATIONSHIPS + "Relationship"):
        target = relation.get("Target") or ""
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        yield relation.get("Id") or "", (relation.get("Type") or "").rpartition("/")[2], target


def _main_part(archive: Archive) -> str:
    for _, kind, target in _relationships(archive, ""):
        if kind == "officeDocument" and target in archive.names:
            return target
    return "word/document.xml"


def _part(archive: Archive, name: str) -> _Part:
    targets = {key: target for key, kind, target in _relationships(archive, name) if kind == "hyperlink"}
    return _Part(_parse(archive, name), targets)


def _root(archive: Archive, main: str, kind: str) -> Element:
    """The part that `main` relates to as `kind`, None where there is none."""
    for _, found, target in _relationships(archive, main):
        if found == kind and target in archive.names:
            return _parse(archive, target)
    return None


def _write_frames(
    builder: LineBuilder, archive: Archive, main: str, document: _Part, styles: Styles, reference: str
) -> None:
    """Write each header or footer that pages show, once, whatever sections repeat it."""
    targets = {key: target for key, _, target in _relationships(archive, main)}
    names: list[str] = []
    for section in document.root.iter(W + "sectPr"):
        title_page = section.find(W + "titlePg")
        kinds = ("first", "default") if title_page is not None and is_on(title_page) else ("default",)
        found = {
            attribute(ref, "type"): targets.get(ref.get(_R + "id") or "")
            for ref in section.iter(W + reference)
        }
        names += [name for kind in kinds if (name := found.get(kind)) and name in archive.names]
    seen: set[str] = set()
    for name in dict.fromkeys(names):
        part = _part(archive, name)
        text = "".join(
            piece.text for paragraph in part.root.iter(W + "p") for piece in Inline({}).pieces(paragraph)
        )
        if _PAGE_NUMBER.fullmatch(text.strip()) or text in seen:
            continue
        seen.add(text)
        builder.blank()
        _Writer(builder, styles, part.targets).blocks(part.root, styles.style(None))
        builder.blank()


# --- blocks


class _Writer:
    def __init__(self, builder: LineBuilder, styles: Styles, targets: dict[str, str]) -> None:
        self._builder = builder
        self._styles = styles
        self._targets = targets
        self._covered = 0  # so many paragraphs to come stand on a drawn shape of unknown colour

    def blocks(self, parent: Element, base: ParagraphStyle) -> None:
        """Write the paragraphs and tables in `parent`; `base` carries the shading they stand on."""
        for element in parent:
            if element.tag == W + "p":
                self._paragraph(element, base)
            elif element.tag == W + "tbl":
                self._table(element, base)
            elif element.tag == W + "sdt":
                content = element.find(W + "sdtContent")
                if content is not None and not self._is_placeholder(element, content):
                    self.blocks(content, base)
            elif element.tag in (W + "ins", W + "moveTo", W + "customXml", W + "smartTag"):
                self.blocks(element, base)

    def _is_placeholder(self, sdt: Element, content: Element) -> bool:
        """Set aside a form field that still shows its prompt; True when it does."""
        shown = sdt.find(f"{W}sdtPr/{W}showingPlcHdr")
        if shown is None or not is_on(shown):
            return False
        for paragraph in content.iter(W + "p"):
            text = "".join(piece.text for piece in Inline({}).pieces(paragraph))
            self._builder.hide(text, "unfilled form field", SetAsideKind.TEMPLATE)
        return True

    def _table(self, table: Element, base: ParagraphStyle) -> None:
        self._builder.blank()
        name = attribute(table.find(f"{W}tblPr/{W}tblStyle"))
        background = self._styles.shading(name).background if name else base.run.background
        base = replace(base, run=replace(base.run, background=background))
        for row in _rows(table):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            self._builder.start_row()
            for cell in _cells(row):
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                if merged is None or attribute(merged) == "restart":
                    self.blocks(cell, shaded(base, cell.find(f"{W}tcPr/{W}shd")))
                self._builder.end_cell()
            self._builder.end_row()
        self._builder.blank()

    def _paragraph(self, paragraph: Element, base: ParagraphStyle) -> None:
        properties = paragraph.find(W + "pPr")
        named = self._styles.style(
            attribute(properties.find(W + "pStyle")) if properties is not None else None
        )
        if named.run.background == RunStyle().background:
            named = replace(named, run=replace(named.run, background=base.run.background))
        style = self._styles.paragraph(named, properties)
        inline = Inline(self._targets)
        pieces = list(inline.pieces(paragraph))
        self._covered = max(self._covered - 1, round(inline.shape_height / _LINE_HEIGHT))
        if self._covered > 0:
            style = replace(style, run=replace(style.run, background=None))
        self._write_pieces(pieces, style)
        for box in inline.boxes:
            self._builder.blank()
            unknown = replace(
                base, run=replace(base.run, background=None if box.filled else base.run.background)
            )
            self.blocks(box.content, unknown)
            self._builder.blank()

    def _write_pieces(self, pieces: list[Piece], style: ParagraphStyle) -> None:
        builder = self._builder
        text = "".join(piece.text for piece in pieces)
        if not text.strip():
            if not pieces or not text:
                builder.blank()
            return
        heading = style.heading is not None
        if heading:
            builder.blank()
        builder.newline(
            bullet=self._styles.is_item(style) and not heading, indent=style.level, heading=heading
        )
        for piece in pieces:
            run = self._styles.run(style.run, piece.properties)
            if piece.placeholder:
                builder.hide(piece.text, "unfilled form field", SetAsideKind.TEMPLATE)
            elif run.hidden:
                builder.hide(piece.text, run.hidden)
            else:
                text = _symbols(piece.text) if run.symbol_font else piece.text
                builder.text(text, bold=run.bold, size=run.size, url=piece.url)
        builder.paragraph()


def _symbols(text: str) -> str:
    """Text set in a symbol font shows glyphs, whatever its letters: bullets, ticks, telephones."""
    return "".join(char if char.isspace() else "•" for char in text)


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if element.tag == W + "tr":
            yield element
        elif element.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        if element.tag == W + "tc":
            yield element
        elif element.tag in (W + "sdt", W + "sdtContent", W + "customXml"):
            yield from _cells(element)
