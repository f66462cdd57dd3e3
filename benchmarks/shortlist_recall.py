"""How many of the best people a shortlist holds, role by role, against matching everybody.

    python benchmarks/shortlist_recall.py FOLDER CACHE [--candidates 2000]

FOLDER and CACHE are those of `corpus_text.py`, which makes the candidates and the vectors of their lines.
Each candidate is parsed, outlined and matched in full with sixteen roles of the fixtures: some 100 ms of a
quiet core each, kept below CACHE in parts of 1,000 for the rules in use. The lines of each text are found
exactly; an index that finds .95 of them loses what its own benchmark says. Recall is the share of the best
fifty whose score somebody on the shortlist has: people of equal score stand for each other. The first eight
roles are those that the rough score was made with, the others were looked at afterwards. Last come the means
over the roles, also with a part of the rough score left out, and that of the fused ranks of the lines alone.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from common import ROOT
from corpus_text import SHARD, Candidate, candidates, vectors
from numpy.typing import NDArray

from matcher.corpus.enough import is_enough, next_step
from matcher.corpus.fusion import K, first_of_each
from matcher.corpus.role_search import SHORTLIST
from matcher.corpus.shortlist import LINES, looked_at
from matcher.embedding import Encoder, load_encoder
from matcher.matching import (
    Hits,
    Outlines,
    RoleProfile,
    likeliest,
    outline,
    outline_bytes,
    outline_from,
    prepare,
    prepared_start,
    searched,
    with_wordings,
)
from matcher.parsing import parse_resume, parse_role
from matcher.ranking import report_of
from matcher.settings import Limits
from matcher.types import Constraints, Role

ROLES = ROOT / "data" / "fixtures" / "roles"
MADE_WITH = (
    "branch-manager.docx",
    "construction-project-manager.docx",
    "electrician.md",
    "head-chef.txt",
    "icu-nurse.md",
    "research-manager.txt",
    "authored/05-hr-business-partner.txt",
    "authored/21-business-development-associate.txt",
)
SEEN_AFTERWARDS = (
    "backend-engineer.html",
    "bridge-engineer.html",
    "corporate-counsel.docx",
    "farm-manager.txt",
    "marketing-data-analyst.txt",
    "physics-teacher.txt",
    "authored/27-pharmacist.txt",
    "worldwide/62-hotel-manager.txt",
)
SIZES = (54, 60, 100, SHORTLIST)
TOP = 50
TODAY = date(2026, 11, 1)


Asked = tuple[RoleProfile, NDArray[np.float32]]
Found = dict[int, Hits]


def asked(name: str, encoder: Encoder, change: Callable[[Role], Role] = lambda role: role) -> Asked:
    """A role of the fixtures, changed, with the vectors of its texts."""
    role = parse_role((ROLES / name).read_bytes(), name, Limits())
    profile = RoleProfile.of(with_wordings(change(role)))
    return profile, encoder.encode(profile.texts)


def without_facts(role: Role) -> Role:
    """The role as if its words were all that it asks."""
    return replace(
        role, qualifications=tuple(replace(item, constraints=Constraints()) for item in role.qualifications)
    )


class Part:
    """Some candidates: their outlines, the vectors of their lines, and their score for each role."""

    def __init__(
        self, shard: list[Candidate], cache: Path, encoder: Encoder, roles: Mapping[str, Asked]
    ) -> None:
        """From below `cache`, where they were made before by these rules."""
        key = hashlib.sha256(
            b"".join([prepared_start(), encoder.fingerprint.encode(), *map(str.encode, roles)])
        )
        folder = cache / f"shortlist-{key.hexdigest()[:12]}"
        file, rows = (folder / f"{shard[0].number:06}{end}" for end in (".npz", "-vectors.npy"))
        if not file.exists():
            folder.mkdir(exist_ok=True)
            self._make(shard, cache, encoder, roles, rows, file)
        kept = np.load(file)
        self.vectors: NDArray[np.float32] = np.load(rows, mmap_mode="r")
        self.scores: NDArray[np.float64] = kept["scores"]
        ends = np.cumsum(kept["sizes"]).tolist()
        data = kept["outlines"].tobytes()
        self.outlines = [data[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def _make(
        self,
        shard: list[Candidate],
        cache: Path,
        encoder: Encoder,
        roles: Mapping[str, Asked],
        rows: Path,
        file: Path,
    ) -> None:
        texts = (text for one in shard for text in one.snippets)
        known = dict(zip(texts, vectors(shard, cache, 1, encoder), strict=False))
        resumes = [parse_resume(one.markdown.encode(), f"{one.number}.md", Limits()) for one in shard]
        lines = [snippet.masked for resume in resumes for snippet in resume.snippets]
        missing = [text for text in dict.fromkeys(lines) if text not in known]
        known |= dict(zip(missing, encoder.encode(missing), strict=True))
        np.save(rows, np.stack([known[line] for line in lines]))
        made, scores = [], np.zeros((len(roles), len(resumes)))
        for place, resume in enumerate(resumes):
            prepared = prepare(resume)
            made.append(outline_bytes(outline(resume, prepared, TODAY)))
            own = np.stack([known[snippet.masked] for snippet in resume.snippets])
            for row, (profile, wanted) in enumerate(roles.values()):
                report = report_of(profile, wanted, resume, own, encoder.fingerprint, TODAY, 0, prepared)
                scores[row, place] = -1.0 if report.score is None else report.score
        sizes = np.array([len(each) for each in made])
        np.savez(file, scores=scores, sizes=sizes, outlines=np.frombuffer(b"".join(made), np.uint8))


def hits(rows: list[int], wanted: NDArray[np.float32], parts: list[Part], most: int) -> Found:
    """The `most` nearest lines of each of the rows, exactly."""
    cosines = np.concatenate([wanted[rows] @ part.vectors.T for part in parts], axis=1)
    nearest = np.argpartition(-cosines, min(most, cosines.shape[1]) - 1, axis=1)[:, :most]
    return {row: Hits(lines, own[lines]) for row, lines, own in zip(rows, nearest, cosines, strict=True)}


def chosen_by(
    question: Asked, outlines: Outlines, parts: list[Part]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The shortlist and its estimates, looked at twice as `corpus/shortlist.py` does."""
    profile, wanted = question
    rows, ends = searched(profile), np.cumsum([len(part.vectors) for part in parts])
    found = hits(rows, wanted, parts, LINES)
    nearer = looked_at(profile, found, outlines, TODAY, SHORTLIST, TOP)
    own, (lines, _) = outlines.among(nearer), outlines.lines.places(nearer)
    of_parts = np.split(lines, np.searchsorted(lines, ends[:-1]))
    starts = [0, *ends[:-1].tolist()]
    vectors = [part.vectors[of - start] for part, of, start in zip(parts, of_parts, starts, strict=True)]
    cosines = wanted[rows] @ np.concatenate(vectors).T
    near = {row: Hits(np.arange(len(lines)), of_row) for row, of_row in zip(rows, cosines, strict=True)}
    best, estimated = likeliest(profile, near, own, TODAY, SHORTLIST, complete=True)
    return nearer[best], estimated


def fused_ranks(profile: RoleProfile, found: Found, outlines: Outlines) -> NDArray[np.intp]:
    """People by the ranks of their nearest line for each demand, fused by its weight."""
    gained: dict[int, float] = {}
    for number, demand in enumerate(profile.demands):
        if demand.qualification.weight > 0:
            lines = found[number].lines[np.argsort(-found[number].cosines)]
            for rank, person in enumerate(first_of_each(outlines.people_of(lines).tolist()), K + 1):
                gained[person] = gained.get(person, 0.0) + demand.qualification.weight / rank
    return np.array(sorted(gained, key=lambda person: (-gained[person], person)), dtype=np.intp)


def recalls(scores: NDArray[np.float64], chosen: NDArray[np.intp]) -> list[float]:
    """For each of SIZES the share of the best TOP scores that those chosen first have."""
    least = np.sort(scores)[::-1][TOP - 1]
    return [min(TOP, int((scores[chosen[:size]] >= least).sum())) / TOP for size in SIZES]


def compared(scores: list[float], estimated: list[float]) -> int:
    """How many of a shortlist a search compares, as `corpus/role_search.py` does."""
    done = 0
    while done < len(scores):
        known = [pair for pair in zip(estimated[:done], scores[:done], strict=True) if pair[1] >= 0]
        if is_enough(known, estimated[done:], TOP):
            break
        done += next_step(done, TOP)
    return min(done, len(scores))


def shown(name: str, rows: list[list[float]]) -> str:
    means = [statistics.fmean(column) for column in zip(*rows, strict=True)]
    return f"{name:48}" + "".join(f"{mean:8.3f}" for mean in means)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--candidates", type=int, default=2 * SHARD)
    given = parser.parse_args()
    encoder = load_encoder()
    roles = {name: asked(name, encoder) for name in (*MADE_WITH, *SEEN_AFTERWARDS)}
    shards = candidates(given.folder, given.cache, 1, given.candidates)
    parts = [Part(shard, given.cache, encoder, roles) for shard in shards]
    scores = np.concatenate([part.scores for part in parts], axis=1)
    read = [outline_from(data) for part in parts for data in part.outlines]
    start = time.process_time()
    outlines = Outlines.of({number: each for number, each in enumerate(read) if each is not None})
    ready = time.process_time() - start
    print(f"{len(outlines)} people, {len(outlines.marks)} lines, columns ready in {ready:.2f} s")
    unlike = replace(outlines, stems=np.zeros_like(outlines.stems))
    described = replace(outlines, marks=outlines.marks & ~np.uint8(7) | np.uint8(3))
    halves: dict[str, list[list[float]]] = {}
    costs: list[float] = []
    steps: list[int] = []
    held: list[float] = []
    errors: list[NDArray[np.float64]] = []
    print(f"{'share of the best ' + str(TOP) + ', shortlist of':48}" + "".join(f"{size:8}" for size in SIZES))
    for row, (name, (profile, wanted)) in enumerate(roles.items()):
        found = hits(searched(profile), wanted, parts, LINES)

        def counted(title: str, chosen: NDArray[np.intp], place: int = row) -> None:
            halves.setdefault(title, []).append(recalls(scores[place], chosen))

        start = time.process_time()
        chosen, estimated = chosen_by((profile, wanted), outlines, parts)
        costs.append((time.process_time() - start) * 1e3)
        judged = scores[row][chosen] >= 0
        errors.append(np.abs(scores[row][chosen] - estimated)[judged])
        steps.append(compared(scores[row][chosen].tolist(), estimated.tolist()))
        held.append(recalls(scores[row], chosen[: steps[-1]])[-1])
        half = "roles it was made with" if name in MADE_WITH else "roles seen afterwards"
        counted(half, chosen)
        print(shown(name, [halves[half][-1]]))
        plain, same = asked(name, encoder, without_facts)
        counted("without a second look", likeliest(profile, found, outlines, TODAY, SHORTLIST)[0])
        counted("without facts", chosen_by((plain, same), outlines, parts)[0])
        counted("without words", chosen_by((profile, wanted), unlike, parts)[0])
        counted("without kinds of evidence", chosen_by((profile, wanted), described, parts)[0])
        counted("fused ranks of lines", fused_ranks(profile, found, outlines))
    for title, rows in halves.items():
        print(shown(title, rows))
    print(
        f"compared until nobody who is left is likely to come in: {statistics.median(steps):.0f} people of "
        f"{SHORTLIST}, {statistics.fmean(steps):.0f} in the mean and {max(steps)} at most, who hold "
        f"{statistics.fmean(held):.4f} of the best {TOP}"
    )
    half, most = np.quantile(np.concatenate(errors), [0.5, 0.95])
    print(
        f"half of them are estimated within {half:.4f} of their score, nineteen in twenty within {most:.4f}"
    )
    print(
        f"the choice takes {statistics.median(costs):.1f} ms of processor time, comparing all lines included"
    )


if __name__ == "__main__":
    main()
