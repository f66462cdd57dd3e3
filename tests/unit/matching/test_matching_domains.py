"""Function and domain of a demand, and lines that show one without the other."""

import pytest

from matcher.matching.domains import (
    asked_lead,
    includes,
    lacks_function,
    leads_anyone,
    leads_people,
    other_domain,
)

RESEARCH = "Leading research teams"
EITHER = "Leading technical research and/or engineering teams"
BOTH = "Leading hospital IT teams"
WARD = "Managing an intensive care unit"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (RESEARCH, "research"),
        ("Experience in managing a team of software engineers", "software engineers"),
        ("Five years of experience leading a science department", "science"),
        ("Managed a sales budget", "sales"),
        ("Managing 12 software engineers", "software engineers"),
        ("Lead a team of five", ""),
    ],
)
def test_what_is_led_has_a_domain(text: str, named: str) -> None:
    """The domain stands before what is led, or after it."""
    lead = asked_lead(text)
    assert lead is not None
    assert lead.named == named


@pytest.mark.parametrize(
    "text",
    [
        "Manage the research team calendar",
        "Reports to the person managing the sales team",
        "Run recruitment for the group",
        "Leading research teams and publishing what they find",
        "Python",
        "",
    ],
)
def test_a_demand_for_other_things_asks_to_lead_nothing(text: str) -> None:
    """Something else that is led, a leading that is another's, or more than leading."""
    assert asked_lead(text) is None


@pytest.mark.parametrize(
    ("asked", "line", "domain"),
    [
        (RESEARCH, "Led two hospital IT teams of seven administrators", "hospital IT"),
        (RESEARCH, "Managed and trained a team of nine waiters", "waiters"),
        (RESEARCH, "Led two research teams of seven scientists", None),
        (RESEARCH, "Led the speech team in the research division", None),
        (RESEARCH, "Led a team of five", ""),
        (RESEARCH, "Manage a team of 10 direct reports covering payroll", ""),
        (RESEARCH, "Supervised a group of six individuals and acts as their deputy", ""),
        (RESEARCH, "Managed the catering budget", None),
        (RESEARCH, "Published with hospital IT teams", None),
        ("Python", "Led two hospital IT teams", None),
        ("Managing people", "Led two hospital IT teams", None),
    ],
)
def test_another_domain_is_named(asked: str, line: str, domain: str | None) -> None:
    """A line that leads the same kind of thing elsewhere, and says where; "" where it does not say."""
    assert other_domain(asked_lead(asked), line) == domain


@pytest.mark.parametrize(
    ("line", "title", "lacks"),
    [
        ("Nursed ventilated patients in the intensive care unit", "Staff Nurse", True),
        ("Nursed ventilated patients in the intensive care unit", "Ward Manager", False),
        ("Managed the intensive care unit of 12 beds", "Staff Nurse", False),
        ("In charge of the intensive care unit at night", "", False),
        ("Praised by management for results that the intensive care unit delivered", "Staff Nurse", True),
    ],
)
def test_the_domain_alone_lacks_the_function(line: str, title: str, lacks: bool) -> None:
    """Work in a unit is not the running of it, unless the line or the title of its job says so."""
    assert lacks_function(asked_lead(WARD), line, title) is lacks
    assert not lacks_function(asked_lead("Care of ventilated patients"), line, title)


@pytest.mark.parametrize(
    ("asked", "line", "leads"),
    [
        ("Actively manage people", "Managed a team of five press officers", True),
        ("Actively manage people", "Supervised nine volunteers at the shelter", True),
        ("Actively manage people", "Actively manage media relationships", False),
        ("Actively manage people", "Managed the office", False),
        ("Actively manage people", "Head a bakery branch of 14 staff with its own van", True),
        ("Directly managing employees, including hiring", "Led a team of nine bakers", True),
        (
            "Directly managing employees, including hiring and appraisal",
            "Coordinated the appraisal round",
            False,
        ),
        (RESEARCH, "Managed a team of five press officers", False),
        (RESEARCH, "Managed nine researchers in two cities", True),
        (RESEARCH, "Led a team of nine cashiers and did research on prices", False),
        (EITHER, "Managed seven data scientists and two engineers", True),
        (EITHER, "Led four engineers who ran the cluster", True),
        (BOTH, "Led the hospital cleaning teams", False),
        (BOTH, "Led both hospital IT teams", True),
    ],
)
def test_leading_anyone_is_leading_people(asked: str, line: str, leads: bool) -> None:
    """Where no domain is asked, none matters, else they are of it; a place or a thing is nobody."""
    assert leads_people(asked_lead(asked), line) is leads


def test_what_goes_with_leading_is_told_by_half() -> None:
    """A list after "including" belongs to the leading; half of its words show it, none leave it unsaid."""
    lead = asked_lead("Directly managing employees, including hiring and performance reviews")
    assert lead is not None
    assert includes(lead, frozenset({"hire", "oven"}))
    assert not includes(lead, frozenset({"bread", "oven"}))
    assert lacks_function(lead, "Received good performance reviews from guests", "Baker")
    assert not lacks_function(lead, "Held the performance reviews of the night shift", "Bakery Manager")
    assert includes(asked_lead("Managing people"), frozenset())


@pytest.mark.parametrize(
    ("line", "leads"),
    [
        ("Scaled the engineering team from 3 to 28 across three offices", True),
        ("Built a team of twelve nurses", True),
        ("Grew the sales team to 15 in two years", True),
        ("Built a new business team for the division", False),
        ("Grew revenue from 3 to 28 million", False),
        ("Expanded the programme from two to five groups", False),
    ],
)
def test_who_makes_a_team_of_some_size_leads_it(line: str, leads: bool) -> None:
    """A team that is made or grows to a number of people is led by whom it is said of."""
    assert leads_anyone(line) is leads
