"""Training steps that a kill cannot lose: an optimiser, its schedule, and a checkpoint to go on from."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch


@dataclass(frozen=True)
class Schedule:
    """How a stage is optimised: AdamW, a linear warm-up, then a linear decay to 0."""

    steps: int
    learning_rate: float
    warmup: float  # share of the steps
    weight_decay: float
    clip: float  # largest norm of a gradient
    checkpoint_steps: int

    def rate(self, step: int) -> float:
        """The learning rate at a step."""
        rise = max(1.0, self.steps * self.warmup)
        share = min((step + 1) / rise, (self.steps - step) / max(1.0, self.steps - rise))
        return self.learning_rate * share


def digest(*told: Any) -> str:
    """A digest of all that decides a stage's result, so that no checkpoint goes on as something else."""
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def optimise(
    model: torch.nn.Module,
    loss: Callable[[int], torch.Tensor],
    schedule: Schedule,
    checkpoint: Path,
    key: str,
    stop_after: int | None = None,
) -> bool:
    """Minimise `loss(step)` over the schedule, from the checkpoint where there is one; True when it ended.

    `stop_after` ends the run after so many steps, as a kill would. Exits with a message when the checkpoint
    is of another key.
    """
    learned = [value for value in model.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=0.0, weight_decay=schedule.weight_decay)
    done = 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        if kept["key"] != key:
            sys.exit(f"{checkpoint} is of other settings or data: delete it, or choose another --out.")
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        torch.set_rng_state(kept["random"])
        done = kept["step"]
        print(f"{checkpoint.stem}: going on from step {done}", flush=True)
    started, total, seen = time.monotonic(), 0.0, 0
    model.train()
    for step in range(done, schedule.steps):
        if stop_after is not None and step - done == stop_after:
            return False
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate(step)
        optimizer.zero_grad()
        value = loss(step)
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learned, schedule.clip)
        optimizer.step()
        total, seen = total + value.item(), seen + 1
        if (step + 1) % schedule.checkpoint_steps == 0 or step + 1 == schedule.steps:
            _keep(checkpoint, key, step + 1, model, optimizer)
            minutes = (time.monotonic() - started) / 60
            print(
                f"{checkpoint.stem}: step {step + 1} of {schedule.steps}  loss {total / seen:.3f}  "
                f"{minutes:.1f} minutes",
                flush=True,
            )
            total, seen = 0.0, 0
    model.eval()
    return True


def _keep(path: Path, key: str, step: int, model: torch.nn.Module, optimizer: torch.optim.Optimizer) -> None:
    """Write the checkpoint beside the old one, then take its place: a kill leaves one of them whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {"key": key, "step": step, "model": model.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save({**state, "random": torch.get_rng_state()}, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
