"""What was understood of one posting or one resume, for the person who hands them in to check.

JSON of a resume is JSON Resume and is made by the room that parses resumes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matcher.reports.edits import print_edits
from matcher.reports.json import JsonObject, role_object
from matcher.reports.wording import (
    KINDS,
    SECTIONS,
    SET_ASIDE,
    constraint_texts,
    count,
    folded,
    pages_text,
    terms_of,
    weight_text,
)
from matcher.roles import interview_question
from matcher.types import Assess, Education, Licence, QualificationKind, Resume, Role, SetAside, Span

ROLE_SCHEMA = "matcher.role/1"

# Characters of a bullet and of a set-aside text before the ellipsis.
BULLET_LENGTH = 160
SET_ASIDE_LENGTH = 160


def role_to_dict(role: Role) -> JsonObject:
    """A role as plain values, schema `matcher.role/1`: the `role` of a ranking, with its schema named."""
    return {"schema": ROLE_SCHEMA, **role_object(role)}


def print_role(role: Role, console: Console) -> None:
    """Print title, terms, and the qualifications by kind with weight and what will be checked."""
    title = Text(folded(role.title or "Title not found"), style="bold")
    if role.company:
        title.append(f" · {folded(role.company)}", style="not bold")
    console.print(title)
    terms = terms_of(role.logistics)
    if terms:
        console.print(Text(" · ".join(terms)))
    print_edits(role, console)
    for kind in QualificationKind:
        items = [item for item in role.qualifications if item.kind is kind]
        if not items:
            continue
        console.print(Text(f"\n{KINDS[kind]} ({len(items)})", style="bold"))
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
        table.add_column(justify="right", no_wrap=True, style="dim", width=3)
        table.add_column(ratio=1, overflow="fold")
        table.add_column(no_wrap=True, style="dim", justify="right")
        for item in items:
            text = Text(folded(item.text))
            if others := [other for other in item.alternatives if other not in item.from_about]:
                text.append(f"\nor: {'; or: '.join(map(folded, others))}")
            if item.from_about:
                own = "; or: ".join(map(folded, item.from_about))
                text.append(f"\nor, in the posting's own words about the employer: {own}")
            if item.assess is Assess.INTERVIEW:
                text.append(f"\nfor an interview: {folded(interview_question(item))}", style="cyan")
            if item.same_as:
                text.append(f"\nsays the same as {item.same_as}: counts once", style="cyan")
            checks = constraint_texts(item.constraints)
            if checks:
                text.append(f"\nchecked: {', '.join(checks)}", style="cyan")
            table.add_row(item.id, text, f"weight {weight_text(item.weight)}")
        console.print(table)


def print_resume(resume: Resume, console: Console) -> None:
    """Print what was read: contact, positions, education, lists, sections, and what was set aside."""
    contact = resume.contact
    console.print(Text(folded(contact.name or "Name not found"), style="bold"))
    reach = [
        *contact.emails,
        *contact.phones,
        *([contact.location] if contact.location else []),
        *contact.urls,
    ]
    if reach:
        console.print(Text(" · ".join(folded(item) for item in reach)))
    pages = len(resume.document.pages)
    facts = [resume.document.media_type]
    facts += [count(pages, "page")] * bool(pages)
    facts += [count(len(resume.document.text), "character"), count(len(resume.snippets), "snippet")]
    console.print(Text(f"{folded(resume.source)} · {' · '.join(facts)}", style="dim"))
    _print_positions(resume, console)
    _print_list("Education", (_education_text(item) for item in resume.education), console)
    _print_words("Skills", (item.name for item in resume.skills), console)
    languages = (f"{item.name} ({item.level})" if item.level else item.name for item in resume.languages)
    _print_words("Languages", languages, console)
    _print_list("Licences and certifications", (_licence_text(item) for item in resume.licences), console)
    _print_sections(resume, console)
    _print_set_aside(resume.set_aside, console)


def _print_positions(resume: Resume, console: Console) -> None:
    if resume.positions:
        console.print(Text(f"\nPositions ({len(resume.positions)})", style="bold"))
    for position in resume.positions:
        line = Text(folded(position.title or "title not found"), style="" if position.title else "dim")
        for part in (position.employer, position.location):
            if part:
                line.append(f", {folded(part)}")
        line.append(f"  {str(position.period or '') or 'dates not found'}", style="cyan")
        console.print(Padding(line, (0, 0, 0, 3), expand=False))
        for bullet in position.bullets:
            text = Text(f"• {folded(_slice(resume, bullet), BULLET_LENGTH)}", style="dim")
            console.print(Padding(text, (0, 0, 0, 6), expand=False))


def _education_text(item: Education) -> str:
    level = item.level.value.replace("_", " ") if item.level else "level not found"
    parts = [level, item.field or "", item.institution or "", str(item.period or "")]
    text = ", ".join(folded(part) for part in parts if part)
    return f"{text} (not completed)" if item.completed is False else text


def _licence_text(item: Licence) -> str:
    text = folded(item.name)
    if item.issued:
        text += f", issued {item.issued}"
    if item.expires:
        text += f", expires {item.expires}"
    return text


def _print_list(heading: str, items: Iterable[str], console: Console) -> None:
    lines = list(items)
    if not lines:
        return
    console.print(Text(f"\n{heading} ({len(lines)})", style="bold"))
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 3), expand=False))


def _print_words(heading: str, items: Iterable[str], console: Console) -> None:
    words = [folded(item) for item in items]
    if not words:
        return
    console.print(Text(f"\n{heading} ({len(words)})", style="bold"))
    console.print(Padding(Text(" · ".join(words)), (0, 0, 0, 3), expand=False))


def _print_sections(resume: Resume, console: Console) -> None:
    if not resume.sections:
        return
    console.print(Text(f"\nSections ({len(resume.sections)})", style="bold"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Section")
    table.add_column("Heading as written")
    table.add_column("Page", justify="right")
    table.add_column("Characters", justify="right")
    for section in resume.sections:
        heading = folded(_slice(resume, section.heading), 60) if section.heading else ""
        lines = resume.document.lines_in(section.span)
        page = str(lines[0].page) if lines and lines[0].page is not None else "–"
        length = section.span.end - section.span.start
        table.add_row(SECTIONS[section.kind], Text(heading), page, f"{length:,}")
    console.print(table)


def _print_set_aside(items: Sequence[SetAside], console: Console) -> None:
    if not items:
        return
    console.print(Text(f"\nSet aside, never scored ({len(items)})", style="bold"))
    for item in items:
        where = pages_text(item.places)
        text = Text(f"{SET_ASIDE[item.kind]}{f', {where}' if where else ''}: {folded(item.reason)}")
        if item.text:
            text.append(f" “{folded(item.text, SET_ASIDE_LENGTH)}”", style="dim")
        console.print(Padding(text, (0, 0, 0, 3), expand=False))


def _slice(resume: Resume, span: Span) -> str:
    return resume.document.text[span.start : span.end].removeprefix("• ")
