"""Parsed resumes and roles as documented bytes: MessagePack, the lines of a document as columns.

A document's lines are most of a resume, and objects are slow to make by the hundred: their numbers travel as
one column each, floats as little-endian bytes. Everything else is written as the nouns are, field by field,
so that a field that is added later with a default is read from older bytes too. docs/corpus-format.md has
the whole format; `benchmarks/store_speed.py` compares it with others.
"""

from __future__ import annotations

from array import array

import msgspec

from matcher.errors import CorpusDamagedError
from matcher.store.lines import LineColumns, StoredLines, little_endian
from matcher.types import (
    Contact,
    Document,
    Education,
    Identity,
    LanguageSkill,
    Licence,
    Link,
    Logistics,
    Page,
    Position,
    Qualification,
    Resume,
    Role,
    Section,
    SetAside,
    Skill,
    Snippet,
)


class _Document(msgspec.Struct, frozen=True):
    text: str
    media_type: str
    sha256: str
    lines: LineColumns
    pages: tuple[Page, ...] = ()
    links: tuple[Link, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    embedded: tuple[str, ...] = ()


class _Resume(msgspec.Struct, frozen=True):
    document: _Document
    candidate_id: str
    source: str
    contact: Contact
    identity: tuple[Identity, ...] = ()
    sections: tuple[Section, ...] = ()
    positions: tuple[Position, ...] = ()
    education: tuple[Education, ...] = ()
    skills: tuple[Skill, ...] = ()
    languages: tuple[LanguageSkill, ...] = ()
    licences: tuple[Licence, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


class _Quotable(msgspec.Struct, frozen=True):
    """As much of a resume as a quote takes: other fields are passed over unread."""

    document: _Document


class _Role(msgspec.Struct, frozen=True):
    document: _Document
    role_id: str
    title: str | None
    company: str | None
    qualifications: tuple[Qualification, ...]
    logistics: Logistics
    parsed: _Role | None = None


_RESUME_FIELDS = tuple(field for field in _Resume.__struct_fields__ if field != "document")
_ROLE_FIELDS = tuple(field for field in _Role.__struct_fields__ if field not in ("document", "parsed"))
_NO_BOX = (float("nan"),) * 4

_encoder = msgspec.msgpack.Encoder()
_resume_decoder = msgspec.msgpack.Decoder(_Resume)
_quotable_decoder = msgspec.msgpack.Decoder(_Quotable)
_role_decoder = msgspec.msgpack.Decoder(_Role)


def resume_bytes(resume: Resume) -> bytes:
    """The resume in the format of docs/corpus-format.md."""
    fields = {name: getattr(resume, name) for name in _RESUME_FIELDS}
    return _encoder.encode(_Resume(document=_packed(resume.document), **fields))


def resume_from(data: bytes) -> Resume:
    """The resume that `resume_bytes` wrote, equal to it. Raises CorpusDamagedError for other bytes."""
    try:
        stored = _resume_decoder.decode(data)
        document = _unpacked(stored.document)
    except (msgspec.MsgspecError, ValueError) as error:
        raise CorpusDamagedError from error
    return Resume(document=document, **{name: getattr(stored, name) for name in _RESUME_FIELDS})


def document_from(data: bytes) -> Document:
    """The document of the resume that `resume_bytes` wrote. Raises CorpusDamagedError for other bytes."""
    try:
        return _unpacked(_quotable_decoder.decode(data).document)
    except (msgspec.MsgspecError, ValueError) as error:
        raise CorpusDamagedError from error


def role_bytes(role: Role) -> bytes:
    """The role in the format of docs/corpus-format.md."""
    return _encoder.encode(_packed_role(role))


def role_from(data: bytes) -> Role:
    """The role that `role_bytes` wrote, equal to it. Raises CorpusDamagedError for other bytes."""
    try:
        return _unpacked_role(_role_decoder.decode(data))
    except (msgspec.MsgspecError, ValueError) as error:
        raise CorpusDamagedError from error


def _packed_role(role: Role) -> _Role:
    parsed = None if role.parsed is None else _packed_role(role.parsed)
    fields = {name: getattr(role, name) for name in _ROLE_FIELDS}
    return _Role(document=_packed(role.document), parsed=parsed, **fields)


def _unpacked_role(stored: _Role) -> Role:
    fields = {name: getattr(stored, name) for name in _ROLE_FIELDS}
    parsed = None if stored.parsed is None else _unpacked_role(stored.parsed)
    return Role(document=_unpacked(stored.document), parsed=parsed, **fields)


def _packed(document: Document) -> _Document:
    lines = document.lines
    boxes, edges = array("d"), array("f")
    for line in lines:
        boxes.extend(line.box or _NO_BOX)
        edges.extend(line.edges or ())
    return _Document(
        text=document.text,
        media_type=document.media_type,
        sha256=document.sha256,
        lines=LineColumns(
            starts=[line.span.start for line in lines],
            ends=[line.span.end for line in lines],
            pages=[line.page for line in lines],
            sizes=[line.size for line in lines],
            bold=[line.bold for line in lines],
            boxes=little_endian(boxes).tobytes() if any(line.box for line in lines) else b"",
            edges=little_endian(edges).tobytes(),
            edged=[line.edges is not None for line in lines],
        ),
        pages=document.pages,
        links=document.links,
        set_aside=document.set_aside,
        embedded=document.embedded,
    )


def _unpacked(stored: _Document) -> Document:
    return Document(
        stored.text,
        stored.media_type,
        stored.sha256,
        StoredLines(stored.lines),
        stored.pages,
        stored.links,
        stored.set_aside,
        stored.embedded,
    )
