from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from matcher.embedding import load_encoder
from matcher.embedding.files import ModelFiles, bundled
from matcher.errors import ModelError


def write_model(folder: Path, content: bytes = b"no graph", tokenizer: bytes = b"{}") -> Path:
    """A folder whose manifest fits its files, though they are no model."""
    files = {"model.onnx": content, "tokenizer.json": tokenizer}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    manifest = {
        "name": "tiny",
        "dim": 3,
        "max_tokens": 8,
        "files": {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        },
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_the_bundled_model_is_what_its_manifest_says() -> None:
    """Every file of the shipped model has the digest of the manifest; the folder is at most 50 MB."""
    files = bundled()
    files.verify()
    assert sum(path.stat().st_size for path in files.folder.iterdir()) <= 50_000_000
    assert {path.name for path in files.folder.iterdir()} == {
        "LICENSE",
        "README.md",
        "manifest.json",
        "model.onnx",
        "tokenizer.json",
    }


def test_the_card_speaks_of_the_model_beside_it() -> None:
    """Name and version in the manifest are those of the model card, under a licence that allows shipping."""
    folder = bundled().folder
    manifest = json.loads((folder / "manifest.json").read_text())
    title = (folder / "README.md").read_text("utf-8").splitlines()[0]
    assert title.endswith(f"{manifest['name']} {manifest['version']}")
    assert manifest["license"] == "Apache-2.0"


def test_a_file_of_another_size_is_refused_on_opening(tmp_path: Path) -> None:
    """A truncated file raises with both sizes, before anything is loaded."""
    (write_model(tmp_path) / "model.onnx").write_bytes(b"no")
    with pytest.raises(ModelError, match="has 2 bytes, its manifest says 8"):
        ModelFiles.open(tmp_path)


def test_verify_sees_a_change_that_keeps_the_size(tmp_path: Path) -> None:
    """One flipped letter passes the cheap check and fails the full one."""
    (write_model(tmp_path) / "model.onnx").write_bytes(b"no grapH")
    files = ModelFiles.open(tmp_path)
    with pytest.raises(ModelError, match="SHA-256"):
        files.verify()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file that the manifest lists and the folder lacks raises with its name."""
    (write_model(tmp_path) / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json is missing"):
        ModelFiles.open(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"name": "x", "dim": 1, "max_tokens": 1, "files": []}'])
def test_a_damaged_manifest_is_refused(tmp_path: Path, text: str) -> None:
    """A manifest that is no manifest raises ModelError, whatever stands in it."""
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(ModelError, match="damaged"):
        load_encoder(str(tmp_path))


def test_files_that_are_no_model_are_refused(tmp_path: Path) -> None:
    """A tokenizer or graph that its library cannot read raises ModelError."""
    with pytest.raises(ModelError, match="no readable tokenizer"):
        load_encoder(str(write_model(tmp_path)))
    real = (bundled().folder / "tokenizer.json").read_bytes()
    with pytest.raises(ModelError, match="ONNX Runtime cannot use"):
        load_encoder(str(write_model(tmp_path, tokenizer=real)))


def test_the_fingerprint_follows_the_content(tmp_path: Path) -> None:
    """Two models of one name and size have different fingerprints; the same content has the same."""
    first = ModelFiles.open(write_model(tmp_path)).fingerprint
    again = ModelFiles.open(write_model(tmp_path)).fingerprint
    other = ModelFiles.open(write_model(tmp_path, b"no grapH")).fingerprint
    assert first == again != other
    assert first.startswith("tiny@")
    assert len(first) == len("tiny@") + 12
