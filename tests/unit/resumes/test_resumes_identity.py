from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from resume_text import resume

from matcher.types import IdentityKind

BODY = """{full}
Data Engineer | {email} | {phone}
{photo}
{nationality}

Summary
{full} is an engineer who likes small services. {He} mentors three people, and {his} team ships weekly.

Experience
Data Engineer, Fenwick Ltd, Leeds, UK — Mar 2019 – Present
• {last} led the migration of 16 ledgers; contact {honorific} {last} for details.
• Prices and summaries were checked by {him} every month before the close of the books in the whole of the
company.
• Wrote {email} filters.

Skills
Python, SQL, C/C++
"""

PEOPLE = st.fixed_dictionaries(
    {
        "full": st.sampled_from(
            [
                "Ada Okafor",
                "Xiomara Benedetti-Huang",
                "José García",
                "Li Wei Chen",
                "Sinéad O'Rourke",
                "Björn Þórsson",
            ]
        ),
        "email": st.sampled_from(["a@b.co", "someone.with.a.long.name@mail.example.org"]),
        "phone": st.sampled_from(["(503) 555-0124", "+44 7700 900178", "+1 604 555 0119"]),
        "photo": st.sampled_from(["", "[Photo]", "Photo of the applicant"]),
        "nationality": st.sampled_from(
            ["", "Nationality: Nigerian", "Date of birth: 3 May 1990", "Marital status: single"]
        ),
        "honorific": st.sampled_from(["Ms", "Mr.", "Mrs"]),
        "female": st.booleans(),
    }
)


def written(person: dict[str, object]) -> str:
    he, his, him = ("She", "her", "her") if person["female"] else ("He", "his", "him")
    last = str(person["full"]).split()[-1]
    return BODY.format(**{**person, "last": last, "He": he, "his": his, "him": him})


@settings(derandomize=True, max_examples=60, deadline=None)
@given(PEOPLE, PEOPLE)
def test_who_it_is_leaves_no_trace_in_what_is_embedded(
    one: dict[str, object], other: dict[str, object]
) -> None:
    """Swapping name, pronouns, e-mail, phone, photo and nationality changes no masked byte."""
    first, second = resume(written(one)), resume(written(other))
    assert [s.masked for s in first.snippets] == [s.masked for s in second.snippets]
    assert len(first.snippets) >= 6


def test_masking_keeps_every_other_word() -> None:
    """Only identity is taken out."""
    read = resume(
        "Grace Price\ngrace@example.org\n\nExperience\nBuyer, Quarry Foods Inc, 2015 - 2018\n"
        "• Cut the price of grain with grace and will.\n• Grace Price was praised by Price Waterhouse.\n"
    )
    masked = [s.masked for s in read.snippets]
    assert "Cut the price of grain with grace and will." in masked
    assert "was praised by Price Waterhouse." in masked


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Date of birth: 3 May 1990", IdentityKind.BIRTH),
        ("Geburtsdatum: 03.05.1990", IdentityKind.BIRTH),
        ("34 years old", IdentityKind.BIRTH),
        ("Nationality: Kenyan", IdentityKind.PERSONAL),
        ("Marital status: married, two children", IdentityKind.PERSONAL),
        ("Religion: none", IdentityKind.PERSONAL),
        ("Gender: female", IdentityKind.PERSONAL),
        ("she/her/hers", IdentityKind.PRONOUN),
        ("(503) 555-0124", IdentityKind.PHONE),
        ("ada@example.org", IdentityKind.EMAIL),
        ("linkedin.com/in/ada-okafor", IdentityKind.URL),
        ("12 Garden Street, Leeds", IdentityKind.ADDRESS),
    ],
)
def test_each_kind_of_identity_is_found(line: str, kind: IdentityKind) -> None:
    """A personal line in the contact block is found as what it is."""
    read = resume(f"Ada Okafor\n{line}\n\nSkills\nPython\n")
    assert kind in {item.kind for item in read.identity}


@pytest.mark.parametrize(
    "line",
    [
        "• Wrote Node.js and ASP.NET services on Salesforce.com.",
        "• Kept the HIS and SHE systems of the ward.",
        "• Sold 1,250,000 units in 2015 - 2018.",
    ],
)
def test_ordinary_words_are_not_taken_for_identity(line: str) -> None:
    """Products, acronyms and numbers are left as they are."""
    read = resume(
        f"Ada Okafor\nada@example.org\n\nExperience\nClerk, Quarry Foods Inc, 2015 - 2018\n{line}\n"
    )
    assert line.removeprefix("• ") in [s.masked for s in read.snippets]


@pytest.mark.parametrize(
    ("top", "name"),
    [
        ("Ada Okafor\nada@example.org", "Ada Okafor"),
        ("Resume of Ada Okafor\nada@example.org", "Ada Okafor"),
        ("ADA OKAFOR, RN, BSN\n(503) 555-0124", "ADA OKAFOR"),
        ("Name: Ada Okafor\nEmail: ada@example.org", "Ada Okafor"),
        ("Ada Okafor | Data Engineer | ada@example.org", "Ada Okafor"),
        ("CURRICULUM VITAE\nDr. Ada de la Cruz\n", "Ada de la Cruz"),
        ("王小明\n数据工程师", "王小明"),
        ("SENIOR ACCOUNTANT\n", None),
        ("DIGITAL MEDIA\nspecialist in digital media\n", None),
    ],
)
def test_the_name_is_read_or_unknown(top: str, name: str | None) -> None:
    """A name is read without titles and degrees; a headline is not taken for one."""
    assert resume(f"{top}\n\nSummary\nI work with digital media every day.\n").contact.name in (
        name,
        *([] if name else [None]),
    )


@pytest.mark.parametrize(
    ("top", "name"),
    [
        ("Jane Baker", "Jane Baker"),
        ("TIM PORTER", "TIM PORTER"),
        ("Head Cook", None),
        ("Bank Teller", None),
        ("CENTRALIZED ADMINISTRATIVE SUPPORT", None),
        ("Personal and Confidential\nAda Okafor", "Ada Okafor"),
        ("Last updated in Mar 2026\nAda Okafor", "Ada Okafor"),
        ("Ada Okafor's CV", "Ada Okafor"),
        ("Ada Okafor (they/them)", "Ada Okafor"),
        ("Okafor", "Okafor"),
        ("ada okafor\nada.okafor@example.org", "ada okafor"),
        ("Ada Teacher Training\naokafor@example.org\nAda Okafor", "Ada Okafor"),
        ("Dean Hunter Baker\nlinkedin.com/in/dean-hunter-baker-4a81b2", "Dean Hunter Baker"),
    ],
)
def test_a_name_is_told_from_trades_and_notices(top: str, name: str | None) -> None:
    """Surnames that are trades stay names; section lines, notices and dates of printing are none."""
    read = resume(
        f"{top}\nData Engineer\n\nSummary\nI work in small teams.\n\nExperience\nClerk, 2015 - 2018\n"
    )
    assert read.contact.name == name


def test_a_name_broken_over_the_rows_of_a_sidebar_is_one() -> None:
    """The largest rows at the top are the name, also where it breaks at its hyphen; no headline is one."""
    rows = {
        "Marisol Dela": 22.0,
        "Peña-": 22.0,
        "Whitcombe": 22.0,
        "Registered Nurse,": 12.0,
        "Critical Care": 12.0,
    }
    rest = "\nmarisol@example.org\n\nSummary\nMarisol is a nurse of eleven years.\n"
    read = resume("\n".join(rows) + rest, size=rows)
    assert read.contact.name == "Marisol Dela Peña-Whitcombe"
    assert "is a nurse of eleven years." in [snippet.masked for snippet in read.snippets]


def test_an_unread_name_is_masked_by_what_the_address_says() -> None:
    """Where no line reads as a name, the parts of the mailbox are masked all the same."""
    read = resume(
        "Welcome to this page about data and small services\nadaeze.okonkwo@example.org\n\nSummary\n"
        "Adaeze likes small services.\n\nExperience\nClerk, Quarry Foods Inc, 2015 - 2018\n"
        "• Adaeze Okonkwo counted every loaf.\n"
    )
    assert read.contact.name is None
    masked = " ".join(snippet.masked for snippet in read.snippets)
    assert "counted every loaf." in masked
    assert "Adaeze" not in masked
    assert "Okonkwo" not in masked


@pytest.mark.parametrize(
    ("top", "name"),
    [
        ("Wulandari\nFarm Manager\nWhangārei, Aotearoa New Zealand | w@example.com", "Wulandari"),
        ("Wulandari | Farm Manager | w@example.com | (503) 555-0124", "Wulandari"),
        ("Curriculum Vitae\nWulandari, MBA\nw@example.com", "Wulandari"),
        ("Ms. Wulandari\n12 Mill Lane, Leeds LS1 4AP\nw@example.com", "Wulandari"),
        ("Curriculum Vitae\nw@example.com", None),
    ],
)
def test_a_name_of_one_word_is_read_above_title_or_contact(top: str, name: str | None) -> None:
    """One word on top of the page is the name, and masked; the place below it and a headline are not."""
    read = resume(f"{top}\n\nSummary\nWulandari keeps herds healthy in Whangārei.\n")
    assert read.contact.name == name
    assert any("Wulandari" in snippet.masked for snippet in read.snippets) is (name is None)
    assert any("Whangārei" in snippet.masked for snippet in read.snippets)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Okafor, Ada", "Ada Okafor"),
        ("Young, Grace", "Grace Young"),
        ("DESHAWN PETTIFORD", "DeShawn"),
        ("ANNA WEISSHAUPT", "Weißhaupt"),
        ("MÁIRE O'ROURKE", "O'Rourke"),
    ],
)
def test_a_name_is_masked_however_the_top_writes_it(written: str, told: str) -> None:
    """The last name first, or capitals, on top: the prose's own way of writing the name is masked, too."""
    read = resume(f"{written}\nFarm Manager\nfarm@example.com\n\nSummary\n{told} keeps herds healthy.\n")
    (snippet,) = read.snippets
    assert snippet.masked == "keeps herds healthy."
