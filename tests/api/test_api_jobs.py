"""Jobs through the service: how far they are, what became of each item, cancelled and tried again."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from api_service import Service, check_problem, ended, until

from api.intake import KIND, ResumeUpload
from api.queue import Queue
from matcher.store import Store, open_store
from matcher.types.service import ItemState, Job, JobItem

GOOD = "{name}\n{name}@example.org\n\nExperience\nWelder, Example AB\n2019 - 2022\n- Welded\n"
BAD = b"\x7fELF" + bytes(200)
NOW = datetime.now(UTC)


def put_down(store: Store, *files: bytes) -> Job:
    """A job of some resumes, of which nobody has told the queue."""
    return store.jobs.add(KIND, {}, [ResumeUpload(data).row() for data in files], "system", NOW)


def good(name: str) -> bytes:
    return GOOD.format(name=name).encode()


def test_one_bad_file_stops_no_other(working: Service) -> None:
    """Each item is settled by itself, and says why it failed; a person is there at once."""
    with working.client(tenant="partial") as client, open_store(working.corpus, "partial") as store:
        job = put_down(store, good("Ann"), BAD, b"\0", good("Ben"), good("Ann"))
        queue = Queue(working.corpus)
        queue.put("partial", job.id, 1)
        queue.put("partial", job.id, 1)  # handed in twice is handed in once
        queue.close()
        found = ended(client, f"/v1/jobs/{job.id}")
        assert found["state"] == "done"
        assert found["progress"] == {"total": 5, "pending": 0, "done": 3, "failed": 2, "cancelled": 0}
        assert (found["kind"], found["attempt"], found["code"]) == ("candidates.create", 1, None)
        items = client.get(f"/v1/jobs/{job.id}/items").json()["items"]
        assert [item["outcome"] or item["code"] for item in items] == [
            "added",
            "format_unsupported",
            "document_empty",
            "added",
            "added",  # the same file, sent by the same job: known by then, and taken in by this job
        ]
        assert items[0]["candidate_id"] == items[4]["candidate_id"]
        assert [item["retryable"] for item in items] == [False] * 5
        assert len(client.get("/v1/candidates").json()["items"]) == 2
        failed = client.get(f"/v1/jobs/{job.id}/items", params={"state": "failed"}).json()["items"]
        assert [item["ordinal"] for item in failed] == [1, 2]
        check_problem(client.post(f"/v1/jobs/{job.id}/retry"), 409, "corpus_conflict")
        check_problem(client.post(f"/v1/jobs/{job.id}/cancel"), 409, "corpus_conflict")


def test_what_the_worker_logs_of_a_job_has_its_requests_id(working: Service) -> None:
    """Of one that was accepted, and of one that nobody had told the queue of, whatever became of it."""
    with working.client(tenant="logged") as client, open_store(working.corpus, "logged") as store:
        for number, data in enumerate((good("Ann"), BAD)):
            sent = {"Content-Type": "text/plain", "X-Request-Id": f"asked-{number}"}
            job = client.post("/v1/candidates", content=data, headers=sent).json()["id"]
            ended(client, f"/v1/jobs/{job}")
        lost = store.jobs.add("of another version", {}, [], "system", NOW, "asked-2")
        ended(client, f"/v1/jobs/{lost.id}")
    told = ("job_ended", "job_fault", "job_found")

    def lines() -> list[dict[str, object]]:
        found = [
            json.loads(each) for each in working.log.read_text("utf-8").splitlines() if each.endswith("}")
        ]
        return [each for each in found if each["event"] in told]

    def asked(number: int) -> list[str]:
        return [str(each["event"]) for each in lines() if each.get("request_id") == f"asked-{number}"]

    until(lambda: "job_ended" in asked(2))  # a line comes after what it tells of
    assert [asked(number) for number in range(3)] == [
        ["job_ended"],
        ["job_ended"],
        ["job_found", "job_fault", "job_ended"],
    ]
    assert {each["job"] for each in lines() if each.get("request_id") == "asked-2"} == {lost.id}


def test_jobs_are_listed_the_last_first(service: Service) -> None:
    """In pages, and each tenant's own."""
    with service.client(tenant="listed") as client, open_store(service.corpus, "listed") as store:
        made = [store.jobs.add(KIND, {}, [], "system", NOW + timedelta(seconds=n)).id for n in range(5)]
        first = client.get("/v1/jobs", params={"limit": 3}).json()
        rest = client.get("/v1/jobs", params={"limit": 3, "cursor": first["next_cursor"]}).json()
        assert [each["id"] for each in first["items"] + rest["items"]] == made[::-1]
        assert rest["next_cursor"] is None
        with service.client(tenant="elsewhere") as stranger:
            assert stranger.get("/v1/jobs").json()["items"] == []
            for path in (f"/v1/jobs/{made[0]}", f"/v1/jobs/{made[0]}/items", "/v1/jobs/nothing"):
                check_problem(stranger.get(path), 404, "not_in_corpus")
            for action in ("cancel", "retry"):
                refused = stranger.post(f"/v1/jobs/{made[0]}/{action}")
                check_problem(refused, 404, "not_in_corpus")


@pytest.mark.both_databases
def test_items_come_in_pages(service: Service) -> None:
    """In the order in which they were sent; a cursor of another list is refused."""
    with service.client(tenant="items") as client, open_store(service.corpus, "items") as store:
        job = put_down(store, *(good(f"N{n}") for n in range(5)))
        where = f"/v1/jobs/{job.id}/items"
        seen, cursor = [], None
        while True:
            page = client.get(where, params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
            seen += [item["ordinal"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert seen == [0, 1, 2, 3, 4]
        check_problem(client.get(where, params={"cursor": "MTp4"}), 422, "invalid")


@pytest.mark.both_databases
def test_a_cancelled_job_takes_nothing_in_and_keeps_no_file(service: Service) -> None:
    """What was settled before stays; what is done when the cancel comes is told as done."""
    with service.client(tenant="cancelled") as client, open_store(service.corpus, "cancelled") as store:
        job = put_down(store, good("Cia"), good("Dan"), good("Eli"))
        items = store.jobs.items(job.id, 9)
        store.jobs.begin(job.id, NOW)
        assert store.jobs.settle(job.id, JobItem(0, ItemState.DONE, items[0].upload, "somebody", "added"))
        found = client.post(f"/v1/jobs/{job.id}/cancel").json()
        assert (found["state"], found["progress"]["done"], found["progress"]["cancelled"]) == (
            "cancelled",
            1,
            2,
        )
        assert [store.jobs.upload(item.upload or "") for item in items] == [None] * 3
        assert not store.jobs.seen(job.id, NOW)
        assert store.jobs.begin(job.id, NOW) is None
        assert store.jobs.settle(job.id, JobItem(1, ItemState.DONE, None, "somebody else", "added"))
        assert not store.jobs.settle(job.id, JobItem(1, ItemState.FAILED))
        assert store.jobs.waiting() == 0
        check_problem(client.post(f"/v1/jobs/{job.id}/retry"), 409, "corpus_conflict")


@pytest.mark.both_databases
def test_a_job_that_failed_as_a_whole_is_begun_again(service: Service) -> None:
    """With every item that went down with it, and no other."""
    with service.client(tenant="whole") as client, open_store(service.corpus, "whole") as store:
        job = put_down(store, good("Fay"), good("Gil"))
        check_problem(client.post(f"/v1/jobs/{job.id}/retry"), 409, "corpus_conflict")
        first = store.jobs.items(job.id, 1)[0]
        store.jobs.settle(job.id, JobItem(0, ItemState.FAILED, first.upload, code="document_corrupt"))
        assert store.jobs.finish(job.id, NOW, failure=("worker_lost", "It ended."))
        assert not store.jobs.finish(job.id, NOW)
        found = client.get(f"/v1/jobs/{job.id}").json()
        assert (found["state"], found["code"], found["progress"]["failed"]) == ("failed", "worker_lost", 2)
        again = client.post(f"/v1/jobs/{job.id}/retry").json()
        assert (again["state"], again["attempt"], again["code"]) == ("queued", 2, None)
        assert again["progress"] == {"total": 2, "pending": 1, "done": 0, "failed": 1, "cancelled": 0}


@pytest.mark.parametrize(("hours", "kept"), [(23, True), (25, False)])
def test_files_wait_a_day_for_a_retry(service: Service, hours: int, kept: bool) -> None:
    """And jobs are listed for a month after their end."""
    with open_store(service.corpus, f"expired-{hours}") as store:
        job = put_down(store, good("Hal"))
        (item,) = store.jobs.items(job.id, 1)
        failed = JobItem(0, ItemState.FAILED, item.upload, code="fetch_failed")
        store.jobs.settle(job.id, failed, keep_upload=True)
        store.jobs.finish(job.id, NOW)
        assert store.jobs.expire(NOW + timedelta(hours=hours)) == (not kept)
        assert (store.jobs.upload(item.upload or "") is not None) is kept
        assert store.jobs.get(job.id).total == 1
        store.jobs.expire(NOW + timedelta(days=31))
        assert store.jobs.page(9) == []
