"""Golden files with one flag that rewrites them, and skips that count as failures where all must run."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one flag that rewrites golden files instead of comparing with them."""
    parser.addoption(
        "--update-goldens", action="store_true", help="rewrite tests/golden/ instead of comparing"
    )


# Set where every tool is installed (.ci/run): a skip there means that something was not tested.
REQUIRE_ALL = bool(os.environ.get("MATCHER_REQUIRE_ALL"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test fails where all must run."""
    report = yield
    if report.skipped and REQUIRE_ALL:
        report.outcome, report.longrepr = "failed", f"skipped where all must run: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A skipped file fails where all must run."""
    report = yield
    if report.skipped and REQUIRE_ALL:
        report.outcome, report.longrepr = "failed", f"skipped where all must run: {report.longrepr}"
    return report


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
