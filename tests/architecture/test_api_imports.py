"""What the service may import: the library by its public names, and each library where it belongs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from test_imports import ROOMS, ROOT, imported, public_names

API = ROOT / "api"
# Of the library: its nouns, its composers, and what its rooms offer.
NOUNS = {"types", "errors", "settings", "sources", "__version__", "Matcher", "Settings"}
# The forms in which a report is written are modules of their own.
FORMS = "matcher.reports."
# Each library with the files that may import it; a name that ends in / is a folder.
LIBRARIES = {
    "anyio": {"routes/health.py", "security.py", "turns.py"},
    "dbos": {"queue.py"},
    "httpcore": {"fetch.py", "guard.py", "integrations/client.py", "webhooks/sending.py"},
    "jinja2": {"page.py"},
    "markdown_it": {"page.py"},
    "markupsafe": {"page.py"},
    "prometheus_client": {"metrics.py"},
    "sqlalchemy": {"queue.py"},
    "uvicorn": {"main.py"},
}
# These are of the whole room; what works, fetches and delivers knows nothing of requests.
FRAMEWORK = {"fastapi", "starlette", "pydantic"}
WITHOUT_REQUESTS = {
    "fetch.py",
    "guard.py",
    "intake.py",
    "matching.py",
    "metrics.py",
    "queue.py",
    "state.py",
    "webhooks/",
    "work/",
    "worker.py",
}
EVERYWHERE = {"structlog"}


def files() -> list[Path]:
    return sorted(API.rglob("*.py"))


def _within(path: Path, places: set[str]) -> bool:
    name = path.relative_to(API).as_posix()
    return any(name == place or (place.endswith("/") and name.startswith(place)) for place in places)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(API).as_posix())
def test_the_service_uses_the_library_by_its_public_names(path: Path) -> None:
    """No file of the service reaches into a room."""
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "matcher" or len(parts) < 2 or parts[1] in NOUNS or name.startswith(FORMS):
            continue
        assert parts[1] in ROOMS | {"corpus"}, f"{path.name}: {name}"
        assert len(parts) == 2 or parts[2] in public_names(parts[1]), f"{path.name}: {name}"


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(API).as_posix())
def test_each_library_of_the_service_is_where_it_belongs(path: Path) -> None:
    """A new library is named here first."""
    libraries = {name.split(".")[0] for name in imported(path)} - set(sys.stdlib_module_names)
    for library in libraries - {"matcher", "api"} - EVERYWHERE:
        if library in FRAMEWORK:
            assert not _within(path, WITHOUT_REQUESTS), f"{path.name} knows of requests by {library}"
        else:
            assert _within(path, LIBRARIES.get(library, set())), f"{path.name}: {library}"


def test_the_library_knows_nothing_of_the_service() -> None:
    """Only the command that starts it imports it."""
    users = {
        path.name
        for path in (ROOT / "matcher").rglob("*.py")
        if any(name.split(".")[0] == "api" for name in imported(path))
    }
    assert users == {"serve_cli.py"}
