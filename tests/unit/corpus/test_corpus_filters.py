"""Filters as text: what they say, and where they are wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.corpus import parse_filter
from matcher.errors import FilterError, QueryError
from matcher.types import DegreeLevel
from matcher.types.corpus import Where

TODAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Where()),
        ("months>=24", Where(months_from=24)),
        ("months>=24 months<=60", Where(months_from=24, months_to=60)),
        ("months >= 24 months<= 60", Where(months_from=24, months_to=60)),
        ("degree>=bachelor", Where(degree=DegreeLevel.BACHELOR)),
        ('degree>="high school"', Where(degree=DegreeLevel.HIGH_SCHOOL)),
        ("skill:python skill:C++", Where(skills=("python", "C++"))),
        (
            'skill:"machine learning" language=Spanish',
            Where(skills=("machine learning",), languages=("Spanish",)),
        ),
        ("tag:x Source:y", Where(tags=("x",), source="y")),
        ('location:"New York"', Where(location="New York")),
        ("updated>=2026-01-01", Where(updated_since=datetime(2026, 1, 1, tzinfo=UTC))),
        ("go rust", Where(text="go rust")),
        ('"tag:x"', Where(text='"tag:x"')),
    ],
)
def test_terms_fill_the_fields_of_a_filter(text: str, expected: Where) -> None:
    """Each term fills its field; what is no term, or is quoted, is the text query."""
    found = parse_filter(text, TODAY)
    assert found == Where(**{name: getattr(expected, name) for name in Where.__slots__} | {"today": TODAY})


def test_the_rest_is_one_text_query_in_its_place() -> None:
    """Terms may stand before, behind and between the parts of the query, joined by AND or by nothing."""
    found = parse_filter('months>=24 AND "site reliability" AND (go OR rust) NOT intern tag:x', TODAY)
    assert found.months_from == 24
    assert found.tags == ("x",)
    assert found.text is not None
    assert found.text.split() == '"site reliability" AND (go OR rust) NOT intern'.split()


@pytest.mark.parametrize(
    ("text", "character", "words"),
    [
        ("go langage:Spanish", 4, "langage is no filter"),
        ("months>=many", 9, "whole number"),
        ("months>=99999", 9, "whole number"),
        ("degree>=guru", 9, "a degree is one of"),
        ("degree:master", 1, "degree does not go with :"),
        ("updated>=January", 10, "2026-01-31"),
        ('x skill:"open', 9, "never closed"),
        ("tag:", 5, "no value"),
        ("skill:...", 7, "no letter or digit"),
        ("source:a source:b", 10, "given twice"),
        ("(go tag:x)", 5, "within parentheses"),
        ("go NOT tag:x", 8, "behind NOT"),
        ("go OR months>=3", 7, "behind OR"),
    ],
)
def test_a_fault_is_named_with_its_place(text: str, character: int, words: str) -> None:
    """The error says at which character, counted from 1, and what is wrong."""
    with pytest.raises(FilterError) as caught:
        parse_filter(text, TODAY)
    assert f"at character {character}:" in caught.value.message
    assert words in caught.value.message


def test_a_fault_in_the_query_is_named_by_its_place_in_the_whole() -> None:
    """Terms before the query do not shift what it says about characters."""
    with pytest.raises(QueryError, match="at character 12: this \\( is never closed"):
        parse_filter("months>=24 (go OR rust", TODAY)


@settings(derandomize=True, max_examples=300)
@given(st.text(alphabet='ago:>=<"() ORNDT1m\n*', max_size=60))
def test_whatever_is_typed_is_a_filter_or_a_typed_error(text: str) -> None:
    """No text makes the parser fail otherwise."""
    try:
        found = parse_filter(text, TODAY)
    except (FilterError, QueryError):
        return
    assert found.today == TODAY
