"""Lines by their words: what stands where, what begins alike, and several read as one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.matching.lexical import OPENING, akin, terms
from matcher.matching.lines import Lines

LAW = settings(derandomize=True, max_examples=60, deadline=None)
WORDS = "budget budgets staff staffing staves pipe pipelines k8s R&D analysis analytical Polish, go".split()
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=5)


@LAW
@given(TEXTS)
def test_each_stem_stands_where_its_text_is(texts: list[str]) -> None:
    """The places of a stem are those of the texts that have it, and of several those that have them all."""
    read = [terms(text) for text in texts]
    lines = Lines.of(read)
    for name in terms(" ".join(WORDS)).stems:
        there = [place for place, text in enumerate(read) if name in text.stems]
        assert lines.having(name) == there
        assert lines.having_all([name, "staff"]) == [place for place in there if "staff" in read[place].stems]
    assert lines.having_all([]) == list(range(len(texts)))
    assert lines.sizes == bytes(len(text.stems) for text in read)


@LAW
@given(
    TEXTS,
    st.sampled_from(
        ["budget", "staf", "staff", "sta", "pipe", "pipel", "staff", "analy", "kube", "analyz", "go"]
    ),
)
def test_what_begins_alike_is_found_as_the_words_say(texts: list[str], name: str) -> None:
    """Look-up by the first letters finds the stems that a comparison with each would."""
    lines = Lines.of([terms(text) for text in texts])
    assert {lines.stems[number] for number in lines.akin(name)} == {
        stem for stem in lines.stems if akin(name, frozenset({stem}))
    }
    opened = {opening for text in texts for opening in terms(text).openings}
    if len(name) == OPENING:
        assert bool(list(lines.beginning(name))) is (name in opened)


def test_lines_united_say_what_they_say_one_after_another() -> None:
    """What is compared of several lines read as one is what the text of them all would give."""
    texts = [
        "Hired, coached and reviewed nurses",
        "Seeking to speak Spanish; ran k8s clusters",
        "Coaching (PhD), expected 2027",
    ]
    lines = Lines.of([terms(text) for text in ("Waited tables", *texts)])
    together = Lines.of([terms(". ".join(texts))])
    assert lines.united([1, 2, 3], lines.stems, [], 255) == together
    some = lines.united([1, 3], ["nurs", "tabl", "spanish"], ["revie"], 4)
    assert some.stems == ["nurs", "review"]
    assert (some.sizes, together.sizes) == (bytes([4]), bytes([len(together.stems)]))


def test_lines_united_share_no_alias() -> None:
    """A name of several words stands in one line, not at the end of one and the start of the next."""
    lines = Lines.of([terms("Repaired a machine"), terms("Learning Welsh")])
    assert "machine_learn" not in lines.united([0, 1], lines.stems, [], 255).stems
