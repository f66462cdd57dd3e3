"""The parsing suite counts what is right as right and what is wrong as wrong."""

from pathlib import Path

import pytest

from matcher.documents import read
from matcher.evaluation.parsing_education import capitalised, education_tables, read_entry
from matcher.evaluation.parsing_rendercv import level_of, truth_of
from matcher.evaluation.parsing_resumes import ResumeTruth, score_resume
from matcher.evaluation.parsing_roles import roles_tables
from matcher.evaluation.parsing_tally import Tally, dates_right, fold, same_date
from matcher.evaluation.parsing_words import Words, add_words
from matcher.resumes import parse
from matcher.types import PartialDate, Period

RESUME = """Asha Verne
asha@example.com

Experience

Welder, Holt Yard
May 2016 - Present
- Weld hulls
- Train two apprentices

Education

Bachelor of Science in Physics, Marl University, 2012 - 2015
"""
TRUTH = ResumeTruth(
    name="Asha Verne",
    positions=[
        {"title": "Welder", "employer": "Holt Yard", "start": "2016-05", "end": "present", "bullets": 2}
    ],
    not_positions=[],
    education=[
        {
            "level": "bachelor",
            "field": "Physics",
            "institution": "Marl University",
            "start": "2012",
            "end": "2015",
            "completed": None,
        }
    ],
    skills=[],
    languages=[],
    licences=[],
)


def scored(truth: ResumeTruth) -> Tally:
    tally = Tally()
    tally.files["g"] = 1
    resume = parse(read(RESUME.encode()), "r")
    score_resume(tally, "g", "r", truth, ["Experience", "Education"], resume)
    return tally


def test_a_resume_read_as_it_is_misses_nothing() -> None:
    """Every field of a plain resume agrees with its truth."""
    tally = scored(TRUTH)
    assert tally.misses == []
    assert tally.share("whole position") == 1.0
    assert tally.share("section") == 1.0
    table = tally.by_group("n", "t", ("title", "skills"), "")
    assert table.rows == (("g", 1, 1.0, None), ("all", 1, 1.0, None))


def test_a_wrong_truth_is_a_miss_in_the_very_field() -> None:
    """A truth with another year, another number of bullets and another school misses those three alone."""
    job = {**TRUTH["positions"][0], "start": "2015-05", "bullets": 3}
    study = {**TRUTH["education"][0], "institution": "Another School"}
    tally = scored(TRUTH | {"positions": [job], "education": [study]})  # type: ignore[arg-type, typeddict-item]
    wrong = {name for (_, name), total in tally.total.items() if tally.right["g", name] < total}
    assert wrong == {"start", "bullets", "school", "whole position"}


@pytest.mark.parametrize(
    ("wanted", "date", "current", "right"),
    [
        ("2016-05", PartialDate(2016, 5), False, True),
        ("2016-05", PartialDate(2016), False, False),
        ("2016~", PartialDate(2016, 7), False, True),
        ("present", None, True, True),
        (None, None, True, False),
        (None, None, False, True),
    ],
)
def test_a_date_is_right_when_it_is_as_precise(
    wanted: str | None, date: PartialDate | None, current: bool, right: bool
) -> None:
    """Year and month must agree; a season leaves the month free; "present" is no date."""
    assert same_date(wanted, date, current) is right


def test_no_period_is_right_only_where_none_is_stated() -> None:
    """A missing period is right on the side that the truth leaves open."""
    assert dates_right(None, "2015", None) == (True, False)
    assert dates_right("2012", "2015", Period(PartialDate(2012), PartialDate(2015))) == (True, True)


def test_glued_and_split_words_are_counted() -> None:
    """Two words read as one are glued, one word read as two is split; both cost precision and recall."""
    words = Words()
    add_words(words, ["senior", "bridge", "engineer", "rope"], "Seniorbridge engi neer rope")
    assert (words.glued, words.split) == (1, 1)
    assert (words.read, words.drawn, words.shared) == (4, 4, 1)


def test_a_yaml_of_rendercv_becomes_the_truth() -> None:
    """Entries are known by their keys, whatever their section is called; Markdown and nesting are read."""
    truth = truth_of(
        {
            "name": "Jo Roe",
            "sections": {
                "where_i_worked": [
                    {
                        "company": "[Acme](https://example.com)",
                        "position": "**Cook**",
                        "start_date": "2020-01",
                        "end_date": None,
                        "highlights": ["Fed 40 - daily - and well", "Cleaned"],
                    }
                ],
                "schools": [{"institution": "Marl", "area": "Law", "degree": "LLB", "date": 2019}],
                "text": ["a sentence"],
            },
        }
    )
    assert truth["positions"] == [
        {"title": "Cook", "employer": "Acme", "start": "2020-01", "end": "present", "bullets": 4}
    ]
    assert truth["education"][0]["end"] == "2019"
    assert [level_of(word) for word in ("BS", "M.Sc.", "PhD", "AAS", "Bootcamp")] == [
        "bachelor",
        "master",
        "doctorate",
        "associate",
        None,
    ]


def test_postings_are_measured_against_their_gold(tmp_path: Path) -> None:
    """One of two qualifications with the right kind is half of everything, and the trap is not hit."""
    (tmp_path / "cook.txt").write_text(
        "Cook\n\nRequirements\n- Two years of experience in a kitchen\n\nBenefits\n- Free meals\n"
    )
    (tmp_path / "cook.gold.json").write_text(
        """{"title": "Cook", "company": null, "logistics": {}, "not_qualifications": ["Free meals"],
        "qualifications": [
        {"text": "Two years of experience in a kitchen", "kind": "required", "min_years": 2,
         "max_years": null, "degree": null, "degree_or_equivalent": false,
         "licence_or_certification": [], "languages": []},
        {"text": "Hygiene certificate", "kind": "required", "min_years": null,
         "max_years": null, "degree": null, "degree_or_equivalent": false,
         "licence_or_certification": [], "languages": []}]}"""
    )
    table, fields = roles_tables("r", [("mine", tmp_path)], "Mine")
    every = next(row for row in table.rows if row[1] == "all, right kind")
    assert every == ("mine", "all, right kind", 1, 1.0, 0.5, pytest.approx(2 / 3), 1, 1, 2)
    assert ("mine", "traps not hit", 1, 1, 1.0) in fields.rows
    assert ("mine", "min_years", 1, 1, 1.0) in fields.rows


def test_an_absent_folder_is_not_measured(tmp_path: Path) -> None:
    """What is not given is said to be missing, not counted as wrong."""
    (table,) = education_tables(tmp_path)
    assert table.columns == ("not measured",)
    (roles,) = roles_tables("r", [], "Mine")
    assert roles.columns == ("not measured",)


def test_an_entry_of_education_is_read_in_the_case_of_a_resume() -> None:
    """Words are capitalised, short ones put in capitals, particles kept; the level is then read."""
    assert capitalised("bachelor of science") == "Bachelor of Science"
    assert capitalised("mba") == "MBA"
    assert read_entry({"degree": "master of science", "major": "finance"}) == ("master", "Finance")
    assert read_entry({"degree": "phd", "major": None})[0] == "doctorate"
    assert fold("  Finance. ") == "finance"
