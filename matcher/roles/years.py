"""Years of experience asked for, in the wordings of postings: digits, words, ranges, months."""

from __future__ import annotations

import re
from typing import NamedTuple

_WORDS = {
    word: number
    for number, words in enumerate(
        (
            (),
            ("one", "a", "an", "ein", "eine", "einem", "einjährige", "un", "une", "uno"),
            ("two", "zwei", "deux", "dos"),
            ("three", "drei", "trois", "tres"),
            ("four", "vier", "quatre", "cuatro"),
            ("five", "fünf", "cinq", "cinco"),
            ("six", "sechs", "seis"),
            ("seven", "sieben", "sept", "siete"),
            ("eight", "acht", "huit", "ocho"),
            ("nine", "neun", "neuf", "nueve"),
            ("ten", "zehn", "dix", "diez"),
            ("eleven",),
            ("twelve", "zwölf"),
            ("thirteen",),
            ("fourteen",),
            ("fifteen", "fünfzehn", "quinze", "quince"),
            ("sixteen",),
            ("seventeen",),
            ("eighteen",),
            ("nineteen",),
            ("twenty",),
        )
    )
    for word in words
}
_NUMBER = (
    r"(?:\d{1,2}(?:[.,]5)?|"
    + "|".join(sorted((w for w in _WORDS if len(w) > 2), key=len, reverse=True))
    + r"|six|un)"
)
_UNIT = r"(?:years?|yrs?\.?|months?|jahren?|monate?n?|ans?|ann[ée]es?|mois|años?|meses|anos)"
_YEARS = re.compile(
    rf"(?P<most>\b(?:up to|no more than|not more than|less than|fewer than|maximum(?: of)?|max\.?|bis zu|"
    rf"jusqu'[àa]|"
    rf"hasta)\s+)?(?P<between>\bbetween\s+)?(?<![\w$£€.,-])(?P<low>{_NUMBER})\s*(?:\(\d{{1,2}}\)\s*)?(?P<"
    rf"plus>\+|plus\b)?(?:\s*(?P<join>-|–|—|to|and|or|bis|à|"
    rf"a)\s*(?P<high>{_NUMBER})(?:\s*\(\d{{1,2}}\))?(?P<highplus>\s*\+)?)?(?:\s*(?P<more>or more|or "
    rf"above|or greater|and above|or so|oder mehr|ou plus|o más|full|solid|"
    rf"good))?(?P<hyphen>[\s-]*)(?P<unit>{_UNIT})\b(?P<after>['’]?)",
    re.I,
)  # fmt: skip
_NOT_EXPERIENCE_BEFORE = re.compile(
    r"(?:\b(?:last|past|next|previous|preceding|every|each|recent|first|within|after|age|aged|ages|once "
    r"every|for the|over the|in under)\s+(?:the\s+)?(?:last\s+|past\s+|next\s+)?|\bwithin (?:the )?)$",
    re.I,
)
_NOT_EXPERIENCE_AFTER = re.compile(
    r"^\s*(?:old\b|of age\b|or older\b|and older\b|olds?\b|degree|bachelor|college|course|diploma|"
    r"programme?|warranty|contract|fixed|term\b|ago\b|plan\b|university|university degree|lease|in "
    r"business)",
    re.I,
)
_EXPERIENCE = re.compile(
    r"\b(?:experience|experienced|erfahrung|berufserfahrung|exp[ée]rience|experiencia|practice|working|"
    r"as an?|in an?)\b",
    re.I,
)
_A_YEAR = re.compile(
    r"\b(?:an?|over an?|at least an?) (?:full )?year(?:['’]s)?(?: or (?:more|two|"
    r"so))? (?:of (?:[\w-]+ )?experience|in an?|as an?|on an?)\b",
    re.I,
)


class Years(NamedTuple):
    """Least and most years of experience; None: not said."""

    least: float | None
    most: float | None


def _value(word: str, unit: str) -> float:
    digits = word.replace(",", ".")
    number = float(digits) if digits[0].isdigit() else float(_WORDS[word.lower()])
    months = unit.lower().startswith(("mon", "mois", "mes"))
    return round(number / 12, 2) if months else number


def years(text: str) -> Years:
    """The years of experience an item asks for: the first number that is about experience (the total, as
    postings write it); a half-open range has None at its open end."""
    for found in _YEARS.finditer(text):
        before, after = text[max(0, found.start() - 30) : found.start()], text[found.end() :]
        if _NOT_EXPERIENCE_BEFORE.search(before) or _NOT_EXPERIENCE_AFTER.match(after):
            continue
        hyphenated = "-" in found["hyphen"]
        unit = found["unit"]
        if (hyphenated or unit.lower().startswith(("mon", "mois", "mes"))) and not _EXPERIENCE.search(text):
            continue
        if unit.lower() in ("an", "ans") and not re.search(r"exp[ée]rience|ans d", text, re.I):
            continue
        if unit.lower() == "anos" and "experi" not in text.lower():
            continue
        least: float | None = _value(found["low"], unit)
        most: float | None = _value(found["high"], unit) if found["high"] else None
        if most is not None and (
            found["highplus"] or (found["join"].lower() in ("and", "a") and not found["between"])
        ):
            most = None
        if least is not None and most is not None and most < least:
            most = None
        if found["most"] and most is None:
            least, most = None, least
        return Years(least, most)
    return Years(1.0, None) if _A_YEAR.search(text) else Years(None, None)
