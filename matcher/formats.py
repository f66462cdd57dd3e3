"""The forms in which the command line writes results."""

from __future__ import annotations

from enum import StrEnum


class DataFormat(StrEnum):
    """How what a corpus says is written."""

    table = "table"
    json = "json"


class RankFormat(StrEnum):
    """How a ranking is written."""

    table = "table"
    json = "json"
    html = "html"
    csv = "csv"


class CompareFormat(StrEnum):
    """How a comparison is written."""

    table = "table"
    json = "json"
    html = "html"


class RoleFormat(StrEnum):
    """How a role is written; TOML and JSON are role files."""

    table = "table"
    toml = "toml"
    json = "json"


class ParseFormat(StrEnum):
    """How a parsed resume, or a table of figures, is written."""

    table = "table"
    json = "json"
