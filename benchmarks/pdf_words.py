"""Words and speed of three ways to read PDF files, measured in one run.

    python benchmarks/pdf_words.py [FOLDER]

For each producer: the share of word tokens (as multisets: twice the shared tokens over all tokens of both)
on which this project agrees with pypdf's `extract_text`, the same for PDFium's plain text, and milliseconds
of processor time per page of each. pypdf is the yardstick, not the truth: it leaves ligatures and broken
words as they are drawn, and glues words after letters that lean over their neighbour.
"""

from __future__ import annotations

import io
import logging
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pypdf
import pypdfium2

from matcher.documents.pdf import read_pdf
from matcher.errors import DocumentError
from matcher.settings import Limits

DEFAULT_FOLDER = Path(__file__).parent.parent / "data" / "fixtures"
WORD = re.compile(r"\w+")


@dataclass
class Tally:
    """Sums over the files of one producer."""

    files: int = 0
    pages: int = 0
    shared: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)


def ours(data: bytes) -> str:
    return read_pdf(data, Limits()).text


def with_pypdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def with_pdfium(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


READERS: dict[str, Callable[[bytes], str]] = {"ours": ours, "pypdf": with_pypdf, "pdfium": with_pdfium}


def producer(data: bytes) -> str:
    """The program that made the file, without its version."""
    information = pypdf.PdfReader(io.BytesIO(data)).metadata or {}
    made = " ".join(str(information.get(key) or "") for key in ("/Creator", "/Producer"))
    for name in ("wkhtmltopdf", "Typst", "pdfTeX", "LibreOffice", "Chromium", "Skia", "ReportLab", "Word"):
        if name.lower() in made.lower():
            return "Chromium" if name == "Skia" else name
    return made.strip()[:20] or "unknown"


def measure(path: Path, tallies: dict[str, Tally]) -> None:
    data = path.read_bytes()
    try:
        read_pdf(data, Limits())
        maker = producer(data)
    except (DocumentError, pypdf.errors.PdfReadError) as error:
        print(f"skipped {path.name}: {type(error).__name__}", file=sys.stderr)
        return
    tally = tallies[maker]
    tokens = {}
    for name, reader in READERS.items():
        start = time.process_time()
        text = reader(data)
        tally.seconds[name] += time.process_time() - start
        tokens[name] = Counter(WORD.findall(text))
    tally.files += 1
    tally.pages += len(pypdf.PdfReader(io.BytesIO(data)).pages)
    for name in ("ours", "pdfium"):
        tally.shared[name] += 2 * (tokens[name] & tokens["pypdf"]).total()
        tally.total[name] += tokens[name].total() + tokens["pypdf"].total()
    tally.odd += tokens["pypdf"] - tokens["ours"]


def main() -> None:
    logging.disable(logging.CRITICAL)  # pypdf reports on every odd font
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    paths = [path for path in sorted(folder.rglob("*.pdf")) if "hostile" not in path.parts]
    if not paths:
        sys.exit(f"{folder} holds no PDF file")
    tallies: dict[str, Tally] = defaultdict(Tally)
    for path in paths:
        measure(path, tallies)
    print(
        f"{'producer':<14}{'files':>6}{'pages':>6}{'agree':>9}{'pdfium':>9}"
        f"{'ms/page: ours':>15}{'pypdf':>8}{'pdfium':>8}"
    )
    for maker, tally in sorted(tallies.items(), key=lambda item: -item[1].files):
        agree = [100 * tally.shared[name] / max(1, tally.total[name]) for name in ("ours", "pdfium")]
        pace = [1000 * tally.seconds[name] / max(1, tally.pages) for name in READERS]
        print(
            f"{maker:<14}{tally.files:>6}{tally.pages:>6}{agree[0]:>8.2f}%{agree[1]:>8.2f}%"
            f"{pace[0]:>15.1f}{pace[1]:>8.1f}{pace[2]:>8.1f}"
        )
        odd = ", ".join(word for word, _ in tally.odd.most_common(8))
        print(f"  only pypdf: {odd or '-'}")
    files = sum(tally.files for tally in tallies.values())
    each = [1000 * sum(tally.seconds[name] for tally in tallies.values()) / files for name in READERS]
    print(f"ms per file: ours {each[0]:.1f}, pypdf {each[1]:.1f}, pdfium's plain text {each[2]:.1f}")


if __name__ == "__main__":
    main()
