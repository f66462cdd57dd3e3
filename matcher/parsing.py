"""File bytes to a Resume or a Role: the composition that runs inside a worker process."""

from __future__ import annotations

from matcher import documents, resumes, roles
from matcher.settings import Limits
from matcher.types import Resume, Role


def parse_resume(data: bytes, source: str, limits: Limits) -> Resume:
    """The resume in `data`. Raises a DocumentError that says what is wrong with the file."""
    return resumes.parse(documents.read(data, limits), source)


def parse_role(data: bytes, source: str, limits: Limits) -> Role:
    """The role in `data`. Raises DocumentError or RoleError."""
    del source  # a role is known by its content
    return roles.parse(documents.read(data, limits))
