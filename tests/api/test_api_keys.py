"""`matcher keys`: made, shown once, listed, replaced and taken back."""

from __future__ import annotations

import base64
import json
import time
from pathlib import Path

import httpx
import pytest
from api_service import Service, check_problem
from typer.testing import CliRunner, Result

from matcher.cli import app


def _run(corpus: str | Path, *arguments: str, tenant: str = "keys") -> Result:
    return CliRunner().invoke(app, ["keys", *arguments, "--corpus", str(corpus), "--tenant", tenant])


def _made(corpus: str | Path, *arguments: str, command: str = "make") -> dict[str, str]:
    result = _run(corpus, command, *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, str] = json.loads(result.stdout)
    return found


def _status(service: Service, key: str, path: str = "/v1/roles") -> int:
    return httpx.get(f"{service.url}{path}", headers={"Authorization": f"Bearer {key}"}).status_code


def test_a_key_is_shown_once_and_opens_what_its_scopes_say(service: Service) -> None:
    """Without scopes it reads and writes; the list shows all of it but the secret."""
    made = _made(service.corpus, "greenhouse", "--days", "30")
    assert (made["tenant"], made["scopes"]) == ("keys", ["read", "write"])
    assert _status(service, made["key"]) == 200
    assert _status(service, made["key"], "/v1/audit") == 403
    listed = _run(service.corpus, "list", "--format", "json")
    secret = made["key"].split("_", 2)[2]
    (mine,) = [each for each in json.loads(listed.stdout)["keys"] if each["id"] == made["id"]]
    assert mine["last_used"] is not None
    assert secret not in listed.stdout + _run(service.corpus, "list").stdout
    assert secret not in service.kept()


@pytest.mark.both_databases
def test_rotation_overlaps_and_revoking_takes_a_second_at_most(service: Service) -> None:
    """Both keys open for a while; what is taken back opens nothing a second later."""
    old = _made(service.corpus, "ashby", "--scope", "read")
    new = _made(service.corpus, old["id"], command="rotate")
    assert new["scopes"] == ["read"]
    assert (_status(service, old["key"]), _status(service, new["key"])) == (200, 200)
    assert _run(service.corpus, "revoke", new["id"]).exit_code == 0
    time.sleep(1)
    assert (_status(service, old["key"]), _status(service, new["key"])) == (200, 401)
    at_once = _made(service.corpus, old["id"], "--keep-hours", "0", command="rotate")
    time.sleep(1)
    assert (_status(service, old["key"]), _status(service, at_once["key"])) == (401, 200)


def test_keys_are_of_one_tenant(service: Service) -> None:
    """Another tenant neither lists nor revokes them, and they open nothing of another's."""
    made = _made(service.corpus, "mine")
    assert made["id"] not in _run(service.corpus, "list", tenant="others").stdout
    for command in ("revoke", "rotate"):
        refused = _run(service.corpus, command, made["id"], tenant="others")
        assert refused.exit_code != 0
        assert "not_in_corpus" in refused.output
    assert _status(service, made["key"]) == 200


@pytest.mark.parametrize(
    "arguments",
    [("make", "x", "--scope", "everything"), ("make", " "), ("revoke", "nothing"), ("rotate", "x")],
)
def test_what_cannot_be_done_is_said(service: Service, arguments: tuple[str, ...]) -> None:
    """In a sentence."""
    refused = _run(service.corpus, *arguments)
    assert refused.exit_code not in (0, None)
    assert "Traceback" not in refused.output
    assert refused.output.strip()


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Basic",
        "Basic !!!",
        "Basic " + base64.b64encode(b"mk_\0_x:").decode(),
        "Digest x",
    ],
)
def test_no_key_no_data(service: Service, header: str) -> None:
    """Whatever else stands in its place."""
    refused = httpx.get(f"{service.url}/v1/roles", headers={"Authorization": header} if header else {})
    check_problem(refused, 401, "unauthenticated")
    assert refused.headers["www-authenticate"].startswith("Bearer")
