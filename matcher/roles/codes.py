"""Item codes ("E1", "A.2", "3.1", "(a)"): told from words that look like one by standing in a series."""

from __future__ import annotations

import re
from itertools import pairwise

_CODE = re.compile(
    r"(?P<open>\(?)(?:(?P<letters>[A-Z]{1,3})[.-]?(?P<number>\d{1,2})|(?P<chapter>\d{1,2})\.(?P<section>\d{1,2})"
    r"|(?P<letter>[a-zA-Z])(?=[.)])|(?P<plain>\d{1,2})(?=[.)\t]))(?P<close>[.):]?)(?:\s+[-–—])?\s+(?=\S)"
)
_BULLET = re.compile(r"\s*(?:[-–—*+•●○◦▪■□‣⁃∙·§»›~]\s+)?")
ONLY = re.compile(r"\(?(?:[A-Z]{1,3}[.-]?)?\d{1,2}(?:\.\d{1,2})?[.):]?|\(?[a-zA-Z][.)]")


def codes(texts: list[str]) -> dict[int, int]:
    """Line number -> where the words after its code begin, for lines whose codes count up in a series.

    "E1" and "E2" are codes; a "B2" alone is a level of language and stays.
    """
    series: dict[tuple[str, ...], list[tuple[int, int, int]]] = {}
    for line, text in enumerate(texts):
        bullet = _BULLET.match(text)
        found = _CODE.match(text, bullet.end() if bullet else 0)
        if found is None:
            continue
        group = found["letters"] or (found["chapter"] and found["chapter"] + ".") or ""
        value = found["number"] or found["section"] or found["plain"] or str(ord(found["letter"]))
        style = "a" if found["letter"] else "1"
        key = (group, style, found["open"], found["close"])
        series.setdefault(key, []).append((int(value), line, found.end()))
    begins: dict[int, int] = {}
    for members in series.values():
        for (value, line, begin), (after, next_line, next_begin) in pairwise(members):
            if after == value + 1:
                begins[line] = begin
                begins[next_line] = next_begin
    return begins
