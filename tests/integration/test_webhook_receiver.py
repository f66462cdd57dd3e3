"""The receiver of docs/webhooks.md believes what is signed, once, and nothing else."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from api.webhooks.signing import new_secret, signed_headers

PAGE = Path(__file__).parents[2] / "docs" / "webhooks.md"


def test_the_receiver_of_the_page_verifies() -> None:
    """Signed by its secret, old or new, it prints the event once; forged or stale, it refuses."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    secret, now = new_secret(), datetime.now(UTC)
    environment = {**os.environ, "WEBHOOK_SECRET": secret, "PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port), 0.1).close()
                break
            except OSError:
                time.sleep(0.05)

        def sent(keys: list[str], moment: datetime = now, body: bytes = b'{"type":"webhook.test"}') -> int:
            headers = signed_headers("evt_1", b'{"type":"webhook.test"}', keys, moment)
            return httpx.post(f"http://127.0.0.1:{port}/", content=body, headers=headers).status_code

        assert sent([new_secret()]) == 401
        assert sent([secret], now - timedelta(minutes=6)) == 401
        assert sent([secret], body=b'{"type":"webhook.text"}') == 401
        assert [sent([secret]), sent([new_secret(), secret])] == [204, 204]
    finally:
        process.kill()
        printed, _ = process.communicate()
    assert printed == '{"type":"webhook.test"}\n'
