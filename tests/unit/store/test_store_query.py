"""The language of text queries, and what a word is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import QueryError
from matcher.store import parse_query
from matcher.store.query import DEEPEST, MOST_CHARACTERS, MOST_TERMS, Both, Either, Phrase, Without, positive
from matcher.store.words import folded_line, stored_text, words


def word(text: str) -> Phrase:
    return Phrase((text,))


def test_a_query_is_read_as_it_is_meant() -> None:
    """NOT before AND before OR, AND where nothing stands between, phrases and prefixes as leaves."""
    assert parse_query('"site reliability" AND (go OR rust) NOT intern') == Both(
        (
            Phrase(("site", "reliability")),
            Either((word("go"), word("rust"))),
            Without(word("intern")),
        )
    )
    assert parse_query("a b OR NOT c d") == Either(
        (Both((word("a"), word("b"))), Both((Without(word("c")), word("d"))))
    )
    assert parse_query('kubern* OR "c++ dev*"') == Either(
        (Phrase(("kubern",), prefix=True), Phrase(("c++", "dev"), prefix=True))
    )
    assert parse_query("full-stack") == Phrase(("full", "stack"))
    assert parse_query("or and not") == Both((word("or"), word("and"), word("not")))


def test_what_can_be_quoted_is_what_is_asked_to_be_there() -> None:
    """Parts under NOT are left out."""
    node = parse_query('a NOT (b OR c) (d OR "e f") NOT NOT g')
    assert list(positive(node)) == [word("a"), word("d"), Phrase(("e", "f")), word("g")]


@pytest.mark.parametrize(
    ("query", "at", "what"),
    [
        ("", 1, "ends where"),
        ("go AND", 7, "ends where"),
        ("go OR OR rust", 7, "OR stands where"),
        ("AND go", 1, "AND stands where"),
        ("go (rust", 4, r"this \( is never closed"),
        ("go rust)", 8, r"a \) without its \("),
        ("()", 2, r"a \) where"),
        ('go "site rel', 4, 'this " is never closed'),
        ("go -- rust", 4, "no letter or digit"),
        ('go ""', 4, "no letter or digit"),
        ("go NOT", 7, "ends where"),
        ("(" * (DEEPEST + 2) + "a", DEEPEST + 2, "nested more than"),
        ("a " * (MOST_TERMS + 1), 2 * MOST_TERMS + 1, f"more than {MOST_TERMS} words"),
    ],
)
def test_a_query_that_cannot_be_read_says_where(query: str, at: int, what: str) -> None:
    """By the character, counted from 1, and what was expected there."""
    with pytest.raises(QueryError, match=f"at character {at}: .*{what}"):
        parse_query(query)


def test_a_query_has_a_limit() -> None:
    """Of characters, before anything is read."""
    with pytest.raises(QueryError, match=f"the limit is {MOST_CHARACTERS}"):
        parse_query("a" * (MOST_CHARACTERS + 1))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(st.sampled_from("ab \"()*ANDORT.+#'\\é\0"), max_size=30))
def test_any_text_is_a_query_or_a_typed_error(text: str) -> None:
    """Its words have nothing that a database could take for its own language."""
    try:
        node = parse_query(text)
    except QueryError:
        return
    for phrase in positive(node):
        for each in phrase.words:
            assert re.fullmatch(r"\.?\w+(\.\w+)*(\+\+|#)?", each), each


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Led C++, C# and .NET teams.", "led c++ c# and .net teams"),
        ("Node.js/Vue.js on k8s ... and more", "node.js vue.js on k8s and more"),
        ("Ends here.Then starts", "ends here then starts"),
        ("CI/CD, e-mail, 3.5 years, 10,000 users", "ci cd e mail 3.5 years 10 000 users"),
        ("Zürich, Malmö, STRASSE, straße, ﬁnance, ＷＩＤＥ", "zurich malmo strasse strasse finance wide"),
        ("bachelor’s snake_case", "bachelor s snake_case"),
        ("東京 Москва", "東京 москва"),
        ("\0 -- \ud800", ""),
    ],
)
def test_words_are_cut_and_folded(text: str, expected: str) -> None:
    """Names of technologies keep their signs, sentences lose their full stops."""
    assert " ".join(words(text)) == expected
    assert folded_line(text) == f" {expected} "


def test_a_word_has_a_limit() -> None:
    """Databases have one too."""
    assert [len(found) for found in words("x" * 5_000)] == [120]


def test_text_is_stored_as_every_database_takes_it() -> None:
    """No NUL, no half of a surrogate pair."""
    assert stored_text("a\0b\ud800c") == "a b?c"
