"""The invariance suite sees a change where there is one, and ranks as the service does."""

from datetime import date
from random import Random

import pytest

from matcher import Matcher, Settings
from matcher.documents import read
from matcher.embedding import load_encoder
from matcher.evaluation.invariance import compare
from matcher.evaluation.invariance_changes import (
    Original,
    contact,
    gendered_words,
    name,
    no_contact,
    personal,
    pronouns,
    schools,
    study_years,
)
from matcher.evaluation.invariance_edits import Edit, edited, renaming, replacing
from matcher.evaluation.invariance_people import NAMES, drawn, handle_of
from matcher.evaluation.invariance_photo import portrait, with_picture
from matcher.evaluation.invariance_scores import Scorer, rank_biased_overlap, weighed
from matcher.evaluation.parsing_tally import fixtures
from matcher.matching import RoleProfile
from matcher.roles import parse as parse_role
from matcher.types import Document, Span

TODAY = date(2026, 1, 15)
TEXT = """Asha Verne
Leeds, England | 07700 900461 | asha.verne@example.com

Summary

Asha Verne welds hulls. A. Verne holds two records.

Experience

Welder, Holt Yard
May 2016 - Present
- Weld hulls and rudders by hand
- Train two apprentices

Education

Bachelor of Science in Physics, Marl University, 2012 - 2015
"""
ROLE = "Welder\n\nRequirements\n- Experience in welding hulls\n- Bachelor's degree in physics\n"


def original(text: str = TEXT, source: str = "one") -> Original:
    return Original(
        source=source,
        document=read(text.encode()),
        name="Asha Verne",
        place="Leeds, England",
        phone="07700 900461",
        email="asha.verne@example.com",
        links=(),
        schools=("Marl University",),
        bullet="Weld hulls and rudders by hand",
        studied=("2012 - 2015",),
    )


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    role = parse_role(read(ROLE.encode()))
    return Scorer(load_encoder("hashing"), [RoleProfile.of(role)], TODAY)


def test_lines_cover_an_edited_document() -> None:
    """Lines are where the text is split, whatever was put in, taken out or broken over lines."""
    document = read(TEXT.encode())
    words = document.text.index("holds")
    bullet = document.text.index("Weld hulls")
    changed = edited(
        document,
        [
            Edit(Span(0, 0), "top line\n"),
            Edit(Span(words, words + 5), "has"),
            Edit(Span(bullet, bullet + 10), "Weld\nships"),
        ],
    )
    lines = [changed.text[line.span.start : line.span.end] for line in changed.lines]
    assert [line for line in lines if line] == [line for line in changed.text.split("\n") if line]
    assert "top line" in lines
    assert "Asha Verne welds hulls. A. Verne has two records." in lines
    assert lines[lines.index("• Weld") + 1] == "ships and rudders by hand"


def test_a_name_is_changed_wherever_it_stands() -> None:
    """Whole, behind an initial, in capitals, and over two lines, which stay two."""
    document = read(b"ASHA\nVERNE\n\nAsha Verne and A. Verne; Verne alone, vernerite stays.\n")
    changed = edited(document, renaming(document, "Asha Verne", "Bo Li"))
    assert changed.text == "BO\nLI\n\nBo Li and B. Li; Li alone, vernerite stays."


def test_identity_moves_no_score_and_words_of_work_do(scorer: Scorer) -> None:
    """Names, contact blocks, personal lines and pronouns leave the last bit; a school's name is counted."""
    for change in (name, contact, no_contact, personal, pronouns, study_years):
        found = compare(scorer, [original()], change, 3)
        assert (found.same, found.largest) == (found.scores, 0.0), change
        assert found.resumes == {"one"}
        assert found.identical == found.rankings == 3
    assert compare(scorer, [original()], gendered_words, 1).scores == 1
    assert compare(scorer, [original()], schools, 1).resumes == {"one"}


def test_a_change_of_the_work_is_seen(scorer: Scorer) -> None:
    """A resume that loses its degree scores less, and falls behind one that keeps it."""

    def without_degree(person: Original, _: Random) -> tuple[Document, Document]:
        pairs = [("Bachelor of Science in Physics", "High School Diploma")] if person.source == "one" else []
        return person.document, edited(person.document, replacing(person.document, pairs))

    people = [original(), original(TEXT.replace("Train two apprentices", "Paint"), "two")]
    found = compare(scorer, people, without_degree, 1)
    assert found.resumes == found.moved == {"one"}
    assert found.same == 0
    assert found.largest > 0.05


def test_the_scorer_ranks_as_the_service_does(scorer: Scorer) -> None:
    """Embedding each text once gives the service's scores to the last bit."""
    people = [original(), original(TEXT.replace("hulls", "bridges"), "two")]
    resumes = [scorer.parsed(person.document, person.source) for person in people]
    (mine,) = scorer.rankings(resumes)
    with Matcher(Settings(model="hashing")) as matcher:
        theirs = matcher.rank(scorer.profiles[0].role, resumes, today=TODAY)
    assert [weighed(report) for report in mine] == [weighed(report) for report in theirs]


def test_rank_biased_overlap_of_known_rankings() -> None:
    """1 for equal rankings, 0 for disjoint ones, and the sum worked by hand for one swap at the top."""
    assert rank_biased_overlap("abcdef", "abcdef") == pytest.approx(1.0, abs=1e-12)
    assert rank_biased_overlap("abc", "xyz") == 0.0
    assert rank_biased_overlap([], []) == 1.0
    # depths 1 to 3 share 0, 2 and 3: 0.9^3 + 0.1 / 0.9 * (0 + 0.81 + 0.729)
    assert rank_biased_overlap("abc", "bac") == pytest.approx(0.729 + 0.1 / 0.9 * 1.539)
    assert rank_biased_overlap("bac", "abc") == rank_biased_overlap("abc", "bac")
    with pytest.raises(ValueError, match="3 and 2"):
        rank_biased_overlap("abc", "ab")


def test_people_are_drawn_alike_from_one_seed() -> None:
    """The draws are seeded, and a mailbox is made of Latin letters whatever the name's script."""
    assert [drawn(Random(5)) for _ in range(3)] == [drawn(Random(5))] * 3
    assert handle_of("María-José de la Cruz Ibáñez") == "maria-jose.ibanez"
    assert handle_of("王晓梅") == ""
    assert len(set(NAMES)) == len(NAMES) >= 40


@pytest.mark.parametrize("file", ["physics-teacher.docx", "sales-manager.html", "icu-nurse.pdf"])
def test_a_picture_changes_the_file_and_no_word(file: str) -> None:
    """The bytes differ and hold the picture; the text that is read is the same."""
    path = fixtures() / "resumes" / file
    pictured = with_picture(path)
    assert pictured is not None
    assert len(pictured) != len(path.read_bytes())
    assert read(pictured).text == read(path.read_bytes()).text
    assert portrait().startswith(b"\x89PNG")
