"""What a person changed in a role after it was read from the posting, for every report to name."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from matcher.reports.wording import folded, weight_text
from matcher.types import Assess, Qualification, RankedRevision, Role

if TYPE_CHECKING:
    from rich.console import Console

# Characters of a demand that tell a reader which one it is.
_BRIEF = 48

_LABELS = {
    "min_years": "least years",
    "max_years": "most years",
    "degree_fields": "fields of study",
    "or_equivalent": "“or equivalent”",
    "any_licence": "“any licence”",
    "any_language": "“any language”",
}


_PLACES = {Assess.RESUME: "the resume", Assess.INTERVIEW: "an interview"}


def revision_line(revision: RankedRevision | None) -> str:
    """Which revision of a kept role was ranked, and whether it is the newest; empty for any other role."""
    if revision is None:
        return ""
    line = f"Revision {revision.number} of role {folded(revision.role_id)}."
    if revision.stale:
        line += f" Stale: the role has been edited since, up to revision {revision.newest}."
    return line


def revision_object(revision: RankedRevision | None) -> dict[str, object] | None:
    """The same as plain values."""
    if revision is None:
        return None
    return {
        "role_id": revision.role_id,
        "number": revision.number,
        "newest": revision.newest,
        "stale": revision.stale,
    }


class Edit(NamedTuple):
    """One change: of which qualification (None: of the role), of what, from what to what, in words.

    `before` and `after` are None where there is no value: a qualification that was added or removed has its
    text on one side.
    """

    qualification_id: str | None
    field: str
    before: str | None
    after: str | None
    text: str


def edits_of(role: Role) -> list[Edit]:
    """What differs between the role and what was read from its posting, in the posting's order."""
    if role.parsed is None:
        return []
    found: list[Edit] = []
    for name in ("title", "company"):
        found += _of_role(name, getattr(role.parsed, name), getattr(role, name))
    for item in fields(role.logistics):
        before, after = getattr(role.parsed.logistics, item.name), getattr(role.logistics, item.name)
        found += _of_role(f"logistics.{item.name}", before, after)
    now = {item.id: item for item in role.qualifications}
    known = {item.id for item in role.parsed.qualifications}
    for before in role.parsed.qualifications:
        found += _of_one(before, now[before.id]) if before.id in now else [_removed(before)]
    return found + [_added(item) for item in role.qualifications if item.id not in known]


def edits_line(role: Role) -> str:
    """The changes in one sentence, "" where there are none."""
    found = edits_of(role)
    return f"Edited by a person: {'; '.join(edit.text for edit in found)}." if found else ""


def edited_items(role: Role) -> list[Qualification]:
    """The qualifications that a person changed and did not add: a reader of a page knows no ids."""
    changed = {edit.qualification_id for edit in edits_of(role)}
    known = {item.id for item in role.parsed.qualifications} if role.parsed else set()
    return [item for item in role.qualifications if item.id in changed & known]


def print_edits(role: Role, console: Console) -> None:
    """Print what a person changed in the role, where something was changed."""
    from rich.text import Text  # not at the top: JSON needs the changes without a terminal's library

    if edited := edits_line(role):
        console.print(Text(edited, style="yellow"))


def _of_role(name: str, before: object, after: object) -> list[Edit]:
    if before == after:
        return []
    label = name.removeprefix("logistics.").replace("_", " ")
    return [Edit(None, name, _plain(before), _plain(after), f"{label} {_from_to(before, after)}")]


def _removed(item: Qualification) -> Edit:
    return Edit(item.id, "qualification", item.text, None, f"{item.id} removed (“{_brief(item)}”)")


def _added(item: Qualification) -> Edit:
    said = f"{item.id} added as {item.kind.value} with weight {weight_text(item.weight)} (“{_brief(item)}”)"
    if item.alternatives:
        said += f", also as {_quoted(item.alternatives)}"
    return Edit(item.id, "qualification", None, item.text, said)


def _of_one(before: Qualification, after: Qualification) -> list[Edit]:
    name = after.id
    found = []
    if before.kind is not after.kind:
        kinds = before.kind.value, after.kind.value
        found.append(Edit(name, "kind", *kinds, f"{name} {kinds[0]} → {kinds[1]}"))
    if before.assess is not after.assess:
        places = before.assess.value, after.assess.value
        found.append(Edit(name, "assess", *places, f"{name} assessed in {_PLACES[after.assess]}"))
    if before.same_as != after.same_as:
        said = f"{name} says the same as {after.same_as}" if after.same_as else f"{name} counts by itself"
        found.append(Edit(name, "same_as", before.same_as, after.same_as, said))
    if before.weight != after.weight:
        weights = weight_text(before.weight), weight_text(after.weight)
        found.append(Edit(name, "weight", *weights, f"weight of {name} {weights[0]} → {weights[1]}"))
    if before.text != after.text:
        found.append(Edit(name, "text", before.text, after.text, f"{name} reworded (“{_brief(after)}”)"))
    if before.alternatives != after.alternatives:
        found.append(_of_wordings(before, after))
    if after.clauses is not None:
        joined = "any of" if after.any_clause else "all of"
        clauses = f"{joined} {_quoted(after.clauses)}" if after.clauses else "one whole"
        found.append(Edit(name, "clauses", None, clauses, f"clauses of {name}: {clauses}"))
    for item in fields(after.constraints):
        old, new = getattr(before.constraints, item.name), getattr(after.constraints, item.name)
        if old != new:
            label = _LABELS.get(item.name, item.name)
            text = f"{label} of {name} {_from_to(old, new)}"
            found.append(Edit(name, f"constraints.{item.name}", _plain(old), _plain(new), text))
    return found


def _of_wordings(before: Qualification, after: Qualification) -> Edit:
    """Which other wordings a person added, and which of the posting's own were taken out."""
    more = tuple(text for text in after.alternatives if text not in before.alternatives)
    fewer = tuple(text for text in before.alternatives if text not in after.alternatives)
    said = [f"also as {_quoted(more)}"] * bool(more) + [f"no longer as {_quoted(fewer)}"] * bool(fewer)
    text = f"{after.id} {', '.join(said) or 'with its other wordings in another order'}"
    return Edit(after.id, "alternatives", _plain(before.alternatives), _plain(after.alternatives), text)


def _quoted(texts: tuple[str, ...]) -> str:
    return ", ".join(f"“{folded(text, _BRIEF)}”" for text in texts)


def _brief(item: Qualification) -> str:
    return folded(item.text, _BRIEF)


def _from_to(before: object, after: object) -> str:
    return f"{folded(_plain(before) or 'none', _BRIEF)} → {folded(_plain(after) or 'none', _BRIEF)}"


def _plain(value: object) -> str | None:
    """A value in words; None where there is none."""
    match value:
        case None | ():
            return None
        case bool():
            return "yes" if value else "no"
        case float() | int():
            return f"{value:g}" if abs(value) < 1_000_000 else f"{value:.0f}"
        case tuple():
            return "; ".join(str(item) for item in value)
        case _:
            return str(value)
