"""The service's tables. Text columns that end in `json` hold JSON; none holds text of a resume but
`uploads.data`, until the upload is settled, and `match_reports.content`, which an erasure takes away.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Identity, Index, Integer, LargeBinary, Table, Text, text

from matcher.store.schema import SERIAL, UtcTime, belongs, key_column, metadata

# Keys of the API. The secret is not kept: `sha256` is of 32 random bytes, which nobody can try out.
api_keys = Table(
    "api_keys",
    metadata,
    key_column("tenant"),
    key_column("id"),
    Column("name", Text, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("scopes", Text, nullable=False),  # separated by spaces
    Column("created", UtcTime, nullable=False),
    Column("expires", UtcTime),
    Column("revoked", UtcTime),
    Column("last_used", UtcTime),
    Index("api_keys_id", "id", unique=True),
)

# Who read or wrote whose data, when. Rows are added and never changed.
audit_log = Table(
    "audit_log",
    metadata,
    Column("id", SERIAL, Identity(), primary_key=True),
    key_column("tenant", primary=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", Text, nullable=False),  # the id of a key, or "system"
    Column("action", Text, nullable=False),  # such as candidate.read
    Column("kind", Text, nullable=False),  # of the subject: candidate, role, match ...
    Column("subject", Text, nullable=False),  # its id
    Column("request_id", Text),
    Index("audit_log_subject", "tenant", "subject"),
    sqlite_autoincrement=True,
)

# The first answer to a request with an Idempotency-Key. `status` is null while it is in flight.
idempotency = Table(
    "idempotency",
    metadata,
    key_column("tenant"),
    key_column("api_key"),
    key_column("key"),
    Column("request_sha256", LargeBinary, nullable=False),  # of method, path, type and body
    Column("created", UtcTime, nullable=False),
    Column("status", Integer),
    Column("headers_json", Text),
    Column("body", LargeBinary),  # null once a person it is about was erased
    Index("idempotency_created", "tenant", "created"),
)

# The people whom a kept answer is about.
idempotency_people = Table(
    "idempotency_people",
    metadata,
    key_column("tenant"),
    key_column("api_key"),
    key_column("key"),
    key_column("candidate"),
    belongs(["api_key", "key"], "idempotency", ["api_key", "key"]),
    Index("idempotency_people_candidate", "tenant", "candidate"),
)

# Slow work. What is to be done is in the rows; the queue carries their ids.
jobs = Table(
    "jobs",
    metadata,
    key_column("tenant"),
    key_column("id"),
    Column("kind", Text, nullable=False),  # candidates.create, matches.create, backfill ...
    Column("state", Text, nullable=False),  # queued, running, done, failed, cancelled
    Column("request_json", Text, nullable=False),  # ids and settings
    Column("result_json", Text),
    Column("total", Integer, nullable=False),
    Column("code", Text),  # why it failed as a whole
    Column("message", Text),
    Column("actor", Text, nullable=False),
    Column("request_id", Text),
    Column("created", UtcTime, nullable=False),
    Column("started", UtcTime),
    Column("seen", UtcTime),  # when the process that works on it last said so
    Column("finished", UtcTime),
    Column("attempt", Integer, nullable=False),  # 1, and one more for each retry
    Index("jobs_state", "tenant", "state", "created"),
)

job_items = Table(
    "job_items",
    metadata,
    key_column("tenant"),
    key_column("job"),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),  # pending, done, failed, cancelled
    Column("upload", Text),
    Column("candidate", Text),
    Column("outcome", Text),  # added, revised, unchanged
    Column("code", Text),
    Column("message", Text),
    belongs(["job"], "jobs", ["id"]),
    Index("job_items_candidate", "tenant", "candidate"),
    Index("job_items_state", "tenant", "state"),
)

# Files that were accepted and are not taken in yet.
uploads = Table(
    "uploads",
    metadata,
    key_column("tenant"),
    key_column("id"),
    Column("data", LargeBinary),  # null until it was fetched from `labels_json`'s resume_url
    Column("sha256", LargeBinary),  # of `data`
    Column("labels_json", Text, nullable=False),  # file name, candidate, tags, source, external ids
    Column("candidate", Text),
    Column("created", UtcTime, nullable=False),
    Index("uploads_candidate", "tenant", "candidate"),
    Index("uploads_sha256", "tenant", "sha256"),
)

# A role against people, as it came out: a report for each, in order.
matches = Table(
    "matches",
    metadata,
    key_column("tenant"),
    key_column("id"),
    Column("role", Text, nullable=False),
    Column("role_revision", Integer, nullable=False),
    Column("today", Text, nullable=False),
    Column("request_json", Text, nullable=False),
    Column("result_json", Text),  # what stands above the list; null while it is made
    Column("engine", Text, nullable=False),
    Column("job", Text),
    Column("created", UtcTime, nullable=False),
    belongs(["role", "role_revision"], "role_revisions", ["role", "number"]),
    Index("matches_role", "tenant", "role"),
)

match_reports = Table(
    "match_reports",
    metadata,
    key_column("tenant"),
    key_column("match"),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("candidate", Text, nullable=False),
    Column("score", Float),
    Column("content", LargeBinary, nullable=False),  # JSON
    belongs(["match"], "matches", ["id"]),
    belongs(["candidate"], "candidates", ["id"]),
    Index("match_reports_candidate", "tenant", "candidate"),
)

webhook_endpoints = Table(
    "webhook_endpoints",
    metadata,
    key_column("tenant"),
    key_column("id"),
    Column("url", Text, nullable=False),
    Column("events", Text, nullable=False),  # separated by spaces
    Column("secret", Text, nullable=False),  # whsec_...: it signs, so it cannot be a hash
    Column("previous_secret", Text),
    Column("previous_until", UtcTime),
    Column("disabled", Text),  # why
    Column("delivered", UtcTime),  # when something last arrived
    Column("failed", UtcTime),  # when a delivery was last given up
    Column("created", UtcTime, nullable=False),
)

webhook_events = Table(
    "webhook_events",
    metadata,
    key_column("tenant"),
    key_column("id"),
    Column("type", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("data_json", Text, nullable=False),  # ids alone
    Index("webhook_events_at", "tenant", "at"),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    key_column("tenant"),
    key_column("id"),
    Column("endpoint", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("state", Text, nullable=False),  # pending, delivered, failed
    Column("attempt", Integer, nullable=False),  # made so far
    Column("due", UtcTime),
    Column("status", Integer),  # of the last answer
    Column("error", Text),
    Column("at", UtcTime),  # of the last attempt
    Column("ended", UtcTime),
    belongs(["endpoint"], "webhook_endpoints", ["id"]),
    belongs(["event"], "webhook_events", ["id"]),
    Index("webhook_deliveries_due", "tenant", "state", "due"),
)

# Events of other systems that were handled: they are sent at least once.
inbound_events = Table(
    "inbound_events",
    metadata,
    key_column("tenant"),
    key_column("system"),
    key_column("event"),
    Column("received", UtcTime, nullable=False),
)

# What an ATS asked to be assessed: one person against one role revision.
assessments = Table(
    "assessments",
    metadata,
    key_column("tenant"),
    key_column("id"),
    Column("system", Text, nullable=False),  # greenhouse, ashby
    Column("external", Text, nullable=False),  # what the ATS means by asking again
    Column("person", Text),  # the ATS's own key of the person
    Column("role", Text),  # null until the ATS's posting is read
    Column("role_revision", Integer),
    Column("candidate", Text),  # null until the resume is in
    Column("state", Text, nullable=False),  # pending, complete, failed, cancelled
    Column("callback", Text),
    Column("job", Text),
    Column("result_json", Text),  # counts
    Column("code", Text),
    Column("message", Text),
    Column("due", UtcTime),  # when the ATS is to be told
    Column("attempt", Integer, nullable=False),  # how often that failed
    Column("created", UtcTime, nullable=False),
    Column("updated", UtcTime, nullable=False),
    belongs(["role", "role_revision"], "role_revisions", ["role", "number"]),
    belongs(["candidate"], "candidates", ["id"]),
    Index("assessments_external", "tenant", "system", "external"),
    Index("assessments_person", "tenant", "system", "person"),
    Index("assessments_candidate", "tenant", "candidate"),
    Index("assessments_due", "due"),
    # One at a time of each, whoever asks twice at once.
    Index(
        "assessments_pending",
        "tenant",
        "system",
        "external",
        unique=True,
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
)

# How another system is reached, and how far its people were read.
connections = Table(
    "connections",
    metadata,
    key_column("tenant"),
    key_column("system"),
    Column("credentials_json", Text, nullable=False),  # they are sent to that system, so they are kept whole
    Column("settings_json", Text, nullable=False),
    Column("cursor_json", Text),
    Column("updated", UtcTime, nullable=False),
)

# Random bytes that sign links and cursors: one row, made when it is first asked for.
secrets = Table(
    "secrets",
    metadata,
    key_column("tenant"),
    key_column("name"),
    Column("value", LargeBinary, nullable=False),
)

SERVICE_TABLES = (
    api_keys,
    audit_log,
    idempotency,
    idempotency_people,
    jobs,
    job_items,
    uploads,
    matches,
    match_reports,
    webhook_endpoints,
    webhook_events,
    webhook_deliveries,
    inbound_events,
    assessments,
    connections,
    secrets,
)
