"""What a file is, told from its content and never from its name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum

from matcher.documents.archive import Archive
from matcher.documents.encoding import decode
from matcher.documents.json_resume import is_json_resume
from matcher.errors import (
    EmptyDocumentError,
    NestedArchiveError,
    NoTextError,
    PasswordProtectedError,
    UnsupportedFormatError,
)
from matcher.settings import Limits


class Format(StrEnum):
    """The formats that can be read, by media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    RTF = "application/rtf"
    HTML = "text/html"
    MARKDOWN = "text/markdown"
    TEXT = "text/plain"
    JSON_LD = "application/ld+json"
    JSON_RESUME = "application/json"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A format with what telling it has already opened: the zip archive, or the decoded text."""

    format: Format
    archive: Archive | None = None
    text: str = ""


_ARCHIVES = {
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "RAR",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "Zstandard",
}
_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PDF_HEADER_WITHIN = 1024  # bytes; readers accept junk before the header (ISO 32000-1, annex H.3.4.1)
_HEIF_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")


def sniff(data: bytes, limits: Limits) -> Sniffed:
    """The format of `data`. Raises the DocumentError that says why it cannot be read where it cannot."""
    if not data.strip(b"\0 \t\r\n\f\v"):
        raise EmptyDocumentError
    header = data.find(b"%PDF-", 0, _PDF_HEADER_WITHIN)
    if header == 0 or (header > 0 and (not data[:header].strip() or b"startxref" in data[-2048:])):
        return Sniffed(Format.PDF)
    if data.startswith(_ZIP):
        return _sniff_zip(Archive(data, limits))
    if data.startswith(_OLE):
        raise _ole_error(data)
    _refuse_pictures_and_archives(data)
    if re.match(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf", data):
        return Sniffed(Format.RTF)
    return _sniff_text(decode(data))


def _sniff_zip(archive: Archive) -> Sniffed:
    names = archive.names
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return Sniffed(Format.DOCX, archive=archive)
        if any(name.startswith("xl/") for name in names):
            raise _unsupported("an Excel workbook")
        if any(name.startswith("ppt/") for name in names):
            raise _unsupported("a PowerPoint presentation")
    kind = archive.read("mimetype").strip() if "mimetype" in names else b""
    if kind.startswith(b"application/vnd.oasis.opendocument.text") or (not kind and _is_odt(names)):
        if b"encryption-data" in (archive.read_if_present("META-INF/manifest.xml") or b""):
            raise PasswordProtectedError
        return Sniffed(Format.ODT, archive=archive)
    if kind:
        raise _unsupported(kind[:60].decode("ascii", errors="replace"))
    if any(name.endswith((".iwa", "index.xml.gz", "Index.zip")) for name in names):
        raise _unsupported("an Apple Pages document")
    raise NestedArchiveError(
        f"The file is a zip archive of {len(names):,} members and no document itself: "
        "unpack it and send the documents."
    )


def _is_odt(names: frozenset[str]) -> bool:
    return "content.xml" in names and "META-INF/manifest.xml" in names


def _ole_error(data: bytes) -> PasswordProtectedError | UnsupportedFormatError:
    """OLE files hold encrypted OOXML and the formats of Office before 2007; stream names are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return PasswordProtectedError()
    if "WordDocument".encode("utf-16-le") in data:
        return _unsupported("a Word document of the format before 2007 (.doc)", "save it as DOCX or PDF")
    return _unsupported("an Office file of the format before 2007")


def _refuse_pictures_and_archives(data: bytes) -> None:
    for magic, name in _ARCHIVES.items():
        if data.startswith(magic):
            raise NestedArchiveError(
                f"The file is a {name} archive: unpack it and send the documents themselves."
            )
    if data[257:262] == b"ustar":
        raise NestedArchiveError("The file is a tar archive: unpack it and send the documents themselves.")
    picture = next((name for magic, name in _IMAGES.items() if data.startswith(magic)), None)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        picture = "WebP"
    elif data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        picture = "HEIF"
    elif data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        picture = "BMP"
    if picture:
        raise NoTextError(
            f"The file is a {picture} picture and carries no text: "
            "run it through text recognition (OCR) first."
        )


def _unsupported(what: str, do: str = "save it as DOCX or PDF") -> UnsupportedFormatError:
    return UnsupportedFormatError(f"The file is {what}, which cannot be read: {do}.")


# --- text formats

_HTML_ROOT = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_HTML_TAG = re.compile(
    r"</?(?:p|div|ul|ol|li|h[1-6]|table|tr|td|th|br|span|strong|b|em|i|a|section|article|header|main|font|"
    r"head|meta|link|title|style|script|center|blockquote|pre|dl|dt|dd|hr)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_ESCAPED_HTML = re.compile(
    r"\s*&lt;(?:p|div|ul|ol|h[1-6]|strong|span|b|section|table|br|!doctype|html)\b", re.IGNORECASE
)
_XML = re.compile(r"\s*<\?xml\b")
_FRONT_MATTER = re.compile(r"\s*(?P<fence>---|\+\+\+)[ \t]*\r?\n(?:[^\n]*\n)*?(?P=fence)[ \t]*(?:\r?\n|$)")
_FRONT_MATTER_KEY = re.compile(r"^[\w ]{1,40}[:=]", re.MULTILINE)
_MARKDOWN_SIGNS = (
    (re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE), 1),
    (re.compile(r"^ {0,3}#{2,6}[ \t]*\w", re.MULTILINE), 2),
    (re.compile(r"(?<![*\w])\*\*(?=\S)[^*\n]{1,300}\*\*(?!\*)"), 2),
    (re.compile(r"\[[^\]\n]{1,200}\]\((?:https?:|mailto:|/|#|\{)[^)\n]{0,500}\)"), 2),
    (re.compile(r"^ {0,3}(?:```|~~~)\w*[ \t]*$", re.MULTILINE), 1),
    (re.compile(r"^[ \t]{0,20}\|?[ \t]{0,20}:?-{3,200}:?[ \t]{0,20}\|[ \t:|-]*$", re.MULTILINE), 2),
)
_ENOUGH_SIGNS = 2
_TAG_EVERY = 200  # characters; text with sparser tags than this talks about HTML rather than being it
_HEAD = 50_000  # characters looked at


def _sniff_text(text: str) -> Sniffed:
    head = text[:_HEAD].lstrip("\ufeff")
    if not text.strip():
        raise EmptyDocumentError
    start = head.lstrip()
    if start[:1] in "[{" and _is_json(text):
        if "JobPosting" in text:
            return Sniffed(Format.JSON_LD, text=text)
        if is_json_resume(text):
            return Sniffed(Format.JSON_RESUME, text=text)
        raise _unsupported(
            "JSON without a schema.org JobPosting, and no JSON Resume", "send the document itself"
        )
    if _ESCAPED_HTML.match(head):
        return Sniffed(Format.HTML, text=text)
    if _has_front_matter(head):
        return Sniffed(Format.MARKDOWN, text=text)
    if _HTML_ROOT.search(head[:4096]):
        return Sniffed(Format.HTML, text=text)
    if _XML.match(head):
        raise _unsupported("XML that is no document known here")
    markdown = _markdown_signs(head)
    if _is_html_fragment(start, markdown):
        return Sniffed(Format.HTML, text=text)
    return Sniffed(Format.MARKDOWN if markdown >= _ENOUGH_SIGNS else Format.TEXT, text=text)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _has_front_matter(head: str) -> bool:
    found = _FRONT_MATTER.match(head)
    return bool(found and _FRONT_MATTER_KEY.search(found.group()))


def _is_html_fragment(start: str, markdown: int) -> bool:
    tags = sum(1 for _ in _HTML_TAG.finditer(start))
    if start.startswith("<") and _HTML_TAG.match(start):
        return tags > markdown
    return tags >= 4 and tags * _TAG_EVERY > len(start) and tags > 2 * markdown


def _markdown_signs(head: str) -> int:
    signs = sum(weight * sum(1 for _ in pattern.finditer(head)) for pattern, weight in _MARKDOWN_SIGNS)
    if signs == 1 and head.lstrip().startswith("#"):  # a title and no other mark-up
        return _ENOUGH_SIGNS
    return signs
