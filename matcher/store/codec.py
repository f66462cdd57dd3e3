"""Parsed resumes and roles as documented bytes: MessagePack, the lines of a document as columns.

A document's lines are most of a resume, and objects are slow to make by the hundred: their numbers travel as
one column each, floats as little-endian bytes. Everything else is written as the nouns are, field by field,
so that a field that is added later with a default is read from older bytes too. docs/corpus-format.md has
the whole format; `benchmarks/store_speed.py` compares it with others.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence
from itertools import starmap

import msgspec

from matcher.errors import CorpusDamagedError
from matcher.types import (
    Box,
    Contact,
    Document,
    Education,
    Identity,
    LanguageSkill,
    Licence,
    Line,
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
    Span,
)


class _Lines(msgspec.Struct, array_like=True, frozen=True):
    starts: list[int]
    ends: list[int]
    pages: list[int | None]
    sizes: list[float | None]
    bold: list[bool]
    boxes: bytes  # float64, four numbers for each line, NaN where there is no box
    edges: bytes  # float32, end - start + 1 numbers for each line that has edges
    edged: list[bool]


class _Document(msgspec.Struct, frozen=True):
    text: str
    media_type: str
    sha256: str
    lines: _Lines
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
        lines=_Lines(
            starts=[line.span.start for line in lines],
            ends=[line.span.end for line in lines],
            pages=[line.page for line in lines],
            sizes=[line.size for line in lines],
            bold=[line.bold for line in lines],
            boxes=_little_endian(boxes).tobytes() if any(line.box for line in lines) else b"",
            edges=_little_endian(edges).tobytes(),
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
        _lines(stored.lines),
        stored.pages,
        stored.links,
        stored.set_aside,
        stored.embedded,
    )


_BOX = struct.Struct("<4d")


def _lines(stored: _Lines) -> tuple[Line, ...]:
    spans = list(map(Span, stored.starts, stored.ends))
    boxes: Sequence[Box | None] = [None] * len(spans)
    if stored.boxes:
        boxes = [
            box if box.left == box.left else None for box in starmap(Box, _BOX.iter_unpack(stored.boxes))
        ]
    numbers = array("f")
    numbers.frombytes(stored.edges)
    numbers = _little_endian(numbers)
    edges: list[array[float] | None] = []
    at = 0
    for span, edged in zip(spans, stored.edged, strict=True):
        if edged:
            until = at + span.end - span.start + 1
            edges.append(numbers[at:until])
            at = until
        else:
            edges.append(None)
    return tuple(map(Line, spans, stored.pages, boxes, edges, stored.sizes, stored.bold))


def _little_endian(numbers: array[float]) -> array[float]:
    """The numbers as they are in files, and back: swapped on a big-endian machine."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
