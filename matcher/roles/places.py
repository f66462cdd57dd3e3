"""Names of states, provinces and countries: what tells that a piece of a header line is a place."""

from __future__ import annotations

import re

_US = """Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii
Idaho Illinois Indiana Iowa Kansas Kentucky
Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada
New_Hampshire New_Jersey New_Mexico New_York
North_Carolina North_Dakota Ohio Oklahoma Oregon Pennsylvania Rhode_Island South_Carolina South_Dakota
Tennessee Texas Utah Vermont Virginia Washington
West_Virginia Wisconsin Wyoming D.C. Puerto_Rico USA U.S.A. U.S. US United_States""".split()
_US_CODES = """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM
NY NC ND OH OK OR PA RI SC SD TN TX UT
VT VA WA WV WI WY DC""".split()
_CANADA = """Ontario Quebec Québec British_Columbia Alberta Manitoba Saskatchewan Nova_Scotia New_Brunswick
Newfoundland Newfoundland_and_Labrador
Prince_Edward_Island Yukon Nunavut Northwest_Territories Canada""".split()
_CANADA_CODES = "ON QC BC AB MB SK NS NB NL PE YT NU NT".split()
_AUSTRALIA = """New_South_Wales Victoria Queensland Western_Australia South_Australia Tasmania
Northern_Territory Australia""".split()
_AUSTRALIA_CODES = "NSW VIC QLD WA SA TAS ACT NT".split()
_OTHERS = """UK U.K. United_Kingdom Great_Britain England Scotland Wales Northern_Ireland Ireland Germany
Deutschland Austria Österreich Switzerland Schweiz Suisse France Belgium
Netherlands Luxembourg Spain España Portugal Italy Greece Poland Sweden Norway Denmark Finland Estonia
Latvia Lithuania Czechia Czech_Republic Slovakia
Hungary Romania Bulgaria Croatia Slovenia Serbia Ukraine Turkey Israel UAE United_Arab_Emirates Dubai Qatar
Saudi_Arabia Egypt Kenya Nigeria Ghana South_Africa India China
Hong_Kong Taiwan Japan South_Korea Korea Singapore Malaysia Thailand Vietnam Philippines Indonesia
New_Zealand Mexico México Brazil Brasil Argentina Chile Colombia
Peru Europe EU EMEA APAC LATAM Karnataka Maharashtra Tamil_Nadu Telangana Kerala Gujarat Haryana
Uttar_Pradesh West_Bengal Delhi Punjab Rajasthan
Northamptonshire Yorkshire Lancashire Kent Surrey Sussex Essex Hampshire Devon Cornwall Norfolk Suffolk
Cambridgeshire Oxfordshire Berkshire Hertfordshire
Bedfordshire Buckinghamshire Cheshire Cumbria Derbyshire Dorset Durham Gloucestershire Herefordshire
Leicestershire Lincolnshire Merseyside Northumberland
Nottinghamshire Shropshire Somerset Staffordshire Warwickshire Wiltshire Worcestershire West_Midlands
Tyne_and_Wear Fife Highland Rutland Middlesex Isle_of_Wight Greater_London Greater_Manchester Gwynedd Powys
Ceredigion Pembrokeshire Carmarthenshire Monmouthshire Glamorgan Anglesey Conwy Aberdeenshire Ayrshire
Lanarkshire Lothian Perthshire Moray Antrim Armagh Tyrone Fermanagh Co._Cork Co._Galway Andalucía Andalusia
Catalonia Catalunya Bretagne Brittany Normandy Normandie Provence Tuscany Toscana Lombardy Lombardia
Andhra_Pradesh Madhya_Pradesh Odisha Bihar Assam Goa Co._Dublin Bavaria Bayern Hessen""".split()
_CITIES = """London Manchester Birmingham Leeds Glasgow Edinburgh Bristol Liverpool Sheffield Cardiff
Belfast Newcastle Nottingham Cambridge Oxford Dublin
Cork Galway Paris Lyon Marseille Toulouse Lille Bordeaux Nantes Strasbourg Berlin München Munich Hamburg
Köln Cologne Frankfurt Stuttgart Düsseldorf Leipzig
Dresden Hannover Nürnberg Bremen Wien Vienna Zürich Zurich Genf Geneva Genève Basel Bern Madrid Barcelona
Valencia Sevilla Bilbao Málaga Lisbon Lisboa Porto Amsterdam
Rotterdam Utrecht Brussels Bruxelles Antwerp Stockholm Oslo Copenhagen Helsinki Warsaw Kraków Krakow Prague
Budapest Bucharest Athens Rome Milan Milano New_York
San_Francisco Los_Angeles Chicago Boston Seattle Austin Houston Dallas Denver Atlanta Miami Philadelphia
Phoenix Portland San_Diego Washington_DC Toronto
Vancouver Montreal Montréal Calgary Edmonton Ottawa Winnipeg Halifax Sydney Melbourne Brisbane Perth
Adelaide Canberra Hobart Darwin Auckland Wellington
Christchurch Bangalore Bengaluru Mumbai Pune Hyderabad Chennai Delhi New_Delhi Gurgaon Gurugram Noida
Kolkata Ahmedabad Kochi Tokyo Osaka Seoul Singapore Shanghai
Beijing Nairobi Lagos Cape_Town Johannesburg Accra Cairo Tel_Aviv São_Paulo Bogotá Buenos_Aires Santiago
Lima Mexico_City SF NYC""".split()


def _words(names: list[str]) -> str:
    return "|".join(sorted((re.escape(n.replace("_", " ")) for n in names), key=len, reverse=True))


_REGION = _words(_US + _CANADA + _AUSTRALIA + _OTHERS)
_CODES = "|".join(_US_CODES + _CANADA_CODES + _AUSTRALIA_CODES)
_TOWN = (
    r"[A-ZÀ-Þ][\w.'’\u00c0-\u017f-]*(?: (?:upon|on|am|an der|de|del|la|le|sur|im|and|"
    r"[A-ZÀ-Þ][\w.'’\u00c0-\u017f-]*)){0,4}"
)
PLACE = re.compile(
    rf"(?P<town>\b(?:near |Greater )?{_TOWN}(?:,| [-–])? (?:(?:{_CODES})\b|(?:the )?(?:{_REGION})(?!\w))"
    rf"(?:,? (?:{_REGION})(?!\w))?(?: \d{{4,5}})?)|(?P<known>\b(?:{_words(_CITIES)}|{_REGION})(?!\w))"
)
_LABEL_KEYS = (
    r"(?:job |work(?:ing)? |office |primary |main |duty )?(?:locations?|place|sites?|base|town|city|station)|"
    r"place of work|workplace|where|based (?:in|at)|offices?|standorte?|arbeitsort|einsatzort|dienstort|ort|"
    r"lieu(?: de travail)?|localisation|ubicaci[oó]n|lugar(?: de trabajo)?|sede|luogo|plaats|locatie"
)
_LABELLED = re.compile(rf"^(?:{_LABEL_KEYS})\s*:\s*(?P<value>\S.*)$", re.I)
_STOP = re.compile(r"(?<!\bSt)(?<!\bMt)(?<!\bCo)(?<!\b[A-Z])[.;](?=\s+[A-Z]|\s*$)|\s[-–—|]\s")
_LONGEST = 80  # characters of a label's value that can be a place
_CANADIAN = re.compile(rf"\b(?:{_words(_CANADA)})\b|, (?:{'|'.join(_CANADA_CODES)})\b")
_AUSTRALIAN = re.compile(
    rf"\b(?:{_words(_AUSTRALIA)}|Sydney|Melbourne|Brisbane|Perth|Adelaide|Canberra|Hobart|"
    rf"superannuation)\b|\b(?:NSW|QLD|TAS)\b"
)
_NEW_ZEALAND = re.compile(r"\b(?:New Zealand|Auckland|Wellington|Christchurch|Aotearoa)\b")
_SINGAPORE = re.compile(r"\bSingapore\b")


def find_place(text: str) -> str | None:
    """The first place named in `text`, a town with its state before a name alone; None when there is none."""
    best = None
    for match in PLACE.finditer(text):
        if match["town"]:
            return match[0]
        best = best or match[0]
    return best


def labelled_place(text: str) -> str | None:
    """The place of a line "Location: Leeds": the first statement of its value; None for other lines."""
    found = _LABELLED.match(text)
    if found is None:
        return None
    value = _STOP.split(found["value"], maxsplit=1)[0].strip(" ,")
    if len(value) > _LONGEST or not value[:1].isupper():
        return find_place(value)
    return value or None


def dollar_of(text: str) -> str | None:
    """The ISO code a bare "$" means in a posting that stands in `text`; None where nothing says so."""
    for code, pattern in (
        ("AUD", _AUSTRALIAN),
        ("CAD", _CANADIAN),
        ("NZD", _NEW_ZEALAND),
        ("SGD", _SINGAPORE),
    ):
        if pattern.search(text):
            return code
    return None
