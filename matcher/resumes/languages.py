"""Human languages and how well they are spoken, as written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from matcher.types import LanguageSkill, Span

_NAMES = """english anglais englisch inglés inglês inglese engels angielski 英语 英語;
german deutsch allemand alemán alemão tedesco duits 德语;
french français französisch francés francês francese frans francais 法语;
spanish español spanisch espagnol espanhol spagnolo spaans castellano castilian espanol 西班牙语;
italian italiano italienisch italien italiaans; portuguese português portugiesisch portugais portugués portoghese portugees;
dutch nederlands niederländisch néerlandais holandés neerlandés flemish; mandarin chinese putonghua chinesisch chinois chino
chinês cinese chinees 普通话 中文 汉语 国语; cantonese 粤语 廣東話; japanese japanisch japonais japonés giapponese 日本語 日语; korean koreanisch coréen
coreano 한국어 韩语; russian russisch russe ruso russo русский; arabic arabisch arabe árabe arabo; hindi; urdu; bengali bangla; punjabi;
gujarati; marathi; tamil; telugu; kannada; malayalam; nepali; sinhala sinhalese; persian farsi dari; pashto; turkish türkisch turc
turco türkçe; polish polnisch polonais polaco polacco polski; ukrainian; czech; slovak; hungarian; romanian; bulgarian; greek; serbian; croatian;
bosnian; slovenian; albanian; macedonian; lithuanian; latvian; estonian; finnish; swedish svenska schwedisch; norwegian; danish dansk;
icelandic; hebrew; yiddish; amharic; somali; swahili; yoruba; igbo; hausa; twi; zulu; xhosa; afrikaans; vietnamese; thai; tagalog filipino;
cebuano; ilocano; indonesian; malay; burmese; khmer; lao; hmong; mongolian; tibetan; kazakh; uzbek; azerbaijani azeri; armenian; georgian; catalan
català; basque; galician; welsh; irish gaelic; latin; esperanto; asl; haitian creole kreyol; tigrinya; kurdish; maltese; luxembourgish"""
LANGUAGES: dict[str, str] = {}
for _group in _NAMES.split(";"):
    _words = _group.split()
    for _word in _words:
        LANGUAGES[_word] = _words[0].capitalize()
LANGUAGES.update(
    {
        "asl": "American Sign Language",
        "gaelic": "Irish",
        "creole": "Haitian Creole",
        "kreyol": "Haitian Creole",
    }
)

_NAME = "|".join(sorted((re.escape(name) for name in LANGUAGES), key=len, reverse=True))
_LANGUAGE = re.compile(
    rf"(?<![^\W_])(?:american sign language|haitian creole|{_NAME})(?![^\W_])", re.IGNORECASE
)
_LEVEL = re.compile(
    r"(?<![^\W_])(?:(?:native|mother[- ]tongue|fluent(?:ly)?|bilingual|near[- ]native|full professional|professional working"
    r"|limited working|professional|business|advanced|upper[- ]intermediate|intermediate|conversational|working knowledge|working"
    r"|proficient|elementary|basic|beginner|limited|good|very good|excellent|fair|read(?:ing)?(?:,? and| &) writ\w+|spoken and written"
    r"|muttersprache|muttersprachlich|verhandlungssicher|fließend|fliessend|sehr gut|gute? kenntnisse|grundkenntnisse|konversationssicher"
    r"|langue maternelle|courant|couramment|bilingue|intermédiaire|notions|scolaire|débutant|avancé|nativ[oa]|lengua materna|fluido"
    r"|avanzado|intermedio|básico|fluente|nativo|avançado|intermediário|madrelingua|fluente|avanzato|base|buono|ottimo|moedertaal"
    r"|vloeiend|goed|basis|母语|流利|native or bilingual|n[1-5]|[abc][12]\+?)"
    r"(?:\s+(?:speaker|proficiency|proficient|level|knowledge|working proficiency|fluency|fluent|user|in speech|command|skills|kenntnisse))*)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?<![^\W_])(?:fluent(?:ly)?|bilingual|trilingual|multilingual|native(?: speaker)?|conversational|proficient|proficiency|speaks?|spoken"
    r"|speaking|literate|languages?(?: spoken)?|sprachen|langues|idiomas|mother tongue|fluency|language skills|translat\w+|interpret\w+)(?![^\W_])",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;!?\n\t|•]")


def _level_near(clause: str, start: int, end: int) -> str | None:
    """The level written next to a language: in brackets or behind it, else before it."""
    after = re.split(r"[,;|/\t]|\band\b", clause[end:], maxsplit=1)
    tail = after[0] if after[0].strip(" -–—:()") else clause[end : end + 40].split(";")[0]
    match = _LEVEL.search(tail)
    if match and not _LANGUAGE.search(tail[: match.start()]):
        return match[0]
    before = list(_LEVEL.finditer(clause, 0, start))
    return before[-1][0] if before else None


def find_languages(text: str, spans: Iterable[tuple[Span, bool]]) -> list[LanguageSkill]:
    """The languages in `spans`, each once and in order.

    A span marked True is a languages section, where every language counts; elsewhere one counts only in a
    clause that speaks of speaking it ("Fluent in Spanish", "Bilingual (English/French)").
    """
    found: dict[str, LanguageSkill] = {}
    for span, listed in spans:
        start = span.start
        for match in [*_CLAUSE.finditer(text, span.start, span.end), None]:
            end = match.start() if match is not None else span.end
            clause = text[start:end]
            hits = list(_LANGUAGE.finditer(clause))
            if hits and (listed or (_SPOKEN.search(clause) and _about_speaking(clause, hits))):
                for hit in hits:
                    name = LANGUAGES.get(hit[0].casefold(), hit[0].title())
                    level = _level_near(clause, hit.start(), hit.end())
                    held = found.get(name)
                    if held is None or (held.level is None and level is not None):
                        found[name] = LanguageSkill(name, level, Span(start + hit.start(), start + hit.end()))
            start = end + 1
    return list(found.values())


def _about_speaking(clause: str, hits: list[re.Match[str]]) -> bool:
    """The word for speaking stands near a language ("speaking to Spanish clients" is near, too: it counts)."""
    return any(
        abs(word.start() - hit.end()) < 40 or abs(hit.start() - word.end()) < 40
        for word in _SPOKEN.finditer(clause)
        for hit in hits
    )
