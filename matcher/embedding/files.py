"""A model's folder: where the bundled one stands, and whether its files are those of its manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import ModelError

_PACKAGE = Path(__file__).resolve().parents[1]

# In an installed package, then in a checkout of the repository.
_BUNDLED = (_PACKAGE / "_models" / "minilm", _PACKAGE.parent / "models" / "minilm")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """What the manifest says of one file."""

    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model's folder with its manifest. `max_tokens` is the model's limit, special tokens included."""

    folder: Path
    name: str
    dim: int
    max_tokens: int
    files: Mapping[str, ModelFile]

    @classmethod
    def open(cls, folder: Path) -> ModelFiles:
        """Read the manifest and compare the files' sizes with it. Raises ModelError."""
        path = folder / "manifest.json"
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
            files = {
                str(name): ModelFile(int(entry["bytes"]), str(entry["sha256"]))
                for name, entry in manifest["files"].items()
            }
            found = cls(
                folder, str(manifest["name"]), int(manifest["dim"]), int(manifest["max_tokens"]), files
            )
        except OSError as error:
            raise ModelError(
                f"The model's manifest {path} cannot be read: install the package again."
            ) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"The model's manifest {path} is damaged: install the package again.") from error
        for file, expected in files.items():
            size = found._size(file)
            if size != expected.size:
                raise ModelError(
                    f"The model's file {folder / file} has {size} bytes, its manifest says {expected.size}: "
                    "install the package again."
                )
        return found

    def _size(self, name: str) -> int:
        try:
            return (self.folder / name).stat().st_size
        except OSError as error:
            raise ModelError(
                f"The model's file {self.folder / name} is missing: install the package again."
            ) from error

    def path(self, name: str) -> Path:
        """The path of a file that the manifest lists. Raises ModelError for one that it does not."""
        if name not in self.files:
            raise ModelError(f"The manifest in {self.folder} lists no {name}: export the model again.")
        return self.folder / name

    @property
    def fingerprint(self) -> str:
        """The name and 12 hex digits of a digest over the digests of what decides a vector."""
        content = "".join(self.files[name].sha256 for name in ("model.onnx", "tokenizer.json"))
        return f"{self.name}@{hashlib.sha256(content.encode()).hexdigest()[:12]}"

    def verify(self) -> None:
        """Read every file and compare its SHA-256 with the manifest. Raises ModelError."""
        for name, expected in self.files.items():
            with self.path(name).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if digest != expected.sha256:
                raise ModelError(
                    f"The model's file {self.folder / name} has SHA-256 {digest}, its manifest says "
                    f"{expected.sha256}: install the package again."
                )


def bundled() -> ModelFiles:
    """The model that comes with this package. Raises ModelError when it is missing or damaged."""
    for folder in _BUNDLED:
        if (folder / "manifest.json").is_file():
            return ModelFiles.open(folder)
    raise ModelError(f"The bundled model is in neither of {_BUNDLED[0]} and {_BUNDLED[1]}: install again.")
