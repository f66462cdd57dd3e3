"""Document to Resume: sections, positions, education, skills, identity and quotable snippets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.resumes.experience import month_interval, months_of, months_of_experience

if TYPE_CHECKING:
    from matcher.resumes.json_resume import to_json_resume
    from matcher.resumes.parsing import parse

__all__ = ["month_interval", "months_of", "months_of_experience", "parse", "to_json_resume"]


def __getattr__(name: str) -> Any:
    """Load the parser on first use: counting months, which ranking does, needs none of it (PEP 562)."""
    if name == "parse":
        from matcher.resumes.parsing import parse

        return parse
    if name == "to_json_resume":
        from matcher.resumes.json_resume import to_json_resume

        return to_json_resume
    raise AttributeError(f"module 'matcher.resumes' has no attribute {name!r}")
