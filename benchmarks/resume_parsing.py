"""How many positions and degrees of RenderCV resumes are read exactly as their YAML says.

    python benchmarks/resume_parsing.py [FOLDER]

FOLDER (default: data/fixtures/layouts) is searched for PDFs with a YAML of the same name beside them. A
position is right when its title, its employer and both its dates are; a degree when its level, its field, its
school and both its dates are.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from matcher.documents import read
from matcher.resumes import parse
from matcher.types import Period

LEVELS = {"PhD": "doctorate", "MS": "master", "MA": "master", "BS": "bachelor", "BA": "bachelor"}


def ends(period: Period | None) -> tuple[str, str]:
    def iso(date: object) -> str:
        return (
            "-".join(f"{part:02d}" for part in date if part is not None) if isinstance(date, tuple) else "?"
        )

    if period is None:
        return "?", "?"
    return iso(period.start), "present" if period.current else iso(period.end)


def main(folder: Path) -> None:
    right = total = 0
    for path in sorted(folder.rglob("*.yaml")):
        if not path.with_suffix(".pdf").exists():
            continue
        sections = yaml.safe_load(path.read_text(encoding="utf-8"))["cv"]["sections"]
        resume = parse(read(path.with_suffix(".pdf").read_bytes()), path.stem)
        wanted = [
            (job["position"], job["company"], str(job["start_date"]), str(job["end_date"]))
            for job in sections["experience"]
        ]
        found = [(job.title, job.employer, *ends(job.period)) for job in resume.positions]
        degrees = [
            (LEVELS.get(e["degree"]), e["area"], e["institution"], str(e["start_date"]), str(e["end_date"]))
            for e in sections["education"]
        ]
        read_degrees = [(e.level, e.field, e.institution, *ends(e.period)) for e in resume.education]
        jobs_right = sum(job in found for job in wanted)
        print(
            f"{path.stem:<40} positions {jobs_right}/{len(wanted)} (found {len(found)})"
            f"   degrees {sum(d in read_degrees for d in degrees)}/{len(degrees)} (found {len(read_degrees)})"
        )
        right, total = right + jobs_right, total + len(wanted)
    print(f"{'positions right':<40} {right}/{total} = {right / total:.3f}" if total else "no PDF with a YAML")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parents[1] / "data" / "fixtures" / "layouts")
