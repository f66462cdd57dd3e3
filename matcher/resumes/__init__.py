"""Document to Resume: sections, positions, education, skills, identity and quotable snippets."""

from matcher.resumes.dates import period_text
from matcher.resumes.experience import month_interval, months_of, months_of_experience
from matcher.resumes.json_resume import to_json_resume
from matcher.resumes.parsing import parse

__all__ = [
    "month_interval",
    "months_of",
    "months_of_experience",
    "parse",
    "period_text",
    "to_json_resume",
]
