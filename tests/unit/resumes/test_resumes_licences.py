from __future__ import annotations

import pytest
from resume_text import resume

from matcher.types import PartialDate

Dates = tuple[str, str]


def licences(
    body: str, heading: str = "Licences", summary: str = "Likes small services."
) -> dict[str, Dates]:
    """Name to (issued, expires) of the licences of a resume whose licence section is `body`."""
    parsed = resume(
        f"Ada Okafor\nada@example.org\n\nSummary\n{summary}\n\nExperience\n"
        f"Site Manager, Fenwick Ltd, Leeds, UK — Mar 2019 – Present\n• Built halls.\n\n{heading}\n{body}\n"
    )
    return {one.name: (str(one.issued or ""), str(one.expires or "")) for one in parsed.licences}


@pytest.mark.parametrize(
    ("entry", "name", "issued", "expires"),
    [
        ("First Aid at Work, valid to 08/2028", "First Aid at Work", "", "Aug 2028"),
        ("Pesticide Applicator, Iowa, active to 02/2028", "Pesticide Applicator, Iowa", "", "Feb 2028"),
        ("White Card (to 08/2028)", "White Card", "", "Aug 2028"),
        ("TWIC card, exp. 08/2025", "TWIC card", "", "Aug 2025"),
        ("Forklift licence, expired 04/2025", "Forklift licence", "", "Apr 2025"),
        (
            "Project Management Professional (PMP), issued 06/2018, renewed to 06/2027",
            "Project Management Professional (PMP)", "Jun 2018", "Jun 2027",
        ),
        ("Food Hygiene Manager, renewed 2024", "Food Hygiene Manager", "2024", ""),
        ("Social Worker, since 2017, practising certificate to 06/2027", "Social Worker", "2017", "Jun 2027"),
        ("New Jersey, admitted 2017 (inactive)", "New Jersey", "2017", ""),
        ("CCRN (Adult), earned 03/2020, valid through 03/2029", "CCRN (Adult)", "Mar 2020", "Mar 2029"),
        ("Issued: Jan 2020 Expires: Jan 2023 Food Handler", "Food Handler", "Jan 2020", "Jan 2023"),
        ("Rigger – Associate, valid from 2020 until 2023", "Rigger – Associate", "2020", "2023"),
        ("CISSP - ISC2 - 2018 - Present", "CISSP - ISC2", "2018", ""),
        ("2019 – 2022\tRigger", "Rigger", "2019", "2022"),
        ("Welding course, Sep 2019 – Oct 2019", "Welding course", "Oct 2019", ""),
        ("RN License #12345678, Expiration Date: 12/31/2026", "RN License", "", "Dec 2026"),
        ("Azure Administrator, no expiry", "Azure Administrator", "", ""),
    ],
)  # fmt: skip
def test_words_beside_a_date_say_issue_or_expiry(entry: str, name: str, issued: str, expires: str) -> None:
    """What stands before a date decides what it is; the name loses labels and numbers, not its bracket."""
    assert licences(f"• {entry}") == {name: (issued, expires)}


def test_wrapped_entries_are_one() -> None:
    """In a narrow column a name or an expiry goes on in the next rows."""
    body = "• Advanced Cardiovascular\nLife Support, expires\n05/2027\n• OSHA 30-Hour\nConstruction,\n2019"
    assert licences(body) == {
        "Advanced Cardiovascular Life Support": ("", "May 2027"),
        "OSHA 30-Hour Construction": ("2019", ""),
    }
    assert licences("Door Supervisor licence\nValid until March 2027") == {
        "Door Supervisor licence": ("", "Mar 2027")
    }


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("PMP (2019), CSM (2020), CPR (exp. 05/2024)", ["PMP", "CSM", "CPR"]),
        ("CPR, First Aid, BLS", ["CPR", "First Aid", "BLS"]),
        ("CPA | CFA | Series 7", ["CPA", "CFA", "Series 7"]),
        ("Class A CDL; TWIC; Hazmat endorsement", ["Class A CDL", "TWIC", "Hazmat endorsement"]),
        (
            "ServSafe Manager Certification Food Handlers Card Fire Safety Certification",
            ["ServSafe Manager Certification", "Food Handlers Card", "Fire Safety Certification"],
        ),
        ("Registered Nurse, State of Oregon, Compact", ["Registered Nurse, State of Oregon, Compact"]),
    ],
)
def test_several_licences_in_one_line_are_told_apart(line: str, names: list[str]) -> None:
    """A line is cut where each part is a licence by itself, and nowhere else."""
    assert list(licences(line)) == names


@pytest.mark.parametrize(
    "heading",
    [
        "Professional Status",
        "Registrations",
        "Tickets",
        "Credentials",
        "Bar Admissions",
        "Clearances",
        "Cards",
    ],
)
def test_licences_stand_under_many_headings(heading: str) -> None:
    """Each of the headings opens a section of licences."""
    assert licences("• Qualified Examiner, 2013", heading) == {"Qualified Examiner": ("2013", "")}


def test_well_known_letters_in_the_summary_are_licences_held_but_not_those_sought() -> None:
    """A headline or summary names licences by their letters; a candidate for one does not hold it."""
    found = licences("• Rigger", summary="Holds CISM and a PMP. CPA candidate, preparing for the CISSP.")
    assert set(found) == {"Rigger", "CISM", "PMP"}
    assert licences("• PMP, expected 2027") == {}


def test_a_licence_named_again_with_its_date_keeps_the_date() -> None:
    """The headline says "Registered Nurse", a later line since when."""
    parsed = resume(
        "Ada Okafor\nRegistered Nurse\n\nExperience\nNurse, Fenwick — Mar 2019 – Present\n• Cared.\n\n"
        "Memberships\n• Registered Nurse, admitted 2016\n"
    )
    assert [(one.name, one.issued) for one in parsed.licences] == [("Registered Nurse", PartialDate(2016))]


def test_short_items_that_end_in_certified_are_licences_and_thanks_are_none() -> None:
    """A list of skills names licences by "Certified"; a certificate of attendance is none."""
    parsed = resume(
        "Ada Okafor\nada@example.org\n\nExperience\nNurse, Fenwick — Mar 2019 – Present\n• Cared.\n\n"
        "Skills\n• Safe Sitter Certified\n• CPR/AED Certified\n• Lakeside Certificate of Attendance\n"
    )
    assert [one.name for one in parsed.licences] == ["Safe Sitter Certified", "CPR/AED Certified"]


def test_many_licences_are_read_in_linear_time() -> None:
    """A hostile list of made-up licences costs no more than its length, and is cut off."""
    text = "Ada Okafor\n\nSummary\n" + "".join(f"Aab{i} License. " for i in range(4000))
    assert len(resume(text).licences) == 200


@pytest.mark.parametrize(
    ("bullet", "held"),
    [
        ("Booked forklift licence courses for eight drivers", []),
        ("Checked the driver's license of each new hire", []),
        ("Supervised a registered nurse and two aides", []),
        ("Reported to a Certified Public Accountant", []),
        ("Worked as a Registered Nurse on the ward", ["Registered Nurse"]),
        ("Managed the bar as a ServSafe certified lead", ["ServSafe certified"]),
        ("Managed a crew of five; CPR certified", ["CPR certified"]),
        ("Lead Registered Nurse of the night shift", ["Registered Nurse"]),
        ("Audit manager and Certified Public Accountant", ["Certified Public Accountant"]),
    ],
)
def test_the_licences_of_others_are_not_the_candidates(bullet: str, held: list[str]) -> None:
    """Who checks, books or supervises tells of other people's licences, unless it is said to be their own."""
    parsed = resume(
        "Ada Okafor\nada@example.org\n\nExperience\n"
        f"Site Manager, Fenwick Ltd, Leeds, UK — Mar 2019 – Present\n• Built halls.\n• {bullet}\n"
    )
    assert [licence.name for licence in parsed.licences] == held
