"""The ranking suite's arithmetic on small inputs whose answers are known."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from matcher.embedding import load_encoder
from matcher.errors import FileUnavailableError
from matcher.evaluation import ranking, ranking_pairs, ranking_roles, ranking_titles
from matcher.evaluation.baselines import encoder_cosine
from matcher.evaluation.ranking_baselines import Vectors, best_snippets, whole, wilson
from matcher.evaluation.ranking_pairs import MAXSIM, OURS, STOCK, TUNED, Outcome, Pair
from matcher.service import Matcher
from matcher.settings import Settings


def hashing() -> Vectors:
    """Vectors by word hashing: texts with the same words have cosine 1."""
    return Vectors(load_encoder("hashing"))


def test_wilson_gives_the_published_interval() -> None:
    """81 of 263 is the worked example of Newcombe (1998): .2553 to .3662."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    low, high = wilson(10, 10)
    assert high == pytest.approx(1.0)
    assert low == pytest.approx(0.7225, abs=5e-5)
    assert wilson(0, 0) == (0.0, 1.0)


def test_baselines_prefer_the_text_with_the_words() -> None:
    """Each of them puts the text that repeats the query before one about something else."""
    query, texts = "load rating of bridges", ["Load rating of bridges", "Seasonal menus and low waste"]
    vectors = hashing()
    assert whole(vectors, query, texts)[0] > whole(vectors, query, texts)[1]
    assert best_snippets(vectors, [query], texts) == pytest.approx([1.0])
    assert best_snippets(vectors, [query], []).tolist() == [0.0]


def outcome(name: str, kind: str, gap: float, named: bool) -> Outcome:
    """A pair that the baselines get right and we order by `gap`."""
    here = Path(name)
    pair = Pair(name, kind, Path("role"), here, here, "Go")
    gaps = {STOCK: 0.1, TUNED: 0.1, MAXSIM: -0.1, OURS: gap}
    return Outcome(pair, gaps, named, False, "Go or Rust" if named else None)


def test_shares_count_ties_as_wrong_and_name_the_wrong_ones() -> None:
    """Of four pairs one is tied and one is right for another reason."""
    systems, kinds, wrong = ranking_pairs.tables(
        [
            outcome("a", "skill removed", 0.2, True),
            outcome("b", "skill removed", 0.0, False),
            outcome("c", "year less", 0.1, False),
            outcome("d", "year less", 0.3, True),
        ]
    )
    shares = {row[0]: (row[1], row[4]) for row in systems.rows}
    assert shares == {STOCK: (1.0, None), TUNED: (1.0, None), MAXSIM: (0.0, 0.0), OURS: (0.75, 0.5)}
    assert kinds.rows == (("skill removed", 2, 0.5, 0.5, 1.0, 0.0), ("year less", 2, 1.0, 0.5, 1.0, 0.0))
    assert [row[:3] for row in wrong.rows] == [
        ("b", "skill removed", "tie"),
        ("c", "year less", "other qualification"),
    ]


ROLE = "Gardener\n\nRequirements:\n- Pruning fruit trees\n- Soil testing\n"
BETTER = """Ada Example

EXPERIENCE

Gardener, Manor House
2015 - 2020
- Pruning fruit trees
- Looked after two greenhouses and the kitchen garden
- Kept the paths, the pond and the tools in order through all seasons
- Soil testing

Assistant Gardener, Town Park
2011 - 2015
- Mowed lawns and planted out beds in spring
- Showed school classes around the park every summer
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Fixtures with one role, one pair and two graded candidates."""
    (tmp_path / "pairs").mkdir()
    (tmp_path / "role.txt").write_text(ROLE)
    (tmp_path / "a.txt").write_text(BETTER)
    (tmp_path / "b.txt").write_text(BETTER.replace("- Soil testing\n", "- Making tea\n"))
    pair = {"id": "soil", "kind": "skill removed", "role": "role.txt", "better": "a.txt", "worse": "b.txt"}
    (tmp_path / "pairs" / "pairs.json").write_text(
        json.dumps({"today": "2026-10-01", "pairs": [pair | {"qualification": "soil testing"}]})
    )
    return tmp_path


def test_a_pair_is_ordered_and_its_reason_named(folder: Path) -> None:
    """Without the line on soil testing the score falls, and by that qualification most."""
    with Matcher(Settings(model="hashing", workers=1)) as matcher:
        (found,) = ranking_pairs.ranked(matcher, hashing(), folder)
        (graded,) = ranking_roles.tables(matcher, hashing(), folder, date(2026, 10, 1))
        assert graded.rows == ()
        assert "Not measured" in graded.note
        (folder / ranking_roles.FILE).write_text(
            '{"role": "role.txt", "resume": "a.txt", "grade": 3}\n'
            '{"role": "role.txt", "resume": "b.txt", "grade": 1}\n'
        )
        (graded,) = ranking_roles.tables(matcher, hashing(), folder, date(2026, 10, 1))
    assert found.gaps[OURS] > 0
    assert found.gaps[MAXSIM] > 0
    assert found.named
    assert found.maxsim_named
    assert found.widest == "Soil testing"
    assert {row[0]: row[1] for row in graded.rows}["ours"] == 1.0
    assert graded.rows[0][0] == "random"


def test_every_graded_candidate_is_among_the_fixtures() -> None:
    """The roles and resumes that are graded can be read from where they are named."""
    for line in (ranking.FIXTURES / ranking_roles.FILE).read_text("utf-8").splitlines():
        row = json.loads(line)
        assert row["grade"] in range(4)
        assert (ranking.FIXTURES / row["role"]).is_file()
        assert (ranking.FIXTURES / row["resume"]).is_file()


def test_titles_are_measured_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every system finds the title that shares a word; without the folder the table says so."""
    (table,) = ranking_titles.tables("hashing", None)
    assert "Not measured" in table.note
    folder = tmp_path / "titles" / "en"
    folder.mkdir(parents=True)
    (folder / "queries.tsv").write_text("Cook\tCook\n")
    (folder / "corpus_documents.tsv").write_text("School_Cook\tSchool Cook\nWelder\tWelder\n")
    (folder / "annotations.tsv").write_text("Cook\t0\tSchool_Cook\t1\n")
    monkeypatch.setattr(
        ranking_titles, "stock_cosine", lambda pairs: encoder_cosine(pairs, load_encoder("hashing"))
    )
    (table,) = ranking_titles.tables("hashing", tmp_path)
    assert [row[:4] for row in table.rows if row[0] != "random"] == [
        (name, 1.0, 1.0, 1.0) for name in ("idf overlap", "BM25", "stock MiniLM", "ours")
    ]


def test_without_the_fixtures_the_error_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed package has no fixtures."""
    monkeypatch.setattr(ranking, "FIXTURES", tmp_path)
    with pytest.raises(FileUnavailableError, match="checkout"):
        ranking.run(None)
