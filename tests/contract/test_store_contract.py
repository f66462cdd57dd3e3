"""What a store promises, on SQLite and on PostgreSQL: values, not shapes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from store_samples import (
    ADA,
    BRAM,
    CLEO,
    ENCODER,
    PEOPLE,
    START,
    Corpus,
    add,
    day,
    encoded,
    intake,
    resume_of,
    revised,
    rows_of,
    sha256,
    snippet_texts,
)

from matcher.errors import CorpusConflictError, InputError, MissingVectorsError, NotInCorpusError
from matcher.store import Store
from matcher.store.schema import contacts, contents, revisions, snippets, tags, vectors
from matcher.store.tenancy import prepared
from matcher.types.corpus import (
    Change,
    ExternalId,
    Ingested,
    Outcome,
    Stats,
    Vectors,
    snippet_id,
    snippet_place,
)

SHARED = "Wrote the deployment tooling in Go"


def searched(store: Store) -> set[int]:
    """Ids of snippets that changes say are searchable, from the first to the last."""
    found: set[int] = set()
    for change in store.changes.since(0):
        found = found - set(change.removed) | set(change.added)
    return found


def test_a_new_corpus_is_empty_and_well(corpus: Corpus) -> None:
    """Nothing is counted, nothing is found, nothing is wrong, and looking writes nothing."""
    with corpus.open() as store:
        assert store.stats() == Stats(0, 0, 0, 0, 0, 0, {})
        assert store.people.page() == []
        assert store.resumes.select() == []
        assert store.changes.since(0) == []
        assert store.problems() == []
        assert rows_of(store)["tenants"] == []


def test_what_was_taken_in_comes_back_equal(corpus: Corpus) -> None:
    """The parsed resume, the file's bytes and name, features, facts of the revision, and the person."""
    with corpus.open() as store:
        external = ExternalId("greenhouse", "c-17")
        given = intake(
            store,
            ADA,
            file_name="Ada L\udce9.txt",  # a name that is no valid text, as folders have them
            source="fair 2026",
            tags=("spring", "sre", "spring"),
            features=b"\0\1features",
            external=external,
        )
        (ingested,) = store.resumes.add([given])
        assert (ingested.outcome, ingested.number) == (Outcome.ADDED, 1)
        (read,) = store.resumes.read([ingested.revision]).values()
        assert read.resume == resume_of(ADA)
        assert (read.features, read.candidate) == (b"\0\1features", ingested.candidate)
        assert store.resumes.file(ingested.revision) == ADA.encode()
        assert store.resumes.file_name(ingested.revision) == "Ada L?.txt"
        (revision,) = store.resumes.revisions(ingested.candidate)
        assert (revision.received, revision.engine, revision.source) == (START, "1.0", "fair 2026")
        assert (revision.sha256, revision.media_type, revision.newest) == (sha256(ADA), "text/plain", True)
        person = store.people.get(ingested.candidate)
        assert (person.name, person.emails) == ("Ada Lindqvist", ("ada.lindqvist@example.org",))
        assert (person.tags, person.external_ids) == (("spring", "sre"), (external,))
        assert (person.revision, person.updated) == (ingested.revision, START)
        assert store.people.by_external(external) == ingested.candidate
        assert store.problems() == []


def test_the_same_file_again_changes_nothing(corpus: Corpus) -> None:
    """Under another name, date and source, alone or among others: no row differs, the revision stands."""
    with corpus.open() as store:
        first = add(store, ADA, file_name="a.txt")
        before = rows_of(store)
        again = add(store, ADA, day(5), file_name="b.txt", source="elsewhere")
        assert again == Ingested(Outcome.UNCHANGED, first.candidate, first.revision, 1)
        assert store.resumes.known(sha256(ADA)) == again
        assert add(store, ADA, candidate=first.candidate) == again
        assert rows_of(store) == before
        assert store.resumes.known(sha256(BRAM)) is None
        twice = store.resumes.add([intake(store, BRAM), intake(store, BRAM), intake(store, ADA)])
        assert [each.outcome for each in twice] == [Outcome.ADDED, Outcome.UNCHANGED, Outcome.UNCHANGED]
        assert store.changes.revision() == 2


def test_a_new_file_of_the_same_person_is_a_revision_and_the_newest_is_searched(corpus: Corpus) -> None:
    """The older one is kept, is not searched, gives way in the changes; a file from before stays older."""
    with corpus.open() as store:
        first = add(store, ADA)
        newer = revised(ADA, "Cut the cost of the zeppelin fleet by a third")
        second = add(store, newer, day(3))
        assert (second.outcome, second.candidate, second.number) == (Outcome.REVISED, first.candidate, 2)
        older = revised(ADA, "Swept the quokka enclosure")
        third = add(store, older, day(-3))
        assert (third.outcome, third.candidate, third.number) == (Outcome.REVISED, first.candidate, 3)
        assert store.resumes.select() == [second.revision]
        kept = [(each.id, each.newest) for each in store.resumes.revisions(first.candidate)]
        assert kept == [(second.revision, True), (first.revision, False), (third.revision, False)]
        assert store.resumes.file(first.revision) == ADA.encode()
        assert store.lexical.search("quokka", 9) == []
        (hit,) = store.lexical.search("zeppelin", 9)
        assert snippet_place(hit) == (second.revision, 1)
        sizes = len(resume_of(ADA).snippets), len(resume_of(newer).snippets)
        one = range(snippet_id(first.revision, 0), snippet_id(first.revision, sizes[0]))
        two = range(snippet_id(second.revision, 0), snippet_id(second.revision, sizes[1]))
        none = range(0)
        assert store.changes.since(0) == [Change(1, one, none), Change(2, none, one), Change(2, two, none)]
        assert store.changes.since(1, 1) == [Change(2, none, one), Change(2, two, none)]
        assert store.stats().snippets == sizes[1] == len(searched(store))
        assert store.problems() == []
        # A file that is known stays what it was, or a folder with both would change places on every run.
        assert add(store, ADA, day(9)) == replace(first, outcome=Outcome.UNCHANGED)


def test_an_earlier_resume_that_is_said_to_be_the_next_one_is_the_newest(corpus: Corpus) -> None:
    """Sent again for a person who is named it is searched, once; not when it came before the newest."""
    with corpus.open() as store:
        first = add(store, ADA)
        newer = add(store, revised(ADA, "Fed the zeppelin with helium"), day(3))
        assert add(store, ADA, day(2), candidate=first.candidate) == replace(first, outcome=Outcome.UNCHANGED)
        again = add(store, ADA, day(5), candidate=first.candidate)
        assert (again.outcome, again.candidate, again.number) == (Outcome.REVISED, first.candidate, 3)
        kept = [(each.id, each.newest) for each in store.resumes.revisions(first.candidate)]
        assert kept == [(again.revision, True), (newer.revision, False)]
        assert store.resumes.select() == [again.revision]
        assert store.resumes.file(again.revision) == ADA.encode()
        assert store.lexical.search("zeppelin", 9) == []
        assert store.problems() == []
        # The same once more: it is the newest already.
        assert add(store, ADA, day(6), candidate=first.candidate).outcome is Outcome.UNCHANGED
        receipt = store.people.erase([first.candidate])
        assert receipt.files == 2
        assert store.stats().snippets == 0


def test_one_thing_in_common_makes_nobody_the_same_person(corpus: Corpus) -> None:
    """An address with another name, a name with another address: other people. Parts of a name fit."""
    with corpus.open() as store:
        ada = add(store, ADA).candidate
        agency = add(store, ADA.replace("Ada Lindqvist", "Greta Holm-Okafor"))
        namesake = add(store, ADA.replace("ada.lindqvist@", "someone.else@"))
        assert {agency.outcome, namesake.outcome} == {Outcome.ADDED}
        longer = ADA.replace("Ada Lindqvist", "Ada Maria LINDQVIST").replace("ada.lind", "Ada.Lind")
        assert add(store, longer, day(1)).candidate == ada
        assert store.stats().candidates == 3


def test_a_caller_may_say_whose_it_is(corpus: Corpus) -> None:
    """By id or by another system's key; what contradicts what is known is refused and writes nothing."""
    with corpus.open() as store:
        key = ExternalId("ats", "77")
        ada = add(store, ADA).candidate
        bram = add(store, BRAM, external=key).candidate
        assert add(store, CLEO, day(1), external=key).candidate == bram
        assert add(store, revised(CLEO, "Kept bees"), day(2), candidate=ada).candidate == ada
        before = rows_of(store)
        with pytest.raises(CorpusConflictError, match="2 different people"):
            add(store, ADA, candidate=bram)
        with pytest.raises(CorpusConflictError, match="2 different people"):
            add(store, revised(CLEO, "Kept goats"), candidate=ada, external=key)
        with pytest.raises(NotInCorpusError, match="no candidate"):
            add(store, revised(CLEO, "Kept owls"), candidate="nobody")
        assert rows_of(store) == before
        # A known file may still bring a key that was not known.
        assert add(store, ADA, external=ExternalId("ats", "78")).outcome is Outcome.UNCHANGED
        assert store.people.by_external(ExternalId("ats", "78")) == ada


def test_a_text_is_encoded_once_for_a_tenant(corpus: Corpus) -> None:
    """Two people share a sentence and its vector, whose bytes are the encoder's; other tenants share none."""
    with corpus.open() as store, corpus.open("other") as other:
        add(store, ADA)
        texts = [snippet.masked for snippet in resume_of(BRAM).snippets]
        assert SHARED in texts
        missing = store.vectors.missing(ENCODER.fingerprint, texts)
        assert missing == [text for text in texts if text != SHARED]
        assert other.vectors.missing(ENCODER.fingerprint, texts) == texts
        assert store.vectors.missing("another@1", texts) == texts
        bram = add(store, BRAM)
        ids = [snippet_id(bram.revision, ordinal) for ordinal in range(len(texts))]
        found = store.vectors.of_snippets(ENCODER.fingerprint, [*reversed(ids), 12345])
        assert found.ids == tuple(ids)
        assert found.rows == ENCODER.encode(texts).tobytes()
        distinct = {snippet.masked for text in (ADA, BRAM) for snippet in resume_of(text).snippets}
        assert store.stats().vectors == {ENCODER.fingerprint: len(distinct)}
        parts = list(store.vectors.stream(ENCODER.fingerprint, 5))
        assert [len(part.ids) for part in parts] == [5, 5, 2]
        every = [key for part in parts for key in part.ids]
        assert every == sorted(searched(store))
        assert b"".join(part.rows for part in parts) == ENCODER.encode(snippet_texts(store, every)).tobytes()
        assert store.vectors.get(ENCODER.fingerprint, [SHARED, "?"]) == {
            SHARED: ENCODER.encode([SHARED]).tobytes()
        }


def test_a_resume_without_all_of_its_vectors_is_not_taken_in(corpus: Corpus) -> None:
    """The refusal names how many lack, nothing is written, and rows of unlike length are refused too."""
    with corpus.open() as store:
        whole = intake(store, ADA)
        some = dict(list(whole.vectors.rows.items())[2:])
        with pytest.raises(MissingVectorsError, match=f"2 snippets .* {ENCODER.fingerprint}"):
            store.resumes.add(
                [intake(store, BRAM), replace(whole, vectors=Vectors(ENCODER.fingerprint, some))]
            )
        odd = {**whole.vectors.rows, "x": b"1234"}
        with pytest.raises(InputError, match="one length"):
            store.resumes.add([replace(whole, vectors=Vectors(ENCODER.fingerprint, odd))])
        assert store.stats() == Stats(0, 0, 0, 0, 0, 0, {})


def test_a_new_encoder_comes_in_while_the_old_one_answers(corpus: Corpus) -> None:
    """`unencoded` runs dry, both sets of vectors stand, what nothing has is passed over, the old set goes."""
    with corpus.open() as store:
        for text in (ADA, BRAM):
            add(store, text)
        total = store.stats().vectors[ENCODER.fingerprint]
        ids = sorted(searched(store))
        texts = dict(zip(ids, snippet_texts(store, ids), strict=True))
        first = store.vectors.unencoded("new@2", 7)
        assert first == {key: texts[key] for key in ids[:7]}
        assert store.vectors.unencoded("new@2", 99, max(first)) == {key: texts[key] for key in ids[7:]}
        assert store.vectors.unencoded(ENCODER.fingerprint, 99) == {}
        added, after = 0, -1
        while some := store.vectors.unencoded("new@2", 7, after):
            rows = {text: encoded([text]).rows[text][:64] for text in [*some.values(), "nobody wrote this"]}
            added += store.vectors.add(Vectors("new@2", rows))
            after = max(some)
        assert added == total
        assert store.stats().vectors == {ENCODER.fingerprint: total, "new@2": total}
        assert store.vectors.drop(ENCODER.fingerprint) == total
        assert store.stats().vectors == {"new@2": total}
        assert store.problems() == []


def test_people_are_found_by_name_and_address(corpus: Corpus) -> None:
    """Words of a name without case and accents, or beginnings of them; an address whole; older revisions."""
    with corpus.open() as store:
        ids = {name: add(store, text, day(n)).candidate for n, (name, text) in enumerate(PEOPLE.items())}
        renamed = ADA.replace("Ada Lindqvist", "Ada Lindqvist-Õberg")
        assert add(store, renamed, day(7)).candidate == ids["ada"]

        def found(text: str) -> list[str]:
            return [person.id for person in store.people.find(text)]

        assert found("LINDQVIST ada") == found("oberg") == found("lind") == [ids["ada"]]
        assert found(" Ada.Lindqvist@EXAMPLE.org ") == [ids["ada"]]
        assert found("marchetti") == found("ruiz") == [ids["cleo"]]
        for nobody in ("indqvist", "ada@example.org", "Ada Bram", "_da", "ad_"):
            assert found(nobody) == []
        assert [person.id for person in store.people.find("a", 2)] == [ids["ada"]]
        with pytest.raises(InputError, match="no letter or digit"):
            store.people.find(" -- ")


def test_lists_of_people_go_on_where_they_stopped(corpus: Corpus) -> None:
    """Pages by id, each person once."""
    with corpus.open() as store:
        ids = sorted(add(store, text).candidate for text in PEOPLE.values())
        pages, after = [], None
        while page := store.people.page(limit=2, after=after):
            pages.append([person.id for person in page])
            after = page[-1].id
        assert pages == [ids[:2], ids[2:]]
        assert store.people.of_revisions([1, 2, 3, 99]) == {
            person.revision: person for person in store.people.page()
        }
        with pytest.raises(InputError, match="limit is 0"):
            store.people.page(limit=0)


def test_tags_are_given_and_taken_away(corpus: Corpus) -> None:
    """Twice is once, and a change of nothing raises no revision."""
    with corpus.open() as store:
        ada = add(store, ADA, tags=("b",)).candidate
        store.people.tag(ada, add=["a", "b", "a"])
        assert store.people.get(ada).tags == ("a", "b")
        store.people.tag(ada, remove=["b", "never"])
        assert store.people.get(ada).tags == ("a",)
        revision = store.changes.revision()
        store.people.tag(ada, add=["a"], remove=["never"])
        assert store.changes.revision() == revision


def test_two_people_who_are_one_are_merged(corpus: Corpus) -> None:
    """Revisions are numbered as they came, the newest of both is searched, either id means the one person."""
    with corpus.open() as store:
        one, two = ExternalId("ats", "1"), ExternalId("ats", "2")
        keep = add(store, ADA, day(1), tags=("x", "y"), external=one)
        add(store, revised(ADA, "Kept bees"), day(4))
        other = add(store, BRAM, day(2), tags=("y", "z"), external=two)
        last = add(store, revised(BRAM, "Kept goats"), day(9))
        person = store.people.merge(keep.candidate, other.candidate)
        assert (person.id, person.revision) == (keep.candidate, last.revision)
        assert (person.tags, person.external_ids) == (("x", "y", "z"), (one, two))
        assert store.people.get(other.candidate) == person
        store.people.require([other.candidate, keep.candidate])
        with pytest.raises(NotInCorpusError, match="'somebody'"):
            store.people.require([keep.candidate, "somebody", other.candidate])
        numbered = {each.number: each.received for each in store.resumes.revisions(person.id)}
        assert numbered == {1: day(1), 2: day(2), 3: day(4), 4: day(9)}
        assert store.resumes.select() == [last.revision]
        assert store.lexical.search("bees", 5) == []
        assert len(store.lexical.search("goats", 5)) == 1
        assert store.people.by_external(two) == keep.candidate
        assert add(store, revised(BRAM, "Kept owls"), day(10), candidate=other.candidate).number == 5
        assert len(searched(store)) == store.stats().snippets
        assert store.problems() == []
        with pytest.raises(InputError, match="same person already"):
            store.people.merge(keep.candidate, other.candidate)


def test_another_systems_keys_mean_one_thing(corpus: Corpus) -> None:
    """A key moves only after it was unlinked."""
    with corpus.open() as store:
        ada, bram = add(store, ADA).candidate, add(store, BRAM).candidate
        key = ExternalId("ats", "5")
        store.people.link(ada, key)
        store.people.link(ada, key)
        with pytest.raises(CorpusConflictError, match="another candidate"):
            store.people.link(bram, key)
        assert store.people.unlink(key)
        assert not store.people.unlink(key)
        store.people.link(bram, key)
        assert store.people.by_external(key) == bram


def test_bad_input_is_refused_before_anything_is_written(corpus: Corpus) -> None:
    """Bytes that are not the document's, a time without a zone, a digest that is none, an empty key."""
    with corpus.open() as store:
        good = intake(store, ADA)
        with pytest.raises(InputError, match="not read from these bytes"):
            store.resumes.add([replace(good, data=b"other")])
        with pytest.raises(InputError, match="no zone"):
            store.resumes.add([replace(good, received=datetime(2026, 3, 1))])
        with pytest.raises(InputError, match="64 hex digits"):
            store.resumes.known("abc")
        with pytest.raises(InputError, match="system and a key"):
            store.resumes.add([replace(good, external=ExternalId("ats", ""))])
        assert rows_of(store)["candidates"] == []
        elsewhere = replace(good, received=START.astimezone(timezone(timedelta(hours=5))))
        (ingested,) = store.resumes.add([elsewhere])
        assert store.resumes.revisions(ingested.candidate)[0].received == START


def test_what_is_read_within_a_moment_is_of_that_moment(corpus: Corpus) -> None:
    """Writes meanwhile, the reader's own too, are seen after it; a moment within another is the same one."""
    with corpus.open() as store:
        add(store, ADA)
        with store.moment():
            before = store.resumes.select()
            add(store, BRAM)
            with store.moment():
                assert store.resumes.select() == before
            assert store.resumes.select() == before
            assert store.changes.revision() == 1
        assert len(store.resumes.select()) == 2
        with pytest.raises(ZeroDivisionError), store.moment():
            _ = 1 / 0
        assert len(store.resumes.select()) == 2


def test_statements_that_are_prepared_find_what_others_find(corpus: Corpus) -> None:
    """The same rows with the same fields, of every type of column; no list, and no value left out."""
    asked = sa.select(revisions.c.id).where(revisions.c.id == sa.bindparam("id"))
    with corpus.open() as store:
        added = add(store, ADA, tags=("t",), source="s")
        with store.resumes._database.reading() as work:
            for table in (revisions, contents, contacts, snippets, vectors, tags):
                plain, ready = work.rows(sa.select(table)), work.rows(prepared(sa.select(table)))
                assert sorted(map(repr, map(tuple, plain))) == sorted(map(repr, map(tuple, ready)))
                assert ready[0]._fields == tuple(table.c.keys()) == plain[0]._fields
            number = added.revision
            assert work.first(prepared(asked), {"id": number}) == (number,)
            assert work.first(prepared(asked), {"id": number + 1}) is None
            with pytest.raises(KeyError):
                work.rows(prepared(asked), {})
            with pytest.raises(TypeError):
                work.rows(prepared(sa.select(revisions.c.id).where(revisions.c.id.in_([number]))))
