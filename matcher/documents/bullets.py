"""What opens a list item when the format itself does not say: a bullet glyph, a dash, an asterisk, an "o"."""

from __future__ import annotations

import re
from typing import NamedTuple


class Bullet(NamedTuple):
    """A list marker at the start of a line: the marker itself and where the item's text begins."""

    marker: str
    content: int


_GLYPH = "•●∙⋅◦○◯▪▫■□◼◻◾▬▸▹►▻▶▷‣⁃◆◇❖⬥➢➤➔➜➝➡→⇒»›✓✔✅☑☐✗✦✧★☆✱✲✳❑❒❏⦁⦿◉⚫⬤"
_BULLET = re.compile(
    rf"(?P<glyph>[{_GLYPH}])[\ufe0e\ufe0f]?[ \t]*(?=\S)"
    r"|(?P<dash>[-–—‐−])(?:[ \t]+(?=\S)|(?=[A-Z][a-z]))"
    r"|(?P<star>\*)[ \t]+(?=\S)"
    r"|(?P<plus>\+)[ \t]+(?=[^\W\d])"
    r"|(?P<dot>[·¨§])[ \t]+(?=\S)"
    r"|(?P<letter>o)(?:[ \t]+(?=[A-Z0-9])|(?:\t| {2,})[ \t]*(?=\S))"
)
# "- Present" or "– 03/2018" on a line of its own continues a period; it is not an item.
_END_OF_PERIOD = re.compile(
    r"(?:present|current|now|today|ongoing|(?:[a-z]{3,9}\.?,? )?(?:19|20)\d\d|\d{1,2}[/.]\d{2,4})\W*",
    re.IGNORECASE,
)
# A line drawn with characters to part two sections.
RULER = re.compile(r"[ \t]*(?:[-=_*~#+.·─━═—–][ \t]?){3,}[ \t]*")
LONE_BULLET = re.compile(rf"[{_GLYPH}·]\ufe0f?")


def find_bullet(line: str) -> Bullet | None:
    """The list marker that `line` (without indent) opens with, or None."""
    found = _BULLET.match(line)
    if found is None:
        return None
    marker = line[0]
    if found.lastgroup == "dash" and _END_OF_PERIOD.fullmatch(line, found.end()):
        return None
    return Bullet(marker, found.end())
