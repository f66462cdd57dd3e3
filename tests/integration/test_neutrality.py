"""Identity never reaches the score: swapping who a person is changes no strength by a single bit."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher import Matcher
from matcher.types import MatchReport, Role, SectionKind, Verdict

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
TODAY = date(2026, 1, 15)

RESUME = """{name}
{street}, {city}
{phone} | {email} | linkedin.com/in/{handle}
{personal}

Summary
{name} has run farms for nine years. {pronoun} keeps herds healthy and books that balance.

Experience
Farm Manager, Larkhollow Dairy
March 2018 - Present
- Run a 380-cow dairy and 900 acres of corn and alfalfa with six full-time hands
- Supervised seasonal workers; {pronoun} paid and housed up to 40 of them
- Keep pesticide and animal treatment records for inspection

Education
Diploma in Agriculture, Aberdare Agricultural Institute, 2011 - 2013

Skills
Herd health, Crop rotation, QuickBooks, Welding
"""

PEOPLE = {
    "first": {
        "name": "Wanjiru Kamau-Ellery",
        "street": "12 Mill Lane",
        "city": "Decorah, IA 52101",
        "phone": "+1 515-555-0129",
        "email": "wanjiru.kamau@example.com",
        "handle": "wanjiru-kamau",
        "personal": "Gender: female | Nationality: Kenyan | Date of birth: 3 May 1988",
        "pronoun": "she",
    },
    "other": {
        "name": "Bo Li",
        "street": "907 Upper Quarry Road, Apartment 4",
        "city": "Springfield, OR 97477",
        "phone": "+1 541-555-0173",
        "email": "b@example.org",
        "handle": "bo-li-9",
        "personal": "Gender: male | Nationality: American | Date of birth: 30 November 1970",
        "pronoun": "he",
    },
    "third": {
        "name": "María-Fernanda Echeverría Ochoa",
        "street": "Calle Luna 5",
        "city": "Fresno, CA 93650",
        "phone": "(559) 555-0111",
        "email": "mfeo@example.net",
        "handle": "mfeo",
        "personal": "Marital status: married | Religion: none | Age: 41",
        "pronoun": "she",
    },
}


@pytest.fixture(scope="module")
def matcher() -> Iterator[Matcher]:
    with Matcher() as opened:
        yield opened


@pytest.fixture(scope="module")
def role(matcher: Matcher) -> Role:
    return matcher.read_role(FIXTURES / "roles" / "farm-manager.txt")


def ranked(matcher: Matcher, role: Role, text: str) -> MatchReport:
    (report,) = matcher.rank(role, [text], today=TODAY)
    return report


def weighed(report: MatchReport) -> list[tuple[str, str, float, list[float]]]:
    """What the score is made of, without the quotes, whose offsets move with the length of a name."""
    return [
        (match.qualification.id, match.verdict, match.strength, [item.strength for item in match.evidence])
        for match in report.matches
    ]


@pytest.mark.parametrize("who", ["other", "third"])
def test_another_person_with_the_same_work_gets_the_same_score(
    matcher: Matcher, role: Role, who: str
) -> None:
    """Name, pronoun, address, phone, e-mail, birth date, gender and nationality change no bit."""
    first = ranked(matcher, role, RESUME.format(**PEOPLE["first"]))
    second = ranked(matcher, role, RESUME.format(**PEOPLE[who]))
    assert [item.masked for item in first.resume.snippets] == [item.masked for item in second.resume.snippets]
    assert weighed(first) == weighed(second)
    assert first.score == second.score


def test_the_contact_block_may_be_left_out(matcher: Matcher, role: Role) -> None:
    """A resume without any contact block scores as one with it."""
    whole = RESUME.format(**PEOPLE["first"])
    name, rest = whole.split("\n", 1)
    bare = name + "\n\n" + rest[rest.index("Summary") :]
    assert weighed(ranked(matcher, role, whole)) == weighed(ranked(matcher, role, bare))


def test_the_quote_stays_whole(matcher: Matcher, role: Role) -> None:
    """Masking concerns what is compared; the reviewer sees the words as they stand."""
    report = ranked(matcher, role, RESUME.format(**PEOPLE["first"]))
    quotes = [item.text for match in report.matches for item in match.evidence]
    assert any("she paid and housed" in " ".join(quote.split()) for quote in quotes)


def test_no_identity_is_left_in_what_is_embedded(matcher: Matcher) -> None:
    """None of the marks of a person occurs in any masked snippet."""
    for person in PEOPLE.values():
        resume = matcher.read_resume(RESUME.format(**person))
        masked = " ".join(snippet.masked for snippet in resume.snippets).casefold()
        for mark in (
            *person["name"].split(),
            person["email"],
            person["handle"],
            person["phone"],
            "nationality",
        ):
            assert not re.search(rf"(?<!\w){re.escape(mark.casefold())}(?!\w)", masked), mark


def test_one_year_less_and_one_skill_less_come_second_for_that_very_reason(
    matcher: Matcher, role: Role
) -> None:
    """The better one comes first, and what differs most is the qualification about that very thing."""
    whole = RESUME.format(**PEOPLE["first"])
    for old, new, about in (
        ("March 2018", "March 2024", "Five years of experience"),
        ("Keep pesticide and animal", "Keep animal", "pesticide"),
    ):
        lesser = whole.replace(old, new)
        assert lesser != whole
        first, second = ranked(matcher, role, whole), ranked(matcher, role, lesser)
        assert first.score is not None
        assert second.score is not None
        assert first.score > second.score
        pairs = zip(first.matches, second.matches, strict=True)
        widest = max(pairs, key=lambda pair: abs(pair[0].strength - pair[1].strength))[0]
        assert about in widest.qualification.text


IDLE = (
    "Looked after the noticeboard near the staff entrance",
    "Ordered birthday cakes for the office",
    "Played in the summer five-a-side tournament",
    "Changed the batteries of the wall clocks",
    "Sorted the lost property cupboard in March",
    "Hung the winter decorations in the lobby",
    "Collected umbrellas left behind by visitors",
    "Chose the colour of the new curtains",
)
WORK = [line for line in RESUME.format(**PEOPLE["first"]).splitlines() if line.startswith("- ")]


def padded(lines: Sequence[str]) -> str:
    """The resume with `lines` as further bullets of its job."""
    whole = RESUME.format(**PEOPLE["first"])
    return whole.replace(
        "\nEducation\n", "".join(f"- {line.removeprefix('- ')}\n" for line in lines) + "\nEducation\n"
    )


@pytest.mark.parametrize("number", [10, 100, 1000])
def test_idle_lines_never_raise_a_score(matcher: Matcher, role: Role, number: int) -> None:
    """Ten, a hundred or a thousand lines on nothing that is asked, each another, leave the score as it is."""
    pad = [f"{IDLE[place % len(IDLE)]}, {place + 1} times" for place in range(number)]
    assert ranked(matcher, role, padded(pad)).score == ranked(matcher, role, padded([])).score


@given(st.lists(st.sampled_from((*IDLE, *WORK)), min_size=1, max_size=30))
@settings(
    derandomize=True,
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_repeated_and_idle_lines_never_raise_a_score(
    matcher: Matcher, role: Role, lines: Sequence[str]
) -> None:
    """Bullets that are there already and idle ones, in any number and order, raise nothing."""
    more, plain = ranked(matcher, role, padded(lines)), ranked(matcher, role, padded([]))
    assert more.score is not None
    assert plain.score is not None
    assert more.score <= plain.score


@pytest.mark.parametrize("times", [2, 40])
def test_a_repeated_line_counts_once(matcher: Matcher, role: Role, times: int) -> None:
    """However often a bullet stands, it is quoted once, says how often it stands, and adds nothing."""
    line = "Ran a 380-cow dairy and 900 acres of corn and alfalfa with six full-time hands"
    once, often = (
        ranked(matcher, role, padded([line])),
        ranked(matcher, role, padded([line] * times)),
    )
    assert often.score == once.score
    for match in often.matches:
        quotes = [item for item in match.evidence if item.text == line]
        assert len(quotes) <= 1
        assert all(f"stands {times} times" in item.why for item in quotes)
    assert any(item.text == line for match in often.matches for item in match.evidence)


@pytest.mark.parametrize("number", [10, 300])
def test_publications_are_one_group(matcher: Matcher, role: Role, number: int) -> None:
    """A long list of publications says no more than the nearest of them, and never makes strong evidence."""
    title = "Records of animal treatment and pesticides for inspection on dairy farms"

    def published(times: int) -> str:
        entries = "".join(f"- {title}. Farm Letters {place}, 2019\n" for place in range(1, times + 1))
        bare = RESUME.format(**PEOPLE["first"]).replace(
            "- Keep pesticide and animal treatment records for inspection\n", ""
        )
        return f"{bare}\nPublications\n{entries}"

    one, many = ranked(matcher, role, published(1)), ranked(matcher, role, published(number))
    assert one.score is not None
    assert many.score == pytest.approx(one.score, abs=0.01)
    for match in many.matches:
        listed = [item for item in match.evidence if item.section is SectionKind.PUBLICATIONS]
        assert len(listed) <= 1
        if match.evidence and match.evidence[0] in listed:
            assert match.verdict is not Verdict.STRONG
