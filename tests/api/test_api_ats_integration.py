"""docs/ats-integration.md does what it says: its commands in their order, with curl, over a real service."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "ats-integration.md"


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each block of commands printed, but for that of the first, which installs."""
    if not (shutil.which("curl") and shutil.which("bash")):
        if os.environ.get("MATCHER_REQUIRE_ALL"):
            pytest.fail("curl and bash are needed.")
        pytest.skip("curl and bash are not here")
    folder = tmp_path_factory.mktemp("stranger")
    (folder / "data").symlink_to(ROOT / "data")
    text = PAGE.read_text("utf-8").replace("8000", _free_port()).replace("9000", _free_port())
    (receiver,) = re.findall(r"```python\n(.*?)```", text, re.S)
    (folder / "receiver.py").write_text(receiver, "utf-8")
    install, *blocks = re.findall(r"```sh\n(.*?)```", text, re.S)
    assert "'.[service]'" in install
    stop = "trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n"
    script = stop + "".join(f"{block}\necho; echo =====\n" for block in blocks)
    known = {name: value for name, value in os.environ.items() if not name.startswith("MATCHER_")}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env={**known, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    assert (folder / "report.html").read_text("utf-8").lower().startswith("<!doctype html>")
    return done.stdout.split("\n=====\n")


def _told_by(said: list[str], command: str) -> str:
    """What the block with a command printed."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.S)[1:]
    (place,) = (number for number, block in enumerate(blocks) if command in block)
    return said[place]


def test_a_stranger_gets_from_nothing_to_a_quoted_result(said: list[str]) -> None:
    """The resume is accepted and its person named; a genuine event arrives; the ranking is quoted."""
    assert '"state":"queued"' in _told_by(said, "Idempotency-Key")
    (person,) = set(re.findall(r'"candidate_id":"([^"]+)"', _told_by(said, 'until curl -s "$URL$JOB"')))
    assert "'type': 'match.completed'" in _told_by(said, "until grep match.completed")
    ranked = _told_by(said, "report.html")
    places = re.findall(r"^(\d) (\S+) 0\.\d\d (.*)$", ranked, re.M)
    assert [rank for rank, _, _ in places] == ["1", "2", "3"]
    assert places[0][1:] == (person, "Required: 5 strong; assessed 5 of 5")
    best = ranked.partition("\n2 ")[0]
    assert "strong | Bachelor of Science in Nursing | Bachelor of Science in Nursing" in best


def test_a_stranger_corrects_a_role_and_erases_a_person(said: list[str]) -> None:
    """The correction is told, earlier reports are stale, and who was erased is nowhere: a 404."""
    corrected = _told_by(said, "role_file.json")
    assert "'required'" in corrected
    assert corrected.strip().endswith("True")
    erased = _told_by(said, "-X DELETE")
    assert '"snippets":' in erased
    assert '"code":"not_in_corpus"' in erased
    assert "'type': 'candidate.erased'" in erased
