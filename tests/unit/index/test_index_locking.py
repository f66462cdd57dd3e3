"""One process at a time holds the lock of an index; it ends with the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from matcher.index.locking import locked

HOLDER = """
import pathlib, sys, time
from matcher.index.locking import locked
with locked(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lock_is_held_by_one_process_until_it_dies(tmp_path: Path) -> None:
    """Another is refused meanwhile, also within this process, and gets it once the holder was killed."""
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLDER, path], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BlockingIOError), locked(path, wait=False):
            pass
        holder.kill()
        holder.wait()
    with locked(path), pytest.raises(BlockingIOError), locked(path, wait=False):
        pass
    with locked(path, wait=False):
        assert path.is_file()


def test_a_lock_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    """As the error of the system."""
    with pytest.raises(FileNotFoundError), locked(tmp_path / "nowhere" / "lock"):
        pass
