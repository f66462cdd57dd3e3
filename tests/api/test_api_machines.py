"""Several machines, each with `matcher serve` and an index of its own, on one PostgreSQL database."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import httpx
import psutil
import pytest
from api_service import check_problem, ended, until
from fake_ats import FakeAts, fake_ats, resume
from postgresql_server import new_database
from test_api_serve import Served, _client, serving

from api import worker
from api.settings import ServiceSettings
from api.state import Services
from matcher.store import open_store

# How often a machine is killed. `make machines` asks for more, and lets the machines find what is lost.
KILLS = int(os.environ.get("MATCHER_MACHINE_KILLS", "0"))

RESUME = "Nora Quist\nnora.quist@example.org\n\nExperience\nBaker, Mill Lane, 2019 - 2023\n- Sourdough\n"
POSTING = "Baker\n\nRequirements\n- Baking bread for two years\n"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An empty one."""
    with new_database() as url:
        yield url


class Machines:
    """Two of them, which begin at the same moment."""

    def __init__(self, database: str, folder: Path, stack: ExitStack) -> None:
        self._database, self._folder, self._stack = database, folder, stack
        with ThreadPoolExecutor(2) as pool:
            self.running = list(pool.map(self._begin, ("one", "two")))
        self._begun = 2

    def _begin(self, name: str) -> Served:
        log = self._folder / f"{name}.log"
        return self._stack.enter_context(serving(self._database, log, allowed_hosts="localhost"))

    def kill(self, number: int) -> None:
        """Take the power of one away: all its processes at once."""
        here = self.running[number].process
        for each in (*psutil.Process(here.pid).children(recursive=True), here):
            each.kill()
        here.wait()

    def replace(self, number: int) -> None:
        """Another in the place of one that was killed."""
        self._begun += 1
        self.running[number] = self._begin(str(self._begun))

    def clients(self, stack: ExitStack) -> list[httpx.Client]:
        """A client of each, with the same key."""
        first = stack.enter_context(_client(self.running[0], self._database))
        headers = {"Authorization": first.headers["authorization"]}
        return [
            stack.enter_context(httpx.Client(base_url=each.url, headers=headers, timeout=30))
            for each in self.running
        ]

    def who_asks(self, port: int) -> int:
        """The machine whose worker is connected to a port."""
        for number, each in enumerate(self.running):
            if port in [wire.raddr.port for wire in each.worker().net_connections() if wire.raddr]:
                return number
        raise LookupError


@pytest.fixture(scope="module")
def machines(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Two machines, until the end."""
    with ExitStack() as stack:
        yield Machines(server, tmp_path_factory.mktemp("machines"), stack)


def test_what_one_machine_does_holds_on_the_other(machines: Machines) -> None:
    """Who was taken in by one is found by the other's next search, who was erased by one is found by none; a
    request that is sent again to the other is done once."""
    with ExitStack() as stack:
        one, two = machines.clients(stack)
        for here, there, name in ((one, two, "Nora"), (two, one, "Vera")):
            text = RESUME.replace("Nora", name).replace("nora", name.lower())
            job = here.post("/v1/candidates", json={"text": text}).headers["location"]
            assert ended(here, job)["state"] == "done"
            person = here.get(f"{job}/items").json()["items"][0]["candidate_id"]
            assert person in found(there)
        sent = {"json": {"text": POSTING}, "headers": {"Idempotency-Key": "role"}}
        role, again = one.post("/v1/roles", **sent), two.post("/v1/roles", **sent)
        assert again.json() == role.json()
        assert again.headers["idempotent-replayed"] == "true"
        matched = two.post("/v1/matches", json={"role": role.json()["id"]}, headers={"Idempotency-Key": "m"})
        assert matched.status_code == 201, matched.text
        assert person in one.get(matched.json()["links"]["reports"]).text
        asked = {"json": {"text": "sourdough"}, "headers": {"Idempotency-Key": "search"}}
        assert person in two.post("/v1/search", **asked).text
        assert one.delete(f"/v1/candidates/{person}").status_code == 200
        assert person not in found(two)
        assert person not in found(one)
        check_problem(two.get(f"/v1/candidates/{person}"), 404, "not_in_corpus")
        check_problem(one.post("/v1/search", **asked), 410, "gone")
        assert person not in two.get(matched.json()["links"]["reports"]).text


def test_a_job_of_a_machine_that_is_gone_is_done_by_another(
    machines: Machines, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes while a resume is fetched: another machine takes it in, once."""
    with fake_ats() as ats:
        for number in range(max(KILLS, 1)):
            with ExitStack() as stack:
                _killed_while_it_works(machines, server, ats, f"Lost Person{number}", stack, monkeypatch)
            if KILLS:
                machines.replace(_gone(machines))
    with open_store(server) as store:
        assert store.problems() == []
        added = [each.subject for each in store.audit.entries() if each.action == "candidate.added"]
        assert len(added) == len(set(added))


def _killed_while_it_works(
    machines: Machines,
    database: str,
    ats: FakeAts,
    name: str,
    stack: ExitStack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = "/" + name.replace(" ", "-")
    port = int(ats.url.rpartition(":")[2])
    ats.files[path] = resume(name)
    held = ats.held[path] = threading.Event()
    clients = machines.clients(stack)
    job = clients[0].post("/v1/candidates", json={"resume_url": ats.url + path}).headers["location"]
    until(lambda: len(ats.to(path)) == 1)
    gone = machines.who_asks(port)
    machines.kill(gone)
    held.set()
    if not KILLS:  # as the worker that is left does a minute later
        monkeypatch.setattr(worker, "_LOST", timedelta())
        services = Services.open(ServiceSettings(corpus=database, model="hashing"))
        worker.Worker(services).find_lost()
        services.close()
    left = clients[1 - gone]
    assert ended(left, job, 120)["state"] == "done"
    (item,) = left.get(f"{job}/items").json()["items"]
    assert item["outcome"] == "added"
    assert len(ats.to(path)) == 2


def _gone(machines: Machines) -> int:
    return next(number for number, each in enumerate(machines.running) if each.process.poll() is not None)


def found(client: httpx.Client) -> str:
    """Whom a search finds."""
    return client.post("/v1/search", json={"text": "sourdough"}).text
