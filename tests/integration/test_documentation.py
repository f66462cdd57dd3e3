"""The README's example and commands do what they say."""

import re
import subprocess
import sys
from pathlib import Path

from matcher.cli import app  # noqa: F401  # the command that the README names exists

ROOT = Path(__file__).parents[2]


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language in the README."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)


def test_the_python_example_runs_as_a_plain_script() -> None:
    """The example needs no main guard, prints three ranked candidates and quotes the best evidence."""
    (example,) = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    ranks = re.findall(r"^(\d+) data/fixtures/resumes/\S+ 0\.\d\d ", done.stdout, re.M)
    assert ranks == ["1", "2", "3"]


def test_the_first_command_writes_a_report(tmp_path: Path) -> None:
    """The set-up command's main job, run with this interpreter's installation, writes one HTML file."""
    demo = next(block for block in blocks("sh") if "matcher rank" in block)
    arguments = demo.split(".venv/bin/matcher ")[1].split()
    arguments[arguments.index("-o") + 1] = str(tmp_path / "report.html")
    subprocess.run([sys.executable, "-m", "matcher.cli", *arguments], cwd=ROOT, check=True, timeout=300)
    report = (tmp_path / "report.html").read_text("utf-8")
    assert report.lower().startswith("<!doctype html>")
    assert "research-manager.pdf" in report


def test_every_named_file_exists() -> None:
    """No link of the documentation leads nowhere."""
    for page in [
        ROOT / "README.md",
        ROOT / "DESIGN.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").glob("*.md"),
    ]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
