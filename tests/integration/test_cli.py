"""The command line as a person and a script use it: real processes, real files."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
ROLE = FIXTURES / "roles" / "farm-manager.txt"
RESUME = FIXTURES / "resumes" / "farm-manager.txt"
OTHER = FIXTURES / "resumes" / "welder.txt"


def run(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """One command with `--today` fixed where it ranks."""
    words = [str(item) for item in arguments]
    if words[0] == "rank":
        words += ["--today", "2026-01-15"]
    return subprocess.run(
        [sys.executable, "-m", "matcher.cli", *words], input=stdin, capture_output=True, timeout=120
    )


def test_json_goes_to_standard_output_and_nothing_else_does() -> None:
    """Results on stdout, parseable; nothing on stderr when all went well; exit status 0."""
    done = run("rank", ROLE, RESUME, OTHER, "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    result = json.loads(done.stdout)
    assert result["today"] == "2026-01-15"
    assert [Path(item["source"]).stem for item in result["candidates"]] == ["farm-manager", "welder"]


def test_one_bad_resume_is_listed_and_the_exit_status_says_so(tmp_path: Path) -> None:
    """Exit 3: the result is whole but for what it lists as rejected, on stderr too."""
    bad = tmp_path / "empty.pdf"
    bad.write_bytes(b"")
    done = run("rank", ROLE, RESUME, bad, "--format", "json")
    assert done.returncode == 3
    result = json.loads(done.stdout)
    assert [item["code"] for item in result["rejected"]] == ["document_empty"]
    assert len(result["candidates"]) == 1
    assert b"document_empty" in done.stderr


def test_nothing_ranked_and_a_bad_role_exit_with_1(tmp_path: Path) -> None:
    """A run without any result is a failure; the message names what to do, without a stack trace."""
    bad = tmp_path / "empty.pdf"
    bad.write_bytes(b"")
    for arguments in (("rank", bad, RESUME), ("rank", ROLE, bad), ("rank", ROLE, tmp_path / "none.pdf")):
        done = run(*arguments)
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        assert done.stderr


def test_a_folder_is_searched_and_what_was_left_out_is_said(tmp_path: Path) -> None:
    """Folders give their documents, recursively; other endings are counted on stderr."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "one.txt").write_bytes(RESUME.read_bytes())
    (tmp_path / "a" / "notes.xlsx").write_bytes(b"x")
    done = run("rank", ROLE, tmp_path, "--format", "json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["candidates"]) == 1
    assert b"1 files ending in .xlsx" in done.stderr


@pytest.mark.parametrize("stdin_is", ["role", "resume"])
def test_a_dash_reads_standard_input(stdin_is: str) -> None:
    """Role or resume may come from a pipe, and the result is that of the file."""
    names = {"role": ("-", RESUME), "resume": (ROLE, "-")}[stdin_is]
    content = (ROLE if stdin_is == "role" else RESUME).read_bytes()
    piped = json.loads(run("rank", *names, "--format", "json", stdin=content).stdout)
    filed = json.loads(run("rank", ROLE, RESUME, "--format", "json").stdout)
    for result in (piped, filed):
        result["candidates"][0].pop("source")
    assert piped == filed


def test_csv_html_and_table_are_written_to_a_file(tmp_path: Path) -> None:
    """-o writes each form; CSV has a row per candidate and qualification."""
    for form in ("csv", "html", "table"):
        file = tmp_path / f"result.{form}"
        done = run("rank", ROLE, RESUME, OTHER, "--format", form, "-o", file)
        assert (done.returncode, done.stdout) == (0, b"")
        assert "Decorah" in file.read_text("utf-8") or "farm-manager" in file.read_text("utf-8")
    role = json.loads(run("parse", "role", ROLE, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "result.csv").read_text("utf-8"))))
    assert len(rows) == 2 * len(role["qualifications"])


def test_a_place_that_cannot_be_written_is_said_without_a_stack_trace(tmp_path: Path) -> None:
    """A folder that does not exist is found before the ranking; a folder in the file's place after it."""
    for place, said in ((tmp_path / "absent" / "x.json", b"does not exist"), (tmp_path, b"file_unavailable")):
        done = run("rank", ROLE, RESUME, "--format", "json", "-o", place)
        assert done.returncode == 1
        assert said in done.stderr
        assert b"Traceback" not in done.stderr


def test_top_and_weights(tmp_path: Path) -> None:
    """--top cuts the list; --weights changes what the report prints; a wrong id is named."""
    weights = tmp_path / "weights.toml"
    weights.write_text("q1 = 3.0\n")
    done = run("rank", ROLE, RESUME, OTHER, "--format", "json", "--top", 1, "--weights", weights)
    result = json.loads(done.stdout)
    assert len(result["candidates"]) == 1
    assert result["role"]["qualifications"][0]["weight"] == 3.0
    weights.write_text("q99 = 3.0\n")
    done = run("rank", ROLE, RESUME, "--weights", weights)
    assert done.returncode == 1
    assert b"no qualification 'q99'" in done.stderr


def test_blind_changes_names_and_no_number(tmp_path: Path) -> None:
    """--blind: the same verdicts, strengths and scores to the last digit, without name, employer or file."""
    folder = tmp_path / "Ellery"
    folder.mkdir()
    file = folder / "wanjiru-kamau-ellery.txt"
    file.write_bytes(RESUME.read_bytes())
    open_ = json.loads(run("rank", ROLE, file, OTHER, "--format", "json").stdout)
    blind = json.loads(run("rank", ROLE, file, OTHER, "--format", "json", "--blind").stdout)
    assert (open_["blind"], blind["blind"]) == (False, True)
    for before, after in zip(open_["candidates"], blind["candidates"], strict=True):
        for field in ("candidate_id", "rank", "score", "coverage", "tier"):
            assert before[field] == after[field]
        assert [(match["verdict"], match["strength"]) for match in before["matches"]] == [
            (match["verdict"], match["strength"]) for match in after["matches"]
        ]
        assert after["source"] == after["candidate_id"]
    page = tmp_path / "blind.html"
    run("rank", ROLE, file, OTHER, "--format", "html", "--blind", "-o", page)
    for text in (json.dumps(blind, ensure_ascii=False), page.read_text("utf-8")):
        assert "Ellery" not in text
        assert "wanjiru" not in text.lower()
        assert "Oneota Valley Dairy" not in text


def test_html_shows_the_places_of_quotes_in_a_pdf_and_a_blind_one_does_not(tmp_path: Path) -> None:
    """Pictures are in HTML by default, inside the file; a blind page has none."""
    role, resume = FIXTURES / "roles" / "research-manager.txt", FIXTURES / "resumes" / "research-manager.pdf"
    run("rank", role, resume, "--format", "html", "-o", tmp_path / "open.html")
    run("rank", role, resume, "--format", "html", "--blind", "-o", tmp_path / "blind.html")
    assert (tmp_path / "open.html").read_text("utf-8").count("data:image/png;base64,") > 2
    assert "data:image/png" not in (tmp_path / "blind.html").read_text("utf-8")


def test_parse_resume_writes_json_resume() -> None:
    """The work and education of the fixture come out in the JSON Resume schema."""
    result = json.loads(run("parse", "resume", RESUME, "--format", "json").stdout)
    assert result["basics"]["name"] == "Wanjiru Kamau-Ellery"
    assert result["basics"]["email"] == "wanjiru.kamau@example.com"
    assert [item["position"] for item in result["work"]] == ["Farm Manager", "Assistant Farm Manager"]
    assert "endDate" not in result["work"][0]


def test_another_model_without_its_extra_or_files_is_a_typed_error(tmp_path: Path) -> None:
    """--model with a folder that holds no model ends with a message, not a stack trace."""
    done = run("rank", ROLE, RESUME, "--model", tmp_path)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"model_unusable" in done.stderr or b"missing_extra" in done.stderr


def test_help_and_version_answer_at_once() -> None:
    """Help names the commands and the exit statuses."""
    assert b"rank" in run("--help").stdout
    done = subprocess.run(
        [sys.executable, "-m", "matcher.cli", "rank", "--help"], capture_output=True, timeout=60, check=True
    )
    assert b"3 some could not be read" in b" ".join(done.stdout.split())
    assert run("--version").stdout.startswith(b"matcher ")
