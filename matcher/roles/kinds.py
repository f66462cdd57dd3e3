"""One item -> its kind, and an item that mixes required and preferred -> its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.roles.vocabulary import any_of
from matcher.types import QualificationKind

Kind = QualificationKind
MAX_CHARACTERS = 1_500  # of an item or a sentence that are looked at: what it asks for stands at its start

# A cue is a predicate or a tag only where its clause ends or goes on to say why.
_END = (
    r"(?=\s*(?:[,.;:()\]!]|$|\bbut\b|\bsince\b|\bbecause\b|\bas\b|\bfor\b|\bthough\b|\bover\b|\band "
    r"(?:we|not|a)\b|\bin\b|\bif\b|\bwith\b|\band growing\b|\s[-–—]\s))"
)
_BE = (
    r"(?:is|are|be|would|will|'d be|considered|seen as|regarded as|also|very|highly|strongly|much|a|an|"
    r"definitely|always|especially|particularly|most|not)"
)
_ADJECTIVE = (
    r"(?:preferred|desired|desirable|desireable|advantageous|beneficial|favou?rable|optional|nice[- "
    r"]to[- ]haves?|good[- ]to[- ]haves?|helpful|useful|ideal|handy|nice|welcomed?|appreciated|valued|"
    r"valuable|brilliant|great|lovely|wonderful|fantastic|excellent|amazing|good|interesting|recommended)"
)
_NOUN = (
    r"(?:an?\s+)?(?:(?:definite|strong|big|huge|great|real|major|added|distinct|clear|"
    r"significant)\s+)?(?:plus|advantage|asset|bonus|benefit)"
)
_PREFERRED = any_of(rf"""
    \b(?:preferred|desired|desirable|desireable|advantageous|nice[- ]to[- ]haves?|good[- ]to[- ]haves?|
    beneficial|optional){_END}
    \b{_BE}\s+(?:\w+ly\s+)?{_ADJECTIVE}{_END}
    (?:\b{_BE}\s+|[,(–-]\s*|\s(?=an? )){_NOUN}{_END}
    (?:^|(?<!\+)[\s(,–-])(?:bonus|plus|asset|advantage|ideal|advantageous|helpful|optional)[)!.]*$
    \bnot (?:strictly |absolutely )?(?:required|essential|necessary|mandatory|a must|a requirement|
    a deal-?breaker)\b
    \bfar from (?:necessary|essential)\b  \bnever (?:a filter|required)\b
    \bwould be (?:an? )?\w*\s?(?:plus|bonus|asset|advantage)\b  \bwe won'?t insist\b
    \bgives? you an edge\b  \b(?:gets? you|earns?) (?:extra|bonus|brownie) points\b  \bset you apart\b
    \b(?:we'?d|we would) (?:also |particularly |especially )?(?:be (?:very )?(?:glad|happy|delighted|
    thrilled|excited)|love|like|welcome)\b
    \b(?:is|are|be) (?:warmly |also |very )?welcome\b  \bpreference (?:will be|is|may be) given\b
    \bwill be preferred\b  \b(?:highly|well) regarded\b  \bhave an advantage\b  \bwould suit\b
    \b(?:viewed|looked on|looked upon|considered) favou?rably\b
    \bvon vorteil\b  \bw[üu]nschenswert\b  \bidealerweise\b  \bein plus\b  \bgern gesehen\b
    \berw[üu]nscht\b  \bun plus\b  \bun (?:vrai |r[ée]el )?atout\b  \bsouhait[ée]e?s?\b
    \bappr[ée]ci[ée]e?s?\b  \bserait\b  \bid[ée]alement\b  \bdeseables?\b  \bvalorables?\b
    \bse valorar[áa]\b  \bse valora\b  \bun valor a[ñn]adido\b  \bser[áa] valorad
""")
_PREFERRED_START = re.compile(
    r"^\W*(?:ideally|preferably|preferred|desirable|desired|nice[- ]to[- ]have|bonus(?: points)?|plus|"
    r"optional|advantageous|even better|better still|it(?:'s| is| would be| will be) (?:an? )?(?:\w+ "
    r")?(?:plus|nice|great|bonus|asset|advantage|helpful)|good to have|id[ée]alement|idealerweise|"
    r"deseable|valorable|extra points)\b(?!\s+(?:stock|vendor|supplier|provider|scheme|system|plan))",
    re.I,
)
_REQUIRED = any_of(rf"""
    \b(?:is|are|be|also|both|as|strictly|absolutely)\s+(?:an? )?(?:absolute(?:ly)? )?(?:required|essential|
    mandatory|must|necessary|imperative|non-negotiable|indispensable|compulsory|prerequisite|requirement)\b
    \b(?:is|are) (?:absolutely )?(?:vital|crucial|critical)(?= (?:for|to|in) this|[.;,]|$)
    \b(?:required|mandatory|essential|compulsory|non-negotiable|obligatory|a must|indispensable|
    imprescindible|zwingend|erforderlich|vorausgesetzt|obligatoire|exig[ée]e?s?|requis(?:es?)?|obligatorio|
    indispensables?){_END}
    ^\W*(?:must|required|essential|mandatory|non-negotiable|minimum requirement)\s*[:–—-]
    ^\W*must (?:have|be|hold|possess)\b  \bmust[- ]have\b  \bsetzen wir voraus\b
    \b(?:you|candidates?|applicants?|they) must\b
""")
_NEGATED = re.compile(r"\b(?:not|isn'?t|aren'?t|no|never|without|far from)\b[^.;,]{0,24}$", re.I)
_WORD = re.compile(r"\w[\w+#.'’/-]*")
_CUE_WORDS = frozenset(
    """is are be a an the it it's that's so that this would will also very highly strongly not and but or too
    plus bonus nice to have preferred desirable desired optional ideal advantage asset great good helpful
    useful
    required essential
    must mandatory definitely considered although though definite big huge real strong for role of
    in""".split()
)
_CUTS = re.compile(r";\s+|\s[-–—]\s+|(?<=[a-z)\]\d])[.!]\s+(?=[A-Z])")
_TAGGED = re.compile(
    r"\((?:strongly |highly )?(required|must[- ]have|essential|mandatory|preferred|desirable|nice[- "
    r"]to[- ]have|optional|bonus|a plus|plus|a must|ideal|advantageous|desired)\)",
    re.I,
)
_TAG_LEAD = re.compile(r"[\s,;/]*(?:and\s+|or\s+)?")
_COMMA = re.compile(r",\s*(?:(?:and|but|while|with|although|whereas)\s+)?|\s+(?:but|while|whereas)\s+", re.I)
_NOUN_START = re.compile(
    r"(?:an?\s+|some\s+|any\s+|additional\s+)?(?:[A-Z][\w.+#/'’-]*|\d+\+?\s|experience\b|knowledge\b|"
    r"familiarity\b|exposure\b|fluency\b)"
)
_POINTS_BACK = re.compile(
    r"^(?:it|this|that|we|our|they|these|you(?:'ll| will)|but|because|since|as|so)\b", re.I
)
_PAREN_END = re.compile(r"\(([^()]{6,120})\)[.;]?$")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch [start, end) of an item's text and the kind its own words give it (None: they give none)."""

    start: int
    end: int
    cue: Kind | None


def cue(text: str) -> Kind | None:
    """PREFERRED or REQUIRED when the words themselves say so, else None."""
    plain = text[:MAX_CHARACTERS].replace("’", "'")
    if _PREFERRED_START.search(plain):
        return Kind.PREFERRED
    preferred = _PREFERRED.search(plain)
    required = _REQUIRED.search(plain)
    if required is not None and preferred is not None and _NEGATED.search(plain[: required.start() + 12]):
        required = None
    if preferred is not None and required is not None:
        # The first predicate speaks of the whole item.
        return Kind.REQUIRED if required.start() < preferred.start() else Kind.PREFERRED
    if preferred is not None:
        return Kind.PREFERRED
    return Kind.REQUIRED if required is not None else None


def _has_subject(text: str) -> bool:
    """True when something besides the cue's own words is named."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    return any(word.strip(".") not in _CUE_WORDS for word in words)


def _pieces(text: str) -> list[tuple[int, int]]:
    """The clauses between semicolons, dashes and full stops outside brackets."""
    found, at, depth = [], 0, 0
    inside = []
    for c in text:
        depth += c in "(["
        depth -= c in ")]"
        inside.append(depth > 0)
    for cut in _CUTS.finditer(text):
        if inside[cut.start()]:
            continue
        end = cut.start() + (cut[0][0] in ".!")
        if text[at:end].strip():
            found.append((at, end))
        at = cut.end()
    found.append((at, len(text)))
    return found


def _by_tags(text: str) -> list[Part]:
    """The parts of "Python (required), Go (preferred)"; [] when the tags do not differ."""
    tags = list(_TAGGED.finditer(text))
    kinds = [cue(tag[1]) or Kind.REQUIRED for tag in tags]
    if len(tags) < 2 or len(set(kinds)) < 2:
        return []
    found, at = [], 0
    for tag, kind in zip(tags, kinds, strict=True):
        lead = _TAG_LEAD.match(text, at)
        at = lead.end() if lead else at
        found.append(Part(at, tag.end(), kind))
        at = tag.end()
    return found


def _by_comma(text: str, start: int, end: int) -> list[Part]:
    """The parts of "Bachelor's degree required, Master's preferred"; [] when one kind covers the whole."""
    for comma in _COMMA.finditer(text, start, end):
        left, right = text[start : comma.start()], text[comma.end() : end]
        if not left.strip() or not right.strip():
            continue
        here, there = cue(left), cue(right)
        if there is None or here is there or not _has_subject(right) or _PREFERRED_START.search(right):
            continue
        both = {here, there} == {Kind.REQUIRED, Kind.PREFERRED}
        # Without a cue on the left, an enumeration is one item: the cue speaks of all of it.
        plain = here is None and there is Kind.PREFERRED and "," not in left and "," not in right
        if both or (plain and _NOUN_START.match(right)):
            return [Part(start, comma.start(), here), Part(comma.end(), end, there)]
    return []


def _by_bracket(text: str) -> list[Part]:
    """The parts of "Bachelor's degree (Master's preferred)"; one part for "5 years (8 preferred)"."""
    bracket = _PAREN_END.search(text)
    if bracket is None or not _NOUN_START.match(bracket[1]) or len(_WORD.findall(bracket[1])) < 2:
        return []
    if cue(bracket[1]) is not Kind.PREFERRED or cue(text[: bracket.start()]) is not None:
        return []
    if bracket[1][0].isdigit():
        return [Part(0, len(text), None)]
    head = text[: bracket.start()].rstrip()
    return [Part(0, len(head), None), Part(bracket.start(1), bracket.end(1), Kind.PREFERRED)]


def parts(text: str) -> list[Part]:
    """The item cut where its kind changes: at least one part, in order.

    "Python required; Go a plus" gives two; an aside ("ideally close to a team") gives none of its own.
    """
    if len(text) > MAX_CHARACTERS:
        return [Part(0, len(text), cue(text))]
    special = _by_tags(text) or _by_bracket(text)
    if special:
        return special
    merged: list[Part] = []
    for start, end in _pieces(text):
        piece = text[start:end]
        kind = cue(piece)
        aside = kind is None and bool(merged) and _POINTS_BACK.match(piece)
        if merged and kind is not None and not _has_subject(piece):
            merged[-1] = Part(merged[-1].start, end, kind)
        elif merged and (aside or kind is merged[-1].cue):
            merged[-1] = Part(merged[-1].start, end, merged[-1].cue)
        else:
            merged += _by_comma(text, start, end) or [Part(start, end, kind)]
    kinds = {part.cue for part in merged}
    if len(merged) > 1 and Kind.PREFERRED not in kinds:
        return [Part(0, len(text), Kind.REQUIRED if Kind.REQUIRED in kinds else None)]
    return merged
