"""How much of the fixtures' resumes the parser reads rightly, per field and per layout and producer.

    python benchmarks/fixture_parsing.py            # a table of shares
    python benchmarks/fixture_parsing.py --misses   # and every miss, file by file

The truth is `data/fixtures/expected/`, which comes from the same content files that the resumes are drawn
from. A field that the truth leaves open (null) is not counted. Text is compared with case and white space
folded; a licence's name counts when it is part of the name read, because a parser may keep the whole line.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matcher.documents import read
from matcher.errors import MatcherError
from matcher.resumes import parse
from matcher.types import PartialDate, Period, Resume

FIXTURES = Path(__file__).resolve().parent.parent / "data" / "fixtures"
FIELDS = (
    "name", "title", "employer", "start", "end", "bullets", "no extra job", "level", "field", "school",
    "study dates", "completed", "skills", "no extra skill", "languages", "language level", "licences",
    "licence dates",
)  # fmt: skip


@dataclass
class Score:
    """Right and counted per field, and the misses in words."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    total: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    misses: list[str] = field(default_factory=list)

    def count(self, name: str, right: bool, what: str) -> None:
        """Add one comparison of the field `name`; `what` says what was wrong."""
        self.right[name] += right
        self.total[name] += 1
        if not right:
            self.misses.append(f"{name}: {what}")


def fold(text: str | None) -> str:
    """Case and white space folded; "" for nothing."""
    return " ".join((text or "").split()).casefold().strip(" .,;")


def same_date(want: str | None, date: PartialDate | None, current: bool) -> bool:
    """True when the date read is the one of the truth; "YYYY~" leaves the month free."""
    if want is None:
        return date is None and not current
    if want == "present":
        return current
    if date is None:
        return False
    if want.endswith("~"):
        return date.year == int(want[:4])
    return f"{date.year:04d}" + (f"-{date.month:02d}" if date.month else "") == want


def dates_right(want: dict[str, Any], period: Period | None) -> tuple[bool, bool]:
    """Whether start and end are right."""
    if period is None:
        return want["start"] is None, want["end"] is None
    return same_date(want["start"], period.start, False), same_date(want["end"], period.end, period.current)


def score_positions(score: Score, truth: dict[str, Any], resume: Resume) -> None:
    """Match each true position with the parsed one that shares most, each used once."""
    left = list(resume.positions)
    for want in truth["positions"]:

        def shared(position: Any, want: dict[str, Any] = want) -> tuple[bool, int]:
            same = fold(position.title) == fold(want["title"])
            return same, (fold(position.employer) == fold(want["employer"])) + sum(
                dates_right(want, position.period)
            )

        best = max(left, key=shared, default=None)
        if best is None or shared(best) <= (False, 0):
            for name in ("title", "employer", "start", "end", "bullets"):
                score.count(name, False, f"{want['title']}: no such position was read")
            continue
        left.remove(best)
        start, end = dates_right(want, best.period)
        score.count(
            "title", fold(best.title) == fold(want["title"]), f"{want['title']!r}, read {best.title!r}"
        )
        employer = fold(best.employer) == fold(want["employer"])
        score.count("employer", employer, f"{want['employer']!r}, read {best.employer!r}")
        score.count("start", start, f"{want['title']}: {want['start']}, read {best.period}")
        score.count("end", end, f"{want['title']}: {want['end']}, read {best.period}")
        number = len(best.bullets)
        score.count(
            "bullets", number == want["bullets"], f"{want['title']}: {want['bullets']}, read {number}"
        )
    extra = [position for position in left if fold(position.title) not in map(fold, truth["not_positions"])]
    score.count("no extra job", not extra, f"read also {[(p.title, p.employer) for p in extra]}")


def score_education(score: Score, truth: dict[str, Any], resume: Resume) -> None:
    """Match each true study with the parsed one of the same school and most like it."""
    left = list(resume.education)
    for want in truth["education"]:

        def shared(study: Any, want: dict[str, Any] = want) -> int:
            return int(
                2 * (fold(study.institution) == fold(want["institution"]))
                + 2 * (fold(study.field) == fold(want["field"]))
                + (study.level == want["level"])
                + sum(dates_right(want, study.period))
            )

        best = max(left, key=shared, default=None)
        if best is not None:
            left.remove(best)
        label = f"{want['level']} {want['field']}"
        if want["level"]:
            level = best.level if best else None
            score.count("level", level == want["level"], f"{label}: read {level}")
        if want["field"]:
            read_field = best.field if best else None
            score.count("field", fold(read_field) == fold(want["field"]), f"{label}: read {read_field!r}")
        if want["institution"]:
            school = best.institution if best else None
            score.count(
                "school", fold(school) == fold(want["institution"]), f"{want['institution']}: read {school!r}"
            )
        dates = all(dates_right(want, best.period)) if best else False
        score.count(
            "study dates", dates, f"{label}: {want['start']} {want['end']}, read {best and best.period}"
        )
        if want["completed"] is not None:
            completed = best.completed if best else None
            score.count("completed", completed == want["completed"], f"{label}: read {completed}")


def score_lists(score: Score, truth: dict[str, Any], resume: Resume) -> None:
    """Skills, languages and licences."""
    found = {fold(skill.name) for skill in resume.skills}
    wanted = {fold(skill) for skill in truth["skills"]}
    for skill in truth["skills"]:
        score.count("skills", fold(skill) in found, f"{skill} is not in {sorted(found)[:12]}")
    for skill in sorted(found):
        score.count("no extra skill", skill in wanted, repr(skill))
    languages = {language.name: language.level for language in resume.languages}
    for want in truth["languages"]:
        score.count("languages", want["name"] in languages, f"{want['name']}, read {sorted(languages)}")
        if want["level"]:
            level = languages.get(want["name"])
            score.count(
                "language level", fold(level) == fold(want["level"]), f"{want['level']}, read {level!r}"
            )
    for want in truth["licences"]:
        best = next((one for one in resume.licences if fold(want["name"]) in fold(one.name)), None)
        score.count(
            "licences", best is not None, f"{want['name']}, read {[one.name for one in resume.licences]}"
        )
        if want["issued"] or want["expires"]:
            right = best is not None and (
                same_date(want["issued"], best.issued, False)
                and same_date(want["expires"], best.expires, False)
            )
            read_dates = best and (best.issued, best.expires)
            score.count(
                "licence dates", right, f"{want['name']}: {want['issued']} {want['expires']}, {read_dates}"
            )


def score_file(path: Path, truth: dict[str, Any]) -> Score:
    """Read one resume and compare it with the truth."""
    score = Score()
    resume = parse(read(path.read_bytes()), path.name)
    score.count("name", fold(resume.contact.name) == fold(truth["name"]), f"read {resume.contact.name!r}")
    score_positions(score, truth, resume)
    score_education(score, truth, resume)
    score_lists(score, truth, resume)
    return score


def main() -> None:
    """Print the shares, and with `--misses` what was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="list every miss")
    parser.add_argument("--only", default="", help="only files whose path contains this")
    arguments = parser.parse_args()
    provenance = json.loads((FIXTURES / "provenance.json").read_text(encoding="utf-8"))
    groups: dict[str, Score] = defaultdict(Score)
    for entry in provenance["files"]:
        if not entry["file"].startswith(("resumes/", "renderings/")) or arguments.only not in entry["file"]:
            continue
        slug = Path(entry["content"]).stem
        truth = json.loads((FIXTURES / "expected" / f"{slug}.json").read_text(encoding="utf-8"))
        try:
            score = score_file(FIXTURES / entry["file"], truth)
        except MatcherError as error:
            print(f"{entry['file']}: {error.code}: {error.message}")
            continue
        for name in (f"{entry['layout']}, {entry['producer']}", "all"):
            for field_name in FIELDS:
                groups[name].right[field_name] += score.right[field_name]
                groups[name].total[field_name] += score.total[field_name]
        if arguments.misses:
            for miss in score.misses:
                print(f"{entry['file']}: {miss}")
    names = [name for name in sorted(groups) if name != "all"] + ["all"]
    for field_name in FIELDS:
        total = groups["all"].total[field_name]
        print(f"{field_name:16}{groups['all'].right[field_name] / max(total, 1):7.1%} of {total}")
    print(f"\n{'layout, producer':26}" + "".join(f"{name[:9]:>10}" for name in FIELDS[:6] + FIELDS[7:11]))
    for name in names:
        shares = [
            f"{groups[name].right[key] / groups[name].total[key]:10.1%}"
            if groups[name].total[key]
            else f"{'-':>10}"
            for key in FIELDS[:6] + FIELDS[7:11]
        ]
        print(f"{name:26}" + "".join(shares))


if __name__ == "__main__":
    main()
