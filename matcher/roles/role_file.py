"""A role file -> Role: a posting as it was read, written out in TOML or JSON, and corrected by a person.

The file carries the posting's text and digest and what the parser made of it, so that it stands in for the
posting and what was changed can be told.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from typing import NoReturn

from matcher.errors import RoleFileError
from matcher.roles.role_file_demands import as_read, corrected
from matcher.roles.role_file_values import Table, Written
from matcher.settings import Limits
from matcher.types import (
    Document,
    Line,
    Logistics,
    Role,
    Span,
    WorkMode,
)

SCHEMA = "matcher.role/1"

# A file is a role file when it names the schema as a key of its own: at the start of a line of TOML, or in a
# text that begins like JSON. A posting that mentions it within a sentence is a posting.
_TOML = re.compile(rb"^schema[ \t]*=[ \t]*[\"']matcher\.role/", re.MULTILINE)
_JSON = re.compile(rb"\"schema\"\s*:\s*\"matcher\.role/")
_BOM = b"\xef\xbb\xbf"

# The posting's text, the values and what the parser read, with room for escapes and comments.
_LONGEST_FILE = 6

_MOST_PAY = 1e12
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LINE_NUMBER = re.compile(r"\(?\bat line (\d+)|\bline (\d+) column")


def is_role_file(data: bytes) -> bool:
    """Whether `data` is a role file, told by its content."""
    begins_like_json = data.removeprefix(_BOM)[:1_000].lstrip().startswith(b"{")
    return (_JSON if begins_like_json else _TOML).search(data) is not None


def read_role_file(data: bytes, limits: Limits) -> Role:
    """The role that a role file states; `parsed` is the parser's own when a person has changed something.

    Raises RoleFileError, with the line where it is wrong.
    """
    text = _decoded(data, limits)
    written = Written(text, text.lstrip().startswith("{"))
    top = Table(written, (), _values(written))
    top.only("schema", "role_id", "title", "company", "qualifications", "logistics", "posting", "parsed")
    if top.text("schema") != SCHEMA:
        top.wrong("schema", f"this version reads {SCHEMA}: write the file again with `matcher parse role`.")
    document = _posting(top.table("posting"), limits)
    role_id = f"r{document.sha256[:16]}"
    if top.text("role_id") not in (None, role_id):
        top.wrong("role_id", f"role_id comes from the posting and cannot be changed: write {role_id}.")
    parsed = _parsed(top.table("parsed"), document, role_id)
    role = replace(
        parsed,
        title=_line(top, "title"),
        company=_line(top, "company"),
        qualifications=corrected(top, parsed.qualifications),
        logistics=_logistics(top.table("logistics")),
    )
    return role if role == parsed else replace(role, parsed=parsed)


# --------------------------------------------------------------------------- the text


def _decoded(data: bytes, limits: Limits) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RoleFileError("The role file is not UTF-8 text: save it as UTF-8.") from None
    longest = _LONGEST_FILE * limits.max_characters
    if len(text) > longest:
        raise RoleFileError(
            f"The role file has {len(text):,} characters; the limit is {longest:,}. Shorten it or raise "
            "max_characters."
        )
    return text.replace("\r\n", "\n")


def _values(written: Written) -> dict[str, object]:
    try:
        if not written.is_json:
            return tomllib.loads(written.text)
        value: dict[str, object] = json.loads(
            written.text, object_pairs_hook=_unique, parse_constant=_no_number
        )
    except RecursionError:
        raise RoleFileError("The role file nests lists or tables too deeply to be read.") from None
    except ValueError as error:  # both readers' errors, and a number of more digits than Python converts
        _no_syntax(written, str(error))
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RoleFileError("The role file gives a key twice in one place: keep one of them.")
    return found


def _no_number(_: str) -> NoReturn:
    raise RoleFileError("The role file holds NaN or Infinity: write numbers in digits.")


def _no_syntax(written: Written, reason: str) -> NoReturn:
    form = "JSON" if written.is_json else "TOML"
    place = _LINE_NUMBER.search(reason)
    if place is None and "end of document" in reason:
        raise RoleFileError(f"The role file is no {form}: it ends within a value. Look at its last lines.")
    if place is None:
        raise RoleFileError(f"The role file is no {form}: {reason[:200]}.")
    line = int(place[1] or place[2])
    said = reason[: place.start()].strip(" :(")
    raise RoleFileError(f"Line {line} of the role file: this is no {form} ({said[:200]}).") from None


# --------------------------------------------------------------------------- the posting and the parser's


def _posting(table: Table, limits: Limits) -> Document:
    table.only("sha256", "media_type", "text")
    digest = table.text("sha256") or ""
    if not _SHA256.fullmatch(digest):
        table.wrong("sha256", "the posting's sha256 has 64 hex digits: leave [posting] as it was written.")
    text = table.text("text", limits.max_characters) or ""
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(Line(Span(start, start + len(line))))
        start += len(line) + 1
    return Document(text, table.text("media_type") or "text/plain", digest, tuple(lines))


def _parsed(table: Table, document: Document, role_id: str) -> Role:
    table.only("title", "company", "qualifications", "logistics")
    found = as_read(table, len(document.text))
    return Role(
        document, role_id, _line(table, "title"), _line(table, "company"), found,
        _logistics(table.table("logistics")),
    )  # fmt: skip


def _logistics(table: Table) -> Logistics:
    table.only(
        "location", "work_mode", "salary_min", "salary_max", "salary_currency", "salary_period",
        "visa_sponsorship", "travel_percent",
    )  # fmt: skip
    travel = table.number("travel_percent", 100)
    return Logistics(
        location=_line(table, "location"),
        work_mode=table.choice("work_mode", WorkMode),
        salary_min=table.number("salary_min", _MOST_PAY),
        salary_max=table.number("salary_max", _MOST_PAY),
        salary_currency=_line(table, "salary_currency"),
        salary_period=_line(table, "salary_period"),
        visa_sponsorship=table.flag("visa_sponsorship"),
        travel_percent=None if travel is None else int(travel),
    )


def _line(table: Table, name: str) -> str | None:
    """A text of one line; an empty one is none."""
    return " ".join((table.text(name) or "").split()) or None
