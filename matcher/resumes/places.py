"""Is a stretch of text a place ("San Francisco, CA", "Bremen, Germany", "Remote")?"""

from __future__ import annotations

import re

_REGIONS = set(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND
    OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR AB BC MB NB NL NS ON PE QC SK NSW VIC QLD UK USA
    US UAE EU
""".split()
)
_REGION_NAMES = {
    name.strip()
    for name in """
        alabama; alaska; arizona; arkansas; california; colorado; connecticut; delaware; florida; hawaii;
        idaho; illinois; indiana; iowa; kansas; kentucky; louisiana; maine; maryland; massachusetts;
        michigan; minnesota; mississippi; missouri; montana; nebraska; nevada; new hampshire; new jersey;
        new mexico; new york; north carolina; north dakota; ohio; oklahoma; oregon; pennsylvania; rhode
        island; south carolina; south dakota; tennessee; texas; utah; vermont; virginia; west virginia;
        wisconsin; wyoming; ontario; quebec; québec; british columbia; alberta; england; scotland; wales;
        northern ireland; bavaria; bayern; catalonia; united states; united states of america; u.s.a.;
        u.s.; usa; united kingdom; u.k.; great britain; ireland; germany; deutschland; france; spain;
        españa; italy; italia; portugal; netherlands; the netherlands; nederland; belgium; luxembourg;
        austria; österreich; switzerland; schweiz; suisse; denmark; sweden; norway; finland; iceland;
        poland; czech republic; czechia; slovakia; hungary; romania; bulgaria; greece; türkiye; turkey;
        russia; ukraine; belarus; estonia; latvia; lithuania; serbia; croatia; slovenia; bosnia and
        herzegovina; albania; north macedonia; moldova; georgia; armenia; azerbaijan; kazakhstan; israel;
        lebanon; jordan; egypt; morocco; algeria; tunisia; saudi arabia; united arab emirates; qatar;
        kuwait; bahrain; oman; iran; iraq; pakistan; india; bangladesh; sri lanka; nepal; china; p.r.
        china; hong kong; taiwan; japan; south korea; korea; singapore; malaysia; indonesia; thailand;
        vietnam; philippines; australia; new zealand; canada; mexico; méxico; brazil; brasil; argentina;
        chile; colombia; peru; perú; ecuador; venezuela; uruguay; paraguay; bolivia; costa rica; panama;
        guatemala; cuba; jamaica; dominican republic; haiti; puerto rico; trinidad and tobago; guyana;
        nigeria; ghana; kenya; uganda; tanzania; ethiopia; south africa; zimbabwe; zambia; botswana;
        rwanda; senegal; cameroon; ivory coast; madagascar; mauritius; malta; cyprus
    """.split(";")
}
_CITIES = {
    name.strip()
    for name in """
        new york city; nyc; london; paris; berlin; munich; münchen; hamburg; frankfurt; cologne; köln;
        vienna; wien; zurich; zürich; geneva; genève; amsterdam; rotterdam; brussels; madrid; barcelona;
        lisbon; lisboa; rome; roma; milan; milano; dublin; edinburgh; manchester; birmingham; stockholm;
        copenhagen; oslo; helsinki; warsaw; prague; budapest; istanbul; moscow; kyiv; tel aviv; dubai; abu
        dhabi; mumbai; delhi; new delhi; bangalore; bengaluru; hyderabad; chennai; pune; kolkata; karachi;
        lahore; dhaka; colombo; beijing; shanghai; shenzhen; tokyo; osaka; seoul; bangkok; jakarta; manila;
        kuala lumpur; sydney; melbourne; brisbane; perth; auckland; toronto; montreal; montréal; vancouver;
        ottawa; calgary; san francisco; los angeles; san diego; san jose; seattle; chicago; boston;
        houston; dallas; austin; atlanta; miami; denver; phoenix; philadelphia; portland; detroit;
        minneapolis; washington dc; washington, dc; washington d.c.; são paulo; rio de janeiro; buenos
        aires; bogotá; lima; santiago; mexico city; lagos; nairobi; cairo; johannesburg; cape town; accra;
        北京; 上海; 深圳; 广州; 杭州; 東京; 大阪; 서울
    """.split(";")
}
# Of one word a country's name may be a person's, too ("Jordan").
_LONG_NAMES = tuple(f" {name}" for name in _REGION_NAMES if " " in name)
REMOTE = re.compile(
    r"^\(?(?:fully |100% )?(?:remote|hybrid|on-?site|worldwide|home office|nationwide)\)?$", re.IGNORECASE
)
_CITY = re.compile(
    r"^(?:[A-ZÀ-ÞŞİÇĞ][\w'’.-]{0,40}|de|la|le|del|of|am|an|der|upon|sur|du|do|da"
    r"|dos)(?:[ -][\w'’.-]{1,40}){0,3}$"
)
_CODE = re.compile(r"^([A-Z]{2,3})(?:\s{1,9}\d{5}(?:-\d{4})?)?$")
_POSTCODE = re.compile(r"^(?:[A-Z]{1,2}-?)?\d{4,6}\s{1,9}(?=[^\W\d_])|\s{1,9}\d{5}(?:-\d{4})?$")


def _region(text: str) -> bool:
    code = _CODE.match(text.strip())
    name = _POSTCODE.sub("", text.strip(" ,.()")).casefold()
    return (
        (code is not None and code[1] in _REGIONS)
        or name in _REGION_NAMES
        or name.endswith(_LONG_NAMES)  # "Aotearoa New Zealand"
    )


def known_place(text: str) -> bool:
    """True for a country, a state or a large city by name."""
    plain = _POSTCODE.sub("", text.strip(" ,.()")).casefold()
    return plain in _REGION_NAMES or plain in _CITIES


def is_place(text: str) -> bool:
    """True for "City, Region", "City, Country", a known place alone, or a word for remote work."""
    plain = text.strip(" .()")
    if REMOTE.match(plain) or known_place(plain):
        return True
    parts = [part.strip() for part in re.split(r",|/| - | – ", plain) if part.strip()]
    if not 2 <= len(parts) <= 3:
        words = plain.rsplit(" ", 1)
        return len(words) == 2 and words[1] in _REGIONS and bool(_CITY.match(words[0])) and len(words[0]) > 2
    if REMOTE.match(parts[-1]) or re.match(r"^(?:\(?or )?remote", parts[-1], re.IGNORECASE):
        return bool(_CITY.match(parts[0]))
    if len(parts) == 3 and not _region(parts[1]):
        return False
    return _region(parts[-1]) and bool(_CITY.match(_POSTCODE.sub("", parts[0])))
