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


def test_short_deeds_without_stops_are_cut_where_words_before_a_verb_end_a_sentence() -> None:
    """A verb in the past, one with its adverb or one of duties begins a deed of its own at any length."""
    for deeds in (
        (
            "Helped the porters during the move of two wards",
            "Successfully led the project that opened a third",
        ),
        ("Keep the stock records & price lists", "Display the ability to work under pressure"),
        ("Mixed paint for walk-in customers", "Maintained the spray booth"),
        ("Answers letters from the parish", "Regularly reports to the treasurer"),
        ("Ran the stall at two fairs", "Attended CPR training"),
    ):
        assert cut(" ".join(deeds)) == list(deeds)


def test_a_short_sentence_goes_on_after_a_word_that_leads_to_the_next() -> None:
    """After "the", "of" and the like, and before participles that stand before a name, nothing ends."""
    for text in (
        "Worked as state Registered nurse on the night shift",
        "Sat on the Research committee and the board for Applied sciences",
        "Wrote reports in statistics like Design of experiments",
        "Took orders with Ahmed and two other waiters",
        "Kept Monthly accounts for the choir",
        "Drew up a yearly Balanced Scorecard for the board",
    ):
        assert cut(text) == [text]


def test_a_long_sentence_of_one_deed_stays_whole() -> None:
    """Length alone cuts nothing that can be quoted."""
    text = (
        "Kept the records of the harbour office tidy, "
        + "answered the letters of visitors, " * 5
        + "and more"
    )
    assert cut(text) == [text]
