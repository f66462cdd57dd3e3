"""The corpus that lasts: people with revisions of their resume, vectors, roles, applications. It is the
truth, from which every index is derived. SQLite in a folder, or PostgreSQL by URL."""

from __future__ import annotations

from matcher.store.codec import resume_bytes, resume_from, role_bytes, role_from
from matcher.store.database import FILE
from matcher.store.opening import open_beside, open_store
from matcher.store.query import parse_query
from matcher.store.resumes import StoredResume
from matcher.store.service.answers import Answer, Taken
from matcher.store.store import Store
from matcher.store.vectors import SnippetVectors, vector_bytes

__all__ = [
    "FILE",
    "Answer",
    "SnippetVectors",
    "Store",
    "StoredResume",
    "Taken",
    "open_beside",
    "open_store",
    "parse_query",
    "resume_bytes",
    "resume_from",
    "role_bytes",
    "role_from",
    "vector_bytes",
]
