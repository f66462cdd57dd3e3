"""Outlines say of everybody at once what matching says of one resume at a time."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from matcher.embedding.hashing import HashingEncoder
from matcher.errors import CorpusDamagedError
from matcher.index import similarities
from matcher.matching import (
    Hits,
    Outlines,
    RoleProfile,
    likeliest,
    match_resume,
    prepare,
    score,
    searched,
    snippet_strengths,
    terms,
)
from matcher.matching.estimate_facts import Checks, check_degrees, check_held, check_spoken
from matcher.matching.estimate_lines import LineWords, NearLines, by_standing
from matcher.matching.estimate_years import Careers
from matcher.matching.facts import check_all, check_languages
from matcher.matching.kinds import EvidenceKind
from matcher.matching.outline import (
    HEADING,
    code,
    codes_from,
    opening_code,
    outline,
    outline_bytes,
    outline_from,
)
from matcher.matching.outlines import Grouped, Stated
from matcher.matching.standing import held
from matcher.parsing import parse_resume, parse_role
from matcher.settings import Limits
from matcher.types import Constraints, PartialDate, Period, Resume

FIXTURES = Path(__file__).parents[3] / "data" / "fixtures"
TODAY = date(2026, 11, 1)
ORDER = ("SHORT", "SILENT", "PARTLY", "MET")


@cache
def people() -> list[Resume]:
    """Every sixth resume of the pairs: some seventy of forty trades."""
    paths = sorted((FIXTURES / "pairs").glob("*.txt"))[::6]
    return [parse_resume(path.read_bytes(), path.name, Limits()) for path in paths]


@cache
def outlines() -> Outlines:
    """Theirs, by their places from 0."""
    made = (outline(resume, prepare(resume), TODAY) for resume in people())
    return Outlines.of(dict(enumerate(made)))


@cache
def profile(name: str) -> RoleProfile:
    """A role of the fixtures."""
    return RoleProfile.of(parse_role((FIXTURES / "roles" / name).read_bytes(), name, Limits()))


ROLES = (
    "icu-nurse.md",
    "electrician.md",
    "physics-teacher.txt",
    "head-chef.txt",
    "worldwide/61-truck-driver.txt",
)


@pytest.mark.parametrize("name", ROLES)
def test_lines_are_as_strong_as_in_a_match(name: str) -> None:
    """By words and likeness a line is as strong as by `snippet_strengths`, whatever is asked."""
    encoder = HashingEncoder()
    texts = profile(name).compared.asked
    for person in range(0, len(people()), 9):
        masked = [snippet.masked for snippet in people()[person].snippets]
        lines = np.arange(*outlines().lines.ends[person : person + 2])
        for text in texts:
            cosines = similarities(encoder.encode([text.terms.text]), encoder.encode(masked))[0]
            near = NearLines.of([text], [Hits(lines, cosines)], outlines())
            found = LineWords.of(text, near).strengths(cosines)
            expected = snippet_strengths(text.terms, [terms(line) for line in masked], cosines)
            assert np.allclose(found, expected, atol=1e-9) or text.several


def test_standing_carries_a_strength_as_far_as_in_a_match() -> None:
    """To a thousandth of the strength, whatever the kind; nothing is lifted over the edge of a verdict."""
    values = np.linspace(0, 1, 517)
    for kind in EvidenceKind:
        expected = [held(value, kind, character=False) for value in values.tolist()]
        found = by_standing(values, np.full(len(values), kind.rank, dtype=np.uint8))
        assert np.abs(found - expected).max() < 0.003
        assert ((found >= 0.8) == (np.array(expected) >= 0.8)).all()
    assert not by_standing(values, np.full(len(values), HEADING, dtype=np.uint8)).any()


@pytest.mark.parametrize("name", ROLES)
def test_facts_are_checked_as_in_a_match(name: str) -> None:
    """Degrees, licences, languages, and years where every job counts, have the outcome that one resume has;
    where several licences of one person bear on a demand the share may differ."""
    everyone = np.ones(len(outlines().starts), dtype=np.bool_)
    compared = alike = 0
    for demand in profile(name).demands:
        asked, text = demand.qualification.constraints, demand.qualification.text
        found: dict[str, Checks] = {}
        if asked.min_years:
            found["years"] = Careers.of(outlines(), TODAY).check(asked.min_years, everyone)
        if asked.degree:
            found["degree"] = check_degrees(asked, text, outlines())
        if asked.licences:
            found["licence"] = check_held(asked, text, outlines(), TODAY)
        if asked.languages:
            found["language"] = check_spoken(asked, text, outlines())
        for person, resume in enumerate(people()):
            every = frozenset(range(len(resume.positions)))
            for kind, check in check_all(demand.qualification, resume, every, TODAY):
                compared += 1
                alike += ORDER[found[kind].outcome[person]] == check.outcome.name
    assert compared
    assert alike / compared > 0.99


@pytest.mark.parametrize("name", ["German", "Spanish", "Punjabi"])
def test_of_several_languages_english_alone_is_nothing(name: str) -> None:
    """As in a match: who states English and not the other one has stated nothing of what is asked."""
    asked = Constraints(languages=(name, "English"))
    checks = check_spoken(asked, "", outlines())
    for person, resume in enumerate(people()):
        check = check_languages(asked, resume.languages)
        assert ORDER[checks.outcome[person]] == check.outcome.name
        assert checks.share[person] == pytest.approx(check.share)


def test_an_outline_is_read_as_it_was_written() -> None:
    """Bytes of this format; others are made anew, and what is none is called damaged."""
    made = outline(people()[0], prepare(people()[0]), TODAY)
    assert outline_from(outline_bytes(made)) == made
    assert outline_from(b"\x92\x00\xc0") is None, "another format"
    with pytest.raises(CorpusDamagedError):
        outline_from(b"nothing of ours")


def test_outlines_join() -> None:
    """Those of more people, read later, give the columns that all read together give."""
    made = [outline(resume, prepare(resume), TODAY) for resume in people()[:9]]
    first, second = Outlines.of(dict(enumerate(made[:5]))), Outlines.of(dict(enumerate(made[5:], 5)))
    together, joined = Outlines.of(dict(enumerate(made))), first.joined(second)
    for each in fields(Outlines):
        mine, theirs = getattr(together, each.name), getattr(joined, each.name)
        if isinstance(mine, Grouped):
            assert mine.ends.tolist() == theirs.ends.tolist()
        elif isinstance(mine, Stated):
            assert [mine.values[n] for n in mine.of] == [theirs.values[n] for n in theirs.of]
            assert mine.people.tolist() == theirs.people.tolist()
        else:
            assert mine.tolist() == theirs.tolist(), each.name
    lines, known = joined.lines_of(np.array([6, 99]), np.array([1, 0]))
    assert known.tolist() == [True, False]
    assert joined.people_of(lines[:1]).tolist() == [6]


def test_outlines_of_some_are_those_of_nobody_else() -> None:
    """The columns of some people, taken from those of all, are the columns of their outlines alone."""
    made = [outline(resume, prepare(resume), TODAY) for resume in people()]
    some = np.array([0, 3, 4, 17, len(made) - 1])
    alone, among = Outlines.of({key: made[key] for key in some.tolist()}), outlines().among(some)
    for each in fields(Outlines):
        mine, theirs = getattr(alone, each.name), getattr(among, each.name)
        if isinstance(mine, Grouped):
            assert mine.ends.tolist() == theirs.ends.tolist(), each.name
        elif isinstance(mine, Stated):
            assert [mine.values[n] for n in mine.of] == [theirs.values[n] for n in theirs.of]
            assert mine.people.tolist() == theirs.people.tolist()
        else:
            assert mine.tolist() == theirs.tolist(), each.name


def test_a_job_goes_on_until_the_resume_came() -> None:
    """ "Present" ends in the month in which it was received; a year beyond all calendars is no failure."""
    resume = people()[0]
    job = replace(resume.positions[0], period=Period(PartialDate(2020, 1), None, current=True))
    late = replace(job, period=Period(PartialDate(2020, 1), PartialDate(9999, 1)))
    changed = replace(resume, positions=(job, late, *resume.positions[2:]))
    one = Outlines.of({1: outline(changed, prepare(changed), date(2024, 3, 5))})
    assert one.stops[0] - one.starts[0] == 51
    assert one.stops[1] == 0xFFFF


def test_stems_that_begin_alike_have_codes_that_follow_one_another() -> None:
    """So that one look finds a stem, and those that begin like it."""
    first, behind = codes_from(opening_code("pharm"))
    assert all(first <= code(stem) < behind for stem in ("pharmaci", "pharmacolog"))
    assert not first <= code("pharo") < behind
    assert code("pharmaci") != code("pharmacolog")
    assert code("sql") == code("sql") != code("sap")


def test_estimates_from_all_lines_are_nearly_the_scores() -> None:
    """Of people all of whose lines are found nineteen in twenty are estimated within a thousandth of their
    score, and everybody within two hundredths."""
    encoder = HashingEncoder()
    vectors = [encoder.encode([snippet.masked for snippet in resume.snippets]) for resume in people()]
    errors = []
    for name in ROLES:
        role = profile(name)
        wanted = encoder.encode(role.texts)
        cosines = similarities(wanted, np.concatenate(vectors))
        lines = np.arange(cosines.shape[1])
        hits = {row: Hits(lines, cosines[row]) for row in searched(role)}
        chosen, estimated = likeliest(role, hits, outlines(), TODAY, len(people()), complete=True)
        for person, estimate in zip(chosen.tolist(), estimated.tolist(), strict=True):
            resume, own = people()[person], vectors[person]
            matches = match_resume(role, resume, prepare(resume), similarities(wanted, own), TODAY, 0)
            errors.append(abs(estimate - (score(matches)[0] or 0.0)))
    assert np.quantile(errors, 0.95) < 0.001
    assert max(errors) < 0.02


def test_the_likeliest_are_those_who_score_best() -> None:
    """With every line found, the best ten of seventy are among the first twenty but for one in a role."""
    encoder, missed = HashingEncoder(), 0
    for name in ROLES:
        role = profile(name)
        wanted = encoder.encode(role.texts)
        vectors = [encoder.encode([snippet.masked for snippet in resume.snippets]) for resume in people()]
        cosines = similarities(wanted, np.concatenate(vectors))
        lines = np.arange(cosines.shape[1])
        hits = {row: Hits(lines, cosines[row]) for row in searched(role)}
        people_chosen, estimated = likeliest(role, hits, outlines(), TODAY, 20)
        chosen = people_chosen.tolist()
        assert estimated.tolist() == sorted(estimated.tolist(), reverse=True)
        scores = []
        for resume, own in zip(people(), vectors, strict=True):
            matches = match_resume(role, resume, prepare(resume), similarities(wanted, own), TODAY, 0)
            scores.append(score(matches)[0] or 0.0)
        tenth = sorted(scores, reverse=True)[9]
        missed += max(0, 10 - sum(scores[person] >= tenth for person in chosen))
        among = np.zeros(len(people()), dtype=np.bool_)
        among[chosen[3:]] = True
        assert likeliest(role, hits, outlines(), TODAY, 2, among)[0].tolist() == chosen[3:5]
    assert missed <= len(ROLES)
