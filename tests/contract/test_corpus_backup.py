"""What was exported comes back equal, on both databases: people, files, roles, applications, rules, ids."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from store_samples import ADA, BRAM, CLEO, revised
from store_samples import Corpus as Place

from matcher import Matcher
from matcher.corpus import Corpus
from matcher.errors import InputError
from matcher.settings import Settings
from matcher.sources import NamedFile
from matcher.store.schema import metadata
from matcher.types.corpus import ExternalId, Outcome, Retention

ROLE = (
    b"Site Reliability Engineer\n\nRequirements\n- Five years of Kubernetes\n- Wrote Go or Rust\n- German\n"
)
KEY = ExternalId("ats", "c-1")
MOVED = ROLE.replace(b"Five years", b"Three years")

# Numbers that a corpus gives anew, and what it counts: no part of what is kept.
INNER = {"id", "revision", "corpus_revision", "tenant"}
INNER_TABLES = {"changes", "scrubs"}


@pytest.fixture(scope="module")
def matcher() -> Iterator[Matcher]:
    with Matcher(Settings(model="hashing")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def file(name: str, text: str) -> NamedFile:
    return NamedFile(name, text.encode())


def everything(corpus: Corpus) -> dict[str, list[str]]:
    """Every row of the tenant with what a restore has to keep; revisions are named by their file."""
    found: dict[str, list[str]] = {}
    with corpus.store._database.engine.connect() as connection:
        ours = {"t": corpus.store.tenant}
        sql = sa.text("SELECT id, sha256 FROM revisions WHERE tenant = :t")
        names = {row.id: bytes(row.sha256).hex() for row in connection.execute(sql, ours)}
        for name, table in metadata.tables.items():
            if name in INNER_TABLES:
                continue
            rows = []
            for row in connection.execute(
                sa.select(table).where(table.c.tenant == corpus.store.tenant)
            ).mappings():
                kept = {
                    key: value for key, value in row.items() if key not in INNER or isinstance(value, str)
                }
                kept.pop("tenant")
                if "revision" in row:
                    kept["file"] = names[row["revision"]]
                rows.append(repr(sorted(kept.items())))
            found[name] = sorted(rows)
    return found


def fill(corpus: Corpus) -> tuple[str, str, str]:
    """Somebody with three resumes, two who became one, a role in two revisions, applications, rules."""
    newer = revised(ADA, "Cut the cost of the zeppelin fleet by a third")
    newest = revised(newer, "Moved the fleet to hydrogen")
    corpus.ingest([file("ada.txt", ADA)], tags=["fair", "go"], source="fair", external=KEY)
    corpus.ingest([file("ada 2.txt", newer)])
    corpus.ingest([file("ada 3.txt", newest)])
    corpus.ingest([file("bram.txt", BRAM)], source="mail")
    corpus.ingest([file("cleo.txt", CLEO)], tags=["nurse"])
    ada, bram, cleo = (corpus.find(name)[0].id for name in ("ada", "bram", "cleo"))
    corpus.people.merge(bram, cleo)
    role = corpus.roles.add(ROLE, external=ExternalId("ats", "j-1")).role_id
    corpus.roles.add(MOVED, role_id=role)
    corpus.applications.add(ada, f"{role}@1", "screen", ExternalId("ats", "a-1"))
    corpus.applications.add(bram, role, "hired")
    corpus.people.set_rules(Retention(90, 700))
    return ada, bram, role


def test_a_restored_corpus_is_equal(matcher: Matcher, corpus: Place) -> None:
    """Every table, ids of people, roles and applications included; it is well, and answers alike."""
    with matcher.corpus(corpus.where, "one") as one, matcher.corpus(corpus.where, "two") as two:
        ada, bram, role = fill(one)
        lines = list(one.export())
        done = two.restore(lines)
        assert (len(done.taken), done.rejected, done.roles, done.applications) == (5, (), 1, 2)
        kept = everything(one)
        assert {name for name, rows in kept.items() if rows} >= {
            "aliases",
            "external_ids",
            "role_texts",
            "tags",
        }
        assert everything(two) == kept
        assert two.doctor() == []
        assert two.people.rules() == Retention(90, 700)
        assert list(two.export()) == lines
        ranked = [one.rank(one.roles.named(role)), two.rank(two.roles.named(role))]
        assert ranked[0] == ranked[1]
        assert [each.candidate_id for each in ranked[1]] == [each.candidate_id for each in ranked[0]]
        assert {ada, bram} == {each.candidate_id for each in ranked[1]}
        for words in ("zeppelin fleet", "ventilated patients"):
            hits = [
                [(each.candidate.id, each.quotes) for each in opened.search(words)] for opened in (one, two)
            ]
            assert hits[0] == hits[1]


def test_an_import_twice_or_after_a_stop_is_an_import_once(matcher: Matcher, corpus: Place) -> None:
    """Lines that are there change no row; lines that were not reached come with the next try."""
    with matcher.corpus(corpus.where, "one") as one, matcher.corpus(corpus.where, "two") as two:
        fill(one)
        lines = list(one.export())
        with pytest.raises(InputError, match="Line 4 is none that"):
            two.restore([*lines[:3], "{}", *lines[3:]])
        assert two.store.stats().revisions == 1
        two.restore(lines)
        kept = everything(two)
        assert kept == everything(one)
        again = two.restore(lines)
        assert again.count(Outcome.UNCHANGED) == 5
        assert everything(two) == kept


def test_into_a_corpus_with_people_ids_stay_where_they_are_free(matcher: Matcher, corpus: Place) -> None:
    """A file that somebody has is theirs, who has the old id too; a role that differs gets another id."""
    with matcher.corpus(corpus.where, "one") as one, matcher.corpus(corpus.where, "two") as two:
        ada, bram, role = fill(one)
        two.ingest([file("found elsewhere.txt", BRAM)], tags=["mine"], external=KEY)
        mine = two.find("bram")[0].id
        two.restore([line for line in one.export() if '"kind":"role"' in line])
        other = two.roles.add(b"Nurse\n\nRequirements\n- Cared for patients\n- Triage\n", role_id=role)
        assert other.number == 3
        one.roles.add(ROLE.replace(b"German", b"French"), role_id=role)
        two.people.set_rules(Retention(5, 5))

        done = two.restore(one.export())
        assert (done.rejected, done.roles, done.applications) == ((), 1, 2)
        assert two.person(ada).id == ada
        assert two.person(bram).id == mine
        assert two.person(mine).tags == ("mine", "nurse")
        assert two.person(mine).external_ids == (KEY,)
        assert two.person(ada).external_ids == ()
        assert two.people.rules() == Retention(5, 5)
        mapped = two.store.roles.by_external(ExternalId("matcher", role))
        assert mapped is not None
        assert two.roles.get(role).role.title == "Nurse"
        assert [two.roles.get(mapped, number).role for number in (1, 2, 3)] == [
            one.roles.get(role, number).role for number in (1, 2, 3)
        ]
        applied = {
            each.candidate: (each.role_id, each.role_revision, each.stage) for each in two.applications.page()
        }
        assert applied == {ada: (mapped, 1, "screen"), mine: (mapped, 2, "hired")}
        before = everything(two)
        two.restore(one.export())
        assert everything(two) == before
        assert two.doctor() == []


def test_the_later_stage_of_an_application_stays(matcher: Matcher, corpus: Place) -> None:
    """An older export takes nothing back; one without its person is said, and stops nothing."""
    with matcher.corpus(corpus.where, "one") as one, matcher.corpus(corpus.where, "two") as two:
        ada, bram, _ = fill(one)
        lines = list(one.export())
        two.restore(lines)
        (applied,) = two.applications.page(ada)
        two.applications.change(applied.id, "declined")
        two.restore(lines)
        assert two.applications.get(applied.id).stage == "declined"
        later = replace(applied, stage="hired", updated=datetime.now(UTC) + timedelta(days=1))
        two.store.backup.restore_application(later)
        assert two.applications.get(applied.id).stage == "hired"
        two.erase([bram])
        without = [
            line for line in lines if json.loads(line).get("candidate") != bram or "application" in line
        ]
        done = two.restore([line for line in without if '"kind":"resume"' not in line])
        assert [each.code for each in done.rejected] == ["not_in_corpus"]
        assert done.applications == 1
