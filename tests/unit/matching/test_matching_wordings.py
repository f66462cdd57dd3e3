"""Other wordings of a demand, given by a person or by the posting on its employer."""

from dataclasses import replace
from datetime import date

import numpy as np

from matcher.matching import RoleProfile, best_wordings, clauses_of, match_resume, prepare, with_wordings
from matcher.parsing import parse_resume, parse_role
from matcher.settings import Limits
from matcher.types import Joined, Match, Role, Verdict

LIMITS = Limits()
ROLE = parse_role(b"Farm Manager\n\nRequirements\n- Herd supervision\n- Keeps farm accounts\n", "x", LIMITS)
RESUME = parse_resume(
    b"Ada Field\n\nExperience\nStock Keeper, Low Farm, 2018 - 2022\n"
    b"- Looked after ninety dairy cows and their calves through three winters\n"
    b"- Kept the farm's accounts and cut its costs by a tenth\n"
    b"- Repaired fences, gates and two old tractors with the neighbours\n"
    b"- Drove milk to the creamery each morning before six without a missed day\n",
    "ada.txt",
    LIMITS,
)
TODAY = date(2026, 1, 15)


def judged(role: Role) -> tuple[Match, ...]:
    """Matches under cosines of .8 where a text and a line both speak of dairy cows, else 0."""
    profile = RoleProfile.of(with_wordings(role))
    asked = np.array(["dairy" in text for text in profile.texts])
    lines = np.array(["dairy" in snippet.masked for snippet in RESUME.snippets])
    cosines = (0.8 * np.outer(asked, lines)).astype(np.float32)
    return best_wordings(match_resume(profile, RESUME, prepare(RESUME), cosines, TODAY, 3))


def reworded(*alternatives: str) -> Role:
    first = replace(ROLE.qualifications[0], alternatives=alternatives)
    return replace(ROLE, qualifications=(first, *ROLE.qualifications[1:]))


def test_a_role_without_wordings_is_judged_as_it_is() -> None:
    """Nothing is copied and nothing noted."""
    assert with_wordings(ROLE) is ROLE
    assert [match.qualification for match in judged(ROLE)] == list(ROLE.qualifications)


def test_the_wording_that_is_met_best_counts_and_is_named() -> None:
    """A second wording finds what the first does not; the match stays that of the qualification."""
    role = reworded("Looked after dairy cows and calves", "Underwater welding")
    before, after = judged(ROLE), judged(role)
    assert before[0].verdict is Verdict.NONE_FOUND
    assert after[0].strength > before[0].strength
    assert after[0].qualification == role.qualifications[0]
    assert "ninety dairy cows" in after[0].evidence[0].text
    assert "met best by the other wording “Looked after dairy cows and calves”" in after[0].notes
    assert after[1] == before[1]


def test_what_the_posting_says_of_its_employer_counts_as_a_whole_and_is_named_so() -> None:
    """Of all that an employer does nobody has to have done each; the note says whose words they are."""
    own = "Cheese, butter and dairy cows"
    first = replace(ROLE.qualifications[0], alternatives=(own,), from_about=(own,))
    match = judged(replace(ROLE, qualifications=(first, *ROLE.qualifications[1:])))[0]
    assert match.qualification == first
    assert match.clauses == ()
    assert f"met best by the posting's own words about the employer: “{own}”" in match.notes


def test_clauses_that_a_person_gave_are_those_that_are_judged() -> None:
    """They replace what the text joins; () makes it one whole, and the clauses as read change nothing."""
    text = "Experience with Python, SQL or Tableau"
    asked = replace(ROLE.qualifications[0], text=text)
    read = clauses_of(asked)
    assert (read.joined, read.texts) == (Joined.ANY, ("Python", "SQL", "Tableau"))
    assert clauses_of(replace(asked, clauses=read.texts, any_clause=True)) == read
    assert clauses_of(replace(asked, clauses=())).texts == ()
    both = clauses_of(replace(asked, clauses=("Python", "SQL")))
    assert (both.joined, both.asked) == (Joined.ALL, (("Python",), ("SQL",)))
    role = replace(ROLE, qualifications=(replace(asked, clauses=("dairy cows", "welding")),))
    assert [clause.text for clause in judged(role)[0].clauses] == ["dairy cows", "welding"]


def test_a_wording_that_finds_less_changes_nothing() -> None:
    """Wordings are an "or": none of them can lower a match."""
    role = reworded("Underwater welding")
    assert replace(judged(role)[0], qualification=ROLE.qualifications[0]) == judged(ROLE)[0]
