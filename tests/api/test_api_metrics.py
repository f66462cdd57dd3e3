"""Metrics of several processes: what all of them counted, and what is so now."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ASKED = """
import sys
from api import metrics
ready, waiting = map(int, sys.argv[1:])
for _ in range(3):
    metrics.request("GET", "/v1/roles", 200, 0.01)
metrics.ready.labels("index").set(ready)
metrics.waiting.set(waiting)
print(metrics.exposition().decode())
"""


def test_counts_are_added_and_states_are_those_of_who_was_asked_last(tmp_path: Path) -> None:
    """A process that was not ready when it was asked, or has ended since, does not say so for ever."""

    def asked(*values: int) -> list[str]:
        ended = subprocess.run(
            [sys.executable, "-c", _ASKED, *map(str, values)],
            env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return ended.stdout.splitlines()

    count = 'matcher_requests_total{method="GET",route="/v1/roles",status="200"}'
    first, second = asked(0, 9), asked(1, 4)
    assert {f"{count} 3.0", 'matcher_ready{part="index"} 0.0', "matcher_jobs_waiting 9.0"} <= set(first)
    assert {f"{count} 6.0", 'matcher_ready{part="index"} 1.0', "matcher_jobs_waiting 4.0"} <= set(second)
    assert 'matcher_request_seconds_count{route="/v1/roles"} 6.0' in second
