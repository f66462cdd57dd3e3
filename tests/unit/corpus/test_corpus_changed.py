"""What several changes to one snippet come to."""

from __future__ import annotations

from matcher.corpus.changed import settled
from matcher.types.corpus import Change

NONE = range(0)


def test_of_several_changes_to_a_snippet_the_last_counts() -> None:
    """One that came and went is removed, one that went and came back is added, each once."""
    came = Change(1, range(10, 13), NONE)
    went = Change(2, NONE, range(11, 13))
    back = Change(3, range(12, 13), range(40, 41))
    assert settled([came, went, back]) == ([11, 40], [10, 12])
    assert settled([came]) == ([], [10, 11, 12])
    assert settled([]) == ([], [])


def test_within_one_change_what_came_is_there() -> None:
    """A write that puts a snippet in the place of itself leaves it."""
    assert settled([Change(1, range(5, 7), range(6, 8))]) == ([7], [6, 5])
