"""Colours as formats write them, and whether one can be told from another."""

from __future__ import annotations

import re
from typing import NamedTuple


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255; `alpha` from 0 (transparent) to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0


BLACK = Colour(0, 0, 0)
WHITE = Colour(255, 255, 255)
_NAMES = {
    "white": WHITE, "black": BLACK, "transparent": Colour(0, 0, 0, 0.0), "red": Colour(255, 0, 0),
    "green": Colour(0, 128, 0), "blue": Colour(0, 0, 255), "navy": Colour(0, 0, 128),
    "gray": Colour(128, 128, 128),
    "grey": Colour(128, 128, 128), "silver": Colour(192, 192, 192), "yellow": Colour(255, 255, 0),
    "snow": Colour(255, 250, 250), "ivory": Colour(255, 255, 240), "ghostwhite": Colour(248, 248, 255),
    "whitesmoke": Colour(245, 245, 245), "floralwhite": Colour(255, 250, 240), "azure": Colour(240, 255, 255),
    "mintcream": Colour(245, 255, 250), "seashell": Colour(255, 245, 238), "aliceblue": Colour(240, 248, 255),
    "lightgray": Colour(211, 211, 211), "lightgrey": Colour(211, 211, 211), "darkgray": Colour(169, 169, 169),
    "orange": Colour(255, 165, 0), "purple": Colour(128, 0, 128), "teal": Colour(0, 128, 128),
    "maroon": Colour(128, 0, 0), "aqua": Colour(0, 255, 255), "lime": Colour(0, 255, 0),
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b", re.IGNORECASE)
_FUNCTION = re.compile(
    r"rgba?\(\s*([\d.]+)(%?)[\s,]+([\d.]+)%?[\s,]+([\d.]+)%?\s*(?:[,/]\s*([\d.]+)(%?)\s*)?\)", re.IGNORECASE
)
_HSL = re.compile(
    r"hsla?\(\s*[\d.]+(?:deg)?[\s,]+[\d.]+%[\s,]+([\d.]+)%\s*(?:[,/]\s*([\d.]+)(%?)\s*)?\)", re.IGNORECASE
)
# The largest difference in any channel that an eye does not see on a page: #fdfdfd on white, not #eeeeee.
_UNSEEN = 12


def parse_colour(value: str) -> Colour | None:
    """The first colour in a CSS value, None where there is none that can be told."""
    value = value.strip().lower()
    if not value:
        return None
    function = _FUNCTION.search(value)
    if function:
        scale = 2.55 if function.group(2) else 1.0
        red, green, blue = (min(255, round(_number(function.group(part)) * scale)) for part in (1, 3, 4))
        return Colour(red, green, blue, _alpha(function.group(5), function.group(6)))
    hsl = _HSL.search(value)
    if hsl and _number(hsl.group(1)) in (0.0, 100.0):
        grey = round(_number(hsl.group(1)) * 2.55)
        return Colour(grey, grey, grey, _alpha(hsl.group(2), hsl.group(3)))
    for word in value.split():
        if word in _NAMES:
            return _NAMES[word]
        if word.startswith("#") or len(value) == 6:
            found = _HEX.fullmatch(word)
            if found:
                return _from_hex(found.group(1))
    return None


def _number(digits: str) -> float:
    try:
        return float(digits)
    except ValueError:
        return 0.0


def _alpha(digits: str | None, percent: str | None) -> float:
    return 1.0 if digits is None else min(1.0, _number(digits) / (100 if percent else 1))


def _from_hex(digits: str) -> Colour:
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return Colour(red, green, blue, int(digits[6:8], 16) / 255 if len(digits) == 8 else 1.0)


def blended(colour: Colour, below: Colour | None) -> Colour | None:
    """`colour` as it shows over `below`; None when that is unknown and `colour` lets it through."""
    if colour.alpha >= 1.0:
        return colour
    if below is None:
        return None
    red, green, blue = (
        round(colour.alpha * top + (1 - colour.alpha) * bottom)
        for top, bottom in zip(colour[:3], below[:3], strict=True)
    )
    return Colour(red, green, blue)


def alike(one: Colour, other: Colour) -> bool:
    """True when text in one colour on the other cannot be seen."""
    return max(abs(a - b) for a, b in zip(one[:3], other[:3], strict=True)) <= _UNSEEN
