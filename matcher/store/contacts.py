"""Personal data that people are found by, apart from everything that is searched."""

from __future__ import annotations

from matcher.store.words import folded, folded_line, stored_text
from matcher.types import Contact


def contact_rows(revision: int, contact: Contact, file_name: str | None) -> list[dict[str, object]]:
    """The rows of `contacts` of one revision."""
    values = [("name", contact.name), ("location", contact.location), ("file_name", file_name)]
    values += [("email", email) for email in contact.emails]
    values += [("phone", phone) for phone in contact.phones]
    values += [("url", url) for url in contact.urls]
    return [
        {
            "revision": revision,
            "kind": kind,
            "ordinal": ordinal,
            "value": stored_text(value),
            "lookup": email_key(value) if kind == "email" else folded_line(value),
        }
        for ordinal, (kind, value) in enumerate(values)
        if value
    ]


def email_key(address: str) -> str:
    """An e-mail address as it is looked up: without white space around it, its case folded.

    Nothing else is taken for the same address: what a provider does with dots or "+" is its own business.
    """
    return folded(stored_text(address).strip())
