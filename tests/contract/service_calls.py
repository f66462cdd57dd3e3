"""What the service keeps, as another tenant has it, and every public method of it called with their ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from store_samples import ADA, START

from matcher.store import Answer, Store, Taken
from matcher.types.corpus import ExternalId
from matcher.types.service import (
    ApiKey,
    Asked,
    Assessment,
    AssessmentState,
    AuditEntry,
    DueNotice,
    ItemState,
    Job,
    JobItem,
    OpenJob,
    Scope,
    StoredReport,
    Upload,
)
from matcher.types.webhooks import Attempt, Endpoint, EventType, Result

DIGEST = b"\x01" * 32
FILE = Upload({"name": "ada.txt"}, ADA.encode())
SECRET = "whsec_" + "A" * 32
ANSWER = Answer(200, {}, b"{}")
ASKED = Asked("greenhouse", "test-1", "person-1", None, None)


@dataclass(frozen=True)
class Theirs:
    """What another tenant has in the service."""

    key: ApiKey
    shown: str
    job: str
    upload: str
    match: str
    candidate: str
    role: str
    endpoint: str
    attempt: Attempt
    assessment: str


def fill_service(store: Store, candidate: str, role: str) -> Theirs:
    """One of each kind."""
    key, shown = store.keys.make("theirs", [Scope.READ], START)
    job = store.jobs.add("candidates.create", {}, [FILE], key.id, START)
    (item,) = store.jobs.items(job.id, 1)
    store.answers.begin("key", "order-1", DIGEST, START)
    store.answers.keep("key", "order-1", ANSWER, [candidate])
    store.audit.add([AuditEntry(START, key.id, "candidate.read", "candidate", candidate)])
    match = store.matches.begin(role, 1, START.date(), {}, "1.0", START)
    store.matches.fill(match, {}, [StoredReport(0, candidate, 0.5, b"{}")])
    endpoint = store.webhooks.add("https://hooks.example/", [EventType.TEST], SECRET, START).id
    (waiting,) = store.deliveries.note(EventType.TEST, {}, START, "their-key")
    attempt = store.deliveries.begin(waiting.delivery, START)
    assert attempt is not None
    store.inbound.note("greenhouse", "event-1", START)
    assessed, _ = store.assessments.begin(ASKED, START, frozenset())
    store.assessments.of_person(assessed.id, candidate)
    store.assessments.of_role(assessed.id, role, 1)
    store.assessments.complete(assessed.id, {}, START, START)
    store.connections.put("greenhouse", {"key": "theirs"}, {}, START)
    store.secrets.get("links")
    upload = item.upload or ""
    return Theirs(key, shown, job.id, upload, match, candidate, role, endpoint, attempt, assessed.id)


def settled(store: Store, job: str) -> bool:
    """Whether an item of a job could be settled."""
    return store.jobs.settle(job, JobItem(0, ItemState.DONE, candidate="x"))


def endpoint_of(store: Store) -> Endpoint:
    """An endpoint of one's own."""
    return store.webhooks.add("https://hooks.example/", [EventType.TEST], SECRET, START)


def added(store: Store) -> Job:
    """A job of one's own."""
    return store.jobs.add("x", {}, [], "system", START)


def begun(store: Store) -> Assessment:
    """An assessment of one's own, under the keys of theirs."""
    return store.assessments.begin(ASKED, START, frozenset(AssessmentState))[0]


class Refused:
    """The call has to raise NotInCorpusError, as it does for an id that nobody has."""


Call = tuple[Callable[[Store, Theirs], object], object]

NOW = datetime.now(UTC)

SERVICE_CALLS: dict[str, Call] = {
    # Whoever works, works for all: both tell ids alone, and the route of no tenant asks for them.
    "open_jobs": (
        lambda s, t: s.open_jobs() == [OpenJob("theirs", t.job, 1, None, None)],
        True,
    ),
    "due_notices": (lambda s, t: s.due_notices(NOW, 9) == [DueNotice("theirs", t.assessment)], True),
    "tenants": (lambda s, _: s.tenants(), ["theirs"]),
    # It is asked before a tenant is known, and says whose the key is.
    "find_key": (lambda s, t: (found := s.find_key(t.shown, START)) and found.tenant, "theirs"),
    "keys.make": (lambda s, _: s.keys.make("mine", [Scope.READ], START)[0].tenant != "theirs", True),
    "keys.get": (lambda s, t: s.keys.get(t.key.id), Refused),
    "keys.all": (lambda s, _: s.keys.all(), []),
    "keys.revoke": (lambda s, t: s.keys.revoke(t.key.id, START), Refused),
    "keys.rotate": (lambda s, t: s.keys.rotate(t.key.id, START, START - START), Refused),
    "keys.used": (lambda s, t: s.keys.used(t.key, NOW), None),
    "audit.add": (lambda s, t: s.audit.add([AuditEntry(START, "k", "a", "candidate", t.candidate)]), None),
    "audit.entries": (lambda s, t: list(s.audit.entries(subject=t.candidate)), []),
    "audit.page": (lambda s, t: s.audit.page(9, subject=t.candidate), []),
    "answers.begin": (lambda s, _: s.answers.begin("key", "order-1", DIGEST, START), Taken.BEGUN),
    "answers.keep": (lambda s, _: s.answers.keep("key", "order-1", Answer(500, {}, b"")), None),
    "answers.drop": (lambda s, _: s.answers.drop("key", "order-1"), None),
    "answers.expire": (lambda s, _: s.answers.expire(NOW), 0),
    "jobs.add": (lambda s, t: added(s).id != t.job, True),
    "jobs.get": (lambda s, t: s.jobs.get(t.job), Refused),
    "jobs.page": (lambda s, _: s.jobs.page(9), []),
    "jobs.items": (lambda s, t: s.jobs.items(t.job, 9), []),
    "jobs.upload": (lambda s, t: s.jobs.upload(t.upload), None),
    "jobs.fetched": (lambda s, t: s.jobs.fetched(t.upload, b"x"), False),
    "jobs.begin": (lambda s, t: s.jobs.begin(t.job, START), None),
    "jobs.seen": (lambda s, t: s.jobs.seen(t.job, START), False),
    "jobs.settle": (lambda s, t: settled(s, t.job), False),
    "jobs.finish": (lambda s, t: s.jobs.finish(t.job, START), False),
    "jobs.cancel": (lambda s, t: s.jobs.cancel(t.job, START), Refused),
    "jobs.retry": (lambda s, t: s.jobs.retry(t.job), Refused),
    "jobs.waiting": (lambda s, _: s.jobs.waiting(), 0),
    "jobs.expire": (lambda s, _: s.jobs.expire(NOW), 0),
    "jobs.extend": (lambda s, t: s.jobs.extend(t.job, [FILE], START, ("greenhouse", {})), Refused),
    "jobs.drop_waiting": (lambda s, _: s.jobs.drop_waiting(ExternalId("ats", "1")), 0),
    "assessments.begin": (lambda s, t: begun(s).id != t.assessment, True),
    "assessments.get": (lambda s, t: s.assessments.get(t.assessment), Refused),
    "assessments.given_to": (lambda s, t: s.assessments.given_to(t.assessment, "x"), None),
    "assessments.of_role": (lambda s, t: s.assessments.of_role(t.assessment, t.role, 1), False),
    "assessments.of_person": (lambda s, t: s.assessments.of_person(begun(s).id, t.candidate), False),
    "assessments.complete": (lambda s, t: s.assessments.complete(t.assessment, {}, START, None), False),
    "assessments.fail": (lambda s, t: s.assessments.fail(t.assessment, "c", "m", START, None), False),
    "assessments.cancel": (lambda s, t: s.assessments.cancel(t.assessment, START), Refused),
    "assessments.told": (lambda s, t: s.assessments.told(t.assessment), None),
    "assessments.put_off": (lambda s, t: s.assessments.put_off(t.assessment, NOW), None),
    "assessments.claim": (lambda s, t: s.assessments.claim(t.assessment, NOW, NOW), False),
    "assessments.forget": (lambda s, _: s.assessments.forget("greenhouse", "person-1"), 0),
    "connections.put": (lambda s, _: s.connections.put("ashby", {}, {}, START).system, "ashby"),
    "connections.get": (lambda s, _: s.connections.get("greenhouse"), Refused),
    "connections.all": (lambda s, _: s.connections.all(), []),
    "connections.remove": (lambda s, _: s.connections.remove("greenhouse"), Refused),
    "connections.read_to": (lambda s, _: s.connections.read_to("greenhouse", {"page": 2}), None),
    "secrets.get": (lambda s, _: len(s.secrets.get("links")), 32),
    "secrets.drop": (lambda s, _: s.secrets.drop("links"), False),
    "matches.begin": (lambda s, t: s.matches.begin(t.role, 1, date(2026, 1, 1), {}, "1.0", START), Refused),
    "matches.given_to": (lambda s, t: s.matches.given_to(t.match, "x"), None),
    "matches.fill": (lambda s, t: s.matches.fill(t.match, {}, []), Refused),
    "matches.get": (lambda s, t: s.matches.get(t.match), Refused),
    "matches.page": (lambda s, _: s.matches.page(9), []),
    "matches.reports": (lambda s, t: s.matches.reports(t.match, 9), Refused),
    "matches.report": (lambda s, t: s.matches.report(t.match, t.candidate), Refused),
    "matches.remove": (lambda s, t: s.matches.remove(t.match), Refused),
    "webhooks.add": (lambda s, t: endpoint_of(s).id != t.endpoint, True),
    "webhooks.get": (lambda s, t: s.webhooks.get(t.endpoint), Refused),
    "webhooks.all": (lambda s, _: s.webhooks.all(), []),
    "webhooks.change": (lambda s, t: s.webhooks.change(t.endpoint, NOW, enabled=False), Refused),
    "webhooks.rotate": (lambda s, t: s.webhooks.rotate(t.endpoint, SECRET, NOW, NOW - START), Refused),
    "webhooks.remove": (lambda s, t: s.webhooks.remove(t.endpoint), Refused),
    "deliveries.note": (lambda s, _: s.deliveries.note(EventType.TEST, {}, NOW), []),
    "deliveries.note_for": (lambda s, t: s.deliveries.note_for(t.endpoint, EventType.TEST, {}, NOW), Refused),
    "deliveries.waiting": (lambda s, _: s.deliveries.waiting(EventType.TEST, "their-key"), []),
    "deliveries.get": (lambda s, t: s.deliveries.get(t.attempt.delivery), Refused),
    "deliveries.page": (lambda s, t: s.deliveries.page(9, endpoint=t.endpoint), []),
    "deliveries.begin": (lambda s, t: s.deliveries.begin(t.attempt.delivery, NOW), None),
    "deliveries.settle": (lambda s, t: s.deliveries.settle(t.attempt, Result(200, None), NOW), False),
    "deliveries.replay": (lambda s, t: s.deliveries.replay(t.attempt.delivery, NOW), Refused),
    "deliveries.replay_failed": (lambda s, t: s.deliveries.replay_failed(t.endpoint, START, NOW), Refused),
    "deliveries.overdue": (lambda s, _: s.deliveries.overdue(NOW, 9), []),
    "deliveries.expire": (lambda s, _: s.deliveries.expire(NOW), 0),
    "inbound.secrets": (lambda s, _: s.inbound.secrets("greenhouse"), ()),
    "inbound.handled": (lambda s, _: s.inbound.handled("greenhouse", "event-1"), False),
    "inbound.note": (lambda s, _: s.inbound.note("greenhouse", "event-1", NOW), None),
    "inbound.expire": (lambda s, _: s.inbound.expire(NOW), 0),
}
