"""Filters and text queries of a store, on SQLite and on PostgreSQL, against answers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import (
    ADA,
    BRAM,
    PEOPLE,
    TODAY,
    Corpus,
    add,
    day,
    facts_of,
    intake,
    resume_of,
    revised,
    snippet_texts,
)

from matcher.errors import InputError, QueryError
from matcher.store import Store, lexical
from matcher.store.listed import among
from matcher.store.query import Both, Either, Node, Phrase, Without, parse_query
from matcher.store.schema import revisions, tags
from matcher.store.tenancy import prepared
from matcher.store.words import words
from matcher.types import DegreeLevel
from matcher.types.corpus import Facts, Where

# Months of experience on 1 March 2026: Ada 87 and growing, Bram 24, Cleo 190 and growing.
FILTERS: list[tuple[Where, str]] = [
    (Where(), "ada bram cleo"),
    (Where(months_from=87, today=TODAY), "ada cleo"),
    (Where(months_from=88, today=TODAY), "cleo"),
    (Where(months_from=88, today=date(2026, 4, 30)), "ada cleo"),
    (Where(months_to=24, today=date(2031, 1, 1)), "bram"),
    (Where(months_to=23, today=TODAY), ""),
    (Where(months_from=24, months_to=87, today=date(2025, 1, 1)), "ada bram"),
    (Where(degree=DegreeLevel.HIGH_SCHOOL), "ada bram"),
    (Where(degree=DegreeLevel.BACHELOR), "ada bram"),
    (Where(degree=DegreeLevel.MASTER), "ada"),
    (Where(degree=DegreeLevel.DOCTORATE), ""),
    (Where(skills=("go",)), "ada bram"),
    (Where(skills=("GO", "c++")), "ada"),
    (Where(skills=("c#",)), "bram"),
    (Where(skills=("c",)), ""),
    (Where(skills=("wound  CARE",)), "cleo"),
    (Where(languages=("German", "dutch")), "bram"),
    (Where(location="malmo"), "ada"),
    (Where(location="York, United"), "cleo"),
    (Where(location="york united kingdom"), "cleo"),
    (Where(location="or"), ""),
    (Where(tags=("even",)), "ada cleo"),
    (Where(tags=("even", "late")), "cleo"),
    (Where(source="fair"), "bram"),
    (Where(updated_since=day(1)), "bram cleo"),
    (Where(updated_since=day(2), tags=("even",), skills=("triage",)), "cleo"),
    (Where(text="go NOT kubernetes", languages=("German",)), "bram"),
]

# What is asked of the whole resume.
QUERIES: list[tuple[str, str]] = [
    ("go", "ada bram"),
    ("GO rust", "ada"),
    ("go AND site", "ada"),
    ("rust OR triage", "ada cleo"),
    ("site reliability", "ada cleo"),
    ('"site reliability"', "ada"),
    ('"Site  RELIABILITY" AND (go OR rust) NOT intern', "ada"),
    ("go NOT intern", "ada"),
    ("NOT go", "cleo"),
    ("NOT NOT go", "ada bram"),
    ("NOT (go AND rust)", "bram cleo"),
    ("go OR ward NOT intern", "ada bram cleo"),  # NOT before AND before OR
    ("(go OR ward) NOT intern", "ada cleo"),
    ("ventil*", "cleo"),
    ("ventil", ""),
    ('"ward of twel*"', "cleo"),
    ('"wrote the deployment"', "ada bram"),
    ('"deployment the wrote"', ""),
    ('"kubernetes wrote"', ""),  # a phrase does not run from one snippet into the next
    ("c++", "ada"),
    ("c#", "bram"),
    (".NET", "bram"),
    ("net", ""),
    ("node.js", "bram"),
    ("and", "bram"),  # small letters are words: "C# and .NET"
    ("a", "ada cleo"),
    ("ada", ""),  # a name is masked before it can be searched
    ("lindqvist OR malmö", ""),
    ("twelve beds.", "cleo"),
    ("‘twelve’ “beds”", "cleo"),
    ("ＧＯ", "ada bram"),  # wide letters
]


def filled(corpus: Corpus) -> tuple[Store, dict[int, str]]:
    """Three people, and whose each newest revision is."""
    store = corpus.open()
    found = {}
    for number, (name, text) in enumerate(PEOPLE.items()):
        tags = ("even",) * (number % 2 == 0) + ("late",) * (number == 2)
        given = add(store, text, day(number), tags=tags, source="fair" if name == "bram" else None)
        found[given.revision] = name
    return store, found


def test_filters_select_whom_they_name(corpus: Corpus) -> None:
    """Each filter alone and together, with case and accents folded; what is not known meets none."""
    store, names = filled(corpus)
    with store:
        for where, expected in FILTERS:
            assert [names[key] for key in store.resumes.select(where)] == expected.split(), where
            assert store.resumes.snippet_ids(where) == [
                range(key << 16, (key << 16) + len(resume_of(PEOPLE[names[key]]).snippets))
                for key in store.resumes.select(where)
            ]
        everyone = [person.id for person in store.people.page(Where(skills=("go",)))]
        assert len(everyone) == 2


def test_text_queries_are_asked_of_the_whole_resume(corpus: Corpus) -> None:
    """Words, phrases, beginnings, AND, OR, NOT and parentheses; a phrase stays within a snippet."""
    store, names = filled(corpus)
    with store:
        for query, expected in QUERIES:
            found = [names[key] for key in store.resumes.select(Where(text=query))]
            assert found == expected.split(), query


def test_a_search_gives_the_snippets_that_show_what_was_asked(corpus: Corpus) -> None:
    """Of the people who meet the query and the filters: those that hold a word or phrase asked for."""
    store, _ = filled(corpus)
    with store:

        def found(query: str, where: Where | None = None, limit: int = 50) -> list[str]:
            return sorted(snippet_texts(store, store.lexical.search(query, limit, where)))

        assert found('"site reliability" AND (go OR rust) NOT intern') == [
            "Go, Rust, C++, Terraform",
            "Site Reliability Engineer, Nordlys AB Jan 2019 - Present",
            "Wrote the deployment tooling in Go",
        ]
        assert found("intern") == ["Mentored an intern on C# and .NET services"]
        assert found("wrote", Where(skills=("c#",))) == ["Wrote the deployment tooling in Go"]
        assert found("NOT go") == []
        assert len(store.lexical.search("go", 50)) == 4
        assert len(store.lexical.search("go", 3)) == 3
        with pytest.raises(InputError, match="limit is 0"):
            store.lexical.search("go", 0)


def test_a_snippet_that_shows_more_of_it_comes_first(corpus: Corpus) -> None:
    """On both databases a snippet with three of the words stands before those with one."""
    store, _ = filled(corpus)
    with store:
        (first, *rest) = store.lexical.search("wrote OR deployment OR kubernetes OR tooling", 9)
        assert snippet_texts(store, [first]) == ["Wrote the deployment tooling in Go"]
        assert len(rest) == 2


def test_the_snippets_nearest_to_a_text_share_its_rare_words(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of its words has to be there; words of grammar find nothing, filters hold."""
    store, _ = filled(corpus)
    with store:
        text = "He led the move to Kubernetes, and wrote a bit of Go"
        found = snippet_texts(store, store.lexical.nearest(text, 9))
        assert found[0] == "Led a migration of forty services to Kubernetes"
        assert sorted(found[1:]) == [
            "Go, C#, Node.js",
            "Go, Rust, C++, Terraform",
            "Wrote the deployment tooling in Go",
            "Wrote the deployment tooling in Go",
        ]
        some, _ = store.resumes.sizes(Where(skills=("c#",)))
        assert len(store.lexical.nearest(text, 9, some)) == 2
        assert store.lexical.nearest('the of (and) OR NOT "', 9) == []
        assert store.lexical.nearest("", 9) == []
        with pytest.raises(InputError):
            store.lexical.nearest("go", 0)
        monkeypatch.setattr(lexical, "MOST_WEIGHED", 1)
        assert snippet_texts(store, store.lexical.nearest("kubernetes go", 9)) == found[:1]
        assert len(store.lexical.nearest("go", 9)) == 1
        monkeypatch.setattr(lexical, "MOST_WEIGHED", 3)
        (first, *_) = store.lexical.nearest("go wrote the of deployment", 9)
        assert snippet_texts(store, [first]) == ["Wrote the deployment tooling in Go"]


def test_only_newest_revisions_are_searched(corpus: Corpus) -> None:
    """What the newest no longer says is not found, by filter or by text."""
    with corpus.open() as store:
        add(store, revised(ADA, "Tamed a basilisk"))
        assert len(store.lexical.search("basilisk", 5)) == 1
        newer = intake(store, ADA, day(1))
        store.resumes.add([replace(newer, facts=replace(facts_of(resume_of(ADA)), skills=("Knots",)))])
        assert store.lexical.search("basilisk", 5) == store.resumes.select(Where(text="basilisk")) == []
        assert store.resumes.select(Where(skills=("go",))) == []
        assert len(store.resumes.select(Where(skills=("knots",)))) == 1


def test_lists_go_to_the_database_as_they_are(corpus: Corpus) -> None:
    """Quotes, backslashes, braces, commas and accents in values, none at all, and numbers of 63 bits."""
    odd = ['a"b', "c\\d", "{e,f}", "[g]", "håll, 'i'", ""]
    asked = prepared(sa.select(tags.c.tag).where(among(tags.c.tag, "values")).order_by(tags.c.tag))
    people = prepared(sa.select(revisions.c.id).where(among(revisions.c.id, "ids")))
    with corpus.open() as store:
        added = add(store, ADA)
        store.people.tag(added.candidate, [*odd, "e", "f"])
        with store.people._database.reading() as work:
            assert sorted(row.tag for row in work.rows(asked, {"values": odd})) == sorted(odd)
            assert not work.rows(asked, {"values": []})
            assert [row.id for row in work.rows(people, {"ids": {added.revision, 2**63 - 1}})] == [
                added.revision
            ]


def test_filters_that_ask_for_nothing_are_refused(corpus: Corpus) -> None:
    """A filter without a word, months without a day, a query that cannot be read."""
    with corpus.open() as store:
        add(store, BRAM, facts=Facts())
        for where, message in (
            (Where(skills=("--",)), "skill has no letter"),
            (Where(location=" "), "location has no letter"),
            (Where(months_from=1), "needs today's date"),
        ):
            with pytest.raises(InputError, match=message):
                store.resumes.select(where)
        with pytest.raises(QueryError, match="character 5"):
            store.resumes.select(Where(text="go ("))
        assert store.resumes.select(Where(months_from=0, today=TODAY)) == []
        assert store.resumes.select(Where(degree=DegreeLevel.HIGH_SCHOOL)) == []


def _meets(node: Node, snippets: list[list[str]]) -> bool:
    """The same question asked of lists of words."""
    match node:
        case Phrase(asked, prefix):
            return any(
                list(asked[:-1]) == part[:-1]
                and (part[-1].startswith(asked[-1]) if prefix else part[-1] == asked[-1])
                for snippet in snippets
                for start in range(len(snippet) - len(asked) + 1)
                if (part := snippet[start : start + len(asked)])
            )
        case Both(parts):
            return all(_meets(part, snippets) for part in parts)
        case Either(parts):
            return any(_meets(part, snippets) for part in parts)
        case Without(part):
            return not _meets(part, snippets)


VOCABULARY = ["go", "rust", "site", "the", "wrote", "deployment", "ward", "c#", "in", "tooling", "of", "a"]
_leaf = st.one_of(
    st.sampled_from(VOCABULARY),
    st.sampled_from(["t*", "wr*", "c*", "s*"]),
    st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=3).map(lambda some: f'"{" ".join(some)}"'),
    st.sampled_from(['"wrote the"', '"deployment tooling in go"', '"in g*"', '"a ward"']),
)
_queries = st.recursive(
    _leaf,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" AND ", " OR ", " ", " NOT "]), inner).map("".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"NOT ({text})"),
    ),
    max_leaves=6,
)


@settings(
    max_examples=5,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(queries=st.lists(_queries, min_size=40, max_size=40))
def test_any_query_finds_whom_lists_of_words_find(corpus: Corpus, queries: list[str]) -> None:
    """The grammar, its rendering and the databases together, against a search that is a loop in Python."""
    store, names = filled(corpus)
    with store:
        every = {
            name: [words(snippet.masked) for snippet in resume_of(text).snippets]
            for name, text in PEOPLE.items()
        }
        found = {query: store.resumes.select(Where(text=query)) for query in queries}
    for query, keys in found.items():
        expected = {name for name, snippets in every.items() if _meets(parse_query(query), snippets)}
        assert {names[key] for key in keys} == expected, query
