from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.matching.clauses import WHOLE, alternatives, clauses, without_examples
from matcher.types import Joined


@pytest.mark.parametrize(
    ("text", "joined", "texts"),
    [
        ("Experience with Python, SQL and Tableau", Joined.ALL, ("Python", "SQL", "Tableau")),
        ("Go or Rust", Joined.ANY, ("Go", "Rust")),
        ("Experience with Delta Lake or Iceberg", Joined.ANY, ("Delta Lake", "Iceberg")),
        (
            "Knowledge of herd health, feed rations and milk quality",
            Joined.ALL,
            ("herd health", "feed rations", "milk quality"),
        ),
        ("Strong command of Python (pandas, NumPy) and SQL", Joined.ALL, ("Python", "SQL")),
        (
            "Ability to write clear reports; experience leading site surveys",
            Joined.ALL,
            ("Ability to write clear reports", "experience leading site surveys"),
        ),
    ],
)
def test_names_and_sentences_are_clauses(text: str, joined: Joined, texts: tuple[str, ...]) -> None:
    """A list of names is split by its "and" or "or", sentences at their ends, each part verbatim."""
    found = clauses(text)
    assert (found.joined, found.texts) == (joined, texts)
    assert all(part in text for part in found.texts)


@pytest.mark.parametrize(
    "text",
    [
        "BI tools such as Tableau, Looker and Power BI",
        "Experience with cloud platforms (e.g. AWS, Azure or GCP)",
        "Retail or hotel experience",
        "Draft and negotiate commercial agreements",
        "Experience in online, software sales or online marketing",
        "Python and Java or Kotlin",
        "Knowledge of products and services and similar",
        "Accuracy under interruption; we'll ask you how you do it",
        "Clear English, written and spoken",
        "Strong written and verbal communication",
        "Complete pre-trip and post-trip inspections",
        "SQL and Python or R",
        "Five years of forecasting",
        "",
    ],
)
def test_in_doubt_a_demand_is_one_clause(text: str) -> None:
    """Examples, shared nouns and verbs, mixed lists and what the posting says of itself are not split."""
    assert clauses(text) == WHOLE


@pytest.mark.parametrize(
    ("text", "texts", "asked"),
    [
        ("Butchery and pastry work", ("Butchery", "pastry work"), ("Butchery", "pastry work")),
        (
            "Planning, budgeting and staffing of public events",
            ("Planning", "budgeting", "staffing of public events"),
            ("Planning", "budgeting", "staffing"),
        ),
        ("Budgeting and staffing of events", ("Budgeting", "staffing of events"), ("Budgeting", "staffing")),
        (
            "Prepared budgets and kept farm accounts",
            ("Prepared budgets", "kept farm accounts"),
            ("Prepared budgets", "kept farm accounts"),
        ),
    ],
)
def test_nouns_side_by_side_are_clauses(text: str, texts: tuple[str, ...], asked: tuple[str, ...]) -> None:
    """What ends with a noun stands for itself; what all have in common is not asked of each."""
    found = clauses(text)
    assert (found.joined, found.texts) == (Joined.ALL, texts)
    assert found.asked == tuple((one,) for one in asked)


def test_alternatives_within_what_is_all_asked() -> None:
    """A list that says where its alternatives begin is a tree of two levels."""
    found = clauses("SQL and either Looker or Power BI")
    assert found.joined is Joined.ALL
    assert found.texts == ("SQL", "either Looker or Power BI")
    assert found.asked == (("SQL",), ("Looker", "Power BI"))


def test_one_or_more_of_a_list_are_alternatives() -> None:
    """The "and" of "one or more of A, B and C" joins alternatives, and the mark is asked of none of them."""
    found = clauses("Experience with one or more of Stata, SPSS and SAS")
    assert (found.joined, found.texts) == (Joined.ANY, ("Stata", "SPSS", "SAS"))
    assert found.asked[1] == ("Experience with SPSS",)


def test_alternatives_of_a_clause_that_a_person_gave() -> None:
    """A clause may join names by "or"; one that does not is its own only alternative."""
    assert alternatives("Looker or Power BI").texts == ("Looker", "Power BI")
    assert alternatives("SQL and Python").asked == (("SQL and Python",),)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Message brokers such as Kafka or RabbitMQ", "Message brokers"),
        ("A booking system (Opera, Protel or similar)", "A booking system"),
        ("Care of drains, such as Redon or Penrose, after surgery", "Care of drains after surgery"),
        ("PostgreSQL, including query tuning", "PostgreSQL, including query tuning"),
        ("Professional Engineer (PE) license", "Professional Engineer (PE) license"),
    ],
)
def test_only_examples_are_left_out(text: str, plain: str) -> None:
    """What is merely an example goes; what is included is asked, and a name in brackets is a name."""
    assert without_examples(text) == plain


def test_a_clause_is_asked_in_the_sense_of_the_whole() -> None:
    """What is compared for a clause keeps the words that lead to the list."""
    assert clauses("Hands-on knowledge of Spark and Airflow").asked == (
        ("Hands-on knowledge of Spark",),
        ("Hands-on knowledge of Airflow",),
    )


@given(st.text(st.sampled_from("ab AND,orei;.()/ such as"), max_size=80))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_every_clause_stands_in_its_text(text: str) -> None:
    """Whatever is read, a clause is verbatim, there are two or more or none, and each asks something."""
    found = clauses(text)
    assert all(part in text for part in found.texts)
    assert len(found.texts) == len(found.asked) != 1
    assert all(asked and all(asked) for asked in found.asked)


def test_a_hostile_text_is_read_in_no_time() -> None:
    """Brackets without end and endless lists take no more than linear time."""
    for text in ("(such as " * 20_000, "a and " * 40_000, "either a or " * 20_000):
        begun = process_time()
        clauses(text), without_examples(text)
        assert process_time() - begun < 2.0


def test_what_leaves_a_list_open_is_no_clause() -> None:
    """What may be related asks for nothing beside the names before it."""
    found = clauses("Background in machine learning, AI, or a related technical field")
    assert (found.joined, found.texts) == (Joined.ANY, ("machine learning", "AI"))
