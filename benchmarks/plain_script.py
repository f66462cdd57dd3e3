"""The script most people would write to rank resumes: the alternative that other benchmarks name.

    python benchmarks/plain_script.py FOLDER ROLE MODEL

pypdf's `extract_text`, one snippet per line, `SentenceTransformer.encode`, `IndexFlatIP`. Prints a JSON
object: resumes, snippets, and the seconds from opening the first file to the ranking, libraries and model
loaded before.
"""

import json
import sys
import time
from pathlib import Path

import faiss
import numpy as np
from pypdf import PdfReader
from sentence_transformers import SentenceTransformer


def main(folder: Path, role: Path, model_path: str) -> None:
    model = SentenceTransformer(model_path, device="cpu")
    start = time.perf_counter()
    snippets: list[str] = []
    owners: list[int] = []
    files = sorted(folder.rglob("*.pdf"))
    for number, file in enumerate(files):
        for page in PdfReader(file).pages:
            lines = [line.strip() for line in page.extract_text().splitlines() if line.strip()]
            snippets += lines
            owners += [number] * len(lines)
    vectors = model.encode(snippets, normalize_embeddings=True)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    wanted = [line.strip() for line in role.read_text(encoding="utf-8").splitlines() if line.strip()]
    scores, found = index.search(model.encode(wanted, normalize_embeddings=True), len(snippets))
    best = np.full((len(wanted), len(files)), -1.0)
    for query in range(len(wanted)):
        np.maximum.at(best[query], np.array(owners)[found[query]], scores[query])
    ranking = np.argsort(-best.mean(axis=0))
    seconds = time.perf_counter() - start
    assert len(ranking) == len(files)
    print(json.dumps({"resumes": len(files), "snippets": len(snippets), "seconds": seconds}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
