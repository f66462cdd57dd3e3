"""Which rules something was prepared by: a digest of the files of this room that `prepare` follows from.

What a comparison alone goes by (clauses, facts, verdicts) is in none of them, so it may change, and what
corpora keep stays right.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from matcher.matching.words import STEMMER

ROOM = Path(__file__).parent

# Where it begins; it imports all that it follows from.
_FIRST = "prepared.py"

# Imports and tables as all of this room writes them; what is indented is imported for its types alone.
_IMPORTED = re.compile(r"^from matcher\.matching\.(\w+) import\b", re.MULTILINE)
_TABLE = re.compile(r'with_name\("([\w.]+)"\)')


@cache
def rules(room: Path = ROOM) -> str:
    """What all that is prepared follows from: a digest of its files and of the stemmer's version."""
    found = hashlib.sha256(STEMMER.encode())
    for name, content in sorted(_files(room).items()):
        found.update(name.encode() + b"\0" + content + b"\0")
    return found.hexdigest()[:16]


def _files(room: Path) -> dict[str, bytes]:
    """By name the files that `prepare` takes its rules from: modules, and the tables that these read."""
    found: dict[str, bytes] = {}
    names = [_FIRST]
    while names:
        name = names.pop()
        if name not in found:
            found[name] = (room / name).read_bytes()
            if name.endswith(".py"):
                text = found[name].decode()
                names += [f"{module}.py" for module in _IMPORTED.findall(text)]
                names += _TABLE.findall(text)
    return found
