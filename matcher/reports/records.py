"""What a corpus keeps beside resumes, for a terminal or as JSON: people, roles, applications, retention."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.reports.plain import as_json, print_lines
from matcher.reports.wording import count, folded
from matcher.reports.write import put
from matcher.types.corpus import Application, Candidate, Due, Retention, RoleRevision


def write_people(people: Sequence[Candidate], form: str) -> None:
    """A list of people."""
    if form == "json":
        put(as_json("people", people=people))
        return
    lines = (
        "  ".join(
            [
                each.id,
                each.name or "(no name)",
                ", ".join(each.emails),
                " ".join(f"#{tag}" for tag in each.tags),
            ]
        )
        for each in people
    )
    print_lines([line.rstrip() for line in lines] or ["Nobody was found."])


def write_roles(roles: Sequence[RoleRevision], form: str) -> None:
    """A list of revisions of roles, without what each asks."""
    if form == "json":
        kept = [
            {
                "role_id": each.role_id,
                "number": each.number,
                "newest": each.newest,
                "created": each.created,
                "title": each.role.title,
                "company": each.role.company,
                "qualifications": len(each.role.qualifications),
            }
            for each in roles
        ]
        put(as_json("roles", roles=kept))
        return
    print_lines([_role_line(each) for each in roles] or ["There is no role."])


def _role_line(revision: RoleRevision) -> str:
    title = folded(revision.role.title or "Role without a title")
    company = f" · {folded(revision.role.company)}" if revision.role.company else ""
    edited = "" if revision.newest else ", not the newest"
    number = f"revision {revision.number}{edited}, {revision.created:%Y-%m-%d}"
    return f"{revision.role_id}  {title}{company}  {number}"


def write_applications(found: Sequence[Application], form: str) -> None:
    """A list of applications."""
    if form == "json":
        put(as_json("applications", applications=found))
        return
    lines = [
        f"{each.id}  {each.stage}  person {each.candidate}  role {each.role_id}@{each.role_revision}  "
        f"{each.updated:%Y-%m-%d}"
        for each in found
    ]
    print_lines(lines or ["There is no application."])


def write_removed(kind: str, form: str, **counts: int) -> None:
    """What went: a role or an application, and how much with it."""
    if form == "json":
        put(as_json("removed", kind=kind, **counts))
        return
    with_it = "".join(f", and {number} {name} with it" for name, number in counts.items())
    print_lines([f"The {kind} is gone{with_it}."])


def write_rules(rules: Retention, form: str) -> None:
    """The rules of retention."""
    if form == "json":
        put(as_json("retention", retention=rules))
        return
    print_lines(
        [
            f"An older resume of a person is kept {_days(rules.revisions_days)} after a newer one came.",
            f"A person is kept {_days(rules.candidates_days)} after their newest resume came and their "
            "applications last changed.",
        ]
    )


def _days(days: int | None) -> str:
    return "without end" if days is None else count(days, "day")


def write_due(due: Due, form: str) -> None:
    """What the rules would take away."""
    if form == "json":
        put(as_json("due", due=due))
        return
    print_lines(
        [
            f"Due: {count(len(due.candidates), 'person', 'people')}, and "
            f"{count(len(due.revisions), 'older resume')} of others. "
            "Nothing was erased.",
            *due.candidates,
        ]
    )
