"""The service under load: searches, matches and uploads a second, memory, and more than it can take.

    python benchmarks/service_load.py FOLDER CACHE CORPUS [--workers 2] [--seconds 15] [--minutes 1]
        [--only search,match,upload,memory,overload] [--write]

FOLDER and CACHE are those of `corpus_text.py`; CORPUS is a folder with 2,000 of its people, built there by
`corpus_build.py` when it is not there yet (three minutes of two cores). The service runs over a copy of it,
as `matcher serve` starts it, and is asked over loopback by `http_load.py`, whose processor time is printed
beside the figures: the cores are shared. The texts, people and resumes are of persons that are not in CORPUS,
and nothing is asked twice. `--write` writes docs/service-speed.md, where what is not measured this time stays
as it was.

  search    a sentence of three to eight words, ten people with their quotes
  match     one of the fixtures' roles against 50 people, with a kept report of each
  upload    a resume in Markdown, some 4 KB: accepted with 202; and until a search finds its person
  memory    ten searches, half a match and half an upload a second, for some minutes
  overload  searches at four times the rate the service can take, between times of half that rate
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from common import ROOT
from corpus_build import SEED, build
from corpus_text import Candidate, candidates
from http_load import PATIENCE
from service_page import page_of
from service_process import Running, Sampler, serving

PEOPLE = 2_000  # in the corpus; those behind them are what is asked and sent
TARGET = 100.0  # searches a second
PAIRS = 50  # people of a match
JSON = "application/json"

Request = list[str]


class Material:
    """What is asked and sent; nothing comes twice."""

    def __init__(self, folder: Path, cache: Path) -> None:
        shards = candidates(folder, cache, SEED, PEOPLE + 2_000)
        others = [one for one in chain.from_iterable(shards) if one.number >= PEOPLE]
        chance = random.Random(SEED)
        lines = [line for one in others[:1_000] for job in one.jobs for line in job.lines]
        chance.shuffle(lines)
        texts = dict.fromkeys(_part(line, chance) for _ in range(4) for line in lines)
        self._texts, self._chance = iter(texts), chance
        self.resumes: Iterator[Candidate] = iter(others[1_000:])

    def searches(self, many: float) -> list[Request]:
        """So many searches."""
        return [
            ["POST", "/v1/search", JSON, json.dumps({"text": next(self._texts)})] for _ in range(int(many))
        ]

    def matches(self, many: float, roles: Sequence[str], people: Sequence[str]) -> list[Request]:
        """So many matches, each of other people."""
        bodies = (
            {"role": self._chance.choice(roles), "candidates": self._chance.sample(people, PAIRS)}
            for _ in range(int(many))
        )
        return [["POST", "/v1/matches", JSON, json.dumps(body)] for body in bodies]

    def uploads(self, many: float) -> list[Request]:
        """So many resumes."""
        return [
            ["POST", "/v1/candidates?source=load", "text/markdown", next(self.resumes).markdown]
            for _ in range(int(many))
        ]


def _part(line: str, chance: random.Random) -> str:
    """Three to eight words of a line that stand together."""
    words = line.split()
    begin = chance.randint(0, max(0, len(words) - 3))
    return " ".join(words[begin : begin + chance.randint(3, 8)])


def said_of(found: dict[str, Any], phase: int = 0) -> dict[str, float]:
    """Requests a second, percentiles of those that were done, and the share of the others."""
    answers = [each for each in found["answers"] if each[0] == phase]
    done = [seconds for _, _, seconds, status in answers if 200 <= status < 300]
    span = max(due + seconds for _, due, seconds, _ in answers) - min(due for _, due, _, _ in answers)
    p50, p95, p99 = np.percentile(done or [PATIENCE], (50, 95, 99))
    return {
        "rate": len(done) / span,
        "p50": float(p50),
        "p95": float(p95),
        "p99": float(p99),
        "refused": 1 - len(done) / len(answers),
    }


def measured(
    service: Running,
    requests: Callable[[float], list[Request]],
    seconds: float,
    wanted: float | None,
    most: int,
) -> dict[str, float]:
    """The most that the service takes, from eight connections, then the times at a rate: the one that is
    wanted, or where it takes less than that or none is, at four fifths of the most."""
    service.load(requests(20), [[10, 2]], 4)  # pages, caches and connections
    most_taken = said_of(service.load(requests(most), [[0, seconds]], 8))
    if not most_taken["rate"]:
        raise RuntimeError("The service answered nothing.")
    share = 0.8 * most_taken["rate"]
    rate = share if wanted is None or wanted > most_taken["rate"] else wanted
    cpu = service.cpu()
    found = service.load(requests(rate * seconds + 1), [[rate, seconds]], 64)
    own = {"cpu": (service.cpu() - cpu) / len(found["answers"]), "load_cpu": found["cpu"] / seconds}
    return {"most": most_taken["rate"], **said_of(found), "asked": rate, **own}


def uploads(service: Running, material: Material, seconds: float) -> dict[str, float]:
    """How fast resumes are accepted and taken in, and one alone until a search finds its person."""
    alone = []
    for _ in range(max(5, round(seconds))):
        one, begun = next(material.resumes), time.perf_counter()
        status, job = service.ask("POST", "/v1/candidates?source=alone", one.markdown)
        if status != 202:
            raise RuntimeError(f"An upload was answered {status}.")
        _settled(service, job["links"]["self"])
        _, items = service.ask("GET", job["links"]["items"])
        line = {"text": one.jobs[0].lines[0], "where": "source:alone", "top": 20}
        _, found = service.ask("POST", "/v1/search", line)
        if items["items"][0]["candidate_id"] not in [each["candidate"]["id"] for each in found["people"]]:
            raise RuntimeError("A search does not find a resume that was taken in.")
        alone.append(time.perf_counter() - begun)
    many, begun = max(40, round(seconds * 8)), time.perf_counter()
    found = service.load(material.uploads(many), [[many / seconds, seconds]], 16)
    _, newest = service.ask("GET", "/v1/jobs?limit=1")
    while any(
        job["state"] in ("queued", "running") for job in service.ask("GET", "/v1/jobs?limit=200")[1]["items"]
    ):
        time.sleep(0.1)
    assert newest["items"]
    p50, p95, p99 = np.percentile(alone, (50, 95, 99))
    searchable = {"alone_p50": float(p50), "alone_p95": float(p95), "alone_p99": float(p99)}
    return {**said_of(found), **searchable, "taken_in": many / (time.perf_counter() - begun)}


def _settled(service: Running, path: str) -> None:
    until = time.monotonic() + PATIENCE
    while service.ask("GET", path)[1]["state"] in ("queued", "running"):
        if time.monotonic() > until:
            raise TimeoutError("A job does not come to its end.")
        time.sleep(0.02)


def overload(service: Running, material: Material, most: float, seconds: float) -> dict[str, Any]:
    """Half of what it takes, four times what it takes, half again: what is refused, and how many seconds pass
    until three in a row have 99th percentiles that are no worse than that of the worst one before."""
    half, much = most / 2, most * 4
    phases = [[half, seconds], [much, seconds], [half, seconds + 10]]
    several = sum(rate * long for rate, long in phases) + 10
    found = service.load(material.searches(min(several, 9_000)), phases, 256)
    usual, heavy = said_of(found), said_of(found, 1)
    worst = max(_by_second(found, 0, 1.0).values())
    after = list(_by_second(found, 2, 2 * seconds).values())
    quiet = [max(after[second : second + 3]) <= worst for second in range(len(after) - 2)]
    statuses = collections.Counter(int(status) for phase, _, _, status in found["answers"] if phase == 1)
    shed = sum(number for status, number in statuses.items() if status in (429, 503))
    return {
        "usual_p99": usual["p99"],
        "worst_second": worst,
        "offered": much,
        "done": heavy["rate"],
        "shed": shed / statuses.total(),
        "faults": (statuses.total() - shed - statuses[200]) / statuses.total(),
        "heavy_p99": heavy["p99"],
        "after": said_of(found, 2)["p99"],
        "seconds_after": after,
        "recovery": float(quiet.index(True) if True in quiet else len(after)),
    }


def _by_second(found: dict[str, Any], phase: int, begun: float) -> dict[int, float]:
    """The 99th percentile of the requests that were due in each second of a phase, from its beginning; one
    that was not done counts as long as anybody waits."""
    seconds: dict[int, list[float]] = collections.defaultdict(list)
    for number, due, long, status in found["answers"]:
        if number == phase and due >= begun:
            seconds[int(due - begun)].append(long if status == 200 else PATIENCE)
    return {second: float(np.percentile(long, 99)) for second, long in sorted(seconds.items())}


def memory(
    service: Running, material: Material, roles: Sequence[str], people: Sequence[str], minutes: float
) -> list[tuple[float, dict[str, float]]]:
    """Megabytes of the service's processes over time, under a mixed load."""
    rate, seconds = 11.0, minutes * 60
    mixed: list[Request] = []
    for _ in range(int(rate * seconds / 22) + 1):
        mixed += [*material.searches(20), *material.matches(1, roles, people), *material.uploads(1)]
    with Sampler(service) as sampler:
        service.load(mixed, [[rate, seconds]], 16)
    return sampler.samples


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name in ("folder", "cache", "corpus"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--only", default="search,match,upload,memory,overload")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if not given.corpus.exists():
        build(given.folder, given.cache, given.corpus, PEOPLE)
    material, only = Material(given.folder, given.cache), given.only.split(",")
    said: dict[str, Any] = {}
    loads: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory(dir=given.cache) as work:
        copy = Path(work) / "corpus"
        shutil.copytree(given.corpus, copy)
        with serving(copy, given.workers) as service:
            files = sorted((ROOT / "data" / "fixtures" / "roles").glob("*.txt"))
            roles = [
                service.ask("POST", "/v1/roles", {"text": file.read_text("utf-8")})[1]["id"] for file in files
            ]
            people, cursor = [], ""
            while len(people) < PEOPLE // 2:
                _, page = service.ask("GET", f"/v1/candidates?limit=200{cursor}")
                people += [each["id"] for each in page["items"]]
                cursor = f"&cursor={page['next_cursor']}"
            for name, measure in {
                "search": lambda: measured(
                    service, material.searches, given.seconds, TARGET, int(given.seconds * 150)
                ),
                "match": lambda: measured(
                    service,
                    lambda many: material.matches(many, roles, people),
                    given.seconds,
                    None,
                    int(given.seconds * 20),
                ),
                "upload": lambda: uploads(service, material, given.seconds),
                "memory": lambda: {"samples": memory(service, material, roles, people, given.minutes)},
                "overload": lambda: overload(
                    service, material, said.get("search", {"most": TARGET})["most"], given.seconds
                ),
            }.items():
                if name in only:
                    before = os.getloadavg()[0]
                    said[name] = measure()
                    loads[name] = before, os.getloadavg()[0]
                    print(name, json.dumps(said[name]), f"load {loads[name][1]:.1f}", flush=True)
    page = ROOT / "docs" / "service-speed.md"
    text = page_of(said, loads, given.workers, page.read_text("utf-8") if page.exists() else "")
    print(text)
    if given.write:
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
