"""Degrees named by their field before the word: "a culinary degree", "an accounting or finance degree"."""

from __future__ import annotations

import re
from typing import NamedTuple

# Words that name a field of study in front of "degree". Law and medicine are left out: what their degrees are
# is not open, and they are read by their own names.
_HEAD = (
    "accounting accountancy aeronautics agriculture agronomy anthropology archaeology architecture "
    "arts? automotive aviation biochemistry biology broadcasting business catering chemistry commerce "
    "communications? computing construction cookery counsell?ing criminology culinary cybersecurity "
    "dance design ecology economics education electronics engineering fashion film finance forestry "
    "gastronomy geography geology geoscience healthcare history horticulture hospitality humanities "
    "informatics journalism kinesiology librarianship linguistics literature logistics management "
    "marketing math(?:s|ematics)? media metallurgy meteorology microbiology midwifery music nursing "
    "nutrition optometry philosophy photography physics physiology physiotherapy planning politics "
    "psychology radiography robotics sciences? sociology statistics studies surveying teaching "
    "technology theat(?:re|er) theology therapy tourism toxicology zoology"
).split()
_PHRASES = (
    r"social work|public (?:health|policy|administration|relations)|human resources|supply chain|"
    r"information (?:technology|systems)|international relations|liberal arts|fine arts|criminal justice"
)
_MODIFIER = (
    "(?:aerospace|agricultural|animal|applied|art|artificial|biological|biomedical|business|chemical|civil|"
    "clinical|computer|construction|culinary|data|digital|early childhood|earth|electrical|electronic|"
    "electronics|engineering|environmental|financial|food|forensic|graphic|health|healthcare|hospitality|hotel|"
    "industrial|information|interior|landscape|life|marine|materials|mechanical|music|natural|nuclear|"
    "occupational|petroleum|physical|political|social|software|sports?|structural|systems|urban)"
)
_FIELD = rf"(?:(?:{_PHRASES})(?: management)?|(?:{_MODIFIER} ){{0,2}}(?:{'|'.join(_HEAD)}))"
_LEVEL = (
    r"(?:(?:bachelor|master|associate)'?s?|doctora(?:l|te)|undergraduate|university|college|honou?rs|first|"
    r"advanced|graduate|postgraduate|four-year|4-year|two-year|2-year|foundation)"
)
# "Master of Applied Science degree" states its level: passed over.
_OWN = r"\b(?:bachelor|master|associate|doctor)'?s? of (?:[\w&]+ ){1,5}?degrees?\b"
_NAMED = re.compile(
    rf"{_OWN}|(?<![\w-])(?P<level>{_LEVEL} )?(?P<fields>{_FIELD}(?:(?:, or |, | or | ?/ ?){_FIELD}){{0,4}})"
    r"(?: school)? degrees?\b(?![-/]| (?:of|programs?|programmes?|students?|courses?|class(?:es)?|"
    r"apprentic\w+|levels?|qualified|educated|partnerships?)\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",? or |, | ?/ ?", re.IGNORECASE)


class FieldDegrees(NamedTuple):
    """`rest` is the text without the degrees that no level stands before; the others lost their field."""

    fields: tuple[str, ...]
    rest: str


def field_degrees(text: str) -> FieldDegrees:
    """The fields, in the order they stand, that degrees are named by."""
    fields: list[str] = []
    for match in _NAMED.finditer(text):
        names = _BETWEEN.split((match["fields"] or "").lower())
        fields += [name for name in names if name and name not in fields]
    return FieldDegrees(tuple(fields), _NAMED.sub(_without_field, text))


def _without_field(match: re.Match[str]) -> str:
    if match["fields"] is None:
        return match[0]
    return f"{match['level']}degree" if match["level"] else " "
