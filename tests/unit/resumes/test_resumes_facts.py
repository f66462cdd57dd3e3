from __future__ import annotations

import json
from datetime import date

from resume_text import document, resume

from matcher.resumes import parse, to_json_resume
from matcher.types import PartialDate

TEXT = """Ada Okafor
Data Engineer
Leeds, UK | ada@example.org | +44 7700 900178 | linkedin.com/in/ada-okafor | okafor.dev

Summary
Likes small services. Fluent in Yoruba and speaks some Welsh.

Experience
Data Engineer, Fenwick Ltd, Leeds, UK — Mar 2019 – Present
• Built pipelines as a PMP certified lead.

Education
BSc Physics, University of Leeds, 2012 - 2015

Skills
Languages: Python, C/C++, SQL (PostgreSQL, MySQL)
Tools: Git; Docker • Kafka

Languages
English (native), German (B2), Tok Pisin - basic

Certifications
Registered Nurse, State of Oregon, expires 09/2027
AWS Certified Developer, 2021
"""


def test_skills_are_cut_outside_brackets_and_without_labels() -> None:
    """Lists are cut at commas, semicolons and bullets; "C/C++" and brackets stay whole."""
    assert [s.name for s in resume(TEXT).skills] == [
        "Python", "C/C++", "SQL (PostgreSQL, MySQL)", "Git", "Docker", "Kafka",
    ]  # fmt: skip


def test_languages_come_with_their_level() -> None:
    """Languages are named in English; programming languages are none of them."""
    assert [(x.name, x.level) for x in resume(TEXT).languages][:2] == [
        ("English", "native"),
        ("German", "B2"),
    ]
    assert {x.name for x in resume(TEXT).languages} >= {"Yoruba", "Welsh"}
    assert "Python" not in {x.name for x in resume(TEXT).languages}


def test_licences_carry_the_dates_they_state() -> None:
    """Issue and expiry are told apart, and set phrases elsewhere count."""
    found = {x.name: (x.issued, x.expires) for x in resume(TEXT).licences}
    assert found["Registered Nurse, State of Oregon"] == (None, PartialDate(2027, 9))
    assert found["AWS Certified Developer"] == (PartialDate(2021), None)
    assert found["PMP certified"] == (None, None)


def test_contact_details_are_read() -> None:
    """Each detail of the top block has its field."""
    contact = resume(TEXT).contact
    assert contact.name == "Ada Okafor"
    assert contact.emails == ("ada@example.org",)
    assert contact.phones == ("+44 7700 900178",)
    assert contact.urls == ("linkedin.com/in/ada-okafor", "okafor.dev")
    assert contact.location == "Leeds, UK"


def test_the_candidate_id_comes_from_the_content_alone() -> None:
    """The same bytes have the same id under any name."""
    made = document(TEXT)
    assert parse(made, "a").candidate_id == parse(made, "b").candidate_id == "c" + made.sha256[:16]


def test_json_resume_says_what_was_read_and_nothing_else() -> None:
    """The export follows the JSON Resume schema; unknown fields are absent and "Present" has no end."""
    out = json.loads(json.dumps(to_json_resume(resume(TEXT), date(2026, 11, 22))))
    assert out["basics"]["name"] == "Ada Okafor"
    assert out["basics"]["profiles"] == [
        {"network": "LinkedIn", "username": "ada-okafor", "url": "https://linkedin.com/in/ada-okafor"}
    ]
    assert out["work"] == [
        {
            "name": "Fenwick Ltd",
            "position": "Data Engineer",
            "location": "Leeds, UK",
            "startDate": "2019-03",
            "highlights": ["Built pipelines as a PMP certified lead."],
        }
    ]
    assert out["education"] == [
        {
            "institution": "University of Leeds",
            "area": "Physics",
            "studyType": "Bachelor",
            "startDate": "2012",
            "endDate": "2015",
        }
    ]
    assert out["meta"]["monthsOfExperience"] == 93
    assert "phone" in out["basics"]
    empty = to_json_resume(resume("Nothing to see"), date(2026, 11, 22))
    assert set(empty) == {"$schema", "meta"}


def test_a_level_belongs_to_the_languages_it_speaks_of() -> None:
    """A leading level counts up to the next one, a bracket for the language before it, also when wrapped."""

    def levels(line: str) -> dict[str, str | None]:
        found = resume(f"Ada Okafor\nada@example.org\n\nSkills\nSQL\n\nLanguages\n{line}\n").languages
        return {one.name: one.level for one in found}

    assert levels("Fluent in English and Spanish (writing and speaking)") == {
        "English": "Fluent",
        "Spanish": "Fluent",
    }
    assert levels("Fluency in English and French and intermediate level in Spanish") == {
        "English": "Fluency",
        "French": "Fluency",
        "Spanish": "intermediate level",
    }
    assert levels("Portuguese (native), Japanese\n(N2), English (fluent)") == {
        "Portuguese": "native",
        "Japanese": "N2",
        "English": "fluent",
    }
    assert levels("Spanish (medical\nconversation)") == {"Spanish": "medical conversation"}


def test_courses_are_no_licences_but_what_is_certified_is() -> None:
    """Under a heading of courses alone only known licences count."""
    found = resume(
        "Ada Okafor\nada@example.org\n\nExperience\nClerk, Quarry Foods Inc, 2015 - 2018\n• Counted.\n\n"
        "Professional Development\n• Mediation between parents, two days, 2021\n• First Aid certified, 2022\n"
    ).licences
    assert [(one.name, str(one.issued)) for one in found] == [("First Aid certified", "2022")]
