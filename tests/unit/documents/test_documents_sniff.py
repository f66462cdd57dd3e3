import pytest
from documents_samples import docx, odt, paragraph, zipped

from matcher.documents import read
from matcher.documents.sniff import Format, sniff
from matcher.errors import (
    DocumentError,
    EmptyDocumentError,
    NestedArchiveError,
    NoTextError,
    PasswordProtectedError,
    UnsupportedFormatError,
)
from matcher.settings import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def kind(data: bytes | str) -> Format:
    """The format told from `data`."""
    return sniff(data.encode() if isinstance(data, str) else data, Limits()).format


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n", Format.PDF),
        (b"\n\n  %PDF-1.4\n", Format.PDF),
        (b"junk from a mail server\n%PDF-1.4\n1 0 obj\nstartxref\n0\n%%EOF", Format.PDF),
        (docx(paragraph("Ada")), Format.DOCX),
        (odt("<text:p>Ada</text:p>"), Format.ODT),
        (b"{\\rtf1\\ansi Ada}", Format.RTF),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>Ada", Format.HTML),
        ("<html><body>Ada</body></html>".encode("utf-16"), Format.HTML),
    ],
)
def test_files_are_told_by_their_first_bytes(data: bytes, expected: Format) -> None:
    """The content says what a file is; no name is asked for."""
    assert kind(data) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Vero\n- taught physics\n- ran the lab\n", Format.TEXT),
        ("Notes: the %PDF- header opens a PDF file.", Format.TEXT),
        ("C# and F# developer\n# of employees led: 5\n", Format.TEXT),
        ("EXPERIENCE\n==========\nTeacher\n", Format.TEXT),
        ("I write <b>HTML</b> by hand, with <p> tags and all, and have done so for ten years.", Format.TEXT),
        ("{skills: python}", Format.TEXT),
        ("## Skills\n\n- Python\n", Format.MARKDOWN),
        ("# Ada Vero\n\nTeacher in Oslo\n", Format.MARKDOWN),
        ("**Who we are**\n\nA dairy.\n", Format.MARKDOWN),
        ("See [my work](https://example.org/ada) for more.", Format.MARKDOWN),
        ("---\ntitle: Baker\n---\nBake bread.\n", Format.MARKDOWN),
        ("# Ada\n\n<p align=center>Teacher</p>\n\n## Skills\n\n## Work\n", Format.MARKDOWN),
        ("<p>Bake bread.</p><ul><li>at night</li></ul>", Format.HTML),
        ("Baker\n<p>Bake bread.</p><ul><li>at night</li><li>daily</li></ul>", Format.HTML),
        ("&lt;p&gt;Bake bread.&lt;/p&gt;", Format.HTML),
        ('{"@type": "JobPosting", "title": "Baker"}', Format.JSON_LD),
    ],
)
def test_texts_are_told_by_their_mark_up(text: str, expected: Format) -> None:
    """Mark-up decides between HTML, Markdown and plain text; talking about mark-up is plain text."""
    assert kind(text) == expected


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", EmptyDocumentError, "no content"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), PasswordProtectedError, "remove the password"),
        (OLE + "WordDocument".encode("utf-16-le"), UnsupportedFormatError, "save it as DOCX or PDF"),
        (OLE, UnsupportedFormatError, "before 2007"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), NoTextError, "PNG.*OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(40), NoTextError, "JPEG"),
        (b"II*\x00" + bytes(40), NoTextError, "TIFF"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(40), NoTextError, "WebP"),
        (b"\x1f\x8b\x08\x00" + bytes(40), NestedArchiveError, "gzip"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), NestedArchiveError, "7z"),
        (zipped({"a.pdf": "x", "b.pdf": "y"}), NestedArchiveError, "2 members"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), UnsupportedFormatError, "Excel"),
        (
            zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}),
            UnsupportedFormatError,
            "PowerPoint",
        ),
        (zipped({"mimetype": "application/epub+zip"}), UnsupportedFormatError, "epub"),
        (b'<?xml version="1.0"?><feed><entry/></feed>', UnsupportedFormatError, "XML"),
        (b'{"name": "Ada"}', UnsupportedFormatError, "JobPosting"),
        (bytes(range(1, 32)) * 20, UnsupportedFormatError, "none of PDF"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, error: type[DocumentError], message: str) -> None:
    """Each kind of unreadable file has its own error, with what to do."""
    with pytest.raises(error, match=message):
        read(data)
