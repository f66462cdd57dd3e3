"""Where a corpus is when nobody says so, and where the index of each is kept."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import platformdirs

# A folder or a PostgreSQL URL, for all commands.
CORPUS = "MATCHER_CORPUS"

_PASSWORD = re.compile(r"(?<=://)([^/@:]*)(:[^/@]*)?@")


def default_corpus() -> str | Path:
    """What MATCHER_CORPUS names, else `corpus` in the platform's folder for a user's data."""
    named = os.environ.get(CORPUS)
    return located(named) if named else platformdirs.user_data_path("matcher") / "corpus"


def located(where: str | Path) -> str | Path:
    """A URL as it is, anything else as a folder."""
    return where if isinstance(where, str) and "://" in where else Path(where).expanduser()


def index_folder(where: str | Path, tenant: str) -> Path:
    """The folder of a tenant's index: within the corpus, or for a server's in the user's cache."""
    if isinstance(where, Path):
        return where / "index" / tenant
    name = hashlib.sha256(shown(where).encode()).hexdigest()[:16]
    return platformdirs.user_cache_path("matcher") / "index" / name / tenant


def shown(where: str | Path) -> str:
    """The place in words, without the password of a URL."""
    return _PASSWORD.sub(r"\1@", str(where))
