"""Which edits of this room outdate what was prepared."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.matching.rules import ROOM, rules


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the room."""
    return shutil.copytree(ROOM, tmp_path_factory.mktemp("room") / "matching")


def imported(path: Path) -> Iterator[str]:
    """The modules of the room that a file imports when it runs, anywhere in it; of no other room any."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    for_types = {
        each
        for node in nodes
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for each in node.body
    }
    for node in nodes:
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            assert not any(each.name.startswith("matcher") for each in node.names), path
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, path
            module = node.module or ""
            if module.startswith("matcher.matching."):
                yield module.removeprefix("matcher.matching.")
            elif module.startswith("matcher"):
                assert module in ("matcher.types", "matcher.errors"), f"{path} imports {module}"


def followed(name: str = "prepared") -> set[str]:
    """The modules that what is prepared follows from."""
    found, names = set[str](), [name]
    while names:
        name = names.pop()
        if name not in found:
            found.add(name)
            names += imported(ROOM / f"{name}.py")
    return found


def test_the_rules_are_those_of_the_modules_that_prepare(copy: Path) -> None:
    """An edit in any module that `prepared` imports, or they, outdates what was prepared; no other does."""
    before, modules = rules(copy), followed()
    assert before == rules(ROOM)
    for path in sorted(copy.glob("*.py")):
        content = path.read_bytes()
        path.write_bytes(content + b"# edited\n")
        rules.cache_clear()
        assert (rules(copy) != before) == (path.stem in modules), path.name
        path.write_bytes(content)
    assert modules >= {"lexical", "aliases", "kinds", "domains", "lines"}
    assert modules.isdisjoint({"match", "demand", "verdicts", "seen", "weigh", "estimate", "outline"})


@pytest.mark.parametrize(
    ("table", "outdates"),
    [
        ("idf.tsv", True),
        ("aliases.tsv", True),
        ("field_families.tsv", False),
        ("weights.toml", False),
        ("idle.toml", False),
    ],
)
def test_tables_count_where_those_modules_read_them(copy: Path, table: str, outdates: bool) -> None:
    """Stems' weights and other names of a thing are prepared; how strong evidence is, is not."""
    before, path = rules(copy), copy / table
    content = path.read_bytes()
    path.write_bytes(content + b"# edited\n")
    rules.cache_clear()
    assert (rules(copy) != before) == outdates
    path.write_bytes(content)
    rules.cache_clear()


def test_every_table_is_named_where_it_is_read() -> None:
    """A table that a module finds in another way would change, and nothing would be made anew."""
    sources = {path.name: path.read_text("utf-8") for path in ROOM.glob("*.py")}
    for path in (*ROOM.glob("*.tsv"), *ROOM.glob("*.toml")):
        assert any(f'with_name("{path.name}")' in source for source in sources.values()), path.name
