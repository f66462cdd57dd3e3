from __future__ import annotations

import pytest

from matcher.matching.aliases import groups
from matcher.matching.lexical import overlap, stems, terms
from matcher.matching.words import tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kubernetes", "k8s"),
        ("JavaScript", "JS"),
        ("machine learning", "ML"),
        ("PostgreSQL", "Postgres"),
        ("Google Cloud Platform", "GCP"),
        ("Amazon Web Services", "AWS"),
        ("registered nurse", "RN"),
        ("certified public accountant", "CPA"),
        ("human resources", "HR"),
        ("quality assurance", "QA"),
        ("C#", "C sharp"),
        (".NET", "dotnet"),
        ("bachelor's degree", "B.S."),
        ("PhD", "doctorate"),
        ("Electronic Medical Records", "EHR"),
        ("continuous integration", "CI/CD"),
        ("e-mail", "email"),
        ("project management professional", "PMP"),
        ("basic life support", "BLS"),
        ("accounts payable", "A/P"),
        ("full-time", "full time"),
    ],
)
def test_aliases_two_names_of_one_thing_cover_each_other(one: str, other: str) -> None:
    """Whichever of the two the posting uses, the resume's name for it is found."""
    assert overlap(terms(one), terms(other)) == pytest.approx(1.0)
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Programming in Go and Rust", "I go to work and let rust go"),
        ("Statistics in R", "r"),
        ("IT manager", "I made it work"),
        ("C or Pascal", "Vitamin c"),
        ("AI", "ai"),
        ("LED fixtures", "led teams"),
        ("ER nurse", "er"),
        ("the US market", "help us"),
    ],
)
def test_aliases_names_in_capitals_are_not_the_ordinary_words(name: str, words: str) -> None:
    """Go, R, C, IT, LED and US are read as names only as written, so the lower-case word covers nothing."""
    assert any("_" in stem or stem in {"golang", "usa"} for stem in stems(name))
    assert not {stem for stem in stems(name) if "_" in stem or stem in {"golang", "usa"}} & set(stems(words))


def test_aliases_go_the_verb_is_not_the_language() -> None:
    """ "Go" opens a sentence or is followed by "to": a verb. In a list of languages: the language."""
    assert "golang" in stems("Java, Go, Rust")
    assert "golang" in stems("Go or Rust")
    assert "golang" in stems("Go")
    assert "golang" not in stems("Go and see")
    assert "golang" not in stems("Go above and beyond. Go for gold")
    assert "golang" not in stems("My Go to person")
    assert "go_to_market" in stems("Go to market strategy")


def test_aliases_longest_name_wins() -> None:
    """ "MS Office" is office software, not a master's degree; "MS in Biology" is one."""
    assert stems("MS Office") == ["ms_office"]
    assert stems("MS in Biology")[0] == "master_degree"
    assert stems("Microsoft SQL Server") == ["sql_server", "databas"]


def test_aliases_a_wider_name_is_partly_covered_by_a_narrower_one() -> None:
    """Excel speaks for Microsoft Office, and a nurse practitioner for a nurse."""
    assert overlap(terms("Microsoft Office"), terms("Excel and PowerPoint")) == 1.0
    assert 0.0 < overlap(terms("Excel"), terms("Microsoft Office")) < 1.0
    assert overlap(terms("nurse"), terms("RN")) == 1.0


def test_aliases_file_has_many_groups_and_no_name_twice() -> None:
    """At least 150 groups; an alias belongs to one group; none is empty or read as itself with a capital."""
    found = groups()
    assert len(found) >= 150
    names = [alias for _, aliases in found for alias in aliases]
    assert len(names) == len(set(names))
    assert all(alias.strip() == alias and tokens(alias) for alias in names)
    assert all(name == name.lower() for name, _ in found)


def test_aliases_of_the_people_department() -> None:
    """Attrition is turnover and a union grievance a complaint; a succession plan is no success, and a talent
    review is no recruiting."""
    assert overlap(terms("employee turnover"), terms("monthly attrition of each employee")) == pytest.approx(
        1
    )
    assert overlap(terms("absence data"), terms("data on absenteeism")) == pytest.approx(1.0)
    assert terms("employee relations complaints").stems <= terms("heard union grievances").stems
    assert not terms("succession plan").stems & terms("successfully planned a move").stems
    assert not terms("talent review").stems & terms("recruitment of drivers").stems
    assert stems("talent acquisition") == stems("recruiting")
