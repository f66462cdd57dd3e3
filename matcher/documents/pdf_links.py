"""Link annotations and form fields of a PDF page, read through PDFium.

PDFium gives the same links as pypdf on every sample that has any, in 0.05 ms a file, where a second parse
with pypdf takes 2 ms and its import 0.3 s; so pypdf is not used for reading.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from matcher.documents import pdf_native as native
from matcher.documents.pdf_chunks import Chunk
from matcher.documents.pdf_glyphs import Frame
from matcher.types import Box, Line, Link, Span

_MAX_URL = 2000  # bytes; longer ones are data, not addresses
_FIELD_SIZE = 10.0  # points, where a field's height does not say
_MAX_ANNOTATIONS = 2000  # per page


@dataclass(frozen=True, slots=True)
class PageLink:
    """A URL and where on the page it can be clicked."""

    url: str
    page: int
    box: Box


def page_links(document: native.Handle, page: native.Handle, frame: Frame, number: int) -> list[PageLink]:
    """The page's links to the web and to mail addresses that a reader can click."""
    found = []
    for annotation in _annotations(page):
        if native.annotation_subtype(annotation) != native.ANNOT_LINK:
            continue
        if native.annotation_flags(annotation) & native.ANNOT_UNSEEN:
            continue
        link = native.annotation_link(annotation)
        action = native.link_action(link) if link else None
        if not action or native.action_type(action) != native.ACTION_URI:
            continue
        url = _uri(document, action)
        box = _box(annotation, frame)
        if url and box is not None:
            found.append(PageLink(url, number, box))
    return found


def _annotations(page: native.Handle) -> Iterator[native.Handle]:
    """The page's annotations, each closed after use."""
    for at in range(min(native.annotation_count(page), _MAX_ANNOTATIONS)):
        annotation = native.get_annotation(page, at)
        if not annotation:
            continue
        try:
            yield annotation
        finally:
            native.close_annotation(annotation)


def _uri(document: native.Handle, action: native.Handle) -> str:
    needed = native.action_uri(document, action, 0, 0)
    if not 1 < needed <= _MAX_URL:
        return ""
    buffer = ctypes.create_string_buffer(needed)
    native.action_uri(document, action, ctypes.addressof(buffer), needed)
    return buffer.value.decode("utf-8", errors="replace").strip()


def _box(annotation: native.Handle, frame: Frame) -> Box | None:
    rect = (ctypes.c_float * 4)()  # left, top, right, bottom
    if not native.annotation_rect(annotation, ctypes.addressof(rect)):
        return None
    (x0, y0), (x1, y1) = frame.point(rect[0], rect[1]), frame.point(rect[2], rect[3])
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


@contextmanager
def form_fields(document: native.Handle) -> Iterator[native.Handle]:
    """A form handle for `field_chunks`, 0 when the document has no form."""
    if native.form_type(document) != native.FORM_ACROFORM:
        yield 0
        return
    handle, keep = native.form_environment(document)
    try:
        yield handle
    finally:
        if handle:
            native.exit_form(handle)
        del keep


def field_chunks(form: native.Handle, page: native.Handle, frame: Frame) -> list[Chunk]:
    """The values of the page's text fields and choices as text standing where the fields are."""
    if not form:
        return []
    chunks: list[Chunk] = []
    for annotation in _annotations(page):
        if native.annotation_subtype(annotation) != native.ANNOT_WIDGET:
            continue
        if native.annotation_flags(annotation) & native.ANNOT_UNSEEN:
            continue
        if native.field_type(form, annotation) not in native.FIELD_TEXT:
            continue
        if native.field_flags(form, annotation) & native.FIELD_PASSWORD:
            continue
        box = _box(annotation, frame)
        value = native.utf16(partial(native.field_value, form, annotation))
        if box is not None and value.strip():
            chunks += _field_lines(value, box)
    return chunks


def _field_lines(value: str, box: Box) -> list[Chunk]:
    """One chunk per line of a field's value, its characters spread evenly over a usual width."""
    lines = [" ".join(line.split()) for line in value.splitlines()]
    lines = [line for line in lines if line]
    high = (box.bottom - box.top) / max(1, len(lines))
    em = min(_FIELD_SIZE, high / 1.2) if high > 3 else _FIELD_SIZE
    chunks = []
    for at, line in enumerate(lines):
        top = box.top + at * high
        # Half an em is about the mean width of a letter.
        step = min(0.5 * em, (box.right - box.left) / len(line))
        edges = [box.left + step * place for place in range(len(line) + 1)]
        baseline = top + high / 2 + 0.3 * em
        place = Box(box.left, top, max(edges[-1], box.left + 1), top + high)
        chunks.append(Chunk(line, edges, box.left, place.right, baseline, em, False, place, 0))
    return chunks


def place_links(links: Sequence[PageLink], lines: Sequence[Line]) -> tuple[Link, ...]:
    """Links with the text that stands under them; one that wraps over lines of text counts once."""
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        if line.page is not None:
            by_page.setdefault(line.page, []).append(line)
    placed: dict[tuple[str, Span | None], Link] = {}
    previous: Link | None = None
    for link in links:
        span = _span_under(link.box, by_page.get(link.page, []))
        if (
            previous is not None
            and previous.url == link.url
            and span is not None
            and previous.span is not None
            and 0 <= span.start - previous.span.end <= 2
        ):
            del placed[(previous.url, previous.span)]
            span = Span(previous.span.start, span.end)
        previous = Link(link.url, span)
        placed.setdefault((link.url, span), previous)
    spoken = {link.url for link in placed.values() if link.span is not None}
    return tuple(link for link in placed.values() if link.span is not None or link.url not in spoken)


def _span_under(box: Box, lines: Sequence[Line]) -> Span | None:
    """The characters whose middle lies in a box, on the line that the box covers best."""
    best: Span | None = None
    most = 0.0
    for line in lines:
        if line.box is None or line.edges is None:
            continue
        shared = min(box.bottom, line.box.bottom) - max(box.top, line.box.top)
        high = min(box.bottom - box.top, line.box.bottom - line.box.top)
        if shared <= 0.4 * high or box.left >= line.box.right or box.right <= line.box.left:
            continue
        edges = line.edges
        inside = [
            at for at in range(len(edges) - 1) if box.left <= (edges[at] + edges[at + 1]) / 2 <= box.right
        ]
        if inside and shared > most:
            best, most = Span(line.span.start + inside[0], line.span.start + inside[-1] + 1), shared
    return best
