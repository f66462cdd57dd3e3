"""What commands write or delete is in the audit log, as what requests do is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from matcher.cli import app
from matcher.store import open_store

ROLE = Path(__file__).parents[2] / "data" / "fixtures" / "roles" / "farm-manager.txt"
RESUME = "{0} Halloran\n{0}@example.org\n\nExperience\nHerdsman, Farm\n2010 - 2021\n- Milked cows for {0}\n"
NAMES = ("Ivo", "Odile", "Twin")

# Commands that change nothing of anybody: they read, measure, or look after the index and the rules.
SILENT = {
    "rank", "compare", "parse resume", "parse role", "evaluate", "search", "show", "stats", "reindex",
    "doctor", "export", "people list", "roles list", "roles show", "applications list", "retention show",
    "retention set", "retention due", "serve", "keys list", "audit export",
}  # fmt: skip


@pytest.fixture(autouse=True)
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of nobody yet, and three resumes beside it."""
    monkeypatch.setenv("MATCHER_CORPUS", str(tmp_path / "corpus"))
    for name in NAMES:
        (tmp_path / f"{name}.txt").write_text(RESUME.format(name), "utf-8")
    return tmp_path / "corpus"


def run(*words: str) -> Any:
    done = CliRunner().invoke(app, [*words, "--format", "json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def commands(group: Any, words: tuple[str, ...] = ()) -> Iterator[str]:
    """The words of every command."""
    inside = getattr(group, "commands", None)
    if inside is None:
        yield " ".join(words)
    for name, each in (inside or {}).items():
        yield from commands(each, (*words, name))


def test_every_command_that_writes_is_noted(corpus: Path, tmp_path: Path) -> None:
    """Each with what it was done to, by ids, and by whom; a file that was known is nothing new."""
    seen = set(SILENT)

    def noted(*words: str, command: str, expected: list[tuple[str, str]] | None = None) -> Any:
        """Run a command, and compare what it added to the log with what is expected of it, where it is known
        before; returns what the command says, and the lines."""
        with open_store(corpus) as store:
            before = len(list(store.audit.entries()))
        said = run(*words)
        with open_store(corpus) as store:
            lines = list(store.audit.entries())[before:]
        found = [(each.action, each.subject) for each in lines]
        if expected is not None:
            assert found == expected, words
        assert {each.actor for each in lines} <= {f"command:{os.getuid()}"}
        assert len({each.request_id for each in lines}) <= 1
        seen.add(command)
        return said, found

    def model(*words: str) -> tuple[str, ...]:
        return (*words, "--model", "hashing")

    files = [str(tmp_path / f"{name}.txt") for name in NAMES]
    _, taken = noted(*model("ingest", *files), command="ingest")
    assert [action for action, _ in taken] == ["candidate.added"] * 3
    ivo, odile, twin = (person for _, person in taken)
    noted(*model("ingest", *files), command="ingest", expected=[])
    tagged = [("candidate.unchanged", ivo)]
    noted(*model("ingest", files[0], "--tag", "x"), command="ingest", expected=tagged)

    changed = [("candidate.changed", ivo), ("candidate.changed", odile)]
    noted("people", "tag", ivo, odile, "--add", "met", command="people tag", expected=changed)
    link = ("people", "link", ivo, "--system", "ats", "--key", "7")
    noted(*link, command="people link", expected=changed[:1])
    noted("people", "unlink", *link[3:], command="people unlink", expected=changed[:1])
    merged = [("candidate.merged", odile), ("candidate.merged", twin)]
    noted("people", "merge", odile, twin, command="people merge", expected=merged)

    said, lines = noted(*model("roles", "add", str(ROLE)), command="roles add")
    role = said["roles"][0]["role_id"]
    assert lines == [("role.created", role)]
    replaced = [("role.replaced", role)]
    noted(*model("roles", "add", str(ROLE), "--revises", role), command="roles add", expected=replaced)
    apply = ("applications", "add", ivo, role)
    said, _ = noted(*apply, command="applications add", expected=[("application.created", ivo)])
    one, moved = said["applications"][0]["id"], [("application.moved", ivo)]
    noted("applications", "move", one, "hired", command="applications move", expected=moved)
    removed = [("application.deleted", ivo)]
    noted("applications", "remove", one, command="applications remove", expected=removed)
    run(*apply)
    gone = [("role.deleted", role), ("application.deleted", ivo)]
    noted("roles", "remove", role, command="roles remove", expected=gone)

    exported = tmp_path / "lines.jsonl"
    assert CliRunner().invoke(app, ["export", "-o", str(exported)]).exit_code == 0
    noted(*model("erase", ivo), command="erase", expected=[("candidate.erased", ivo)])
    back = [("candidate.added", ivo)]
    noted(*model("import", str(exported)), command="import", expected=back)

    with open_store(corpus) as store, store._database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE revisions SET superseded = 1 WHERE NOT newest")
        (old,) = connection.exec_driver_sql("SELECT id FROM revisions WHERE NOT newest").scalars()
    run("retention", "set", "--resumes", "30")
    late = [("resume.erased", str(old))]
    noted("retention", "apply", command="retention apply", expected=late)

    said, lines = noted("keys", "make", "ats", command="keys make")
    assert lines == [("key.made", said["id"])]
    said, lines = noted("keys", "rotate", said["id"], command="keys rotate")
    assert lines[1] == ("key.rotated", said["id"])
    ended = [("key.revoked", said["id"])]
    noted("keys", "revoke", said["id"], command="keys revoke", expected=ended)

    assert seen == set(commands(typer.main.get_command(app))), "whoever adds a command says what it writes"
