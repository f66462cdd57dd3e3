"""Values of a role file, each checked for what it is, with the line in the error where it is not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn, TypeVar

from matcher.errors import RoleFileError
from matcher.roles.role_file_lines import Path, line_of

# Characters of one text: three times what the parser looks at in a demand.
LONGEST_TEXT = 5_000
# Names in one list, such as the licences of a demand.
LONGEST_LIST = 50

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a role file, to tell on which line something stands."""

    text: str
    is_json: bool

    def wrong(self, path: Path, message: str) -> NoReturn:
        """Raise RoleFileError with the line of `path` before the message."""
        line = line_of(self.text, path, is_json=self.is_json)
        raise RoleFileError(f"Line {line} of the role file: {message}")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a role file. A key that is absent, or null in JSON, has the value None."""

    written: Written
    path: Path
    values: dict[str, object]

    def only(self, *names: str) -> None:
        """Raise RoleFileError for a key that is none of `names`: it is a slip of the keyboard."""
        for name in self.values:
            if name not in names:
                self.written.wrong(
                    (*self.path, name), f"this key is not known here; known are {', '.join(names)}."
                )

    def wrong(self, name: str, message: str) -> NoReturn:
        """Raise RoleFileError for the value of `name`."""
        self.written.wrong((*self.path, name), message)

    def text(self, name: str, most: int = LONGEST_TEXT) -> str | None:
        """A text of at most `most` characters."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong(name, f"{name} is a text: write it in quotes.")
        if len(value) > most:
            self.wrong(name, f"{name} has {len(value):,} characters; the limit is {most:,}. Shorten it.")
        return value

    def number(self, name: str, most: float) -> float | None:
        """A number from 0 to `most`."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(name, f"{name} is a number: write it without quotes, such as 2.0.")
        if not 0 <= value <= most or not math.isfinite(value):
            self.wrong(name, f"{name} is a number from 0 to {most:,.0f}.")
        return float(value)

    def flag(self, name: str) -> bool | None:
        """true or false."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, bool):
            self.wrong(name, f"{name} is true or false, without quotes.")
        return value

    def choice(self, name: str, kinds: type[Choice]) -> Choice | None:
        """One of the names of an enumeration."""
        value = self.text(name)
        if value is None:
            return None
        if value not in list(kinds):
            self.wrong(name, f"{name} is one of {', '.join(kind.value for kind in kinds)}.")
        return kinds(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, white space folded; empty where there is none."""
        value = self.values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong(name, f'{name} is a list: write ["one", "another"].')
        if len(value) > LONGEST_LIST:
            self.wrong(name, f"{name} has {len(value):,} entries; the limit is {LONGEST_LIST}.")
        for item in value:
            if not isinstance(item, str) or not item.strip() or len(item) > LONGEST_TEXT:
                self.wrong(
                    name, f"each entry of {name} is a text in quotes of 1 to {LONGEST_TEXT:,} characters."
                )
        return tuple(" ".join(item.split()) for item in value)

    def table(self, name: str) -> Table:
        """The table under a key; an empty one where there is none."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, dict):
            self.wrong(name, f"{name} is a table of keys and values.")
        return Table(self.written, (*self.path, name), value or {})

    def tables(self, name: str) -> list[Table]:
        """The tables of a list; none where there is no list."""
        value = self.values.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(name, f"{name} is a list of tables.")
        found = []
        for place, item in enumerate(value):
            path = (*self.path, name, place)
            if not isinstance(item, dict):
                self.written.wrong(path, f"each entry of {name} is a table of keys and values.")
            found.append(Table(self.written, path, item))
        return found
