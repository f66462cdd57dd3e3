"""Nothing crosses from one tenant to another, whatever is called with the other's ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from service_calls import SERVICE_CALLS, Refused, fill_service
from service_calls import Theirs as TheirService
from store_samples import (
    ADA,
    BRAM,
    ENCODER,
    START,
    Corpus,
    add,
    day,
    encoded,
    intake,
    public_methods,
    resume_of,
    revised,
    role_of,
    rows_of,
    sha256,
)

from matcher.errors import InputError, NotInCorpusError
from matcher.store import SnippetVectors, Store, open_beside, role_bytes
from matcher.store.schema import candidates, metadata, revisions, snippets
from matcher.store.tenancy import TENANT, scoped
from matcher.types.corpus import (
    Application,
    ExternalId,
    KeptRevision,
    Origin,
    Retention,
    RoleHistory,
    Where,
    snippet_id,
)

KEY = ExternalId("ats", "secret-key")
POSTING = "Site Reliability Engineer\n\nRequirements\n• Five years of Kubernetes\n• Go or Rust\n"


@dataclass(frozen=True)
class Theirs:
    """What another tenant has: ids that must not open anything here."""

    candidate: str
    second: str
    revision: int
    role: str
    application: str
    texts: tuple[str, ...]
    service: TheirService

    @property
    def snippets(self) -> list[int]:
        """Ids of the snippets of their first person."""
        return [snippet_id(self.revision, ordinal) for ordinal in range(len(self.texts))]


def fill(store: Store) -> Theirs:
    """Somebody of each kind, in a tenant of their own."""
    person = add(store, ADA, tags=("t",), source="s", file_name="f.txt", external=KEY)
    second = add(store, BRAM)
    role = store.roles.add(role_of(POSTING), START, vectors=encoded(["Go or Rust"]), external=KEY)
    applied = store.applications.add(person.candidate, role.role_id, 1, "applied", START, KEY)
    store.retention.set(Retention(30, 30))
    texts = tuple(snippet.masked for snippet in resume_of(ADA).snippets)
    service = fill_service(store, person.candidate, role.role_id)
    return Theirs(
        person.candidate, second.candidate, person.revision, role.role_id, applied.id, texts, service
    )


def origin_of(theirs: Theirs) -> Origin:
    """Their first person, as an export names them."""
    return Origin(theirs.candidate, START, (), (KEY,), 1, None)


def history_of(theirs: Theirs) -> RoleHistory:
    """Their role, as an export names it."""
    kept = KeptRevision(1, START, role_bytes(role_of(POSTING)))
    return RoleHistory(theirs.role, START, (KEY,), (kept,))


def within_moment(store: Store) -> list[int]:
    """Everybody, read within a moment."""
    with store.moment():
        return store.resumes.select()


def turn_of(store: Store) -> bool:
    """Whether the store gets its turn at once."""
    with store.changes.turn() as ours:
        return ours


Expected = object
Call = tuple[Callable[[Store, Theirs], object], Expected]

# Every public method, called in an empty tenant with what another tenant has, and what it has to answer.
CALLS: dict[str, Call] = {
    "resumes.add": (
        # A known file, person or key of another tenant's is not known here.
        lambda s, t: s.resumes.add([intake(s, revised(ADA, "Kept bees"), candidate=t.candidate)]),
        Refused,
    ),
    "resumes.replace": (lambda s, _: s.resumes.replace([intake(s, ADA, engine="9.0")]), [None]),
    "resumes.known": (lambda s, _: s.resumes.known(sha256(ADA)), None),
    "resumes.read": (lambda s, t: s.resumes.read([t.revision]), {}),
    "resumes.passages": (lambda s, t: s.resumes.passages(t.snippets), {}),
    "resumes.owners": (lambda s, t: s.resumes.owners([t.revision]), {}),
    "resumes.file": (lambda s, t: s.resumes.file(t.revision), Refused),
    "resumes.file_name": (lambda s, t: s.resumes.file_name(t.revision), Refused),
    "resumes.revisions": (lambda s, t: s.resumes.revisions(t.candidate), []),
    "resumes.select": (lambda s, _: s.resumes.select(Where(text="kubernetes OR NOT zebra")), []),
    "resumes.sizes": (lambda s, _: s.resumes.sizes()[0].tolist(), []),
    "resumes.snippet_ids": (lambda s, _: s.resumes.snippet_ids(), []),
    "resumes.outdated": (lambda s, _: s.resumes.outdated("2.0", 9), []),
    "people.get": (lambda s, t: s.people.get(t.candidate), Refused),
    "people.require": (lambda s, t: s.people.require([t.candidate]), Refused),
    "people.by_external": (lambda s, _: s.people.by_external(KEY), None),
    "people.keys_of": (lambda s, _: s.people.keys_of("ats", 9), []),
    "people.find": (lambda s, _: s.people.find("ada") + s.people.find("ada.lindqvist@example.org"), []),
    "people.page": (lambda s, _: s.people.page(), []),
    "people.of_revisions": (lambda s, t: s.people.of_revisions([t.revision]), {}),
    "people.tag": (lambda s, t: s.people.tag(t.candidate, add=["x"], remove=["t"]), Refused),
    "people.link": (lambda s, t: s.people.link(t.candidate, ExternalId("ats", "new")), Refused),
    "people.label": (lambda s, t: s.people.label(t.candidate, ["x"], [KEY]), Refused),
    "people.unlink": (lambda s, _: s.people.unlink(KEY), False),
    "people.merge": (lambda s, t: s.people.merge(t.candidate, t.second), Refused),
    "people.erase": (lambda s, t: s.people.erase([t.candidate]), Refused),
    "vectors.missing": (lambda s, t: s.vectors.missing(ENCODER.fingerprint, t.texts[:1]), "same as given"),
    "vectors.get": (lambda s, t: s.vectors.get(ENCODER.fingerprint, t.texts), {}),
    "vectors.of_snippets": (
        lambda s, t: s.vectors.of_snippets(ENCODER.fingerprint, t.snippets),
        SnippetVectors((), b""),
    ),
    "vectors.stream": (lambda s, _: list(s.vectors.stream(ENCODER.fingerprint)), []),
    "vectors.unencoded": (lambda s, _: s.vectors.unencoded("new@2", 9), {}),
    "vectors.add": (lambda s, t: s.vectors.add(encoded(t.texts)), 0),
    "vectors.drop": (lambda s, _: s.vectors.drop(ENCODER.fingerprint), 0),
    "outlines.read": (lambda s, t: s.outlines.read([t.revision]), {}),
    "outlines.keep": (lambda s, t: s.outlines.keep({t.revision: b"x"}), 0),
    "revision_vectors.get": (lambda s, t: s.revision_vectors.get(ENCODER.fingerprint, [t.revision]), {}),
    "revision_vectors.mend": (lambda s, _: s.revision_vectors.mend(ENCODER.fingerprint), 0),
    "revision_vectors.differing": (lambda s, _: s.revision_vectors.differing(ENCODER.fingerprint), 0),
    "features.keep": (lambda s, t: s.features.keep({t.revision: b"x"}), 0),
    "features.outdated": (lambda s, _: s.features.outdated(b"x", 9), []),
    "lexical.search": (lambda s, _: s.lexical.search("kubernetes OR go OR site", 9), []),
    "lexical.nearest": (lambda s, _: s.lexical.nearest("Go and Kubernetes", 9), []),
    "lexical.weighed": (lambda s, _: s.lexical.weighed("Go and Kubernetes", 9)[0].tolist(), []),
    "roles.add": (lambda s, t: s.roles.add(role_of(POSTING), START, role_id=t.role), Refused),
    "roles.get": (lambda s, t: s.roles.get(t.role), Refused),
    "roles.page": (lambda s, _: s.roles.page(), []),
    "roles.by_external": (lambda s, _: s.roles.by_external(KEY), None),
    "roles.external_ids": (lambda s, t: s.roles.external_ids([t.role]), {}),
    "roles.link": (lambda s, t: s.roles.link(t.role, ExternalId("ats", "new")), Refused),
    "roles.relink": (lambda s, t: s.roles.relink(t.role, []), Refused),
    "roles.unlink": (lambda s, _: s.roles.unlink(KEY), False),
    "roles.remove": (lambda s, t: s.roles.remove(t.role), Refused),
    "applications.add": (lambda s, t: s.applications.add(t.candidate, t.role, 1, "x", START), Refused),
    "applications.get": (lambda s, t: s.applications.get(t.application), Refused),
    "applications.by_external": (lambda s, _: s.applications.by_external(KEY), None),
    "applications.change": (lambda s, t: s.applications.change(t.application, START, "x", []), Refused),
    "applications.page": (lambda s, t: s.applications.page(candidate=t.candidate), []),
    "applications.remove": (lambda s, t: s.applications.remove(t.application), Refused),
    "retention.get": (lambda s, _: s.retention.get(), Retention()),
    "retention.set": (lambda s, _: s.retention.set(Retention(1, 1)), None),
    "retention.due": (lambda s, _: s.retention.due(day(900)).candidates, ()),
    "retention.apply": (lambda s, _: s.retention.apply(day(900)).revisions, ()),
    "backup.origins": (lambda s, t: s.backup.origins(t.candidate), {}),
    "backup.reclaim": (lambda s, t: s.backup.reclaim(sha256(ADA), origin_of(t), ["x"]), None),
    "backup.restore_application": (
        lambda s, t: s.backup.restore_application(
            Application(t.application, t.candidate, t.role, 1, "x", START)
        ),
        Refused,
    ),
    # Put back under the same ids, they are other people and roles than those of the other tenant.
    "backup.restore_resumes": (
        lambda s, t: s.backup.restore_resumes([(intake(s, ADA), origin_of(t))])[0].candidate,
        "their id",
    ),
    "backup.restore_role": (lambda s, t: s.backup.restore_role(history_of(t), {}), "their role"),
    "backup.roles": (lambda s, _: s.backup.roles(9), []),
    "changes.revision": (lambda s, _: s.changes.revision(), 0),
    "moment": (lambda s, _: within_moment(s), []),
    "changes.forget": (lambda s, _: s.changes.forget(10**9), 0),
    "changes.erased_since": (lambda s, _: s.changes.erased_since(0), False),
    "changes.since": (lambda s, _: s.changes.since(0), []),
    "changes.turn": (lambda s, _: turn_of(s), True),
    "stats": (lambda s, _: s.stats().candidates + sum(s.stats().vectors.values()), 0),
    "problems": (lambda s, _: s.problems(), []),
    "close": (lambda s, _: s.close(), None),
}
CALLS |= {
    name: (lambda s, t, call=call: call(s, t.service), expected)  # type: ignore[misc]
    for name, (call, expected) in SERVICE_CALLS.items()
}


def test_every_public_method_is_tried(corpus: Corpus) -> None:
    """A method that is added without a line above fails here."""
    with corpus.open() as store:
        assert public_methods(store) == set(CALLS)


def test_no_public_method_reaches_another_tenant(corpus: Corpus) -> None:
    """Each, called with another tenant's ids, answers as an empty corpus does and changes nothing."""
    with corpus.open("theirs") as theirs:
        ids = fill(theirs)
        before = rows_of(theirs, "theirs")
        crossed = []
        for name, (call, expected) in CALLS.items():
            with corpus.open(f"mine-{name}") as mine:
                try:
                    answer: object = call(mine, ids)
                except NotInCorpusError:
                    answer = Refused
            if expected == "same as given":
                expected = list(ids.texts[:1])
            elif expected in ("their id", "their role"):
                expected = ids.candidate if expected == "their id" else ids.role
            if answer != expected or rows_of(theirs, "theirs") != before:
                crossed.append((name, answer))
        assert crossed == []


def test_the_same_person_in_two_tenants_is_two(corpus: Corpus) -> None:
    """The same file, keys and role stand side by side, and one tenant's erasure leaves the other's whole."""
    with corpus.open("one") as one, corpus.open("two") as two:
        first, second = fill(one), fill(two)
        assert not {first.candidate, first.role, first.application} & {
            second.candidate,
            second.role,
            second.application,
        }
        before = rows_of(two, "two")
        one.people.erase([first.candidate, first.second])
        assert rows_of(two, "two") == before
        assert len(two.lexical.search("kubernetes", 9)) == 1
        assert two.problems() == []


def test_the_tenant_is_added_to_every_table_of_a_statement() -> None:
    """In joins, aliases, selects within selects, updates and deletes; what cannot be narrowed is refused."""
    twin = revisions.alias("twin")
    inner = sa.select(snippets.c.revision).where(snippets.c.start > 3)
    statement = (
        sa.select(candidates.c.id)
        .select_from(candidates.join(twin, twin.c.candidate == candidates.c.id))
        .where(twin.c.id.in_(inner), sa.exists().where(revisions.c.id == twin.c.id))
    )
    text = str(scoped(statement))
    for table in ("candidates", "twin", "snippets", "revisions"):
        assert f"{table}.tenant = :{TENANT}" in text
    assert f"snippets.tenant = :{TENANT}" in str(scoped(sa.delete(snippets).where(snippets.c.id == 1)))
    assert f"snippets.tenant = :{TENANT}" in str(scoped(sa.update(snippets).values(start=1)))
    for wide in (sa.union(inner, inner), sa.text("SELECT 1"), sa.select(inner.subquery())):
        with pytest.raises(TypeError, match="cannot be held to a tenant"):
            scoped(wide)


def test_every_table_has_a_tenant_in_its_keys() -> None:
    """And every foreign key carries it, so that no row can point at another tenant's."""
    for table in metadata.tables.values():
        assert not table.c.tenant.nullable
        for constraint in table.foreign_key_constraints:
            assert next(column.name for column in constraint.columns) == "tenant"
            assert next(element.column.name for element in constraint.elements) == "tenant"


def test_tenants_of_a_process_share_its_connections(corpus: Corpus) -> None:
    """Who is opened beside another sees their own alone, and leaves the connections open when it closes."""
    with corpus.open("ours") as store:
        add(store, ADA)
        with open_beside(store, "theirs") as beside:
            assert beside._database.engine is store._database.engine
            assert (beside.tenant, beside.stats().candidates) == ("theirs", 0)
            add(beside, BRAM)
            add(beside, ADA)
        assert store.stats().candidates == 1
        with pytest.raises(InputError):
            open_beside(store, "no tenant's name")
    with corpus.open("theirs") as theirs:
        assert theirs.stats().candidates == 2
