"""Rank resumes against a role, with the exact words that speak for each qualification.

bytes -> Document -> Resume | Role -> Snippets | Qualifications -> vectors -> index -> hits -> MatchReport
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Limits", "Matcher", "Settings", "__version__", "open_corpus"]

if TYPE_CHECKING:
    from matcher.corpus import open_corpus
    from matcher.service import Matcher
    from matcher.settings import Limits, Settings


def __getattr__(name: str) -> Any:
    """Load these names on first use, so that `import matcher` stays instant (PEP 562)."""
    if name == "Matcher":
        from matcher.service import Matcher

        return Matcher
    if name == "open_corpus":
        from matcher.corpus import open_corpus

        return open_corpus
    if name in ("Limits", "Settings"):
        import matcher.settings

        return getattr(matcher.settings, name)
    raise AttributeError(f"module 'matcher' has no attribute {name!r}")
