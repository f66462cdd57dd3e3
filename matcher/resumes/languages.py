"""Human languages and how well they are spoken, as written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from matcher.resumes.rows import lowered
from matcher.types import LanguageSkill, Span

_NAMES = """
    english anglais englisch inglés inglês inglese engels angielski 英语 英語; german deutsch allemand
    alemán alemão tedesco duits 德语; french français französisch francés francês francese frans francais
    法语; spanish español spanisch espagnol espanhol spagnolo spaans castellano castilian espanol 西班牙语;
    italian italiano italienisch italien italiaans; portuguese português portugiesisch portugais portugués
    portoghese portugees; dutch nederlands niederländisch néerlandais holandés neerlandés flemish; mandarin
    chinese putonghua chinesisch chinois chino chinês cinese chinees 普通话 中文 汉语 国语; cantonese 粤语
    廣東話; japanese japanisch japonais japonés giapponese 日本語 日语; korean koreanisch coréen coreano
    한국어 韩语; russian russisch russe ruso russo русский; arabic arabisch arabe árabe arabo; hindi; urdu;
    bengali bangla; punjabi; gujarati; marathi; tamil; telugu; kannada; malayalam; nepali; sinhala
    sinhalese; persian farsi dari; pashto; turkish türkisch turc turco türkçe; polish polnisch polonais
    polaco polacco polski; ukrainian; czech; slovak; hungarian; romanian; bulgarian; greek; serbian;
    croatian; bosnian; slovenian; albanian; macedonian; lithuanian; latvian; estonian; finnish; swedish
    svenska schwedisch; norwegian; danish dansk; icelandic; hebrew; yiddish; amharic; somali; swahili;
    yoruba; igbo; hausa; twi; zulu; xhosa; afrikaans; vietnamese; thai; tagalog filipino; cebuano; ilocano;
    indonesian; malay; burmese; khmer; lao; hmong; mongolian; tibetan; kazakh; uzbek; azerbaijani azeri;
    armenian; georgian; catalan català; basque; galician; welsh; irish; latin; esperanto; asl;
    haitian creole kreyol; kikuyu gikuyu; konkani; māori maori; samoan; tongan; hawaiian; fijian; luo;
    kinyarwanda; shona; sesotho; tswana; wolof; akan; ewe; fula; oromo; berber tamazight; sindhi; odia;
    assamese; kashmiri; sanskrit; javanese; sundanese; turkmen; kyrgyz; tajik; uyghur; breton; frisian;
    faroese; romani; ladino; quechua; guarani; nahuatl; navajo; tigrinya; kurdish; maltese; luxembourgish
"""
LANGUAGES: dict[str, str] = {}
for _group in _NAMES.split(";"):
    _words = _group.split()
    for _word in _words:
        LANGUAGES[_word] = _words[0].capitalize()
LANGUAGES.update(
    {
        "asl": "American Sign Language",
        "gaeilge": "Irish",
        "gaelic": "Gaelic",  # of Scotland; the other is called Irish
        "gàidhlig": "Gaelic",
        "creole": "Haitian Creole",
        "kreyol": "Haitian Creole",
    }
)

_WORD = re.compile(r"[^\W\d_]{1,40}")
_CJK = tuple(name for name in LANGUAGES if ord(name[0]) > 0x2E7F)
_LEVEL = re.compile(
    r"(?<![^\W_])(?:(?:native|mother[- ]tongue|fluent(?:ly)?|fluency|bilingual|near[- ]native"
    r"|full professional|professional working"
    r"|limited working|professional|business|advanced|upper[- ]intermediate|intermediate|conversational"
    r"|working knowledge|working"
    r"|proficient|elementary|basic|beginner|limited|good|very good|excellent|fair|read(?:ing)?(?:,? and"
    r"| &) writ\w{1,40}|spoken and written"
    r"|muttersprache|muttersprachlich|verhandlungssicher|fließend|fliessend|sehr gut|gute? kenntnisse"
    r"|grundkenntnisse|konversationssicher"
    r"|langue maternelle|courant|couramment|bilingue|intermédiaire|notions|scolaire|débutant|avancé"
    r"|nativ[oa]|lengua materna|fluido"
    r"|avanzado|intermedio|básico|fluente|nativo|avançado|intermediário|madrelingua|fluente|avanzato|base"
    r"|buono|ottimo|moedertaal"
    r"|vloeiend|goed|basis|母语|流利|native or bilingual|n[1-5]|[abc][12]\+?)"
    r"(?:\s{1,9}(?:speaker|proficiency|proficient|level|knowledge|working proficiency|fluency|fluent|user"
    r"|in speech|command|skills|kenntnisse))*)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?<![^\W_])(?:fluent(?:ly)?|bilingual|trilingual|multilingual|native(?: speaker)?|conversational"
    r"|proficient|proficiency|speaks?|spoken"
    r"|speaking|literate|languages?(?: spoken)?|sprachen|langues|idiomas|mother tongue|fluency"
    r"|language skills|translat\w{1,40}|interpret\w{1,40})(?![^\W_])",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s{0,9}\(([^()]{1,60})\)")
_MODES = re.compile(  # how a language is used, which says nothing of how well
    r"\s{0,9}(?:(?:written|writing|spoken|speaking|read|reading|oral|verbal|write|speak|listening"
    r"|comprehension)(?:\s{0,9}(?:,|and|&|/|\+)\s{0,9}|\s{0,9})){1,5}",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,;|/\t]|\band\b")
_LEADS = re.compile(r"\s{1,9}(?:in|of|with)\s")
_WRAPPED = re.compile(r"\n(?=[ \t]{0,9}\()|(?<=[^()\n])\n(?=[^()\n]{1,40}\))")
_REACH = 200
_MARKS = ".;!?\n\t|•"


def _named(lower: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """(English name, start, end) of every language named between two offsets of a text in lower case."""
    found = []
    for match in _WORD.finditer(lower, start, end):
        word = match[0]
        name = LANGUAGES.get(word)
        if word == "gaelic" and lower[: match.start()].endswith("irish "):
            continue
        if name is None and word == "sign" and lower.startswith(" language", match.end()):
            name = (
                "American Sign Language" if lower[: match.start()].endswith("american ") else "Sign Language"
            )
        if name is None and ord(word[0]) > 0x2E7F:
            name = next((LANGUAGES[written] for written in _CJK if word.startswith(written)), None)
        if name is not None:
            found.append((name, match.start(), match.end()))
    return found


def _clause(lower: str, at: int, span: Span) -> Span:
    """The clause around an offset, as far as _REACH characters to each side."""
    span = Span(max(span.start, at - _REACH), min(span.end, at + _REACH))
    start = max(span.start, *(lower.rfind(mark, span.start, at) + 1 for mark in _MARKS))
    stops = [stop for stop in (lower.find(mark, at, span.end) for mark in _MARKS) if stop >= 0]
    return Span(start, min(stops, default=span.end))


def _level_near(clause: str, start: int, end: int) -> str | None:
    """The level written next to a language: in brackets or behind it, else before it.

    A level that leads ("Fluent in English and French") counts for every language up to the next level.
    """
    bracket = _BRACKET.match(clause, end)
    if bracket and not _named(bracket[1].lower(), 0, len(bracket[1])) and not _MODES.fullmatch(bracket[1]):
        return " ".join(bracket[1].split())
    after = _SEPARATOR.split(clause[end:], maxsplit=1)[0]
    direct = _LEVEL.search(after)
    if direct:
        return direct[0]
    before = list(_LEVEL.finditer(clause, 0, start))
    if before and _LEADS.match(clause, before[-1].end()):
        return before[-1][0]
    tail = after if after.strip(" -–—:()") else clause[end : end + 40].split(";")[0]
    match = _LEVEL.search(tail)
    if match and not _named(tail.lower(), 0, match.start()):
        return match[0]
    return before[-1][0] if before else None


def find_languages(text: str, spans: Iterable[tuple[Span, bool]]) -> list[LanguageSkill]:
    """The languages in `spans`, each once and in order.

    A span marked True is a languages section, where every language counts; elsewhere one counts only in a
    clause that speaks of speaking it ("Fluent in Spanish", "Bilingual (English/French)").
    """
    found: dict[str, LanguageSkill] = {}
    text = _WRAPPED.sub(" ", text)  # a bracket goes on in the next line
    lower = lowered(text)
    for span, listed in spans:
        for name, start, end in _named(lower, span.start, span.end):
            around = _clause(lower, start, span)
            if not listed and not _about_speaking(lower, around, start, end):
                continue
            clause = text[around.start : around.end]
            level = _level_near(clause, start - around.start, end - around.start)
            held = found.get(name)
            if held is None or (held.level is None and level is not None):
                found[name] = LanguageSkill(name, level, Span(start, end))
    return list(found.values())


def _about_speaking(lower: str, clause: Span, start: int, end: int) -> bool:
    """True when a word for speaking stands near the language, in its clause."""
    near = Span(max(clause.start, start - 45), min(clause.end, end + 45))
    return _SPOKEN.search(lower, near.start, near.end) is not None
