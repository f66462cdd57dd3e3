from datetime import date

import numpy as np

from matcher.matching import RoleProfile, match_resume, prepare
from matcher.matching.prepared import is_thin
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT
from matcher.types import (
    Constraints,
    Document,
    Joined,
    Line,
    Match,
    Page,
    PartialDate,
    Period,
    Position,
    Qualification,
    QualificationKind,
    Resume,
    Role,
    SectionKind,
    SetAside,
    SetAsideKind,
    Snippet,
    Span,
    Verdict,
)

TODAY = date(2026, 6, 1)
FILLER = "Kept the records of the harbour office tidy and answered letters from its many visitors"


def resume(*lines: tuple[str, SectionKind, int | None], unreadable: bool = False) -> Resume:
    """A resume of these lines; lines with a position belong to one job from 2015 to 2020."""
    text = "\n".join(line for line, _, _ in lines)
    spans, start = [], 0
    for line, _, _ in lines:
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    aside = (SetAside(SetAsideKind.UNREADABLE_PAGE, "no text", ""),) if unreadable else ()
    document = Document(text, "text/plain", "0" * 64, tuple(map(Line, spans)), (Page(1, 1, 1),), (), aside)
    job = Position("Analyst", None, None, Period(PartialDate(2015, 1), PartialDate(2019, 12)), Span(0, 1))
    snippets = tuple(
        Snippet(line, span, section, line, position)
        for (line, section, position), span in zip(lines, spans, strict=True)
    )
    return Resume(document, "c0", "x", positions=(job,), snippets=snippets, set_aside=aside)


def match(
    text: str,
    candidate: Resume,
    cosines: list[float],
    constraints: Constraints | None = None,
    last: float = 1.0,
) -> Match:
    """What `candidate` shows for `text`; the last clause has `last` times the `cosines` of the whole."""
    qualification = Qualification("q1", text, QualificationKind.REQUIRED, 1.0, constraints or Constraints())
    role = Role(Document(text, "text/plain", "1" * 64, ()), "r0", None, None, (qualification,))
    profile = RoleProfile.of(role)
    rows = np.array([cosines] * len(profile.texts), dtype=np.float32)
    rows[1:][-1:] *= last
    return match_resume(profile, candidate, prepare(candidate), rows, TODAY, 3)[0]


def test_what_is_only_listed_is_partial_and_what_is_described_is_strong() -> None:
    """The same words count as partial in a skills section and as strong in a job."""
    asked = "Kubernetes operations"
    listed = resume((asked, SectionKind.SKILLS, None), (FILLER, SectionKind.EXPERIENCE, 0))
    described = resume((f"Ran {asked}", SectionKind.EXPERIENCE, 0), (FILLER, SectionKind.EXPERIENCE, 0))
    assert match(asked, listed, [0.95, 0.0]).verdict is Verdict.PARTIAL
    assert match(asked, described, [0.95, 0.0]).verdict is Verdict.STRONG


def test_the_same_words_are_quoted_once_and_padding_adds_nothing() -> None:
    """A line repeated is one quote, and irrelevant lines change no strength."""
    asked = "Kubernetes operations"
    once = resume((asked, SectionKind.EXPERIENCE, 0), (FILLER, SectionKind.EXPERIENCE, 0))
    padded = resume(
        (asked, SectionKind.EXPERIENCE, 0),
        (asked, SectionKind.EXPERIENCE, 0),
        *[(FILLER, SectionKind.EXPERIENCE, 0)] * 50,
    )
    first, second = match(asked, once, [0.8, 0.0]), match(asked, padded, [0.8, 0.8, *[0.0] * 50])
    assert [item.text for item in second.evidence] == [asked]
    assert first.strength == second.strength


def test_quotes_that_cover_other_words_of_the_demand_raise_it() -> None:
    """Python in one bullet and Tableau in another are more than Python in both."""
    asked = "Python and Tableau"
    both = resume(("Wrote Python", SectionKind.EXPERIENCE, 0), ("Drew in Tableau", SectionKind.EXPERIENCE, 0))
    one = resume(("Wrote Python", SectionKind.EXPERIENCE, 0), ("Ran Python", SectionKind.EXPERIENCE, 0))
    assert match(asked, both, [0.5, 0.5]).strength > match(asked, one, [0.5, 0.5]).strength


def test_many_things_are_shown_one_bullet_at_a_time() -> None:
    """Bullets that each show a part of a long demand make partial evidence together, all are quoted, and a
    note says so; the same parts in a list of skills do not."""
    asked = "Coaching, performance reviews, rota planning and recruitment of kitchen apprentices"
    parts = ("Coached four apprentices", "Wrote the performance reviews", "Recruited two in the kitchen")
    told = resume(*[(part, SectionKind.EXPERIENCE, 0) for part in parts], (FILLER, SectionKind.EXPERIENCE, 0))
    listed = resume(*[(part, SectionKind.SKILLS, None) for part in parts], (FILLER, SectionKind.SKILLS, None))
    cosines = [0.35, 0.32, 0.35, 0.0]
    shown = match(asked, told, cosines)
    assert shown.verdict is Verdict.PARTIAL
    assert {item.text for item in shown.evidence} == set(parts)
    assert max(item.strength for item in shown.evidence) < PARTIAL_AT
    assert "no line shows it alone; several together do" in shown.notes
    alone = resume((parts[0], SectionKind.EXPERIENCE, 0), (FILLER, SectionKind.EXPERIENCE, 0))
    assert match(asked, listed, cosines).strength < PARTIAL_AT
    assert match(asked, alone, [0.35, 0.0]).strength < PARTIAL_AT


def test_a_word_each_in_common_shows_nothing_together() -> None:
    """Lines that share little of a long demand are no evidence, however many they are read with."""
    asked = (
        "Directs daily operation of the branch, including staffing, cash controls, audits and vault security"
    )
    told = resume(
        ("Counted cash twice", SectionKind.EXPERIENCE, 0), ("Daily notes", SectionKind.EXPERIENCE, 0)
    )
    shown = match(asked, told, [0.5, 0.5])
    assert shown.verdict is not Verdict.PARTIAL
    assert "no line shows it alone; several together do" not in shown.notes


def test_a_name_in_a_long_line_is_quoted_for_its_clause() -> None:
    """A clause that is partly shown has the line that names it, however faint that line is."""
    line = f"Kept leave records of the Lisp users. {FILLER}. {FILLER}"
    candidate = resume((line, SectionKind.EXPERIENCE, 0), (FILLER, SectionKind.EXPERIENCE, 0))
    shown = match("Knowledge of Lisp, Prolog, Erlang and Haskell", candidate, [0.1, 0.0])
    assert [part.verdict for part in shown.clauses][:2] == [Verdict.PARTIAL, Verdict.NONE_FOUND]
    assert shown.clauses[0].evidence is not None
    assert shown.clauses[0].evidence.text == line


def test_years_come_from_the_positions_that_support_the_demand() -> None:
    """Five years asked, five in the job that shows it: met, named in the note."""
    asked = "Five years of forecasting"
    shown = resume(
        ("Forecasting of demand", SectionKind.EXPERIENCE, 0), (FILLER, SectionKind.EXPERIENCE, None)
    )
    result = match(asked, shown, [0.9, 0.0], Constraints(min_years=5))
    assert result.verdict is Verdict.STRONG
    assert result.notes == (
        "5 years asked; 5 years in positions recognised as relevant (Analyst, Jan 2015 – Dec 2019)",
    )


def test_a_course_is_no_year_of_experience() -> None:
    """Years are asked: a certificate with the asked words is no evidence, a line of a job is."""
    asked = "Five years of forecasting"
    line = "Forecasting of demand"
    certified = resume((line, SectionKind.CERTIFICATIONS, None), (FILLER, SectionKind.EXPERIENCE, 0))
    result = match(asked, certified, [0.9, 0.0], Constraints(min_years=5))
    assert result.evidence == ()
    assert result.strength < 0.1
    assert match("Forecasting", certified, [0.9, 0.0]).verdict is Verdict.STRONG


def test_a_thin_or_unreadable_resume_is_unknown() -> None:
    """Few words, or a page that could not be read, make "none found" mean nothing."""
    few = resume((FILLER, SectionKind.EXPERIENCE, 0))
    many = [(f"{FILLER} {place}", SectionKind.EXPERIENCE, 0) for place in range(5)]
    assert is_thin(few)
    assert not is_thin(resume(*many))
    assert is_thin(resume(*many, unreadable=True))
    assert match("Kubernetes", few, [0.0]).verdict is Verdict.UNKNOWN
    assert match("Kubernetes", resume(*many), [0.0] * 5).verdict is Verdict.NONE_FOUND


def test_a_resume_without_snippets_is_unknown_without_evidence() -> None:
    """Nothing to quote is no crash."""
    result = match("Kubernetes", resume(), [])
    assert (result.verdict, result.evidence, result.strength) == (Verdict.UNKNOWN, (), 0.0)


def test_all_of_several_names_is_no_stronger_than_the_one_that_is_missing() -> None:
    """Python is shown and Tableau stands nowhere: partial, and the report can say which is missing."""
    result = match(
        "Python and Tableau",
        resume(
            ("Wrote Python for pricing", SectionKind.EXPERIENCE, 0),
            *[(f"{FILLER} {place}", SectionKind.EXPERIENCE, 0) for place in range(5)],
        ),
        [0.9, *[0.0] * 5],
        last=0.1,
    )
    assert result.verdict is Verdict.PARTIAL
    assert result.joined is Joined.ALL
    assert [(clause.text, clause.verdict) for clause in result.clauses] == [
        ("Python", Verdict.STRONG),
        ("Tableau", Verdict.NONE_FOUND),
    ]
    assert result.clauses[0].evidence is not None
    assert result.clauses[0].evidence.text == "Wrote Python for pricing"


def test_a_clause_in_prose_of_which_nothing_stands_is_missing() -> None:
    """The clause that is met is shown beside the one that is not, which says it: no note says it again."""
    asked = "Butchery and pastry work"
    lines = [
        ("Butchery of whole lambs", SectionKind.EXPERIENCE, 0),
        *[(FILLER, SectionKind.EXPERIENCE, 0)] * 3,
    ]
    one, both = resume(*lines), resume(*lines, ("Baked pastry", SectionKind.EXPERIENCE, 0))
    result = match(asked, one, [0.9, 0.0, 0.0, 0.0], last=0.0)
    assert result.verdict is Verdict.PARTIAL
    assert result.notes == ()
    assert [(clause.text, clause.verdict) for clause in result.clauses] == [
        ("Butchery", Verdict.STRONG),
        ("pastry work", Verdict.NONE_FOUND),
    ]
    assert result.clauses[0].evidence is not None
    assert result.clauses[1].evidence is None
    assert match(asked, both, [0.9, *[0.0] * 4], last=0.0).verdict is Verdict.STRONG


def test_examples_demand_nothing() -> None:
    """Whoever has the thing without the examples has it, and so has whoever has an example."""
    asked = "Experience with message brokers such as Kafka or RabbitMQ"
    line = resume(("Ran the NATS message broker", SectionKind.EXPERIENCE, 0))
    assert match(asked, line, [0.3], last=2.0).strength == match(asked, line, [0.6], last=1.0).strength
    assert match(asked, line, [0.6], last=0.5).strength > match(asked, line, [0.3], last=1.0).strength


def test_the_function_in_another_domain_is_partial_and_said() -> None:
    """Having led is something, and the note says where it was."""
    asked = "Leading research teams"
    led = resume(("Led two hospital IT teams", SectionKind.EXPERIENCE, 0))
    unrelated = match(asked, led, [0.0])
    result = match(asked, led, [0.42])
    assert (result.notes, unrelated.notes) == (("other domain: hospital IT",), ())
    assert PARTIAL_AT <= result.strength < STRONG_AT
    worked = resume(("Worked in research teams", SectionKind.EXPERIENCE, 0))
    assert match(asked, worked, [0.8]).strength < STRONG_AT


def test_one_of_several_alternatives_is_enough() -> None:
    """Python or R: a resume that shows Python alone is strong."""
    result = match(
        "Python or Scala",
        resume(("Wrote Python for pricing", SectionKind.EXPERIENCE, 0), (FILLER, SectionKind.EXPERIENCE, 0)),
        [0.9, 0.0],
    )
    assert (result.verdict, result.joined) == (Verdict.STRONG, Joined.ANY)


def test_praise_in_the_words_of_the_demand_does_not_outrank_a_deed() -> None:
    """Saying "Passionate about coaching leaders" counts less than having coached, whatever the words say."""
    asked = "A record of coaching leaders"
    said = resume(
        ("Passionate about coaching leaders", SectionKind.EXPERIENCE, 0), (FILLER, SectionKind.EXPERIENCE, 0)
    )
    did = resume(
        ("Coached supervisors through corrective action", SectionKind.EXPERIENCE, 0),
        (FILLER, SectionKind.EXPERIENCE, 0),
    )
    assert match(asked, said, [0.9, 0.0]).strength < match(asked, did, [0.5, 0.0]).strength


def test_a_hundred_publications_say_no_more_than_one() -> None:
    """Publications are one group: partial at most, and their number moves nothing."""
    asked = "Research on coral reefs"
    one = ("A survey of coral reefs", SectionKind.PUBLICATIONS, None)
    many = [(f"Coral reefs of the island {place}", SectionKind.PUBLICATIONS, None) for place in range(100)]
    few, long = resume(one), resume(one, *many)
    first, second = match(asked, few, [0.9]), match(asked, long, [0.9, *[0.85] * 100])
    assert first.strength == second.strength < STRONG_AT


def test_a_heading_is_no_evidence_and_a_bare_name_no_deed() -> None:
    """ "FLEET MANAGEMENT" is never quoted; "Fleet management" under a job is partial at most."""
    filler = [(f"{FILLER} {place}", SectionKind.EXPERIENCE, 0) for place in range(5)]
    heading = match(
        "Fleet management",
        resume(("FLEET MANAGEMENT", SectionKind.EXPERIENCE, 0), *filler),
        [0.99, *[0.0] * 5],
    )
    assert (heading.evidence, heading.verdict) == ((), Verdict.NONE_FOUND)
    name = match(
        "Fleet management",
        resume(("Fleet management", SectionKind.EXPERIENCE, 0), *filler),
        [0.99, *[0.0] * 5],
    )
    assert name.verdict is Verdict.PARTIAL


def test_pads_of_any_length_move_nothing() -> None:
    """Ten or a thousand unrelated lines leave a strong and a missing demand as they were."""
    shown = (("Ran Kubernetes operations", SectionKind.EXPERIENCE, 0), (FILLER, SectionKind.EXPERIENCE, 0))
    for asked, near in (("Kubernetes operations", 0.9), ("Beekeeping", 0.1)):
        bare = match(asked, resume(*shown), [near, 0.0]).strength
        for length in (10, 100, 1000):
            pad = [
                (f"Lamp number {place} was lit at dusk", SectionKind.OTHER, None) for place in range(length)
            ]
            padded = match(asked, resume(*shown, *pad), [near, 0.0, *[-0.1] * length])
            assert padded.strength == bare


def test_a_demand_for_years_is_quoted_from_the_jobs_that_count() -> None:
    """A list with the same words is no year of it: the line of the counted job is quoted, not the list."""
    asked = "Five years of forecasting"
    shown = resume(
        ("Forecasting", SectionKind.SKILLS, None),
        ("Forecasting of demand for the shops", SectionKind.EXPERIENCE, 0),
    )
    result = match(asked, shown, [0.99, 0.9], Constraints(min_years=5))
    assert [item.text for item in result.evidence] == ["Forecasting of demand for the shops"]
