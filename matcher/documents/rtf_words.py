"""The vocabulary of RTF: its tokens, the control words that matter here, and what groups inherit."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"  # control word, its number, the one space it swallows
    rb"|\\'([0-9a-fA-F]{2})"  # a byte in the code page
    rb"|\\([^a-zA-Z])"  # control symbol
    rb"|([{}])"
    rb"|[\r\n]+"
    rb"|([^\\{}\r\n]+)"
    rb"|\\"
)
DEEPEST = 500  # groups in groups; Word writes a dozen
MICROSCOPIC = 2.0  # points
# Groups whose text is not the document's. Unknown ones marked \* are skipped by rule.
SKIPPED = frozenset(
    b"sp stylesheet info pict object themedata colorschememapping datastore latentstyles listtable "
    b"listoverridetable revtbl rsidtbl generator xmlnstbl mmathPr filetbl pnseclvl fldtype private "
    b"atnid atnauthor annotation bkmkstart bkmkend xe tc template operator author title".split()
)
DESTINATIONS = {b"fonttbl": "fonts", b"colortbl": "colours", b"listtext": "marker", b"pntext": "marker"}
CHARACTERS = {
    b"par": "\n", b"line": "\n", b"page": "\n", b"column": "\n", b"sect": "\n", b"softline": "\n",
    b"tab": "\t", b"emdash": "—", b"endash": "–", b"emspace": " ", b"enspace": " ", b"qmspace": " ",
    b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
}  # fmt: skip
SYMBOLS = {
    b"~": "\u00a0",
    b"_": "-",
    b"-": "",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
    b"\t": "\t",
    b"\n": "\n",
    b"\r": "\n",
}
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
SYMBOL_CHARSET = 2
LINK = re.compile(r'HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s]{1,2000})')


@dataclass(frozen=True, slots=True)
class State:
    """What a group inherits and may change. `into` says where its text goes."""

    into: str = "text"  # text, skip, fonts, colours, field, marker
    bold: bool = False
    size: float = 12.0
    vanish: bool = False
    deleted: bool = False
    colour: int = 0
    background: int = 0
    shading: int = 0
    font: int = 0
    skip_after_unicode: int = 1
    url: str | None = None
    starred: bool = False


@dataclass(slots=True)
class Paragraph:
    """What has been said of the open paragraph; `started` once it shows something."""

    bullet: bool = False
    level: int = 0
    heading: bool = False
    in_table: bool = False
    started: bool = False


@dataclass(slots=True)
class Fonts:
    """The font table: character set by font number, and which fonts hold symbols."""

    charset: dict[int, int] = field(default_factory=dict)
    symbol: set[int] = field(default_factory=set)
    name: str = ""

    def add(self, font: int, text: str) -> None:
        """Take a piece of the table: names end with a semicolon."""
        self.name += text
        if ";" in text:
            if self.name.lower().startswith(("symbol", "wingdings", "webdings")):
                self.symbol.add(font)
            self.name = ""


def codec(number: int) -> str:
    """Python's name of a Windows code page; Windows-1252 for one that Python does not know."""
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "utf-8" if number == 65001 else "cp1252"


def formatted(state: State, word: bytes, number: int | None) -> State:
    """`state` after a control word that formats characters; unchanged after any other."""
    match word:
        case b"b":
            return replace(state, bold=number != 0)
        case b"v":
            return replace(state, vanish=number != 0)
        case b"deleted":
            return replace(state, deleted=number != 0)
        case b"fs":
            return replace(state, size=(number if number is not None else 24) / 2)
        case b"cf":
            return replace(state, colour=number or 0)
        case b"cb" | b"highlight" | b"chcbpat":
            return replace(state, background=number or 0)
        case b"cbpat" | b"clcbpat":
            return replace(state, shading=number or 0)
        case b"f":
            return replace(state, font=number or 0)
        case b"uc":
            return replace(state, skip_after_unicode=min(max(number or 0, 0), 16))
        case b"plain":
            return replace(state, bold=False, vanish=False, size=12.0, colour=0, background=0, font=0)
        case _:
            return state
