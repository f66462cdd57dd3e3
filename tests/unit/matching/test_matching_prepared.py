"""What is prepared of a resume, and its bytes."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import CorpusDamagedError, OldFeaturesError
from matcher.matching import (
    RoleProfile,
    copies,
    prepare,
    prepared_bytes,
    prepared_from,
    prepared_without,
    without_copies,
)
from matcher.types import (
    Document,
    Position,
    Qualification,
    QualificationKind,
    Resume,
    Role,
    SectionKind,
    Snippet,
    Span,
)

LAW = settings(derandomize=True, max_examples=60, deadline=None)
LINES = st.lists(
    st.tuples(
        st.text(max_size=40) | st.sampled_from(["Ran k8s, hoping for R&D", "Led six nurses", "SKILLS:"]),
        st.sampled_from(list(SectionKind)),
    ),
    max_size=6,
)


def resume(*lines: tuple[str, SectionKind], titles: tuple[str | None, ...] = ()) -> Resume:
    """A resume of these lines, and jobs of these titles."""
    text = "\n".join(line for line, _ in lines)
    snippets, start = [], 0
    for line, section in lines:
        snippets.append(Snippet(line, Span(start, start + len(line)), section, line))
        start += len(line) + 1
    positions = tuple(Position(title, title, None, None, Span(0, 1)) for title in titles)
    return Resume(
        Document(text, "text/plain", "0" * 64, ()), "c0", "x", positions=positions, snippets=tuple(snippets)
    )


def experience(*lines: str) -> Resume:
    """A resume of these lines of one section."""
    return resume(*((line, SectionKind.EXPERIENCE) for line in lines))


@LAW
@given(LINES, st.lists(st.none() | st.text(max_size=20), max_size=3))
def test_what_is_prepared_comes_back_from_its_bytes(
    lines: list[tuple[str, SectionKind]], titles: list[str | None]
) -> None:
    """Whatever a resume says, what was prepared of it is equal when read again, and so are its bytes."""
    prepared = prepare(resume(*lines, titles=tuple(titles)))
    data = prepared_bytes(prepared)
    assert prepared_from(data) == prepared
    assert prepared_bytes(prepared_from(data)) == data


@LAW
@given(LINES, st.sets(st.integers(0, 5)))
def test_without_some_lines_it_is_as_if_prepared_without_them(
    lines: list[tuple[str, SectionKind]], taken: set[int]
) -> None:
    """Whatever lines are taken out, all that is kept of the others is what `prepare` makes of them."""
    every = resume(*lines, *lines, titles=("Baker",))
    gone = sorted(place for place in taken if place < len(every.snippets))
    rest = replace(
        every, snippets=tuple(each for place, each in enumerate(every.snippets) if place not in taken)
    )
    assert prepared_without(prepare(every), gone, rest) == prepare(rest)


def test_bytes_of_other_rules_are_refused() -> None:
    """What other rules made of a resume is not what these would."""
    _, content = msgspec.msgpack.decode(prepared_bytes(prepare(experience("Welded frames"))))
    with pytest.raises(OldFeaturesError):
        prepared_from(msgspec.msgpack.encode(("0" * 16, content)))


@pytest.mark.parametrize("keep", [0, 1, 30, -1])
def test_bytes_that_were_cut_are_refused(keep: int) -> None:
    """Damage is told, not read."""
    with pytest.raises(CorpusDamagedError):
        prepared_from(prepared_bytes(prepare(experience("Welded frames")))[:keep])


def test_a_line_that_stands_twice_says_so() -> None:
    """However it is written, and only that line."""
    assert prepare(experience("Led a crew", "Sold tea", "LED A CREW")).repeated == {
        0: "; stands 2 times",
        2: "; stands 2 times",
    }


POSTING = """Plan and price the work of two crews, order materials and keep the books of the yard.
Keep the yard safe and tidy"""


@pytest.mark.parametrize(
    ("line", "copied"),
    [
        ("Plan and price the work of two crews, order materials and keep the books of the yard.", True),
        ("I plan and price the work of two crews, order materials and teach apprentices", True),
        ("Keep the yard safe and tidy", True),
        ("Ordered materials and kept the books of the yard in Fig Street for nine years", False),
        ("Welded frames", False),
        ("", False),
    ],
)
def test_copies_are_those_that_are_taken_out(line: str, copied: bool) -> None:
    """By numbers of its runs of words a line counts as copied exactly when it does by the words."""
    document = Document(POSTING, "text/plain", "1" * 64, ())
    asked = Qualification("q1", "Welding", QualificationKind.REQUIRED, 1.0)
    profile = RoleProfile.of(Role(document, "r0", None, None, (asked,)))
    own = experience("Sold tea in the market of a harbour town", line)
    assert copies(profile, own, prepare(own)) == [1] * copied
    kept = without_copies(profile.runs, own)
    assert len(kept.snippets) == 2 - copied
    listed = replace(own, snippets=tuple(replace(each, section=SectionKind.SKILLS) for each in own.snippets))
    assert len(copies(profile, listed, prepare(listed))) == 2 - len(
        without_copies(profile.runs, listed).snippets
    )
