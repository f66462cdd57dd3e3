"""The quotes that a reader sees first: the best of a whole resume for each qualification, by us and by the
cosine of stock MiniLM.

Two sets of whole resumes against whole postings: `fixtures`, those of this project, and `livecareer`, real
anonymised resumes of the data folder, whose text never enters this repository.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matcher.errors import FileUnavailableError
from matcher.evaluation.ranking_baselines import Vectors
from matcher.index import similarities
from matcher.service import Matcher
from matcher.types import Match, MatchReport, Qualification, Resume, Role, Snippet, Verdict

FIXTURES_SET = "fixtures"
LIVECAREER = "livecareer"
OURS = "ours"
STOCK = "stock MiniLM cosine"

TODAY = date(2026, 10, 1)  # closes current positions; the day on which the fixtures are set
SEED = 7  # of the order in which quotes are drawn for grading
AGENCY_ROLES = 5  # postings drawn from roles/tts, whose qualifications were in no graded pairs before

# The lower ends of the bands of strength. A quote may be weaker than the verdict it stands under: a checked
# fact, several lines together, or enough years carried that.
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)

# What a qualification asks for that can be checked, the first of them that it asks for.
KINDS = ("degree", "licence", "language", "years", "prose alone")

# How many quotes one round of grading draws: of ours from each band, of the baseline from all.
OF_BAND = {FIXTURES_SET: 26, LIVECAREER: 30}
OF_STOCK = 80

# Postings of other languages, or whose occupation none of the fixture resumes has.
_NOT_FITTING = frozenset(
    {
        "51-pflegefachkraft", "52-comptable", "58-museum-curator", "60-ingeniero-datos",
        "64-associate-dentist", "65-senior-policy-adviser", "70-care-assistant", "73-insurance-claims",
        "75-librarian",
    }
)  # fmt: skip
_NOT_RESUMES = frozenset({"parrot"})  # repeats a posting: a hostile file, no resume


@dataclass(frozen=True, slots=True)
class Shown:
    """The best quote for one qualification in one resume.

    `value` is the quote's strength, or its cosine for the baseline, which has no `verdict`. `kind` is one of
    KINDS. `position` is the title of the job under which it stands.
    """

    source: str
    system: str
    role: str
    resume: str
    kind: str
    qualification: str
    text: str
    section: str
    position: str | None
    value: float
    verdict: Verdict | None = None

    @property
    def key(self) -> str:
        """What a grade is kept under: 16 hex digits of a digest of the two texts, white space folded."""
        return key(self.qualification, self.text)

    @property
    def band(self) -> int:
        """The place in BANDS of the quote's strength; the baseline has one band."""
        if self.verdict is None:
            return 0
        return max(place for place, start in enumerate(BANDS) if round(self.value, 9) >= start)


def key(qualification: str, text: str) -> str:
    """16 hex digits that stand for a qualification and a quote."""
    folded = "\0".join(" ".join(part.split()) for part in (qualification, text))
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


def kind_of(qualification: Qualification) -> str:
    """The one of KINDS that a qualification is."""
    asked = qualification.constraints
    checked = (asked.degree, asked.licences, asked.languages, asked.min_years, True)
    return next(kind for kind, there in zip(KINDS, checked, strict=True) if there)


def fixture_files(folder: Path) -> tuple[list[Path], list[Path]]:
    """Postings and resumes of the fixtures. Raises FileUnavailableError where they are not there."""
    if not (folder / "resumes").is_dir():
        raise FileUnavailableError(
            "The fixtures are not in the installed package: run this from a checkout of the repository."
        )
    found = _files(folder / "roles") + _files(folder / "roles" / "worldwide")
    resumes = [path for path in _files(folder / "resumes") if path.stem not in _NOT_RESUMES]
    return [path for path in found if path.stem not in _NOT_FITTING], resumes


def livecareer_files(data: Path) -> tuple[list[Path], list[Path]]:
    """Postings and resumes of the data folder; no resumes where it lacks them."""
    agency = [path for path in _files(data / "roles" / "tts") if path.stem != "LICENSE"]
    drawn = random.Random(SEED).sample(agency, min(AGENCY_ROLES, len(agency)))
    roles = [*_files(data / "roles"), *_files(data / "roles" / "authored"), *sorted(drawn)]
    return roles, _files(data / "resumes" / "livecareer")


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if path.is_file() and not path.name.endswith(".gold.json")
    )


def shown_quotes(
    matcher: Matcher, vectors: Vectors, source: str, roles: Iterable[Path], resumes: Iterable[Path]
) -> list[Shown]:
    """The best quote of every match that `matcher` calls strong or partial, and as many of the baseline.

    Qualifications that count nothing (duties beside stated requirements) are left out. The baseline's quote
    is the snippet nearest to the qualification by `vectors`; its nearest quotes over all postings and
    resumes are taken, as many as are ours.
    """
    read = [(path.stem, matcher.read_resume(path)) for path in resumes]
    names = {resume.candidate_id: stem for stem, resume in read}
    ours: list[Shown] = []
    nearest: list[Shown] = []
    for path in roles:
        role = matcher.read_role(path)
        for report in matcher.rank(role, [resume for _, resume in read], today=TODAY):
            name = names[report.candidate_id]
            ours += [
                _ours(source, path.stem, name, report, match) for match in report.matches if _seen(match)
            ]
        for stem, resume in read:
            nearest += _nearest(vectors, source, path.stem, role, stem, resume)
    nearest.sort(key=lambda item: (-item.value, item.key, item.role, item.resume))
    return ours + nearest[: len(ours)]


def _seen(match: Match) -> bool:
    told = match.verdict in (Verdict.STRONG, Verdict.PARTIAL)
    return told and match.qualification.weight > 0 and bool(match.evidence)


def _ours(source: str, role: str, name: str, report: MatchReport, match: Match) -> Shown:
    best = match.evidence[0]
    return Shown(
        source=source,
        system=OURS,
        role=role,
        resume=name,
        kind=kind_of(match.qualification),
        qualification=match.qualification.text,
        text=best.text,
        section=best.section.value,
        position=_title(report.resume, best.position),
        value=best.strength,
        verdict=match.verdict,
    )


def _nearest(
    vectors: Vectors, source: str, stem: str, role: Role, name: str, resume: Resume
) -> Iterable[Shown]:
    asked: list[Qualification] = [item for item in role.qualifications if item.weight > 0]
    if not asked or not resume.snippets:
        return
    cosines = similarities(
        vectors([item.text for item in asked]), vectors([item.masked for item in resume.snippets])
    )
    for item, row in zip(asked, cosines, strict=True):
        place = int(row.argmax())
        snippet: Snippet = resume.snippets[place]
        yield Shown(
            source=source,
            system=STOCK,
            role=stem,
            resume=name,
            kind=kind_of(item),
            qualification=item.text,
            text=snippet.text,
            section=snippet.section.value,
            position=_title(resume, snippet.position),
            value=float(row[place]),
        )


def _title(resume: Resume, position: int | None) -> str | None:
    return None if position is None else resume.positions[position].title


def drawn(quotes: Sequence[Shown]) -> list[Shown]:
    """Those of `quotes` to grade: OF_BAND of ours from each band of each set, OF_STOCK of the baseline's.

    Within a band one of each posting in turn, in an order by a digest of the texts and SEED: quotes that
    stay the same are drawn again after a change of the matcher.
    """
    strata: dict[tuple[str, str, int], dict[str, Shown]] = {}
    for item in quotes:
        strata.setdefault((item.source, item.system, item.band), {}).setdefault(item.key, item)
    chosen: list[Shown] = []
    for (source, system, _), found in sorted(strata.items()):
        number = OF_BAND[source] if system == OURS else OF_STOCK
        chosen += _in_turn(list(found.values()))[:number]
    return chosen


def _in_turn(quotes: Sequence[Shown]) -> list[Shown]:
    """One quote of each posting, then a second one of each, and so on."""
    turn: dict[str, int] = {}
    order: list[tuple[int, str, Shown]] = []
    for name, item in sorted(((_lot(item.key), item) for item in quotes), key=lambda row: row[0]):
        turn[item.role] = turn.get(item.role, 0) + 1
        order.append((turn[item.role], name, item))
    return [item for _, _, item in sorted(order, key=lambda row: row[:2])]


def _lot(text: str) -> str:
    return hashlib.sha256(f"{SEED} {text}".encode()).hexdigest()
