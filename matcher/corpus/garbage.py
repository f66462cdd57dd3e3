"""Python's search for garbage, put off while a search of a corpus makes objects by the hundred thousand.

None of them is in a cycle, and yet every few hundred start a look at what was made lately, and now and then
at all that the process holds. Afterwards they count as old, so that nobody looks at all of them at once.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """A `with` block in which no garbage is looked for. The first to leave one ends it for all threads, so
    that a process that always searches looks for garbage too."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # what the program froze stays frozen
            gc.freeze()
            gc.unfreeze()  # into the oldest generation, without a look at any
        gc.enable()
