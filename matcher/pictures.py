"""The pictures of the quotes that a report shows first, drawn in the worker processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future

from matcher.errors import InputError
from matcher.settings import Limits
from matcher.sources import Source, load, name_of
from matcher.types import MatchReport, Picture, Pictures, Place, QuotePictures, Ranking
from matcher.worker import Job
from matcher.workers import Outcome, WorkerPool

# Bytes of all pictures of one report. Base64 makes them a third larger: a file of 6 MB still goes by mail.
MOST_BYTES = 4_500_000
# Pictures of one file: each of them is shown, and nobody looks at more.
MOST_PICTURES = 40
# Bytes of one picture: a page full of photographs has less.
_MOST_PICTURE = 2_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_PDF = "application/pdf"
# Files drawn ahead, per worker process.
_AHEAD = 2

Quotes = tuple[tuple[Place, ...], ...]


def draw_pictures(
    pool: WorkerPool, limits: Limits, ranking: Ranking, resumes: Iterable[Source]
) -> QuotePictures:
    """Pictures of the quotes a reader of `ranking` sees first, best candidate first, until there is no room.

    `resumes` are the sources that were ranked. One that has changed since, or cannot be drawn, has no
    pictures; no source raises.
    """
    from matcher.reports import quotes_to_draw

    if ranking.blind:
        return QuotePictures({})
    named: dict[str, list[Source]] = {}
    for source in resumes:
        named.setdefault(name_of(source), []).append(source)
    wanted = deque(
        (report, quotes)
        for report in ranking.reports
        if report.resume.document.media_type == _PDF and (quotes := quotes_to_draw(report)[:MOST_PICTURES])
    )
    begun: deque[tuple[str, Quotes, Future[Outcome]]] = deque()
    found: dict[tuple[str, tuple[Place, ...]], Picture] = {}
    room, left_out = MOST_BYTES, 0
    while wanted or begun:
        while wanted and len(begun) < _AHEAD * pool.size:
            report, quotes = wanted.popleft()
            future = _begin(pool, limits, report, quotes, named.get(report.source, []))
            if future is not None:
                begun.append((report.resume.document.sha256, quotes, future))
        if not begun:
            break
        sha256, quotes, future = begun.popleft()
        for places, picture in _drawn(quotes, future.result()):
            if (sha256, places) in found:
                continue
            if len(picture.data) > room:
                room, left_out = 0, left_out + 1
            else:
                room -= len(picture.data)
                found[sha256, places] = picture
        if room == 0:
            left_out += sum(len(quotes) for _, quotes in wanted)
            wanted.clear()
    return QuotePictures(found, left_out)


def _begin(
    pool: WorkerPool, limits: Limits, report: MatchReport, quotes: Quotes, sources: Iterable[Source]
) -> Future[Outcome] | None:
    """Begin to draw the quotes of one report from the source it was read from; None where that is gone."""
    from hashlib import sha256

    for source in sources:
        try:
            file = load(source, limits)
        except InputError:
            continue
        if sha256(file.data).hexdigest() == report.resume.document.sha256:
            return pool.submit(Job("pictures", file.name, file.data, quotes))
    return None


def _drawn(quotes: Quotes, outcome: Outcome) -> Iterator[tuple[tuple[Place, ...], Picture]]:
    """What a worker drew and is no more than a picture: a hostile file may have taken the worker over."""
    if not isinstance(outcome, Pictures) or len(outcome.pictures) != len(quotes):
        return
    for places, picture in zip(quotes, outcome.pictures, strict=True):
        if (
            isinstance(picture, Picture)
            and isinstance(picture.data, bytes)
            and picture.data.startswith(_PNG)
            and len(picture.data) <= _MOST_PICTURE
            and all(isinstance(side, float) and 0 < side < 15_000 for side in (picture.width, picture.height))
        ):
            yield places, picture
