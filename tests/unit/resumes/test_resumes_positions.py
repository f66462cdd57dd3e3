from __future__ import annotations

import pytest
from resume_text import resume

from matcher.types import Resume

HEAD = "Ada Okafor\nada.okafor@example.org\n\nExperience\n"


def jobs(read: Resume) -> list[tuple[str | None, str | None, str]]:
    return [(p.title, p.employer, str(p.period or "")) for p in read.positions]


LAYOUTS = [
    pytest.param(
        "Data Engineer, Fenwick Ltd, Leeds, UK — Mar 2019 – Present\n• Built pipelines.\n",
        [("Data Engineer", "Fenwick Ltd", "Mar 2019 – present")],
        id="one line",
    ),
    pytest.param(
        "04/2016 to Current\nAccountant Company Name ï¼​ City , State\n"
        "Coded the general ledger and paid vendors.\n"
        "04/2010 to 04/2016\nAccounting Clerk Company Name ï¼​ City , State\nHelped with vendor contracts.\n",
        [("Accountant", None, "Apr 2016 – present"), ("Accounting Clerk", None, "Apr 2010 – Apr 2016")],
        id="dates above, anonymised",
    ),
    pytest.param(
        "Senior Backend Engineer\tNov 2021 — Present\nPagamundo, Lisbon\n• Own the ledger service.\n"
        "Backend Engineer\tFeb 2018 — Oct 2021\n"
        "Rede Quilombo Telecom, São Paulo, Brazil\n• Built the SMS gateway.\n",
        [
            ("Senior Backend Engineer", "Pagamundo", "Nov 2021 – present"),
            ("Backend Engineer", "Rede Quilombo Telecom", "Feb 2018 – Oct 2021"),
        ],
        id="employer with town below",
    ),
    pytest.param(
        "Staff Nurse, Surgical ICU\tApr 2018 – Dec 2021\n"
        "Tillamook Medical Center, Portland, OR\n• Cared for two patients.\n",
        [("Staff Nurse, Surgical ICU", "Tillamook Medical Center", "Apr 2018 – Dec 2021")],
        id="a comma within the title",
    ),
    pytest.param(
        "Northwind Labs, Research Intern\tSanta Clara, CA\n"
        "May 2022 – Aug 2022\n• Designed a sparse method.\n",
        [("Research Intern", "Northwind Labs", "May 2022 – Aug 2022")],
        id="employer first",
    ),
    pytest.param(
        "Chef | Blue Door Bistro | 2015 - 2018\n• Ran the kitchen.\n",
        [("Chef", "Blue Door Bistro", "2015 – 2018")],
        id="bars",
    ),
    pytest.param(
        "Java Developer (Universität Bremen)\t2016 - heute\n• Lehrplattform entwickelt.\n",
        [("Java Developer", "Universität Bremen", "2016 – present")],
        id="employer in brackets",
    ),
    pytest.param(
        "May 2005\nto\nNovember 2011\nSous Chef, Harbour Hotel\n• Ran a brigade of six.\n",
        [("Sous Chef", "Harbour Hotel", "May 2005 – Nov 2011")],
        id="dates over three lines",
    ),
    pytest.param(
        "Software Engineer at Wexford Systems, 2019-05 to 2021-06\n• Wrote Go.\n",
        [("Software Engineer", "Wexford Systems", "May 2019 – Jun 2021")],
        id="at",
    ),
    pytest.param(
        "Summer Intern, Lake Museum, Summer 2020\n• Catalogued maps.\n",
        [("Summer Intern", "Lake Museum", "Jun 2020 – Aug 2020")],
        id="a season",
    ),
]


@pytest.mark.parametrize(("text", "expected"), LAYOUTS)
def test_every_usual_layout_is_read(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    """Title, employer and dates come out right wherever the layout puts them."""
    assert jobs(resume(HEAD + text)) == expected


def test_promotions_share_their_employer() -> None:
    """Several titles under one employer are a position each, and the employer is the same."""
    read = resume(
        HEAD + "Quarry Foods Inc\tOmaha, NE\nPlant Manager\t2018 - 2021\n• Led 40 people.\n\n"
        "Shift Supervisor\t2015 - 2018\n• Planned shifts.\n"
    )
    assert jobs(read) == [
        ("Plant Manager", "Quarry Foods Inc", "2018 – 2021"),
        ("Shift Supervisor", "Quarry Foods Inc", "2015 – 2018"),
    ]


def test_an_employer_with_its_whole_period_is_no_position() -> None:
    """The employer's own line above its titles gives its name to them and is not counted as a job."""
    read = resume(
        HEAD + "Quarry Foods Inc\t2015 - 2021\nPlant Manager\t2018 - 2021\n• Led 40 people.\n"
        "Shift Supervisor\t2015 - 2018\n• Planned shifts.\n"
    )
    assert jobs(read) == [
        ("Plant Manager", "Quarry Foods Inc", "2018 – 2021"),
        ("Shift Supervisor", "Quarry Foods Inc", "2015 – 2018"),
    ]


@pytest.mark.parametrize(
    "bullet",
    [
        "• Managed the 2015-2018 budget of $3M.",
        "• Responsible since 2023 for safeguarding.",
        "• Reduced cost by a fifth from 2017 to 2019.",
        "• Called 555-0142 customers, 24/7 support",
        "• Wrote grants ($340,000 since\n2021).",
    ],
)
def test_dates_within_a_duty_make_no_position(bullet: str) -> None:
    """Only a header starts a position."""
    read = resume(
        HEAD + f"Farm Manager, Oneota Dairy, Decorah, Iowa\n2014 - 2020\n{bullet}\n• Kept records.\n"
    )
    assert jobs(read) == [("Farm Manager", "Oneota Dairy", "2014 – 2020")]


def test_a_career_break_and_a_degree_among_jobs_are_no_positions() -> None:
    """A break has dates but is no experience."""
    read = resume(
        HEAD + "Career break (family care)\t2020 - 2022\n\nStatistician\t2014 - 2020\n"
        "Harbour Logistics, Vancouver\n• Forecasts.\n"
    )
    assert [p.title for p in read.positions] == ["Statistician"]


def test_an_impossible_period_is_unknown_and_the_job_stays() -> None:
    """An end before its start leaves the dates unknown, not the job out."""
    read = resume(
        HEAD + "Curriculum Specialist, Yolo School District\n01/2015 to 01/2012\n• Led workshops.\n"
    )
    assert jobs(read) == [("Curriculum Specialist", "Yolo School District", "")]


def test_spans_are_the_words_and_bullets_keep_their_lines() -> None:
    """Every span of a position quotes the text; a wrapped bullet is one span."""
    text = (
        HEAD
        + "Welder, Gulf Pipe Inc, 2013 - 2016\n• Welded pipe in yards and on ships of all sizes along the "
        "whole\ncoast.\n• Read plans.\n"
    )
    read = resume(text)
    (job,) = read.positions
    assert job.title_span is not None
    assert job.employer_span is not None
    assert text[slice(*job.title_span)] == "Welder"
    assert text[slice(*job.employer_span)] == "Gulf Pipe Inc"
    assert [text[slice(*b)] for b in job.bullets] == [
        "Welded pipe in yards and on ships of all sizes along the whole\ncoast.",
        "Read plans.",
    ]
    assert text[slice(*job.span)].endswith("Read plans.")


def test_a_range_that_wraps_in_the_date_column_is_whole_and_studying_is_no_job() -> None:
    """The second row's year ends the range of the first; "Student" among the jobs is none."""
    found = resume(
        "Ada Okafor\nada@example.org\n\nExperience\n"
        "Summer 2026\tMarketing Intern\nPierogi & Co. | Hamtramck, MI\n• Wrote a weekly report.\n"
        "May 2025 - August\tData Intern\n2025\tGreat Lakes Water Trust | Toledo, OH\n• Cleaned readings.\n"
        "Fall 2024 - Present\tStudent\nLakeside University | Toledo, OH\n• Read much.\n"
    ).positions
    assert [(one.title, one.employer, str(one.period), len(one.bullets)) for one in found] == [
        ("Marketing Intern", "Pierogi & Co.", "Jun 2026 – Aug 2026", 1),
        ("Data Intern", "Great Lakes Water Trust", "May 2025 – Aug 2025", 1),
    ]
