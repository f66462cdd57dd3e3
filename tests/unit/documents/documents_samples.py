"""Builders of small files for the tests of reading; every person in them is invented."""

from __future__ import annotations

import io
import zipfile

from matcher.documents import read
from matcher.types import Document, SetAsideKind

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMESPACES = (
    f"{W} "
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_EXTERNAL = " TargetMode='External'"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip file of `members`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    """A w:r with `properties` inside its w:rPr."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """A w:p of runs (or plain text) with `properties` inside its w:pPr."""
    runs = "".join(part if part.startswith("<") else run(part) for part in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def docx(
    body: str, *, parts: dict[str, str] | None = None, rels: dict[str, tuple[str, str]] | None = None
) -> bytes:
    """A DOCX with `body` inside w:body; `parts` by member name, `rels` as id: (kind, target)."""
    relationships = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"'
        f"{_EXTERNAL if kind == 'hyperlink' else ''}/>"
        for key, (kind, target) in (rels or {}).items()
    )
    return zipped(
        {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": (
                f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" '
                f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
            ),
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">{relationships}</Relationships>',
            **(parts or {}),
        }
    )


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF_NAMESPACES = (
    f'xmlns:office="{_ODF}office:1.0" xmlns:text="{_ODF}text:1.0" xmlns:style="{_ODF}style:1.0" '
    f'xmlns:table="{_ODF}table:1.0" xmlns:draw="{_ODF}drawing:1.0" '
    f'xmlns:fo="{_ODF}xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def odt(body: str, *, styles: str = "", masters: str = "", parts: dict[str, str] | None = None) -> bytes:
    """An ODT with `body` inside office:text, `styles` inside office:automatic-styles."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF_NAMESPACES}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF_NAMESPACES}>"
            f"<office:master-styles>{masters}</office:master-styles></office:document-styles>",
            **(parts or {}),
        }
    )


def hidden(document: Document) -> list[str]:
    """The texts that were cut out as hidden."""
    return [entry.text for entry in document.set_aside if entry.kind is SetAsideKind.HIDDEN_TEXT]


def bold(document: Document) -> list[str]:
    """The texts of the bold lines."""
    return [document.text[line.span.start : line.span.end] for line in document.lines if line.bold]


def sizes(document: Document) -> dict[str, float | None]:
    """The size of each line by its text."""
    return {document.text[line.span.start : line.span.end]: line.size for line in document.lines}


def links(document: Document) -> dict[str, str]:
    """The text under each link by its address."""
    return {link.url: document.text[link.span.start : link.span.end] for link in document.links if link.span}


def text_of(data: bytes | str) -> str:
    """The text that is read from `data`."""
    return read(data.encode() if isinstance(data, str) else data).text


def check_laws(document: Document) -> None:
    """The span law, and that lines cover all of the text but the newlines between them."""
    covered = "\n".join(document.text[line.span.start : line.span.end] for line in document.lines)
    assert covered.split() == document.text.split()
    at = 0
    for line in document.lines:
        assert line.span.start >= at
        assert document.text[at : line.span.start].strip("\n") == ""
        assert line.span.end > line.span.start
        assert "\n" not in document.text[line.span.start : line.span.end]
        at = line.span.end
    assert at == len(document.text)
    assert "\n\n\n" not in document.text
    assert document.text == document.text.strip("\n")
    for link in document.links:
        assert link.span is not None
        assert document.text[link.span.start : link.span.end].strip()
    for entry in document.set_aside:
        if entry.span is not None:
            assert document.text[entry.span.start : entry.span.end] == entry.text
