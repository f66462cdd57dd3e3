"""The commands of docs/operations.md do what it says, on a PostgreSQL and a Milvus of the test's own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from milvus_server import free_port, served

ROOT = Path(__file__).parents[2]
RESUMES = sorted(path for path in (ROOT / "data" / "fixtures" / "resumes").iterdir() if path.is_file())[:3]
POSTGRESQL = Path("/usr/lib/postgresql/15/bin")  # where Debian puts what it has no link for


def blocks() -> list[str]:
    """The shell blocks of the page, in their order."""
    return re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "operations.md").read_text("utf-8"), re.S)


@pytest.mark.skipif(
    not find_spec("milvus_lite"), reason="milvus-lite is an extra: pip install 'matcher[milvus]'"
)
def test_the_commands_of_the_page_run_from_the_first_to_the_last(postgresql: str, tmp_path: Path) -> None:
    """Ingest, back up, restore into the same database, build the index anew, and the jobs of the clock."""
    (tmp_path / "resumes").mkdir()
    for path in RESUMES:
        shutil.copy(path, tmp_path / "resumes")
    port = free_port()
    places = {
        "postgresql://matcher@db.example/matcher": postgresql,
        "milvus+http://milvus.example:19530": f"milvus+http://127.0.0.1:{port}",
    }
    script = "".join(blocks())
    for example, real in places.items():
        assert script.count(example) == 1
        script = script.replace(example, f"'{real}'")
    command = tmp_path / "bin" / "matcher"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m matcher "$@"\n')
    command.chmod(0o700)
    path = os.pathsep.join([str(command.parent), os.environ["PATH"], str(POSTGRESQL)])
    with served(tmp_path / "milvus", port):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=tmp_path,
            env=os.environ | {"PATH": path, "XDG_CACHE_HOME": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            timeout=300,
        )
    assert done.returncode == 0, done.stderr
    assert f"{len(RESUMES)} added" in done.stdout
    assert "Milvus, HNSW, matcher_" in " ".join(done.stdout.split())
    assert done.stdout.count("All is well.") == 2
    assert (tmp_path / "corpus.dump").stat().st_size > 10_000
