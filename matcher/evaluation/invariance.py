"""The invariance suite: what must not move a score, and how much what may does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from matcher.documents import read
from matcher.embedding import load_encoder
from matcher.errors import DocumentError
from matcher.evaluation.invariance_changes import LAWS, REAL_CHANGES, REPORTED, Change, Original
from matcher.evaluation.invariance_photo import with_picture
from matcher.evaluation.invariance_scores import Comparison, Scorer
from matcher.evaluation.invariance_service import comparisons
from matcher.evaluation.parsing_tally import fixtures, not_measured, read_yaml
from matcher.evaluation.tables import Cell, Table
from matcher.matching import RoleProfile, with_wordings
from matcher.roles import parse as parse_role
from matcher.service import Matcher

TODAY = date(2026, 1, 15)
SEED = 20260115
# Few enough that the suite takes under a minute on two cores, and far enough apart.
ROLES = ("research-manager.txt", "icu-nurse.md", "construction-project-manager.docx", "head-chef.txt")
REAL = "resumes/livecareer"
_REAL_TITLE = "Real resumes under invented names"
_LAWS_NOTE = (
    "Every resume is changed in every draw, and each role's ranking compared with the unchanged one. Scores "
    "count as equal when score, coverage, every verdict and every strength of evidence are, to the last bit. "
    "RBO is extrapolated rank-biased overlap, p = 0.9. Order, batch and pool go through the service; the "
    "other rows embed each text once. The candidate's id is held fixed, because it settles ties."
)
_REPORTED_NOTE = (
    "These words say something about the work as well as about the person, so they are not masked. The "
    "largest change is of a score between 0 and 1."
)
_REAL_NOTE = "The owners of these resumes were taken out by their publisher; a contact block is put on top."
_COLUMNS = (
    "change",
    "resumes",
    "draws",
    "scores",
    "equal to the last bit",
    "largest change",
    "rankings",
    "identical",
    "mean RBO",
    "least RBO",
)


def originals(folder: Path, parts: Sequence[str] = ("resumes/",)) -> list[Original]:
    """The fixture resumes under `parts` with what their content says of the person."""
    found = []
    for entry in json.loads((folder / "provenance.json").read_text("utf-8"))["files"]:
        if not entry["file"].startswith(tuple(parts)):
            continue
        content = read_yaml(folder / entry["content"])
        known = content["contact"]
        blocks = content["sections"]
        jobs = [job for block in blocks for job in block.get("jobs", ()) if job.get("did")]
        studies = [study for block in blocks for study in block.get("education", ())]
        found.append(
            Original(
                source=entry["file"],
                document=read((folder / entry["file"]).read_bytes()),
                name=content["name"],
                place=known.get("place"),
                phone=known.get("phone"),
                email=known.get("email"),
                links=tuple(known.get("links", ())),
                schools=tuple(dict.fromkeys(s["school"] for s in studies if s.get("school"))),
                bullet=jobs[0]["did"][0] if jobs else None,
                studied=tuple(str(s["when"]) for s in studies if s.get("when")),
            )
        )
    return found


def run(data: Path | None) -> list[Table]:
    """The tables of the suite; with `data`, counts for its real resumes, too.

    Raises FileUnavailableError outside a checkout, MissingExtraError without the libraries that draw.
    """
    folder = fixtures()
    people = originals(folder)
    roles = [parse_role(read((folder / "roles" / name).read_bytes())) for name in ROLES]
    scorer = Scorer(load_encoder(), [RoleProfile.of(with_wordings(role)) for role in roles], TODAY)
    laws = [row_of(label, compare(scorer, people, change, draws)) for label, change, draws in LAWS]
    laws.append(row_of("a photograph", photographs(scorer, folder, people)))
    some = [scorer.parsed(person.document, person.source) for person in people[::2]]
    with Matcher() as matcher:
        laws += [row_of(*found) for found in comparisons(matcher, roles[0], some, TODAY, Random(SEED))]
    tables = [
        Table("invariance.laws", "What may move no score", _COLUMNS, tuple(laws), _LAWS_NOTE),
        Table(
            "invariance.reported",
            "What may move a score, and how far",
            _COLUMNS,
            tuple(row_of(label, compare(scorer, people, change, draws)) for label, change, draws in REPORTED),
            _REPORTED_NOTE,
        ),
    ]
    found = sorted((data / REAL).rglob("*.pdf")) if data else []
    if not found:
        return [*tables, not_measured("invariance.real", _REAL_TITLE, f"FOLDER/{REAL}")]
    return [*tables, real_table(scorer, found)]


def photographs(scorer: Scorer, folder: Path, people: Sequence[Original]) -> Comparison:
    """Every file that can hold a picture, with one and without."""
    found = Comparison()
    before, after = [], []
    for person in people:
        pictured = with_picture(folder / person.source)
        if pictured is not None:
            document = replace(read(pictured), sha256=person.document.sha256)
            before.append(scorer.parsed(person.document, person.source))
            after.append(scorer.parsed(document, person.source))
    found.add(scorer.rankings(before), scorer.rankings(after), {resume.source for resume in before})
    return found


def real_table(scorer: Scorer, paths: Sequence[Path]) -> Table:
    """Real resumes, whose owners are taken out already, with invented people put on top: counts alone."""
    people: list[Original] = []
    for path in paths:
        try:
            document = read(path.read_bytes())
        except DocumentError:
            continue
        people.append(Original(path.name, document, "", None, None, None, (), (), None, ()))
    rows = [row_of(label, compare(scorer, people, change, draws)) for label, change, draws in REAL_CHANGES]
    return Table("invariance.real", _REAL_TITLE, _COLUMNS, tuple(rows), _REAL_NOTE)


def row_of(label: str, c: Comparison) -> tuple[Cell, ...]:
    """A comparison as a row."""
    overlaps = c.overlaps or [1.0]
    return (
        label, len(c.resumes), c.draws, c.scores, c.same / max(1, c.scores), c.largest, c.rankings,
        c.identical / max(1, c.rankings),
        sum(overlaps) / len(overlaps), min(overlaps),
    )  # fmt: skip


def compare(scorer: Scorer, people: Sequence[Original], change: Change, draws: int) -> Comparison:
    """The rankings without and with the change, over `draws` seeded draws that each change every resume."""
    found = Comparison()
    for draw in range(draws):
        random = Random(f"{SEED} {draw}")
        pairs = [(person.source, *change(person, random)) for person in people]
        found.add(
            scorer.rankings([scorer.parsed(before, source) for source, before, _ in pairs]),
            scorer.rankings([scorer.parsed(after, source) for source, _, after in pairs]),
            {source for source, before, after in pairs if before.text != after.text},
        )
    return found
