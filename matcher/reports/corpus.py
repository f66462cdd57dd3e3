"""What a corpus answers, as a table for a terminal or as JSON: people, receipts, its state, its problems."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from rich.padding import Padding
from rich.text import Text

from matcher.errors import FileUnavailableError
from matcher.reports.plain import as_json, fields_of, print_lines, print_rows
from matcher.reports.wording import count
from matcher.reports.write import finish, new_console, put
from matcher.resumes import to_json_resume
from matcher.types import Resume
from matcher.types.corpus import Candidate, Outcome, Receipt, Revision
from matcher.types.found import CorpusState, Found, Ingestion, Problem, Reindexed

_KIND = '{"kind":"'  # how the lines of an export begin

QUOTE_LENGTH = 200  # characters of a quote in a table


def write_found(found: Sequence[Found], form: str, output: Path | None) -> None:
    """People whom a text found, with their quotes. Raises FileUnavailableError."""
    if form == "json":
        put(as_json("search", people=found), output)
        return
    console = new_console(output)
    for number, each in enumerate(found, start=1):
        line = Text(f"{number}. ", style="dim").append(each.candidate.name or "(no name)", style="bold")
        console.print(line.append(f"  {each.candidate.id}", style="dim"))
        for quote in each.quotes:
            text = " ".join(quote.text.split())
            cut = text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1].rstrip() + "…"
            page = f", page {quote.places[0].page}" if quote.places else ""
            said = Text(f"“{cut}” ").append(f"{quote.section}{page} {quote.similarity:.2f}", style="dim")
            console.print(Padding(said, (0, 0, 0, 3)))
    if not found:
        console.print("Nobody was found.")
    finish(console, output)


def write_ingestion(result: Ingestion, form: str) -> None:
    """What became of the files."""
    if form == "json":
        put(as_json("ingestion", **fields_of(result)))
        return
    counts = [f"{result.count(outcome)} {outcome}" for outcome in Outcome]
    counts += [f"{len(result.rejected)} rejected"]
    counts += [f"{count(result.roles, 'role')} and {count(result.applications, 'application')}"] * (
        result.roles > 0
    )
    print_lines([", ".join(counts)])


def write_person(
    person: Candidate, resume: Resume, revisions: Sequence[Revision], form: str, today: date
) -> None:
    """A person, which resumes of theirs are kept, and what was read from the newest."""
    if form == "json":
        put(as_json("person", person=person, revisions=revisions, resume=to_json_resume(resume, today)))
        return
    from matcher.reports.parsed import print_resume

    console = new_console(None)
    rows = {
        "id": person.id,
        "updated": f"{person.updated:%Y-%m-%d %H:%M} UTC",
        "source": person.source,
        "tags": ", ".join(person.tags),
        "resumes": ", ".join(f"{each.number} of {each.received:%Y-%m-%d}" for each in revisions),
        "external ids": ", ".join(f"{each.system}: {each.key}" for each in person.external_ids),
    }
    print_rows(console, rows)
    print_resume(resume, console)
    finish(console, None)


def write_receipt(receipt: Receipt, form: str) -> None:
    """What an erasure took away, and what remains."""
    if form == "json":
        put(as_json("receipt", receipt=receipt))
        return
    print_lines(
        [
            f"Erased: {count(len(receipt.candidates), 'person', 'people')}, "
            f"{count(len(receipt.revisions), 'resume')}, {count(receipt.files, 'file')}, "
            f"{count(len(receipt.snippets), 'snippet')}, {count(receipt.vectors, 'vector')}, "
            f"{count(receipt.applications, 'application')}.",
            *(receipt.remains or ("Nothing of this is left in what this software keeps.",)),
        ]
    )


def write_state(state: CorpusState, form: str) -> None:
    """How much there is, and how it is searched."""
    if form == "json":
        put(as_json("stats", **fields_of(state)))
        return
    console = new_console(None)
    have = state.stats
    print_rows(
        console,
        {
            "corpus": f"{state.where}, tenant {state.tenant}, revision {have.corpus_revision}",
            "people": f"{have.candidates:,} with {have.revisions:,} resumes",
            "snippets": f"{have.snippets:,}",
            "roles": f"{have.roles:,}, applications {have.applications:,}",
            "vectors": ", ".join(
                f"{number:,} of {name}" + ("" if name == state.encoder else " (not in use)")
                for name, number in have.vectors.items()
            ),
            "encoder": state.encoder + (": some texts are not encoded, run reindex" * state.unencoded),
            "index": f"{state.index}; {state.indexed:,} vectors, of revision {state.index_revision}",
        },
    )
    finish(console, None)


def write_reindexed(result: Reindexed, form: str) -> None:
    """What was encoded and indexed."""
    if form == "json":
        put(as_json("reindexed", **fields_of(result)))
        return
    print_lines(
        [
            f"Read {result.parsed:,} resumes again, encoded {result.encoded:,} texts; "
            f"the index holds {result.indexed:,} vectors."
            + f" {result.dropped:,} vectors of other models are gone."
            * (result.dropped > 0)
        ]
    )


def write_problems(problems: Sequence[Problem], form: str) -> None:
    """What is wrong, and what to do."""
    if form == "json":
        put(as_json("doctor", problems=problems))
        return
    lines = [f"{each.what} {each.cure}" for each in problems]
    print_lines(lines if not all(each.harmless for each in problems) else [*lines, "All is well."])


def write_lines(lines: Iterable[str], output: Path | None, form: str) -> None:
    """An export's lines as they come, UTF-8. A file is for its owner's eyes, and there once it is whole: then
    what it holds is counted. Raises FileUnavailableError."""
    if output is None:
        for line in lines:
            put(line)
        return
    counts: Counter[str] = Counter()
    replaced = output.is_file() or not output.exists()  # what is no file, such as a pipe, cannot be
    partial = output.with_name(f"{output.name}.partial") if replaced else output
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for line in lines:
                counts[line[: len(_KIND) + 20].removeprefix(_KIND).partition('"')[0]] += 1
                file.write(line.encode())
        if replaced:
            partial.replace(output)
    except OSError as error:
        raise FileUnavailableError(
            f"The export could not be written to {output} ({error.strerror}): make room there, or choose "
            "another place."
        ) from error
    finally:
        if replaced:
            partial.unlink(missing_ok=True)
    kinds = "resume", "role", "application"
    if form == "json":
        put(as_json("export", file=str(output), **{f"{kind}s": counts[kind] for kind in kinds}))
        return
    print_lines([f"Wrote {', '.join(count(counts[kind], kind) for kind in kinds)} to {output}."])


__all__ = [
    "write_found",
    "write_ingestion",
    "write_lines",
    "write_person",
    "write_problems",
    "write_receipt",
    "write_reindexed",
    "write_state",
]
