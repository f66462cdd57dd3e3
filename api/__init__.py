"""The service that an applicant tracking system calls: HTTP over the library, and nothing of its own to say
about anybody.

request -> key -> tenant's Corpus -> the library's answer -> JSON, or a problem (RFC 9457)

Slow work is put down as a job and done by a worker process (`api.worker`) from a durable queue.
"""
