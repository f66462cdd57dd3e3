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
PHASES = ("examples", "coverage", "fuzzing", "stateful")

# Until an answer has to be there, of a machine that has much else to do; schemathesis's own 10 are as many as
# a request may ask to wait for a job. What is tested is bounded by numbers, never by a time for all of it:
# when that was over, whole phases were left out.
SECONDS = "60"


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
                *("--checks", "all", "--phases", ",".join(PHASES), "--max-examples", "8"),
                *("--continue-on-failure", "--request-timeout", SECONDS, "--max-response-time", SECONDS),
                *("-H", f"Authorization: Bearer {_key(corpus)}"),
            ],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=1200,
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
    for phase in PHASES:
        assert f"✅ {phase.capitalize()}" in run.stdout
    assert '"event": "internal"' not in (tmp_path / "log").read_text("utf-8")
