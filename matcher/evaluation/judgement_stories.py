"""What the plain method gets wrong on whole resumes, measured beside ours: copies of the posting, length,
lines left out, headings and placeholders as quotes, irrelevant lines.

The plain method is what is usually built first: every line by the stock MiniLM, the nearest line for each
qualification, the mean of those cosines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import cycle, islice, product
from pathlib import Path
from random import Random
from statistics import median

import numpy as np

from matcher.documents import read
from matcher.embedding import Encoder, load_encoder
from matcher.evaluation.graded import Floats
from matcher.evaluation.invariance_edits import Edit, edited
from matcher.evaluation.invariance_scores import Scorer
from matcher.evaluation.parsing_tally import fixtures, not_measured
from matcher.evaluation.quotes_shown import FIXTURES_SET, LIVECAREER, fixture_files
from matcher.evaluation.ranking_baselines import Vectors
from matcher.evaluation.tables import Cell, Table
from matcher.index import similarities
from matcher.matching import RoleProfile, idle_lines, with_wordings
from matcher.resumes import parse
from matcher.roles import parse as parse_role
from matcher.types import MatchReport, Resume, Role, SetAsideKind, Span

ROLES = ("research-manager.txt", "icu-nurse.md", "construction-project-manager.docx", "head-chef.txt")
SEED_POSTING = Path("roles", "research-manager-interpretability.txt")
REAL = Path("resumes", "livecareer")
_TITLES = {
    FIXTURES_SET: "What moves a place: fixture resumes",
    LIVECAREER: "What moves a place: real resumes",
}
COLUMNS = ("story", "figure", "ours", "plain method")
SEED = 20261001
COPIED = 5  # lines taken from the posting
SENTENCE = 5  # words: a shorter demand is the name of a thing, which a resume may list as well
LOW = 10  # resumes that try to rise: those placed lowest
DRAWS = 3  # random halves of every resume
PADS = (10, 100, 1000)
PADDED = 5  # resumes that are padded

# What no reader takes for evidence: a label, a heading in capitals, an unfilled place of a template.
_LABEL = re.compile(r"[^.;,\n]{1,60}:\s*")
_PLACEHOLDER = re.compile(r"\[[a-z][a-z /&-]{2,60}\]", re.IGNORECASE)
_HEADING_WORDS = 6


@dataclass(frozen=True)
class Pool:
    """Resumes ranked for one role, by us and by the plain method."""

    role: Role
    resumes: Sequence[Resume]
    rank: Callable[[Sequence[Resume]], Sequence[MatchReport]]  # ours, best first
    vectors: Vectors  # of the stock model

    def ours(self, resumes: Sequence[Resume]) -> list[float]:
        """Our scores; below every score where none could be given."""
        found = {id(report.resume.document): report for report in self.rank(resumes)}
        reports = [found[id(resume.document)] for resume in resumes]
        return [-1.0 if report.score is None else report.score for report in reports]

    def plain(self, resumes: Sequence[Resume]) -> list[float]:
        """The mean over the qualifications of the cosine of the nearest line, by weight."""
        asked = [item for item in self.role.qualifications if item.weight > 0]
        wanted = self.vectors([item.text for item in asked])
        weights = [item.weight for item in asked]
        return [
            float(np.average(similarities(wanted, self.vectors(lines)).max(axis=1), weights=weights))
            for lines in map(_lines, resumes)
        ]


def measured(
    data: Path | None, vectors: Vectors, pads: Mapping[str, Sequence[str]], today: date
) -> list[Table]:
    """The stories over the fixtures, and over the real resumes of the folder `data` where there is one.

    `vectors` are those of the stock model, `pads` lines of no interest by what they are. Raises
    FileUnavailableError outside a checkout.
    """
    encoder = load_encoder()
    roles, resumes = fixture_files(fixtures())
    roles = [path for path in roles if path.name in ROLES]
    found = [
        _told(encoder, pads),
        table(FIXTURES_SET, pools(encoder, vectors, roles, resumes, today), pads),
    ]
    role = data / SEED_POSTING if data else None
    resumes = sorted((data / REAL).glob("*.pdf")) if data else []
    if role is None or not role.is_file() or not resumes:
        return [
            *found,
            not_measured(f"judgement.{LIVECAREER}", _TITLES[LIVECAREER], f"FOLDER/{SEED_POSTING}"),
        ]
    return [*found, table(LIVECAREER, pools(encoder, vectors, [role], resumes, today), pads)]


def pools(
    encoder: Encoder, vectors: Vectors, roles: Sequence[Path], resumes: Sequence[Path], today: date
) -> list[Pool]:
    """A pool of all `resumes` for each of the `roles`."""
    people = [parse(read(path.read_bytes()), path.name) for path in resumes]
    profiles = [RoleProfile.of(with_wordings(parse_role(read(path.read_bytes())))) for path in roles]
    scorer = Scorer(encoder, profiles, today)
    return [Pool(profile.role, people, partial(scorer.ranking, profile), vectors) for profile in profiles]


def _told(encoder: Encoder, pads: Mapping[str, Sequence[str]]) -> Table:
    """How many of the lines of no interest are told from lines of work, each also with numbers."""
    rows: list[tuple[Cell, ...]] = []
    for name, lines in pads.items():
        numbered = _numbered(lines, PADS[-1])
        told = idle_lines(encoder.encode(numbered), encoder.fingerprint)
        rows.append((name, len(lines), len(numbered), len(told) / len(numbered)))
    return Table(
        "judgement.idle",
        "Lines of everyday life told from lines of work",
        ("lines", "number", "numbered", "share told"),
        tuple(rows),
        "None of these lines is among those that they are told by.",
    )


def table(source: str, pools: Sequence[Pool], pads: Mapping[str, Sequence[str]]) -> Table:
    """Every story as a row: the worst, or the mean, over the pools. `pads` are lines of no interest by what
    they are."""
    rows: list[tuple[Cell, ...]] = [
        *_copies(pools),
        *_length(pools),
        *_halves(pools),
        *_quotes(pools),
        *_padding(pools, pads),
    ]
    number = sum(len(pool.resumes) for pool in pools)
    note = (
        f"{len(pools)} posting{'s' if len(pools) > 1 else ''}, {number} resumes ranked. The plain method is "
        "the cosine of the nearest line by stock MiniLM and its mean over the qualifications, by weight; its "
        "lines are ours, and the labels and unfilled placeholders that nothing sets aside for it. Copied: "
        f"{COPIED} demands of the posting, as bullets in each of the {LOW} resumes that the method tried "
        "places lowest. Length: Spearman's correlation of the order with the number of quotable lines, mean "
        f"over postings; who has done more also writes more. Halves: {DRAWS} seeded draws of half of the "
        "quotable lines of every resume, each placed among the others whole. Irrelevant lines: bullets."
    )
    return Table(f"judgement.{source}", _TITLES[source], COLUMNS, tuple(rows), note)


def _lines(resume: Resume) -> list[str]:
    """What the plain method compares: every quotable line, and the labels and templates within sections."""
    text = resume.document.text
    headings = [item.heading for item in resume.sections if item.heading]
    labels = [
        text[line.span.start : line.span.end].strip(" •")
        for line in resume.document.lines
        if not any(line.span.overlaps(span) for span in headings)
    ]
    templates = [item.text for item in resume.set_aside if item.kind is SetAsideKind.TEMPLATE]
    return [*(item.masked for item in resume.snippets), *filter(_LABEL.fullmatch, labels), *templates] or [""]


def _places(scores: Sequence[float]) -> list[int]:
    """The place of each score, 1 for the highest; equal ones share the better place."""
    return [1 + sum(other > score for other in scores) for score in scores]


def _inserted(resume: Resume, lines: Sequence[str]) -> Resume:
    """The resume with `lines` as bullets of its last job, or else where its own are read as before."""
    document, words = resume.document, "".join(f"• {line}\n" for line in lines)
    own = Counter(item.masked for item in resume.snippets)
    bullets = [position.bullets[0].start for position in reversed(resume.positions) if position.bullets]
    places = [(document.text.rfind("\n", 0, start) + 1, words) for start in bullets]
    for at, text in (*places, (len(document.text), f"\n{words}")):
        padded = parse(edited(document, [Edit(Span(at, at), text)]), resume.source)
        if not own - Counter(snippet.masked for snippet in padded.snippets):
            break
    return padded


def _copies(pools: Sequence[Pool]) -> Iterator[tuple[Cell, ...]]:
    story = f"{COPIED} lines copied from the posting"
    moves: list[list[tuple[int, int, float]]] = [[], []]
    for pool in pools:
        demands = (item.text for item in pool.role.qualifications if item.weight > 0)
        copied = [text for text in demands if len(text.split()) >= SENTENCE][:COPIED]
        for found, scored in zip(moves, (pool.ours, pool.plain), strict=True):
            scores = scored(pool.resumes)
            places = _places(scores)
            low = sorted(range(len(scores)), key=lambda index: scores[index])[:LOW]
            after = scored([_inserted(pool.resumes[index], copied) for index in low])
            for index, score in zip(low, after, strict=True):
                others = [*scores[:index], score, *scores[index + 1 :]]
                found.append((places[index], _places(others)[index], score - scores[index]))
    worst = [max(found, key=lambda move: (move[0] - move[1], move[2])) for found in moves]
    yield story, "place before and after, worst case", *(f"{old} to {new}" for old, new, _ in worst)
    yield story, "largest rise of a score", *(max(0.0, *(move[2] for move in found)) for found in moves)


def _length(pools: Sequence[Pool]) -> Iterator[tuple[Cell, ...]]:
    found = [
        [
            spearman(scored(pool.resumes), [len(resume.snippets) for resume in pool.resumes])
            for scored in (pool.ours, pool.plain)
        ]
        for pool in pools
    ]
    yield "length", "rank correlation with the number of lines", *np.mean(found, axis=0).tolist()


def _halves(pools: Sequence[Pool]) -> Iterator[tuple[Cell, ...]]:
    moves: list[list[int]] = [[], []]
    for pool in pools:
        halves = [
            _half(resume, Random(f"{SEED} {draw} {place}"))
            for draw in range(DRAWS)
            for place, resume in enumerate(pool.resumes)
        ]
        for found, scored in zip(moves, (pool.ours, pool.plain), strict=True):
            scores = scored(pool.resumes)
            places = _places(scores)
            for place, score in enumerate(scored(halves)):
                index = place % len(scores)
                others = [*scores[:index], score, *scores[index + 1 :]]
                found.append(abs(_places(others)[index] - places[index]))
    yield "a random half of the lines left out", "median change of place", *(median(found) for found in moves)


def _half(resume: Resume, random: Random) -> Resume:
    """The resume read without a random half of its quotable lines, facts that stand in them included."""
    gone = random.sample(resume.snippets, len(resume.snippets) // 2)
    edits = [Edit(snippet.span, "") for snippet in gone]
    return parse(edited(resume.document, edits), resume.source)


def _quotes(pools: Sequence[Pool]) -> Iterator[tuple[Cell, ...]]:
    shown: list[str] = []
    nearest: list[str] = []
    for pool in pools:
        for report in pool.rank(pool.resumes):
            shown += [match.evidence[0].text for match in report.matches if match.evidence]
        asked = [item.text for item in pool.role.qualifications if item.weight > 0]
        for resume in pool.resumes:
            lines = _lines(resume)
            best = similarities(pool.vectors(asked), pool.vectors(lines)).argmax(axis=1)
            nearest += [lines[place] for place in best]
    story = "headings, labels, placeholders"
    amiss = [sum(map(_is_context, found)) for found in (shown, nearest)]
    yield story, "best quotes that are one", *amiss
    yield story, "of best quotes", len(shown), len(nearest)


def _is_context(text: str) -> bool:
    """Whether a quote is a label or a heading, or holds a placeholder that nobody filled."""
    words = text.strip()
    if _LABEL.fullmatch(words) or _PLACEHOLDER.search(words):
        return True
    return words.isupper() and words.replace(" ", "").isalpha() and len(words.split()) <= _HEADING_WORDS


def _padding(pools: Sequence[Pool], pads: Mapping[str, Sequence[str]]) -> Iterator[tuple[Cell, ...]]:
    everyone = pools[0].resumes  # the same in every pool
    some = everyone[:: max(1, len(everyone) // PADDED)]
    for name, number in product(pads, PADS):
        padded = [_inserted(resume, _numbered(pads[name], number)) for resume in some]
        rises: list[list[float]] = [[0.0], [0.0]]
        for pool in pools:
            for found, scored in zip(rises, (pool.ours, pool.plain), strict=True):
                pairs = zip(scored(some), scored(padded), strict=True)
                found += [new - old for old, new in pairs if old >= 0]
        yield f"{number:,} {name}", "largest rise of a score", *map(max, rises)


def _numbered(lines: Sequence[str], number: int) -> list[str]:
    """As many lines, each another, from these in turn."""
    return [f"{line}, no. {at}" for at, line in enumerate(islice(cycle(lines), number), 1)]


def spearman(first: Iterable[float], second: Iterable[float]) -> float:
    """Spearman's rank correlation, in [-1, 1]; equal values share a mean rank, and 0 where all are equal."""
    one, other = (_ranks(np.asarray(list(values), dtype=np.float64)) for values in (first, second))
    if not one.std() or not other.std():
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def _ranks(values: Floats) -> Floats:
    below = (values[:, None] > values[None, :]).sum(axis=1)
    equal = (values[:, None] == values[None, :]).sum(axis=1)
    return np.asarray(below + (equal - 1) / 2, dtype=np.float64)
