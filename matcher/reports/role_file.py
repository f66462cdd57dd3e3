"""A Role as a file that a person corrects and `rank` takes in place of the posting: JSON, or TOML with notes.

The room that parses roles reads it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import tomlkit
from tomlkit.items import Array, InlineTable, Table

from matcher.matching import clauses_of
from matcher.reports.json import JsonObject, dumps, role_object
from matcher.reports.parsed import ROLE_SCHEMA
from matcher.reports.wording import encodable
from matcher.types import Assess, Joined, Qualification, Role

_HEAD = """\
What the posting asks, as it was read. Correct it, save it, and rank with this file in place of the posting:
    matcher rank THIS-FILE RESUME...
Every report names what you changed. Lines that begin with # are notes.

For each qualification:
  keep          false leaves it out
  kind          "required", "preferred" or "responsibility"
  weight        how much it counts; 0 is shown and counts for nothing. One that you leave as it is follows
                what you change: required 1.0, preferred 0.5, responsibility, interview and same_as 0.0
  text          what is looked for
  alternatives  other wordings that count as the same demand, such as ["led a crew", "shift supervisor"];
                where a demand points at the employer's own work, the posting's own words about that
  assess        "resume", or "interview" for what no resume can show: it weighs 0 and is left to a question
  same_as       the id of a qualification that asks the same, so that it counts once; take the line away to
                count this one too
  clauses       what the text joins, as it was read; take the # away to correct it. All clauses are asked, the
                weakest decides; with any_clause = true one is enough. clauses = [] makes it one whole
  constraints   what is checked against dates, degrees and names; leave out what is not asked:
      constraints.min_years = 5            constraints.max_years = 8 (shown, never a limit)
      constraints.degree = "bachelor"      or "high_school", "associate", "master", "doctorate"
      constraints.degree_fields = ["nursing"]
      constraints.or_equivalent = true     experience may stand in for the degree
      constraints.licences = ["CPA"]       constraints.any_licence = true   (one of them is enough)
      constraints.languages = ["Spanish"]  constraints.any_language = true
To add one, copy a block and give it an id of its own."""

# Of each qualification, what the parser gives.
_SHOWN = ("id", "keep", "kind", "weight", "assess", "same_as", "text", "alternatives")
_AS_READ = ("id", "kind", "weight", "assess", "same_as", "text", "alternatives", "constraints")

# What goes without saying of most qualifications.
_PLAIN = {"assess": Assess.RESUME.value, "alternatives": []}

_TERMS = """\
Terms of the job: shown, never scored. Known are location, work_mode ("onsite", "hybrid", "remote"),
salary_min, salary_max, salary_currency, salary_period ("hour", "day", "week", "month", "year"),
visa_sponsorship and travel_percent."""

_KEPT = """\
Leave the rest as it is: the posting itself, and what was read from it. Changes are told by it."""


def role_file_values(role: Role) -> JsonObject:
    """All of a role file as plain values: the role with its qualifications that were left out, the posting,
    and what the parser read."""
    shown, parsed = role_object(role), role.parsed or role
    known = {item.id for item in role.qualifications}
    before = role_object(parsed)
    left_out = [item for item in _list(before["qualifications"]) if item["id"] not in known]
    every = [(item, True) for item in _list(shown["qualifications"])] + [(item, False) for item in left_out]
    spans = {item.id: item.span for item in parsed.qualifications}
    own = {item.id: item for item in role.qualifications}
    return {
        "schema": ROLE_SCHEMA,
        "role_id": shown["role_id"],
        "title": shown["title"],
        "company": shown["company"],
        "qualifications": [
            {
                "id": item["id"],
                "keep": keep,
                **{key: item[key] for key in ("kind", "weight", "assess", "same_as", "text", "alternatives")},
                **_clauses(own.get(str(item["id"]))),
                "constraints": item["constraints"],
            }
            for item, keep in every
        ],
        "logistics": shown["logistics"],
        "posting": {
            "sha256": role.document.sha256,
            "media_type": role.document.media_type,
            "text": encodable(role.document.text),
        },
        "parsed": {
            "title": before["title"],
            "company": before["company"],
            "logistics": before["logistics"],
            "qualifications": [
                {
                    **{key: item[key] for key in _AS_READ},
                    "start": span.start if (span := spans[str(item["id"])]) else None,
                    "end": span.end if span else None,
                }
                for item in _list(before["qualifications"])
            ],
        },
    }


def _clauses(item: Qualification | None) -> JsonObject:
    """The clauses that a person gave; null where the text's own words say them."""
    given = None if item is None or item.clauses is None else [encodable(text) for text in item.clauses]
    return {"clauses": given, "any_clause": bool(item and item.any_clause)}


def role_file_text(role: Role, form: str) -> str:
    """The role file as "toml" or "json"."""
    return role_to_json(role) if form == "json" else role_to_toml(role)


def role_to_json(role: Role) -> str:
    """The role file as JSON text, in the layout of all reports."""
    return dumps(role_file_values(role))


def role_to_toml(role: Role) -> str:
    """The role file as TOML text with notes for the person who corrects it. One Role gives one text."""
    values = role_file_values(role)
    file = tomlkit.document()
    _note(file, _HEAD)
    file.add(tomlkit.nl())
    for name in ("schema", "title", "company"):
        if values[name] is not None:
            file.add(name, tomlkit.item(values[name]))
    file.add(tomlkit.nl())
    qualifications = tomlkit.aot()
    every = {item.id: item for item in (*(role.parsed or role).qualifications, *role.qualifications)}
    for item in _list(values["qualifications"]):
        qualifications.append(_qualification(item, every[str(item["id"])]))
    file.add("qualifications", qualifications)
    terms = tomlkit.table()
    _note(terms, _TERMS)
    _fill(terms, _table(values["logistics"]))
    terms.add(tomlkit.nl())
    file.add("logistics", terms)
    posting = tomlkit.table()
    _note(posting, _KEPT)
    for name, value in _table(values["posting"]).items():
        # a carriage return would become a line feed within a text of several lines
        several = name == "text" and "\r" not in str(value)
        posting.add(name, tomlkit.string(str(value), multiline=several))
    posting.add(tomlkit.nl())
    file.add("posting", posting)
    file.add("parsed", _parsed(_table(values["parsed"])))
    return tomlkit.dumps(file)


def _qualification(values: Mapping[str, object], item: Qualification) -> Table:
    table = tomlkit.table()
    _fill(table, {name: values[name] for name in _SHOWN})
    if item.from_about:
        table["alternatives"] = _wordings(item)
    if item.clauses is not None:
        _fill(table, {"clauses": values["clauses"], "any_clause": item.any_clause})
    elif (read := clauses_of(item)).texts:
        texts = tomlkit.item([encodable(text) for text in read.texts]).as_string()
        table.add(tomlkit.comment(f"clauses = {texts}"))
        table.add(tomlkit.comment(f"any_clause = {'true' if read.joined is Joined.ANY else 'false'}"))
    for name, value in _asked(values["constraints"]).items():
        table.append(tomlkit.key(["constraints", name]), tomlkit.item(value))
    return table


def _wordings(item: Qualification) -> Array:
    """Other wordings one to a line, to be read and taken out, with a note at those that are the posting's."""
    rows = tomlkit.array()
    for text in item.alternatives:
        own = "the posting's own words" if text in item.from_about else None
        rows.add_line(encodable(text), indent="    ", comment=own)
    rows.add_line(indent="")
    return rows


def _parsed(values: Mapping[str, object]) -> Table:
    table = tomlkit.table()
    _fill(table, {name: values[name] for name in ("title", "company")})
    table.add("logistics", _inline(_table(values["logistics"])))
    rows = tomlkit.array()
    for item in _list(values["qualifications"]):
        asked = _inline(_asked(item["constraints"]))
        said = {name: value for name, value in item.items() if value != _PLAIN.get(name)}
        row = _inline({name: value for name, value in said.items() if name != "constraints"})
        if asked:
            row.append("constraints", asked)
        rows.append(row)
    table.add("qualifications", rows.multiline(True))
    return table


def _asked(constraints: object) -> dict[str, object]:
    """The constraints that say something: TOML has no null, and a false or an empty list is the rule."""
    return {name: value for name, value in _table(constraints).items() if value not in (None, False, [])}


def _fill(table: Table, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if value is not None:
            table.add(name, tomlkit.item(value))


def _inline(values: Mapping[str, object]) -> InlineTable:
    table = tomlkit.inline_table()
    for name, value in values.items():
        if value is not None:
            table.append(name, tomlkit.item(value))
    return table


def _note(table: Table | tomlkit.TOMLDocument, text: str) -> None:
    for line in text.splitlines():
        table.add(tomlkit.comment(line))


def _list(value: object) -> Sequence[Mapping[str, object]]:
    assert isinstance(value, list)
    return value


def _table(value: object) -> Mapping[str, object]:
    assert isinstance(value, dict)
    return value
