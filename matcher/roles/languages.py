"""The human languages an item asks for; "English literature" and "German market" ask for none."""

from __future__ import annotations

import re

_NAMES = """Afrikaans Albanian Amharic Arabic Armenian Assamese Azerbaijani Basque Belarusian Bengali
Bosnian Bulgarian Burmese
Cantonese Catalan Cebuano Croatian Czech Danish Dari Dutch English Estonian Farsi Filipino Finnish Flemish
French Gaelic
Galician Georgian German Greek Gujarati Hausa Hebrew Hindi Hmong Hungarian Icelandic Igbo Ilocano Indonesian
Inuktitut Irish
Italian Japanese Javanese Kannada Kazakh Khmer Kinyarwanda Korean Kurdish Kyrgyz Lao Latvian Lithuanian
Luxembourgish
Macedonian Malagasy Malay Malayalam Maltese Mandarin Māori Maori Marathi Mongolian Navajo Nepali Norwegian
Odia Oromo Pashto
Persian Polish Portuguese Punjabi Quechua Romanian Russian Samoan Serbian Shona Sindhi Sinhala Sinhalese
Slovak Slovenian
Somali Spanish Swahili Swedish Tagalog Tajik Tamil Telugu Thai Tibetan Tigrinya Tongan Turkish Ukrainian
Urdu Uzbek
Vietnamese Welsh Wolof Xhosa Yiddish Yoruba Zulu Chinese""".split()
_FOREIGN = {
    "isixhosa": "Xhosa", "isizulu": "Zulu",
    "deutsch": "German", "deutschkenntnisse": "German", "englisch": "English", "englischkenntnisse":
        "English",
    "französisch": "French", "französischkenntnisse": "French", "spanisch": "Spanish", "italienisch":
        "Italian",
    "polnisch": "Polish", "niederländisch": "Dutch", "türkisch": "Turkish", "russisch": "Russian",
    "portugiesisch": "Portuguese", "anglais": "English", "français": "French", "allemand": "German",
    "espagnol": "Spanish", "italien": "Italian", "néerlandais": "Dutch", "portugais": "Portuguese",
        "arabe":
        "Arabic",
    "inglés": "English", "ingles": "English", "español": "Spanish", "francés": "French", "alemán": "German",
    "catalán": "Catalan", "portugués": "Portuguese", "italiano": "Italian", "inglês": "English", "inglese":
        "English",
}  # fmt: skip
_BY_NAME = {name.lower(): name for name in _NAMES} | _FOREIGN | {"american sign language":
    "American Sign Language",
    "british sign language": "British Sign Language", "auslan": "Auslan", "brazilian portuguese":
        "Portuguese",
    "mandarin chinese": "Mandarin", "sign language": "Sign Language", "asl": "American Sign Language",
        "bsl":
        "British Sign Language"}  # fmt: skip
_LANGUAGE = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, _BY_NAME), key=len, reverse=True)) + r")\b", re.I
)
_ONLY = re.compile(rf"(?:{_LANGUAGE.pattern}|\b(?:or|and|y|o|et|ou|und|oder)\b|[\s,/.])+", re.I)
_BEFORE = re.compile(
    r"(?:\b(?:fluen(?:t|cy)|bilingual|trilingual|multilingual|conversational|spoken|written|speak(?:s|"
    r"ing)?|proficien(?:t|cy)|command of|mastery of|native|native-level|knowledge of|communicate|"
    r"communicat\w+|convers(?:e|ing)|read(?:ing)?|writ(?:e|ing)|verbal|oral|basic|business|professional|"
    r"working|some|"
    r"clear|plain|good|excellent|strong|intermediate|advanced|perfect|language(?:s)?|fluently|sehr gute|gute|"
    r"verhandlungssichere|fließende?s?|sichere|ma[îi]trise|courant|niveau de|bilingue|nivel|dominio|"
    r"parler|parlé|bon|bonne|de l'|de l’|de|en|in|of|level|an?d?|or|und|et|y|o|oder|ou|ability to "
    r"understand|either|both|language such as|the medium of|confident|l'|l’)\W{0,3}(?:in |of |de |d'|l'|"
    r"l’)?(?:both |either |spoken |written |verbal |business |conversational |the )*)$",
    re.I,
)  # fmt: skip
_STRONG_CONTEXT = re.compile(
    r"\b(?:fluen|bilingual|trilingual|multilingual|proficien|conversational|spoken|speak|speaker|written|"
    r"verbal|language|native|mother tongue|reading knowledge|command of|business level|[ABC][12]\b|"
    r"kenntnisse|fließend|wort und schrift|courant|bilingue|ma[îi]trise|nivel|niveau|dominio|idioma|"
    r"langue|sprach|communicat|the medium of|converse|a must\b|helps?\b|easier|knowledge|some|clear|good|"
    r"basic|intermediate|advanced|plus\b|asset|"
    r"preferred|useful|helpful|optional|required|essential|desirable|advantage|bonus|nice to have|von "
    r"vorteil|un plus)",
    re.I,
)  # fmt: skip
_AFTER_OK = re.compile(
    r"^\s*(?:$|[,.;:)(/&+–—-]|\b(?:and|or|is|are|at|as|to|would|will|language|languages|speaker|speakers|"
    r"speaking|skills?|proficiency|fluency|level|both|spoken|written|verbal|oral|good|strongly|a|an|"
    r"preferred|required|desirable|desired|essential|helpful|useful|plus|an? plus|fluently|well|in|with|"
    r"for|on|on a|because|since|communication|comprehension|\(|C1|C2|B1|B2|A1|A2|native|also|not|und|"
    r"oder|et|ou|y|o|sind|ist|auf|in wort|courant|fluide|avanzado|alto|medio|professionnel|lu|kenntnisse|"
    r"mündlich|nivel|hablado|fluido|sehr|sowie|être|est|requis|exigé|souhaité|niveau|fluent|professional|"
    r"bilingual|ability|enough|optional|ideal|conversational|but|beyond|would|makes?|helps?|comes?|counts?|"
    r"gives?)\b)",
    re.I,
)  # fmt: skip
_NOT_LANGUAGE = re.compile(
    r"^\s*(?:literature|teach|lessons?|class|curriculum|department|histor|law\b|market|clients?|"
    r"customers?|tax|GAAP|GCSE|A[- ]level|cuisine|cook|pastr|press\b|govern|culture|studies|food|wine|"
    r"team|office|subsidiary|company|companies|degree|language (?:arts|learners|teach|development|model|"
    r"process)|as a (?:second|foreign|additional))",
    re.I,
)


def languages(text: str) -> tuple[str, ...]:
    """English names of the languages asked for, in the order they stand, each once."""
    plain = text.replace("’", "'")
    found: list[str] = []
    alone = _ONLY.fullmatch(plain) is not None
    context = alone or _STRONG_CONTEXT.search(plain) is not None
    for match in _LANGUAGE.finditer(plain):
        word = match[1]
        if word[0].islower() and word.lower() not in _FOREIGN and word.lower() != "sign language":
            continue
        if word.lower() in ("asl", "bsl") and (not word.isupper() or not context):
            continue
        after, before = plain[match.end() :], plain[max(0, match.start() - 60) : match.start()]
        if _NOT_LANGUAGE.match(after) or not _AFTER_OK.match(after):
            continue
        opens = not before.strip(" •-(\"'") or before.rstrip().endswith((",", "/", "(", ":", ";"))
        if not context or not (opens or _BEFORE.search(before)):
            continue
        name = _BY_NAME[word.lower()]
        if name not in found:
            found.append(name)
    return tuple(found)


def alternatives(text: str, names: tuple[str, ...]) -> bool:
    """True when "or" stands between the languages: one of them is enough."""
    if len(names) < 2:
        return False
    places = [m for m in _LANGUAGE.finditer(text) if _BY_NAME[m[1].lower()] in names]
    between = text[places[0].end() : places[-1].start()] if places else ""
    return re.search(r"\b(?:or|oder|ou|o)\b|/", between) is not None
