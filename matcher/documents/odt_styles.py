"""The styles of an ODT: weight, size, colour and visibility of a paragraph or span by its style's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from matcher.documents.colours import WHITE, Colour, alike, parse_colour
from matcher.documents.safe_xml import Element

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
MICROSCOPIC = 2.0  # points
_LENGTH = re.compile(r"([\d.]{1,10})(pt|in|cm|mm|px|%)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_DEEPEST_STYLE = 20  # styles derived from styles
_TITLES = frozenset({"Title"})
_HEADING = re.compile(r"Heading(?:_20_|\s)(\d)")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text shows. `size` in points; `background` None cannot be told; `heading` is a level or None."""

    bold: bool = False
    size: float | None = None
    colour: Colour | None = None
    background: Colour | None = WHITE
    vanish: bool = False
    heading: int | None = None

    @property
    def hidden(self) -> str | None:
        """Why text in this style is not seen, None when it is."""
        if self.vanish:
            return "hidden by format (hidden text)"
        if self.size is not None and self.size <= MICROSCOPIC:
            return f"microscopic text ({self.size:g} pt)"
        if self.colour and self.background and alike(self.colour, self.background):
            return "text in the colour of its background"
        return None


class Styles:
    """Resolves style names of one file, from styles.xml and content.xml; loops and unknown names end."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Element] = {}
        self._silent_lists: dict[str, set[int]] = {}
        for root in roots:
            for style in root.iter(STYLE + "style"):
                self._elements[(style.get(STYLE + "family") or "", style.get(STYLE + "name") or "")] = style
            for style in root.iter(STYLE + "default-style"):
                self._defaults[style.get(STYLE + "family") or ""] = style
            for style in root.iter(TEXT + "list-style"):
                silent = {
                    int(level.get(TEXT + "level") or "0")
                    for level in style.iter(TEXT + "list-level-style-number")
                    if not level.get(STYLE + "num-format") and (level.get(TEXT + "level") or "").isdigit()
                }
                self._silent_lists[style.get(STYLE + "name") or ""] = silent

    def default(self) -> TextStyle:
        """The style of text that names none."""
        element = self._defaults.get("paragraph")
        return TextStyle() if element is None else _applied(TextStyle(), element)

    def applied(self, base: TextStyle, family: str, name: str | None) -> TextStyle:
        """`base` changed by the style `name` of `family` and those it derives from."""
        chain: list[Element] = []
        while name and (family, name) in self._elements and len(chain) < _DEEPEST_STYLE:
            chain.append(self._elements[(family, name)])
            name = chain[-1].get(STYLE + "parent-style-name")
        for element in reversed(chain):
            base = _applied(base, element)
        return base

    def shows_marker(self, list_style: str | None, level: int) -> bool:
        """False where a list style gives the level (from 0) neither bullet nor number."""
        return level + 1 not in self._silent_lists.get(list_style or "", ())

    def is_filled(self, name: str | None) -> bool:
        """True when a frame's style paints a background of its own."""
        element = self._elements.get(("graphic", name or ""))
        if element is None:
            return False
        for properties in element.iter(STYLE + "graphic-properties"):
            fill = properties.get(DRAW + "fill")
            colour = properties.get(FO + "background-color")
            if fill not in (None, "none") or colour not in (None, "transparent", "#ffffff"):
                return True
        return False


def _applied(style: TextStyle, element: Element) -> TextStyle:
    name = element.get(STYLE + "name") or ""
    outline = element.get(STYLE + "default-outline-level") or ""
    if name in _TITLES:
        style = replace(style, heading=1)
    elif outline.isdigit():
        style = replace(style, heading=int(outline))
    elif heading := _HEADING.fullmatch(name):
        style = replace(style, heading=int(heading.group(1)))
    for properties in element:
        if properties.tag == STYLE + "text-properties":
            style = _text(style, properties)
        elif properties.tag in (STYLE + "paragraph-properties", STYLE + "table-cell-properties"):
            style = _over(style, properties.get(FO + "background-color"))
    return style


def _text(style: TextStyle, properties: Element) -> TextStyle:
    weight = properties.get(FO + "font-weight")
    if weight:
        style = replace(style, bold=weight == "bold" or (weight.isdigit() and int(weight) >= 600))
    size = _LENGTH.fullmatch(properties.get(FO + "font-size") or "")
    if size:
        number = float(size.group(1)) if size.group(1).count(".") < 2 and size.group(1) != "." else 0.0
        percent = size.group(2) == "%"
        points = number / 100 * (style.size or 11.0) if percent else number * _POINTS[size.group(2)]
        style = replace(style, size=round(points, 2))
    colour = properties.get(FO + "color")
    if properties.get(STYLE + "use-window-font-color") == "true":
        style = replace(style, colour=None)
    elif colour:
        style = replace(style, colour=parse_colour(colour))
    style = _over(style, properties.get(FO + "background-color"))
    display = properties.get(TEXT + "display")
    return replace(style, vanish=display == "none") if display else style


def _over(style: TextStyle, background: str | None) -> TextStyle:
    if background in (None, "transparent"):
        return style
    return replace(style, background=parse_colour(background or ""))
