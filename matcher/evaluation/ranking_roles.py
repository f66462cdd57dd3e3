"""Whole roles with graded candidates: are the right people at the top?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np

from matcher.embedding import load_encoder
from matcher.evaluation.baselines import bm25
from matcher.evaluation.graded import Floats, Pairs
from matcher.evaluation.measures import LINEAR_10, NDCG_10, interval, mean, per_query, share_of
from matcher.evaluation.ranking_baselines import Vectors, best_snippets, whole
from matcher.evaluation.tables import Cell, Table
from matcher.service import Matcher
from matcher.types import Resume, Role

FILE = "graded_roles.jsonl"
SHUFFLES = 50  # of the random ranking, averaged
SEED = 20_240_601
BASE = "whole-document cosine, stock MiniLM"


def tables(matcher: Matcher, vectors: Vectors, folder: Path, today: date) -> list[Table]:
    """nDCG@10 of each system over the roles of `folder/graded_roles.jsonl`; absent, a table that says so.

    `vectors` are those of the stock model.
    """
    title = "Whole roles with graded candidates"
    if not (folder / FILE).is_file():
        return [Table("ranking.roles", title, (), (), f"Not measured: no {folder.name}/{FILE}.")]
    rows = [json.loads(line) for line in (folder / FILE).read_text("utf-8").splitlines() if line.strip()]
    roles = {row["role"]: matcher.read_role(folder / row["role"]) for row in rows}
    resumes = {row["resume"]: matcher.read_resume(folder / row["resume"]) for row in rows}
    texts = {name: " ".join(item.masked for item in resume.snippets) for name, resume in resumes.items()}
    pairs = Pairs.of(
        [
            (row["role"], row["role"], roles[row["role"]].document.text, texts[row["resume"]], row["grade"])
            for row in rows
        ]
    )
    names = [(row["role"], row["resume"]) for row in rows]
    systems = {"BM25": bm25(pairs)} | _systems(matcher, vectors, names, roles, resumes, texts, today)
    of_role = dict(zip(pairs.queries, pairs.roles, strict=True))
    values = {system: per_query((NDCG_10, LINEAR_10), scores, pairs) for system, scores in systems.items()}
    values = {"random": _random(pairs), **values}
    shown: list[tuple[Cell, ...]] = []
    for system, found in values.items():
        gain = np.array([value - values[BASE][NDCG_10][query] for query, value in found[NDCG_10].items()])
        cells: list[Cell] = [system, mean(found[NDCG_10].values())]
        if system == BASE:
            cells += [None, None, None]
        else:
            asked = [of_role[query] for query in found[NDCG_10]]
            cells += [float(gain.mean()), *interval(share_of(gain), asked)]
        shown.append((*cells, mean(found[LINEAR_10].values())))
    return [
        Table(
            "ranking.roles",
            title,
            ("system", NDCG_10, "difference", "from", "to", LINEAR_10),
            tuple(shown),
            f"{len(roles)} roles of the fixtures with {len(pairs)} graded candidates. The difference is to "
            f"{BASE}, with its 95 % paired bootstrap interval over roles. BM25: the whole posting against "
            "whole resumes. The candidates are invented; the graders are language models, not recruiters.",
        )
    ]


def _systems(
    matcher: Matcher,
    vectors: Vectors,
    names: list[tuple[str, str]],
    roles: dict[str, Role],
    resumes: dict[str, Resume],
    texts: dict[str, str],
    today: date,
) -> dict[str, Floats]:
    """For each system a score per (role, resume) of `names`."""
    own = Vectors(load_encoder(matcher.settings.model))
    found: dict[str, dict[tuple[str, str], float]] = {
        system: {} for system in (BASE, "whole-document cosine, ours", "MaxSim, stock MiniLM", "ours")
    }
    for path, role in roles.items():
        chosen = [name for of, name in names if of == path]
        asked = [item.text for item in role.qualifications if item.weight]
        ranking = matcher.rank(role, [resumes[name] for name in chosen], today=today)
        score = {report.source: report.score or 0.0 for report in ranking}
        near = [
            float(best_snippets(vectors, asked, [item.masked for item in resumes[name].snippets]).mean())
            for name in chosen
        ]
        documents = [texts[name] for name in chosen]
        columns: tuple[list[float], ...] = (
            whole(vectors, role.document.text, documents).tolist(),
            whole(own, role.document.text, documents).tolist(),
            near,
            [score[resumes[name].source] for name in chosen],
        )
        for system, values in zip(found.values(), columns, strict=True):
            system |= {(path, name): value for name, value in zip(chosen, values, strict=True)}
    return {system: np.array([values[name] for name in names]) for system, values in found.items()}


def _random(pairs: Pairs) -> dict[str, dict[str, float]]:
    """The mean of both measures over random orders of each role's candidates, all measured in one run."""
    rows = [
        (role, f"{role} {shuffle}", "", str(place), grade)
        for shuffle in range(SHUFFLES)
        for place, (role, grade) in enumerate(zip(pairs.roles, pairs.grades.tolist(), strict=True))
    ]
    shuffled = Pairs.of(rows)
    scores = np.random.default_rng(SEED).random(len(shuffled))
    role_of = dict(zip(shuffled.queries, shuffled.roles, strict=True))
    query_of = dict(zip(pairs.roles, pairs.queries, strict=True))
    found: dict[str, dict[str, float]] = {}
    for name, values in per_query((NDCG_10, LINEAR_10), scores, shuffled).items():
        of_role: dict[str, list[float]] = {}
        for query, value in values.items():
            of_role.setdefault(query_of[role_of[query]], []).append(value)
        found[name] = {query: mean(drawn) for query, drawn in of_role.items()}
    return found
