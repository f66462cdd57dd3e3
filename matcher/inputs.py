"""What a command line names (folders, a weights file) turned into files and numbers."""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from matcher.errors import FileUnavailableError, WeightsError

# Only for files found in a folder; a file that is named is always tried, whatever its ending.
RESUME_ENDINGS = frozenset({".docx", ".htm", ".html", ".markdown", ".md", ".odt", ".pdf", ".rtf", ".txt"})


def expand(names: Iterable[str]) -> tuple[list[str], Counter[str]]:
    """The files under `names`, folders searched recursively in a stable order, each file once.

    Returned beside them: how many files in folders were left out, by ending (hidden files are not counted).
    """
    found: dict[str, None] = {}
    skipped: Counter[str] = Counter()
    for name in names:
        path = Path(name)
        if name == "-" or not path.is_dir():
            # "./a.pdf" is "a.pdf"; only a lone "-" is standard input
            found[name if path.name == "-" else str(path)] = None
            continue
        for file in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if hidden or not file.is_file():
                continue
            if file.suffix.lower() in RESUME_ENDINGS:
                found[str(file)] = None
            else:
                skipped[file.suffix.lower() or "no ending"] += 1
    return list(found), skipped


def read_lines(name: str) -> Iterator[bytes]:
    """The lines of a file, or of standard input for "-". Raises FileUnavailableError."""
    if name == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield from file
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FileUnavailableError(f"The file cannot be read ({reason}): check the path.") from None


def read_weights(path: Path) -> dict[str, float]:
    """Qualification id to weight from a JSON or TOML file. Raises WeightsError, FileUnavailableError."""
    try:
        text = path.read_text("utf-8-sig")  # some editors begin a file with a byte order mark
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise FileUnavailableError(f"The weights file cannot be read: {reason}.") from None
    try:
        table = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise WeightsError(f"The weights file is neither JSON nor TOML: {error}.") from None
    weights: dict[str, float] = {}
    for name, weight in table.items():
        if isinstance(weight, bool) or not isinstance(weight, int | float):
            raise WeightsError(f"The weight of {name} is no number; write for example {name} = 1.5.")
        try:
            weights[name] = float(weight)
        except OverflowError:
            raise WeightsError(f"The weight of {name} is too large for a number; write 1.0 or so.") from None
    return weights
