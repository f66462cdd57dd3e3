"""Show a `Ranking`, a Role and a Resume to people and machines.

One file a form: `json` (versioned, for machines), `csv` (for spreadsheets), `table` (a terminal),
`html` (one self-contained file), `compare` (finalists side by side), `parsed` (what was understood of a
posting or a resume). `overview` words what a reader should see first.
`blind` takes out who the candidates are, `pictures` shows where a quote stands.
`wording` holds the words and signs they share, `write` puts a form where it was asked for.
Nothing is decided here: a report only shows.
"""

from matcher.reports.blind import blinded
from matcher.reports.pictures import quotes_to_draw
from matcher.reports.write import write_comparison, write_ranking, write_resume, write_role

__all__ = ["blinded", "quotes_to_draw", "write_comparison", "write_ranking", "write_resume", "write_role"]
