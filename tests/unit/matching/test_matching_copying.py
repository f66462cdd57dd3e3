import pytest

from matcher.matching.copying import is_copied, posting_runs, without_copies
from matcher.types import Document, Line, Resume, SectionKind, SetAsideKind, Snippet, Span

POSTING = posting_runs(
    "You run projects well: you set priorities, you sequence the work, and you coordinate across teams "
    "that do not report to you.\nExperience with Python, SQL and dashboards\n"
    "Bachelor's degree in business or finance"
)


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("I run projects well: I set priorities, I sequence the work, and coordinate across teams", True),
        (
            "Run projects well, set priorities, sequence the work and coordinate across teams that do",
            True,
        ),
        ("Ran four projects at once; agreed priorities with six teams that did not report to me", False),
        ("Experience with Python, SQL and dashboards", True),  # the whole of a short line
        ("Experience with Python and SQL", False),
        ("Python", False),
        ("", False),
    ],
)
def test_a_copy_is_a_long_run_of_the_postings_own_words(text: str, copied: bool) -> None:
    """Pronouns make no difference; own words about the same thing, and parts of lines, are no copies."""
    assert is_copied(POSTING, text, SectionKind.EXPERIENCE) is copied


@pytest.mark.parametrize("section", [SectionKind.SKILLS, SectionKind.EDUCATION])
def test_names_in_lists_are_no_copies(section: SectionKind) -> None:
    """A degree or a skill has one name, in the posting and in the resume."""
    assert not is_copied(POSTING, "Bachelor's degree in business or finance", section)


def test_a_copied_snippet_is_shown_and_not_scored() -> None:
    """It leaves the snippets and stands, quoted with its span, in what was set aside."""
    own = "Hired eight engineers in two years"
    copy = "I run projects well: I set priorities, I sequence the work, and I coordinate across teams"
    text = f"{own}\n{copy}"
    spans = Span(0, len(own)), Span(len(own) + 1, len(text))
    document = Document(text, "text/plain", "0" * 64, tuple(Line(span) for span in spans))
    snippets = tuple(
        Snippet(text[span.start : span.end], span, SectionKind.SUMMARY, text[span.start : span.end])
        for span in spans
    )
    resume = Resume(document, "c0", "x", snippets=snippets)
    result = without_copies(POSTING, resume)
    assert result.snippets == snippets[:1]
    (item,) = result.set_aside
    assert (item.kind, item.text, item.span) == (SetAsideKind.COPIED, copy, spans[1])
    assert without_copies(posting_runs("Nothing of the sort"), resume) is resume
