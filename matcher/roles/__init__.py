"""Document -> Role: what a posting asks for, each requirement with its kind and its place."""

from matcher.roles.parse import parse

__all__ = ["parse"]
