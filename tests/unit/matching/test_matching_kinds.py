"""What kind of evidence a quote is."""

import pytest

from matcher.matching import EvidenceKind, evidence_kind
from matcher.types import (
    Document,
    Evidence,
    PartialDate,
    Period,
    Position,
    Resume,
    SectionKind,
    Span,
)

DATED = Position("Cook", "Harbour Inn", None, Period(PartialDate(2019), PartialDate(2021)), Span(0, 1))
UNDATED = Position("Cook", "Harbour Inn", None, None, Span(0, 1))
RESUME = Resume(Document("x", "text/plain", "0" * 64, ()), "c0", "x", positions=(DATED, UNDATED))


def kind(text: str, section: SectionKind, position: int | None) -> EvidenceKind:
    return evidence_kind(Evidence(text, Span(0, 1), section, 0.9, "why", (), position), RESUME)


@pytest.mark.parametrize(
    ("text", "section", "position", "expected"),
    [
        ("Excellent communicator", SectionKind.SUMMARY, None, EvidenceKind.ASSERTED),
        ("Led a kitchen of nine", SectionKind.PROJECTS, None, EvidenceKind.ASSERTED),
        ("Led a kitchen of nine", SectionKind.EXPERIENCE, 1, EvidenceKind.ASSERTED),
        ("Strong communication skills", SectionKind.EXPERIENCE, 0, EvidenceKind.ASSERTED),
        ("Able to lead several teams at once", SectionKind.EXPERIENCE, 0, EvidenceKind.ASSERTED),
        ("Pastry, butchery, menu costing", SectionKind.SKILLS, None, EvidenceKind.LISTED),
        ("French (fluent)", SectionKind.LANGUAGES, None, EvidenceKind.LISTED),
        ("On the keeping of stock. Larder 3", SectionKind.PUBLICATIONS, None, EvidenceKind.LISTED),
        ("Diploma in Culinary Arts", SectionKind.EDUCATION, None, EvidenceKind.CREDENTIAL),
        ("Food hygiene, level 3", SectionKind.CERTIFICATIONS, None, EvidenceKind.CREDENTIAL),
        ("Led a kitchen of nine", SectionKind.EXPERIENCE, 0, EvidenceKind.DESCRIBED),
        ("Responsible for raising apprentices", SectionKind.EXPERIENCE, 0, EvidenceKind.DESCRIBED),
        ("Cut food waste by 30 %", SectionKind.EXPERIENCE, 0, EvidenceKind.OUTCOME),
        ("Reduced waste by a third", SectionKind.EXPERIENCE, 0, EvidenceKind.OUTCOME),
        ("Coached three cooks; two were promoted", SectionKind.EXPERIENCE, 0, EvidenceKind.OUTCOME),
        ("Welded 900 joints, none of them rejected", SectionKind.EXPERIENCE, 0, EvidenceKind.OUTCOME),
        ("Trained cooks, after which waste fell by a third", SectionKind.EXPERIENCE, 0, EvidenceKind.OUTCOME),
        ("Drove 90,000 miles without an accident", SectionKind.EXPERIENCE, 0, EvidenceKind.OUTCOME),
        ("Brought infections from nine to two a year", SectionKind.EXPERIENCE, 0, EvidenceKind.OUTCOME),
        ("Wrote error messages in two languages", SectionKind.EXPERIENCE, 0, EvidenceKind.DESCRIBED),
        ("Crisis intervention", SectionKind.EXPERIENCE, 0, EvidenceKind.LISTED),
        ("Took covers from 80 to 120 a night", SectionKind.VOLUNTEERING, 0, EvidenceKind.OUTCOME),
    ],
)
def test_the_place_decides_and_the_words_tell_an_outcome(
    text: str, section: SectionKind, position: int | None, expected: EvidenceKind
) -> None:
    """A list and a bare name list, a school certifies, only a dated job shows, an outcome says what came."""
    assert kind(text, section, position) is expected


def test_kinds_stand_in_order() -> None:
    """Said of oneself is the least, an outcome in a dated job the most."""
    assert [item.rank for item in EvidenceKind] == [0, 1, 2, 3, 4]
