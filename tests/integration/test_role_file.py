"""A role confirmed and corrected in an editor, and ranked with: real processes, a script as the editor."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from matcher import Matcher
from matcher.editing import edit_role

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
POSTING = FIXTURES / "roles" / "farm-manager.txt"
RESUMES = [FIXTURES / "resumes" / name for name in ("farm-manager.txt", "welder.txt")]
CHANGE = """
import pathlib, sys
file = pathlib.Path(sys.argv[1])
text = file.read_text("utf-8")
for old, new in {pairs!r}:
    assert old in text, old
    text = text.replace(old, new, 1)
file.write_text(text, "utf-8")
"""


def run(
    *arguments: object, editor: Path | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """One command; `editor` is a Python script that gets the file's name."""
    environment = {key: value for key, value in os.environ.items() if key not in ("EDITOR", "VISUAL")}
    if editor:
        environment["EDITOR"] = f'"{sys.executable}" "{editor}"'
    return subprocess.run(
        [sys.executable, "-m", "matcher.cli", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=120,
        env=environment,
    )


def ranked(role: Path, form: str, *options: object) -> bytes:
    done = run("rank", role, *RESUMES, "--today", "2026-01-15", "--format", form, *options)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """An editor that makes q3 preferred, removes q7, doubles q1 and words q4 in another way."""
    script = tmp_path / "editor.py"
    pairs = [
        (
            'id = "q1"\nkeep = true\nkind = "required"\nweight = 1.0',
            'id = "q1"\nkind = "required"\nweight = 2.0',
        ),
        ('id = "q3"\nkeep = true\nkind = "required"', 'id = "q3"\nkeep = true\nkind = "preferred"'),
        ('id = "q7"\nkeep = true', 'id = "q7"\nkeep = false'),
        ('farm accounts"\nalternatives = []', 'farm accounts"\nalternatives = ["Bookkeeping for a farm"]'),
    ]
    script.write_text(CHANGE.format(pairs=pairs), "utf-8")
    return script


@pytest.mark.parametrize("ending", ["toml", "json"])
def test_a_role_file_that_nobody_changed_ranks_as_its_posting(tmp_path: Path, ending: str) -> None:
    """The very same bytes, in every machine-readable form; the role file has any name."""
    file = tmp_path / f"role.{ending}"
    assert run("parse", "role", POSTING, "-o", file).returncode == 0
    assert file.read_bytes() == run("parse", "role", POSTING, "--format", ending).stdout
    renamed = file.rename(tmp_path / "posting.txt")
    for form in ("json", "html"):
        assert ranked(renamed, form) == ranked(POSTING, form)


def test_a_role_is_edited_and_every_report_names_the_changes(tmp_path: Path, editor: Path) -> None:
    """The file lands beside the posting; table, HTML, JSON and comparison say what a person changed."""
    posting = tmp_path / "farm.txt"
    posting.write_bytes(POSTING.read_bytes())
    done = run("parse", "role", posting, "--edit", editor=editor)
    file = tmp_path / "farm.role.toml"
    said = (
        "Edited by a person: weight of q1 1 → 2; q3 required → preferred; weight of q3 1 → 0.5; "
        "q4 also as “Bookkeeping for a farm”; q7 removed (“Commercial driver's license”)."
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.decode().strip() == f"Written to {file}. {said}"
    result = json.loads(ranked(file, "json"))
    assert "; ".join(edit["text"] for edit in result["role"]["edits"]) in said
    weights = {item["id"]: item["weight"] for item in result["role"]["qualifications"]}
    assert (weights["q1"], weights["q3"], "q7" in weights) == (2.0, 0.5, False)
    assert said in " ".join(ranked(file, "table").decode().split())
    assert said.replace("'", "&#39;") in ranked(file, "html").decode()
    compared = run("compare", file, *RESUMES, "--today", "2026-01-15")
    assert said in " ".join(compared.stdout.decode().split())


def test_editing_goes_on_in_the_same_file_and_from_python(tmp_path: Path, editor: Path) -> None:
    """A role file is edited in place, notes kept; a posting's file is not written over; Python reads it."""
    posting = tmp_path / "farm.txt"
    posting.write_bytes(POSTING.read_bytes())
    run("parse", "role", posting, "--edit", editor=editor)
    file = tmp_path / "farm.role.toml"
    again = run("parse", "role", posting, "--edit", editor=editor)
    assert again.returncode == 1
    assert b"exists already" in again.stderr
    more = tmp_path / "more.py"
    more.write_text(CHANGE.format(pairs=[("weight = 2.0", "weight = 4.0 # as agreed")]), "utf-8")
    assert run("parse", "role", file, "--edit", editor=more).returncode == 0
    assert "weight = 4.0 # as agreed" in file.read_text("utf-8")
    with Matcher() as matcher:
        role = matcher.read_role(file)
        assert role.qualifications[0].weight == 4.0
        assert role.parsed == replace(matcher.read_role(POSTING), document=role.document)


def test_a_mistake_is_told_by_line_and_the_work_is_kept(tmp_path: Path) -> None:
    """Without a terminal nothing is asked: the error, exit 1, the text beside, and no role file."""
    wrong = tmp_path / "wrong.py"
    wrong.write_text(CHANGE.format(pairs=[('kind = "required"\nweight', 'kind = "must"\nweight')]), "utf-8")
    file = tmp_path / "farm.toml"
    done = run("parse", "role", POSTING, "--edit", "-o", file, editor=wrong)
    assert (done.returncode, file.exists()) == (1, False)
    assert b"of the role file: kind is one of required, preferred, responsibility" in done.stderr
    assert b"[bad_role_file]" in done.stderr
    kept = tmp_path / "farm.unfinished.toml"
    assert 'kind = "must"' in kept.read_text("utf-8")
    ranking = run("rank", kept, *RESUMES)
    assert ranking.returncode == 1
    assert b"[bad_role_file]" in ranking.stderr
    mend = tmp_path / "mend.py"
    mend.write_text(CHANGE.format(pairs=[('kind = "must"', 'kind = "preferred"')]), "utf-8")
    assert run("parse", "role", kept, "--edit", "-o", file, editor=mend).returncode == 0
    assert file.exists()


def test_a_person_at_a_terminal_goes_back_to_the_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong is kept and told before the question; once it is right, one role file is left."""
    script, file = tmp_path / "editor.py", tmp_path / "farm.toml"
    script.write_text(
        "import pathlib, sys\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "text = file.read_text('utf-8')\n"
        "gone = '\\nschema = ' not in text\n"
        "file.write_text(text.replace('\\nnone = ', '\\nschema = ') if gone else "
        "text.replace('\\nschema = ', '\\nnone = '), 'utf-8')\n",
        "utf-8",
    )
    monkeypatch.setenv("VISUAL", f'"{sys.executable}" "{script}"')
    told: list[str] = []

    def again(message: str) -> bool:
        assert (tmp_path / "farm.unfinished.toml").exists()
        told.append(message)
        return True

    with Matcher() as matcher:
        said = edit_role(matcher, POSTING, None, file, again)
    assert said == f"Written to {file}. Nothing was changed."
    assert [message.startswith("The line schema = ") for message in told] == [True]
    assert sorted(item.name for item in tmp_path.iterdir()) == ["editor.py", "farm.toml"]


def test_an_editor_that_saves_nothing_or_fails_writes_nothing(tmp_path: Path) -> None:
    """Closing without saving, an editor that is not there and one that fails end with a message, exit 1."""
    file = tmp_path / "farm.toml"
    idle, failing = tmp_path / "idle.py", tmp_path / "failing.py"
    idle.write_text("", "utf-8")
    failing.write_text("raise SystemExit(3)", "utf-8")
    for script, said in ((idle, b"without saving"), (failing, b"ended with status 3")):
        done = run("parse", "role", POSTING, "--edit", "-o", file, editor=script)
        assert (done.returncode, file.exists()) == (1, False)
        assert said in done.stderr
    piped = run("parse", "role", "-", "--edit", editor=idle, stdin=POSTING.read_bytes())
    assert piped.returncode == 1
    assert b"name one with -o" in piped.stderr


def test_weights_of_the_command_line_are_named_too(tmp_path: Path) -> None:
    """A weight given with --weights is a person's change like any other, also on a posting."""
    weights = tmp_path / "weights.toml"
    weights.write_text("q2 = 3.0\n", "utf-8")
    result = json.loads(ranked(POSTING, "json", "--weights", weights))
    assert [edit["text"] for edit in result["role"]["edits"]] == ["weight of q2 1 → 3"]
