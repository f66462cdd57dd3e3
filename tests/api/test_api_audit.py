"""The audit log: every read and write of a person's data, by ids alone, never changed."""

from __future__ import annotations

import ast
import json
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from api_service import Service, check_problem
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from matcher import Matcher, Settings
from matcher.cli import app
from matcher.corpus import Labels
from matcher.sources import NamedFile
from matcher.store import open_store
from matcher.store.service.audit import audit_row
from matcher.store.service.schema import audit_log
from matcher.types.service import Asked, AuditEntry, Scope

ROOT = Path(__file__).parents[2]
POSTING = "Baker\n\nRequirements\n- Baking bread for two years\n"
RESUME = (
    b"Nora Quist\nnora.quist@example.org\n\nExperience\nBaker, Mill Lane Bakery, 2019 - 2023\n- Baked bread\n"
)

# Each operation that shows or changes what is known of a person: what to send, and what is noted of whom. In
# the order in which they are done: the last erases her.
TOUCHING: list[tuple[str, str, dict[str, object], str, str]] = [
    ("GET", "/v1/candidates", {}, "candidate.listed", "person"),
    ("GET", "/v1/candidates/{candidate_id}", {}, "candidate.read", "person"),
    ("GET", "/v1/candidates/{candidate_id}/file", {}, "candidate.file_read", "person"),
    ("PATCH", "/v1/candidates/{candidate_id}", {"tags": ["x"]}, "candidate.changed", "person"),
    ("POST", "/v1/search", {"text": "baked bread"}, "candidate.found", "person"),
    ("POST", "/v1/explain", {"role": "{role}", "candidate": "{person}"}, "candidate.matched", "person"),
    ("POST", "/v1/matches", {"role": "{role}"}, "match.created", "match"),
    ("GET", "/v1/matches/{match_id}/reports", {}, "candidate.matched", "person"),
    ("GET", "/v1/matches/{match_id}/reports/{candidate_id}", {}, "candidate.matched", "person"),
    ("GET", "/v1/matches/{match_id}/report.html", {}, "candidate.matched", "person"),
    (
        "POST",
        "/v1/applications",
        {"role": "{role}", "candidate": "{person}"},
        "application.created",
        "person",
    ),
    ("GET", "/v1/applications", {}, "application.read", "person"),
    ("GET", "/v1/applications/{application_id}", {}, "application.read", "person"),
    ("PATCH", "/v1/applications/{application_id}", {"stage": "offer"}, "application.moved", "person"),
    ("PATCH", "/v1/applications/{application_id}", {"external_ids": []}, "application.changed", "person"),
    ("DELETE", "/v1/applications/{application_id}", {}, "application.deleted", "person"),
    ("DELETE", "/v1/matches/{match_id}", {}, "match.deleted", "match"),
    ("POST", "/v1/candidates", {"text": "Nora Quist\nBaker since 2019\n"}, "resume.accepted", "job"),
    ("PUT", "/v1/candidates/{candidate_id}", {"text": "Nora Quist\nBaker\n"}, "resume.accepted", "job"),
    ("GET", "/v1/jobs/{job_id}/items", {}, "job.read", "job"),
    ("POST", "/v1/jobs/{job_id}/cancel", {}, "job.cancelled", "job"),
    ("DELETE", "/v1/candidates/{candidate_id}", {}, "candidate.erased", "person"),
]
# These say nothing of anybody: numbers, states, ids of roles and jobs. What other systems tell is noted where
# it is done, and tried with them.
SILENT = {
    ("POST", "/v1/inbound/{system}/{tenant}"),
    ("GET", "/v1/version"),
    ("GET", "/v1/audit"),
    ("GET", "/v1/jobs"),
    ("GET", "/v1/jobs/{job_id}"),
    ("POST", "/v1/jobs/{job_id}/retry"),
    ("GET", "/v1/matches"),
    ("GET", "/v1/matches/{match_id}"),
}
# What goes with something else is noted of each person besides.
BESIDES = {"match.deleted": "report.deleted"}
SILENT_TAGS = {"roles", "webhooks", "connections"}


@pytest.fixture
def ids(service: Service) -> dict[str, str]:
    """A person, by name."""
    with Matcher(Settings(model="hashing")) as matcher, matcher.corpus(service.corpus, "audited") as corpus:
        (taken,) = corpus.receive([(NamedFile("nora.txt", RESUME), Labels())])
        return {"person": str(taken.candidate), "candidate_id": str(taken.candidate)}


def _filled(value: object, ids: dict[str, str]) -> object:
    text = json.dumps(value)
    for name, known in ids.items():
        text = text.replace("{" + name + "}", known)
    return json.loads(text)


@pytest.mark.both_databases
def test_every_read_and_write_of_a_person_is_noted(service: Service, ids: dict[str, str]) -> None:
    """Each operation notes who, what and when under its request's id; the log holds no word of hers."""
    with service.client(tenant="audited") as client:
        ids["role"] = client.post("/v1/roles", json={"text": POSTING}).json()["id"]
        for number, (method, path, body, action, subject) in enumerate(TOUCHING):
            request_id = f"audited-{number}"
            content = {"json": _filled(body, ids)} if body or method in ("POST", "PUT") else {}
            where = str(_filled(path, ids))
            answer = client.request(method, where, headers={"X-Request-Id": request_id}, **content)
            assert answer.is_success, (method, path, answer.text)
            if action in ("match.created", "application.created", "resume.accepted"):
                kind = action.partition(".")[0].replace("resume", "job")
                ids[kind] = ids[f"{kind}_id"] = answer.json()["id"]
            with open_store(service.corpus, "audited") as store:
                noted = [each for each in store.audit.entries() if each.request_id == request_id]
            expected = [(action, ids[subject])]
            if action in BESIDES:
                expected.append((BESIDES[action], ids["person"]))
            assert [(each.action, each.subject) for each in noted] == expected, path
        with open_store(service.corpus, "audited") as store:
            log = json.dumps([[str(part) for part in vars_of(each)] for each in store.audit.entries()])
    for word in ("Nora", "Quist", "nora.txt", "bread", "Mill Lane"):
        assert word not in log


@pytest.mark.both_databases
def test_a_role_that_goes_is_noted_of_each_person(service: Service) -> None:
    """Whose application, report or assessment went with it, under the same request; nobody else."""
    with Matcher(Settings(model="hashing")) as matcher, matcher.corpus(service.corpus, "gone") as corpus:
        people = [RESUME.replace(b"Nora", name).replace(b"nora", name) for name in (b"Ada", b"Bo", b"Cy")]
        files = [(NamedFile("resume.txt", each), Labels()) for each in people]
        ada, bo, cy = (str(each.candidate) for each in corpus.receive(files))
    with service.client(tenant="gone") as client:
        role, other = (client.post("/v1/roles", json={"text": POSTING}).json()["id"] for _ in range(2))
        for person in (ada, bo):
            client.post("/v1/applications", json={"role": role, "candidate": person})
        for each, compared in ((role, [bo]), (role, [bo]), (other, [cy])):
            client.post("/v1/matches", json={"role": each, "candidates": compared})
        with open_store(service.corpus, "gone") as store:
            asked = Asked("ashby", "a-1", None, role, 1)
            assessed, _ = store.assessments.begin(asked, datetime.now(UTC), frozenset())
            assert store.assessments.of_person(assessed.id, ada)
        answer = client.delete(f"/v1/roles/{role}", headers={"X-Request-Id": "gone-1"})
        assert answer.status_code == 204
        check_problem(client.delete(f"/v1/roles/{role}"), 404, "not_in_corpus")
    with open_store(service.corpus, "gone") as store:
        noted = [each for each in store.audit.entries() if each.request_id == "gone-1"]
        assert [(each.action, each.kind, each.subject) for each in noted] == [
            ("role.deleted", "role", role),
            *(("application.deleted", "candidate", person) for person in sorted((ada, bo))),
            ("report.deleted", "candidate", bo),
            ("assessment.deleted", "candidate", ada),
        ]
        assert len({(each.actor, each.at) for each in noted}) == 1
        assert "role.deleted" in {each.action for each in store.audit.entries(subject=role)}


def vars_of(entry: AuditEntry) -> list[object]:
    return [entry.actor, entry.action, entry.kind, entry.subject, entry.request_id]


def test_no_operation_was_forgotten(service: Service) -> None:
    """Whoever adds one says whether it touches people."""
    paths = httpx.get(f"{service.url}/openapi.json", timeout=60).json()["paths"]
    known = {(method, path) for method, path, *_ in TOUCHING} | SILENT
    for path, operations in paths.items():
        for method, operation in operations.items():
            if path.startswith("/v1/") and not SILENT_TAGS & set(operation["tags"]):
                assert (method.upper(), path) in known, f"{method} {path}"


def test_the_log_is_exported_over_http_and_by_command(service: Service) -> None:
    """All of it, in order, in pages or lines; filtered by time and subject."""
    with open_store(service.corpus, "exported") as store:
        days = [datetime(2026, 3, day, tzinfo=UTC) for day in (1, 2, 3, 4, 5)]
        for day in days:
            store.audit.add([AuditEntry(day, "system", "role.read", "role", f"r{day.day % 2}", "q")])
    with service.client(tenant="exported") as client:
        seen, url = [], "/v1/audit?limit=2&since=2026-03-02T00:00:00Z"
        while url:
            answer = client.get(url).json()
            seen += [item["subject"] for item in answer["items"] if item["kind"] == "role"]
            url = answer["next_cursor"] and f"{url.partition('&cursor')[0]}&cursor={answer['next_cursor']}"
        assert seen == ["r0", "r1", "r0", "r1"]
        mine = client.get("/v1/audit", params={"subject": "r1"}).json()["items"]
        assert [item["at"] for item in mine] == [f"2026-03-0{day}T00:00:00Z" for day in (1, 3, 5)]
        check_problem(client.get("/v1/audit?cursor=MTpicmVhZA"), 422, "invalid")
    with service.client(Scope.READ, tenant="exported") as reader:
        check_problem(reader.get("/v1/audit"), 403, "forbidden")
    command = ["audit", "export", "--corpus", str(service.corpus), "--tenant", "exported"]
    written = CliRunner().invoke(app, [*command, "--since", "2026-03-04", "--subject", "r1"])
    assert written.exit_code == 0
    (line,) = map(json.loads, written.stdout.splitlines())
    assert (line["subject"], line["at"]) == ("r1", "2026-03-05T00:00:00+00:00")


@pytest.mark.both_databases
def test_threads_share_a_transaction_and_lose_nothing(service: Service) -> None:
    """Lines of many threads are all there, each once; an answer waits until they are."""
    with open_store(service.corpus, "group") as store, ThreadPoolExecutor(16) as pool:
        gate = threading.Barrier(16)

        def add(number: int) -> bool:
            gate.wait()
            entry = AuditEntry(datetime.now(UTC), "system", "role.read", "role", str(number))
            store.audit.add([entry])
            return str(number) in {each.subject for each in store.audit.entries(subject=str(number))}

        assert all(pool.map(add, range(64)))
        assert sorted(int(each.subject) for each in store.audit.entries()) == list(range(64))


@pytest.mark.both_databases
@pytest.mark.parametrize("statement", ["UPDATE audit_log SET actor = 'nobody'", "DELETE FROM audit_log"])
def test_the_database_keeps_the_log(service: Service, statement: str) -> None:
    """Whatever is asked of it, by whomever: lines are neither changed nor deleted."""
    with open_store(service.corpus, "kept") as store:
        line = AuditEntry(datetime.now(UTC), "system", "role.read", "role", "r", None)
        store.audit.add([line])
        with store._database.noting() as work:
            work.insert(audit_log, [audit_row(line)])
        for database in store.audit._databases():
            with (
                pytest.raises(DBAPIError, match="neither changed nor deleted"),
                database.engine.begin() as connection,
            ):
                connection.exec_driver_sql(statement)
        assert {each.actor for each in store.audit.entries()} == {"system"}


@pytest.mark.both_databases
def test_pages_go_through_lines_of_reads_and_of_changes(service: Service) -> None:
    """In the order of their times, each once, wherever pages end, also when lines come in between."""
    with open_store(service.corpus, "paged") as store:
        for day in range(1, 9):
            line = AuditEntry(datetime(2026, 3, day, tzinfo=UTC), "system", "role.read", "role", f"r{day}")
            if day % 3:
                store.audit.add([line])
            else:
                with store._database.noting() as work:
                    work.insert(audit_log, [audit_row(line)])
        for size in (1, 2, 3, 9):
            seen: list[AuditEntry] = []
            while page := store.audit.page(size, seen[-1].place if seen else ()):
                seen += page
            assert [each.subject for each in seen] == [f"r{day}" for day in range(1, 9)]
        assert [each.subject for each in store.audit.entries()] == [each.subject for each in seen]
        store.audit.add([AuditEntry(datetime(2026, 3, 2, tzinfo=UTC), "system", "role.read", "role", "late")])
        assert [each.subject for each in store.audit.page(9, seen[-1].place)] == ["late"]


def test_what_is_read_writes_nothing_into_the_corpus(tmp_path: Path) -> None:
    """Its file is as it was: a commit would have every search read its pages anew."""
    with (
        open_store(tmp_path) as store,
        closing(sqlite3.connect(tmp_path / "corpus.sqlite")) as beside,
    ):
        before = beside.execute("PRAGMA data_version").fetchone()
        store.audit.add([AuditEntry(datetime.now(UTC), "system", "role.read", "role", "r")])
        assert beside.execute("PRAGMA data_version").fetchone() == before
        assert (tmp_path / "audit.sqlite").stat().st_mode & 0o077 == 0


def test_no_statement_changes_the_log() -> None:
    """Lines are inserted and selected, nowhere updated or deleted, and no other statement names the table."""
    for path in (ROOT / "matcher").rglob("*.py"):
        source = path.read_text("utf-8")
        if "audit_log" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                named = {each.id for each in node.args if isinstance(each, ast.Name)}
                if "audit_log" in named:
                    assert node.func.attr in ("insert", "select"), f"{path.name}: {node.func.attr}"
