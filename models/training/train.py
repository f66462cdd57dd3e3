"""Train the shipped encoder from the stock MiniLM weights: two teachers, then a student of fewer layers.

    python models/training/train.py --data FOLDER --out FOLDER [--config FILE]

FOLDER of the data is described in data.py. The stages, each of which leaves its result in OUT and is not
repeated once it has:

    teacher   an encoder of six layers learns the graded pairs                 OUT/teacher, as a folder
    reader    a cross-encoder begins from it and learns the same pairs         OUT/reader.pt
    silver    both score pairs that nobody graded                              OUT/silver.npz
    vectors   three of the teacher's layers learn to give its vectors          OUT/vectors.pt
    student   they learn graded pairs, silver pairs and vectors, with rounding OUT/final, as a folder

The folders are for sentence-transformers; models/export.py turns OUT/final into the shipped form. Run it
again after a kill and it goes on from its last checkpoint, to the same weights as an unbroken run on the
same machine. It takes 60 to 90 minutes on two cores; there, set OMP_WAIT_POLICY=passive where other work
runs beside it, or its two threads wait for each other. Needs the development extra.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from encode import Encoder
from loop import Schedule, digest, optimise
from numpy.typing import NDArray
from rounding import round_layers
from silver import blend, candidates
from student import Silver, pair_loss, vector_batches, vector_loss
from teachers import CrossEncoder, batch_of, graded_rows_loss

from data import Group, plain_texts, read_groups

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from export import sha256, stock_folder

Config = Mapping[str, Any]  # a table of config.toml, whose comments say what each number means


@dataclass
class Recipe:
    """The stages over one configuration, data folder and output folder."""

    config: Config
    data: Path
    out: Path
    base: Path
    stop_after: int | None = None  # steps of a stage, then as after a kill: for tests

    @cached_property
    def groups(self) -> list[Group]:
        """The graded pairs by qualification."""
        return read_groups(self.data / self.config["file"])

    @cached_property
    def texts(self) -> dict[str, str]:
        """Plain sentences with their sources."""
        return plain_texts(self.data, self.groups, self.config["seed"])

    @cached_property
    def key(self) -> str:
        """What every checkpoint remembers: settings, pairs and the weights begun from."""
        told = [[group.qualification, group.snippets, group.grades] for group in self.groups]
        return digest(self.config, told, sha256(self.base / "model.safetensors"))

    def run(self) -> bool:
        """All stages in order; True when the last one ended."""
        torch.use_deterministic_algorithms(True)
        torch.set_num_threads(self.config["threads"])
        self.out.mkdir(parents=True, exist_ok=True)
        return all(stage() for stage in (self.teacher, self.reader, self.silver, self.vectors, self.student))

    def teacher(self) -> bool:
        """Learn the graded pairs with all layers, from the stock weights."""
        if (self.out / "teacher").exists():
            return True
        own = self.config["teacher"]
        torch.manual_seed(self.config["seed"])
        model = Encoder(self.base, self.config["max_tokens"])
        size = own["qualifications"]

        def loss(step: int) -> torch.Tensor:
            batch = batch_of(self.groups, size, self.config["seed"], step)
            return graded_rows_loss(model, batch, own["scale"], own["own_share"], own["others_share"])

        if not self._optimise("teacher", model, loss, self._epochs(own)):
            return False
        model.save(self.out / "teacher", self.base)
        return True

    def reader(self) -> bool:
        """Learn the graded pairs by reading both texts at once."""
        if (self.out / "reader.pt").exists():
            return True
        own = self.config["reader"]
        torch.manual_seed(self.config["seed"])
        model = CrossEncoder(self.out / "teacher", own["max_tokens"])

        def loss(step: int) -> torch.Tensor:
            batch = batch_of(self.groups, own["qualifications"], self.config["seed"], step)
            return model.loss(batch, own["order_share"])

        if not self._optimise("reader", model, loss, self._epochs(own)):
            return False
        torch.save(model.state_dict(), self.out / "reader.pt")
        return True

    def silver(self) -> bool:
        """Encode the plain sentences, choose pairs, score them by both teachers."""
        path = self.out / "silver.npz"
        if path.exists():
            return True
        vectors = Encoder(self.out / "teacher", self.config["max_tokens"]).vectors(list(self.texts))
        found = candidates(self.groups, self.texts, vectors, self.config["seed"])
        reader = CrossEncoder(self.out / "teacher", self.config["reader"]["max_tokens"])
        reader.load_state_dict(torch.load(self.out / "reader.pt", weights_only=True))
        scores = blend(found.cosines, reader.scores(found.pairs), self.config["student"]["reader_share"])
        queries, snippets = zip(*found.pairs, strict=True)
        kept = path.with_suffix(".new.npz")
        np.savez(
            kept,
            queries=np.array(queries),
            snippets=np.array(snippets),
            scores=scores,
            vectors=vectors.astype(np.float16),
        )
        kept.replace(path)
        return True

    def vectors(self) -> bool:
        """Teach the student's layers the teacher's vectors."""
        if (self.out / "vectors.pt").exists():
            return True
        own = self.config["vectors"]
        model = self._student()
        model.bert.embeddings.requires_grad_(False)
        texts, rows = list(self.texts), self._teacher_rows()
        batches = vector_batches(self.texts, own["sentences"], own["steps"], self.config["seed"])

        def loss(step: int) -> torch.Tensor:
            chosen = batches[step]
            return vector_loss(model, [texts[i] for i in chosen], rows[chosen], own["angles"])

        if not self._optimise("vectors", model, loss, self._schedule(own, len(batches))):
            return False
        torch.save(model.state_dict(), self.out / "vectors.pt")
        return True

    def student(self) -> bool:
        """Learn pairs, graded and silver, with rounding; save the model that is shipped."""
        if (self.out / "final").exists():
            return True
        own = self.config["student"]
        model = self._student()
        model.load_state_dict(torch.load(self.out / "vectors.pt", weights_only=True))
        if own["rounding"]:
            round_layers(model.bert)
        kept = np.load(self.out / "silver.npz")
        graded = {" ".join(group.qualification.split()) for group in self.groups}
        pairs = list(zip(kept["queries"].tolist(), kept["snippets"].tolist(), strict=True))
        silver = Silver(pairs, kept["scores"], graded)
        short = [i for i, text in enumerate(self.texts) if len(text) <= own["longest"]]
        texts, rows = list(self.texts), self._teacher_rows()
        sentences, teacher = [texts[i] for i in short], rows[short]

        def loss(step: int) -> torch.Tensor:
            rng = np.random.default_rng((self.config["seed"], step))
            batch = batch_of(self.groups, own["qualifications"], self.config["seed"], step)
            return pair_loss(model, batch, silver, sentences, teacher, own, rng)

        if not self._optimise("student", model, loss, self._epochs(own)):
            return False
        model.save(self.out / "final", self.out / "teacher")
        return True

    def _student(self) -> Encoder:
        own = self.config["vectors"]
        torch.manual_seed(self.config["seed"])
        return Encoder(self.out / "teacher", self.config["max_tokens"], own["layers"], own["inner"])

    def _teacher_rows(self) -> torch.Tensor:
        kept: NDArray[np.float16] = np.load(self.out / "silver.npz")["vectors"]
        return torch.tensor(kept.astype(np.float32))

    def _epochs(self, own: Config) -> Schedule:
        per_epoch = max(1, len(self.groups) // own["qualifications"])
        return self._schedule(own, own["epochs"] * per_epoch)

    def _schedule(self, own: Config, steps: int) -> Schedule:
        kept = {name: self.config[name] for name in ("warmup", "weight_decay", "clip", "checkpoint_steps")}
        return Schedule(steps=steps, learning_rate=own["learning_rate"], **kept)

    def _optimise(self, stage: str, model: torch.nn.Module, loss: Any, schedule: Schedule) -> bool:
        checkpoint = self.out / "checkpoints" / f"{stage}.pt"
        return optimise(model, loss, schedule, checkpoint, digest(stage, self.key), self.stop_after)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "config.toml")
    options = parser.parse_args()
    config = tomllib.loads(options.config.read_text("utf-8"))
    Recipe(config, options.data, options.out, stock_folder()).run()


if __name__ == "__main__":
    main()
