"""Which quotes a reader sees first, and the pictures of their places inside a self-contained HTML file.

A picture that several cells show is in the file once.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field

from matcher.matching import best_quotes, doubts
from matcher.types import Evidence, MatchReport, Picture, Place, QuotePictures, Verdict

_SHOWN = (Verdict.STRONG, Verdict.PARTIAL, Verdict.CONTRADICTED)
# CSS pixels per PDF point: 96 / 72, so that a page is as large as on paper.
_PIXELS = 4 / 3
# CSS pixels (26rem in report.css) at which the words of a page's whole width can still be read.
_LEAST_WIDTH = 416


def quotes_to_draw(report: MatchReport) -> tuple[tuple[Place, ...], ...]:
    """The places of the best quotes and of those beside the largest doubts, then of each cell's first quote,
    what weighs more first, and of the quotes for clauses; each once.

    Beside "none found" stands no evidence, so its place is shown only where a reader is asked to doubt it.
    """
    cells = sorted(
        (match for match in report.matches if match.verdict in _SHOWN and match.evidence),
        key=lambda match: -match.qualification.weight,
    )
    quotes = [item.evidence for item in best_quotes(report)]
    quotes += [match.evidence[0] for match in doubts(report) if match.evidence]
    quotes += [match.evidence[0] for match in cells]
    quotes += [
        clause.evidence
        for match in report.matches
        for clause in match.clauses
        if clause.evidence and clause.verdict in _SHOWN
    ]
    return tuple(dict.fromkeys(quote.places for quote in quotes if quote.places))


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture as HTML needs it: its number in the file, its size in CSS pixels, its content."""

    number: int
    width: int
    height: int
    picture: Picture

    @property
    def wide(self) -> bool:
        """Whether it is shown no smaller than can be read, in a frame that scrolls."""
        return self.width > _LEAST_WIDTH

    @property
    def url(self) -> str:
        """The picture as a data URL."""
        return "data:image/png;base64," + base64.b64encode(self.picture.data).decode()


@dataclass(slots=True)
class Gallery:
    """The pictures of one HTML file. It keeps those that were asked for, for the end of the file."""

    pictures: QuotePictures
    _shown: dict[tuple[str, tuple[Place, ...]], Shown] = field(default_factory=dict)

    def of(self, item: Evidence, report: MatchReport) -> Shown | None:
        """The picture of a quote, or None."""
        key = (report.resume.document.sha256, item.places)
        picture = self.pictures.by_place.get(key)
        if picture is None:
            return None
        if key not in self._shown:
            self._shown[key] = Shown(
                len(self._shown) + 1,
                max(1, round(picture.width * _PIXELS)),
                max(1, round(picture.height * _PIXELS)),
                picture,
            )
        return self._shown[key]

    def __iter__(self) -> Iterator[Shown]:
        return iter(self._shown.values())

    @property
    def left_out(self) -> int:
        """How many quotes have no picture because the file would have been too large."""
        return self.pictures.left_out
