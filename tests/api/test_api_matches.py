"""Matches, explanations, searches and applications through the service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from api_service import Service, check_problem

from matcher import Matcher, Settings
from matcher.reports.json import ranking_to_dict
from matcher.store import open_store
from matcher.types.service import Scope

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
ROLE = FIXTURES / "roles" / "research-manager.txt"
RESUMES = sorted((FIXTURES / "resumes").glob("*.pdf"))[:6]


Filled = tuple[httpx.Client, dict[str, str]]


@pytest.fixture(scope="module")
def filled(service: Service) -> Iterator[Filled]:
    """A tenant of its own with some people and a role: a client, and the ids by file name."""
    with Matcher(Settings(model="hashing")) as matcher, matcher.corpus(service.corpus, "matches") as corpus:
        taken = corpus.ingest(RESUMES).taken
    with service.client(tenant="matches") as client:
        role = client.post("/v1/roles", content=ROLE.read_bytes(), headers={"Content-Type": "text/plain"})
        ids = {Path(item.source).name: item.candidate for item in taken}
        yield client, {**ids, "role": role.json()["id"]}


@pytest.mark.both_databases
def test_a_match_says_what_the_library_says(filled: Filled, service: Service) -> None:
    """Order, scores and quotes are those of the library's own report."""
    client, ids = filled
    made = client.post("/v1/matches", json={"role": ids["role"], "today": "2026-03-01"})
    assert made.status_code == 201
    match = made.json()
    assert (match["state"], match["reports"], match["stale"]) == ("done", len(RESUMES), False)
    pages, url = [], f"{match['links']['reports']}?limit=4"
    while url:
        answer = client.get(url)
        pages += answer.json()["items"]
        url = answer.links.get("next", {}).get("url", "")
    with Matcher(Settings(model="hashing")) as matcher, matcher.corpus(service.corpus, "matches") as corpus:
        ranking = corpus.rank(corpus.roles.get(ids["role"]), today=date(2026, 3, 1))
        expected = ranking_to_dict(ranking)
    assert pages == [{**each, "engine": expected["engine"]} for each in expected["candidates"]]
    for tried in expected["pool"]["reranked"]:
        for each in tried["top"]:
            del each["source"]
    assert match["pool"] == expected["pool"]
    assert client.get(made.headers["location"]).json() == match


def test_named_people_and_filters_choose(filled: Filled) -> None:
    """Only those who are asked for are compared; that there is nobody is said."""
    client, ids = filled
    first, second = [ids[path.name] for path in RESUMES[:2]]
    named = client.post(
        "/v1/matches", json={"role": ids["role"], "candidates": [first, second, first]}
    ).json()
    reports = client.get(named["links"]["reports"]).json()["items"]
    assert {each["candidate_id"] for each in reports} == {first, second}
    nobody = client.post("/v1/matches", json={"role": ids["role"], "where": "tag:nobody-has-this"})
    check_problem(nobody, 422, "invalid")
    unknown = client.post("/v1/matches", json={"role": ids["role"], "candidates": ["nobody"]})
    check_problem(unknown, 404, "not_in_corpus")
    check_problem(client.post("/v1/matches", json={"role": "nothing"}), 404, "not_in_corpus")
    wrong = client.post("/v1/matches", json={"role": ids["role"], "where": "months>=many"})
    check_problem(wrong, 422, "bad_filter")
    weights = client.post("/v1/matches", json={"role": ids["role"], "weights": {"q99": 1}})
    check_problem(weights, 422, "bad_weights")


def test_one_person_is_explained_as_in_a_match(filled: Filled) -> None:
    """Alone or among others, a person has the same score and the same quotes."""
    client, ids = filled
    person = ids[RESUMES[0].name]
    match = client.post("/v1/matches", json={"role": ids["role"]}).json()
    among = client.get(f"{match['links']['reports']}/{person}").json()
    alone = client.post("/v1/explain", json={"role": ids["role"], "candidate": person}).json()
    assert (alone["score"], alone["matches"]) == (among["score"], among["matches"])
    assert alone["rank"] == 1
    missing = client.post("/v1/explain", json={"role": ids["role"], "candidate": "nobody"})
    check_problem(missing, 404, "not_in_corpus")


def test_a_report_says_what_made_it(filled: Filled, service: Service) -> None:
    """The engine that it was made with, whatever answers now; an explanation is made now."""
    client, ids = filled
    person = ids[RESUMES[0].name]
    match = client.post("/v1/matches", json={"role": ids["role"], "candidates": [person]}).json()
    before = {"version": "0.0.1", "model": "another"}
    with open_store(service.corpus, "matches") as store:
        head = store.matches.get(match["id"]).head
        assert head is not None
        store.matches.fill(match["id"], {**head, "engine": before}, store.matches.reports(match["id"], 1))
    (listed,) = client.get(match["links"]["reports"]).json()["items"]
    assert listed["engine"] == before
    assert client.get(f"{match['links']['reports']}/{person}").json()["engine"] == before
    alone = client.post("/v1/explain", json={"role": ids["role"], "candidate": person}).json()
    assert alone["engine"] == match["engine"]


def test_the_page_and_the_blind_match(filled: Filled) -> None:
    """The page loads nothing; a blind match shows no file name."""
    client, ids = filled
    match = client.post("/v1/matches", json={"role": ids["role"], "blind": True}).json()
    shown = client.get(match["links"]["html"])
    assert shown.headers["content-type"].startswith("text/html")
    assert "script-src 'unsafe-inline'" in shown.headers["content-security-policy"]
    text = shown.text + client.get(match["links"]["reports"]).text
    assert not [path.name for path in RESUMES if path.name in text]


def test_an_edited_role_makes_its_matches_stale(filled: Filled) -> None:
    """A match names the revision it was made from."""
    client, ids = filled
    role = client.post("/v1/roles", json={"text": "Cook\n\nRequirements\n- Baking bread\n"}).json()
    match = client.post("/v1/matches", json={"role": role["id"]}).json()
    client.put(f"/v1/roles/{role['id']}", json={"text": "Cook\n\nRequirements\n- Baking cakes\n"})
    assert client.get(match["links"]["self"]).json()["stale"] is True
    assert [
        each["id"] for each in client.get("/v1/matches", params={"role": role["id"]}).json()["items"]
    ] == [match["id"]]
    assert client.delete(match["links"]["self"]).status_code == 204
    check_problem(client.get(match["links"]["self"]), 404, "not_in_corpus")
    assert ids


def test_a_match_names_nobody_who_was_erased(filled: Filled, service: Service) -> None:
    """Who is erased is named by no part of a match, also not by what is said of everyone compared."""
    client, ids = filled
    texts = [
        "Ann Doe\nann@example.org\n\nSkills\nPython, Baking\n",
        "Bo Ek\nbo@example.org\n\nSkills\nBaking\n",
    ]
    with Matcher(Settings(model="hashing")) as matcher, matcher.corpus(service.corpus, "matches") as corpus:
        first, second = (each.candidate for each in corpus.ingest(texts).taken)
    role = client.post(
        "/v1/roles",
        json={"text": "Cook\n\nRequirements\n- Baking\n- Python\n\nNice to have\n- Fluent in Thai\n"},
    ).json()
    asked = {"role": role["id"], "candidates": [first, second]}
    match = client.post("/v1/matches", json=asked).json()
    assert match["pool"]["reranked"]
    for tried in match["pool"]["reranked"]:
        assert {each["candidate_id"] for each in tried["top"]} == {first, second}
    client.delete(f"/v1/candidates/{first}")
    left = client.get(match["links"]["self"])
    assert first not in left.text
    assert left.json()["reports"] == 1
    for tried in left.json()["pool"]["reranked"]:
        assert [each["candidate_id"] for each in tried["top"]] == [second]
    assert first not in client.get(match["links"]["reports"]).text
    assert first not in client.get(match["links"]["html"]).text
    listed = client.get("/v1/matches", params={"role": role["id"]})
    assert first not in listed.text
    assert ids


def test_many_people_become_a_job(start: Callable[..., Service]) -> None:
    """What takes long is accepted, with the place of the job."""
    service = start(at_once=1)
    with Matcher(Settings(model="hashing")) as matcher, matcher.corpus(service.corpus) as corpus:
        corpus.ingest(RESUMES[:2])
    with service.client() as client:
        role = client.post("/v1/roles", json={"text": "Cook\n\nRequirements\n- Baking bread\n"}).json()
        made = client.post("/v1/matches", json={"role": role["id"]})
    assert made.status_code == 202
    assert made.json()["state"] == "pending"
    assert made.headers["location"] == made.json()["links"]["job"]


@pytest.mark.both_databases
def test_a_search_finds_people_with_quotes(filled: Filled) -> None:
    """Each quote stands in the resume, word for word."""
    client, ids = filled
    found = client.post("/v1/search", json={"text": "research", "top": 3}).json()["people"]
    assert 1 <= len(found) <= 3
    for each in found:
        assert each["candidate"]["id"] in ids.values()
        assert all(quote["text"] for quote in each["quotes"])
    check_problem(client.post("/v1/search", json={"text": " "}), 422, "bad_input")
    check_problem(client.post("/v1/search", json={"text": "a", "where": '"open'}), 422, "bad_query")


def test_an_application_ties_a_person_to_a_frozen_revision(
    filled: Filled,
) -> None:
    """Two of the same are a conflict; the stage is the ATS's."""
    client, ids = filled
    person = ids[RESUMES[0].name]
    body = {"candidate": person, "role": ids["role"], "external_id": {"system": "ats", "key": "a-1"}}
    made = client.post("/v1/applications", json=body)
    assert made.status_code == 201
    application = made.json()
    assert (application["role_revision"], application["stage"]) == (1, "applied")
    check_problem(client.post("/v1/applications", json=body), 409, "corpus_conflict")
    moved = client.patch(made.headers["location"], json={"stage": "interview"}).json()
    assert moved["stage"] == "interview"
    listed = client.get("/v1/applications", params={"candidate": person}).json()["items"]
    assert [each["id"] for each in listed] == [application["id"]]
    asked = {"external_system": "ats", "external_key": "a-1"}
    (found,) = client.get("/v1/applications", params=asked).json()["items"]
    assert (found["id"], found["candidate_id"]) == (application["id"], person)
    assert client.get("/v1/applications", params={**asked, "external_key": "x"}).json()["items"] == []
    assert client.delete(made.headers["location"]).status_code == 204
    check_problem(client.get(made.headers["location"]), 404, "not_in_corpus")


def test_an_ats_takes_its_key_of_an_application_back(filled: Filled) -> None:
    """The keys are replaced, with the stage or alone, moved to another application, or none; a key of another
    changes nothing."""
    client, ids = filled
    key, more = {"system": "ats", "key": "a-7"}, {"system": "board", "key": "7"}
    first, second = (
        client.post("/v1/applications", json={"candidate": ids[each.name], "role": ids["role"], **said})
        for each, said in ((RESUMES[0], {"external_id": key}), (RESUMES[1], {}))
    )
    taken = client.patch(second.headers["location"], json={"external_ids": [more, key], "stage": "offer"})
    check_problem(taken, 409, "corpus_conflict")
    assert client.get(second.headers["location"]).json() == second.json()
    left = client.patch(first.headers["location"], json={"external_ids": []}).json()
    assert left == {**first.json(), "external_ids": [], "updated": left["updated"]}
    asked = {"external_system": "ats", "external_key": "a-7"}
    assert client.get("/v1/applications", params=asked).json()["items"] == []
    both = client.patch(
        second.headers["location"], json={"external_ids": [more, key], "stage": "offer"}
    ).json()
    assert (both["stage"], both["external_ids"]) == ("offer", [key, more])
    assert client.patch(second.headers["location"], json={"stage": "hired"}).json()["external_ids"] == [
        key,
        more,
    ]
    (found,) = client.get("/v1/applications", params=asked).json()["items"]
    assert (found["id"], found["stage"]) == (both["id"], "hired")
    assert client.patch(second.headers["location"], json={}).json() == found
    sent = client.patch(second.headers["location"], json={"external_id": key})
    check_problem(sent, 422, "invalid")
    for each in (first, second):
        client.delete(each.headers["location"])


def test_lists_of_a_role_or_one_revision_of_it(filled: Filled) -> None:
    """`ID` is all revisions, `ID@2` the one; what no role is called by lists nothing."""
    client, ids = filled
    role = client.post("/v1/roles", json={"text": "Cook\n\nRequirements\n- Baking bread\n"}).json()["id"]
    client.put(f"/v1/roles/{role}", json={"text": "Cook\n\nRequirements\n- Baking cakes\n"})
    for kind, body in (
        ("applications", {"candidate": ids[RESUMES[0].name]}),
        ("matches", {"candidates": [ids[RESUMES[0].name]]}),
    ):
        first, second = (
            client.post(f"/v1/{kind}", json={**body, "role": f"{role}@{number}"}).json()["id"]
            for number in (1, 2)
        )
        for named, expected in (
            (role, {first, second}),
            (f"{role}@1", {first}),
            (f"{role}@2", {second}),
            (f"{role}@3", set()),
            ("nothing@1", set()),
        ):
            listed = client.get(f"/v1/{kind}", params={"role": named}).json()["items"]
            assert {each["id"] for each in listed} == expected, named
        check_problem(client.get(f"/v1/{kind}", params={"role": ""}), 422, "invalid")


def test_who_may_read_may_not_write(service: Service, filled: Filled) -> None:
    """Another tenant's ids are nobody's."""
    _, ids = filled
    with service.client(Scope.READ, tenant="matches") as reader:
        check_problem(reader.post("/v1/matches", json={"role": ids["role"]}), 403, "forbidden")
    with service.client(tenant="strangers") as stranger:
        check_problem(stranger.get(f"/v1/roles/{ids['role']}"), 404, "not_in_corpus")
        check_problem(stranger.post("/v1/matches", json={"role": ids["role"]}), 404, "not_in_corpus")
