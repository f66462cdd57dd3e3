"""Reports in memory: as many as fit, of what was asked last, and none of who was erased."""

from __future__ import annotations

from sample_ranking import make_ranking

from matcher.corpus.kept import Kept, KeptReports, size_of

REPORT = Kept.of(make_ranking().reports[0])
SIZE = size_of(REPORT)


def test_what_was_asked_longest_ago_goes_first() -> None:
    """Where all are too many, the reports of one role go together; asking for them makes them young."""
    kept = KeptReports(limit=5 * SIZE)
    kept.keep("a", {1: REPORT, 2: REPORT}, kept.moment)
    kept.keep("b", {1: REPORT, 3: REPORT}, kept.moment)
    assert set(kept.of("a")) == {1, 2}
    kept.keep("c", {1: REPORT, 4: REPORT}, kept.moment)
    assert [set(kept.of(asked)) for asked in "abc"] == [{1, 2}, set(), {1, 4}]
    assert kept.revisions() == {1, 2, 4}
    kept.keep("d", dict.fromkeys(range(9), REPORT), kept.moment)
    assert kept.revisions() == set()


def test_keeping_a_report_again_takes_no_more_room() -> None:
    """And one that is forgotten gives its room back."""
    kept = KeptReports(limit=2 * SIZE)
    for _ in range(5):
        kept.keep("a", {1: REPORT}, kept.moment)
        kept.forget([2])
    kept.keep("b", {2: REPORT}, kept.moment)
    assert kept.revisions() == {1, 2}
    kept.forget([1])
    kept.keep("b", {3: REPORT}, kept.moment)
    assert (set(kept.of("a")), set(kept.of("b"))) == (set(), {2, 3})


def test_what_was_read_before_an_erasure_is_not_kept() -> None:
    """A search that began before it may hold somebody who is gone."""
    kept = KeptReports()
    moment = kept.moment
    kept.forget([7])
    kept.keep("a", {7: REPORT}, moment)
    assert kept.revisions() == set()
