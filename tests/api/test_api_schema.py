"""The description against the running service: what is said is so, for requests that nobody thought of."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from test_api_serve import _key, serving

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")


@pytest.mark.slow
def test_nothing_breaks_and_nothing_is_undocumented(tmp_path: Path) -> None:
    """Every operation, every check, with the ids that other answers gave: no fault, no status, type or shape
    that the description does not name."""
    corpus = tmp_path / "corpus"
    with serving(str(corpus), tmp_path / "log", requests_a_minute="1000000") as served:
        run = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIGURATION)),
                *("run", f"{served.url}/openapi.json", "--no-color", "--seed", "1"),
                *("--checks", "all", "--phases", "examples,coverage,fuzzing,stateful"),
                *("--max-examples", "4", "--max-time", "40", "--continue-on-failure"),
                *("-H", f"Authorization: Bearer {_key(corpus)}"),
            ],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=240,
        )
        operations = len(
            [
                method
                for path in httpx.get(f"{served.url}/openapi.json", timeout=60).json()["paths"].values()
                for method in path
            ]
        )
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr
    assert re.search(rf"Tested: {operations}\b", run.stdout)
    assert '"event": "internal"' not in (tmp_path / "log").read_text("utf-8")
