"""Job titles: are the titles that people judged alike found among thousands?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from matcher.embedding import load_encoder
from matcher.evaluation.baselines import bm25, encoder_cosine, idf_overlap, random_scores, stock_cosine
from matcher.evaluation.graded import Floats, Pairs
from matcher.evaluation.measures import interval, mean, per_query, share_of
from matcher.evaluation.tables import Cell, Table

FOLDER = Path("titles") / "en"
MEASURES = ("AP", "nDCG", "Rprec")  # mean average precision is the mean of AP
STOCK = "stock MiniLM"


def tables(model: str | None, data: Path | None) -> list[Table]:
    """MAP, nDCG and R-precision of each system over `data/titles/en`; absent, a table that says so.

    `model` is the encoder that is measured, None the bundled one.
    """
    title = "Job titles that mean the same"
    if data is None or not (data / FOLDER / "annotations.tsv").is_file():
        return [Table("ranking.titles", title, (), (), f"Not measured: no FOLDER/{FOLDER.as_posix()}.")]
    queries, titles = (_column(data / FOLDER / f"{name}.tsv") for name in ("queries", "corpus_documents"))
    pairs = _pairs(data / FOLDER / "annotations.tsv", queries, titles)
    systems: dict[str, Floats] = {
        "random": random_scores(pairs),
        "idf overlap": idf_overlap(pairs),
        "BM25": bm25(pairs),
        STOCK: stock_cosine(pairs),
        "ours": encoder_cosine(pairs, load_encoder(model)),
    }
    values = {system: per_query(MEASURES, scores, pairs) for system, scores in systems.items()}
    rows: list[tuple[Cell, ...]] = []
    for system, found in values.items():
        cells: list[Cell] = [system, *(mean(found[name].values()) for name in MEASURES)]
        if system == STOCK:
            cells += [None, None, None]
        else:
            gain = np.array([value - values[STOCK]["AP"][query] for query, value in found["AP"].items()])
            cells += [float(gain.mean()), *interval(share_of(gain), list(found["AP"]))]
        rows.append(tuple(cells))
    return [
        Table(
            "ranking.titles",
            title,
            ("system", "MAP", "nDCG", "R-precision", "MAP difference", "from", "to"),
            tuple(rows),
            f"{len(queries)} titles as queries over {len(titles):,} titles, judged by people. The difference "
            f"is to {STOCK}, with its 95 % paired bootstrap interval over queries. `rank` compares snippets, "
            "not bare titles: this says how the encoder reads two or three words, no more.",
        )
    ]


def _column(path: Path) -> dict[str, str]:
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line)
    return {row[0]: row[1] for row in rows}


def _pairs(path: Path, queries: dict[str, str], titles: dict[str, str]) -> Pairs:
    """Every query with every title, graded 1 where `path` (query, 0, title, grade a line) has them."""
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line)
    grades = {(query, title): float(grade) for query, _, title, grade in lines}
    return Pairs.of(
        [
            (query, query, asked, text, grades.get((query, title), 0.0))
            for query, asked in queries.items()
            for title, text in titles.items()
        ]
    )
