"""Demands that point at the employer's own work, and what the posting says of it."""

import pytest

from matcher.parsing import parse_role
from matcher.roles.our_work import points
from matcher.settings import Limits
from matcher.types import Role


def role(about: str, demand: str = "Familiarity with our work") -> Role:
    text = (
        f"Sales Representative\nFjordline Optics, Bergen\n\n{about}\n\nRequirements\n- {demand}\n- Selling\n"
    )
    return parse_role(text.encode(), "x", Limits())


def wordings(about: str, demand: str = "Familiarity with our work") -> tuple[str, ...]:
    return role(about, demand).qualifications[0].alternatives


@pytest.mark.parametrize(
    "text",
    [
        "Familiarity with our work",
        "Some familiarity with our work and mechanistic interpretability",
        "Knowledge of our products",
        "Passion for our mission",
        "Experience with products like ours",
        "Experience with research similar to our own",
        "Interest in what we do",
        "Commitment to the company's mission",
    ],
)
def test_these_demands_point_at_the_employers_work(text: str) -> None:
    """A word for knowing or caring, and what is ours."""
    assert points(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ability to explain our products to customers",
        "Familiarity with our stack (Python, Go)",
        "Knowledge of our products, especially telescopes",
        "Experience with tools such as Jira",
        "Maintaining our models of research",
        "Knowledge of our offices",
        "Familiarity with research methods",
    ],
)
def test_these_demands_say_themselves_what_they_ask(text: str) -> None:
    """A deed, a list of its own, or nothing of the employer's."""
    assert not points(text)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (
            "About Fjordline Optics: we make telescopes and rifle scopes for hunters and bird watchers.",
            ("make telescopes and rifle scopes for hunters and bird watchers",),
        ),
        (
            "ABOUT US\nFjordline is a workshop of opticians that grinds lenses for ships. We were named one "
            "of the best places to work.",
            ("a workshop of opticians that grinds lenses for ships",),
        ),
        (
            "ABOUT US\nFjordline Optics has built telescopes for schools since 1974, and we have grown "
            "since.",
            ("built telescopes for schools since 1974",),
        ),
        (
            "ABOUT US\nOur mission is to put a telescope into every school. We’re focused on cheap, strong "
            "mirrors (see our blog).",
            ("put a telescope into every school", "focused on cheap, strong mirrors"),
        ),
    ],
)
def test_what_the_employer_does_becomes_wordings_of_the_demand(about: str, said: tuple[str, ...]) -> None:
    """Of its sentences on itself the part that says what it makes or does, marked as its own words."""
    pointing, plain = role(about).qualifications
    assert pointing.alternatives == pointing.from_about == said
    assert plain.alternatives == ()


@pytest.mark.parametrize(
    "about",
    [
        "ABOUT US\nWe offer 30 days of leave and free lunch. We are looking for people who care.",
        "ABOUT US\nWe are an equal opportunity employer and value diversity.",
        "ABOUT US\nWe are headquartered in Bergen and have offices in nine cities.",
        "ABOUT US\nOur team is growing fast, and we believe in kindness.",
        "The work is outdoors. You will sell telescopes to hunters.",
    ],
)
def test_perks_law_places_and_praise_are_not_what_an_employer_does(about: str) -> None:
    """Where nothing is said of the work, nothing is added."""
    assert wordings(about) == ()


def test_a_long_account_gives_few_and_short_wordings() -> None:
    """Five at most, of thirty words at most."""
    about = "ABOUT US\n" + " ".join(f"We grind lens number {n}{', very well' * 40}." for n in range(12))
    found = wordings(about)
    assert len(found) == 5
    assert max(len(text.split()) for text in found) <= 30
