"""Resumes typed as plain text: headings, dates, headers and degrees in the wordings people use."""

from __future__ import annotations

import pytest
from resume_text import resume

from matcher.resumes.degree_fields import read_field
from matcher.resumes.degrees import find_degree
from matcher.resumes.headings import label_kind
from matcher.types import DegreeLevel as L
from matcher.types import Resume
from matcher.types import SectionKind as K

HEAD = "Ada Okafor\nada.okafor@example.org\n\n"


def jobs(read: Resume) -> list[tuple[str | None, str | None, str]]:
    return [(p.title, p.employer, str(p.period or "")) for p in read.positions]


def headings(read: Resume) -> list[tuple[str, K]]:
    text = read.document.text
    return [(text[s.heading.start : s.heading.end], s.kind) for s in read.sections if s.heading is not None]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Magazijnchef, Veldhoven Groep, 03-2022 / heden", "Mar 2022 – present"),
        ("Kierowca, Warta Transport, 2019 – obecnie", "2019 – present"),
        ("Raktáros, Tisza Kft, 2021 - jelenleg", "2021 – present"),
        ("Cuisinier, Maison Lorme, 06/2018 à aujourd’hui", "Jun 2018 – present"),
        ("Montör, Bergdala Verkstad, maj 2020 - nuvarande", "May 2020 – present"),
        ("Cocinera, Casa Olmo, 2017 - actualidad", "2017 – present"),
        ("Painter, Fenwick Yard, 08-2016 / 02-2019", "Aug 2016 – Feb 2019"),
        ("Painter, Fenwick Yard, 2017 / 05-2019", "2017 – May 2019"),
        ("Painter, Fenwick Yard, 2017 / 2019", "2017 – 2019"),
    ],
)
def test_present_and_slashes_are_read_in_many_languages(line: str, expected: str) -> None:
    """The words for "present" and a slash between two dates make one period."""
    (job,) = resume(f"{HEAD}Experience\n{line}\n• Did the work.\n").positions
    assert str(job.period) == expected


def test_a_month_behind_a_slash_is_no_end() -> None:
    """ "2015 / 07" is July 2015, not a range to 2007."""
    (study,) = resume(f"{HEAD}Education\n2015 / 07 - University of Tartu\nBSc Botany\n").education
    assert str(study.period) == "until Jul 2015"


@pytest.mark.parametrize("heading", ["Jobs", "CONTRACTS", "Freelance work", "Garden work", "PARK EXPERIENCE"])
def test_jobs_stand_under_any_heading_that_says_so(heading: str) -> None:
    """Headings that name work, of a domain of its own too, open a section of experience."""
    text = (
        f"{HEAD}About me\nI like soil.\n\n{heading}\nHead gardener, Fenwick Hall, 2019 to present\n"
        "• Kept the walled garden.\n\nStudy\nBSc Horticulture, University of Leeds, 2018\n"
    )
    read = resume(text)
    assert headings(read) == [("About me", K.SUMMARY), (heading, K.EXPERIENCE), ("Study", K.EDUCATION)]
    assert jobs(read) == [("Head gardener", "Fenwick Hall", "2019 – present")]
    assert read.education[0].field == "Horticulture"


def test_title_employer_and_dates_may_stand_on_three_lines() -> None:
    """Under a heading of its domain a header of three lines is one header."""
    text = (
        f"{HEAD}Clinic experience\n\nDental Nurse\nTamar Dental Practice, Saltash\nMay 2021 to present\n"
        "• Sterilised instruments.\n\nEducation\nBSc Biology, University of Exeter, 2020\n"
    )
    assert jobs(resume(text)) == [("Dental Nurse", "Tamar Dental Practice", "May 2021 – present")]


@pytest.mark.parametrize("line", ["Customer Experience", "Social Work", "User Experience"])
def test_a_skill_that_ends_in_experience_is_no_heading(line: str) -> None:
    """Where no dated job follows, the words are what they were before."""
    read = resume(f"{HEAD}Skills\nExcel\n\n{line}\nPayroll\n\nEducation\nBSc Biology, University of Exeter\n")
    assert [kind for _, kind in headings(read)] == [K.SKILLS, K.EDUCATION]


def test_a_heading_may_wrap() -> None:
    """A heading over two lines is one section, and neither line is content."""
    read = resume(
        f"{HEAD}EDUCATION\nBSc Biology, University of Hull, 2020\n\nAWARDS AND\nSCHOLARSHIPS\nFenwick Prize\n"
    )
    assert headings(read)[1:] == [("AWARDS AND\nSCHOLARSHIPS", K.AWARDS)]
    assert [s.text for s in read.snippets if s.section is K.AWARDS] == ["Fenwick Prize"]


def test_headings_may_be_items_of_a_numbered_list() -> None:
    """ "1. Work history", "2. Schooling": sections, and the numbers below them are no part of a title."""
    read = resume(
        f"{HEAD}• Work history\n\n1.1 Surveyor, Harbour Board\nMay 2020 - present\nSoundings at dawn\n\n"
        "• Education\nBSc (Level 6) in Geology, University of Hull, 2019\n"
    )
    assert [kind for _, kind in headings(read)] == [K.EXPERIENCE, K.EDUCATION]
    assert jobs(read) == [("Surveyor", "Harbour Board", "May 2020 – present")]
    assert (read.education[0].field, read.education[0].institution) == ("Geology", "University of Hull")


def test_a_labelled_line_is_no_header_and_no_degree() -> None:
    """ "Objective: ..." above the first job is no title; "Skills: ..." below the degrees is no study."""
    read = resume(
        f"{HEAD}Objective: a bench in a quiet laboratory\n\n"
        "Lab Analyst, Fenwick Waters (Hull, UK), May 2020 to present\n- Titrations\n\n"
        "Education\n- BSc Chemistry, University of Hull, May 2019\n\nSkills: Excel, LIMS\n"
    )
    assert jobs(read) == [("Lab Analyst", "Fenwick Waters", "May 2020 – present")]
    assert [(e.level, e.field, e.institution) for e in read.education] == [
        (L.BACHELOR, "Chemistry", "University of Hull")
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Skills: Excel, LIMS", K.SKILLS),
        ("Skills:", None),
        ("Acme: a firm", None),
        ("Objective: rest", K.SUMMARY),
    ],
)
def test_a_label_needs_words_behind_it(line: str, kind: K | None) -> None:
    """Only a known heading with a colon and content is a label."""
    assert label_kind(line) is kind


def test_brackets_with_a_remark_name_no_employer() -> None:
    """What stands in brackets behind title and employer is a remark unless it names an organisation."""
    read = resume(
        f"{HEAD}Experience\nEditor, Tamar Radio (two days a week), 2021 to present\n• Cut the news.\n"
        "Night Porter, The Old Mill (cosy, 12 rooms), 2019 - 2020\n• Kept the keys.\n"
    )
    assert jobs(read) == [
        ("Editor", "Tamar Radio", "2021 – present"),
        ("Night Porter", "The Old Mill", "2019 – 2020"),
    ]


def test_employers_behind_commas_are_read_beside_headers_without_titles() -> None:
    """A header that names only the client does not make the next one's employer part of its title."""
    read = resume(
        f"{HEAD}Contracts\n\nFenwick Energy (remote), Feb 2022 - Aug 2023\n• Rebuilt the dashboard.\n\n"
        "Permanent\n\nWeb developer, Harbour Mutual, Sep 2019 - Jan 2022\n• Kept the site up.\n\n"
        "Welder, Otter Ridge Works, Lacey, 2017 - 2019\n• Joined pipes.\n"
    )
    assert jobs(read)[0] == (None, "Fenwick Energy", "Feb 2022 – Aug 2023")
    assert jobs(read)[1] == ("Web developer", "Harbour Mutual", "Sep 2019 – Jan 2022")


def test_how_long_a_job_was_is_none_of_its_bullets() -> None:
    """A line with only a duration says nothing beside the dates."""
    (job,) = resume(
        f"{HEAD}Experience\nClerk\nFenwick Ltd\nMay 2020 - Aug 2022\n2 years 4 months\n• Filed returns.\n"
    ).positions
    assert len(job.bullets) == 1


@pytest.mark.parametrize("mark", [">", "+", "»"])
def test_other_marks_begin_items_too(mark: str) -> None:
    """Lines that begin with a mark and a capital are items."""
    (job,) = resume(
        f"{HEAD}Experience\nClerk, Fenwick Ltd, May 2020 - Aug 2022\n{mark} Filed the returns of nine shops\n"
        f"{mark} Answered the telephone on Mondays\n"
    ).positions
    assert len(job.bullets) == 2


@pytest.mark.parametrize(
    ("line", "level", "field"),
    [
        ("MLS, Tamar University, 2019", L.MASTER, "Library Science"),
        ("M.L.I.S., Tamar University", L.MASTER, "Library and Information Science"),
        ("BScN, Tamar University", L.BACHELOR, "Nursing"),
        ("MSW, Tamar University", L.MASTER, "Social Work"),
        ("MPH (Epidemiology), Tamar University", L.MASTER, "Epidemiology"),
        ("BSEE, Tamar University", L.BACHELOR, "Electrical Engineering"),
        ("DrPH, Tamar University", L.DOCTORATE, "Public Health"),
        ("Master of Social Work (MSW), Down East", L.MASTER, "Social Work"),
        ("BEng in Civil Engineering, Tamar University", L.BACHELOR, "Civil Engineering"),
    ],
)
def test_letters_that_name_a_field_give_it(line: str, level: L, field: str) -> None:
    """A degree whose abbreviation says what it is in has that field, where none is written."""
    degree = find_degree(line)
    assert degree is not None
    assert (degree.level, read_field(line, degree)) == (level, field)


def test_studies_under_a_doubtful_heading_are_studies() -> None:
    """Where nothing else is education, a section of "papers" with a degree and a school is it."""
    read = resume(
        f"{HEAD}Experience\nBaker, Fenwick Bread, 2019 to present\n• Baked.\n\n"
        "Papers\nAssociate in Baking Arts, Tamar Community College, 2018\n"
    )
    assert [(e.level, e.institution) for e in read.education] == [(L.ASSOCIATE, "Tamar Community College")]


@pytest.mark.parametrize(
    ("line", "names"),
    [("Gaelic (fluent)", ["Gaelic"]), ("Irish Gaelic", ["Irish"]), ("Gaeilge", ["Irish"])],
)
def test_the_gaelic_languages_are_told_apart(line: str, names: list[str]) -> None:
    """Gaelic alone is that of Scotland."""
    assert [item.name for item in resume(f"{HEAD}Languages\n{line}\n").languages] == names


def test_typed_lines_that_begin_with_capitals_are_items() -> None:
    """Lines without marks that end where the writer wished are one item each, in every job of the section."""
    lines = (
        "Answered the letters of four hundred members a year, with a clerk\n"
        "Minutes of the board\n"
        "Booked halls, coaches and speakers for three annual conferences\n"
    )
    more = "Typed, filed and franked for a partnership of eleven solicitors\nReception on alternate Fridays\n"
    read = resume(
        f"{HEAD}Experience\n\nSecretary, Tamar Society, 2019 to present\n{lines}\n"
        f"Clerk, Fenwick Ltd, 2016 to 2018\n{more}"
    )
    assert [len(p.bullets) for p in read.positions] == [3, 2]
    assert [s.text for s in read.snippets if s.text in lines + more] == (lines + more).splitlines()


def test_wrapped_prose_stays_whole() -> None:
    """Lines that go on in lower case are one paragraph, though one of them ends early."""
    prose = (
        "Answered the letters of four hundred members a year, with a\nclerk, and\n"
        "wrote the minutes of the board for the chair to sign\n"
    )
    (job,) = resume(f"{HEAD}Experience\nSecretary, Tamar Society, 2019 to present\n{prose}").positions
    assert len(job.bullets) == 1


def test_skills_on_a_labelled_line_are_read() -> None:
    """ "Skills: a, b" below another section gives skills where no section does."""
    read = resume(
        f"{HEAD}Education\nBSc Botany, University of Tartu, 2019\n\nSkills: Excel, LIMS, titration\n"
    )
    assert [skill.name for skill in read.skills] == ["Excel", "LIMS", "titration"]


def test_papers_may_be_licences_and_are_read_with_dates() -> None:
    """A section of "papers" that lists only licences and cards gives its licences."""
    read = resume(
        f"{HEAD}Experience\nDriver, Fenwick Coaches, 2019 to present\n• Drove.\n\n"
        "Papers\nForklift licence, valid until 05/2029\nTachograph card, 2022\n\nInterests: chess\n"
    )
    assert [(item.name, str(item.expires)) for item in read.licences] == [
        ("Forklift licence", "May 2029"),
        ("Tachograph card", "None"),
    ]


def test_dates_may_begin_with_a_word() -> None:
    """ "od ... do" and "von ... bis" on a line of their own are bare dates, and their words no title."""
    read = resume(
        f"{HEAD}Garage work\n\nMechanic\nWisla Coaches, Lublin\nod 03.2021 do 05.2022\nGearboxes\n\n"
        "Apprentice Fitter\nNowak Motors, Bremen\nvon 09.2017 bis 02.2021\nOil and tyres\n\n"
        "Education\nBSc Physics, University of Hull, 2016\n"
    )
    assert jobs(read) == [
        ("Mechanic", "Wisla Coaches", "Mar 2021 – May 2022"),
        ("Apprentice Fitter", "Nowak Motors", "Sep 2017 – Feb 2021"),
    ]


def test_a_place_loses_the_stop_of_its_sentence() -> None:
    """ "Salem OR. 2019 to 2021": the stop is no part of the place, that of "D.C." is."""
    (job,) = resume(f"{HEAD}Jobs\nCook, Fenwick Diner, Salem OR. 03/2019 to 02/2021\n• Cooked.\n").positions
    assert (job.title, job.employer, job.location) == ("Cook", "Fenwick Diner", "Salem OR")


@pytest.mark.parametrize("name", ["ServSafe Manager", "ServSafe Food Handler", "ServSafe"])
def test_a_credential_keeps_its_grade(name: str) -> None:
    """What a known credential is for is part of its name, beside studies too."""
    read = resume(
        f"{HEAD}Experience\nCook, Fenwick Diner, 2019 to present\n• Cooked.\n\n"
        f"Papers\n{name}, expires 03/2028\nAssociate in Baking Arts, Tamar Community College, 2018\n"
    )
    assert [(item.name, str(item.expires)) for item in read.licences] == [(name, "Mar 2028")]
