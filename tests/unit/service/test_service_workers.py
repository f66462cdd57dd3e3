import enum
import io
import os
import pickle
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.errors import DocumentError, ParserCrashedError, ParseTimeoutError
from matcher.settings import Limits
from matcher.types import Resume
from matcher.worker import Failure, Job, parse_job, read_answer, write_frame
from matcher.workers import WorkerPool

TEXT = b"Ada Example\n\nExperience\n\nEngineer, Acme, Jan 2020 - Present\n- Built a bridge over the river\n"
JOB = Job("resume", "ada.txt", TEXT)
MOST = 1_000_000  # bytes


def test_a_file_is_parsed_in_a_child_and_comes_back_whole() -> None:
    """The Resume that crosses the process boundary quotes its document to the letter."""
    pool = WorkerPool(Limits(), 1)
    resume = pool.submit(JOB).result()
    pool.close()
    assert isinstance(resume, Resume)
    assert resume.source == "ada.txt"
    assert resume.snippets
    for snippet in resume.snippets:
        assert resume.document.text[snippet.span.start : snippet.span.end] == snippet.text


def test_members_of_enums_cross_as_every_python_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.11.0 to 3.11.3 would write them as calls of getattr, which no answer may name."""
    monkeypatch.setattr(
        enum.Enum, "__reduce_ex__", lambda member, _: (getattr, (type(member), member.name)), raising=True
    )
    stream = io.BytesIO()
    parsed = parse_job(JOB, Limits())
    write_frame(stream, parsed)
    stream.seek(0)
    assert read_answer(stream, MOST) == parsed


def test_a_file_over_the_time_limit_is_ended_and_the_next_one_is_parsed() -> None:
    """The limit holds even while the child is still starting; the pool lives on."""
    pool = WorkerPool(Limits(max_seconds=0.001), 1)
    outcome = pool.submit(JOB).result()
    pool.close()
    assert isinstance(outcome, ParseTimeoutError)
    assert "0.001 seconds, the limit" in outcome.message


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the child in /proc")
def test_a_child_that_dies_costs_one_file() -> None:
    """A killed child gives a typed error at most once, and the following files are parsed."""
    pool = WorkerPool(Limits(), 1)
    assert isinstance(pool.submit(JOB).result(), Resume)
    for child in children_of(os.getpid()):
        os.kill(child, signal.SIGKILL)
    outcomes = [pool.submit(JOB).result() for _ in range(2)]
    pool.close()
    assert isinstance(outcomes[0], Resume | ParserCrashedError)
    assert isinstance(outcomes[1], Resume)


@pytest.mark.skipif(os.name != "posix", reason="address space is limited on POSIX only")
def test_a_child_without_memory_gives_a_typed_error() -> None:
    """An address space too small for the file ends in a DocumentError, not in a crash of the run."""
    pool = WorkerPool(Limits(max_memory_bytes=10_000_000), 1)
    outcome = pool.submit(JOB).result()
    pool.close()
    assert isinstance(outcome, DocumentError)


def test_errors_cross_the_boundary_as_themselves() -> None:
    """A typed error of the child is raised by the same class and message in the parent."""
    pool = WorkerPool(Limits(), 1)
    outcome = pool.submit(Job("resume", "x", b"\x89PNG\r\n\x1a\n" + bytes(64))).result()
    pool.close()
    assert isinstance(outcome, DocumentError)
    assert outcome.code == "document_image_only"


def test_an_answer_may_carry_nothing_but_our_nouns() -> None:
    """A child taken over by a file cannot make the parent call anything."""

    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (os.system, ("true",))

    stream = io.BytesIO()
    write_frame(stream, Evil())
    stream.seek(0)
    with pytest.raises(pickle.UnpicklingError, match="cannot be opened") as refused:
        read_answer(stream, MOST)
    assert "may not send" in str(refused.value.__cause__)


def short(text: str) -> bytes:
    """The pickle opcode of a short str."""
    return b"\x8c" + bytes([len(text)]) + text.encode()


def named(module: str, name: str) -> bytes:
    """The pickle opcodes that push `name` of `module`."""
    return short(module) + short(name) + b"\x93"


@pytest.mark.parametrize(
    "body",
    [
        # A dotted name leads from a module that is allowed to any built-in function: eval("...").
        named("matcher.types.documents", "dataclass.__builtins__.get")
        + short("eval")
        + b"\x85R"
        + short("__import__('os').environ.__setitem__('MATCHER_TAKEN_OVER', '1')")
        + b"\x85R",
        named("matcher.types.documents", "bisect_right"),
        named("matcher.types.documents", "NoSuchNoun"),
        named("matcher.types.documents", "Span") + b")R",  # a noun without what it needs
        b"R",  # an empty stack
        short("no answer at all"),
    ],
)
def test_a_made_up_answer_is_refused(body: bytes) -> None:
    """Whatever bytes a child sends, the parent runs none of it and sees one kind of error."""
    payload = b"\x80\x04" + body + b"."
    with pytest.raises(pickle.UnpicklingError):
        read_answer(io.BytesIO(struct.pack(">Q", len(payload)) + payload), MOST)
    assert "MATCHER_TAKEN_OVER" not in os.environ


def test_an_answer_over_the_limit_is_refused_before_it_is_read() -> None:
    """A child that announces more than it may hold costs the parent no memory."""
    with pytest.raises(pickle.UnpicklingError, match="announced 4611686018427387904 bytes"):
        read_answer(io.BytesIO(struct.pack(">Q", 2**62)), MOST)


def test_a_module_in_the_current_folder_is_not_run(tmp_path: Path) -> None:
    """A folder of resumes may hold a stranger's Python file; reading there does not import it."""
    for name in ("charset_normalizer", "phonenumbers"):
        (tmp_path / f"{name}.py").write_text("open('taken-over', 'w').close()\n")
    (tmp_path / "ada.txt").write_bytes(TEXT)
    code = (
        "import sys; sys.path.remove(''); from pathlib import Path; from matcher import Matcher\n"
        "with Matcher() as m: print(len(m.read_resume(Path('ada.txt')).snippets))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    assert int(done.stdout) > 0
    assert not (tmp_path / "taken-over").exists()


def test_a_child_that_cannot_be_started_is_a_typed_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing interpreter ends in an outcome, not in an exception that stops the run."""
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    pool = WorkerPool(Limits(), 1)
    outcome = pool.submit(JOB).result()
    pool.close()
    assert isinstance(outcome, ParserCrashedError)
    assert "could not be started" in outcome.message


def test_a_failure_survives_the_frame() -> None:
    """A Failure is read back as it was written."""
    stream = io.BytesIO()
    write_frame(stream, Failure("document_empty", "nothing"))
    stream.seek(0)
    assert read_answer(stream, MOST) == Failure("document_empty", "nothing")


def children_of(pid: int) -> list[int]:
    """Direct children, read from /proc."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found
