"""RTF to Document by a small reader of its own: groups, control words, code pages, bullets, hidden text."""

from __future__ import annotations

from dataclasses import replace

from matcher.documents.assemble import LineBuilder
from matcher.documents.colours import WHITE, Colour, alike
from matcher.documents.rtf_words import (
    CHARACTERS,
    CHARSETS,
    DEEPEST,
    DESTINATIONS,
    LINK,
    MICROSCOPIC,
    SKIPPED,
    SYMBOL_CHARSET,
    SYMBOLS,
    TOKEN,
    Fonts,
    Paragraph,
    State,
    codec,
    formatted,
)
from matcher.errors import CorruptDocumentError
from matcher.settings import Limits
from matcher.types import Document


def read_rtf(data: bytes, sha256: str, limits: Limits) -> Document:
    """The Document of an RTF file; hidden, deleted-looking and background-coloured text set aside.

    Raises CorruptDocumentError when groups nest deeper than any word processor writes them.
    """
    builder = LineBuilder(limits)
    _Reader(builder).read(data)
    return builder.document("application/rtf", sha256)


class _Reader:
    def __init__(self, builder: LineBuilder) -> None:
        self._builder = builder
        self._state = State()
        self._stack: list[State] = []
        self._paragraph = Paragraph()
        self._fonts = Fonts()
        self._colours: list[Colour | None] = []
        self._channels: dict[bytes, int] = {}
        self._codepage = "cp1252"
        self._bytes = bytearray()
        self._swallow = 0
        self._high = 0
        self._field_codes: list[str] = []
        self._in_row = False

    def read(self, data: bytes) -> None:
        """Read all of `data`; what follows the last closing brace is ignored."""
        at = 0
        while (token := TOKEN.match(data, at)) is not None:
            at = token.end()
            word, number, hexed, symbol, brace, text = token.groups()
            if hexed is not None:
                self._byte(int(hexed, 16))
            elif text is not None:
                self._plain(text)
            elif brace is not None:
                self._flush()
                if not self._group(brace):
                    break
            elif word is not None:
                if word == b"bin" and number:
                    at += max(0, int(number))
                else:
                    self._word(word, int(number) if number else None)
            elif symbol is not None:
                self._symbol(symbol)
        self._flush()
        self._end_row()

    def _group(self, brace: bytes) -> bool:
        self._swallow = 0
        if brace == b"{":
            if len(self._stack) >= DEEPEST:
                raise CorruptDocumentError(
                    f"The file nests more than {DEEPEST} groups, which no word processor writes: "
                    "export it again."
                )
            self._stack.append(self._state)
            self._state = replace(self._state, starred=False)
            return True
        if self._stack:
            self._state = self._stack.pop()
        return bool(self._stack)

    # --- text

    def _byte(self, value: int) -> None:
        if self._swallow:
            self._swallow -= 1
        else:
            self._bytes.append(value)

    def _plain(self, text: bytes) -> None:
        swallowed = min(self._swallow, len(text))
        self._swallow -= swallowed
        self._bytes += text[swallowed:]

    def _flush(self) -> None:
        """Decode the bytes gathered under the font in force and write them."""
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        charset = self._fonts.charset.get(self._state.font)
        encoding = CHARSETS.get(charset or 0, self._codepage) if charset else self._codepage
        self._write(data.decode(encoding, errors="replace"))

    def _write(self, text: str) -> None:
        state = self._state
        if state.into == "field":
            if self._field_codes:
                self._field_codes[-1] = (self._field_codes[-1] + text)[:4000]
        elif state.into == "fonts":
            self._fonts.add(state.font, text)
        elif state.into == "colours":
            for _ in range(text.count(";")):
                channels = [min(255, self._channels.get(name, 0)) for name in (b"red", b"green", b"blue")]
                self._colours.append(Colour(*channels) if self._channels else None)
                self._channels = {}
        elif state.into == "marker":
            self._paragraph.bullet = self._paragraph.bullet or bool(text.strip())
        elif state.into == "text" and not state.deleted:
            self._write_text(text)

    def _write_text(self, text: str) -> None:
        state, paragraph = self._state, self._paragraph
        if not paragraph.started and text.strip():
            self._start_paragraph()
        if state.font in self._fonts.symbol:
            text = "".join(char if char.isspace() else "•" for char in text)
        hidden = self._hidden()
        if hidden:
            self._builder.hide(text, hidden)
        else:
            self._builder.text(text, bold=state.bold, size=state.size, url=state.url)

    def _start_paragraph(self) -> None:
        paragraph = self._paragraph
        paragraph.started = True
        if paragraph.in_table and not self._in_row:
            self._builder.start_row()
            self._in_row = True
        elif not paragraph.in_table and self._in_row:
            self._end_row()
        if paragraph.heading:
            self._builder.blank()
        bullet = paragraph.bullet and not paragraph.heading
        self._builder.newline(
            bullet=bullet, indent=paragraph.level if bullet else 0, heading=paragraph.heading
        )

    def _hidden(self) -> str | None:
        state = self._state
        if state.vanish:
            return "hidden by format (hidden font)"
        if state.size <= MICROSCOPIC:
            return f"microscopic text ({state.size:g} pt)"
        colour = self._colour(state.colour)
        below = self._colour(state.background) or self._colour(state.shading) or WHITE
        return "text in the colour of its background" if colour and alike(colour, below) else None

    def _colour(self, number: int) -> Colour | None:
        return self._colours[number] if 0 < number < len(self._colours) else None

    def _end_row(self) -> None:
        if self._in_row:
            self._builder.end_row()
            self._in_row = False

    # --- control words

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._state = replace(self._state, starred=True)
        elif self._swallow and symbol in SYMBOLS:
            self._swallow -= 1
        elif symbol in SYMBOLS:
            self._flush()
            self._write(SYMBOLS[symbol])

    def _word(self, word: bytes, number: int | None) -> None:
        if word == b"u":
            self._unicode(number or 0)
            return
        self._flush()
        self._swallow = 0
        if self._destination(word) or self._state.into == "skip":
            return
        if self._state.into == "colours":
            if word in (b"red", b"green", b"blue"):
                self._channels[word] = number or 0
        elif word == b"par" and self._state.into == "text":
            self._end_paragraph()
        elif word in CHARACTERS:
            self._write(CHARACTERS[word])
        elif word in (b"cell", b"nestcell", b"row", b"nestrow", b"trowd"):
            self._table(word)
        else:
            self._format(word, number)

    def _end_paragraph(self) -> None:
        if self._paragraph.started:
            self._builder.paragraph()
        else:
            self._builder.blank()
        self._paragraph = replace(self._paragraph, started=False, bullet=False)

    def _table(self, word: bytes) -> None:
        if word in (b"cell", b"nestcell"):
            if not self._in_row:
                self._builder.start_row()
                self._in_row = True
            self._builder.end_cell()
            self._paragraph = replace(self._paragraph, started=False, bullet=False)
        elif word in (b"row", b"nestrow"):
            self._end_row()

    def _unicode(self, number: int) -> None:
        self._flush()
        code = number & 0xFFFF
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000 and self._high:
            self._write(chr(0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)))
            self._high = 0
        else:
            self._high = 0
            self._write(chr(code))
        self._swallow = self._state.skip_after_unicode

    def _destination(self, word: bytes) -> bool:
        """Send the group's text where `word` says; True when `word` names a destination."""
        state = self._state
        into = DESTINATIONS.get(word)
        if state.into == "skip":
            return True
        if word == b"fldinst":
            into = "field"
            self._field_codes.append("")
        elif word in SKIPPED:
            into = "skip"
        elif word == b"fldrslt":
            found = LINK.search(self._field_codes.pop()) if self._field_codes else None
            self._state = replace(state, url=found.group(1) if found else state.url, starred=False)
            return True
        elif word in (
            b"header",
            b"headerl",
            b"headerr",
            b"headerf",
            b"footer",
            b"footerl",
            b"footerr",
            b"footerf",
        ):
            self._builder.blank()
            return True
        elif word in (b"shptxt", b"shpinst", b"footnote", b"pn", b"pntxtb", b"nesttableprops", b"shp"):
            self._state = replace(
                state, starred=False, into="skip" if word in (b"pn", b"pntxtb") else state.into
            )
            return True
        elif into is None and state.starred:
            into = "skip"
        if into is None:
            return False
        self._state = replace(state, into=into, starred=False)
        return True

    def _format(self, word: bytes, number: int | None) -> None:
        match word:
            case b"fcharset":
                self._fonts.charset[self._state.font] = number or 0
                if number == SYMBOL_CHARSET:
                    self._fonts.symbol.add(self._state.font)
            case b"ansicpg":
                self._codepage = codec(number or 1252)
            case b"mac":
                self._codepage = "mac_roman"
            case b"pard":
                self._state = replace(self._state, shading=0)
                self._paragraph = Paragraph(started=self._paragraph.started)
            case b"intbl":
                self._paragraph.in_table = True
            case b"ilvl":
                self._paragraph.level = min(max(number or 0, 0), 8)
            case b"outlinelevel":
                self._paragraph.heading = number is not None and number < 9
            case _:
                self._state = formatted(self._state, word, number)
