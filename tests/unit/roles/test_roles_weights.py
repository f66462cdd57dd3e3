import pytest

from matcher.roles.interview import needs_interview
from matcher.roles.weights import weighed
from matcher.types import Assess, Constraints, DegreeLevel, Qualification, QualificationKind


def asked(text: str, constraints: Constraints | None = None) -> Qualification:
    wish = needs_interview(text, constraints or Constraints())
    assess = Assess.INTERVIEW if wish else Assess.RESUME
    return Qualification(
        "q1", text, QualificationKind.REQUIRED, 1.0, constraints or Constraints(), assess=assess
    )


def weight(text: str, constraints: Constraints | None = None, title: str = "Hotel Receptionist") -> float:
    kind = QualificationKind.REQUIRED
    other = Qualification("q2", "Checking in guests", kind, 1.0)
    return weighed((asked(text, constraints), other), title)[0].weight


@pytest.mark.parametrize(
    "text",
    [
        "Quick learner",
        "Enjoys working with people",
        "A passion for education",
        "Believes in the strengths of families",
        "Team player with a positive attitude",
        "You are patient and honest",
    ],
)
def test_what_no_resume_can_show_weighs_nothing(text: str) -> None:
    """It is left to an interview."""
    assert weight(text) == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "Quick learner with experience in Tableau",
        "A passion for cooking, proven in a kitchen of your own",
        "Comfort calling people who are not expecting you",
        "Team leadership",
        "Learning and development",
        "Written communication that works across time zones",
        "Python",
    ],
)
def test_what_a_resume_can_show_keeps_its_weight(text: str) -> None:
    """A demand is left to an interview only when it is nothing but that."""
    assert not needs_interview(text, Constraints())
    assert weight(text) == 1.0


def test_facts_that_every_trade_asks_for_count_less() -> None:
    """A language, a level of education, a licence to drive: half, unless they are the trade itself."""
    spanish = Constraints(languages=("Spanish",))
    drive = Constraints(licences=("driving licence",))
    degree = Constraints(degree=DegreeLevel.BACHELOR)
    assert weight("Fluent Spanish", spanish) == 0.6
    assert weight("Fluent Spanish", spanish, "Interpreter") == 1.0
    assert weight("Fluent Spanish", spanish, "Spanish Teacher") == 1.0
    assert weight("A driving licence", drive) == 0.6
    assert weight("A driving licence", drive, "Delivery Driver") == 1.0
    assert weight("Bachelor's degree", degree) == 0.6
    assert weight("Completed training as a clerk", degree) == 1.0
    assert weight("Degree in law", Constraints(degree=DegreeLevel.BACHELOR, degree_fields=("law",))) == 1.0


def test_where_nothing_would_weigh_everything_does() -> None:
    """A posting of duties or of wishes alone is ranked by them."""
    duties = (Qualification("q1", "Check in guests", QualificationKind.RESPONSIBILITY, 0.0),)
    wishes = (asked("Quick learner"),)
    assert [item.weight for item in (*weighed(duties, None), *weighed(wishes, None))] == [1.0, 1.0]
    assert [item.assess for item in weighed(wishes, None)] == [Assess.RESUME]
    assert [item.weight for item in weighed((*duties, *wishes), None)] == [1.0, 0.0]
