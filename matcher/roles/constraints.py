"""The text of one qualification -> what in it can be checked against parsed facts."""

from __future__ import annotations

from matcher.roles.degrees import degree
from matcher.roles.kinds import MAX_CHARACTERS
from matcher.roles.languages import alternatives, languages
from matcher.roles.licences import any_licence, licences
from matcher.roles.years import years
from matcher.types import Constraints


def constraints(text: str) -> Constraints:
    """Years, degree, licences and languages an item asks for; an empty value when it is prose alone."""
    text = text[:MAX_CHARACTERS]
    asked, wanted, names, spoken = years(text), degree(text), licences(text), languages(text)
    return Constraints(
        min_years=asked.least,
        max_years=asked.most,
        degree=wanted.level,
        degree_fields=wanted.fields,
        or_equivalent=wanted.or_equivalent,
        licences=names,
        any_licence=any_licence(text, names),
        languages=spoken,
        any_language=alternatives(text, spoken),
    )
