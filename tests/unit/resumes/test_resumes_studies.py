from __future__ import annotations

import pytest
from resume_text import resume

from matcher.types import DegreeLevel, Education


def study(entry: str) -> Education:
    """The first study of a resume whose education section is `entry`."""
    parsed = resume(
        "Ada Okafor\nada@example.org\n\nExperience\nClerk, Quarry Foods Inc, 2015 - 2018\n• Counted.\n\n"
        f"Education\n{entry}\n"
    )
    return parsed.education[0]


@pytest.mark.parametrize(
    "degree", ["PGCE Secondary Physics", "Postgraduate Certificate in Physics", "PGCert in Physics"]
)
def test_a_postgraduate_certificate_is_no_degree_level(degree: str) -> None:
    """A certificate after a degree says nothing of a master's; a postgraduate diploma does."""
    assert study(f"{degree}\t2013\nLakeside College of Education").level is None
    assert study("Postgraduate Diploma in Physics\t2013\nLakeside University").level is DegreeLevel.MASTER


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("PGCE Secondary Physics\t2013\nLakeside College", "Secondary Physics"),
        ("Bachelor of Arts : Psychology Psychology\nLakeside University, 2007", "Psychology"),
        ("BBA Healthcare Management Training: Finance, Law\nLakeside University", "Healthcare Management"),
        ("Diploma of Vocational Studies, Culinary Arts\t2010\nLakeside School", "Culinary Arts"),
        ("Certificate, Web Development\t2024\nQueen City Code School", "Web Development"),
        ("M.Sc. Eng. in Computer Science\t2013\nLakeside Polytechnic", "Computer Science"),
        ("Juris Doctor, 2016\nLakeside University", "Law"),
    ],
)  # fmt: skip
def test_the_field_is_cut_where_it_ends(entry: str, field: str) -> None:
    """Fields written twice count once; a list of courses and a general name are none."""
    assert study(entry).field == field


@pytest.mark.parametrize(
    ("entry", "school", "field"),
    [
        (
            "Associate of Science\nLakeside College Network Engineering, 2017",
            "Lakeside College",
            "Network Engineering",
        ),
        (
            "Bachelor of Science\nAnthropology University of California, 1976",
            "University of California",
            "Anthropology",
        ),
        (
            "Master of Science in Physics\nTechnical University of Munich, 1976",
            "Technical University of Munich",
            "Physics",
        ),
        (
            "Bachelor of Arts in Painting\nArt Institute of Chicago, 1976",
            "Art Institute of Chicago",
            "Painting",
        ),
    ],
)
def test_a_school_is_told_from_a_field_beside_it(entry: str, school: str, field: str) -> None:
    """A field before or behind a school without a separator belongs to the degree."""
    found = study(entry)
    assert (found.institution, found.field) == (school, field)


def test_a_page_of_workshops_is_not_part_of_the_degree() -> None:
    """The entry that is quoted ends near its own lines."""
    shops = "\n".join(
        f"Workshop {word} of the county office, a long line about teaching well" for word in "abcdefghijkl"
    )
    assert study(f"Bachelor of Science in Physics\nLakeside University, 1999\n{shops}").span.end < 900
