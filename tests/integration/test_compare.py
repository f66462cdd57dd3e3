"""`matcher compare` as a person and a script use it."""

import json
import subprocess
import sys
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
ROLE = FIXTURES / "roles" / "farm-manager.txt"
RESUMES = [FIXTURES / "resumes" / name for name in ("welder.txt", "farm-manager.txt")]


def run(*arguments: object, form: str = "json") -> subprocess.CompletedProcess[bytes]:
    words = [str(item) for item in arguments]
    command = [sys.executable, "-m", "matcher.cli", *words, "--today", "2026-01-15", "--format", form]
    return subprocess.run(command, capture_output=True, timeout=120)


def test_finalists_are_judged_as_rank_judges_them(tmp_path: Path) -> None:
    """The same engine: every verdict and strength of `compare` is that of `rank`; exit 3 names a bad file."""
    bad = tmp_path / "empty.pdf"
    bad.write_bytes(b"")
    done = run("compare", ROLE, *RESUMES, bad)
    assert done.returncode == 3
    assert b"document_empty" in done.stderr
    compared = json.loads(done.stdout)
    ranked = json.loads(run("rank", ROLE, *RESUMES).stdout)
    assert compared["schema"] == "matcher.compare/1"
    assert [item["code"] for item in compared["rejected"]] == ["document_empty"]
    for place, candidate in enumerate(ranked["candidates"]):
        assert compared["candidates"][place]["score"] == candidate["score"]
        assert [
            {key: value for key, value in row["matches"][place].items() if key != "candidate_id"}
            for row in compared["qualifications"]
        ] == candidate["matches"]


def test_one_resume_is_nothing_to_compare(tmp_path: Path) -> None:
    """A single file, or a single one that can be read, ends with 1 and says what is missing."""
    bad = tmp_path / "empty.pdf"
    bad.write_bytes(b"")
    for resumes in ((RESUMES[0],), (RESUMES[0], bad)):
        done = run("compare", ROLE, *resumes)
        assert done.returncode == 1
        assert b"two resumes" in done.stderr
        assert done.stdout == b""


def test_the_page_shows_each_clause_and_the_places_of_quotes(tmp_path: Path) -> None:
    """As HTML, two PDFs are compared clause by clause with pictures; blind, without a picture or a name."""
    role = tmp_path / "role.txt"
    role.write_text("Nurse\n\nRequirements\n- Working knowledge of arterial lines and ventilator settings\n")
    files = [FIXTURES / "resumes" / name for name in ("icu-nurse.pdf", "ward-nurse.pdf")]
    for options, pictures in (((), True), (("--blind",), False)):
        out = tmp_path / "compared.html"
        done = run("compare", role, *files, *options, "-o", out, form="html")
        assert done.returncode == 0, done.stderr
        page = out.read_text("utf-8")
        assert ("data:image/png;base64," in page) == pictures
        assert ("Marisol" in page) == pictures
        for clause in ("arterial lines", "ventilator settings"):
            assert f'<b>all of:</b> <span dir="auto">{clause}</span>' in page
