"""Resumes and roles as bytes: equal when they come back, readable by what docs/corpus-format.md says."""

from __future__ import annotations

import math
import pickle
import random
import struct
from array import array
from dataclasses import fields, replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import ADA, resume_of, role_of

from matcher.documents import read
from matcher.errors import CorpusDamagedError
from matcher.resumes import parse
from matcher.store import codec, resume_bytes, resume_from, role_bytes, role_from
from matcher.types import Box, Document, Line, Resume, Role, Span

FIXTURES = Path(__file__).parents[3] / "data" / "fixtures"
POSTING = "Site Reliability Engineer\n\nRequirements\n• Five years of Kubernetes\n• Go or Rust\n"


@pytest.mark.parametrize(
    "name",
    [
        "icu-nurse.pdf",
        "star-contributor.pdf",
        "backend-engineer-java.html",
        "physics-teacher.docx",
        "chef.odt",
    ],
)
def test_a_real_resume_comes_back_equal(name: str) -> None:
    """Geometry, links, what was set aside: value for value, to the last bit of each number."""
    path = FIXTURES / "resumes" / name
    resume = parse(read(path.read_bytes()), name)
    data = resume_bytes(resume)
    again = resume_from(data)
    assert again == resume
    assert [line.edges and line.edges.tobytes() for line in again.document.lines] == [
        line.edges and line.edges.tobytes() for line in resume.document.lines
    ]
    assert resume_bytes(again) == data


@pytest.mark.parametrize("name", ["icu-nurse.md", "research-manager.txt"])
def test_a_real_role_comes_back_equal(name: str) -> None:
    """Also one that a person changed, with what was read before."""
    role = role_of((FIXTURES / "roles" / name).read_text("utf-8"))
    assert role_from(role_bytes(role)) == role
    edited = replace(role, title="Another", parsed=role)
    assert role_from(role_bytes(edited)) == edited


def test_no_field_of_a_noun_is_forgotten() -> None:
    """A field that is added to Document, Line, Resume or Role has to be added to the format."""
    names = {noun: {field.name for field in fields(noun)} for noun in (Document, Line, Resume, Role)}
    assert names[Document] == set(codec._Document.__struct_fields__)
    assert names[Resume] == set(codec._Resume.__struct_fields__)
    assert names[Role] == set(codec._Role.__struct_fields__)
    assert names[Line] == {"span", "page", "box", "edges", "size", "bold"}


numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    start = draw(st.integers(0, 400_000))
    length = draw(st.integers(0, 20))
    edges = st.none() | st.lists(numbers, min_size=length + 1, max_size=length + 1)
    found = draw(edges)
    return Line(
        Span(start, start + length),
        page=draw(st.none() | st.integers(1, 50)),
        box=draw(st.none() | st.builds(Box, numbers, numbers, numbers, numbers)),
        edges=None if found is None else array("f", found),
        size=draw(st.none() | numbers),
        bold=draw(st.booleans()),
    )


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    some=st.lists(lines(), max_size=6), text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
)
def test_any_lines_come_back_equal(some: list[Line], text: str) -> None:
    """With and without boxes, edges, sizes and pages, mixed in one document."""
    resume = resume_of(ADA)
    changed = replace(resume, document=replace(resume.document, text=text, lines=tuple(some)))
    assert resume_from(resume_bytes(changed)) == changed


@settings(max_examples=40, derandomize=True, deadline=None)
@given(some=st.lists(lines(), min_size=1, max_size=6), order=st.randoms(use_true_random=False))
def test_lines_that_are_asked_for_one_by_one_are_those_of_the_whole(
    some: list[Line], order: random.Random
) -> None:
    """In any order, from either end, as slices, and pickled; a number that is none of theirs is refused."""
    resume = resume_of(ADA)
    data = resume_bytes(replace(resume, document=replace(resume.document, lines=tuple(some))))
    found = resume_from(data).document.lines
    for number in order.sample(range(-len(some), len(some)), 2 * len(some)):
        assert found[number] == some[number]
    assert found[1:] == tuple(some[1:])
    assert pickle.loads(pickle.dumps(found)) == tuple(some) == found
    assert (list(found), len(found), found != tuple(some[1:])) == (some, len(some), True)
    with pytest.raises(IndexError):
        found[len(some)]


@pytest.mark.parametrize("column", range(8))
def test_columns_that_do_not_fit_each_other_are_damage(column: int) -> None:
    """One that is cut short is found when the resume is read, not when a line is asked for."""
    resume = resume_of(ADA)
    first, *rest = resume.document.lines
    boxed = replace(first, box=Box(1.0, 2.0, 3.0, 4.5), edges=array("f", range(len("Ada Lindqvist") + 1)))
    changed = replace(resume, document=replace(resume.document, lines=(boxed, *rest)))
    plain = msgspec.msgpack.decode(resume_bytes(changed))
    plain["document"]["lines"][column] = plain["document"]["lines"][column][:-1]
    with pytest.raises(CorpusDamagedError):
        resume_from(msgspec.msgpack.encode(plain))


def test_the_bytes_are_as_documented() -> None:
    """Read with nothing but MessagePack: names, columns, little-endian floats, NaN where there is no box."""
    resume = resume_of(ADA)
    first, second = resume.document.lines[:2]
    boxed = replace(first, box=Box(1.0, 2.0, 3.0, 4.5), edges=array("f", range(len("Ada Lindqvist") + 1)))
    changed = replace(resume, document=replace(resume.document, lines=(boxed, second)))
    plain = msgspec.msgpack.decode(resume_bytes(changed))
    assert plain["document"]["text"] == resume.document.text
    assert plain["contact"]["emails"] == ["ada.lindqvist@example.org"]
    assert plain["snippets"][1]["masked"] == "Led a migration of forty services to Kubernetes"
    assert plain["snippets"][1]["span"] == list(resume.snippets[1].span)
    starts, ends, pages, sizes, bold, boxes, edges, edged = plain["document"]["lines"]
    assert list(zip(starts, ends, strict=True)) == [tuple(first.span), tuple(second.span)]
    assert (pages, sizes, bold) == ([None] * 2, [first.size, second.size], [first.bold, second.bold])
    assert struct.unpack("<4d", boxes[:32]) == (1.0, 2.0, 3.0, 4.5)
    assert all(math.isnan(number) for number in struct.unpack("<4d", boxes[32:]))
    assert struct.unpack("<14f", edges) == tuple(range(14))
    assert edged == [True, False]


@pytest.mark.parametrize("data", [b"", b"\x80", b"\xc1", b"not at all", resume_bytes(resume_of(ADA))[:-5]])
def test_other_bytes_are_said_to_be_damaged(data: bytes) -> None:
    """Never another error, for a resume and for a role."""
    for opened in (resume_from, role_from):
        with pytest.raises(CorpusDamagedError):
            opened(data)
