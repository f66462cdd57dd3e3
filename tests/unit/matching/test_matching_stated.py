from dataclasses import replace

import pytest

from matcher.matching.stated import stated
from matcher.types import (
    DegreeLevel,
    Document,
    Education,
    LanguageSkill,
    Licence,
    Resume,
    SetAside,
    SetAsideKind,
    Span,
)

ASIDE = Span(10, 40)
KEPT = Span(50, 60)
RESUME = Resume(
    Document("x" * 60, "text/plain", "0" * 64, ()),
    "c0",
    "x",
    education=(Education(DegreeLevel.BACHELOR, None, None, None, Span(8, 30)),),
    languages=(LanguageSkill("German", None, Span(12, 18)), LanguageSkill("French", None, KEPT)),
    licences=(Licence("CPR", Span(39, 42)), Licence("BLS", KEPT)),
)


@pytest.mark.parametrize("kind", [SetAsideKind.INSTRUCTION, SetAsideKind.COPIED])
def test_what_is_set_aside_states_no_fact(kind: SetAsideKind) -> None:
    """A language, degree or licence in an instruction or a copied line is not the candidate's; others are."""
    aside = (SetAside(kind, "why", "text", span=ASIDE), SetAside(SetAsideKind.HIDDEN_TEXT, "why", "text"))
    left = stated(replace(RESUME, set_aside=aside))
    assert [item.name for item in left.languages] == ["French"]
    assert [item.name for item in left.licences] == ["BLS"]
    assert left.education == ()


def test_without_anything_set_aside_all_facts_stay() -> None:
    """Nothing is lost where nothing is set aside."""
    assert stated(RESUME) == RESUME
