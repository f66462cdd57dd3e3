"""A Ranking as one self-contained HTML file that a hiring manager can open, search, print and pass on.

It loads nothing: style, script and icon are inside, and its content security policy forbids any request.
Every text from a file is escaped by Jinja. Without JavaScript a cell of the grid leads to its evidence
further down; with it the evidence opens over the grid.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from matcher.matching import best_quotes, doubts, summarise
from matcher.reports import apart, overview, wording
from matcher.reports.edits import edited_items, edits_line, revision_line
from matcher.reports.pictures import Gallery
from matcher.types import (
    Match,
    MatchReport,
    Qualification,
    QualificationKind,
    QuotePictures,
    Ranking,
    Verdict,
)

# Candidates whose evidence is unfolded when the file is opened: what a reader scans first.
OPEN_CANDIDATES = 3
# Candidates whose best quotes and doubts are unfolded in the list: what one sitting reads.
OPEN_HIGHLIGHTS = 10
# Characters of a set-aside text before the ellipsis: hidden keyword lists run to thousands.
SET_ASIDE_LENGTH = 600


def to_html(ranking: Ranking, top: int | None = None, pictures: QuotePictures | None = None) -> str:
    """The ranking as one HTML document, UTF-8, with quotes verbatim. The same Ranking gives the same text.

    `top` shows the best candidates alone; tiers and what is said of the pool are of all.
    `pictures` show quotes where they stand on their pages.
    """
    summary = summarise(ranking)
    return page(
        "report.html",
        ranking,
        gallery=Gallery(pictures or QuotePictures({})),
        reports=ranking.reports[:top],
        summary=summary,
        groups=overview.tier_groups(summary, top),
        pool_lines=overview.pool_lines(ranking, summary),
        apart_lines=overview.apart_lines(ranking.role),
    )


def page(template: str, ranking: Ranking, **shown: object) -> str:
    """One self-contained document: the template with style, script and the policy that allows only them.

    What every page says of its ranking and role is given here, `shown` is the template's own.
    """
    style, script = _asset("report.css"), _asset("report.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    found = _environment().get_template(template)
    role = ranking.role
    return found.render(
        style=Markup(style),
        script=Markup(script),
        policy=policy,
        ranking=ranking,
        role=role,
        kinds=_by_kind(apart.judged(role)),
        numbers=apart.numbers_of(role),
        places={item.id: place for place, item in enumerate(role.qualifications, 1)},
        questions=apart.questions(role),
        sources=wording.short_sources(ranking),
        terms=wording.terms_of(role.logistics),
        revision=revision_line(ranking.revision),
        **shown,
    )


def _by_kind(asked: list[Qualification]) -> list[tuple[QualificationKind, list[Qualification]]]:
    """Each kind that occurs, required first, with its qualifications."""
    groups = [(kind, [item for item in asked if item.kind is kind]) for kind in QualificationKind]
    return [(kind, items) for kind, items in groups if items]


def _match_for(report: MatchReport, qualification: Qualification) -> Match | None:
    return next((match for match in report.matches if match.qualification.id == qualification.id), None)


def _shown_by(ranking: Ranking, qualification: Qualification) -> int:
    """How many candidates show strong or partial evidence for a qualification."""
    matches = (_match_for(report, qualification) for report in ranking.reports)
    return sum(match is not None and match.verdict in (Verdict.STRONG, Verdict.PARTIAL) for match in matches)


def _asset(name: str) -> str:
    text = files("matcher.reports").joinpath("templates", name).read_text(encoding="utf-8")
    return "\n".join(text.splitlines())


def _digest(text: str) -> str:
    """The hash by which the content security policy allows this very text and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("matcher.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        visible=wording.visible,
        folded=wording.folded,
        name=wording.candidate_name,
        headline=wording.headline,
        weight=wording.weight_text,
        pages=wording.pages_text,
        where=overview.where_text,
        used=overview.used_text,
        warning=wording.set_aside_text,
        best_quotes=best_quotes,
        doubts=doubts,
        doubt=overview.doubt_text,
        edits=edits_line,
        edited_items=edited_items,
        reranked=overview.reranked_line,
        count=wording.count,
        kind_counts=apart.counts_of,
        leading=wording.leading_kind,
        matches_of=wording.matches_of,
        match_for=_match_for,
        shown_by=_shown_by,
        item=overview.item_text,
        having=overview.shown_by,
        css=lambda verdict: verdict.value.replace(" ", "-"),
    )
    environment.globals.update(
        signs=wording.SIGNS,
        meanings=wording.MEANINGS,
        kind_names=wording.KINDS,
        joined_names=overview.JOINED,
        ask=apart.ASK,
        ask_why=apart.ASK_WHY,
        set_aside_names=wording.SET_ASIDE,
        verdicts=list(Verdict),
        person_decides=wording.PERSON_DECIDES,
        none_found_means=wording.NONE_FOUND_MEANS,
        open_candidates=OPEN_CANDIDATES,
        open_highlights=OPEN_HIGHLIGHTS,
        near_equal=overview.NEAR_EQUAL,
        partly_read=overview.PARTLY_READ,
        partly_line=overview.partly_line,
        set_aside_length=SET_ASIDE_LENGTH,
    )
    return environment
