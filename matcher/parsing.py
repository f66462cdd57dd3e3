"""File bytes to a Resume, a Role or pictures of quotes: the composition that runs inside a worker process."""

from __future__ import annotations

from collections.abc import Sequence

from matcher import documents, resumes, roles
from matcher.errors import DocumentTooLargeError, RoleError
from matcher.settings import Limits
from matcher.types import Pictures, Place, Resume, Role


def parse_resume(data: bytes, source: str, limits: Limits) -> Resume:
    """The resume in `data`. Raises a DocumentError that says what is wrong with the file."""
    resume = resumes.parse(documents.read(data, limits), source)
    if len(resume.snippets) > limits.max_snippets:
        raise DocumentTooLargeError(
            f"The resume has {len(resume.snippets):,} quotable lines; the limit is {limits.max_snippets:,}. "
            "Shorten it or raise max_snippets."
        )
    return resume


def parse_role(data: bytes, source: str, limits: Limits) -> Role:
    """The role in `data`, a posting or a role file. Raises DocumentError or RoleError."""
    del source  # a role is known by its content
    if roles.is_role_file(data):
        role = roles.read_role_file(data, limits)
    else:
        role = roles.parse(documents.read(data, limits))
    wordings = sum(1 + len(item.alternatives) + len(item.clauses or ()) for item in role.qualifications)
    if wordings > limits.max_qualifications:
        raise RoleError(
            f"The role has {wordings:,} qualifications, wordings and clauses of a role file included; "
            f"the limit is {limits.max_qualifications:,}. Check that it is one posting, or raise "
            "max_qualifications."
        )
    return role


def draw_pictures(data: bytes, quotes: Sequence[Sequence[Place]]) -> Pictures:
    """A picture of each quote in a PDF. Raises a DocumentError that says what is wrong with the file."""
    return Pictures(documents.draw_quotes(data, quotes))
