import pytest
from documents_samples import bold, check_laws, hidden, links, sizes, text_of

from matcher.documents import read
from matcher.errors import CorruptDocumentError, NoTextError

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fnil\fcharset2 Symbol;}{\f2\fcharset204 Arial Cyr;}"
    r"{\f3\fcharset238 Arial CE;}{\f4\fcharset128 MS Gothic;}}"
)
COLOURS = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue128;}"


def rtf(body: str) -> bytes:
    """An RTF file with a font and a colour table."""
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + COLOURS + r"{\stylesheet{\s1 heading 1;}}" + body + "}"
    ).encode("cp1252")


def test_paragraphs_sizes_and_bold() -> None:
    """Half-points are points, bold lines are bold, formatting ends with its group."""
    document = read(
        rtf(r"{\b\fs40 Ada Vero\par}\pard\fs22 Baker\par{\b Place:} Oslo\par{\b Cook}\tab 2019\par")
    )
    assert document.text == "Ada Vero\nBaker\nPlace: Oslo\nCook\t2019"
    assert sizes(document)["Ada Vero"] == 20.0
    assert sizes(document)["Baker"] == 11.0
    assert bold(document) == ["Ada Vero", "Cook\t2019"]


def test_characters_of_every_encoding() -> None:
    """Code pages by font, Unicode with its fallback, surrogate pairs, escapes and named characters."""
    body = (
        r"caf\'e9 \'80 5\par\f2 \'cf\'e5\'ea\'e0\'f0\'fc\par\f3 \'a3\'f3d\'9f\par\f4 \'93\'fa\'96\'7b\par"
        r"\f0 \u8226?\u-10179?\u-9190? \uc2\u233\'3f\'3fx\uc0\u228 y\par\{a\}\\ \emdash\~\lquote b\rquote\par"
    )
    assert text_of(rtf(body)) == "café € 5\nПекарь\nŁódź\n日本\n• 🐚 éxäy\n\n{a}\\ — ‘b’".replace(
        "🐚", "\U0001f41a"
    )


def test_lists_in_both_dialects_and_with_typed_bullets() -> None:
    """Word's list text, the older bullet groups and symbol-font bullets are one kind of bullet."""
    body = (
        r"\pard{\listtext\f1\'b7\tab}Baked\par\pard\ilvl1{\listtext\f1 o\tab}Sold\par"
        r"\pard{\pntext\f1\'b7\tab}Cleaned\par\pard\f1\'b7\tab\f0 Rose early\par\pard Plain\par"
    )
    assert text_of(rtf(body)) == "• Baked\n  • Sold\n• Cleaned\n• Rose early\n\nPlain"


def test_tables_links_and_fields() -> None:
    """Rows are tabbed; a link's address is kept, a field's code is not text."""
    body = (
        r"\trowd\cellx1\cellx2\pard\intbl SQL\cell 4 years\cell\row\pard "
        r'{\field{\*\fldinst HYPERLINK "https://example.org/ada"}{\fldrslt my work}}\par'
    )
    document = read(rtf(body))
    assert document.text == "SQL\t4 years\nmy work"
    assert links(document) == {"https://example.org/ada": "my work"}
    check_laws(document)


@pytest.mark.parametrize("secret", [r"\v", r"\cf1", r"\fs2", r"\cf2\highlight2"])
def test_hidden_text_is_cut_and_listed(secret: str) -> None:
    """Hidden, white, microscopic and highlighted-over text is for the reviewer only."""
    document = read(rtf(rf"Baker{{{secret}  expert in everything}} in Oslo\par"))
    assert document.text == "Baker in Oslo"
    assert hidden(document) == ["expert in everything"]


def test_white_on_a_dark_ground_is_read() -> None:
    """White text on shading is a heading, not a trick."""
    assert text_of(rtf(r"\pard\cbpat2{\cf1 Ada Vero}\par\pard{\cf1\chcbpat2 Baker}\par")) == "Ada Vero\nBaker"


def test_pictures_metadata_and_unknown_groups_are_no_text() -> None:
    """Binary data, information groups and optional destinations are skipped; deleted text too."""
    body = (
        r"{\info{\author Someone}}{\pict\pngblip 89504e47}{\*\unknown secret}{\deleted gone}"
        "{\\pict\\bin5 }}}}}}Baker\\par"
    )
    assert text_of(rtf(body)) == "Baker"


def test_headers_and_shapes_are_read() -> None:
    """The name is often in the header, a sidebar in a shape."""
    body = (
        r"{\header\pard Ada Vero\par}\pard "
        r"Baker\par{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard Skills\par}}}"
    )
    assert text_of(rtf(body)).split() == ["Ada", "Vero", "Baker", "Skills"]


def test_groups_without_end_are_refused() -> None:
    """Nesting is bounded, a cut file keeps what it has, a file without text says so."""
    with pytest.raises(CorruptDocumentError, match="more than 500 groups"):
        read(b"{\\rtf1" + b"{" * 1000)
    assert text_of(b"{\\rtf1 Baker\\par in {\\b Oslo") == "Baker\nin Oslo"
    with pytest.raises(NoTextError):
        read(b"{\\rtf1{\\pict 00ff}}")
