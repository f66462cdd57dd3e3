import pytest

from matcher.matching.clauses import WHOLE, clauses
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
        "Five years of forecasting",
        "",
    ],
)
def test_in_doubt_a_demand_is_one_clause(text: str) -> None:
    """Examples, shared nouns and verbs, mixed lists and what the posting says of itself are not split."""
    assert clauses(text) == WHOLE


def test_a_clause_is_asked_in_the_sense_of_the_whole() -> None:
    """What is compared for a clause keeps the words that lead to the list."""
    assert clauses("Hands-on knowledge of Spark and Airflow").asked == (
        "Hands-on knowledge of Spark",
        "Hands-on knowledge of Airflow",
    )
