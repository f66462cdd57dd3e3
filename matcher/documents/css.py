"""Style sheets and style attributes, parsed as far as seeing or not seeing text depends on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from matcher.errors import DocumentTooLargeError

_RELEVANT = frozenset(
    "color background background-color background-image display visibility opacity font-size font "
    "font-weight position left top right bottom text-indent margin-left margin-top clip clip-path "
    "overflow height max-height width max-width transform float flex-direction flex-flow "
    "grid-template-columns white-space mso-hide content-visibility".split()
)
_COMMENT = re.compile(r"/\*(?:.*?\*/|.*\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"([{}])")
_SHOWN_MEDIA = re.compile(r"@(?:media\s+(?:only\s+)?(?:screen|all)\s*$|supports|layer)", re.IGNORECASE)
_DYNAMIC = re.compile(
    r":(?:hover|focus|active|visited|target|checked|disabled|before|after|:)", re.IGNORECASE
)
# With relevant properties; a resume's own style sheet has some dozens, a framework's some thousands. Past it
# the file is refused: rules left out would let text through that no reader sees.
_MAX_RULES = 20_000
_ID, _CLASS, _TAG = (
    re.compile(r"#[\w-]+"),
    re.compile(r"\.[\w-]+|\[|:[a-z]"),
    re.compile(r"(?:^|[\s>+~])[a-z]"),
)


class Rule(NamedTuple):
    """One selector with its relevant declarations; rules sort in the order in which they win."""

    specificity: tuple[int, int, int]
    order: int
    selector: str
    declared: Mapping[str, str]


def declarations(text: str) -> dict[str, str]:
    """The relevant properties of "name: value; ...", lower-cased, later ones winning."""
    found: dict[str, str] = {}
    important: set[str] = set()
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().lower()
        if not colon or name not in _RELEVANT:
            continue
        value = value.strip().lower()
        bare = value.removesuffix("!important").removesuffix("! important").rstrip()
        if name in important and bare == value:
            continue
        if bare != value:
            important.add(name)
        if name == "background":
            found.pop("background-color", None)
            found.pop("background-image", None)
        found[name] = bare
    return found


def rules(sheets: Iterable[str]) -> list[Rule]:
    """The rules of style sheets that hold on a screen, the weakest first.

    Raises DocumentTooLargeError when there are more than any page needs.
    """
    found: list[Rule] = []
    for sheet in sheets:
        preludes: list[str] = []
        pieces = _BRACE.split(_COMMENT.sub(" ", sheet))
        for text, brace in zip(pieces[::2], pieces[1::2], strict=False):
            if brace == "{":
                preludes.append(text.rpartition(";")[2].strip())
                continue
            if not preludes:
                continue
            prelude = preludes.pop()
            if prelude.startswith("@") or not all(map(_SHOWN_MEDIA.match, preludes)):
                continue
            declared = declarations(text)
            if declared:
                for selector in prelude.split(","):
                    selector = selector.strip()
                    if selector and not _DYNAMIC.search(selector):
                        found.append(Rule(_specificity(selector), len(found), selector, declared))
            if len(found) > _MAX_RULES:
                raise DocumentTooLargeError(
                    f"The file's style sheets have more than {_MAX_RULES:,} rules, the limit. "
                    "Save the page as PDF."
                )
    return sorted(found, key=lambda rule: rule[:2])


def _specificity(selector: str) -> tuple[int, int, int]:
    return len(_ID.findall(selector)), len(_CLASS.findall(selector)), len(_TAG.findall(selector.lower()))
