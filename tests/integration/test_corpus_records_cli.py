"""The commands about people, roles, applications and retention, as a user runs them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from matcher.cli import app
from matcher.store import open_store

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
ROLE = FIXTURES / "roles" / "farm-manager.txt"

ODILE = "Odile Brandtner\nodile@example.org\n\nExperience\nNurse, Clinic\n2015 - 2020\n• Dressed wounds\n"
IVO = "Ivo Halloran\nivo@example.org\n\nExperience\nHerdsman, Farm\n2010 - 2021\n• Milked forty cows\n"
TWIN = ODILE.replace("odile@example.org", "o.brandtner@example.net").replace("2020", "2022")


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of nobody yet."""
    monkeypatch.setenv("MATCHER_CORPUS", str(tmp_path / "corpus"))
    open_store(tmp_path / "corpus").close()
    return tmp_path


@pytest.fixture
def place(empty: Path) -> Path:
    """A corpus of three resumes."""
    files = {empty / f"{name}.txt": text for name, text in (("odile", ODILE), ("ivo", IVO), ("twin", TWIN))}
    for file, text in files.items():
        file.write_text(text, "utf-8")
    run("ingest", *map(str, files), "--model", "hashing")
    return empty


def run(*words: str, status: int = 0) -> str:
    """What a command writes on standard output; it has to end with `status`."""
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == status, done.output
    return done.stdout


def data(*words: str) -> Any:
    return json.loads(run(*words, "--format", "json"))


def ids(*words: str) -> list[str]:
    """The ids of the people that a command lists."""
    return [person["id"] for person in data(*words)["people"]]


@pytest.mark.usefixtures("place")
def test_people_are_listed_tagged_linked_and_joined() -> None:
    """A filter, pages by id, tags of several at once, and two resumes of one woman that become hers."""
    every = ids("people", "list")
    assert len(every) == 3
    assert every == sorted(every)
    first = ids("people", "list", "--limit", "2")
    assert first + ids("people", "list", "--after", first[-1]) == every
    (ivo,) = ids("people", "list", "--where", "months>=130", "--today", "2026-01-15")
    one, two = (person["id"] for person in data("show", "brandtner")["people"])
    run("people", "tag", one, ivo, "--add", "met", "--add", "fair")
    run("people", "tag", ivo, "--remove", "met")
    assert ids("people", "list", "--where", "tag:met") == [one]
    assert sorted(ids("people", "list", "--where", "tag:fair")) == sorted([one, ivo])
    key = ("--system", "ats", "--key", "c-7")
    (linked,) = data("people", "link", ivo, *key)["people"]
    assert linked["external_ids"] == [{"system": "ats", "key": "c-7"}]
    assert "take it from" in CliRunner().invoke(app, ["people", "link", one, *key]).stderr
    assert data("people", "unlink", *key)["people"][0]["external_ids"] == []
    assert data("people", "link", one, *key)["people"][0]["id"] == one

    assert ids("people", "merge", one, two) == [one]
    assert data("show", two)["person"]["id"] == one
    assert data("show", "o.brandtner@example.net")["person"]["id"] == one
    assert data("show", "odile@example.org")["person"]["id"] == one
    kept = data("show", one)["revisions"]
    assert sorted((each["number"], each["newest"]) for each in kept) == [(1, False), (2, True)]
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert f"2 of {today}, 1 of {today}" in run("show", one)
    assert data("stats")["stats"]["candidates"] == 2
    assert "#met" in run("people", "list")


def test_a_role_is_kept_corrected_and_named_by_reports(place: Path) -> None:
    """A report of the first revision is stale once there is a second; a role that did not change is none."""
    (kept,) = data("roles", "add", str(ROLE), "--model", "hashing", "--system", "ats", "--key", "j-1")[
        "roles"
    ]
    role = kept["role_id"]
    assert (kept["number"], kept["title"]) == (1, "Farm Manager")
    search = ("search", "--top", "3", "--today", "2026-01-15", "--model", "hashing", "--role")
    fresh = data(*search, role)
    assert fresh["role_revision"] == {"role_id": role, "number": 1, "newest": 1, "stale": False}
    assert {**fresh, "role_revision": None} == data(*search, str(ROLE))

    edited = place / "role.toml"
    run("roles", "show", role, "-o", str(edited))
    # As it was read, but in a file of another kind.
    (unchanged,) = data("roles", "add", str(edited), "--revises", role, "--model", "hashing")["roles"]
    assert unchanged == kept
    edited.write_text(edited.read_text("utf-8").replace("weight = 1.0", "weight = 3.0", 1), "utf-8")
    (again,) = data("roles", "add", str(edited), "--revises", role, "--model", "hashing")["roles"]
    (same,) = data("roles", "add", str(edited), "--revises", role, "--model", "hashing")["roles"]
    assert again["number"] == same["number"] == 2
    stale = data(*search, f"{role}@1")
    assert stale["role_revision"] == {"role_id": role, "number": 1, "newest": 2, "stale": True}
    assert stale["candidates"] == fresh["candidates"]
    assert data(*search, role)["role_revision"]["number"] == 2
    assert "Stale: the role has been edited since, up to revision 2." in " ".join(
        run(*search, f"{role}@1").split()
    )
    page = place / "report.html"
    run(*search, f"{role}@1", "--format", "html", "-o", str(page))
    assert f"Revision 1 of role {role}. Stale:" in page.read_text("utf-8")
    assert "weight" in run("roles", "show", f"{role}@1", "--format", "toml")
    assert [each["number"] for each in data("roles", "list")["roles"]] == [2]
    assert data("roles", "remove", role) == {"schema": "matcher.removed/1", "kind": "role", "applications": 0}
    assert "There is no role." in run("roles", "list")


@pytest.mark.usefixtures("place")
def test_an_application_ties_person_role_revision_and_stage() -> None:
    """It moves on, is found from both sides, and goes with the role."""
    (kept,) = data("roles", "add", str(ROLE), "--model", "hashing")["roles"]
    role, person = kept["role_id"], data("show", "ivo")["person"]["id"]
    (made,) = data("applications", "add", person, role, "--system", "ats", "--key", "a-1")["applications"]
    assert (made["candidate"], made["role_id"], made["role_revision"]) == (person, role, 1)
    assert (made["stage"], made["external_ids"]) == ("applied", [{"system": "ats", "key": "a-1"}])
    (moved,) = data("applications", "move", made["id"], "interview")["applications"]
    assert moved["stage"] == "interview"
    for words in ((), ("--person", person), ("--role", role)):
        assert [each["id"] for each in data("applications", "list", *words)["applications"]] == [made["id"]]
    assert "interview" in run("applications", "list")
    other = data("show", "odile@example.org")["person"]["id"]
    (second,) = data("applications", "add", other, f"{role}@1", "--stage", "screen")["applications"]
    assert data("applications", "remove", second["id"])["kind"] == "application"
    assert "and 1 applications with it" in run("roles", "remove", role)
    assert "There is no application." in run("applications", "list")


@pytest.mark.usefixtures("place")
def test_retention_is_tried_before_it_is_applied() -> None:
    """Rules stay until they are changed; a dry run erases nothing; what is due goes."""
    assert "kept without end" in run("retention", "show")
    assert data("retention", "set", "--people", "30", "--resumes", "7")["retention"] == {
        "revisions_days": 7,
        "candidates_days": 30,
    }
    assert data("retention", "set", "--resumes", "never")["retention"]["candidates_days"] == 30
    assert "kept 30 days" in run("retention", "show")
    assert data("retention", "due")["due"] == {"candidates": [], "revisions": []}
    assert data("retention", "apply")["receipt"]["candidates"] == []
    assert data("stats", "--model", "hashing")["stats"]["candidates"] == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["people", "tag", "nobody", "--add", "x"], "not_in_corpus"),
        (["people", "tag", "nobody"], "Say which tag"),
        (["people", "merge", "nobody", "nobody"], "not_in_corpus"),
        (["people", "link", "nobody", "--system", "ats"], "belong together"),
        (["people", "unlink", "--system", "ats", "--key", "7"], "means nobody"),
        (["people", "list", "--where", "skil:go"], "skil is no filter"),
        (["roles", "show", "nothing"], "not_in_corpus"),
        (["roles", "add", "/nowhere"], "file_unavailable"),
        (["roles", "add", str(ROLE), "--revises", "nothing", "--model", "hashing"], "not_in_corpus"),
        (
            ["search", "--role", "nothing", "--model", "hashing"],
            "There is no file nothing, and the corpus has no",
        ),
        (["applications", "add", "nobody", "nothing"], "not_in_corpus"),
        (["applications", "move", "nothing", "hired"], "not_in_corpus"),
        (["retention", "set", "--people", "0"], "from 1 to 999999"),
        (["retention", "set", "--people", "soon"], "no number of days"),
        (["retention", "set"], "Say which rule"),
    ],
)
def test_what_cannot_be_done_says_why(words: list[str], said: str) -> None:
    """On standard error, with exit status 1, and nothing on standard output."""
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, done.stdout) == (1, ""), done.output
    assert said in " ".join(done.stderr.split())
