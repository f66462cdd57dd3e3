"""Document -> Role: what a posting asks for, each requirement with its kind and its place."""

from matcher.roles.interview import interview_question
from matcher.roles.parse import parse
from matcher.roles.role_file import is_role_file, read_role_file

__all__ = ["interview_question", "is_role_file", "parse", "read_role_file"]
