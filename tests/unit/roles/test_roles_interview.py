"""What no resume can show, and the question that is asked about it instead."""

import pytest

from matcher.parsing import parse_role
from matcher.roles import interview_question
from matcher.roles.interview import needs_interview
from matcher.settings import Limits
from matcher.types import Assess, Constraints, Qualification, QualificationKind


def question(text: str) -> str:
    return interview_question(Qualification("q1", text, QualificationKind.REQUIRED, 0.0))


@pytest.mark.parametrize(
    "text",
    [
        "Actively enjoy people management",
        "Are a quick learner, capable of contributing to discussions on technical topics",
        "Believe that new medicines could have a great effect, and are passionate about safety",
        "Believes that sport can change lives",
        "Expects clean energy to change the region",
        "Picks up unfamiliar trades fast",
        "Learns new systems quickly",
        "Eager to learn",
        "Strong desire to learn new things",
        "Passionate about our mission",
        "A sense of humour about dogs",
        "Calm under pressure is essential.",
        "Loves working with people who have dementia",
    ],
)
def test_joy_belief_and_character_are_left_to_an_interview(text: str) -> None:
    """Also with adverbs before them, and with what is believed beside them."""
    assert needs_interview(text, Constraints())


@pytest.mark.parametrize(
    "text",
    [
        "Actively enjoy people management and are experienced with coaching",
        "Passion for mentoring, demonstrated in a team of your own",
        "Passionate about data and fluent in SQL",
        "Enjoys the outdoors and can drive a tractor",
        "Believes in tests and has written them for years",
        "Expected to work at weekends",
        "Expect some travel as well as visits to our plants",
        "Fast food service",
        "Able to drive",
        "Energy",
        "Change management",
        "Willingness to travel",
        "Pressure vessels",
        "Passionate Python developer",
        "Curious and collaborative engineer",
        "Team leadership",
    ],
)
def test_what_a_resume_may_show_too_is_looked_for_in_resumes(text: str) -> None:
    """In doubt nothing loses its weight."""
    assert not needs_interview(text, Constraints())


def test_the_parser_marks_demands_and_no_duties() -> None:
    """What someone does with joy is still what someone does."""
    posting = (
        b"Cook\n\nResponsibilities\n- Enjoy cooking for guests\n\n"
        b"Requirements\n- Knife skills\n- Passion for food\n"
    )
    found = parse_role(posting, "x", Limits()).qualifications
    assert [(item.assess, item.weight) for item in found] == [
        (Assess.RESUME, 0.0),
        (Assess.RESUME, 1.0),
        (Assess.INTERVIEW, 0.0),
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Passion for education",
            "Tell us about a time when you had much to do with education. What did you like about it, and "
            "what not?",
        ),
        (
            "Enjoys working with people",
            "Tell us about a time when you were working with people. What did you like about it, and "
            "what not?",
        ),
        (
            "You love to cook",
            "Tell us about a time when you had to cook. What did you like about it, and what not?",
        ),
        (
            "Enjoy food, wine and guests",
            "Tell us about a time when you had much to do with food, wine and guests. What did you like "
            "about it, and what not?",
        ),
        (
            "Believes in the strengths of families",
            "What is your own view of the strengths of families, and what in your work has shaped it?",
        ),
        (
            "You are patient and honest",
            "Tell us about a time when it was hard to help someone. What did you do?",
        ),
        (
            "Team player with a positive attitude",
            "Tell us about a time when you and a colleague saw a task differently. What did each of you do?",
        ),
    ],
)
def test_a_question_asks_for_an_event_or_a_view_about_what_is_asked(text: str, asked: str) -> None:
    """By what the demand is about: joy, belief, a way of working."""
    assert question(text) == asked


@pytest.mark.parametrize("text", ["Quick learner", "Eager to learn Erlang", "Passion for learning"])
def test_learning_is_asked_about_as_something_learned(text: str) -> None:
    """What it was, how, and how long it took."""
    assert question(text).startswith(
        "Tell us about a time when you had to learn something new for your work."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Passionate about our mission",
        "Believe that advanced sensors could save lives",
        "Leidenschaft für gutes Essen",
        "Curious about how things work",
        "A genuine belief in our values",
    ],
)
def test_what_does_not_fit_into_a_sentence_is_quoted(text: str) -> None:
    """The posting's "our" and other languages stay between quotation marks."""
    assert f"“{text}.”" in question(text)
    assert question(text).endswith("?")


def test_a_long_demand_is_shortened_in_its_question() -> None:
    """A question stays a line or two."""
    assert len(question("Belief that " + "a very long sentence goes on " * 40)) < 300
