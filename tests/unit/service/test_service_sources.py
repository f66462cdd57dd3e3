from pathlib import Path

import pytest

from matcher.errors import (
    DocumentTooLargeError,
    EmptyDocumentError,
    FileUnavailableError,
    InputError,
    PathAsTextError,
    WeightsError,
)
from matcher.inputs import expand, read_weights
from matcher.settings import Limits
from matcher.sources import NamedFile, load, name_of


def test_a_text_that_names_a_file_is_refused_with_the_hint(tmp_path: Path) -> None:
    """A str is text; one that is an existing file's path was meant as a Path."""
    file = tmp_path / "resume.txt"
    file.write_text("Ada")
    with pytest.raises(PathAsTextError, match="wrap it in"):
        load(str(file), Limits())


def test_every_kind_of_source_gives_its_bytes_and_a_name(tmp_path: Path) -> None:
    """Paths, bytes, texts and named files come out as a name and the very bytes."""
    file = tmp_path / "resume.txt"
    file.write_bytes(b"abc")
    assert load(file, Limits()) == (str(file), b"abc")
    assert load(NamedFile("upload", b"abc"), Limits()) == ("upload", b"abc")
    # sha256("abc") begins with ba7816bf8f01 (FIPS 180-4, example B.1)
    assert load(b"abc", Limits()) == ("bytes:ba7816bf8f01", b"abc")
    assert load("abc", Limits()) == ("text:ba7816bf8f01", b"abc")


def test_a_lone_surrogate_in_a_text_is_no_crash() -> None:
    """A text that is not valid Unicode still has a name; reading decides what to make of it."""
    assert name_of("\ud800").startswith("text:")


def test_sizes_are_checked_before_reading(tmp_path: Path) -> None:
    """A file over the limit is refused with both numbers, an empty one as empty."""
    file = tmp_path / "big.pdf"
    file.write_bytes(b"x" * 1001)
    with pytest.raises(DocumentTooLargeError, match=r"1,001 bytes; the limit is 1,000"):
        load(file, Limits(max_bytes=1000))
    with pytest.raises(DocumentTooLargeError, match="1,001"):
        load(b"x" * 1001, Limits(max_bytes=1000))
    with pytest.raises(EmptyDocumentError):
        load(b"", Limits())


def test_missing_files_and_folders_are_typed_errors(tmp_path: Path) -> None:
    """What cannot be opened says why."""
    with pytest.raises(FileUnavailableError, match="does not exist"):
        load(tmp_path / "absent.pdf", Limits())
    with pytest.raises(FileUnavailableError, match="folder"):
        load(tmp_path, Limits())
    for impossible in ("a\0b", "\ud800"):
        with pytest.raises(FileUnavailableError, match="no name that a file can have"):
            load(Path(impossible), Limits())


def test_what_is_no_source_is_a_typed_error() -> None:
    """A value of another type is named by its type, so that it can be listed as rejected."""
    with pytest.raises(InputError, match="A int is no source"):
        load(3, Limits())  # type: ignore[arg-type]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device that never ends")
def test_a_device_is_read_no_further_than_the_limit() -> None:
    """What states no size is read up to the limit and then refused."""
    with pytest.raises(DocumentTooLargeError, match="more than 1,000 bytes"):
        load(Path("/dev/zero"), Limits(max_bytes=1000))


def test_folders_are_searched_in_a_stable_order_and_each_file_comes_once(tmp_path: Path) -> None:
    """Folders give their documents, sorted; other endings are counted, hidden files are not touched."""
    (tmp_path / "sub").mkdir()
    for name in ("b.pdf", "a.DOCX", "notes.xyz", ".hidden.pdf", "sub/c.txt"):
        (tmp_path / name).write_text("x")
    files, skipped = expand([str(tmp_path), str(tmp_path / "b.pdf"), "-"])
    assert [Path(name).name for name in files] == ["a.DOCX", "b.pdf", "c.txt", "-"]
    assert skipped == {".xyz": 1}


def test_one_file_under_two_spellings_comes_once() -> None:
    """A leading "./" names no other file; a file whose name is a dash is not standard input."""
    assert expand(["a.pdf", "./a.pdf", "./-", "-"])[0] == ["a.pdf", "./-", "-"]


def test_a_named_file_is_tried_whatever_its_ending(tmp_path: Path) -> None:
    """Only folders are filtered by ending."""
    assert expand([str(tmp_path / "odd.xyz")])[0] == [str(tmp_path / "odd.xyz")]


@pytest.mark.parametrize("text", ['{"q1": 2, "q2": 0.5}', "q1 = 2\nq2 = 0.5\n", '\ufeff{"q1": 2, "q2": 0.5}'])
def test_weights_are_read_from_json_and_toml(tmp_path: Path, text: str) -> None:
    """Both forms give the same numbers."""
    file = tmp_path / "weights"
    file.write_text(text, "utf-8")
    assert read_weights(file) == {"q1": 2.0, "q2": 0.5}


@pytest.mark.parametrize("text", ['{"q1": "two"}', "q1 = true", "{", "= 3", f'{{"q1": 1{"0" * 400}}}'])
def test_weights_that_are_no_numbers_are_refused(tmp_path: Path, text: str) -> None:
    """Anything but a table of numbers is an error that names the trouble."""
    file = tmp_path / "weights"
    file.write_text(text)
    with pytest.raises(WeightsError):
        read_weights(file)
