"""Signs that a text gives beside its words, and what each says of a pair."""

from __future__ import annotations

import pytest

from matcher.matching.asked import Asked, Texts
from matcher.matching.lexical import terms
from matcher.matching.lines import Lines
from matcher.matching.signals import asked_languages, asks_several, asks_student, hopes, languages, studies
from matcher.matching.weigh import BRIEF, FEATURES, features
from matcher.matching.words import tokens


def seen(asked: str, said: str) -> dict[str, float]:
    """The features of one pair by name."""
    return dict(
        zip(
            FEATURES,
            features(Texts.of([Asked.of(asked)]), Lines.of([terms(said)]))[0, 0].tolist(),
            strict=True,
        )
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Fluent in Spanish and some Italian", {"spanish", "italian"}),
        ("Chinese (native), Flemish", {"mandarin", "dutch"}),
        ("polish the brass", set()),
        ("Managed a depot", set()),
    ],
)
def test_signals_languages_are_named_with_a_capital(text: str, named: set[str]) -> None:
    """Two names of one language are one; the same letters in lower case are another word."""
    assert languages(tokens(text)) == named


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Ability to speak and write English and Turkish fluently", {"turkish"}),
        ("Clear English, written and spoken", {"english"}),
        ("Thai or Lao at a business level", {"thai", "lao"}),
        ("Knowledge of the German market", set()),
    ],
)
def test_signals_a_language_is_asked_where_using_it_is(text: str, asked: set[str]) -> None:
    """A market asks for no language; English beside another is not the one that tells."""
    assert asked_languages(text, languages(tokens(text))) == asked


def test_signals_another_language_is_no_evidence() -> None:
    """The language that is asked is met by its name and missed by any other or none."""
    asked = "Conversational Somali"
    for said, met in (("Somali, fluent", 1.0), ("Oromo, fluent", 0.0), ("Ran a clinic", 0.0)):
        found = seen(asked, said)
        assert (found["language_met"], found["language_missing"]) == (met, 1.0 - met)
    found = seen("Runs a clinic", "Somali, fluent")
    assert (found["language_met"], found["language_missing"]) == (0.0, 0.0)


def test_signals_a_student_is_asked_and_a_graduate_is_none() -> None:
    """A degree that was finished long ago is no enrolment."""
    asked = "Currently enrolled in a degree in geology"
    assert asks_student(asked)
    assert studies("BSc Geology, expected 2027")
    assert seen(asked, "BSc Geology, expected 2027")["not_student"] == 0.0
    assert seen(asked, "BSc Geology, 1998")["not_student"] == 1.0
    assert seen("A degree in geology", "BSc Geology, 1998")["not_student"] == 0.0


@pytest.mark.parametrize(
    ("text", "hoped"),
    [
        ("Pursuing a crane licence", True),
        ("working towards chartered status", True),
        ("no experience with forklifts", True),
        ("Crane licence, expired 2019", True),
        ("Working in a bakery", False),
        ("Crane licence", False),
    ],
)
def test_signals_what_is_hoped_for_is_not_there(text: str, hoped: bool) -> None:
    """Words of wishes and beginnings are recognised; the same words in another place are not."""
    assert hopes([word.lower() for word in tokens(text)]) is hoped
    assert seen("Crane licence", text)["hoped"] == float(hoped)


def test_signals_a_hope_answers_a_hope() -> None:
    """A demand for someone who pursues a thing is met by one who does."""
    assert seen("Pursuing or holding a crane licence", "Pursuing a crane licence")["hoped"] == 0.0


def test_signals_length_stops_counting_at_a_sentence() -> None:
    """A label is brief, a sentence is not, and no line gains by being longer still."""
    assert seen("Welding", "Welding")["brief"] == pytest.approx(1 - 1 / BRIEF)
    sentence = "Welded thick stainless pipelines under pressure for dairies, breweries, ships, mills and inns"
    assert seen("Welding", sentence)["brief"] == 0.0
    assert seen("Welding", f"{sentence} {sentence} again elsewhere")["brief"] == 0.0


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("Coaching, performance reviews and hiring", True),
        ("Opening & closing the shop", True),
        ("Lending to bakeries up to 500,000", False),
        ("Retail banking or selling of insurance, at home", False),
    ],
)
def test_several_things_are_asked_at_once(text: str, several: bool) -> None:
    """A list that is asked as a whole; one thing or alternatives are none, nor is a number with a comma."""
    assert asks_several(text) is several
