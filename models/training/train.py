"""Train our encoder on graded pairs of qualifications and resume snippets, from the stock MiniLM weights.

    python models/training/train.py --data FOLDER --out FOLDER [--config FILE]

FOLDER of the data holds the file that config.toml names. Writes OUT/epoch-1, OUT/epoch-2 ... and, last,
OUT/final: folders for sentence-transformers, which models/export.py turns into the shipped form. Run it
again after a kill and it goes on from its last checkpoint, to the same weights as an unbroken run on the
same machine. It took 18 minutes on two cores that did other work too; there, set OMP_WAIT_POLICY=passive,
or its two threads wait for each other. Needs the development extra: `pip install -e '.[dev]'`.

The loss is CoSENT: within a batch, every pair with a higher grade should have a higher cosine than every
pair with a lower one. A batch holds whole qualifications with all of their snippets, so that a
qualification is encoded once and its snippets are compared with each other, as they are when ranked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from export import stock_folder

CHUNK = 16  # texts of like length encoded together: padding costs as much as words


@dataclass(frozen=True)
class Config:
    """What config.toml says; the comments there say what each number means."""

    seed: int
    threads: int
    file: str
    max_tokens: int
    epochs: int
    qualifications: int
    learning_rate: float
    warmup: float
    weight_decay: float
    clip: float
    scale: float
    own_share: float
    others_share: float
    checkpoint_steps: int

    @classmethod
    def read(cls, path: Path) -> Config:
        """The settings of a TOML file; TypeError when it lacks one or has one too many."""
        return cls(**tomllib.loads(path.read_text("utf-8")))


@dataclass(frozen=True)
class Group:
    """One qualification with its graded snippets."""

    qualification: str
    snippets: tuple[str, ...]
    grades: tuple[float, ...]


def read_groups(path: Path) -> list[Group]:
    """The qualifications of a .jsonl file of graded pairs, in the file's order."""
    rows: dict[str, list[tuple[str, float]]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        rows.setdefault(row["qualification"], []).append((row["snippet"], float(row["grade"])))
    return [
        Group(qualification, tuple(snippet for snippet, _ in pairs), tuple(grade for _, grade in pairs))
        for qualification, pairs in rows.items()
    ]


def batches(groups: Sequence[Group], config: Config, epoch: int) -> list[list[Group]]:
    """The batches of one epoch: an order that follows from the seed and the epoch alone."""
    order = np.random.default_rng((config.seed, epoch)).permutation(len(groups))
    step = config.qualifications
    whole = len(groups) // step * step or len(groups)
    return [[groups[i] for i in order[at : at + step]] for at in range(0, whole, step)]


def encode(model: SentenceTransformer, texts: Sequence[str]) -> torch.Tensor:
    """Unit rows with gradients, (n, dim), in the order of `texts`; computed by length, shortest first."""
    order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))
    rows = [
        model(model.preprocess([texts[i] for i in order[at : at + CHUNK]]))["sentence_embedding"]
        for at in range(0, len(order), CHUNK)
    ]
    place = torch.tensor(order).argsort()
    return torch.nn.functional.normalize(torch.cat(rows), dim=1)[place]


def cosent(scores: torch.Tensor, grades: torch.Tensor) -> torch.Tensor:
    """log(1 + the sum of e^(lower - higher)) over every two pairs, `higher` the one with the better grade."""
    gaps = scores[:, None] - scores[None, :]
    wrong = gaps[grades[:, None] < grades[None, :]]
    return torch.logsumexp(torch.cat([scores.new_zeros(1), wrong]), 0)


def batch_loss(model: SentenceTransformer, batch: Sequence[Group], config: Config) -> torch.Tensor:
    """The weighed sum of three terms of CoSENT: over all graded pairs of the batch; over each
    qualification's own, the mean; and evidence above any snippet found for another qualification."""
    count = len(batch)
    rows = encode(model, [g.qualification for g in batch] + [s for g in batch for s in g.snippets])
    table = rows[:count] @ rows[count:].T * config.scale
    owner = torch.tensor([i for i, g in enumerate(batch) for _ in g.snippets])
    found = owner[None, :] == torch.arange(count)[:, None]
    scores, others = table.T[found.T], table[~found]
    grades = torch.tensor([grade for g in batch for grade in g.grades])
    evidence = scores[grades >= 2]
    own = torch.stack([cosent(scores[owner == i], grades[owner == i]) for i in range(count)]).mean()
    against_others = cosent(
        torch.cat([evidence, others]), torch.cat([torch.ones(len(evidence)), torch.zeros(len(others))])
    )
    all_share = 1 - config.own_share - config.others_share
    return all_share * cosent(scores, grades) + config.own_share * own + config.others_share * against_others


def rate(step: int, steps: int, warmup: float) -> float:
    """The share of the full learning rate at a step: up over the warm-up, then down to 0 at the end."""
    rise = max(1.0, steps * warmup)
    return min((step + 1) / rise, (steps - step) / max(1.0, steps - rise))


def train(config: Config, groups: Sequence[Group], base: Path, out: Path, stop_at: int | None = None) -> None:
    """Train from `base`, or from the checkpoint in `out`, and save each epoch's model and the last.

    `stop_at` ends the run before that step, as a kill would.
    """
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    model = SentenceTransformer(str(base), device="cpu")
    limit, model.max_seq_length = model.max_seq_length, config.max_tokens
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.0, weight_decay=config.weight_decay)
    key = _key(config, groups, base)
    checkpoint = out / "checkpoint.pt"
    done = 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        if kept["key"] != key:
            sys.exit(f"{checkpoint} is of other settings or data: delete it, or choose another --out.")
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        torch.set_rng_state(kept["random"])
        done = kept["step"]
        print(f"going on from step {done}", flush=True)
    per_epoch = len(batches(groups, config, 0))
    steps, started, total, seen = per_epoch * config.epochs, time.monotonic(), 0.0, 0
    model.train()
    for step in range(done, steps):
        if step == stop_at:
            return
        epoch, place = divmod(step, per_epoch)
        for group in optimizer.param_groups:
            group["lr"] = config.learning_rate * rate(step, steps, config.warmup)
        loss = batch_loss(model, batches(groups, config, epoch)[place], config)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), config.clip)
        optimizer.step()
        total, seen = total + loss.item(), seen + 1
        if (step + 1) % config.checkpoint_steps == 0 or place == per_epoch - 1:
            _keep(checkpoint, key, step + 1, model, optimizer)
            minutes = (time.monotonic() - started) / 60
            print(f"step {step + 1} of {steps}  loss {total / seen:.3f}  {minutes:.1f} minutes", flush=True)
            total, seen = 0.0, 0
        if place == per_epoch - 1:
            _save(model, limit, out / f"epoch-{epoch + 1}")
            if epoch + 1 == config.epochs:
                _save(model, limit, out / "final")


def _key(config: Config, groups: Sequence[Group], base: Path) -> str:
    """A digest of everything that decides the result, so that no checkpoint goes on as something else."""
    weights = hashlib.sha256((base / "model.safetensors").read_bytes()).hexdigest()
    told = json.dumps([asdict(config), [asdict(group) for group in groups], weights])
    return hashlib.sha256(told.encode()).hexdigest()


def _keep(
    path: Path, key: str, step: int, model: SentenceTransformer, optimizer: torch.optim.Optimizer
) -> None:
    """Write the checkpoint beside the old one, then take its place: a kill leaves one of them whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {"key": key, "step": step, "model": model.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save({**state, "random": torch.get_rng_state()}, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _save(model: SentenceTransformer, limit: int | None, folder: Path) -> None:
    """Save with the token limit that the stock model had, not the shorter one of training."""
    trained, model.max_seq_length = model.max_seq_length, limit
    model.save(str(folder), create_model_card=False)
    model.max_seq_length = trained


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "config.toml")
    options = parser.parse_args()
    config = Config.read(options.config)
    train(config, read_groups(options.data / config.file), stock_folder(), options.out)


if __name__ == "__main__":
    main()
