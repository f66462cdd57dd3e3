"""Who may import what, read from the source files (DESIGN.md, "Who may import what")."""

import ast
import importlib
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOUNS = {"types", "errors"}
ROOMS = {"documents", "resumes", "roles", "embedding", "index", "matching", "reports", "store"}
COMPOSERS = {"parsing", "pictures", "worker", "workers", "sources", "ranking", "service", "__init__"}
# The command line is a door to the service and knows no room but the reports.
DOORS = {
    "cli": NOUNS
    | {
        "__version__",
        "command",
        "corpus_cli",
        "editing",
        "evaluation",
        "formats",
        "inputs",
        "reports",
        "serve_cli",
    },
    "corpus_command": NOUNS | {"command", "corpus", "formats", "store"},
    "command": NOUNS | {"service", "sources"},
    "corpus_cli": NOUNS
    | {
        "command",
        "corpus",
        "corpus_command",
        "formats",
        "inputs",
        "people_cli",
        "reports",
        "roles_cli",
        "sources",
    },
    "people_cli": NOUNS | {"command", "corpus_command", "formats", "reports"},
    "roles_cli": NOUNS | {"command", "corpus_command", "editing", "formats", "reports"},
    "serve_cli": NOUNS | {"command", "corpus", "corpus_command", "formats", "reports", "store"},
    "editing": NOUNS | {"formats", "reports", "roles", "service", "sources"},
    "formats": set(),
    "__main__": {"cli"},
    "inputs": NOUNS,
}
# matching counts the months of positions and words them: the public names of matcher.resumes. The reports say
# what matching makes of a whole ranking (tiers, best quotes, doubts): the public names of matcher.matching.
PUBLIC_USES = {("matching", "resumes"), ("reports", "resumes"), ("reports", "matching"), ("reports", "roles")}
# A corpus composes the rooms by their public names with the service, as the service composes rooms.
COMPOSING = NOUNS | {
    "settings",
    "service",
    "sources",
    "inputs",
    "ranking",
    "workers",
    "corpus",
    "__version__",
}
# The evaluation measures the service, the rooms by their public names, and how strengths are weighed.
MEASURING = NOUNS | {"settings", "service", "sources", "evaluation", "__version__"}
WEIGHING = tuple(f"matcher.matching.{name}" for name in ("asked", "lexical", "lines", "weigh"))
# Each third-party library is imported in the named files alone.
THIRD_PARTIES = {
    "pypdf": {"evaluation/invariance_photo.py"},  # the benchmarks and tests measure against it
    "pypdfium2": {"documents/pdf_native.py"},
    "charset_normalizer": {"documents/encoding.py"},
    "lxml": {"documents/safe_xml.py"},
    "selectolax": {"documents/html.py"},
    "faiss": {
        *(f"index/{name}.py" for name in ("ahead", "among", "located", "scaled", "segments", "steps")),
    },
    "pymilvus": {"index/milvus.py"},
    "onnxruntime": {"embedding/onnx.py"},
    "tokenizers": {"embedding/onnx.py"},
    "sentence_transformers": {"embedding/sentence_transformers.py", "evaluation/baselines.py"},
    "jinja2": {"reports/html.py"},
    "markdown_it": {"documents/markdown.py"},
    "phonenumbers": {"resumes/contact.py"},
    "tomlkit": {"reports/role_file.py"},
    "torch": {"embedding/sentence_transformers.py"},
    "Stemmer": {"matching/words.py"},
    "bm25s": {"evaluation/baselines.py"},
    "ir_measures": {"evaluation/measures.py"},
    "matplotlib": {"evaluation/plots.py"},
    "msgspec": {"matching/outline.py", "matching/prepared.py", "store/codec.py", "store/lines.py"},
    "platformdirs": {"corpus/places.py"},
}
# The store's statements are SQLAlchemy's: its library, in all of its files and nowhere else.
STORE_LIBRARIES = {"sqlalchemy", "alembic", "psycopg"}


@cache
def imported(path: Path) -> frozenset[str]:
    """Every module that a file imports, by dotted name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: imports are absolute"
            found |= {f"{node.module}.{name.name}" for name in node.names} | {node.module}
    return frozenset(found)


def public_names(room: str) -> set[str]:
    """What a room offers."""
    return set(importlib.import_module(f"matcher.{room}").__all__)


def files() -> list[Path]:
    return sorted((ROOT / "matcher").rglob("*.py"))


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_the_nouns_the_settings_and_itself(path: Path) -> None:
    """Rooms never reach into each other; types and errors depend on nothing else of ours."""
    own = path.relative_to(ROOT / "matcher").parts[0].removesuffix(".py")
    if own in COMPOSERS:
        return
    allowed = {
        "types": {"types"},
        "errors": set(),
        "settings": NOUNS,
        **DOORS,
    }.get(own, NOUNS | {"settings", own})
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "matcher" or len(parts) < 2:
            continue
        if own == "corpus":
            public = parts[1] in ROOMS and (len(parts) == 2 or parts[2] in public_names(parts[1]))
            assert parts[1] in COMPOSING or public, f"{path.name}: {name}"
            continue
        if own == "evaluation":
            public = parts[1] in ROOMS and (len(parts) == 2 or parts[2] in public_names(parts[1]))
            assert parts[1] in MEASURING or public or name.startswith(WEIGHING), f"{path.name}: {name}"
            continue
        if (own, parts[1]) in PUBLIC_USES:
            assert name.count(".") <= 2, f"{path} reaches into {name}"
            assert not (ROOT / "matcher" / parts[1] / f"{parts[-1]}.py").exists(), (
                f"{path} reaches into {name}"
            )
            continue
        assert parts[1] in allowed, f"{path.name} in {own} imports {name}"


@pytest.mark.parametrize("library", sorted(THIRD_PARTIES))
def test_each_library_stands_behind_one_file(library: str) -> None:
    """A third-party library is imported where its adapter is and nowhere else."""
    users = {
        path.relative_to(ROOT / "matcher").as_posix()
        for path in files()
        if any(name.split(".")[0] == library for name in imported(path))
    }
    assert users == THIRD_PARTIES[library]


@pytest.mark.parametrize("library", sorted(STORE_LIBRARIES))
def test_the_databases_are_known_to_the_store_alone(library: str) -> None:
    """No other room writes SQL, and within the store only `Work` executes it."""
    for path in files():
        if path.relative_to(ROOT / "matcher").parts[0] != "store":
            assert library not in {name.split(".")[0] for name in imported(path)}, path


def test_statements_reach_the_database_through_the_one_place_that_adds_the_tenant() -> None:
    """Only the transaction and the migration of the schema call `execute`."""
    store = ROOT / "matcher" / "store"
    callers = {
        path.name
        for path in store.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("execute", "exec_driver_sql", "scalar", "scalars")
    }
    migrations = {
        "0001_corpus.py",
        "0003_revision_vectors.py",
        "0005_audit_log.py",
        "0006_snippet_lengths.py",
    }
    assert callers == {"database.py", "driver.py", "engines.py", "opening.py", *migrations}


@pytest.mark.parametrize("statement", ["import matcher", "import matcher.cli"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    """`import matcher` and the command line load no torch, faiss, onnxruntime, numpy or PDF library."""
    heavy = {
        "torch",
        "faiss",
        "onnxruntime",
        "numpy",
        "tokenizers",
        "pypdf",
        "pypdfium2",
        "fastapi",
        "sqlalchemy",
    }
    code = f"import sys; {statement}; print(sorted({heavy} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_files_stay_short() -> None:
    """A file past 300 lines wants a split."""
    folders = ("matcher", "api", "benchmarks", "models", "data")
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > 300
    }
    assert long == {}
