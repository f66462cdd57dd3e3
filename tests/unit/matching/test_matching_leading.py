"""Leading people as one of the things that a demand asks."""

import pytest

from matcher.matching.leading import asked_leading, shows_leading

PEOPLE = "Enjoy people management, with experience in coaching and in hiring"
CHANGE = "Have managed teams through periods of ambiguity and change"


@pytest.mark.parametrize(
    ("demand", "line", "shows"),
    [
        (PEOPLE, "Lead fourteen people in three squads", True),
        (PEOPLE, "Managed seven data scientists and two engineers", True),
        (PEOPLE, "Managed the team calendar", False),
        (PEOPLE, "Managed accounts of public employees", False),
        ("Managing accounts", "Lead fourteen people in three squads", False),
        (CHANGE, "Led the group through the merger of two departments", True),
        (CHANGE, "Kept the department together through the 2020 takeover", True),
        (CHANGE, "Worked with the change management team", False),
        (CHANGE, "Led the group through the museum", False),
        ("Have led teams in three countries", "Led the group through the merger of two departments", False),
    ],
)
def test_leading_is_told_by_its_shape(demand: str, line: str, shows: bool) -> None:
    """Someone leads people, or leads them through change, in any words."""
    assert shows_leading(asked_leading(demand), line) is shows
