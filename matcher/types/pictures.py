"""The nouns of showing a quote where it stands: a cropped picture of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.types.documents import Place


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of a page as a reader sees it, a quote's words highlighted. `data` is a PNG file.

    `width` and `height` are in PDF points, the size at which the page is printed.
    """

    data: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures of one file in the order that was asked; None where nothing could be drawn."""

    pictures: tuple[Picture | None, ...]


@dataclass(frozen=True, slots=True)
class QuotePictures:
    """The pictures of a ranking's quotes, by the file's `sha256` and the places of the quote.

    `left_out` counts the quotes without one because all pictures together would have been too large.
    """

    by_place: Mapping[tuple[str, tuple[Place, ...]], Picture]
    left_out: int = 0
