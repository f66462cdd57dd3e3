"""The page that describes the service: complete, and nothing from elsewhere."""

from __future__ import annotations

import json
import re

import httpx
from api_service import Service

from api import problems
from api.page import _example
from matcher.errors import all_errors


def test_the_page_shows_every_operation_and_loads_nothing(service: Service) -> None:
    """It has no script, no address of another machine, and a policy that would forbid both."""
    schema = httpx.get(f"{service.url}/openapi.json", timeout=60).json()
    answer = httpx.get(f"{service.url}/docs")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not re.search(r"<(script|img|link|iframe)|src=|url\(|@import", answer.text)
    assert not re.search(r'href="(?!#|/openapi\.json)', answer.text)
    for path, operations in schema["paths"].items():
        assert f"<code>{path}</code>" in answer.text
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in answer.text
            assert operation["summary"]
            assert operation["description"]
    ids = re.findall(r'id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', answer.text)) <= set(ids)


def test_the_description_is_whole(service: Service) -> None:
    """Each operation has a name of its own; each reference leads somewhere; all but a few need a key."""
    schema = httpx.get(f"{service.url}/openapi.json", timeout=60).json()
    assert schema["openapi"].startswith("3.1")
    operations = [each for path in schema["paths"].values() for each in path.values()]
    names = [each["operationId"] for each in operations]
    assert len(names) == len(set(names))
    shapes = schema["components"]["schemas"]
    assert set(re.findall(r"#/components/schemas/(\w+)", str(schema))) <= set(shapes)
    keyed = {each["operationId"] for each in operations if "security" in each}
    assert {"healthz", "readyz"} <= set(names) - keyed
    assert {"list_candidates", "read_metrics", "version", "list_audit"} <= keyed


def test_every_field_and_parameter_is_described(service: Service) -> None:
    """Of all that is this service's own; what an ATS calls is described by the ATS."""
    schema = httpx.get(f"{service.url}/openapi.json", timeout=60).json()
    paths = {path: found for path, found in schema["paths"].items() if not path.startswith("/integrations/")}
    own = [operation for operations in paths.values() for operation in operations.values()]
    silent = [
        (operation["operationId"], each["name"])
        for operation in own
        for each in operation.get("parameters", ())
        if not each.get("description")
    ]
    shapes, waiting = set(), re.findall(r"#/components/schemas/(\w+)", str([own, schema["webhooks"]]))
    while waiting:
        if (name := waiting.pop()) not in shapes:
            shapes.add(name)
            shape = schema["components"]["schemas"][name]
            waiting += re.findall(r"#/components/schemas/(\w+)", str(shape))
            fields = shape.get("properties", {}).items()
            silent += [(name, field) for field, said in fields if not said.get("description")]
    assert len(shapes) > 30
    assert silent == []


def test_every_code_of_a_problem_is_in_the_page(service: Service) -> None:
    """With its status: who writes a client has to know them beforehand."""
    rows = re.findall(
        r"<tr>\s*<td><code>(\w+)</code></td>\s*<td>(\d+)</td>", httpx.get(f"{service.url}/docs").text
    )
    assert {(int(status), code) for code, status in rows} >= {
        (401, "unauthenticated"),
        (404, "not_in_corpus"),
        (409, "idempotency_in_flight"),
        (422, "document_password_protected"),
        (429, "rate_limited"),
    }
    assert {code for code, _ in rows} == {*all_errors(), *problems._OWN}


def test_the_description_says_which_scope_is_needed(service: Service) -> None:
    """Whoever makes a key has to know."""
    paths = httpx.get(f"{service.url}/openapi.json").json()["paths"]
    for path, method, scope in (
        ("/v1/roles", "get", "read"),
        ("/v1/matches", "post", "write"),
        ("/v1/candidates/{candidate_id}", "delete", "erase"),
        ("/v1/audit", "get", "admin"),
    ):
        assert paths[path][method]["description"].endswith(f"Needs the scope `{scope}`.")


def test_whoever_copies_an_example_is_understood(service: Service) -> None:
    """Every body that the page shows has all that it needs; what it names is nobody's."""
    schema = httpx.get(f"{service.url}/openapi.json").json()
    with service.client(tenant="copied") as client:
        for path in ("/v1/matches", "/v1/explain", "/v1/search", "/v1/applications", "/v1/roles"):
            shape = schema["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
            answer = client.post(path, json=json.loads(_example(shape, schema)))
            assert answer.status_code in (200, 201, 404), answer.text
