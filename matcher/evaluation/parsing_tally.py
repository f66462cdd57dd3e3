"""Counting what a parser reads rightly: folding, dates, a tally per group and field, and its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import matcher
from matcher.errors import FileUnavailableError, MissingExtraError
from matcher.evaluation.tables import Cell, Table
from matcher.types import PartialDate, Period


@dataclass
class Tally:
    """Right and counted per (group, field), and the misses in words. A group is a layout or a producer."""

    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    total: Counter[tuple[str, str]] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, group: str, name: str, right: bool, miss: str) -> None:
        """Add one comparison of the field `name`; `miss` says what was wrong, if it was."""
        self.right[group, name] += right
        self.total[group, name] += 1
        if not right:
            self.misses.append(f"{group}: {name}: {miss}")

    def share(self, name: str, group: str | None = None) -> float | None:
        """The share that is right of one field, in one group or in all; None where none was counted."""
        keys = [key for key in self.total if key[1] == name and group in (None, key[0])]
        total = sum(self.total[key] for key in keys)
        return sum(self.right[key] for key in keys) / total if total else None

    def by_field(self, name: str, title: str, note: str) -> Table:
        """One row per field, in the order first counted: right, counted, share."""
        rows: list[tuple[Cell, ...]] = []
        for field_name in dict.fromkeys(key[1] for key in self.total):
            keys = [key for key in self.total if key[1] == field_name]
            right, total = sum(self.right[key] for key in keys), sum(self.total[key] for key in keys)
            rows.append((field_name, right, total, right / total))
        return Table(name, title, ("field", "right", "counted", "share"), tuple(rows), note)

    def by_group(self, name: str, title: str, fields: Sequence[str], note: str) -> Table:
        """One row per group: its files and the share right of each of `fields`."""
        groups = sorted({key[0] for key in self.total})
        rows = [(group, self.files[group], *(self.share(f, group) for f in fields)) for group in groups]
        total = sum(self.files[group] for group in groups)
        rows.append(("all", total, *(self.share(f) for f in fields)))
        return Table(name, title, ("layout, producer", "files", *fields), tuple(rows), note)


def fixtures() -> Path:
    """The folder of fixtures of this checkout. Raises FileUnavailableError where there is none."""
    folder = Path(matcher.__file__).parents[1] / "data" / "fixtures"
    if not (folder / "provenance.json").is_file():
        raise FileUnavailableError(
            "The fixtures are not installed with the package: run this from a checkout of the repository."
        )
    return folder


def read_yaml(path: Path) -> Any:
    """What a YAML file holds. Raises MissingExtraError where PyYAML is not installed."""
    if find_spec("yaml") is None:
        raise MissingExtraError("The parsing suite reads YAML: pip install 'matcher[evaluation]'")
    import yaml

    return yaml.safe_load(path.read_text(encoding="utf-8"))


def not_measured(name: str, title: str, missing: str) -> Table:
    """The table of a part whose files were not given."""
    return Table(name, title, ("not measured",), ((f"no {missing}",),))


def fold(text: str | None) -> str:
    """Case and white space folded, closing punctuation dropped; "" for nothing."""
    return " ".join((text or "").split()).casefold().strip(" .,;")


def same_date(wanted: str | None, date: PartialDate | None, current: bool) -> bool:
    """True when the date read is the one of the truth.

    The truth is "2019-01", "2019", "present", None (not said), or "2019~", which leaves the month free.
    """
    if wanted is None:
        return date is None and not current
    if wanted == "present":
        return current
    if date is None:
        return False
    if wanted.endswith("~"):
        return date.year == int(wanted[:4])
    return f"{date.year:04d}" + (f"-{date.month:02d}" if date.month else "") == wanted


def dates_right(start: str | None, end: str | None, period: Period | None) -> tuple[bool, bool]:
    """Whether start and end are read right."""
    if period is None:
        return start is None, end is None
    return same_date(start, period.start, False), same_date(end, period.end, period.current)
