"""The style sheet and the numbering of a DOCX: how a paragraph or run shows once styles are applied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from matcher.documents.colours import WHITE, Colour, alike, parse_colour
from matcher.documents.safe_xml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MICROSCOPIC = 2.0  # points
_HEADING_NAME = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|nagłówek)[ _]?(\d)", re.IGNORECASE
)
_TITLE_NAMES = frozenset({"title", "titel", "titre", "título", "titolo"})
_DEEPEST_STYLE = 12  # styles based on styles; Word allows 11
_BODY_LEVEL = 9  # w:outlineLvl 9 is body text
SYMBOL_FONTS = frozenset({"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "marlett"})


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How a run shows. Sizes in points; `background` None is a shading that cannot be told."""

    bold: bool = False
    size: float | None = None
    vanish: bool = False
    colour: Colour | None = None
    background: Colour | None = WHITE
    symbol_font: bool = False

    @property
    def hidden(self) -> str | None:
        """Why text in this style is not seen, None when it is."""
        if self.vanish:
            return "hidden by format (hidden font)"
        if self.size is not None and self.size <= MICROSCOPIC:
            return f"microscopic text ({self.size:g} pt)"
        if self.colour and self.background and alike(self.colour, self.background):
            return "text in the colour of its background"
        return None


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph is: `heading` its level or None, `list_id` and `level` its list or None."""

    run: RunStyle = field(default_factory=RunStyle)
    heading: int | None = None
    list_id: str | None = None
    level: int = 0


def attribute(element: Element, name: str = "val") -> str | None:
    """A w: attribute of `element`, None where the element or the attribute is missing."""
    return None if element is None else element.get(W + name)


def is_on(element: Element) -> bool:
    """The value of a toggle such as <w:b/>."""
    return attribute(element) not in ("0", "false", "off", "none")


class Styles:
    """Resolves styles of one file; unknown names and loops resolve to the defaults."""

    def __init__(self, styles: Element, numbering: Element) -> None:
        self._elements: dict[str, Element] = {}
        self._resolved: dict[str, ParagraphStyle] = {}
        self._base = ParagraphStyle()
        self._default = None
        self._bulleted = _list_levels(numbering)
        if styles is None:
            return
        for style in styles.iter(W + "style"):
            self._elements[attribute(style, "styleId") or ""] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on"):
                self._default = attribute(style, "styleId")
        run = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._base = ParagraphStyle(apply_run(RunStyle(), run))

    def style(self, name: str | None) -> ParagraphStyle:
        """The style called `name` with everything it is based on; the default style for None."""
        name = name or self._default or ""
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> ParagraphStyle:
        style = self._base
        for element in self._ancestry(name):
            shown = attribute(element.find(W + "name")) or ""
            style = self.paragraph(style, element.find(W + "pPr"))
            style = replace(style, run=apply_run(style.run, element.find(W + "rPr")))
            found = _HEADING_NAME.match(shown) or _HEADING_NAME.match(attribute(element, "styleId") or "")
            if found:
                style = replace(style, heading=int(found.group(1)))
            elif shown.lower() in _TITLE_NAMES:
                style = replace(style, heading=1)
        return style

    def _ancestry(self, name: str | None) -> list[Element]:
        """The style called `name` after those it is based on."""
        chain: list[Element] = []
        while name in self._elements and len(chain) < _DEEPEST_STYLE:
            chain.append(self._elements[name or ""])
            name = attribute(chain[-1].find(W + "basedOn"))
        return chain[::-1]

    def paragraph(self, style: ParagraphStyle, properties: Element) -> ParagraphStyle:
        """`style` changed by a w:pPr (not by the run properties of its mark, which format nothing)."""
        if properties is None:
            return style
        outline = attribute(properties.find(W + "outlineLvl"))
        if outline and outline.isdigit():
            style = replace(style, heading=None if int(outline) >= _BODY_LEVEL else int(outline) + 1)
        numbering = properties.find(W + "numPr")
        if numbering is not None:
            level = attribute(numbering.find(W + "ilvl")) or ""
            list_id = attribute(numbering.find(W + "numId")) or style.list_id
            style = replace(style, list_id=list_id, level=int(level) if level.isdigit() else style.level)
        return replace(style, run=_shaded(style.run, properties.find(W + "shd")))

    def run(self, style: RunStyle, properties: Element) -> RunStyle:
        """`style` changed by a w:rPr and the character style it names."""
        if properties is None:
            return style
        for element in self._ancestry(attribute(properties.find(W + "rStyle"))):
            style = apply_run(style, element.find(W + "rPr"))
        return apply_run(style, properties)

    def is_item(self, style: ParagraphStyle) -> bool:
        """True when the paragraph's list gives it a bullet or a number."""
        if style.list_id in (None, "0"):
            return False
        return self._bulleted.get((style.list_id or "", min(style.level, 8)), True)

    def shading(self, name: str | None) -> RunStyle:
        """The shading that a table style lays under its cells; unknown where it has conditional ones."""
        element = self._elements.get(name or "")
        if element is None:
            return RunStyle()
        if any(True for _ in element.iter(W + "tblStylePr")):
            return RunStyle(background=None)
        return _shaded(RunStyle(), element.find(f"{W}tcPr/{W}shd"))


def apply_run(style: RunStyle, properties: Element) -> RunStyle:
    """`style` changed by the direct formatting in a w:rPr."""
    if properties is None:
        return style
    changes: dict[str, object] = {}
    for element in properties:
        name = element.tag[len(W) :] if isinstance(element.tag, str) and element.tag.startswith(W) else ""
        value = attribute(element)
        if name == "b":
            changes["bold"] = is_on(element)
        elif name == "vanish":
            changes["vanish"] = is_on(element)
        elif name == "sz" and value and value.isdigit():
            changes["size"] = int(value) / 2
        elif name == "color":
            changes["colour"] = None if value in (None, "auto") else parse_colour("#" + (value or ""))
        elif name == "rFonts":
            fonts = (attribute(element, "ascii"), attribute(element, "hAnsi"))
            changes["symbol_font"] = any((font or "").lower() in SYMBOL_FONTS for font in fonts)
        elif name == "shd":
            style = _shaded(style, element)
        elif name == "highlight" and value not in (None, "none"):
            changes["background"] = parse_colour(value or "")
    return replace(style, **changes)  # type: ignore[arg-type]


def _shaded(style: RunStyle, shading: Element) -> RunStyle:
    if shading is None:
        return style
    fill, pattern = attribute(shading, "fill"), attribute(shading)
    if pattern not in (None, "clear", "nil"):
        return replace(style, background=None)
    if fill in (None, "auto"):
        return style
    return replace(style, background=parse_colour("#" + (fill or "")))


def shaded(style: ParagraphStyle, shading: Element) -> ParagraphStyle:
    """`style` over the shading of a cell."""
    return replace(style, run=_shaded(style.run, shading))


def _list_levels(numbering: Element) -> Mapping[tuple[str, int], bool]:
    """(list, level) to whether it shows a bullet or number."""
    found: dict[tuple[str, int], bool] = {}
    if numbering is None:
        return found
    abstract: dict[str, dict[int, bool]] = {}
    for definition in numbering.iter(W + "abstractNum"):
        levels = abstract.setdefault(attribute(definition, "abstractNumId") or "", {})
        for level in definition.iter(W + "lvl"):
            place = attribute(level, "ilvl") or ""
            kind = attribute(level.find(W + "numFmt"))
            text = attribute(level.find(W + "lvlText"))
            if place.isdigit():
                levels[int(place)] = kind != "none" or bool((text or "").strip())
    for instance in numbering.iter(W + "num"):
        levels = abstract.get(attribute(instance.find(W + "abstractNumId")) or "", {})
        for number, shows in levels.items():
            found[(attribute(instance, "numId") or "", number)] = shows
    return found
