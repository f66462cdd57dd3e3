"""Pay stated in a posting: least, most, currency, period."""

from __future__ import annotations

import re
from typing import NamedTuple

_SYMBOLS = {
    "£": "GBP",
    "€": "EUR",
    "₹": "INR",
    "¥": "JPY",
    "zł": "PLN",
    "R$": "BRL",
    "R": "ZAR",
    "₪": "ILS",
    "₩": "KRW",
    "₦": "NGN",
    "₱": "PHP",
}
_DOLLARS = {
    "us": "USD",
    "ca": "CAD",
    "c": "CAD",
    "cdn": "CAD",
    "a": "AUD",
    "au": "AUD",
    "nz": "NZD",
    "s": "SGD",
    "hk": "HKD",
}
_CODE = (
    r"(?:USD|CAD|AUD|NZD|SGD|HKD|GBP|EUR|INR|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|JPY|ZAR|BRL|MXN|AED|SAR|ILS|"
    r"NGN|KES|PHP|MYR)"
)
_SYMBOL = r"(?:US|CA|CDN|C|AU|A|NZ|S|HK)?\$|£|€|₹|zł|R\$|\bR(?=\d)|₪|₩|₦|₱|Rs\.?|INR|[Ee]uros?\b"
_AMOUNT = r"\d{1,3}(?:[,.'’  ]\d{2,3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
_MONEY = (
    rf"(?:(?P<code{{n}}>{_CODE})\s*)?(?P<sym{{n}}>{_SYMBOL})?\s?(?P<num{{n}}>{_AMOUNT})\s?(?P<mult{{n}}>k"
    rf"\b|K\b|[Ll]akhs?\b|[Ll]acs?\b|LPA\b|L\b|crore\b|million\b|mn\b|m\b|M\b|billion\b|bn\b|B\b|"
    rf"Mrd\b)?(?P<plus{{n}}>\+)?\s?(?P<post{{n}}>{_CODE}|€|£|zł|[Ee]uros?\b|CAD\b|dollars\b|pounds\b)?"
)
_RANGE = re.compile(
    _MONEY.replace("{n}", "1")
    + r"(?:[ ,]*(?:gross|p\.?a\.?|per annum|per hour|an hour|/ ?hr|/ ?hour|/ ?year|per year|a year|"
    r"brutto|DOE)?)?\s*(?:-|–|—|to|and|bis|à|a|bis zu|~|through)\s*" + _MONEY.replace("{n}", "2")
)
_SINGLE = re.compile(_MONEY.replace("{n}", "1"))
_CLAUSE = re.compile(r"[,;:.](?!\d)|\band\b|\bplus\b|\bwith\b")
_PERIODS = (
    ("hour", re.compile(
        r"(?:per|an|a|/|each|pro|par|por|de l')\s?(?:hour|hr|h\b|stunde|heure|hora)|\bhourly\b|"
        r"\bp\.?/?h\.?\b|\b(?:stundenlohn|taux horaire)", re.I)),
    ("day", re.compile(
        r"(?:per|a|/|pro|par|por)\s?(?:day|tag|jour|d[íi]a)\b|\bday rate\b|\bdaily\b|\bTJM\b", re.I)),
    ("week", re.compile(r"(?:per|a|/)\s?week\b|\bweekly\b", re.I)),
    ("month", re.compile(
        r"(?:per|a|/|pro|par|por|al)\s?(?:month|monat|mois|mes)\b|\bmonthly\b|\bp\.?c\.?m\b|\bmonatlich|"
        r"\bmensuel|\bmensual", re.I)),
    ("year", re.compile(
        r"(?:per|a|/|each|pro|par|por|im|al)\s?(?:year|yr|annum|jahr|an\b|ann[ée]e|a[ñn]o)|\bannual|"
        r"\byearly\b|\bp\.?\s?a\b\.?|\bpa\b|\bjahresgehalt|\bjährlich|\banuales|\bannuel|\bLPA\b|\bCTC\b|"
        r"\bbase\b", re.I)),
)  # fmt: skip
_ABOUT_PAY = re.compile(
    r"\b(?:salar(?:y|ies)|pay|paid|pays|wages?|compensation|remuneration|base|range|package|ote|stipend|"
    r"hourly|rate|gehalt|vergütung|jahresgehalt|brutto|rémunération|salaire|salario|sueldo|retribuci|ctc|"
    r"band|grade|per annum|per year|a year|per hour|an hour|p\.a|gross|superannuation|super|earn)\b",
    re.I,
)  # fmt: skip
_NOT_PAY = re.compile(
    r"\b(?:budgets?|revenue|turnover|funding|raised|assets|portfolio|projects?|clients?|fund|deals?|"
    r"allowance|reimburs|referral|desk|learning|loans?|tuition|differential|sign(?:ing)?[- ]on|worth|"
    r"stipend for|lending|sponsor|bonus of|relocation|maximum salary available|customers|scholarship|"
    r"fees?|grants?|donat|match|up to .{0,12} toward|insurance|cover of|commissions? worth|sales of|"
    r"employees|members|P&L)",
    re.I,
)  # fmt: skip
# "Per mile", "per session": a rate for a piece of work, not for time.
_OTHER_UNIT = re.compile(r"\s?(?:per|/)\s?[A-Za-z]")
# Above this an amount without a period is taken to be a year's pay, below the other an hour's.
_YEARLY, _HOURLY = 8_000, 400


MAX_PASSAGE = 4_000  # characters of a paragraph that are looked through for pay


class Pay(NamedTuple):
    """None: not said."""

    least: float | None = None
    most: float | None = None
    currency: str | None = None
    period: str | None = None


def number(text: str, multiplier: str | None) -> float | None:
    """The value of "58.000", "1,20,000", "62.5" or "58 000", times its multiplier."""
    digits = re.sub(r"[\s'’ ]", "", text)
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        tail = len(digits) - last - 1
        if tail == 3 or tail == 0 or (digits.count(digits[last]) > 1 and tail != 2):
            digits = digits.replace(",", "").replace(".", "")
        else:
            digits = digits[:last].replace(",", "").replace(".", "") + "." + digits[last + 1 :]
    try:
        value = float(digits)
    except ValueError:
        return None
    word = (multiplier or "").lower()
    scale = {"k": 1e3, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "lpa": 1e5, "l": 1e5, "crore": 1e7}
    if word in ("million", "mn", "m", "billion", "bn", "b", "mrd"):
        return None
    return value * scale.get(word, 1.0)


def _currency(match: re.Match[str], groups: tuple[str, ...], country: str | None) -> str | None:
    for n in groups:
        post = match[f"post{n}"] or ""
        code = match[f"code{n}"] or (post if len(post) == 3 and post.isupper() else None)
        if code:
            return code
    for n in groups:
        for symbol in (match[f"sym{n}"], match[f"post{n}"]):
            if not symbol:
                continue
            if symbol.lower().startswith("euro"):
                return "EUR"
            if symbol.startswith("Rs") or symbol == "INR":
                return "INR"
            if symbol in _SYMBOLS:
                return _SYMBOLS[symbol]
            prefix = symbol[:-1].lower()
            if symbol.endswith("$"):
                return _DOLLARS.get(prefix) if prefix else (country or "USD")
    return (
        "INR"
        if any((match[f"mult{n}"] or "").lower() in ("lpa", "lakh", "lakhs", "lacs") for n in groups)
        else None
    )


def _period(near: str, wide: str, value: float) -> str | None:
    for text in (near, wide):
        places = [(m.start(), name) for name, pattern in _PERIODS if (m := pattern.search(text))]
        if places:
            return min(places)[1]
    if value >= _YEARLY:
        return "year"
    return "hour" if value <= _HOURLY else None


def pay(passages: list[tuple[str, bool]], dollar: str | None) -> Pay:
    """The pay stated in `passages` (text, True where the place is about pay); `dollar` is the ISO code that a
    bare "$" means here, None for US dollars."""
    best: tuple[float, Pay] = (0.0, Pay())
    for passage, about in passages:
        text = passage[:MAX_PASSAGE]
        for pattern, groups in ((_RANGE, ("1", "2")), (_SINGLE, ("1",))):
            for match in pattern.finditer(text):
                scored = _judge(match, groups, text, about, dollar)
                if scored is not None and scored[0] > best[0]:
                    best = scored
    return best[1]


def _judge(
    match: re.Match[str], groups: tuple[str, ...], text: str, about: bool, dollar: str | None
) -> tuple[float, Pay] | None:
    currency = _currency(match, groups, dollar)
    if currency is None:
        return None
    mults = [match[f"mult{n}"] for n in groups]
    if (
        len(mults) == 2
        and mults[1]
        and not mults[0]
        and mults[1].lower() in ("k", "lakh", "lakhs", "lpa", "l", "lacs")
    ):
        mults[0] = mults[1]
    values = [number(match[f"num{n}"], mults[i]) for i, n in enumerate(groups)]
    if any(v is None or v <= 0 for v in values):
        return None
    least, most = values[0], values[-1]
    assert least is not None
    assert most is not None
    if len(values) == 2 and (most < least or most > 5 * least):
        return None
    before, after = text[max(0, match.start() - 90) : match.start()], text[match.end() : match.end() + 60]
    sentence = re.split(r"(?<=[a-z)])\. ", before)[-1] + match[0] + re.split(r"\. (?=[A-Z])|;", after)[0]
    near = match[0] + re.split(r"[,;](?!\d)|\.\s", after)[0]
    stated = _ABOUT_PAY.search(sentence) is not None
    periods = any(p.search(near) for _, p in _PERIODS)
    if not (about or stated or periods):
        return None
    close = _CLAUSE.split(before[-40:])[-1] + match[0] + _CLAUSE.split(after[:30])[0]
    if _NOT_PAY.search(close) and not re.search(
        r"salar|gehalt|salaire|per annum|hourly|pay range|\bctc\b", sentence, re.I
    ):
        return None
    if re.match(r"\s?%", after) or (_OTHER_UNIT.match(after) and not periods):
        return None
    points = 2.0 * (len(groups) == 2) + stated + about + periods + (most >= 1000 or periods) * 0.5
    if len(groups) == 1 and not (periods or re.search(r"salar|pay|gehalt|salaire|wage", before[-50:], re.I)):
        return None
    single = len(groups) == 1
    upto = (
        single
        and re.search(
            r"\b(?:up to|maximum(?: salary)?(?: available)?[\w ]{0,40}|bis zu|jusqu'à|hasta)\W*(?:of "
            r")?\W*$",
            before,
            re.I,
        )
        is not None
    )
    onwards = single and (
        match["plus1"] is not None
        or re.search(r"\b(?:from|starting at|ab|à partir de|desde)\W*$", before, re.I) is not None
    )
    period = _period(near, sentence + " " + text[: match.start()][-200:], most)
    return points, Pay(None if upto else least, None if onwards else most, currency, period)
