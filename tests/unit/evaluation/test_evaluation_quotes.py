"""The quotes suite's arithmetic on quotes whose grades and answers are known, and what it draws and keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matcher.embedding import load_encoder
from matcher.errors import InputError
from matcher.evaluation import quotes_shown
from matcher.evaluation.quotes import load_grades, tables, weights
from matcher.evaluation.quotes_shown import (
    FIXTURES_SET,
    OF_BAND,
    OURS,
    STOCK,
    Shown,
    drawn,
    key,
    kind_of,
    shown_quotes,
)
from matcher.evaluation.ranking_baselines import Vectors
from matcher.evaluation.report import find
from matcher.service import Matcher
from matcher.settings import Settings
from matcher.types import Constraints, DegreeLevel, Qualification, QualificationKind, Verdict

FIXTURES = Path(__file__).parents[3] / "data" / "fixtures"


def quote(name: str, value: float, role: str = "cook", system: str = OURS, kind: str = "years") -> Shown:
    """A quote of ours, strong from .8 on, or one of the baseline."""
    verdict = Verdict.STRONG if value >= 0.8 else Verdict.PARTIAL
    return Shown(
        source=FIXTURES_SET,
        system=system,
        role=role,
        resume="someone",
        kind=kind,
        qualification="Cooks",
        text=name,
        section="experience",
        position=None,
        value=value,
        verdict=verdict if system == OURS else None,
    )


def test_a_key_tells_texts_apart_and_forgives_white_space() -> None:
    """Line ends may change with a parser; the two texts may not run into each other."""
    assert key("Cooks", "menus\nand bread") == key(" Cooks ", "menus and  bread")
    assert len({key("a b", "c"), key("a", "b c"), key("c", "a b")}) == 3
    assert len(key("Cooks", "menus")) == 16


def test_bands_begin_at_their_lower_end() -> None:
    """A strength of exactly .8 belongs to the band .8 to .9, and the baseline has one band."""
    assert [quote("q", value).band for value in (0.0, 0.4999, 0.5, 0.8, 0.8999, 0.9, 1.0)] == [
        0, 0, 1, 4, 4, 5, 5,
    ]  # fmt: skip
    assert quote("q", 0.85, system=STOCK).band == 0


def test_a_graded_quote_stands_for_its_band_alone() -> None:
    """Four quotes of .95 with two graded weigh 2 each, three of .55 with one graded 3."""
    high = [quote(f"high {place}", 0.95) for place in range(4)]
    low = [quote(f"low {place}", 0.55) for place in range(3)]
    assert weights([*high, *low], [high[0], high[1], low[0]]).tolist() == [2.0, 2.0, 3.0]


def test_precision_weighs_bands_by_what_is_shown() -> None:
    """(4 x 1/2 + 3 x 0 + the baseline apart) / 7 for evidence; direct and the verdicts likewise."""
    high = [quote(f"high {place}", 0.95) for place in range(4)]
    low = [quote(f"low {place}", 0.55, role="baker") for place in range(3)]
    other = [quote(f"other {place}", 0.7, system=STOCK) for place in range(7)]
    grades = {high[0].key: 3, high[1].key: 1, low[0].key: 1, other[0].key: 2, other[1].key: 0}
    found = tables(FIXTURES_SET, [*high, *low, *other], grades)

    def cell(row: str, column: str) -> object:
        return find(found, "quotes.fixtures", row, column)

    assert cell(OURS, "shown") == 7
    assert cell(OURS, "graded") == 3
    assert cell(OURS, "evidence") == pytest.approx(2 / 7)
    assert cell(OURS, "direct") == pytest.approx(2 / 7)
    assert cell(OURS, "from") == pytest.approx(0.0)  # only bakers drawn
    assert cell(OURS, "to") == pytest.approx(0.5)  # only cooks drawn
    assert cell("ours, strong", "evidence") == pytest.approx(0.5)
    assert cell("ours, partial", "evidence") == 0.0
    assert cell(STOCK, "evidence") == pytest.approx(0.5)
    assert cell(STOCK, "direct") == 0.0
    assert cell("difference", "evidence") == pytest.approx(2 / 7 - 1 / 2)
    assert "REGRADE" in found[0].note


def test_bands_show_their_share_with_wilsons_interval() -> None:
    """Nine of ten quotes of .9 and above are evidence: .596 to .982; a band without quotes has dashes."""
    found = tables(
        FIXTURES_SET,
        shown := [quote(f"q{place}", 0.95) for place in range(10)],
        {item.key: 2 if place else 1 for place, item in enumerate(shown)},
    )
    name = "quotes.fixtures.bands"
    assert find(found, name, "0.9 to 1.0", "mean strength") == pytest.approx(0.95)
    assert find(found, name, "0.9 to 1.0", "evidence") == pytest.approx(0.9)
    assert find(found, name, "0.9 to 1.0", "from") == pytest.approx(0.5958, abs=5e-5)
    assert find(found, name, "0.9 to 1.0", "to") == pytest.approx(0.9821, abs=5e-5)
    assert find(found, name, "0.5 to 0.6", "evidence") is None
    assert "REGRADE" not in found[0].note


def test_kinds_are_measured_apart() -> None:
    """A licence shown rightly and a degree shown wrongly do not mix, and keep the weight of their band."""
    licences = [quote(f"licence {place}", 0.95, kind="licence") for place in range(3)]
    degrees = [quote(f"degree {place}", 0.95, kind="degree") for place in range(2)]
    grades = {item.key: 3 for item in licences} | {degrees[0].key: 1, degrees[1].key: 2}
    found = tables(FIXTURES_SET, licences + degrees, grades)
    name = "quotes.fixtures.asked"
    assert find(found, name, f"licence, {OURS}", "evidence") == pytest.approx(1.0)
    assert find(found, name, f"degree, {OURS}", "evidence") == pytest.approx(0.5)
    assert find(found, name, f"language, {OURS}", "evidence") is None
    assert find(found, "quotes.fixtures", f"{OURS}, no degree asked", "evidence") == pytest.approx(1.0)
    asked = Constraints(degree=DegreeLevel.BACHELOR, min_years=2.0)
    assert kind_of(Qualification("q1", "", QualificationKind.REQUIRED, 1.0, asked)) == "degree"
    assert kind_of(Qualification("q1", "", QualificationKind.REQUIRED, 1.0)) == "prose alone"


def test_nothing_shown_and_nothing_graded_give_dashes() -> None:
    """A matcher that shows nothing has no precision; without grades the note asks for them."""
    for shown in ([], [quote("q", 0.9)]):
        found = tables(FIXTURES_SET, shown, {})
        assert find(found, "quotes.fixtures", OURS, "evidence") is None
        assert find(found, "quotes.fixtures", OURS, "shown") == len(shown)
        assert "REGRADE" in found[0].note


def test_the_sample_takes_postings_in_turn_and_each_pair_of_texts_once() -> None:
    """Of a large and a small posting each gives half; the same quote in two resumes is read once."""
    many = [quote(f"cook {place}", 0.95) for place in range(200)]
    few = [quote(f"baker {place}", 0.95, role="baker") for place in range(30)]
    sample = drawn([*many, *few, *few])
    assert len(sample) == len({item.key for item in sample}) == OF_BAND[FIXTURES_SET]
    assert sum(item.role == "baker" for item in sample) == OF_BAND[FIXTURES_SET] // 2
    assert sample == drawn([*reversed(few), *reversed(many)])


def test_the_sample_survives_a_small_change() -> None:
    """Quotes that stay are drawn again when a tenth of all quotes changes."""
    before = [quote(f"q{place}", 0.95) for place in range(200)]
    after = [quote(f"new {place}", 0.95) for place in range(20)] + before[20:]
    kept = set(drawn(before)) & set(drawn(after))
    assert len(kept) >= 0.75 * OF_BAND[FIXTURES_SET]


def test_shown_quotes_are_the_first_of_strong_and_partial_matches(tmp_path: Path) -> None:
    """Ours are first quotes of required qualifications, and the baseline shows as many."""
    posting = tmp_path / "cook.txt"
    posting.write_text("Cook\n\nRequirements\n- Experience cooking seasonal menus\n- Fluent in Spanish\n")
    resume = tmp_path / "someone.txt"
    resume.write_text(
        "Ada Example\n\nExperience\nCook, Harbour Cafe, 2019 - 2022\n"
        "- Experience cooking seasonal menus daily\n- Ordered stock\n\nLanguages\nSpanish (fluent)\n"
    )
    with Matcher(Settings(model="hashing", workers=1)) as engine:
        found = shown_quotes(engine, Vectors(load_encoder("hashing")), "own", [posting], [resume])
    ours = [item for item in found if item.system == OURS]
    stock = [item for item in found if item.system == STOCK]
    assert len(ours) == len(stock) > 0
    assert {item.verdict for item in ours} <= {Verdict.STRONG, Verdict.PARTIAL}
    assert {(item.role, item.resume) for item in found} == {("cook", "someone")}
    assert any("Spanish (fluent)" in item.text for item in ours)


def test_grades_without_a_key_or_a_grade_are_refused(tmp_path: Path) -> None:
    """The message names the line, and never its text; a missing file has no grades."""
    assert load_grades(tmp_path / "none.jsonl") == {}
    path = tmp_path / "quotes.jsonl"
    path.write_text('{"key": "ab", "grade": 2}\n{"key": "cd", "grade": 4, "quote": "secret"}\n')
    with pytest.raises(InputError, match="Line 2") as caught:
        load_grades(path)
    assert "secret" not in str(caught.value)


def test_the_recorded_grades_keep_texts_of_the_fixtures_alone() -> None:
    """Keys of fixtures are those of their texts; of the real resumes there is a key and a grade."""
    for line in (FIXTURES / "evidence" / "quotes.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["set"] == FIXTURES_SET:
            assert row["key"] == quotes_shown.key(row["qualification"], row["quote"])
        else:
            assert set(row) == {"key", "grade", "set"}
            assert row["set"] == quotes_shown.LIVECAREER
