"""The audit log as JSON Lines: one object a line, in the order in which things happened."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from matcher.errors import FileUnavailableError
from matcher.reports.write import put
from matcher.types.service import AuditEntry


def write_audit(entries: Iterable[AuditEntry], output: Path | None = None) -> None:
    """Write lines to `output`, or to standard output, without holding all of them. Raises
    FileUnavailableError when `output` cannot be written."""
    if output is None:
        for entry in entries:
            put(_line(entry))
        return
    try:
        with output.open("w", encoding="utf-8") as file:
            file.writelines(map(_line, entries))
    except OSError as error:
        raise FileUnavailableError(
            f"The log could not be written to {output} ({error.strerror}): choose another place."
        ) from error


def _line(entry: AuditEntry) -> str:
    values = {
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "kind": entry.kind,
        "subject": entry.subject,
        "request_id": entry.request_id,
    }
    return json.dumps(values) + "\n"
