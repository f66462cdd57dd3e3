"""What was accepted with 202 is done once, however often the process that works is killed."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import httpx
import sqlalchemy as sa
from api_service import Service, until

from api.intake import KIND, ResumeUpload
from matcher.store import Store, open_store
from matcher.store.service.schema import uploads

# Raise it to try for longer.
KILLS = int(os.environ.get("MATCHER_KILLS", "4"))
TENANTS = ("north", "south")

RESUME = """{name} Hedlund
{name}@example.org

Experience
Welder, Example {name} AB
2019 - 2022
- Welded {name} boats in the harbour
- Mended {name} engines

Skills
Welding
"""


def test_killed_again_and_again_it_takes_in_each_resume_once(start: Callable[..., Service]) -> None:
    """Resumes of two tenants are sent while the worker is killed without warning at random moments; some were
    put down and the queue never heard of them. At the end each person is there, with one resume, one line in
    the audit log, and no file waits any more."""
    service = start()
    chance = random.Random(7)
    stores = {tenant: open_store(service.corpus, tenant) for tenant in TENANTS}
    expected = {tenant: {f"{tenant}{n}" for n in range(5 * KILLS)} for tenant in TENANTS}
    for tenant, store in stores.items():
        unheard = [ResumeUpload(resume(f"{tenant}-unheard{n}")).row() for n in range(3)]
        store.jobs.add(KIND, {}, unheard, "system", datetime.now(UTC))
    with (
        service.client(tenant="north") as north,
        service.client(tenant="south") as south,
        ThreadPoolExecutor(2) as senders,
    ):
        sent = [
            senders.submit(send, client, sorted(expected[tenant]))
            for tenant, client in (("north", north), ("south", south))
        ]
        for _ in range(KILLS):
            before = taken_in(stores)
            process = service.begin_work()
            until(lambda before=before: taken_in(stores) > before, 120)
            time.sleep(chance.random() * 0.3)  # it is killed anywhere
            process.kill()
            process.wait()
        locations = {tenant: future.result() for tenant, future in zip(TENANTS, sent, strict=True)}
        process = service.begin_work()
        until(lambda: not stores["north"].open_jobs(), 180)
        process.terminate()
        assert process.wait(timeout=30) == 0
        for tenant, client in (("north", north), ("south", south)):
            jobs = [client.get(location).json() for location in locations[tenant]]
            assert {(job["state"], job["progress"]["done"]) for job in jobs} == {("done", 1)}
    for tenant, store in stores.items():
        names = expected[tenant] | {f"{tenant}-unheard{n}" for n in range(3)}
        assert_once(store, names)
        store.close()


def resume(name: str) -> bytes:
    return RESUME.format(name=name.title()).encode()


def send(client: httpx.Client, names: list[str]) -> list[str]:
    """The jobs' addresses of resumes, all of them accepted."""
    locations = []
    for name in names:
        answer = client.post("/v1/candidates", content=resume(name))
        assert answer.status_code == 202, answer.text
        locations.append(answer.headers["location"])
    return locations


def taken_in(stores: dict[str, Store]) -> int:
    """How many people are there."""
    return sum(store.stats().candidates for store in stores.values())


def assert_once(store: Store, names: set[str]) -> None:
    people = store.people.page(limit=1000)
    assert Counter(person.emails[0].partition("@")[0].lower() for person in people) == Counter(names)
    assert [len(store.resumes.revisions(person.id)) for person in people] == [1] * len(people)
    written = Counter(entry.subject for entry in store.audit.entries() if entry.action == "candidate.added")
    assert written == Counter(person.id for person in people)
    assert store.problems() == []
    with store._database.reading() as work:
        assert work.rows(sa.select(uploads)) == []
