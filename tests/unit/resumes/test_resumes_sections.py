from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from resume_text import resume

from matcher.resumes.headings import heading_kind
from matcher.types import SectionKind as K


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Experience", K.EXPERIENCE),
        ("E X P E R I E N C E", K.EXPERIENCE),
        ("WORK HISTORY:", K.EXPERIENCE),
        ("Professional Experience", K.EXPERIENCE),
        ("Relevant Work Experience", K.EXPERIENCE),
        ("Education and Training", K.EDUCATION),
        ("Core Competencies", K.SKILLS),
        ("Areas of Expertise", K.SKILLS),
        ("Skills & Interests", K.SKILLS),
        ("Licensure", K.CERTIFICATIONS),
        ("Certifications & Awards", K.CERTIFICATIONS),
        ("Selected Publications", K.PUBLICATIONS),
        ("LANGUAGES KNOWN", K.LANGUAGES),
        ("Berufserfahrung", K.EXPERIENCE),
        ("Formation", K.EDUCATION),
        ("Habilidades", K.SKILLS),
        ("Experiência Profissional", K.EXPERIENCE),
        ("Istruzione e formazione", K.EDUCATION),
        ("Werkervaring", K.EXPERIENCE),
        ("工作经历", K.EXPERIENCE),
        ("教育背景", K.EDUCATION),
        ("References", K.REFERENCES),
    ],
)
def test_common_headings_are_known(line: str, kind: K) -> None:
    """A whole line in any common wording, case and language names its section."""
    assert heading_kind(line) is kind


@pytest.mark.parametrize(
    "line",
    [
        "Ten years of experience in retail",
        "Experience with Python and SQL",
        "Education Manager",
        "Work closely with the sales team",
        "Skills gained: planning",
        "experience, including payroll and the closing of accounts",
    ],
)
def test_a_line_that_only_contains_the_word_is_no_heading(line: str) -> None:
    """Only a whole line is a heading."""
    assert heading_kind(line) is None


def test_a_wrapped_word_does_not_open_a_section() -> None:
    """The word alone on a wrapped line, inside prose, leaves the section as it is."""
    read = resume(
        "Ada Okafor\n\nSummary\nBuyer with more than a decade of retail\nexperience\nin two countries.\n"
    )
    assert [s.kind for s in read.sections] == [K.CONTACT, K.SUMMARY]


def test_an_unknown_heading_set_like_the_others_is_a_section_of_its_own() -> None:
    """What is set exactly like known headings is one, of kind OTHER."""
    size = {"Ada Okafor": 22.0, "Education": 14.0, "Skills": 14.0, "Vessels Sailed": 14.0}
    read = resume(
        "Ada Okafor\n\nEducation\nGeneral diploma of the harbour school\n"
        "\nVessels Sailed\nTankers and tugs on the coast\n\nSkills\nKnots\n",
        tuple(size),
        size,
    )
    assert [s.kind for s in read.sections] == [K.CONTACT, K.EDUCATION, K.OTHER, K.SKILLS]


def test_jobs_under_a_summary_heading_are_experience() -> None:
    """A section is told by what it holds when no other is experience."""
    read = resume(
        "Ada Okafor\n\nCareer Summary\nBuyer, Quarry Foods Inc, 2015 - 2018\n"
        "• Bought grain.\n\nSkills\nExcel\n"
    )
    assert [s.kind for s in read.sections] == [K.CONTACT, K.EXPERIENCE, K.SKILLS]


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Experience", "Skills", "• built x", "2015 - 2018", "", "Python, C++", "Nurse", "\tx", "学历"]
        ),
        max_size=14,
    )
)
def test_sections_are_ordered_and_do_not_overlap(lines: list[str]) -> None:
    """Whatever the lines, sections follow each other within the text."""
    read = resume("\n".join(lines))
    end = 0
    for section in read.sections:
        assert end <= section.span.start <= section.span.end <= len(read.document.text)
        end = section.span.end
