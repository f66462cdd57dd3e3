"""Sentences that run on: lists of duties that lost their stops."""

from matcher.resumes.sentences import cut_sentences
from matcher.types import Span

DUTIES = (
    "Answered calls from patients and their families on two wards of the hospital",
    "Created a rota for the porters that the night shift still keeps",
    "Supervised a team of five and stood in for the head of the ward",
    "Developing forms for the pharmacy",
)


def cut(text: str) -> list[str]:
    """The pieces of a text."""
    return [text[piece.start : piece.end] for piece in cut_sentences(text, Span(0, len(text)))]


def test_a_list_of_deeds_without_stops_is_cut_deed_by_deed() -> None:
    """Each verb in capitals after a small letter begins a deed of its own, which is quoted alone."""
    assert cut(" ".join(DUTIES)) == list(DUTIES)


def test_a_short_sentence_with_a_name_stays_whole() -> None:
    """A capital alone may be a name."""
    assert cut("Reported to the United nations desk and Associated papers") == [
        "Reported to the United nations desk and Associated papers"
    ]


def test_a_long_sentence_of_one_deed_stays_whole() -> None:
    """Length alone cuts nothing that can be quoted."""
    text = (
        "Kept the records of the harbour office tidy, "
        + "answered the letters of visitors, " * 5
        + "and more"
    )
    assert cut(text) == [text]
