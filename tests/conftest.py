"""Golden files: what a test prints is compared with tests/golden/, and one flag rewrites them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one flag that rewrites golden files instead of comparing with them."""
    parser.addoption(
        "--update-goldens", action="store_true", help="rewrite tests/golden/ instead of comparing"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)`: fail unless tests/golden/`name` holds exactly `text`; a missing file fails."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        if not path.exists():
            pytest.fail(f"tests/golden/{name} is missing: run pytest --update-goldens, read it and commit it")
        assert text == path.read_text("utf-8")

    return check
