"""What processes of the service read from their environment when they begin or load a library."""

from __future__ import annotations

import os

# Each stands unless the environment says something else.
_SETTINGS = {
    # As many heaps of the C library at most (glibc reads it when a process begins): with one for each thread,
    # what one thread gave back no other could use.
    "MALLOC_ARENA_MAX": "2",
    # Arrays of a megabyte and more go back to the system at once. By default glibc learns to keep what is as
    # large as the largest that was freed: some 35 MB a process after the index has written a segment.
    "MALLOC_MMAP_THRESHOLD_": "1048576",
    # The index's threads sleep while they have nothing to do (OpenMP reads it when it is loaded): by default
    # they spin for some milliseconds after each search, on cores that other requests wait for.
    "OMP_WAIT_POLICY": "PASSIVE",
    # So would those of NumPy's products, which searches use once lines have come in that are in no segment of
    # the index yet: each search took twice the processor time then.
    "OPENBLAS_NUM_THREADS": "1",
}


def prepare() -> None:
    """Set what is not set. Call it before the application is imported, and NumPy with it: the process that
    is started may answer requests itself, and loads each library once."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
