"""Sizes of quotes' pictures in PNG, WebP and JPEG, and the time to draw them: `picture_formats.py FOLDER`.

FOLDER holds PDF resumes; eleven snippets of each are drawn. Needs pillow (`pip install 'matcher[fixtures]'`).
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

from PIL import Image

from matcher import documents, resumes

QUOTES = 11


def main(folder: Path) -> None:
    """Print mean bytes for each format and milliseconds of processor time for each picture."""
    sizes = dict.fromkeys(("PNG, 16 colours", "WebP, lossless", "WebP, quality 40", "JPEG, quality 50"), 0)
    number, spent = 0, 0.0
    files = sorted(folder.rglob("*.pdf"))
    for file in files:
        data = file.read_bytes()
        resume = resumes.parse(documents.read(data), file.name)
        step = max(1, len(resume.snippets) // QUOTES)
        quotes = [resume.document.places(item.span) for item in resume.snippets[::step][:QUOTES]]
        start = time.process_time()
        drawn = documents.draw_quotes(data, quotes)
        spent += time.process_time() - start
        for picture in drawn:
            if picture is None:
                continue
            number += 1
            image = Image.open(io.BytesIO(picture.data)).convert("RGB")
            ours = len(picture.data)
            others = (
                _size(image, "WEBP", lossless=True),
                _size(image, "WEBP", quality=40),
                _size(image, "JPEG", quality=50),
            )
            for name, size in zip(sizes, (ours, *others), strict=True):
                sizes[name] += size
    print(f"{number} pictures of {len(files)} files, {1000 * spent / number:.1f} ms each")
    for name, size in sizes.items():
        print(f"{name:18} {size / number:8,.0f} bytes")


def _size(image: Image.Image, form: str, **options: object) -> int:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.tell()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
