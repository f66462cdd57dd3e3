"""What `service_load.py` measured, as a page. Each of its sections says when it was measured and under what
load: one that a run leaves out keeps what an earlier run wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from index_curve import machine

from api.settings import ServiceSettings

Samples = Sequence[tuple[float, Mapping[str, float]]]

HEAD = (
    "# The service under load\n\n"
    "`matcher serve` over a corpus of 2,000 people in SQLite; `benchmarks/service_load.py` says how. The "
    "requests come from the same machine: the processor time of what sends them stands beside the service's. "
    "Loads are of the machine, the service's own included.\n\n"
    "`most`: from eight connections that ask again at once. The times are those at the rate beside it, from "
    "the moment a request was due. CPU is processor time: of the service for each request, and of what sends "
    "them for each second."
)
TITLES = {
    "search": "Searches",
    "match": "Matches",
    "upload": "Uploads",
    "memory": "Memory",
    "overload": "More than it can take",
}
PARTS = {
    "answering": "answer requests",
    "working": "does the slow work",
    "parsing": "parse resumes for it",
}


def page_of(
    said: Mapping[str, Any], loads: Mapping[str, tuple[float, float]], workers: int, before: str
) -> str:
    """The page in Markdown: a section for each part that was measured, by name, with the load of the machine
    before and after it; the others as they stand in `before`, the page so far."""
    written = {
        "search": lambda of: _rates("a search, 10 people with quotes", of),
        "match": lambda of: _rates("a match, 1 role x 50 people", of),
        "upload": _uploads,
        "memory": lambda of: _memory(of["samples"]),
        "overload": _overload,
    }
    sections = _sections(before)
    for name, of in said.items():
        when = (
            f"Measured on {date.today():%d %B %Y} on {machine()}, under a load of {min(loads[name]):.1f} to "
            f"{max(loads[name]):.1f}, with `--workers {workers}` and {ServiceSettings.of().threads} threads "
            "in each."
        )
        sections[TITLES[name]] = f"## {TITLES[name]}\n\n{when}\n\n{written[name](of)}"
    found = [sections[title] for title in TITLES.values() if title in sections]
    return "\n\n".join([HEAD, *found]) + "\n"


def _sections(page: str) -> dict[str, str]:
    """The sections of a page by their titles, each with its heading."""
    found = re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]
    return {text.splitlines()[0].removeprefix("## "): text.strip() for text in found}


def _milliseconds(of: Mapping[str, float], before: str = "") -> str:
    return " / ".join(f"{of[f'{before}p{share}'] * 1e3:.0f}" for share in (50, 95, 99))


def _rates(what: str, of: Mapping[str, float]) -> str:
    return (
        "| | most, 1/s | at 1/s | p50 / p95 / p99, ms | refused | CPU a request | CPU of the load |\n"
        "|---|---:|---:|---:|---:|---:|---:|\n"
        f"| {what} | {of['most']:.1f} | {of['asked']:.1f} | {_milliseconds(of)} | {of['refused']:.1%} | "
        f"{of['cpu'] * 1e3:.1f} ms | {of['load_cpu'] * 1e3:.0f} ms/s |"
    )


def _uploads(of: Mapping[str, float]) -> str:
    return (
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
        f"{of['offered']:.0f} searches a second, four times the most: {of['done']:.1f} a second are "
        f"answered, with a 99th percentile of {of['heavy_p99'] * 1e3:.0f} ms, and {of['shed']:.1%} refused "
        f"with 503 or 429 (anything else: {of['faults']:.1%}). Before, at half of the most, the 99th "
        f"percentile is {of['usual_p99'] * 1e3:.0f} ms, of the worst second {of['worst_second'] * 1e3:.0f} "
        f"ms. {of['recovery']:.0f} s after its end begin three seconds of which none is worse than that one. "
        f"The 99th percentiles of the seconds after it, in ms: "
        f"{', '.join(f'{each * 1e3:.0f}' for each in of['seconds_after'])}."
    )
