"""`Idempotency-Key`: what is sent again is done once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from api_service import Service, check_problem

from matcher import Matcher, Settings
from matcher.corpus import Labels
from matcher.sources import NamedFile
from matcher.store import Answer, Taken, open_store

POSTING = "Baker\n\nRequirements\n- Baking bread for two years\n"
RESUME = (
    b"Nora Quist\nnora.quist@example.org\n\nExperience\nBaker, Mill Lane Bakery, 2019 - 2023\n- Baked bread\n"
)


def _keyed(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


def _taken_in(service: Service, tenant: str) -> str:
    with Matcher(Settings(model="hashing")) as matcher, matcher.corpus(service.corpus, tenant) as corpus:
        (taken,) = corpus.receive([(NamedFile("nora.txt", RESUME), Labels())])
        return str(taken.candidate)


def test_a_form_is_the_same_whatever_separates_its_parts(service: Service) -> None:
    """Clients make up a new boundary for each try."""
    with service.client(tenant="forms") as client:
        first, again = (
            client.post(
                "/v1/roles",
                files={"file": ("posting.txt", POSTING)},
                headers=_keyed("form") | {"Content-Type": f"multipart/form-data; boundary={boundary}"},
            )
            for boundary in ("one-boundary", "another-boundary")
        )
        assert (first.status_code, again.status_code) == (201, 201)
        assert again.json() == first.json()
        assert again.headers["idempotent-replayed"] == "true"
        other = client.post("/v1/roles", files={"file": ("other.txt", POSTING)}, headers=_keyed("form"))
        check_problem(other, 422, "idempotency_mismatch")


@pytest.mark.both_databases
def test_of_many_at_once_one_does_it(service: Service) -> None:
    """The others are told to wait or get its answer; nothing is done twice."""
    with service.client(tenant="at-once") as client:
        gate = threading.Barrier(12)

        def send(_: int) -> httpx.Response:
            gate.wait()
            return client.post("/v1/roles", json={"text": POSTING}, headers=_keyed("same"))

        with ThreadPoolExecutor(12) as pool:
            answers = list(pool.map(send, range(12)))
        assert {each.status_code for each in answers} <= {201, 409}
        for each in answers:
            if each.status_code == 409:
                check_problem(each, 409, "idempotency_in_flight")
                assert each.headers["retry-after"] == "1"
        assert len({each.json()["id"] for each in answers if each.status_code == 201}) == 1
        assert len(client.get("/v1/roles").json()["items"]) == 1


def test_keys_of_different_holders_are_different_keys(service: Service) -> None:
    """Nobody gets another's answer by guessing a word."""
    with service.client(tenant="scope") as one, service.client(tenant="scope") as two:
        first = one.post("/v1/roles", json={"text": POSTING}, headers=_keyed("1"))
        second = two.post("/v1/roles", json={"text": POSTING}, headers=_keyed("1"))
        assert first.json()["id"] != second.json()["id"]


@pytest.mark.both_databases
def test_the_first_answer_outlives_the_process(start: Callable[..., Service]) -> None:
    """Another service over the same corpus gives it."""
    first_service = start()
    key = first_service.key()
    sent = {
        "json": {"text": POSTING},
        "headers": _keyed("restart") | {"Authorization": f"Bearer {key}"},
    }
    first = httpx.post(f"{first_service.url}/v1/roles", **sent)
    second_service = start(corpus=first_service.corpus)
    again = httpx.post(f"{second_service.url}/v1/roles", **sent)
    assert again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true"


@pytest.mark.both_databases
def test_an_answer_about_an_erased_person_is_gone(service: Service) -> None:
    """A search that found her is not given again; its words are nowhere in the kept answers."""
    person = _taken_in(service, "gone")
    with service.client(tenant="gone") as client:
        asked = {"json": {"text": "baked bread"}, "headers": _keyed("search")}
        assert "Baked bread" in client.post("/v1/search", **asked).text
        assert client.delete(f"/v1/candidates/{person}").status_code == 200
        check_problem(client.post("/v1/search", **asked), 410, "gone")


def test_a_match_names_nobody_who_was_erased(service: Service) -> None:
    """Neither the match nor its kept answer has the name of the file, or a word of hers, in the database."""
    person = _taken_in(service, "matched")
    with service.client(tenant="matched") as client:
        role = client.post("/v1/roles", json={"text": POSTING}).json()["id"]
        made = client.post("/v1/matches", json={"role": role}, headers=_keyed("match"))
        assert made.status_code == 201
        assert "nora.txt" in client.get(made.json()["links"]["reports"]).text
        assert client.delete(f"/v1/candidates/{person}").status_code == 200
        again = client.get(made.json()["links"]["self"])
        kept = client.post("/v1/matches", json={"role": role}, headers=_keyed("match"))
        for answer in (again, kept):
            assert answer.is_success
            assert "nora" not in answer.text.lower()


def test_what_was_refused_or_failed_is_tried_again(service: Service) -> None:
    """A refusal did nothing, so that the repeat may succeed."""
    with service.client(tenant="again") as client:
        asked = {"json": {"role": "later", "candidate": "nobody"}, "headers": _keyed("explain")}
        for _ in range(2):
            refused = client.post("/v1/explain", **asked)
            check_problem(refused, 404, "not_in_corpus")
            assert "idempotent-replayed" not in refused.headers


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "größe"])
def test_a_key_is_a_short_word(service: Service, key: str) -> None:
    """What could not be kept as it is, is refused."""
    with service.client() as client:
        headers = {"Idempotency-Key": key.encode("latin-1")}
        check_problem(client.post("/v1/roles", json={"text": POSTING}, headers=headers), 400, "bad_request")


def test_every_post_takes_a_key(service: Service) -> None:
    """The key of a request that was sent elsewhere before is refused by each, before anything is done."""
    paths = httpx.get(f"{service.url}/openapi.json", timeout=60).json()["paths"]
    # Events of other systems come without a key of ours, and are told apart by their own ids.
    posts = [
        path
        for path, operations in paths.items()
        if path.startswith("/v1/") and "security" in operations.get("post", ())
    ]
    assert len(posts) >= 6
    with service.client(tenant="every") as client:
        client.post("/v1/roles", json={"text": POSTING}, headers=_keyed("used"))
        for path in posts:
            operation = paths[path]["post"]
            assert "Idempotency-Key" in [each["name"] for each in operation["parameters"]], path
            concrete = path.replace("{", "").replace("}", "")
            refused = client.post(concrete, json={"text": "x"}, headers=_keyed("used"))
            check_problem(refused, 422, "idempotency_mismatch")


def test_answers_end_after_a_day_and_lost_requests_after_minutes(service: Service) -> None:
    """What no process works on any more is begun by the next who asks."""
    then = datetime(2026, 3, 1, tzinfo=UTC)
    with open_store(service.corpus, "expiry") as store:
        answers = store.answers
        assert answers.begin("k", "kept", b"1", then) is Taken.BEGUN
        answers.keep("k", "kept", Answer(201, {}, b"{}"))
        assert isinstance(answers.begin("k", "kept", b"1", then + timedelta(hours=23)), Answer)
        assert answers.begin("k", "kept", b"2", then) is Taken.OTHER_REQUEST
        assert answers.begin("k", "lost", b"1", then) is Taken.BEGUN
        assert answers.begin("k", "lost", b"1", then + timedelta(minutes=4)) is Taken.IN_FLIGHT
        assert answers.begin("k", "lost", b"1", then + timedelta(minutes=6)) is Taken.BEGUN
        assert answers.expire(then + timedelta(hours=25)) == 2
        assert answers.begin("k", "kept", b"2", then + timedelta(hours=25)) is Taken.BEGUN


def test_who_is_erased_while_it_is_answered_leaves_nothing(service: Service) -> None:
    """An answer that comes after the erasure is not kept."""
    now = datetime.now(UTC)
    with open_store(service.corpus, "late") as store:
        assert store.answers.begin("k", "late", b"1", now) is Taken.BEGUN
        store.answers.keep("k", "late", Answer(200, {}, b"her words"), ["gone-already"])
        assert store.answers.begin("k", "late", b"1", now) is Taken.ERASED
