"""The little of CSS that decides whether text is seen: colour, size, weight, display, position."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from matcher.documents.assemble import BODY_SIZE, heading_size
from matcher.documents.colours import BLACK, WHITE, Colour, alike, blended, parse_colour

MICROSCOPIC = 2.0  # points; text this small or smaller cannot be read on any screen or paper
_ROOT_SIZE = 12.0  # points: 16 px, what browsers start from
_OFF_PAGE = -400.0  # points; no layout moves text so far to the left or top to show it
_POINTS = {
    "px": 0.75,
    "pt": 1.0,
    "pc": 12.0,
    "in": 72.0,
    "cm": 28.35,
    "mm": 2.835,
    "q": 0.709,
    "vw": 6.0,
    "vh": 6.0,
}
_SIZE_WORDS = {
    "xx-small": 6.75, "x-small": 7.5, "small": 9.75, "medium": 12.0, "large": 13.5, "x-large": 18.0,
    "xx-large": 24.0,
}  # fmt: skip
_FONT_TAG_SIZES = {"1": 7.5, "2": 9.75, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}
_LENGTH = re.compile(r"(-?(?:\d+(?:\.\d*)?|\.\d+))\s*([a-z%]*)")
_FONT_SHORTHAND = re.compile(r"(?:^|\s)(\d+(?:\.\d+)?(?:px|pt|em|rem|%))(?:\s*/|\s)")
_CLIPPED = re.compile(
    r"rect\(\s*(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?\s*\)|inset\(\s*(?:50|100)%"
)
_FOR_SCREEN_READERS = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader-only "
    "a11y-hidden element-invisible offscreen off-screen".split()
)
_BOLD_TAGS = frozenset("b strong h1 h2 h3 h4 h5 h6 th".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True, slots=True)
class Style:
    """How the text of an element shows. `removed` is why no descendant can be seen, None when some can.

    `colour` None is unknown, as is `background`: nothing is judged by what is not known.
    """

    size: float = BODY_SIZE
    bold: bool = False
    colour: Colour | None = BLACK
    background: Colour | None = WHITE
    invisible: bool = False
    removed: str | None = None
    display: str = ""
    row: bool = False
    floats_right: bool = False
    keeps_newlines: bool = False

    @property
    def hidden(self) -> str | None:
        """Why text directly in the element is not seen, None when it is."""
        if self.removed:
            return self.removed
        if self.invisible:
            return "hidden by style (visibility)"
        if self.size <= MICROSCOPIC:
            return f"microscopic text ({self.size:.1f} pt)"
        if self.colour and self.background and alike(self.colour, self.background):
            return "text in the colour of its background"
        return None


def styled(
    parent: Style, tag: str, attributes: Mapping[str, str | None], declared: Mapping[str, str]
) -> Style:
    """The Style of an element from its parent's, its tag, its attributes and its CSS declarations."""
    style = replace(parent, display=declared.get("display", ""), row=False, floats_right=False)
    size, bold = parent.size, parent.bold
    if tag in _HEADINGS:
        size = heading_size(_HEADINGS[tag])
    if tag in _BOLD_TAGS:
        bold = True
    colour = parse_colour(attributes.get("color") or "") if tag == "font" else None
    background = parse_colour(attributes.get("bgcolor") or "")
    if tag == "font" and (attributes.get("size") or "") in _FONT_TAG_SIZES:
        size = _FONT_TAG_SIZES[attributes["size"] or ""]
    keeps_newlines = parent.keeps_newlines or tag == "pre"
    if colour:
        style = replace(style, colour=blended(colour, parent.background))
    if background:
        style = replace(style, background=blended(background, parent.background))
    if declared:
        style = _declared_colours(style, declared)
        size = _font_size(declared, size, parent.size)
        bold = _weight(declared, bold)
        space = declared.get("white-space", "")
        keeps_newlines = space.startswith("pre") if space else keeps_newlines
        visibility = declared.get("visibility")
        if visibility:
            style = replace(style, invisible=visibility in ("hidden", "collapse"))
        row = _is_row(declared)
        style = replace(style, row=row, floats_right=declared.get("float") == "right")
    removed = parent.removed or _removed(attributes, declared)
    return replace(style, size=size, bold=bold, keeps_newlines=keeps_newlines, removed=removed)


def _is_row(declared: Mapping[str, str]) -> bool:
    display = declared.get("display", "")
    if display.endswith("flex"):
        flow = declared.get("flex-direction", "") + declared.get("flex-flow", "")
        return "column" not in flow
    return display.endswith("grid") and "grid-template-columns" in declared


def _declared_colours(style: Style, declared: Mapping[str, str]) -> Style:
    background = declared.get("background-color") or declared.get("background")
    picture = "url(" in (declared.get("background-image", "") + (background or "")) or "gradient" in (
        declared.get("background-image", "") + (background or "")
    )
    if picture:
        style = replace(style, background=None)
    elif background and background not in ("none", "inherit", "initial", "unset"):
        found = parse_colour(background)
        style = replace(style, background=blended(found, style.background) if found else None)
    colour = declared.get("color")
    if colour and colour not in ("inherit", "unset"):
        found = parse_colour(colour)
        style = replace(style, colour=blended(found, style.background) if found else None)
    return style


def _font_size(declared: Mapping[str, str], size: float, inherited: float) -> float:
    value = declared.get("font-size", "")
    if not value and "font" in declared:
        found = _FONT_SHORTHAND.search(declared["font"])
        value = found.group(1) if found else ""
    if value in _SIZE_WORDS:
        return _SIZE_WORDS[value]
    points = _points(value, inherited)
    return size if points is None or points < 0 else points


def _points(value: str, em: float) -> float | None:
    """`value` in points; None where it is no length. Percentages are of `em`."""
    found = _LENGTH.fullmatch(value.strip())
    if not found:
        return None
    number, unit = float(found.group(1)), found.group(2)
    if unit in ("em", "ex", "ch"):
        return number * em
    if unit == "%":
        return number * em / 100
    if unit == "rem":
        return number * _ROOT_SIZE
    if unit == "" and number != 0:
        return None
    return number * _POINTS.get(unit, 0.75)


def _weight(declared: Mapping[str, str], bold: bool) -> bool:
    weight = declared.get("font-weight", "")
    if not weight and "font" in declared:
        weight = "bold" if re.search(r"\b(?:bold|[6-9]00)\b", declared["font"]) else ""
    if weight.isdigit():
        return int(weight) >= 600
    return {"bold": True, "bolder": True, "normal": False, "lighter": False}.get(weight, bold)


def _removed(attributes: Mapping[str, str | None], declared: Mapping[str, str]) -> str | None:
    if "hidden" in attributes and declared.get("display", "none") == "none":
        return "hidden by attribute"
    if not _FOR_SCREEN_READERS.isdisjoint((attributes.get("class") or "").split()):
        return "for screen readers only"
    if not declared:
        return None
    if declared.get("display") == "none" or declared.get("mso-hide") == "all":
        return "hidden by style (display)"
    if declared.get("content-visibility") == "hidden":
        return "hidden by style (visibility)"
    opacity = _LENGTH.fullmatch(declared.get("opacity", ""))
    if opacity and float(opacity.group(1)) <= (5 if opacity.group(2) == "%" else 0.05):
        return "transparent text"
    placed = declared.get("position", "") in ("absolute", "fixed", "relative")
    for name in ("left", "top", "right", "bottom", "margin-left", "margin-top", "text-indent"):
        distance = _points(declared.get(name, ""), BODY_SIZE) if placed or "-" in name else None
        if distance is not None and distance < _OFF_PAGE:
            return "placed off the page"
    if _CLIPPED.search(declared.get("clip", "") + declared.get("clip-path", "")):
        return "clipped away"
    if declared.get("overflow", "").startswith("hidden"):
        for name in ("height", "max-height", "width", "max-width"):
            extent = _points(declared.get(name, ""), BODY_SIZE)
            if extent is not None and extent <= 1.0:
                return "clipped away"
    if re.search(r"scale\(\s*0(?:\.0\d*)?\s*\)", declared.get("transform", "")):
        return "scaled to nothing"
    return None
