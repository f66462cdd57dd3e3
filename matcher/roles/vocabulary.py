"""Long lists of wordings as one pattern, written so that a person can read and extend them."""

from __future__ import annotations

import re

_GOES_ON = re.compile(r"\|\n\s+")
_APART = re.compile(r"\s{2,}")


def any_of(wordings: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """One pattern of many, kept apart by two spaces or a line's end; a line that ends in "|" goes on."""
    return re.compile("|".join(_APART.split(_GOES_ON.sub("|", wordings.strip()))), flags)
