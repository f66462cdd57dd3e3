"""Why a line is quoted: how near it is, and the words it shares with what is asked."""

from __future__ import annotations

import pytest

from matcher.matching.asked import Asked
from matcher.matching.explain import because, shared
from matcher.matching.lexical import other_names, terms


def told(asked: str, line: str, most: int = 4) -> tuple[str, ...]:
    """The words that a text that is asked for shares with a line."""
    wanted, said = Asked.of(asked), terms(line)
    bits = sum(wanted.bit[name] for name in wanted.terms.stems & said.stems)
    return shared(wanted, line, bits, other_names(said), most)


def test_shared_words_are_the_most_telling_as_written() -> None:
    """Heaviest first, in the spelling of what is asked, and both names where they differ."""
    asked = "Experience running Kubernetes for customers"
    assert told(asked, "Ran k8s clusters for clients, with experience")[0] == "Kubernetes = k8s"
    assert "customers = clients" in told(asked, "served clients")
    assert told(asked, "waited tables") == ()
    assert told(asked, "Kubernetes experience", most=1) == ("Kubernetes",)
    assert told("k8s clusters", "Ran Kubernetes")[0] == "k8s = Kubernetes"
    assert told("k8s clusters", "Ran K8s")[0] == "k8s"


@pytest.mark.parametrize(
    ("cosine", "said"),
    [
        (0.41, "near in meaning; shares: Welding"),
        (0.6, "close in meaning; shares: Welding"),
        (0.399, "not near in meaning; shares: Welding"),
    ],
)
def test_a_reason_has_words_and_no_decimals(cosine: float, said: str) -> None:
    """How near a quote is in meaning is told in words."""
    welding = Asked.of("Welding")
    assert because(welding, "TIG welding of frames", welding.bit["weld"], {}, cosine) == said
    assert because(welding, "Cooked soups", 0, {}, cosine).endswith("; no telling word in common")


def test_a_line_that_leads_is_not_said_to_be_far_from_a_demand_to_lead() -> None:
    """Leading is told in any words: that it is there is the reason, unless the line is near as well."""
    leading = Asked.of("Managing people")
    said = because(leading, "Supervised 20 at a time", leading.bit["manag"], {}, 0.2, "leads people")
    assert said.startswith("leads people; shares: Managing")
    assert because(leading, "Managed people", leading.every, {}, 0.7, "leads people").startswith("close in")
