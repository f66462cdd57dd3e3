"""The commands about people of a corpus, and how long they are kept: a thin door to `Corpus`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from matcher.command import Today, day_of, fail
from matcher.corpus_command import (
    After,
    Form,
    Key,
    Limit,
    Place,
    System,
    Tenant,
    Where,
    entry,
    external_of,
    note,
    opened_corpus,
)
from matcher.formats import DataFormat

if TYPE_CHECKING:
    from matcher.types.corpus import ExternalId

people = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="List people, tag them, join two who are one."
)
retention = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="How long people and their older resumes are kept."
)

Person = Annotated[str, typer.Argument(metavar="ID", help="A person's id.")]
Days = Annotated[str | None, typer.Option(help="A number of days from 1, or never.")]


@people.command("list")
def list_people(
    where: Where = None,
    limit: Limit = 50,
    after: After = None,
    today: Today = None,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """List the people who meet a filter, in the order of their ids."""
    from matcher.reports import records as written

    with opened_corpus(corpus, tenant) as opened:
        found = opened.people.page(where, limit=limit, after=after, today=day_of(today))
    written.write_people(found, format.value)


@people.command("tag")
def tag_people(
    person: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of people.")],
    add: Annotated[list[str] | None, typer.Option("--add", help="Give this tag; may be repeated.")] = None,
    remove: Annotated[list[str] | None, typer.Option("--remove", help="Take this tag away.")] = None,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Give people tags, and take others away."""
    from matcher.reports import records as written

    if not add and not remove:
        fail("Say which tag: --add TAG or --remove TAG.")
    with opened_corpus(corpus, tenant) as opened:
        for each in person:
            opened.people.get(each)  # before anybody is changed
        found = [opened.people.tag(each, add or (), remove or ()) for each in person]
        note(opened.store, "candidate.changed", "candidate", *(each.id for each in found))
    written.write_people(found, format.value)


def _theirs(system: str | None, key: str | None) -> ExternalId:
    """What another system calls a person, which has to be said."""
    external = external_of(system, key)
    if external is None:
        fail("Say what the other system calls them: --system SYSTEM --key ID.")
    return external


@people.command()
def link(
    person: Person,
    system: System = None,
    key: Key = None,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Let another system's id mean a person."""
    from matcher.reports import records as written

    external = _theirs(system, key)
    with opened_corpus(corpus, tenant) as opened:
        found = opened.people.link(person, external)
        note(opened.store, "candidate.changed", "candidate", found.id)
    written.write_people([found], format.value)


@people.command()
def unlink(
    system: System = None,
    key: Key = None,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Let another system's id mean nobody any more."""
    from matcher.reports import records as written

    external = _theirs(system, key)
    with opened_corpus(corpus, tenant) as opened:
        found = opened.people.unlink(external)
        note(opened.store, "candidate.changed", "candidate", found.id)
    written.write_people([found], format.value)


@people.command()
def merge(
    keep: Annotated[str, typer.Argument(metavar="KEEP", help="The id that stays.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The id that means them too from now on.")],
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Make one person of two: KEEP gets the resumes, tags, keys and applications of OTHER."""
    from matcher.reports import records as written

    with opened_corpus(corpus, tenant) as opened:
        gone = opened.people.get(other).id
        found = opened.people.merge(keep, other)
        note(opened.store, "candidate.merged", "candidate", found.id, gone)
    written.write_people([found], format.value)


@retention.command("show")
def show_rules(format: Form = DataFormat.table, corpus: Place = None, tenant: Tenant = "default") -> None:
    """Show the rules."""
    from matcher.reports import records as written

    with opened_corpus(corpus, tenant) as opened:
        written.write_rules(opened.people.rules(), format.value)


@retention.command("set")
def set_rules(
    people: Days = None,
    resumes: Days = None,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Change a rule; what is not given stays. Nothing is erased before `retention apply`."""
    from dataclasses import replace

    from matcher.reports import records as written

    if people is None and resumes is None:
        fail("Say which rule: --people DAYS or --resumes DAYS, or never.")
    with opened_corpus(corpus, tenant, begins=True) as opened:
        rules = opened.people.rules()
        if people is not None:
            rules = replace(rules, candidates_days=_days(people))
        if resumes is not None:
            rules = replace(rules, revisions_days=_days(resumes))
        opened.people.set_rules(rules)
    written.write_rules(rules, format.value)


@retention.command()
def due(format: Form = DataFormat.table, corpus: Place = None, tenant: Tenant = "default") -> None:
    """Show whom `retention apply` would erase now: a dry run."""
    from matcher.reports import records as written

    with opened_corpus(corpus, tenant) as opened:
        written.write_due(opened.due(), format.value)


@retention.command()
def apply(format: Form = DataFormat.table, corpus: Place = None, tenant: Tenant = "default") -> None:
    """Erase what is due, as `erase` does."""
    from matcher.reports import corpus as written

    with opened_corpus(corpus, tenant) as opened:
        receipt = opened.retain(entry=entry("candidate.erased", "candidate", ""))
    written.write_receipt(receipt, format.value)


def _days(text: str) -> int | None:
    if text == "never":
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 6 or int(text) < 1:
        fail(f"{text[:20]!r} is no number of days: give a whole number from 1 to 999999, or never.")
    return int(text)
