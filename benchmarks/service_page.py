"""What `service_load.py` measured, as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from index_curve import machine

Samples = Sequence[tuple[float, Mapping[str, float]]]

PARTS = {
    "answering": "answer requests",
    "working": "does the slow work",
    "parsing": "parse resumes for it",
}


def page_of(said: Mapping[str, Any], workers: int, loads: Sequence[float]) -> str:
    """The page in Markdown, with what was measured of its parts."""
    parts = [
        "# The service under load\n\n"
        f"Measured on {date.today():%d %B %Y} on {machine()}, under a load of {min(loads):.1f} to "
        f"{max(loads):.1f} (its own included), with `matcher serve --workers {workers}` and a corpus of "
        "2,000 people in SQLite; `benchmarks/service_load.py` says how. The requests come from the same "
        "machine: the processor time of what sends them stands beside the service's."
    ]
    if "search" in said or "match" in said:
        parts.append(_rates(said))
    if "upload" in said:
        parts.append(_uploads(said["upload"]))
    if "memory" in said:
        parts.append(_memory(said["memory"]["samples"]))
    if "overload" in said:
        parts.append(_overload(said["overload"]))
    return "\n\n".join(parts) + "\n"


def _milliseconds(of: Mapping[str, float], before: str = "") -> str:
    return " / ".join(f"{of[f'{before}p{share}'] * 1e3:.0f}" for share in (50, 95, 99))


def _rates(said: Mapping[str, Any]) -> str:
    lines = [
        "## Requests a second",
        "",
        "`most`: from eight connections that ask again at once. The times are those at the rate beside them, "
        "from the moment a request was due. CPU is processor time: of the service for each request, and of "
        "what sends them for each second.",
        "",
        "| | most, 1/s | at 1/s | p50 / p95 / p99, ms | refused | CPU a request | CPU of the load |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    names = {"search": "search, 10 people with quotes", "match": "match, 1 role x 50 people"}
    for name in (name for name in names if name in said):
        of = said[name]
        lines.append(
            f"| {names[name]} | {of['most']:.1f} | {of['asked']:.1f} | {_milliseconds(of)} | "
            f"{of['refused']:.1%} | {of['cpu'] * 1e3:.1f} ms | {of['load_cpu'] * 1e3:.0f} ms/s |"
        )
    return "\n".join(lines)


def _uploads(of: Mapping[str, float]) -> str:
    return (
        "## Uploads\n\n"
        "| | |\n|---|---:|\n"
        f"| accepted (202), p50 / p95 / p99 | {_milliseconds(of)} ms |\n"
        f"| one alone, from the upload until a search finds the person | {_milliseconds(of, 'alone_')} ms |\n"
        f"| taken in, of many | {of['taken_in']:.1f} a second |"
    )


def _memory(samples: Samples) -> str:
    """The first is that of when a tenth of the time is over: caches are filled until then."""
    times = np.array([at for at, _ in samples])
    begun = int(np.searchsorted(times, times[-1] / 10))
    lines = [
        "## Memory",
        "",
        f"Of {times[-1] / 60:.0f} minutes of ten searches, half a match and half an upload a second; "
        "megabytes of private memory, without mapped files. The slope is that of the second half.",
        "",
        "| processes that | after a tenth | in the middle | at the end | slope, MB a minute |",
        "|---|---:|---:|---:|---:|",
    ]
    for part, name in PARTS.items():
        values = np.array([of[part] for _, of in samples])
        half = len(values) // 2
        slope = np.polyfit(times[half:], values[half:], 1)[0] * 60
        chosen = " | ".join(f"{values[place]:.0f}" for place in (begun, half, len(values) - 1))
        lines.append(f"| {name} | {chosen} | {slope:+.1f} |")
    return "\n".join(lines)


def _overload(of: Mapping[str, Any]) -> str:
    return (
        "## More than it can take\n\n"
        f"{of['offered']:.0f} searches a second, four times the most: {of['done']:.1f} a second are "
        f"answered, with a 99th percentile of {of['heavy_p99'] * 1e3:.0f} ms, and {of['shed']:.1%} refused "
        f"with 503 or 429 (anything else: {of['faults']:.1%}). Before, at half of the most, the 99th "
        f"percentile is {of['usual_p99'] * 1e3:.0f} ms, of the worst second {of['worst_second'] * 1e3:.0f} "
        f"ms. {of['recovery']:.0f} s after its end begin three seconds of which none is worse than that one. "
        f"The 99th percentiles of the seconds after it, in ms: "
        f"{', '.join(f'{each * 1e3:.0f}' for each in of['seconds_after'])}."
    )
