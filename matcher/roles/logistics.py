"""The terms of the job: work mode, visa, travel, place and pay; shown, never scored."""

from __future__ import annotations

import re

from matcher.roles.blocks import Block
from matcher.roles.headings import Section
from matcher.roles.kinds import MAX_CHARACTERS
from matcher.roles.money import Pay, pay
from matcher.roles.places import dollar_of, find_place, labelled_place
from matcher.roles.prose import sentences
from matcher.roles.topics import Topic
from matcher.types import WorkMode

_REMOTE = re.compile(
    r"\bremote(?:ly)?\b(?!\s+(?:sites?|areas?|locations?|communit|teams?|sens|monitor|patient|support|"
    r"desktop|access|server|work(?:ing)? (?:tools|polic)|environments?|stakeholders|control|diagnos|"
    r"clients?|managed|employees|region))|\bwork from (?:anywhere|home)\b(?! (?:up to|one|two|three|\d|"
    r"some))|\bhome[- ]?office\b|\bhome-?based\b|\bt[ée]l[ée]travail (?:complet|total|100)|\bfully "
    r"distributed\b|\banywhere in the\b|\btelecommut|\bteletrabajo\b|\ben remoto\b|\b100 ?% "
    r"t[ée]l[ée]travail",
    re.I,
)  # fmt: skip
_NOT_REMOTE = re.compile(
    r"\b(?:no|not|isn't|cannot|can't)\b[^.;]{0,24}\b(?:remote|work from home|from home|from town)", re.I
)
_HYBRID = re.compile(
    r"\bh[yií]brid(?:es?|[oa])?\b(?!\s+(?:cloud|vehicle|electric|seed|infrastructure|mobile|car|app|"
    r"system|integration|architect|environment|maize|corn))|\b(?:one|two|three|four|1|2|3|4|zwei|drei|"
    r"deux|trois|dos|tres)(?:\s?(?:-|–|to|or)\s?(?:\w+))? days? (?:a|per|each|every|out of) (?!month|"
    r"quarter|year|fortnight)(?:week|"
    r"five)?\b.{0,40}\b(?:office|studio|home|site|campus|hub|headquarters|in [A-Z])|\b(?:office|studio|"
    r"site|hub|campus|headquarters|in person)\b.{0,30}\b(?:for )?(?:one|two|three|four|1|2|3|"
    r"4)(?:\s?(?:-|–|to|or)\s?\w+)? days\b|\bdays? (?:a|per) week (?:at|in|from) (?:our|"
    r"the)\b.{0,40}(?:office|studio)|\bdays? (?:at home|from home|remote|home ?office)|\bflexible "
    r"working from home\b|\bfrom home (?:on |for )?(?:up to )?(?:one|two|three|four|[1-4]) days?\b|"
    r"\bpartly remote\b|\bteilweise (?:remote|im homeoffice)|\bt[ée]l[ée]travail\b|"
    r"\bmobiles arbeiten\b|\bhome ?office (?:m[öo]glich|tage|2|3|zwei|drei)|\bat least \d+ ?% of the "
    r"time\b",
    re.I,
)  # fmt: skip
_ONSITE = re.compile(
    r"\bon-?site\b(?!\s+(?:gym|parking|support|visits?|caf|childcare|canteen|interview|work shop|nursery|"
    r"inspection|training))|\bin[- ]person (?:role|position|work|job|five|only)\b|\b(?:fully|entirely) "
    r"(?:in (?:the )?office|office-based|in person)|\boffice[- ]based\b|\bfive days (?:a|per) week (?:in|"
    r"at|from)|\bnot (?:a )?(?:remote|eligible for remote)\b|\blive and work on\b|\bcan(?:'t|not) be "
    r"done (?:from|remotely)|\bpr[ée]sentiel\b|\bvor ort\b(?! (?:beim|bei))|\bpresencial\b|\b5 days (?:a|"
    r"per) week (?:in|at|from) (?:the|our)\b|\bin-office\b|\bis not (?:a )?remote\b|\bno remote\b",
    re.I,
)  # fmt: skip
_ON_SITE_LINE = re.compile(r"\bon site\b|\boffice only\b", re.I)
_VISA = re.compile(r"\b(?:sponsor\w*|visas?|work permits?|h-?1b|skilled worker|visum)\b", re.I)
_NO_VISA = re.compile(
    r"\b(?:unable|cannot|can't|can not|not able|do not|don't|does not|doesn't|will not|won't|no|not|"
    r"unfortunately|sadly|neither|isn't|without|nor|kein|keine|pas de|no se)\b[^.;]{0,70}\b(?:sponsor\w*|"
    r"visas?|permits?|visum)|\bsponsor\w*\b[^.;]{0,50}\b(?:not|unavailable|isn't|n't)\b|"
    r"\bwithout\b[^.;]{0,30}\bsponsor|\bmust (?:already )?(?:be (?:legally )?(?:authori[sz]ed|eligible)|"
    r"have (?:the )?(?:right|permission|authori[sz]ation)).{0,40}\bwithout\b",
    re.I,
)  # fmt: skip
_YES_VISA = re.compile(
    r"\b(?:can|will|do|does|may|able to|happy to|willing to|glad to|offer|offers|provide|provides|hold|"
    r"available|open to|support|help|possible|consider|yes|welcome|eligible for|we'll|we|"
    r"assist\w*)\b[^.;]{0,60}\b(?:sponsor\w*|visas?|work permits?|h-?1b|visum)|\b(?:visas?|sponsor\w*|"
    r"work permits?|visum)\b[^.;]{0,60}\b(?:available|offered|provided|possible|considered|support|help|"
    r"yes|assist|welcome|can be)|\bsponsorship\W+yes",
    re.I,
)  # fmt: skip
_TRAVEL = re.compile(
    r"\b(?:travel\w*|site visits?|trips?|on the road|reisebereitschaft|reisetätigkeit|d[ée]placements|"
    r"viajes|viajar|field visits?)\b[^.;!?\n]{0,80}?(?<![\d.,])(?:(?P<low>\d{1,3})\s?%?\s?(?:-|–|to|bis|"
    r"à)\s?)?(?P<high>\d{1,3})\s?(?:%|percent|per cent|Prozent|pour cent)|"
    r"(?<![\d.,])(?:(?P<low2>\d{1,3})\s?%?\s?(?:-|–|to)\s?)?(?P<high2>\d{1,3})\s?(?:%|percent|per "
    r"cent)[^.;!?\n]{0,40}?\b(?:travel\w*|on the road|trips|site visits|away|Reise\w*|d[ée]placement\w*|"
    r"viaj\w*)\b",
    re.I,
)  # fmt: skip
_NO_TRAVEL = re.compile(
    r"\bno (?:regular )?travel (?:is )?(?:required|needed|expected)\b|\btravel(?: requirements?| "
    r"required)?:\s*(?:none|no)\b",
    re.I,
)
_BASED = re.compile(
    r"\b(?:(?:role|position|job|post|you|we|team|office|it|this)(?:'re|'ll be| is| are| will be| would "
    r"be|'s)? (?:also )?(?:based|located|situated)(?: primarily)? (?:in|at|near|out of) (?:our |the )?|"
    r"based (?:in|at|near|out of) (?:our |the )?|(?:in|from|at) our (?=[A-Z])|office in |standort |"
    r"located in |offices? (?:in|at) |(?:poste )?bas[ée]e? [àa] |con sede en |ubicad[oa] en |mit sitz in "
    r"|am standort |situ[ée]e? [àa] )(?P<where>[A-ZÀ-Þ][^.;()\n]{2,60})"
)
_HQ = re.compile(r"\bheadquartered in (?P<where>[A-ZÀ-Þ][^.;()\n]{2,40})")
_TOWN = re.compile(
    r"^(?:near )?[A-ZÀ-Þ][\w'’.-]*(?:[ -](?:upon|on|am|an der|de|del|la|le|sur|"
    r"[A-ZÀ-Þ][\w'’.-]*)){0,3}(?:, [A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.]*)?)?"
)
_ABBREVIATED = {"SF": "San Francisco", "NYC": "New York City", "LA": "Los Angeles", "DC": "Washington, DC"}
_OPENS_WITH_PAY = re.compile(
    r"(?:(?:the )?(?:[\w-]+ ){0,2}(?:salary|pay|wages?|pay range|rate|compensation|gehalt|salaire|salario)\b"
    r"[^.\d]{0,30}|up to |from )?(?:[A-Z]{3} ?|[A-Z]{0,3}[$£€₹] ?|Rs?\.? ?)\d[^.]*?(?:\bper\b|\b(?:an?|"
    r"each) (?:hour|"
    r"day|week|month|year)|/|\bp\.?a\b|\bto\b|\bannual|[-–—])|(?:salary|pay)\b[^.\d]{0,30}\d|"
    r"\d[\d., ]{1,12}(?:(?:to|-|–) ?\d[\d., ]{1,12})?(?:[€£]|euros?|[A-Z]{3})(?: gross| brutto)? "
    r"(?:per|an?)\b",
    re.I,
)
_PLACE_WORDS = 8
_IN_CODE = re.compile(
    r"\b(?:in|at|from) (?:our |the )?(?P<code>SF|NYC|LA|DC)\b(?= (?:office|hub|studio|headquarters)|[,.])"
)


def work_mode(header: str, parts: tuple[Section, ...]) -> WorkMode | None:
    """Where the work is done, from the header first, then from what the posting says of place and days."""
    for text in (header, *(_passages(parts))):
        plain = text.replace("’", "'")
        if text is header and _ON_SITE_LINE.search(plain) and not _HYBRID.search(plain):
            return WorkMode.ONSITE
        if _NOT_REMOTE.search(plain) or (_ONSITE.search(plain) and not _HYBRID.search(plain)):
            return WorkMode.ONSITE
        if _HYBRID.search(plain):
            return WorkMode.HYBRID
        if _REMOTE.search(plain):
            return WorkMode.REMOTE
    return None


def _passages(parts: tuple[Section, ...]) -> list[str]:
    """Sentences that speak of the terms of the job: not the duties, not the qualifications."""
    found = []
    for terms in (True, False):
        for section in parts:
            if section.topic in (
                Topic.RESPONSIBILITY,
                Topic.REQUIRED,
                Topic.PREFERRED,
                Topic.LEGAL,
                Topic.APPLY,
            ):
                continue
            if (section.topic in (Topic.TERMS, Topic.BENEFITS)) is terms:
                found += [s for block in section.blocks for s in _sentences(block)]
    return found


def _sentences(block: Block) -> list[str]:
    return [block.text[s:e][:MAX_CHARACTERS] for s, e in sentences(block.text)]


def visa(parts: tuple[Section, ...]) -> bool | None:
    """Whether the employer sponsors visas; None where the posting does not say."""
    for block in (
        b for section in parts for b in ((section.heading,) if section.heading else ()) + section.blocks
    ):
        if not _VISA.search(block.text):
            continue
        for sentence in _sentences(block):
            plain = sentence.replace("’", "'")
            if not _VISA.search(plain) or re.search(
                r"\bVisa (?:card|Inc|debit|network)|\bexecutive sponsor|\bsponsors? (?:of|the|and "
                r"stakeholders)|\bproject sponsor",
                plain,
            ):
                continue
            if _NO_VISA.search(plain):
                return False
            if _YES_VISA.search(plain) or re.search(
                r"\bsponsor an? (?:[\w-]+ )?(?:visa|h-?1b|transfer|applicant|experienced|skilled|"
                r"candidate)",
                plain,
                re.I,
            ):
                return True
    return None


def travel(text: str) -> int | None:
    """The most travel stated, in per cent of the time; None where no number is given."""
    for match in _TRAVEL.finditer(text):
        high = int(match["high"] or match["high2"])
        if high <= 100:
            return high
    return 0 if _NO_TRAVEL.search(text) else None


def place(parts: tuple[Section, ...]) -> str | None:
    """A place the text names as where the work is done ("based in Leeds", "our SF office")."""
    asking = (Topic.RESPONSIBILITY, Topic.REQUIRED, Topic.PREFERRED)
    texts = [b.text for s in parts if s.topic not in (*asking, Topic.LEGAL, Topic.APPLY) for b in s.blocks]
    for section in parts:
        for block in section.blocks if section.topic is not Topic.APPLY else ():
            labelled = (
                labelled_place(block.text) if block.level is None or section.topic not in asking else None
            )
            if labelled is not None:
                return labelled
        # "Location" as a heading, the place alone on the line below.
        if (
            section.heading is not None
            and section.blocks
            and len(section.blocks[0].text.split()) <= _PLACE_WORDS
        ):
            headed = labelled_place(f"{section.heading.text.rstrip(':')}: {section.blocks[0].text}")
            if headed is not None:
                return headed
    for text in texts:
        code = _IN_CODE.search(text)
        if code is not None:
            return _ABBREVIATED[code["code"]]
    for pattern in (_BASED, _HQ):
        for text in texts:
            for found in pattern.finditer(text.replace("’", "'")):
                named = _named(found["where"], pattern is _BASED)
                if named is not None:
                    return named
    # At last a town with its state or country in the opening lines.
    return next((named for text in texts[:6] if (named := find_place(text)) and "," in named), None)


def _named(where: str, known_to_be_one: bool) -> str | None:
    """The place at the start of `where`: a known one, or any capitalised words where a place must be."""
    named = find_place(where)
    if named is not None and where.startswith(named.split(",")[0]):
        return named
    town = _TOWN.match(where)
    if town is None or not known_to_be_one or re.search(r"\b(?:Our|The|We|You)\b", town[0]):
        return None
    return re.sub(r"\s+(?:office|studio|and)$", "", town[0])


def stated_pay(header: list[str], parts: tuple[Section, ...], located: str, text: str) -> Pay:
    """The pay stated outside the duties and the qualifications."""
    dollar = dollar_of(located) or dollar_of(text)
    passages: list[tuple[str, bool]] = [(line, True) for line in header]
    for section in parts:
        about = section.topic is Topic.BENEFITS or section.topic is Topic.TERMS
        if section.topic is Topic.APPLY:
            continue
        if section.topic in (Topic.RESPONSIBILITY, Topic.REQUIRED, Topic.PREFERRED):
            # Pay under another heading is told by a sentence that opens with it.
            said = (sentence for block in section.blocks for sentence in _sentences(block))
            passages += [(sentence, True) for sentence in said if _OPENS_WITH_PAY.match(sentence)]
            continue
        if section.heading is not None:
            passages.append((section.heading.text, about))
        passages += [(block.text, about) for block in section.blocks]
    return pay(passages, dollar)
