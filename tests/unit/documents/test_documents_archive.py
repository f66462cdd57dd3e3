import io
import zipfile

import pytest
from documents_samples import NAMESPACES, docx, odt, paragraph, zipped

from matcher.documents import read
from matcher.documents.archive import Archive
from matcher.errors import (
    CorruptDocumentError,
    DecompressionLimitError,
    EntityBombError,
    PasswordProtectedError,
)
from matcher.settings import Limits

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f"<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


def test_unpacking_more_than_the_limit_is_refused() -> None:
    """The directory's sizes are added up before anything is unpacked, over all members."""
    bomb = docx(paragraph("Ada"), parts={"word/media/a.bin": "0" * 3_000_000})
    assert len(bomb) < 10_000
    with pytest.raises(
        DecompressionLimitError, match=r"unpacks to 3,00\d,\d{3} bytes or more; the limit is 1,000,000"
    ):
        read(bomb, Limits(max_unpacked_bytes=1_000_000))


def test_a_directory_that_lies_about_sizes_is_not_believed() -> None:
    """A member that claims to be small and is not ends in an error, not in memory."""
    data = bytearray(zipped({"word/document.xml": "0" * 2_000_000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(signature) + offset
        data[at : at + 4] = (10).to_bytes(4, "little")
    archive = Archive(bytes(data), Limits(max_unpacked_bytes=1_000_000))
    with pytest.raises((CorruptDocumentError, DecompressionLimitError)):
        archive.read("word/document.xml")


def test_ten_thousand_members_are_refused() -> None:
    """No document has so many parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(10_001):
            archive.writestr(str(number), b"")
    with pytest.raises(DecompressionLimitError, match="10,001 members; the limit is 10,000"):
        read(buffer.getvalue())


def test_entities_are_refused_before_they_expand() -> None:
    """A document that declares XML entities is a bomb or worse."""
    with pytest.raises(EntityBombError, match=r"word/document\.xml"):
        read(docx("", parts={"word/document.xml": LAUGHS}))


def test_external_entities_are_never_fetched() -> None:
    """A declared file is not read into the text."""
    stolen = LAUGHS.replace('"ha"', 'SYSTEM "file:///etc/hostname"')
    with pytest.raises(EntityBombError):
        read(docx("", parts={"word/document.xml": stolen}))


def test_a_file_cut_short_is_corrupt() -> None:
    """Half a zip, half a part and a missing part each say so."""
    whole = docx(paragraph("Ada Vero teaches physics"))
    with pytest.raises(CorruptDocumentError, match="cut short"):
        read(whole[: len(whole) // 2])
    with pytest.raises(CorruptDocumentError, match="not well-formed"):
        read(docx("", parts={"word/document.xml": f"<w:document {NAMESPACES}><w:body>"}))
    with pytest.raises(CorruptDocumentError, match="no document body"):
        read(docx("", parts={"word/document.xml": f"<w:document {NAMESPACES}/>"}))
    with pytest.raises(CorruptDocumentError, match="parts is missing"):
        read(zipped({"[Content_Types].xml": "", "word/styles.xml": "<a/>"}))
    with pytest.raises(CorruptDocumentError, match="no text body"):
        read(odt("", parts={"content.xml": "<a/>"}))


def test_nesting_beyond_what_xml_parsers_allow_is_corrupt() -> None:
    """Thousands of open elements end in a typed error, not in a crash."""
    with pytest.raises(CorruptDocumentError):
        read(docx("<w:p>" * 5_000))


def test_protected_archives_ask_for_the_password_to_be_removed() -> None:
    """An encrypted member of a zip and an encrypted ODT are told by their flags."""
    data = bytearray(docx(paragraph("Ada")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + offset] |= 1
    with pytest.raises(PasswordProtectedError, match="remove the password"):
        read(bytes(data))
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(PasswordProtectedError):
        read(odt("", parts={"META-INF/manifest.xml": manifest}))
