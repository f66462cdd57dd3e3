"""The commands of a corpus, as a user runs them."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from matcher.cli import app

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
RESUMES = sorted(path for path in (FIXTURES / "resumes").iterdir() if path.is_file())[:3]
ROLE = FIXTURES / "roles" / "farm-manager.txt"

NURSE = "Odile Brandtner\nodile@example.org\n\nExperience\nNurse, Clinic\n2015 - 2020\n• Dressed wounds\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MATCHER_CORPUS", str(tmp_path / "corpus"))
    return tmp_path


@pytest.fixture
def begun(place: Path) -> None:
    """A corpus of nobody."""
    run("import", str(lines_of_nobody(place)))


def lines_of_nobody(place: Path) -> Path:
    """What is exported of a corpus that has nobody."""
    lines = place / "nobody.jsonl"
    lines.write_text('{"schema":"matcher.corpus/2","engine":"0"}\n', "utf-8")
    return lines


def run(*words: str, status: int = 0) -> str:
    """What a command writes on standard output; it has to end with `status`."""
    model = [] if words[0] in ("show", "export") else ["--model", "hashing"]
    done = CliRunner().invoke(app, [*words, *model])
    assert done.exit_code == status, done.output
    return done.stdout


def data(*words: str, status: int = 0) -> Any:
    return json.loads(run(*words, "--format", "json", status=status))


def test_a_corpus_from_its_first_file_to_its_last(place: Path) -> None:
    """Every command, in JSON or as a table, on one corpus after the other."""
    archive = place / "inbox.zip"
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("deep/nurse.txt", NURSE)
        written.writestr("deep/empty.txt", "")
        written.writestr("readme.bin", "no resume")
        written.writestr("__MACOSX/nurse.txt", "no resume")
    done = data("ingest", str(archive), *map(str, RESUMES), "--tag", "new", "--source", "fair", status=3)
    assert [item["source"] for item in done["taken"]] == [f"{archive}/deep/nurse.txt", *map(str, RESUMES)]
    assert [(item["source"], item["code"]) for item in done["rejected"]] == [
        (f"{archive}/deep/empty.txt", "document_empty")
    ]
    assert "0 added, 0 revised, 3 unchanged" in run("ingest", *map(str, RESUMES))

    (found,) = data("search", "dressed wounds", "--top", "1")["people"]
    assert found["candidate"]["name"] == "Odile Brandtner"
    assert found["candidate"]["tags"] == ["new"]
    assert found["quotes"][0]["text"] == "Dressed wounds"
    assert "“Dressed wounds”" in run("search", "dressed wounds", "--where", "source:fair months<=70")
    assert data("search", "dressed wounds", "--where", "months>=900")["people"] == []

    ranking = data("search", "--role", str(ROLE), "--top", "2", "--today", "2026-01-15")
    assert ranking["schema"] == "matcher.rank/1"
    assert len(ranking["candidates"]) == 2
    page = place / "report.html"
    run("search", "--role", str(ROLE), "--format", "html", "-o", str(page), "--where", "tag:new")
    assert "Odile Brandtner" in page.read_text("utf-8")
    run("search", "--role", str(ROLE), "--format", "html", "-o", str(page), "--blind")
    assert "Odile" not in page.read_text("utf-8")

    person = found["candidate"]["id"]
    for name in (person, "odile@example.org", "Brandtner"):
        assert data("show", name)["person"]["id"] == person
    assert "Dressed wounds" in run("show", person)
    assert data("stats")["stats"]["candidates"] == 4
    assert "All is well." in run("doctor")
    assert data("reindex")["indexed"] == data("stats")["stats"]["snippets"]

    lines = place / "corpus.jsonl"
    run("export", "-o", str(lines))
    assert lines.stat().st_mode & 0o077 == 0
    receipt = data("erase", person)["receipt"]
    assert (receipt["candidates"], receipt["files"], receipt["remains"]) == ([person], 1, [])
    assert "Odile" not in run("search", "dressed wounds")
    assert "1 added" in run("import", str(lines))
    assert "Odile" in run("search", "dressed wounds")
    assert data("show", person)["person"]["name"] == "Odile Brandtner"
    assert run("erase", person).startswith("Erased: 1 person, 1 resume, 1 file,")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["search"], "Give a text to look for"),
        (["search", "x", "--role", str(ROLE)], "Give a text to look for"),
        (["search", "x", "--format", "csv"], "table or json"),
        (["search", "x", "--where", "skil:go"], "character 1: skil is no filter"),
        (["search", "x", "--where", "(go"], "this ( is never closed"),
        (["show", "nobody@example.org"], "not_in_corpus"),
        (["erase", "nobody"], "not_in_corpus"),
        (["import", "/nowhere"], "file_unavailable"),
        (["import", str(ROLE)], "Line 1 is none that `matcher export` writes"),
        (["ingest", str(FIXTURES / "expected")], "No resume was found"),
        (["stats", "--corpus", "mysql://x"], "postgresql://"),
        (["stats", "--corpus", "postgresql:/x"], "two slashes"),
        (["stats", "--corpus", "/nowhere"], "There is no corpus in /nowhere: `matcher ingest`"),
        (["doctor", "--corpus", str(ROLE)], "There is no corpus in"),
        (["import", "/dev/null"], "The file is empty"),
        (["export", "-o", "/nowhere/x"], "The folder /nowhere does not exist"),
        (["stats", "--tenant", "a b"], "tenant"),
    ],
)
@pytest.mark.usefixtures("begun")
def test_what_cannot_be_done_says_why(words: list[str], said: str) -> None:
    """On standard error, with exit status 1, and nothing on standard output."""
    model = [] if words[0] in ("show", "export") else ["--model", "hashing"]
    done = CliRunner().invoke(app, [*words, *model])
    assert done.exit_code == 1
    assert said in " ".join(done.stderr.split())


@pytest.mark.parametrize("left", ["nothing", "an empty file", "an index"])
def test_a_corpus_that_is_not_there_is_no_corpus_of_nobody(place: Path, left: str) -> None:
    """A wrong name, or a lost file, is said by whatever only reads; nothing is begun in its place."""
    folder = place / "corpus"
    if left != "nothing":
        run("ingest", str(RESUMES[0]))
        (folder / "corpus.sqlite").unlink()
    if left == "an empty file":
        (folder / "corpus.sqlite").touch()
    for words in (["search", "x"], ["doctor"], ["export"], ["stats"], ["erase", "a"], ["show", "a"]):
        run(*words, status=1)
    assert not folder.exists() or (folder / "corpus.sqlite").exists() == (left == "an empty file")
    assert data("ingest", str(RESUMES[0]))["taken"][0]["outcome"] == "added"
    assert data("stats")["stats"]["candidates"] == 1
    assert run("doctor").startswith("All is well")


def test_an_export_takes_the_place_of_a_file_once_it_is_whole(place: Path) -> None:
    """It says what it wrote; where it fails, the file of before is there as it was, and nothing beside it."""
    run("ingest", str(RESUMES[0]), str(RESUMES[1]))
    lines = place / "lines.jsonl"
    assert data("export", "-o", str(lines)) == {
        "schema": "matcher.export/1", "file": str(lines), "resumes": 2, "roles": 0, "applications": 0,
    }  # fmt: skip
    assert "Wrote 2 resumes, 0 roles, 0 applications to" in run("export", "-o", str(lines))
    before = lines.read_bytes()
    engine = sqlite3.connect(place / "corpus" / "corpus.sqlite")
    with engine:
        engine.execute("UPDATE contents SET resume = x'00'")
    engine.close()
    CliRunner().invoke(app, ["export", "-o", str(lines)])
    assert lines.read_bytes() == before
    assert sorted(path.name for path in place.iterdir()) == ["corpus", "lines.jsonl"]
