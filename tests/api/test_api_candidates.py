"""People through the service: taken in however they are sent, read, labelled, replaced, erased."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from api_service import Service, check_problem, ended
from fake_ats import RESUME

from matcher.store import open_store
from matcher.types.service import Scope


def resume(name: str, line: str = "Wrote deployment tools in Go") -> str:
    """A resume of somebody who is known by their name."""
    return RESUME.format(name=name, mail=f"{name.lower().replace(' ', '.')}@example.org", line=line)


def taken(client: httpx.Client, text: str, **labels: object) -> str:
    """The id of somebody who was taken in."""
    answer = client.post("/v1/candidates?wait=10", json={"text": text, **labels})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_what_is_said_beside_a_file_counts_or_is_refused(working: Service) -> None:
    """Tags in one part or several, or in the query of a file alone; a part that nobody knows is a mistake."""
    with working.client(tenant="beside") as client:
        for number, said in enumerate(({"tags": "a,b"}, {"tags": ["a", "b"]})):
            files = {"file": ("r.txt", resume(f"Form Number {number}"))}
            made = client.post("/v1/candidates?wait=10", files=files, data=said)
            assert made.json()["tags"] == ["a", "b"]
        alone = client.post(
            "/v1/candidates?wait=10&tags=a,b&external_system=ats&external_key=1",
            content=resume("Query Only"),
            headers={"Content-Type": "text/plain"},
        ).json()
        assert (alone["tags"], alone["external_ids"]) == (["a", "b"], [{"system": "ats", "key": "1"}])
        odd = client.post("/v1/candidates", files={"file": ("r.txt", "x")}, data={"tag": "a"})
        refused = check_problem(odd, 422, "invalid")
        assert [each["field"] for each in refused["errors"]] == ["tag"]  # type: ignore[attr-defined]


def test_a_resume_is_accepted_and_its_job_names_the_person(working: Service) -> None:
    """202 with where to ask and when; the job's item says whose it is, and the person can be read."""
    with working.client(tenant="accepted") as client:
        answer = client.post("/v1/candidates", json={"text": resume("Ada Lindqvist"), "tags": ["fair"]})
        assert answer.status_code == 202
        assert answer.headers["retry-after"] == "1"
        location = answer.headers["location"]
        assert location == answer.json()["links"]["self"]
        job = ended(client, location)
        assert (job["state"], job["progress"]["done"], job["progress"]["total"]) == ("done", 1, 1)
        (item,) = client.get(job["links"]["items"]).json()["items"]
        assert (item["state"], item["outcome"]) == ("done", "added")
        person = client.get(f"/v1/candidates/{item['candidate_id']}").json()
    assert (person["name"], person["tags"]) == ("Ada Lindqvist", ["fair"])
    assert person["contact"]["emails"] == ["ada.lindqvist@example.org"]
    assert person["resume"]["work"][0]["position"] == "Site Reliability Engineer"
    assert [(each["number"], each["newest"]) for each in person["revisions"]] == [(1, True)]


def test_a_resume_comes_alone_in_a_form_as_text_or_as_json_resume(working: Service) -> None:
    """With the same labels each way; a form's file name is no path; the file is given back as it was sent."""
    labels = {
        "tags": "fair, called",
        "source": "careers",
        "external_system": "ats",
    }
    json_resume = {
        "basics": {"name": "Json Resumeson", "email": "json@example.org"},
        "work": [{"name": "Example AB", "position": "Welder", "startDate": "2020-01"}],
    }
    with working.client(tenant="forms") as client:
        raw = client.post(
            "/v1/candidates",
            params={**labels, "external_key": "1", "wait": 10},
            content=resume("Raw Rawson").encode(),
            headers={"Content-Type": "text/plain"},
        )
        form = client.post(
            "/v1/candidates?wait=10",
            data={**labels, "external_key": "2"},
            files={"file": ("../../etc/passwd", io.BytesIO(resume("Form Formson").encode()))},
        )
        said = {"tags": ["fair", "called"], "source": "careers"}
        text = client.post(
            "/v1/candidates?wait=10",
            json={**said, "text": resume("Text Textson"), "external_id": {"system": "ats", "key": "3"}},
        )
        whole = client.post(
            "/v1/candidates?wait=10",
            json={**said, "json_resume": json_resume, "external_id": {"system": "ats", "key": "4"}},
        )
        answers = [raw, form, text, whole]
        assert [each.status_code for each in answers] == [201] * 4, [each.text for each in answers]
        for number, answer in enumerate(answers, 1):
            person = answer.json()
            assert answer.headers["location"] == person["links"]["self"]
            assert (person["tags"], person["source"]) == (["called", "fair"], "careers")
            assert person["external_ids"] == [{"system": "ats", "key": str(number)}]
        assert form.json()["resume"]["meta"]["source"] == "passwd"
        assert whole.json()["resume"]["work"][0]["position"] == "Welder"
        file = client.get(text.json()["links"]["file"])
        assert file.text == resume("Text Textson")
        assert file.headers["content-disposition"].startswith("attachment")


@pytest.mark.both_databases
def test_a_known_file_changes_nothing_and_a_new_one_is_the_next_revision(working: Service) -> None:
    """Known by e-mail and name, or named by the address of a PUT."""
    with working.client(tenant="revisions") as client:
        person = taken(client, resume("Ida Hill"))
        again = client.post("/v1/candidates?wait=10", json={"text": resume("Ida Hill")})
        assert (again.status_code, again.json()["id"]) == (200, person)
        second = client.post("/v1/candidates?wait=10", json={"text": resume("Ida Hill", "Kept bees")})
        assert (second.status_code, second.json()["id"]) == (201, person)
        third = client.put(
            f"/v1/candidates/{person}?wait=10", json={"text": resume("Ida Married-Name", "Kept hens")}
        )
        assert third.status_code == 201
        assert third.json()["name"] == "Ida Married-Name"
        assert [each["newest"] for each in third.json()["revisions"]] == [True, False, False]
        back = client.put(f"/v1/candidates/{person}?wait=10", json={"text": resume("Ida Hill")})
        assert (back.status_code, back.json()["name"]) == (201, "Ida Hill")
        assert [each["number"] for each in back.json()["revisions"]] == [4, 3, 2]
        other = client.put(f"/v1/candidates/{person}", json={"text": "x", "candidate_id": "somebody"})
        check_problem(other, 409, "conflict")
        check_problem(client.put("/v1/candidates/nobody", json={"text": "x"}), 404, "not_in_corpus")


@pytest.mark.both_databases
def test_people_are_listed_filtered_and_found_by_the_key_of_another_system(working: Service) -> None:
    """Pages end; a filter that cannot be read says where."""
    with working.client(tenant="lists") as client:
        ids = {
            taken(client, resume(name), tags=["even"] if number % 2 else ["odd"])
            for number, name in enumerate(("Anna Alm", "Bo Bergman", "Cai Clausen"))
        }
        linked = taken(client, resume("Dora Dahl"), external_id={"system": "ats", "key": "d 1"})
        first = client.get("/v1/candidates", params={"limit": 3}).json()
        rest = client.get("/v1/candidates", params={"limit": 3, "cursor": first["next_cursor"]}).json()
        assert {each["id"] for each in first["items"] + rest["items"]} == {*ids, linked}
        assert rest["next_cursor"] is None
        odd = client.get("/v1/candidates", params={"where": "tag:odd months>=24"}).json()["items"]
        assert {each["name"] for each in odd} == {"Anna Alm", "Cai Clausen"}
        key = {"external_system": "ats", "external_key": "d 1"}
        assert [each["id"] for each in client.get("/v1/candidates", params=key).json()["items"]] == [linked]
        key["external_key"] = "nobody"
        assert client.get("/v1/candidates", params=key).json()["items"] == []
        check_problem(client.get("/v1/candidates?external_key=x"), 422, "invalid")
        check_problem(client.get("/v1/candidates", params={"where": "months>=x"}), 422, "bad_filter")


def test_tags_and_external_ids_are_replaced_together_or_not_at_all(working: Service) -> None:
    """A key that means another person changes nothing."""
    with working.client(tenant="labels") as client:
        one = taken(client, resume("Eva Ek"), tags=["a"])
        taken(client, resume("Fia Falk"), external_id={"system": "ats", "key": "2"})
        changed = client.patch(
            f"/v1/candidates/{one}", json={"tags": ["b"], "external_ids": [{"system": "ats", "key": "1"}]}
        ).json()
        assert (changed["tags"], changed["external_ids"]) == (["b"], [{"system": "ats", "key": "1"}])
        clash = {"tags": ["c"], "external_ids": [{"system": "ats", "key": "2"}]}
        check_problem(client.patch(f"/v1/candidates/{one}", json=clash), 409, "corpus_conflict")
        same = client.patch(f"/v1/candidates/{one}", json={}).json()
        assert (same["tags"], same["external_ids"]) == (["b"], [{"system": "ats", "key": "1"}])
        refused = client.patch(f"/v1/candidates/{one}", json={"tags": [" "], "name": "x"})
        fields = check_problem(refused, 422, "invalid")["errors"]
        assert [each["field"] for each in fields] == ["tags.0", "name"]  # type: ignore[attr-defined,index]


@pytest.mark.both_databases
def test_an_erased_person_is_nowhere(working: Service) -> None:
    """The receipt counts what went; neither they, nor answers about them, nor a byte of them is left."""
    text = resume("Zwettla Quorlwood", "Calibrated the zephyrometer")
    with working.client(tenant="erased") as client:
        kept = {"Idempotency-Key": "order-1"}
        made = client.post("/v1/candidates?wait=10", json={"text": text}, headers=kept)
        person = made.json()["id"]
        where = f"/v1/candidates/{person}"
        receipt = client.delete(where).json()
        assert (receipt["candidate_id"], receipt["resumes"], receipt["files"]) == (person, 1, 1)
        assert bool(receipt["remains"]) is not isinstance(working.corpus, Path)
        for path in (where, f"{where}/file"):
            check_problem(client.get(path), 404, "not_in_corpus")
        check_problem(client.delete(where), 404, "not_in_corpus")
        again = client.post("/v1/candidates?wait=10", json={"text": text}, headers=kept)
        check_problem(again, 410, "gone")
        assert client.get("/v1/candidates").json()["items"] == []
    assert planted(working, "zwettla", "quorlwood", "zephyrometer") == []


def planted(service: Service, *marks: str) -> list[str]:
    """The files of a folder, and "rows", in which marks are."""
    folder = service.corpus if isinstance(service.corpus, Path) else Path(os.environ["XDG_CACHE_HOME"])
    texts = {path.name: path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()}
    texts["rows"] = service.kept().lower().encode()
    return [f"{mark} in {name}" for name, text in texts.items() for mark in marks if mark.encode() in text]


def test_who_may_do_what_and_what_is_written_down(working: Service) -> None:
    """Reading, writing and erasing have scopes of their own; each leaves a line without personal data."""
    with (
        working.client(Scope.WRITE, tenant="scopes") as writer,
        working.client(Scope.READ, tenant="scopes") as reader,
        working.client(Scope.READ, tenant="others") as stranger,
    ):
        answer = writer.post("/v1/candidates?wait=10", json={"text": resume("Gun Grip")})
        assert (answer.status_code, answer.json()["state"]) == (202, "done")  # no person for who may not read
        with open_store(working.corpus, "scopes") as store:
            person = store.jobs.items(answer.json()["id"], 1)[0].candidate or ""
        where = f"/v1/candidates/{person}"
        check_problem(writer.get(where), 403, "forbidden")
        check_problem(writer.delete(where), 403, "forbidden")
        check_problem(reader.patch(where, json={}), 403, "forbidden")
        check_problem(stranger.get(where), 404, "not_in_corpus")
        assert reader.get(where).status_code == reader.get(f"{where}/file").status_code == 200
        assert reader.get("/v1/candidates").status_code == 200
        writer.patch(where, json={"tags": ["x"]})
    with open_store(working.corpus, "scopes") as store:
        written = [entry.action for entry in store.audit.entries(subject=person)]
    assert written == [
        "candidate.added",
        "candidate.read",
        "candidate.file_read",
        "candidate.listed",
        "candidate.changed",
    ]


def test_a_full_queue_is_said_and_takes_nothing(start: Callable[..., Service]) -> None:
    """Nobody works here: the third resume is refused, with when to try again."""
    with start(queue_limit=2).client() as client:
        answers = [client.post("/v1/candidates", json={"text": resume(f"Person {n}")}) for n in range(3)]
        assert [each.status_code for each in answers[:2]] == [202, 202]
        check_problem(answers[2], 503, "overloaded")
        assert int(answers[2].headers["retry-after"]) >= 1
        assert len(client.get("/v1/jobs").json()["items"]) == 2


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "body"),
        ({"text": "x", "resume_url": "https://example.org/"}, "body"),
        ({"text": "x", "tags": "fair"}, "tags"),
        ({"text": "x", "external_id": {"system": "ats"}}, "external_id.key"),
        ({"text": "x", "titel": "y"}, "titel"),
        ({"resume_url": "file:///etc/passwd"}, "resume_url"),
        ({"resume_url": "http://169.254.169.254/latest/"}, "resume_url"),
    ],
)
def test_what_cannot_be_used_is_named(working: Service, sent: dict[str, object], field: str) -> None:
    """Before anything is accepted."""
    with working.client(tenant="refused") as client:
        answer = client.post("/v1/candidates", json=sent)
        code = "blocked_url" if field == "resume_url" else "invalid"
        assert [each["field"] for each in check_problem(answer, 422, code)["errors"]] == [field]  # type: ignore[attr-defined]
        assert client.get("/v1/jobs").json()["items"] == []


def test_the_examples_of_the_description_are_taken(working: Service) -> None:
    """Whoever copies a resume from the description gets a person."""
    schemas = httpx.get(f"{working.url}/openapi.json", timeout=60).json()["components"]["schemas"]
    fields = schemas["CandidateIn"]["properties"]
    body = {
        name: found[0]
        for name, field in fields.items()
        if (found := field.get("examples")) and found[0] is not None
    }
    with working.client(tenant="examples") as client:
        assert client.post("/v1/candidates?wait=10", json=body).status_code == 201
        person = client.get("/v1/candidates").json()["items"][0]["id"]
        change = {
            name: field["examples"][0] for name, field in schemas["CandidatePatch"]["properties"].items()
        }
        assert client.patch(f"/v1/candidates/{person}", json=change).status_code == 200
