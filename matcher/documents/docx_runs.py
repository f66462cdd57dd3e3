"""The inline content of a DOCX paragraph: runs, links, fields, symbols, and the text boxes anchored in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from matcher.documents.docx_styles import SYMBOL_FONTS, W, attribute, is_on
from matcher.documents.safe_xml import Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_EMU_PER_POINT = 12_700
_LINK = re.compile(r'\bHYPERLINK\s+(?:\\[a-z]\s+)*"([^"]{1,2000})"')
_NUMBERING_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|SEQ|TOC|XE|TC)\b", re.IGNORECASE)
_PLAIN = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_NOT_SHOWN = frozenset(
    W + name
    for name in ("pPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "rPr", "footnoteRef")
)
_TEXT_BOX = W + "txbxContent"
_FILLS = tuple(_MAIN + name for name in ("solidFill", "gradFill", "blipFill", "pattFill"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one run with its direct properties (w:rPr), its link, and whether it is a form's prompt."""

    text: str
    properties: Element = None
    url: str | None = None
    placeholder: bool = False


@dataclass(frozen=True, slots=True)
class TextBox:
    """The content of a text box; `filled` when it paints a background of its own."""

    content: Element
    filled: bool
    top: float = 0.0


@dataclass(slots=True)
class _Field:
    """A complex field between its begin and end marks: code first, result after the separator."""

    code: str = ""
    in_result: bool = False


@dataclass(slots=True)
class Inline:
    """Reads one paragraph: `pieces` first, then `boxes` and `shape_height` (points, 0 without a shape)."""

    targets: dict[str, str]
    shape_height: float = 0.0
    _boxes: list[TextBox] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)

    @property
    def boxes(self) -> list[TextBox]:
        """The text boxes anchored in the paragraph, from top to bottom."""
        return sorted(self._boxes, key=lambda box: box.top)

    def pieces(self, parent: Element, url: str | None = None, placeholder: bool = False) -> Iterator[Piece]:
        """The visible runs below `parent` in order; deleted text and field codes are not among them."""
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                yield from self._run(element, url, placeholder)
            elif tag == W + "hyperlink":
                yield from self.pieces(
                    element, self.targets.get(element.get(_R + "id") or "") or url, placeholder
                )
            elif tag == W + "fldSimple":
                code = attribute(element, "instr") or ""
                if not _NUMBERING_FIELD.match(code):
                    yield from self.pieces(element, _link_in(code) or url, placeholder)
            elif tag == W + "sdt":
                prompt = element.find(f"{W}sdtPr/{W}showingPlcHdr")
                content = element.find(W + "sdtContent")
                if content is not None:
                    asks = placeholder or (prompt is not None and is_on(prompt))
                    yield from self.pieces(content, url, asks)
            elif tag == _MC + "AlternateContent":
                yield from self.pieces(_chosen(element), url, placeholder)
            elif tag == _MATH + "t":
                yield Piece(element.text or "", None, url, placeholder)
            elif isinstance(tag, str) and tag not in _NOT_SHOWN:
                yield from self.pieces(element, url, placeholder)

    def _run(self, run: Element, url: str | None, placeholder: bool) -> Iterator[Piece]:
        properties = run.find(W + "rPr")
        for element in _children(run):
            tag = element.tag
            if tag == W + "fldChar":
                self._mark_field(attribute(element, "fldCharType"))
            elif tag == W + "instrText":
                if self._fields and not self._fields[-1].in_result:
                    self._fields[-1].code += element.text or ""
            elif tag in (W + "drawing", W + "pict", W + "object"):
                self._drawing(element)
            elif tag == W + "ruby":
                base = element.find(W + "rubyBase")
                if base is not None:
                    yield from self.pieces(base, url, placeholder)
            elif not self._is_field_code():
                text = _PLAIN.get(tag) or _run_text(element)
                if text:
                    yield Piece(text, properties, self._field_link() or url, placeholder)

    def _mark_field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _is_field_code(self) -> bool:
        return any(
            not open_field.in_result or _NUMBERING_FIELD.match(open_field.code) for open_field in self._fields
        )

    def _field_link(self) -> str | None:
        return next(
            (link for open_field in reversed(self._fields) if (link := _link_in(open_field.code))), None
        )

    def _drawing(self, drawing: Element) -> None:
        contents = [box for box in drawing.iter(_TEXT_BOX) if not _inside_box(box, drawing)]
        filled = _is_filled(drawing)
        top = _offset(drawing)
        self._boxes.extend(TextBox(content, filled, top) for content in contents)
        if filled and not contents:
            extent = next(drawing.iter(_DRAWING + "extent"), None)
            height = (extent.get("cy") or "") if extent is not None else ""
            floating = drawing.find(_DRAWING + "anchor") is not None
            if floating and height.isdigit():
                self.shape_height = max(self.shape_height, int(height) / _EMU_PER_POINT)


def _children(run: Element) -> Iterator[Element]:
    for element in run:
        if element.tag == _MC + "AlternateContent":
            yield from _children(_chosen(element))
        else:
            yield element


def _chosen(alternatives: Element) -> Element:
    """The branch of an AlternateContent to read: the first, unless only the fallback has a text box."""
    choice, fallback = alternatives.find(_MC + "Choice"), alternatives.find(_MC + "Fallback")
    if choice is None:
        return alternatives if fallback is None else fallback
    if fallback is not None and _has_text(fallback) and not _has_text(choice):
        return fallback
    return choice


def _has_text(element: Element) -> bool:
    return next(element.iter(W + "t"), None) is not None


def _inside_box(box: Element, drawing: Element) -> bool:
    """True for a text box nested in another, or in the fallback of one: read when its parent is."""
    at = box.getparent()
    while at is not None and at is not drawing:
        if at.tag in (_TEXT_BOX, _MC + "Fallback"):
            return True
        at = at.getparent()
    return False


def _is_filled(drawing: Element) -> bool:
    if any(True for name in _FILLS for _ in drawing.iter(name)):
        return True
    for shape in drawing.iter():
        if isinstance(shape.tag, str) and shape.tag.startswith("{urn:schemas-microsoft-com:vml}"):
            fill = shape.get("fillcolor")
            if (
                fill
                and fill.lower() not in ("white", "#fff", "#ffffff")
                and shape.get("filled") not in ("f", "false")
            ):
                return True
    return False


def _offset(drawing: Element) -> float:
    for position in drawing.iter(_DRAWING + "positionV"):
        offset = position.findtext(_DRAWING + "posOffset") or ""
        if offset.lstrip("-").isdigit():
            return int(offset) / _EMU_PER_POINT
    return 0.0


def _run_text(element: Element) -> str:
    if element.tag == W + "t":
        return element.text or ""
    if element.tag == W + "sym":
        code, font = attribute(element, "char") or "", (attribute(element, "font") or "").lower()
        return "•" if font in SYMBOL_FONTS else _character(code)
    return ""


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _link_in(code: str) -> str | None:
    found = _LINK.search(code)
    return found.group(1) if found else None
