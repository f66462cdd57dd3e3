from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.matching.lexical import (
    COMMON,
    FLOOR,
    PHRASING_WEIGHT,
    background,
    covered,
    overlap,
    stems,
    terms,
    weight,
)
from matcher.matching.words import stem, tokens

LAW = settings(derandomize=True, max_examples=60, deadline=None)
PROSE = st.lists(
    st.sampled_from(
        "led a team of nurses in k8s SQL, C++ and Go or R&D; B.S. excellent Excel years customers".split()
    ),
    max_size=14,
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SQL, AWS, C++ and C#", ["SQL", ",", "AWS", ",", "C++", "and", "C#"]),
        (".NET/ASP.NET with Node.js", [".NET", "/", "ASP.NET", "with", "Node.js"]),
        ("CI/CD, R&D and P&L", ["CI/CD", ",", "R&D", "and", "P&L"]),
        ("B.S. or Ph.D. in the U.S.", ["B.S", "or", "Ph.D", "in", "the", "U.S"]),
        ("Go, R, k8s. Done.", ["Go", ",", "R", ",", "k8s", ".", "Done", "."]),
        ("master’s degree", ["master's", "degree"]),
        ("naïve café Zürich", ["naïve", "café", "Zürich"]),
        ("", []),
    ],
)
def test_words_keep_the_signs_that_belong_to_a_name(text: str, found: list[str]) -> None:
    """C++, C#, .NET, CI/CD and dotted degrees stay whole; commas and stops are tokens of their own."""
    assert tokens(text) == found


def test_words_one_long_run_without_spaces_is_split_in_linear_time() -> None:
    """Hostile input of the largest size a document may have is read without backtracking."""
    large = ("$1" + ",000" * 99_999, "1,000" * 80_000, "in-ed" * 80_000)
    for hostile in (
        "a." * 200_000,
        "c+" * 200_000,
        "x'" * 200_000,
        "." * 400_000,
        "P h.D" * 80_000,
        *large,
    ):
        assert len(tokens(hostile)) <= 400_000


def test_stem_joins_the_forms_of_a_word_and_leaves_names_whole() -> None:
    """Plural and possessive have one stem; a name with a sign or a digit has itself."""
    assert stem("nurses") == stem("nurse") == stem("nurse's")
    assert stem("c++") == "c++"
    assert stem("ipv6") == "ipv6"


def test_stems_leave_out_function_words_but_not_names_that_look_like_them() -> None:
    """ "it" is dropped and "IT" is information technology; "us" is dropped and "US" is the country."""
    assert stems("it is with us") == []
    assert stems("IT in the US") == ["information_technology", "usa"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a budget of $450,000", ["budget"]),
        ("20,000 units, €1.5 million and £30K", ["unit", "million"]),
        ("Form 1099 for 3 auditors", ["form", "1099", "3", "auditor"]),
    ],
)
def test_stems_leave_out_amounts(text: str, found: list[str]) -> None:
    """What was sold and what is asked have thousands in common by chance; a number without the mark of an
    amount may be part of a name."""
    assert stems(text) == found


def test_stem_of_a_participle_is_that_with_the_particle_before_it() -> None:
    """Who brings work in-house sources no candidates, and on-boarding is onboarding."""
    assert stems("in-sourcing, out-sourced and on-boarding") == stems("insourcing, outsourced and onboarding")
    assert stems("In-house") == ["hous"]
    assert terms("in-sourcing").written == {"insourc": "in-sourcing"}


def test_stem_executives_execute_nothing() -> None:
    """The stemmer would make one of the two."""
    assert overlap(terms("Planning and execution"), terms("Booked trips for executives and the CEO")) == 0.0
    assert overlap(terms("Executive assistant"), terms("Assistant to two executives")) == 1.0


def test_lexical_people_and_results_of_any_team_say_little() -> None:
    """They keep the share of their weight that the phrasing of postings does."""
    table, _ = background()
    assert {stem(word) for word in ("members", "results", "teams")} == COMMON
    for name in COMMON:
        assert weight(name) == (table[name] - FLOOR) * PHRASING_WEIGHT


def test_lexical_excel_is_not_excellent() -> None:
    """The stemmer would read "excellent" as "excel"; the spreadsheet is kept apart."""
    assert overlap(terms("Excel"), terms("excellent work")) == 0.0
    assert overlap(terms("Excel"), terms("reports in MS Excel")) == 1.0


def test_lexical_overlap_is_the_covered_share_of_the_weight() -> None:
    """The share is the found words' weight over all words' weight, read from the table."""
    asked = terms("welding pipelines")
    pipe, weld = weight("pipelin"), weight("weld")
    assert pipe > 0
    assert overlap(asked, terms("Inspected a pipeline")) == pytest.approx(pipe / (pipe + weld))
    assert covered(asked, terms("Welded steel").stems) == weld


def test_lexical_words_of_every_posting_weigh_less_than_the_thing_asked() -> None:
    """ "experience", "ability", "strong", "years" say less than a skill, and far less than a rare one."""
    for plain in ("experience", "ability", "strong", "years", "excellent", "skills", "knowledge"):
        assert weight(stem(plain)) < weight("sql")
        assert weight(stem(plain)) < 0.6 * weight("kubernet")


def test_lexical_unlisted_stem_has_the_largest_weight_of_a_single_word() -> None:
    """A word that the background never saw weighs as much as any word can."""
    table, unseen = background()
    assert max(table.values()) <= unseen
    assert weight("zyxophon") == pytest.approx(unseen - 1.75)


def test_lexical_background_table_is_small_and_says_where_it_comes_from() -> None:
    """A few thousand stems; values are natural logarithms of inverse shares."""
    table, unseen = background()
    assert 4_000 < len(table) < 20_000
    assert all(0 < value <= unseen for value in table.values())
    assert table["experi"] == pytest.approx(-math.log(0.096), abs=0.15)


def test_lexical_clauses_are_the_parts_between_marks_and_conjunctions() -> None:
    """Commas, slashes, "and" and "or" separate clauses; function words are in none."""
    assert terms("Java, Kotlin or a similar language").clauses == (
        frozenset({"java"}),
        frozenset({"kotlin"}),
        frozenset({"similar", "languag"}),
    )


def test_lexical_empty_text_has_no_mass_and_covers_nothing() -> None:
    """Nothing asked is never covered; nothing said covers nothing."""
    empty = terms(" \n ")
    assert empty.mass == 0.0
    assert overlap(empty, terms("SQL")) == 0.0
    assert overlap(terms("SQL"), empty) == 0.0


@LAW
@given(PROSE, PROSE)
def test_lexical_overlap_lies_in_the_unit_interval_and_words_only_add(asked: str, said: str) -> None:
    """Overlap is in [0, 1], 1 with itself, and further words never lower it."""
    q = terms(asked)
    value = overlap(q, terms(said))
    assert 0.0 <= value <= 1.0
    assert overlap(q, terms(f"{said}. {asked}")) >= value
    if q.mass:
        assert overlap(q, q) == pytest.approx(1.0, abs=1e-12)


@LAW
@given(st.text(max_size=80))
def test_lexical_any_text_has_terms_of_finite_weight(text: str) -> None:
    """No string breaks the splitter; each stem has one weight of 0 or more."""
    found = terms(text)
    assert len(found.order) == len(found.weights) == len(found.stems)
    assert all(0.0 <= value < 20.0 for value in found.weights)
    assert found.mass == pytest.approx(sum(found.weights))
