"""The parsing suite: how much of resumes and postings is read rightly, per field, layout and producer."""

from __future__ import annotations

from pathlib import Path

from matcher.evaluation import parsing_rendercv, parsing_resumes
from matcher.evaluation.parsing_education import FILE, education_tables
from matcher.evaluation.parsing_roles import roles_tables, score_roles
from matcher.evaluation.parsing_tally import Tally, fixtures, not_measured
from matcher.evaluation.parsing_words import words_table
from matcher.evaluation.tables import Table

_OURS = (
    "The truth is the content that the files are drawn from. Text is compared with case and white space "
    "folded; a licence counts when its name is part of the one read. The people are invented and the parser "
    "was built with these files at hand: they guard against regressions and show what a layout costs."
)
_RENDERCV = (
    "One resume in each theme, against the YAML it is made from. A whole position has its title, employer "
    "and both dates right; bullets must agree in number, nested ones included."
)


def run(data: Path | None) -> list[Table]:
    """The tables of the suite: the fixtures, and with `data` the files of that folder, too.

    Raises FileUnavailableError outside a checkout, MissingExtraError without PyYAML.
    """
    folder = fixtures()
    ours = parsing_resumes.score_fixtures(folder)
    tables = [
        ours.by_field("parsing.resumes", "Fixture resumes, per field", _OURS),
        ours.by_group(
            "parsing.resumes.layouts", "Fixture resumes, per layout and producer", parsing_resumes.SHOWN, ""
        ),
        words_table(folder),
        *_rendercv("parsing.rendercv", "RenderCV themes", folder / "layouts" / "rendercv"),
        *roles_tables(
            "parsing.roles",
            [(name, folder / "roles" / name) for name in ("authored", "worldwide")],
            "Postings of the fixtures",
        ),
    ]
    if data is None:
        missing = f"FOLDER with {FILE}"
        return [*tables, not_measured("parsing.education", "Education entries", missing)]
    roles = sorted(path for path in (data / "roles").glob("*") if path.is_dir())
    return [
        *tables,
        *_rendercv("parsing.rendercv.data", "RenderCV themes of FOLDER", data / "resumes" / "layouts"),
        *roles_tables("parsing.roles.data", [(path.name, path) for path in roles], "Postings of FOLDER"),
        *education_tables(data),
    ]


def _rendercv(name: str, title: str, folder: Path) -> list[Table]:
    if not parsing_rendercv.pairs_in(folder):
        return [not_measured(name, title, "PDF with a YAML of the same name beside it")]
    tally: Tally = parsing_rendercv.score_themes(folder)
    return [
        tally.by_field(name, f"{title}, per field", _RENDERCV),
        tally.by_group(f"{name}.themes", f"{title}, per theme", parsing_rendercv.SHOWN, ""),
    ]


def misses() -> list[str]:
    """Every miss on the fixtures in words, file by file, for whoever mends the parsers."""
    folder = fixtures()
    themes = parsing_rendercv.score_themes(folder / "layouts" / "rendercv")
    roles = [score_roles(folder / "roles" / name) for name in ("authored", "worldwide")]
    found = parsing_resumes.score_fixtures(folder).misses + themes.misses
    return found + [miss for counts in roles for miss in (*counts.misses, *counts.fields.misses)]
