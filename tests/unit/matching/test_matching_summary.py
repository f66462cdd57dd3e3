"""Tiers, best quotes, doubts, and what stands above a list."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.matching import best_quotes, doubts, ranked, score, summarise
from matcher.matching.tiers import tiers_of
from matcher.types import (
    ClauseMatch,
    Constraints,
    DegreeLevel,
    Document,
    Engine,
    Evidence,
    Match,
    MatchReport,
    Qualification,
    QualificationKind,
    Ranking,
    Resume,
    Role,
    SectionKind,
    Span,
    Verdict,
)

DOCUMENT = Document("x" * 400, "text/plain", "0" * 64, ())
RESUME = Resume(DOCUMENT, "c0", "x")
REQUIRED, PREFERRED, DUTY = QualificationKind


def verdict_of(strength: float) -> Verdict:
    if strength >= 0.8:
        return Verdict.STRONG
    return Verdict.PARTIAL if strength >= 0.5 else Verdict.NONE_FOUND


def asked(number: int, kind: QualificationKind = REQUIRED, weight: float = 1.0) -> Qualification:
    return Qualification(f"q{number}", f"Skill {number}", kind, weight)


def quote(start: int, strength: float, section: SectionKind = SectionKind.SKILLS) -> Evidence:
    return Evidence("x" * 5, Span(start, start + 5), section, strength, "why")


def match(item: Qualification, strength: float, *evidence: Evidence, verdict: Verdict | None = None) -> Match:
    return Match(item, verdict or verdict_of(strength), strength, evidence)


def report(candidate: str, *matches: Match) -> MatchReport:
    value, coverage = score(matches)
    return MatchReport(candidate, candidate, 0, value, coverage, matches, (), RESUME)


def plain(candidate: str, *strengths: float) -> MatchReport:
    return report(candidate, *(match(asked(number), value) for number, value in enumerate(strengths, 1)))


def ranking(*reports: MatchReport) -> Ranking:
    order = ranked(reports)
    role = Role(DOCUMENT, "r0", "Cook", None, tuple(item.qualification for item in order[0].matches))
    return Ranking(role, date(2025, 1, 1), Engine("0", "m"), order)


def test_equal_verdicts_share_a_tier_whatever_their_strengths() -> None:
    """Strength refines the order inside a tier; a whole band more makes another tier."""
    reports = [plain("a", 0.97, 0.60), plain("b", 0.85, 0.58), plain("c", 0.60, 0.58), plain("d", 0.1, 0.1)]
    assert tiers_of(reports) == (1, 1, 2, 3)


def test_a_verdict_within_the_error_of_its_threshold_tells_nobody_apart() -> None:
    """0.81 and 0.79 lie on two sides of "strong" and are the same for all we know; 0.9 and 0.7 are not."""
    assert tiers_of([plain("a", 0.81), plain("b", 0.79)]) == (1, 1)
    assert tiers_of([plain("a", 0.90), plain("b", 0.70)]) == (1, 2)


def test_what_a_rule_holds_below_strong_is_not_taken_for_strong() -> None:
    """A strength held at the edge of its band by a rule is no doubtful case."""
    assert tiers_of([plain("a", 0.95), plain("b", 0.8 * 0.99)]) == (1, 2)


def test_a_tier_is_measured_from_its_first_candidate() -> None:
    """Near-equal neighbours do not chain: the third is near the second and far from the first."""
    reports = [plain("a", 0.9, 0.81), plain("b", 0.9, 0.79), plain("c", 0.79, 0.78)]
    assert tiers_of(reports) == (1, 1, 1)
    assert tiers_of([plain("a", 0.9, 0.9), plain("b", 0.9, 0.79), plain("c", 0.79, 0.7)]) == (1, 1, 2)


def test_the_partly_assessed_have_no_tier_and_come_last() -> None:
    """One strong line of a page that could be read does not outrank a whole resume."""
    thin = report("t", match(asked(1), 0.99), match(asked(2), 0.0, verdict=Verdict.UNKNOWN))
    order = ranked([thin, plain("a", 0.6, 0.6), plain("b", 0.1, 0.1)])
    assert [(item.candidate_id, item.rank) for item in order] == [("a", 1), ("b", 2), ("t", 3)]
    assert tiers_of(order) == (1, 2, None)


def test_an_unknown_that_counts_for_nothing_leaves_a_resume_assessed() -> None:
    """A weight of 0 is context: not knowing it makes nobody partly assessed."""
    whole = report("a", match(asked(1), 0.9), match(asked(2, DUTY, 0.0), 0.0, verdict=Verdict.UNKNOWN))
    assert tiers_of([whole]) == (1,)


@settings(derandomize=True, max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=12))
def test_tiers_begin_at_one_and_grow_by_one(rows: list[tuple[float, float, float]]) -> None:
    """Down the ranking the tier stays or grows by one, and the order of input changes nothing."""
    reports = [plain(f"c{place}", *row) for place, row in enumerate(rows)]
    found = tiers_of(ranked(reports))
    assert found[0] == 1
    assert all(after - before in (0, 1) for before, after in pairwise(found))  # type: ignore[operator]
    assert tiers_of(ranked(reversed(reports))) == found


def test_best_quotes_are_of_two_qualifications_and_two_places() -> None:
    """The strong one first; never one place twice, never what is too weak to count."""
    shared, weak = quote(10, 0.9), quote(60, 0.3)
    found = best_quotes(
        report(
            "a",
            match(asked(1), 0.6, quote(30, 0.6)),
            match(asked(2), 0.9, shared, weak),
            match(asked(3), 0.9, shared),
            match(asked(4), 0.1, weak),
        )
    )
    assert [(item.match.qualification.id, item.evidence.span.start) for item in found] == [
        ("q2", 10),
        ("q1", 30),
    ]


def test_a_credential_is_shown_before_a_list_and_required_before_preferred() -> None:
    """Among strong matches of one weight the stronger kind of evidence leads."""
    found = best_quotes(
        report(
            "a",
            match(asked(1, PREFERRED, 0.5), 0.99, quote(90, 0.99)),
            match(asked(2), 0.99, quote(10, 0.99)),
            match(asked(3), 0.85, quote(30, 0.85, SectionKind.EDUCATION)),
        )
    )
    assert [item.match.qualification.id for item in found] == ["q3", "q2"]


def test_a_strong_verdict_is_quoted_by_a_line_that_is_strong() -> None:
    """A weaker line of a stronger kind does not stand for it."""
    strong, awarded = quote(0, 0.85), quote(40, 0.70, SectionKind.AWARDS)
    shown = best_quotes(report("a", match(asked(1), 0.9, strong, awarded)))
    assert [item.evidence for item in shown] == [strong]


def test_a_degree_is_quoted_and_not_the_work_that_is_like_it() -> None:
    """For a degree that is asked the line of education speaks, however well a job's line reads."""
    item = replace(asked(1), constraints=Constraints(degree=DegreeLevel.BACHELOR))
    degree, work = quote(10, 0.9, SectionKind.EDUCATION), quote(30, 0.95, SectionKind.EDUCATION)
    assert [found.evidence for found in best_quotes(report("a", match(item, 0.95, degree, work)))] == [degree]
    assert [found.evidence for found in best_quotes(report("a", match(asked(1), 0.95, degree, work)))] == [
        work
    ]


def test_the_largest_doubts_are_what_weighs_most_and_is_shown_least() -> None:
    """A contradiction, then what was not found, then what is partial; never a strong or weightless one."""
    contradicted = match(asked(4), 0.3, verdict=Verdict.CONTRADICTED)
    matches = (
        match(asked(1), 0.6),
        match(asked(2), 0.1),
        match(asked(3), 0.9),
        contradicted,
        match(asked(5, DUTY, 0.0), 0.0),
    )
    assert [item.qualification.id for item in doubts(report("a", *matches))] == ["q4", "q2"]
    assert [item.qualification.id for item in doubts(report("a", *matches[:1], matches[2]))] == ["q1"]
    assert doubts(report("a", matches[2])) == ()


def test_what_nobody_shows_is_named_by_its_number() -> None:
    """Items without any evidence and items with partial evidence alone, over the whole pool."""
    summary = summarise(ranking(plain("a", 0.9, 0.1, 0.6, 0.2), plain("b", 0.1, 0.2, 0.7, 0.3)))
    assert summary.without_evidence == (2, 4)
    assert summary.only_partial == (3,)
    assert summary.candidates == 2


def test_a_demand_of_which_someone_shows_a_clause_is_not_without_evidence() -> None:
    """Of FMLA and ADA one is shown: none found for the candidate, and partial for the pool."""
    item = asked(1)
    clauses = (
        ClauseMatch("FMLA", Verdict.PARTIAL, 0.6, None),
        ClauseMatch("ADA", Verdict.NONE_FOUND, 0.0, None),
    )
    part = replace(match(item, 0.4), clauses=clauses)
    found = summarise(ranking(report("a", part)))
    assert (found.without_evidence, found.only_partial) == ((), (1,))
    none = summarise(ranking(report("a", match(item, 0.4))))
    assert (none.without_evidence, none.only_partial) == ((1,), ())


def test_other_weights_are_tried_where_they_differ() -> None:
    """Required alone turns the order; with one kind and one weight there is nothing to try."""
    first = report("a", match(asked(1), 0.6), match(asked(2, PREFERRED, 0.5), 1.0))
    second = report("b", match(asked(1), 0.7), match(asked(2, PREFERRED, 0.5), 0.0))
    tried = summarise(ranking(first, second)).reranked
    assert [(item.weights.value, item.order, item.ranks) for item in tried] == [
        ("required only", (1, 0), (1, 2)),
        ("equal weights", (0, 1), (1, 2)),
    ]
    assert summarise(ranking(plain("a", 0.6, 0.9), plain("b", 0.1, 0.2))).reranked == ()


def test_a_required_kind_without_weight_is_not_tried_alone() -> None:
    """Where a person set every required weight to 0 there is nothing left to rank by."""
    one = report("a", match(asked(1, REQUIRED, 0.0), 0.6), match(asked(2, PREFERRED, 1.0), 0.9))
    assert summarise(ranking(one, replace(one, candidate_id="b", source="b"))).reranked == ()


@pytest.mark.parametrize("number", [1, 10, 25])
def test_at_most_ten_places_are_compared(number: int) -> None:
    """The top is ten long, or as long as the list; a single candidate has nothing to compare."""
    reports = [
        report(f"c{place:02}", match(asked(1), place / 30), match(asked(2, PREFERRED, 0.5), 0.1))
        for place in range(number)
    ]
    tried = summarise(ranking(*reports)).reranked
    assert {len(item.order) for item in tried} == (set() if number == 1 else {min(number, 10)})
