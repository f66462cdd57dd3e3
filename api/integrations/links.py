"""Links to reports that expire: what they open is in them, signed with a secret of the tenant."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from api.state import Services

SECRET = "report_links"
PATH = "/integrations/reports/"

_LONGEST = 400
_EXPIRES = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Link:
    """What a link opens, and until when."""

    tenant: str
    assessment: str
    expires: datetime


def report_link(services: Services, link: Link) -> str:
    """The address of a report."""
    said = f"{link.tenant}.{link.assessment}.{int(link.expires.timestamp())}"
    address = services.settings.public_url.rstrip("/")
    return f"{address}{PATH}{said}.{_signature(services, link.tenant, said)}"


def read_link(services: Services, token: str) -> Link | None:
    """What a link opens, None for one that was not made here. Whether it has expired is the caller's."""
    if len(token) > _LONGEST or not token.isascii() or token.count(".") < 3:
        return None
    said, _, signature = token.rpartition(".")
    tenant, assessment, expires = said.rsplit(".", 2)
    # Only a tenant who is known has a secret: a made up name must not make a corpus.
    if not _EXPIRES.fullmatch(expires) or tenant not in services.first.store.tenants():
        return None
    if not hmac.compare_digest(_signature(services, tenant, said), signature):
        return None
    return Link(tenant, assessment, datetime.fromtimestamp(int(expires), UTC))


def _signature(services: Services, tenant: str, said: str) -> str:
    secret = services.store(tenant).secrets.get(SECRET)
    return base64.urlsafe_b64encode(hmac.digest(secret, said.encode(), hashlib.sha256)).decode().rstrip("=")
