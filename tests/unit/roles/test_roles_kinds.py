"""How an item's own words give it a kind, and where an item is cut."""

import pytest

from matcher.roles.kinds import Kind, cue, parts


def cut(text: str) -> list[tuple[str, Kind | None]]:
    return [(text[p.start : p.end], p.cue) for p in parts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Go a plus (about a third of the codebase)",
        "Welding ticket preferred",
        "Experience with kilns would be brilliant",
        "A reading knowledge of Dutch would be useful, because our archive is in Dutch",
        "Google Analytics certification, nice to have",
        "A degree is helpful, never a filter",
        "Ideally, you have run a bakery before",
        "SAP-Kenntnisse von Vorteil",
        "La connaissance de SAP serait un plus",
        "Francés valorable",
    ],
)
def test_a_preference_is_told_by_its_own_words(text: str) -> None:
    """Each usual wording of a preference is one."""
    assert cue(text) is Kind.PREFERRED


@pytest.mark.parametrize(
    "text",
    [
        "A current forklift licence is required",
        "Essential: you can read a drawing",
        "Calm under pressure is essential.",
        "Python is a must",
        "Must have own tools",
    ],
)
def test_a_requirement_is_told_by_its_own_words(text: str) -> None:
    """Each usual wording of a requirement is one."""
    assert cue(text) is Kind.REQUIRED


@pytest.mark.parametrize(
    "text",
    [
        "Experience with preferred stock and convertible notes",
        "Able to give useful feedback to authors",
        "There is a bonus tied to the harvest",
        "Between 2 and 4 years as an analyst, ideally close to a marketing team",
        "5 years in a kitchen, preferably Italian",
    ],
)
def test_words_that_only_look_like_a_cue_give_no_kind(text: str) -> None:
    """An aside or an adjective elsewhere in the item says nothing of the whole."""
    assert cue(text) is None


def test_an_item_is_cut_where_its_kind_changes() -> None:
    """A semicolon, a dash, a comma or tags may part a requirement from a preference."""
    assert cut("Python required; Go a plus") == [
        ("Python required", Kind.REQUIRED),
        ("Go a plus", Kind.PREFERRED),
    ]
    assert cut("Good with a BI tool - we use Looker, so that's a bonus") == [
        ("Good with a BI tool", None),
        ("we use Looker, so that's a bonus", Kind.PREFERRED),
    ]
    assert cut("Bachelor's degree required, Master's preferred") == [
        ("Bachelor's degree required", Kind.REQUIRED),
        ("Master's preferred", Kind.PREFERRED),
    ]
    assert cut("Rust (required), Zig (nice to have)") == [
        ("Rust (required)", Kind.REQUIRED),
        ("Zig (nice to have)", Kind.PREFERRED),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Confidence with spreadsheets; you can build the report yourself",
        "Google Analytics certification - a plus",
        "1+ year of tractor-trailer experience (2+ preferred)",
        "Knowledge of sails, ropes and rigging is a plus",
    ],
)
def test_an_item_of_one_kind_stays_whole(text: str) -> None:
    """Nothing is cut where the kind does not change."""
    assert [part for part, _ in cut(text)] == [text]
