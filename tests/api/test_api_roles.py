"""Roles through the service: read, corrected by a person, kept in revisions."""

from __future__ import annotations

import httpx
from api_service import Service, check_problem

from api import problems

POSTING = """Site Reliability Engineer

Requirements
- 3+ years of experience with Kubernetes
- Python or Go
- Fluent in English
"""


def test_a_role_is_read_listed_corrected_and_deleted(service: Service) -> None:
    """A correction makes the next revision, names what changed, and leaves the first as it was."""
    with service.client(tenant="roles") as client:
        made = client.post("/v1/roles", json={"text": POSTING, "external_id": {"system": "ats", "key": "7"}})
        assert made.status_code == 201
        role = made.json()
        assert made.headers["location"] == f"/v1/roles/{role['id']}"
        assert [item["text"] for item in role["qualifications"]] == [
            "3+ years of experience with Kubernetes",
            "Python or Go",
            "Fluent in English",
        ]
        file = client.get(f"/v1/roles/{role['id']}/role_file").json()
        file["qualifications"][0]["weight"] = 2.0
        replaced = client.put(f"/v1/roles/{role['id']}", json={"role_file": file}).json()
        assert (replaced["revision"], replaced["newest"]) == (2, True)
        assert [edit["after"] for edit in replaced["edits"]] == ["2"]
        first = client.get(f"/v1/roles/{role['id']}", params={"revision": 1}).json()
        assert (first["newest"], first["edits"]) == (False, [])
        assert [each["revision"] for each in client.get("/v1/roles").json()["items"]] == [2]
        assert client.delete(f"/v1/roles/{role['id']}").status_code == 204
        check_problem(client.get(f"/v1/roles/{role['id']}"), 404, "not_in_corpus")


def test_a_posting_comes_as_a_file_a_form_or_a_job_posting(service: Service) -> None:
    """All of them are read alike."""
    with service.client(tenant="files") as client:
        raw = client.post("/v1/roles", content=POSTING, headers={"Content-Type": "text/plain"})
        form = client.post(
            "/v1/roles",
            files={"file": ("posting.txt", POSTING)},
            data={"external_system": "x", "external_key": "9"},
        )
        described = {"@context": "https://schema.org", "@type": "JobPosting", "title": "Cook"}
        described["qualifications"] = "<ul><li>Two years in a kitchen</li></ul>"
        posted = client.post("/v1/roles", json={"job_posting": described})
    assert len({tuple(item["text"] for item in each.json()["qualifications"]) for each in (raw, form)}) == 1
    assert [item["text"] for item in posted.json()["qualifications"]] == ["Two years in a kitchen"]


def test_what_is_no_role_is_refused(service: Service) -> None:
    """Each refusal says which field, or what the content was."""
    with service.client() as client:
        check_problem(client.post("/v1/roles", content=b"{"), 415, "unsupported_media_type")
        both = check_problem(client.post("/v1/roles", json={"text": "a", "job_posting": {}}), 422, "invalid")
        assert both["errors"]
        unknown = check_problem(client.post("/v1/roles", json={"text": "a", "titel": "b"}), 422, "invalid")
        assert unknown["errors"] == [{"field": "titel", "message": problems.UNKNOWN}]
        check_problem(client.post("/v1/roles", json={"text": "Hello"}), 422, "role_without_qualifications")
        program = b"\x7fELF" + bytes(64)
        sent = client.post("/v1/roles", content=program, headers={"Content-Type": "application/pdf"})
        check_problem(sent, 415, "format_unsupported")
        check_problem(client.get("/v1/roles", params={"cursor": "x"}), 422, "invalid")
        for field in ("role_file", "job_posting"):
            for value in ({}, {"weight": 1}):
                refused = check_problem(client.post("/v1/roles", json={field: value}), 422, "invalid")
                assert [each["field"] for each in refused["errors"]] == [field]  # type: ignore[attr-defined]


def test_a_form_is_taken_at_its_word(service: Service) -> None:
    """A part that nobody knows, half of a key or one too long is refused, as it is in JSON."""
    with service.client(tenant="role-forms") as client:
        for said, field in (
            ({"external_kye": "7"}, "external_kye"),
            ({"external_system": "x", "external_key": "k" * 201}, "external_key"),
        ):
            sent = client.post("/v1/roles", files={"file": ("a.txt", POSTING)}, data=said)
            refused = check_problem(sent, 422, "invalid")
            assert [each["field"] for each in refused["errors"]] == [field]  # type: ignore[attr-defined]
        half = client.post("/v1/roles", files={"file": ("a.txt", POSTING)}, data={"external_key": "7"})
        check_problem(half, 422, "invalid")
        assert client.get("/v1/roles").json()["items"] == []


def test_an_ats_finds_a_role_by_its_own_key(service: Service) -> None:
    """The key is shown, found again, and follows the role through its revisions."""
    with service.client(tenant="keys") as client:
        key = {"system": "ats", "key": "job-7"}
        role = client.post("/v1/roles", json={"text": POSTING, "external_id": key}).json()
        client.post("/v1/roles", json={"text": POSTING})
        assert role["external_ids"] == [key]
        client.put(f"/v1/roles/{role['id']}", json={"text": POSTING + "- Terraform\n"})
        asked = {"external_system": "ats", "external_key": "job-7"}
        (found,) = client.get("/v1/roles", params=asked).json()["items"]
        assert (found["id"], found["revision"], found["external_ids"]) == (role["id"], 2, [key])
        assert client.get("/v1/roles", params={**asked, "external_key": "none"}).json()["items"] == []
        check_problem(client.get("/v1/roles", params={"external_key": "job-7"}), 422, "invalid")


def test_an_ats_takes_its_key_back(service: Service) -> None:
    """The keys are replaced, moved to another role, or none; a key of another role changes nothing."""
    with service.client(tenant="unlinked") as client:
        key, more = {"system": "ats", "key": "job-7"}, {"system": "board", "key": "7"}
        first = client.post("/v1/roles", json={"text": POSTING, "external_id": key}).json()
        second = client.post("/v1/roles", json={"text": POSTING + "- Terraform\n"}).json()
        taken = client.patch(second["links"]["self"], json={"external_ids": [more, key]})
        check_problem(taken, 409, "corpus_conflict")
        assert client.get("/v1/roles", params={"external_system": "board", "external_key": "7"}).json() == {
            "items": [],
            "next_cursor": None,
        }
        left = client.patch(f"/v1/roles/{first['id']}", json={"external_ids": []})
        assert left.json() == {**first, "external_ids": []}
        asked = {"external_system": "ats", "external_key": "job-7"}
        assert client.get("/v1/roles", params=asked).json()["items"] == []
        client.patch(f"/v1/roles/{second['id']}", json={"external_ids": [more, key]})
        (found,) = client.get("/v1/roles", params=asked).json()["items"]
        assert (found["id"], found["external_ids"]) == (second["id"], [key, more])
        check_problem(client.patch(f"/v1/roles/{second['id']}", json={}), 422, "invalid")
        check_problem(client.patch("/v1/roles/nothing", json={"external_ids": []}), 404, "not_in_corpus")
    with service.client(tenant="other") as stranger:
        sent = stranger.patch(f"/v1/roles/{second['id']}", json={"external_ids": []})
        check_problem(sent, 404, "not_in_corpus")


def test_pages_end(service: Service) -> None:
    """Every role is on one page, each once; the link is the cursor."""
    with service.client(tenant="pages") as client:
        ids = {
            client.post("/v1/roles", json={"text": f"{POSTING}- {n} years of Go"}).json()["id"]
            for n in range(5)
        }
        seen: list[str] = []
        url: str | None = "/v1/roles?limit=2"
        while url:
            answer = client.get(url)
            seen += [item["id"] for item in answer.json()["items"]]
            url = answer.links.get("next", {}).get("url")
            assert (url is None) == (answer.json()["next_cursor"] is None)
    assert sorted(seen) == sorted(ids)


def test_a_repeated_post_makes_one_role(service: Service) -> None:
    """The same key with the same body gives the first answer; with another body it is refused."""
    with service.client(tenant="twice") as client:
        sent = {"headers": {"Idempotency-Key": "order-1"}, "json": {"text": POSTING}}
        first = client.post("/v1/roles", **sent)
        again = client.post("/v1/roles", **sent)
        assert again.json() == first.json()
        assert again.headers["location"] == first.headers["location"]
        assert again.headers["idempotent-replayed"] == "true"
        assert len(client.get("/v1/roles").json()["items"]) == 1
        other = client.post("/v1/roles", json={"text": "other"}, headers={"Idempotency-Key": "order-1"})
        check_problem(other, 422, "idempotency_mismatch")


def test_the_examples_of_the_description_are_taken(service: Service) -> None:
    """Whoever copies the posting from the description gets a role."""
    schema = httpx.get(f"{service.url}/openapi.json", timeout=60).json()["components"]["schemas"]["RoleIn"]
    example = schema["properties"]["text"]["examples"][0]
    with service.client(tenant="role-examples") as client:
        assert client.post("/v1/roles", json={"text": example}).status_code == 201
