import pytest

from matcher.matching.facets import Facet, facet_bits, facets, is_other_facet


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("Managing a team of software engineers", Facet.PEOPLE),
        ("Line manager of five researchers", Facet.PEOPLE),
        ("Mentored two junior engineers", Facet.MENTORING),
        ("Led the digitisation project from tender to launch", Facet.PROJECT),
    ],
)
def test_each_facet_is_read(text: str, facet: Facet) -> None:
    """One text, one facet."""
    assert facets(text) == {facet}


@pytest.mark.parametrize(
    ("asked", "line", "other"),
    [
        ("Managing a team of software engineers", "Mentored two junior software engineers", True),
        ("Managing a team of software engineers", "Supervised nine engineers and mentored two", False),
        ("Actively manage people", "Actively manage media relationships", True),
        ("Mentoring of apprentices", "Managed a team of electricians", True),
        ("Mentoring of apprentices", "Trained four apprentices", False),
        ("Leading a digitisation project", "Line manager of eight clerks", True),
        ("Python", "Managed a team of electricians", False),
    ],
)
def test_another_facet_than_asked_is_told(asked: str, line: str, other: bool) -> None:
    """A line that shows the facet asked, or none at all, is not another."""
    assert is_other_facet(facets(asked), facet_bits(line)) is other
