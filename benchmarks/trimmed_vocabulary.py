"""A model with fewer word pieces, as a smaller alternative: rare words fall into smaller pieces."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

WORDS = "embeddings.word_embeddings.weight"
SINGLE = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def trimmed_vocabulary(source: Path, target: Path, texts: Iterable[str], least: int) -> Path:
    """Copies the model of `source` to `target`, keeping the word pieces that the tokens of `texts` hold at
    least `least` times, single characters, and the special ones. A word of which a piece is gone is read in
    smaller pieces. Returns `target`."""
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    seen = Counter(piece for found in tokenizer.encode_batch(list(texts)) for piece in found.tokens)
    told = json.loads((source / "tokenizer.json").read_text("utf-8"))
    old: dict[str, int] = told["model"]["vocab"]
    kept = [
        piece
        for piece in sorted(old, key=lambda piece: old[piece])
        if piece in SINGLE or len(piece.removeprefix("##")) == 1 or seen[piece] >= least
    ]
    new = {piece: place for place, piece in enumerate(kept)}
    told["model"]["vocab"] = new
    for added in told["added_tokens"]:
        added["id"] = new[added["content"]]
    for special in told["post_processor"]["special_tokens"].values():
        special["ids"] = [new[piece] for piece in special["tokens"]]
    target.mkdir(parents=True)
    (target / "tokenizer.json").write_text(json.dumps(told), "utf-8")
    shutil.copy(source / "config.json", target)
    weights = load_file(source / "model.safetensors")
    weights[WORDS] = weights[WORDS][[old[piece] for piece in kept]]
    save_file(weights, target / "model.safetensors")
    return target
