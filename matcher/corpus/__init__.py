"""A corpus in use: the store, an index that follows it, and the matcher that reads, encodes and compares.

The store is the truth. What is computed here (the index, a role's vectors) can be thrown away at any time.
"""

from __future__ import annotations

from matcher.corpus.corpus import Corpus, open_corpus
from matcher.corpus.filters import parse_filter
from matcher.corpus.inputs import resume_files
from matcher.corpus.intake import Labels
from matcher.corpus.places import default_corpus, unbegun
from matcher.corpus.roles import id_and_number

__all__ = [
    "Corpus",
    "Labels",
    "default_corpus",
    "id_and_number",
    "open_corpus",
    "parse_filter",
    "resume_files",
    "unbegun",
]
