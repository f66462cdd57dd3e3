"""Laws that hold on any bytes: only typed errors, spans that fit, the same result twice."""

from documents_samples import check_laws, docx, odt, paragraph, run
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.documents import read
from matcher.errors import DocumentError
from matcher.settings import Limits

LIMITS = Limits(max_characters=20_000, max_unpacked_bytes=1_000_000)
HTML = (
    b"<html><style>.a{color:#fff} b{display:none}</style><body><h1>Ada</h1><ul><li>x<ul><li>y</ul></ul>"
    b"<table><tr><td>a<td><p>b<p>c</table><p style='display:flex'><span>q</span><a href='http://e.org'>r</a><br>"
    b'&lt;p&gt;z&lt;/p&gt;<script type=\'application/ld+json\'>{"@type":"JobPosting","title":"t"}</script>'
)
RTF = (
    rb"{\rtf1\ansi{\fonttbl{\f1\fcharset2 Symbol;}}{\colortbl;\red255\green255\blue255;}\b Ada\b0\par"
    rb"{\listtext\'b7\tab}x\u8226?\par\trowd\intbl a\cell b\cell\row{\v h}{\cf1 w}\bin3 "
    rb"abc{\field{\*\fldinst "
    rb'HYPERLINK "http://e.org"}{\fldrslt r}}\par}'
)
MARKDOWN = (
    b"---\ntitle: T\nkeys:\n  - a\n---\n# A\n{% include keys.html %}\n- x\n    - y\n| a | b "
    b"|\n|--|--|\n| 1 | 2 |\n"
    b"[l](http://e.org) **b** <i hidden>q</i> {{ page.title }}\n```\nc\n```\n"
)
JSON_LD = (
    b'{"@type":"JobPosting","title":"T","description":"<p>a</p>","skills":["x",{"name":"y"}],"baseSalary":3}'
)
TEXT = "Ada\n- a\n   - b\n\n1. x\n2. y\n•\nz\n\n==\tq   r\n".encode()
DOCX_BODY = (
    paragraph("Ada", properties='<w:pStyle w:val="Heading1"/>')
    + paragraph(run("x", "<w:vanish/>"), "y")
    + f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
)
ODT_BODY = (
    "<text:h>Ada</text:h><text:list><text:list-item><text:p>x<text:tab/>y</text:p>"
    "</text:list-item></text:list>"
)
SEEDS = [HTML, RTF, MARKDOWN, JSON_LD, TEXT, HTML.decode().encode("utf-16"), docx(DOCX_BODY), odt(ODT_BODY)]


def outcome(data: bytes) -> object:
    """The Document of `data`, its laws checked, or the kind of error; anything else fails the test."""
    try:
        document = read(data, LIMITS)
    except DocumentError as error:
        return error.code
    check_laws(document)
    return document


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_random_bytes_end_in_a_document_or_a_typed_error(data: bytes) -> None:
    """No bytes at all raise anything but a DocumentError."""
    outcome(data)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_any_text_keeps_the_laws(text: str) -> None:
    """Whatever is typed, spans hold and lines cover the text."""
    outcome(text.encode("utf-8", errors="replace"))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(SEEDS), st.data())
def test_damaged_files_end_in_a_document_or_a_typed_error(seed: bytes, data: st.DataObject) -> None:
    """Bytes cut out, doubled or overwritten in good files are read or refused, never a crash."""
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, min(len(seed), start + 60)))
    patch = data.draw(st.one_of(st.binary(max_size=20), st.just(seed[start:end] * 2)))
    outcome(seed[:start] + patch + seed[end:])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.sampled_from([(docx, DOCX_BODY), (odt, ODT_BODY)]),
    st.data(),
)
def test_damaged_xml_ends_in_a_document_or_a_typed_error(
    kind: tuple[object, str], data: st.DataObject
) -> None:
    """The same inside the XML of zipped formats, where the archive itself is sound."""
    build, body = kind
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 40)))
    patch = data.draw(
        st.sampled_from(["", body[start:end] * 2, "<w:p>", "</w:p>", "x", "<text:p>", '"', "&#x7;", "<w:r/>"])
    )
    outcome(build(body[:start] + patch + body[end:]))  # type: ignore[operator]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.sampled_from(SEEDS))
def test_reading_twice_gives_the_same(seed: bytes) -> None:
    """Reading is a function of the bytes alone."""
    assert outcome(seed) == outcome(seed)
