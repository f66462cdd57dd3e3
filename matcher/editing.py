"""A role file in the person's own editor: open, check on saving, write."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from matcher.errors import FileUnavailableError, InputError, RoleFileError
from matcher.formats import RoleFormat
from matcher.reports.edits import edits_line
from matcher.reports.role_file import role_file_text
from matcher.roles import is_role_file
from matcher.service import Matcher
from matcher.sources import NamedFile, load
from matcher.types import Role

_BOM_OR_SPACE = b"\xef\xbb\xbf \t\r\n"

# Tried in this order where neither VISUAL nor EDITOR names one.
_EDITORS = ("sensible-editor", "nano", "vim", "vi", "notepad")


def form_of(asked: RoleFormat | None, output: Path | None) -> RoleFormat:
    """The form to write: the one asked for, else that of the ending of `output`, else a table."""
    endings = {".toml": RoleFormat.toml, ".json": RoleFormat.json}
    return asked or endings.get(output.suffix.lower() if output else "", RoleFormat.table)


def edit_role(
    matcher: Matcher,
    source: Path | NamedFile,
    asked: RoleFormat | None,
    output: Path | None,
    again: Callable[[str], bool],
) -> str:
    """Open the role of `source`, a posting or a role file, in the editor and write what was saved.

    It goes to `output`; without one beside a posting (farm.pdf gives farm.role.toml), and back into a role
    file. Where what was saved is wrong, `again` is asked with the message whether to go back to the editor.
    Returned: where it was written and what was changed, for the person.

    Raises RoleFileError when the text stays wrong, after keeping it beside the place; InputError when nothing
    was saved or there is no editor; FileUnavailableError when the file cannot be written.
    """
    if asked is RoleFormat.table:
        raise InputError("A table cannot be edited: choose --format toml or json.")
    if output is not None and not output.parent.is_dir():
        raise InputError(
            f"The folder {output.parent} does not exist: choose another place for the role file."
        )
    data = load(source, matcher.settings.limits).data
    if is_role_file(data):
        place = output or _own(source)
        now = RoleFormat.json if data.lstrip(_BOM_OR_SPACE).startswith(b"{") else RoleFormat.toml
        form = asked or now
        # its own text, so that a person's notes and order stay; also when it is wrong and to be mended
        text = _text_of(data) if form is now else role_file_text(matcher.read_role(source), form.value)
    else:
        form = RoleFormat.json if form_of(asked, output) is RoleFormat.json else RoleFormat.toml
        place = output or _beside(source, form)
        text = role_file_text(matcher.read_role(source), form.value)
    kept, asked_again = place.with_name(f"{place.stem}.unfinished{place.suffix}"), False
    while True:
        text = _edited(text, f".{form.value}")
        try:
            role = _checked(matcher, NamedFile(str(place), text.encode("utf-8")))
            break
        except InputError as error:
            _write(text, kept)  # before the question, which may be answered with Ctrl-C
            if not again(error.message):
                raise RoleFileError(f"{error.message} What you wrote is kept in {kept}.") from error
            asked_again = True
    _write(text, place)
    if asked_again:
        kept.unlink(missing_ok=True)
    return f"Written to {place}. {edits_line(role) or 'Nothing was changed.'}"


def _checked(matcher: Matcher, file: NamedFile) -> Role:
    if not is_role_file(file.data):  # it would be read as a posting
        raise RoleFileError(
            'The line schema = "matcher.role/1" is gone, which makes it a role file: put it back.'
        )
    return matcher.read_role(file)


def _own(source: Path | NamedFile) -> Path:
    if isinstance(source, Path):
        return source
    raise InputError("A role from standard input has no place of its own: name one with -o.")


def _beside(source: Path | NamedFile, form: RoleFormat) -> Path:
    place = _own(source).with_suffix(f".role.{form.value}")
    if place.exists():
        raise InputError(
            f"{place} exists already: name it in place of the posting to go on with it, or name another "
            "place with -o."
        )
    return place


def _text_of(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RoleFileError("The role file is not UTF-8 text: save it as UTF-8.") from None


def _edited(text: str, suffix: str) -> str:
    """`text` as the person saved it. Raises InputError when it was not saved."""
    with tempfile.TemporaryDirectory(prefix="matcher-") as folder:
        file = Path(folder) / f"role{suffix}"
        file.write_bytes(text.encode("utf-8"))
        # an old time, so that saving within the clock's resolution is seen too
        os.utime(file, (0, 0))
        command = _editor()
        try:
            done = subprocess.run([*command, str(file)], check=False)
        except OSError as error:
            raise InputError(
                f"The editor {command[0]} cannot be started ({error.strerror}): set EDITOR to another."
            ) from None
        if done.returncode:
            raise InputError(
                f"The editor {command[0]} ended with status {done.returncode}: no role file was written."
            )
        if not file.exists() or file.stat().st_mtime == 0:
            raise InputError("The editor was closed without saving: no role file was written.")
        try:
            return file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise RoleFileError("The editor did not save UTF-8 text: set its encoding to UTF-8.") from None


def _editor() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        if value := os.environ.get(name, "").strip():
            # Windows paths hold backslashes, which POSIX rules would take for escapes
            return [value] if sys.platform == "win32" and Path(value).exists() else shlex.split(
                value, posix=sys.platform != "win32"
            )  # fmt: skip
    for name in _EDITORS:
        if shutil.which(name):
            return [name]
    raise InputError("There is no editor: set EDITOR to one, or write the file with -o and edit it yourself.")


def _write(text: str, place: Path) -> None:
    try:
        place.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise FileUnavailableError(
            f"The role file could not be written to {place} ({error.strerror}): choose another place."
        ) from error
