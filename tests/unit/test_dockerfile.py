"""The Dockerfile by what this project asks of it, and rules of hadolint where that is not installed: `make
lint-docker` asks hadolint itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def instructions() -> list[tuple[str, str]]:
    """Each instruction with its arguments, lines that go on joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8"), flags=re.M)
    lines = text.replace("\\\n", " ").splitlines()
    return [(line.split()[0], line.partition(" ")[2].strip()) for line in lines if line.strip()]


def test_bases_are_pinned_and_nothing_runs_as_root() -> None:
    """No base without a tag or with `latest` (DL3006, DL3007); the last user is not root (DL3002)."""
    bases = [arguments for name, arguments in instructions() if name == "FROM"]
    assert len(bases) == 2
    for base in bases:
        assert re.fullmatch(r"[a-z]+:[0-9][\w.-]+( AS \w+)?", base), base
    assert [arguments for name, arguments in instructions() if name == "USER"][-1] == "10001"


def test_commands_are_lists_and_leave_nothing_behind() -> None:
    """CMD, ENTRYPOINT and the health check are JSON (DL3025); pip keeps no cache (DL3042); folders are
    absolute (DL3000); COPY and not ADD (DL3020); no sudo (DL3004), no cd (DL3003), no apt."""
    for name, arguments in instructions():
        if name in ("CMD", "ENTRYPOINT"):
            assert isinstance(json.loads(arguments), list)
        if name == "HEALTHCHECK":
            assert isinstance(json.loads(arguments.partition("CMD ")[2]), list)
            assert "/healthz" in arguments
        if name == "WORKDIR":
            assert arguments.startswith("/")
        if "pip install" in arguments:
            assert "--no-cache-dir" in arguments
        assert name not in ("ADD", "MAINTAINER")
        assert not re.search(r"\bsudo\b|\bcd \b|\bapt\b|apt-get", arguments)


def test_no_secret_and_nothing_but_the_package_is_in_the_image() -> None:
    """What is copied is what the build needs, and the context holds no more; no variable is a secret."""
    copied = " ".join(
        arguments for name, arguments in instructions() if name == "COPY" and "--from" not in arguments
    )
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[0] == "*"
    assert {line[1:] for line in ignored[1:]} == {
        part for part in copied.split() if (ROOT / part).exists()
    } - {"./"}
    variables = " ".join(arguments for name, arguments in instructions() if name in ("ENV", "ARG"))
    assert not re.search(r"KEY|SECRET|TOKEN|PASSWORD", variables)
