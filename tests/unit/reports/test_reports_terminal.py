"""What a terminal or a pipe shows of a ranking, a role and a resume."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from sample_ranking import make_ranking

from matcher.errors import FileUnavailableError
from matcher.reports import write_ranking, write_resume, write_role
from matcher.reports.table import print_ranking
from matcher.reports.wording import (
    constraint_texts,
    folded,
    headline,
    short_sources,
    terms_of,
)
from matcher.types import (
    Constraints,
    DegreeLevel,
    Logistics,
    PartialDate,
    Period,
    Ranking,
    Rejected,
    SectionKind,
    Verdict,
)


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    return make_ranking()


def printed(ranking: Ranking, width: int = 100, top: int | None = None) -> str:
    """The table as a pipe gets it."""
    console = Console(file=io.StringIO(), width=width, force_terminal=False, color_system=None)
    print_ranking(ranking, console, top)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_table_golden(ranking: Ranking, golden: Callable[[str, str], None], tmp_path: Path) -> None:
    """The table of the sample ranking is the reviewed file."""
    out = tmp_path / "out.txt"
    write_ranking(ranking, "table", out)
    golden("reports/ranking.txt", out.read_text("utf-8"))


def test_role_and_resume_goldens(
    ranking: Ranking, golden: Callable[[str, str], None], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """What `parse` shows of a role and of a resume is the reviewed file."""
    write_role(ranking.role, "table")
    golden("reports/role.txt", capfdbinary.readouterr().out.decode())
    write_role(ranking.role, "json")
    golden("reports/role.json", capfdbinary.readouterr().out.decode())
    write_resume(ranking[3].resume, "table", date(2025, 3, 14))
    golden("reports/resume.txt", capfdbinary.readouterr().out.decode())


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal(ranking: Ranking, width: int) -> None:
    """Long words, long qualifications and long file names wrap instead of running over."""
    console = Console(width=width)
    assert all(console.measure(line).maximum <= width for line in printed(ranking, width).splitlines())


def test_a_pipe_gets_no_escape_codes_and_hostile_ones_are_shown_not_obeyed(ranking: Ranking) -> None:
    """No byte that a terminal would obey reaches the output, not even from a file's name."""
    text = printed(ranking, top=7)
    assert "\x1b" not in text
    assert "\ufffd[31mred" in text


def test_markup_in_a_resume_is_text(ranking: Ranking) -> None:
    """A name that looks like markup is printed as it is written."""
    assert "<script>alert('name')</script>" in printed(ranking)


def test_every_rejected_file_is_listed_with_its_reason(ranking: Ranking) -> None:
    """Nothing that was handed in disappears."""
    text = printed(ranking)
    assert "Could not be read: 2 files" in text
    assert "locked.pdf  document_password_protected: The file is protected by a password." in text


def test_headline_counts_each_verdict_of_the_required_qualifications(ranking: Ranking) -> None:
    """The first line counts verdicts in words and says how many could be assessed."""
    assert headline(ranking[0]) == "Required: 6 strong; assessed 6 of 6"
    assert headline(ranking[2]) == "Required: 3 strong, 2 partial, 1 contradicted; assessed 6 of 6"
    assert headline(ranking[5]) == "Required: 1 partial, 1 none found, 4 unknown; assessed 2 of 6"


def test_headline_tells_what_is_only_said_from_what_is_described(ranking: Ranking) -> None:
    """Of partial evidence the first line counts what the resume asserts or lists and tells no work of."""
    report = ranking[2]
    matches = [match for match in report.matches if match.verdict is Verdict.PARTIAL]
    quote = next(quote for match in matches for quote in match.evidence)
    listed = replace(quote, section=SectionKind.SKILLS, position=None)
    said = replace(
        report,
        matches=tuple(
            replace(match, evidence=(listed,)) if match is matches[0] else match for match in report.matches
        ),
    )
    assert headline(said) == (
        "Required: 3 strong, 2 partial (1 only said or listed), 1 contradicted; assessed 6 of 6"
    )


def test_top_keeps_the_best_and_quotes_all_of_them(ranking: Ranking, tmp_path: Path) -> None:
    """With `top` 2 the list and the quotes hold the first two candidates alone; the pool is all of them."""
    out = tmp_path / "out.txt"
    write_ranking(ranking, "table", out, top=2)
    text = out.read_text("utf-8")
    assert "Tomás Ferreira" not in text
    assert text.count("assessed 6 of 6") == 4  # in the list and above their quotes
    assert "how many of 7 show it" in text


def test_machine_readable_output_is_utf8_bytes(
    ranking: Ranking, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """Standard output and a file get the same bytes."""
    write_ranking(ranking, "json")
    shown = capfdbinary.readouterr().out
    write_ranking(ranking, "json", tmp_path / "out.json")
    assert shown == (tmp_path / "out.json").read_bytes()
    assert "Zürich".encode() in shown


def test_a_place_that_cannot_be_written_is_named(ranking: Ranking, tmp_path: Path) -> None:
    """Writing into a folder that does not exist raises with the path and what to do."""
    with pytest.raises(FileUnavailableError, match=r"could not be written to .*choose another place"):
        write_ranking(ranking, "csv", tmp_path / "absent" / "out.csv")


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (None, ""),
        (Period(PartialDate(2019, 1), None, True), "Jan 2019 – present"),
        (Period(PartialDate(2014), PartialDate(2018, 12)), "2014 – Dec 2018"),
        (Period(None, PartialDate(2018)), "until 2018"),
        (Period(PartialDate(2018), None), "from 2018"),
        (Period(PartialDate(2018), PartialDate(2018)), "2018"),
        (Period(None, None), ""),
    ],
)
def test_period_text(period: Period | None, text: str) -> None:
    """A period is worded as precisely as it was written, and never more."""
    assert str(period or "") == text


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Logistics(), []),
        (
            Logistics(salary_min=18.5, salary_max=22.75, salary_currency="USD", salary_period="hour"),
            ["USD 18.50–22.75 an hour"],
        ),
        (Logistics(salary_max=90000, salary_currency="EUR"), ["up to EUR 90,000"]),
        (Logistics(salary_min=50000, salary_max=50000), ["50,000"]),
        (Logistics(visa_sponsorship=False, travel_percent=0), ["no visa sponsorship", "no travel"]),
    ],
)
def test_terms_of(terms: Logistics, words: list[str]) -> None:
    """Terms are worded from what the posting states and from nothing else."""
    assert terms_of(terms) == words


def test_constraint_texts() -> None:
    """Each constraint is said in words, alternatives with "or"."""
    asked = Constraints(
        min_years=2.5,
        degree=DegreeLevel.MASTER,
        degree_fields=("Law", "History"),
        or_equivalent=True,
        licences=("RN", "LPN"),
        any_licence=True,
        languages=("French", "German"),
    )
    assert constraint_texts(asked) == [
        "at least 2.5 years",
        "master’s degree in Law or History or an equivalent",
        "RN or LPN",
        "French and German",
    ]


def test_the_equivalent_of_a_diploma_is_not_called_experience() -> None:
    """ "High school diploma, GED or equivalent" accepts another paper as well as experience."""
    asked = Constraints(degree=DegreeLevel.HIGH_SCHOOL, or_equivalent=True)
    assert constraint_texts(asked) == ["high school diploma or an equivalent"]


def test_an_upper_number_of_years_is_shown_as_asked_and_not_as_checked() -> None:
    """ "2-5 years" is checked as at least two, and an upper number alone checks nothing."""
    assert constraint_texts(Constraints(min_years=2, max_years=5)) == ["at least 2 years (asked: 2–5)"]
    assert constraint_texts(Constraints(max_years=5)) == []


def test_folded_cuts_at_the_limit() -> None:
    """A text is put on one line and cut to the limit with an ellipsis."""
    assert folded("a\n b\tc", 5) == "a b c"
    assert folded("abcdef", 5) == "abcd…"


def test_sources_are_shown_below_the_folder_they_share(ranking: Ranking) -> None:
    """No folder of the machine is shown that does not tell two files apart."""
    first, second = ranking.reports[:2]
    moved = replace(
        ranking,
        reports=(
            replace(first, source="/home/ann/in/a.pdf"),
            replace(second, source="/home/ann/in/new/b.pdf"),
        ),
        rejected=(Rejected("/home/ann/in/c.pdf", "document_empty", "empty"),),
    )
    assert list(short_sources(moved).values()) == ["a.pdf", "new/b.pdf", "c.pdf"]
    assert "/home" not in printed(moved)
    alone = replace(moved, reports=(replace(first, source="C:\\in\\a.pdf"),), rejected=())
    assert short_sources(alone) == {"C:\\in\\a.pdf": "a.pdf"}
