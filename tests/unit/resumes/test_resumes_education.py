from __future__ import annotations

import pytest
from resume_text import resume

from matcher.resumes.degrees import find_degree
from matcher.types import DegreeLevel as L

HEAD = "Ada Okafor\nada@example.org\n\nEducation\n"


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("BSc (Hons) Physics", L.BACHELOR),
        ("B.A. in History", L.BACHELOR),
        ("BBA : Accounting Management", L.BACHELOR),
        ("B.Tech, Electronics", L.BACHELOR),
        ("LLB, University of Leeds", L.BACHELOR),
        ("MBBS", L.BACHELOR),
        ("BSN, Nursing", L.BACHELOR),
        ("Licence de droit", L.BACHELOR),
        ("Laurea triennale in Lettere", L.BACHELOR),
        ("Bachelor's degree in Biology", L.BACHELOR),
        ("Master's : Business Administration", L.MASTER),
        ("M.Sc. Digital Media", L.MASTER),
        ("MBA (Finance)", L.MASTER),
        ("Dipl.-Ing. Maschinenbau", L.MASTER),
        ("MSN, Nursing", L.MASTER),
        ("Ph.D. in Linguistics", L.DOCTORATE),
        ("DPhil, Oxford", L.DOCTORATE),
        ("JD, magna cum laude", L.DOCTORATE),
        ("PharmD, Saguaro University", L.DOCTORATE),
        ("Doctor of Medicine", L.DOCTORATE),
        ("Associate of Applied Science: Welding", L.ASSOCIATE),
        ("ADN, Nursing", L.ASSOCIATE),
        ("HND, Building", L.ASSOCIATE),
        ("Foundation degree in Media", L.ASSOCIATE),
        ("High School Diploma", L.HIGH_SCHOOL),
        ("GED", L.HIGH_SCHOOL),
        ("Abitur", L.HIGH_SCHOOL),
    ],
)
def test_degrees_of_many_countries_have_a_level(words: str, level: L) -> None:
    """The degree's wording decides its level."""
    degree = find_degree(words)
    assert degree is not None
    assert degree.level is level


@pytest.mark.parametrize(
    "words", ["Boston, MA", "Associate Director", "as a team", "Master Electrician", "Read books"]
)
def test_other_words_are_no_degree(words: str) -> None:
    """States, jobs and small words are not taken for degrees."""
    degree = find_degree(words)
    assert degree is None or degree.level is None


ENTRIES = [
    ("PhD in Computer Science, Princeton University, Princeton, NJ\tSept 2018 – May 2023\n",
     L.DOCTORATE, "Computer Science", "Princeton University", "Sep 2018 – May 2023", True),
    ("January 2014\nMaster's : Business Administration Troy University "
     "ï¼ City , State Business Administration\n",
     L.MASTER, "Business Administration", "Troy University", "until Jan 2014", True),
    ("2015 / 07 - University of Bremen\nGraduated as M.Sc. Digital Media\n",
     L.MASTER, "Digital Media", "University of Bremen", "until Jul 2015", True),
    ("Harbour College\tCork, Ireland\nBA, Film Studies\t2010 - 2013\n",
     L.BACHELOR, "Film Studies", "Harbour College", "2010 – 2013", True),
    ("BSc Nursing, Mount Tabor College, expected 2028\n",
     L.BACHELOR, "Nursing", "Mount Tabor College", "until 2028", False),
    ("Coursework toward B.S. in Data Science, Huron University\n",
     L.BACHELOR, "Data Science", "Huron University", "", False),
    ("BA English, Harbour College\n", L.BACHELOR, "English", "Harbour College", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "level", "field", "institution", "when", "completed"), ENTRIES)
def test_an_entry_is_read_whatever_its_order(
    text: str, level: L, field: str, institution: str, when: str, completed: bool | None
) -> None:
    """Level, field, school, dates and whether it is finished come out of every usual order."""
    (entry,) = resume(HEAD + text).education
    assert (entry.level, entry.field, entry.institution) == (level, field, institution)
    assert str(entry.period or "") == when
    assert entry.completed is completed


def test_two_degrees_of_one_school_share_it() -> None:
    """A second degree below one school belongs to it, too."""
    read = resume(HEAD + "University of Leeds\nPhD in Chemistry, 2018\nMSc in Chemistry, 2014\n")
    assert [(e.level, e.institution) for e in read.education] == [
        (L.DOCTORATE, "University of Leeds"),
        (L.MASTER, "University of Leeds"),
    ]
