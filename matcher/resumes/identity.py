"""Identity: every stretch of text that says who the person is, to be masked before embedding or scoring."""

from __future__ import annotations

import re
from collections.abc import Iterable

from matcher.resumes.contact import EMAIL, URL, Found, account_names, find_phones
from matcher.resumes.name_words import TRADE_SURNAMES, TRADE_WORDS
from matcher.resumes.rows import lowered
from matcher.resumes.titles import title_score
from matcher.types import Identity, IdentityKind, Span

# Names that are ordinary words, too: alone they are masked only behind an honorific.
_ORDINARY = frozenset(
    """
    will grace mark price rose hope may june april august young long king baker cook page rich bill art
    banks case chance faith joy summer autumn winter dawn drew pat guy chase reed read wood woods forest
    field fields stone brown green white black gray grey short little small best good love ray ross rush
    sharp smart snow star stein street strong temple turner walker weaver west north east south wells wise
    wolf worth wright fisher fox frost glass gold grant hall hill holiday house hunt hunter iris ivy jack
    jade jasmine law lane lake lily major marks marsh mason miles mills moon moss noble norm olive parks
    parker patience pearl penny piper pope potter power powers rivers rob robin rod royal ruby sage sandy
    self shepherd sky sales sue taylor tanner teller terry tony trace trinity van victor victory virginia
    ward warren waters webb worker cash carter chandler chapman clay clerk cole constant cooper cross day
    dean dell diamond duke earl ford gay gene ginger harmony harper heath heather honor hood ice jean jewel
    jay judge justice knight lance lead lee max mercy merit mill mint nelson nick paris paul phoenix pierce
    porter prince prudence queen rain raven sterling stone skills experience education summary data project
    lead senior marketing manager general business english china india sun star su an do so he no to be or
    me my go in on at it as us we is am per pro max min tan bush berry bell bird brook brooks bond book
    books booth bowman brand brooke buck burns bush butler camp carpenter castle christian church clark
    college rock ranger marine cliff mason dale glen wade carol melody basil angel bishop abbot marshal
    marshall rich richer
""".split()
)
_HONORIFIC = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Messrs|Mme|Mlle|Herr|Frau|Señor|Señora|Sr|Sra|Signor|Signora|Senhor|Senhora|Sir"
    r"|Madam"
    r"|Lady)"
)
_HONORIFICS = re.compile(rf"(?<![^\W_]){_HONORIFIC}\b\.?(?=\s{{1,9}}[A-ZÀ-Þ])")
_STATEMENT = re.compile(
    r"[(\[]?\s{0,9}(?:pronouns?\s{0,9}:\s{0,9})?(?<![^\W_])(?:she|he|they|ze|xe)\s{0,9}/\s{0,9}(?:her|hers"
    r"|him|his|them|theirs"
    r"|hir|they|she|he)"
    r"(?:\s{0,9}/\s{0,9}(?:hers?|his|theirs|them|him))?(?![^\W_])\s{0,9}[)\]]?",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![^\W_])(?:[Ss]?[Hh]e|[Tt]hey|[ZzXx]e|SHE|HE|THEY)\s{0,9}/")
_PRONOUN = re.compile(
    r"(?<![^\W_])(?:[Hh]e/she|[Ss]he/he|[Hh]is/her|[Ss]/he|[Hh]im/her|[Ss]he|[Hh]e|[Hh]ers?|[Hh]im|[Hh]is"
    r"|[Hh]erself|[Hh]imself)(?![^\W_])"
)
_BIRTH = re.compile(
    r"(?<![^\W_])(?:(?:date of birth|d\.?o\.?b\.?|birth ?date|birthday|born(?: on| in)?|place of birth"
    r"|birthplace|geburtsdatum|geburtsort"
    r"|geboren(?: am| in)?|geb\.|date de naissance|né(?:e|\(e\))? le|lieu de naissance|fecha de nacimiento"
    r"|lugar de nacimiento|nacid[oa] el"
    r"|data de nascimento|nascid[oa] em|data di nascita|nat[oa] il|luogo di nascita|geboortedatum|geboren op"
    r"|age|alter|âge|edad|idade|età|leeftijd"
    r"|出生日期|出生年月|年龄|生年月日|생년월일)\s{0,9}[:：\t]\s{0,9}[^\n\t|;]{1,60}"
    r"|(?:born|geboren|née?|nacid[oa]|nascid[oa]|nat[oa])\s{1,9}(?:on|in|am|le|el|em|il"
    r"|op)\s{1,9}(?:the\s{1,9})?\d[^\n\t|;,]{1,24}"
    r"|(?:aged?\s{1,9})?\d{2}\s{0,9}[- ](?:years?|yrs?)[- ]old|\d{2}\s{1,9}jahre alt"
    r"|\d{2}\s{1,9}ans(?=\s{0,9}[,|\n]))",
)
_PERSONAL = re.compile(
    r"(?<![^\W_])(?:gender|sex|geschlecht|sexe|sexo|sesso|geslacht|nationality|nationalität"
    r"|staatsangehörigkeit|nationalité|nacionalidad"
    r"|nacionalidade|nazionalità|nationaliteit|citizenship|citizen of|marital status|civil status"
    r"|familienstand|état civil|situation familiale"
    r"|estado civil|stato civile|burgerlijke staat|religion|konfession|religión|religião|religione|faith"
    r"|caste|race|ethnicity|ethnic origin|sexual orientation"
    r"|disability|children|kinder|enfants|hijos|filhos|figli|father(?:['’]s)? name|mother(?:['’]s)? name"
    r"|husband(?:['’]s)? name|spouse(?: name)?|wife(?:['’]s)? name"
    r"|passport(?: (?:no|number))?\.?|national id(?: (?:no|number))?|social security(?: (?:no|number))?|ssn"
    r"|blood group|height|weight|health status|photo|picture"
    r"|性别|国籍|民族|婚姻状况|政治面貌|籍贯|성별|国籍)\s{0,9}[:：\t]\s{0,9}[^\n\t|;]{1,60}",
)
_PHOTO = re.compile(
    r"^[ \t]{0,9}[\[(<]?\s{0,9}(?:photo(?:graph)?|profile (?:photo|picture|image)|picture|headshot|portrait"
    r"|bewerbungsfoto|foto|passport photo|portr[äa]t)"
    r"(?:\s{1,9}(?:of|von|de|di|for|by)\s{1,9}[^\n]{1,60})?\s{0,9}[\])>]?[ \t]{0,9}$",
    re.MULTILINE,
)
_STATUS = re.compile(
    r"(?<![^\W_])(?:(?:happily )?married(?: (?:with|,)[^\n.;|]{0,30}(?:children|kids|child))?|divorced"
    r"|widow(?:ed|er)?|unmarried)(?=\s{0,9}(?:$|[,;|.\n)]))",
    re.MULTILINE,
)
_SHARP_S = re.compile("ss|ß", re.IGNORECASE)


def _name_patterns(name: str) -> list[re.Pattern[str]]:
    """
    Patterns for a name wherever it stands: whole and reordered in any case, its parts where capitalised.
    """
    last, comma, first = name.partition(",")  # "Baker, Jane" is Jane Baker
    tokens = [token.strip(',()"“”') for token in (f"{first} {last}" if comma else name).split()]
    tokens = [token for token in tokens if token]
    if not tokens:
        return []
    edge, end = r"(?<![^\W_])", r"(?:['’]s)?(?![^\W_])"
    middle = r"(?:[\s,]{1,9}(?:[A-Z]\.?\s{1,9})?)"
    whole = middle.join(re.escape(token) for token in tokens)
    found = [re.compile(edge + whole + end, re.IGNORECASE)]
    if len(tokens) > 1:
        first, last = re.escape(tokens[0]), re.escape(tokens[-1])
        inner = r"(?:\s{1,9}[^\W\d_]\.?|\s{1,9}[A-ZÀ-Þ][\w'’-]{1,40})?"
        found.append(re.compile(rf"{edge}{first}{inner}\s{{1,9}}{last}{end}", re.IGNORECASE))
        found.append(re.compile(rf"{edge}{last},\s{{0,9}}{first}{end}", re.IGNORECASE))
        initial = re.escape(tokens[0][0])
        found.append(re.compile(rf"{edge}{initial}\.\s{{0,9}}(?:[^\W\d_]\.\s{{0,9}})?{last}{end}"))
        found.append(re.compile(rf"{edge}{last},?\s{{1,9}}{initial}\.(?:\s?[^\W\d_]\.)?(?![^\W_])"))
    for token in tokens:
        if len(token.strip(".")) < 2 or token.casefold() in {
            "de",
            "da",
            "van",
            "von",
            "der",
            "del",
            "la",
            "le",
            "di",
            "bin",
            "al",
            "el",
        }:
            continue
        # A capital and the rest in any case: a name set in capitals does not tell "DeShawn" from "Deshawn".
        forms = re.escape(token[0].upper()) + f"(?i:{_SHARP_S.sub('(?:ss|ß)', re.escape(token[1:]))})"
        if token.casefold() in _ORDINARY or token.casefold() in TRADE_SURNAMES:
            found.append(re.compile(rf"(?<=[MSrsD][rs]\.\s)(?:{forms}){end}|(?<=[M][rsx]\s)(?:{forms}){end}"))
        else:
            found.append(re.compile(rf"{edge}(?:{forms}){end}"))
    if all(ord(c) > 0x2E7F for c in name):
        found.append(re.compile(re.escape(name)))
    return found


def _from_account(account: str) -> str | None:
    """ "Jane Baker" of "jane.baker"; None where the parts are initials or words of a trade."""
    parts = [part for part in re.split(r"[._-]", account) if part]
    if not 2 <= len(parts) <= 3 or any(len(part) < 3 or not part.isalpha() for part in parts):
        return None
    if any(part in TRADE_WORDS or title_score(part) for part in parts):
        return None
    return " ".join(part.capitalize() for part in parts)


def find_identity(text: str, found: Found) -> tuple[Identity, ...]:
    """Every stretch that gives the person away, in order, none overlapping another."""
    kind = IdentityKind
    spans: list[tuple[IdentityKind, Span]] = []
    whole = Span(0, len(text))

    lower = lowered(text)

    def add(what: IdentityKind, pattern: re.Pattern[str], words: str = text) -> None:
        spans.extend((what, Span(*match.span())) for match in pattern.finditer(words))

    if "@" in text:
        add(kind.EMAIL, EMAIL)
    spans += [(kind.EMAIL, span) for span in found.emails]
    spans += [(kind.URL, span) for span in found.urls]
    if "/" in text or "www." in lower:
        add(kind.URL, URL)
    for shown in found.contact.urls:
        bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", shown).rstrip("/")
        if len(bare) > 4:
            add(kind.URL, re.compile(rf"(?<![\w.])(?:www\.)?{re.escape(bare)}(?![\w])", re.IGNORECASE))
    spans += [(kind.PHONE, span) for span in (*found.phones, *find_phones(text, whole, False))]
    spans += [(kind.ADDRESS, span) for span in found.addresses]
    spans += [(kind.NAME, span) for span in found.names]
    if found.contact.name:
        names = [found.contact.name]
    else:  # what the accounts are called
        accounts = account_names((*found.contact.emails, *found.contact.urls))
        names = [name for account in accounts if (name := _from_account(account)) is not None]
    for name in names:
        for pattern in _name_patterns(name):
            add(kind.NAME, pattern)
    for what, pattern in (
        (kind.BIRTH, _BIRTH),
        (kind.PERSONAL, _PERSONAL),
        (kind.PERSONAL, _PHOTO),
        (kind.PERSONAL, _STATUS),
    ):
        add(what, pattern, lower)
    if _SLASHED.search(text):
        add(kind.PRONOUN, _STATEMENT)
    for what, pattern in (
        (kind.PRONOUN, _HONORIFICS),
        (kind.PRONOUN, _PRONOUN),
    ):
        add(what, pattern)
    return _merged(spans)


def _merged(spans: Iterable[tuple[IdentityKind, Span]]) -> tuple[Identity, ...]:
    """Overlapping stretches as one; the kind of the longest."""
    result: list[Identity] = []
    for what, span in sorted(spans, key=lambda item: (item[1].start, -item[1].end)):
        if span.end <= span.start:
            continue
        if result and span.start < result[-1].span.end:
            last = result[-1]
            longer = what if span.end - span.start > last.span.end - last.span.start else last.kind
            result[-1] = Identity(longer, Span(last.span.start, max(last.span.end, span.end)))
        else:
            result.append(Identity(what, span))
    return tuple(result)
