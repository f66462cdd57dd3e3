"""Licences, certifications, registrations and checks an item asks for, over all fields of work."""

from __future__ import annotations

import re

from matcher.roles.licence_grades import graded

# Credentials known by their initials, whatever stands around them. Gathered from the names their issuers use.
_ALWAYS = r"""BLS ACLS PALS NRP TNCC CCRN CNOR OCN CEN CPR AED CNA LPN LVN EMT(?:-[BIP])? NCLEX(?:-RN)? CPA
CFA CIA(?=\s+cert) CMA(?=\s+cert)
CISA CISM CISSP CRISC CEH OSCP GIAC CCNA CCNP CCIE CKAD? PMP CAPM PRINCE2 PgMP CSM CSPO ITIL TOGAF COBIT CDL
HGV LGV NMLS SHRM-CP SHRM-SCP SPHR
GPHR aPHR APR QTS PGCE NPQH P\.?\s?Eng\b\.? P\.?\s?Ag\b\.? P\.?\s?Geo\b\.? CEng IEng MICE MIStructE MRICS
FRICS CSCS SMSTS SSSTS NEBOSH IOSH CIPD CIPS MCIPS
ACCA CIMA ICAEW CTA(?=\s+qual) TEFL TESOL CELTA DELTA(?=\s+qual) HACCP ServSafe BCBA RBT LCSW LMSW LMFT LPC
LPCC LMHC HCPC NMC GMC GPhC GDC AHPRA TWIC LEED(?:\s+(?:AP|GA)(?:\s+BD\+C)?)?
APICS CSCP CPIM CLTD RHIA RHIT CCS-P ARRT RRT CRT(?=\s+cert) CCC-SLP BCACP BCPS BCOP CPhT CFP CAIA FRM CLU
ChFC CPCU NATE EPA\s+(?:Section\s+)?608 DOT\s+medical\s+card
OSHA[\s-](?:10|30) CompTIA\s+(?:A\+|Network\+|Security\+) MCSE AZ-\d{3} RHCE RHCSA CCFP CFE CAMS CRCM CTP
PHR CEBS CPP(?=\s+cert) FAA\s+(?:A&P|Part\s+107|airframe) A&P(?=\s+(?:lic|cert|mech))
WWCC RSA(?=\s+cert) RCIC RPN CCHI CMI(?=\s+cert) NICET ASE(?=\s+cert) NREMT CHES RDN RD(?=\s+cred) PTCB
CPO(?=\s+cert) CWI CWB(?:\s+[Ll]evel\s+I{1,3}) CBAP PMI-ACP CGEIT SIE CPHQ CCM(?=\s+cert) CPC(?=\s+cert)
CCS(?=\s+cert)"""
_INITIALS = re.compile(r"(?<![\w-])(?:" + "|".join(_ALWAYS.split()) + r")(?![\w-])")
_SERIES = re.compile(r"\bSeries \d{1,2}(?:(?:,| and|/|, and| or) ?\d{1,2})*\b", re.I)
_NAMED = re.compile(
    r"\bqualified teacher status\b|\b(?:basic|advanced cardiovascular|advanced cardiac|pediatric "
    r"advanced) life support\b|\bOSHA[ -](?:10|30)(?:[ -]hour)?(?: training| card| certificat\w+)?|"
    r"\bwhite card\b|\bblue card\b|(?-i:\bWorking [Ww]ith Children\b)(?: check)?|"
    r"\b(?:enhanced |basic |standard )?DBS(?: check| clearance| certificate)?\b|"
    r"\bsix sigma(?: (?:green|black|yellow) belt)?\b|"
    r"\b(?:green|black) belt\b|\bfirst[- ]aid(?: at work)?(?: certificat\w*| cert| qualification)?\b(?= "
    r"?(?:$|[,.;()]|and|or|train|is|required|prefer))|\b(?:chartered|incorporated) (?:engineer|"
    r"accountant|surveyor|psychologist|physicist|architect|manager|builder|status|member\w*|legal "
    r"executive|financial analyst)\b|\bprofessional engineer(?:ing)?(?: licen[sc]e| registration)?\b|"
    r"\bregistered building practitioner\b|\bregistered (?:nurse|architect|dietitian|midwife|pharmacist|"
    r"social worker|psychologist|electrician|veterinar\w+)\b(?= (?:with|in the|licen|regist|\())|"
    r"\bsecurity check(?: \(SC\))? clearance\b|\bdeveloped vetting\b(?: \(DV\))?(?: clearance)?|"
    r"\b(?:(?:NVQ|SVQ)(?: level \d)?|level \d (?:award|certificate|NVQ|SVQ))(?: in (?:(?!or\b|and\b|"
    r"with\b)[\w-]+ ?)"
    r"{1,6})?(?<! )|\b(?:TS/SCI|top secret(?:/SCI)?|secret|SC|DV|NV1|NV2|security) (?:security )?clearance\b|"
    r"\bcertified (?:public accountant|scrum master|nursing assistant|welder|forklift operator|financial "
    r"planner|kubernetes administrator|fraud examiner|medical assistant|"
    r"management accountant|safety professional|internal auditor|professional coder|arborist|crane "
    r"operator|pharmacy technician)\b|\bAWS certified(?: [A-Z][\w-]+){0,4}|\b(?:gas safe|NICEIC)(?: "
    r"registered| registration)?\b|\b18th edition\b|\bforklift (?:licen[sc]e|certificat\w+|ticket|"
    r"operator)|\bfood (?:handler'?s?|safety|hygiene)(?: (?:level \d|certificat\w+|card|permit|manager|"
    r"supervisor|qualification|award))+|\bfirst class (?:medical|power engineer)\w*|\bred seal\b|"
    r"\bjourneyman\b(?: (?:\w+ "
    r")?(?:certificat\w+|licen[sc]e|ticket|card))?|\bcommercial pilot\b|\bapproved mental capacity\b|"
    r"\bapprobation\b|\bf[üu]hrerschein(?:klasse)?(?: (?:der )?(?:klasse )?[BCDE]{1,2}1?\b)?|\bpermis "
    r"(?:b|c|de conduire|[bcd]\b)(?: [bcd]\b)?|\b(?:permiso|carnet) de conducir(?: [bcd]\b)?|\bcaces\b|"
    r"\bhabilitation [ée]lectrique\b|\bstaplerschein\b|\bboard[- ]certified\b(?: in [\w ]+)?",
    re.I,
)  # fmt: skip
_WITH_BODY = re.compile(
    r"\b(?i:registration|register(?:ed)?|membership|enrolled|enrol+ment) (?:with|"
    r"of) (?:the )?(?P<body>[A-Z][\w&-]*(?: (?:of|and|"
    r"[A-Z][\w&-]*)){0,5})"
)
_FOREIGN = re.compile(
    r"\b(?i:certificaci[oó]n(?:es)?|certificado|certification|zertifizierung|zertifikat) (?:de |en |"
    r"oficial |als |in )*[A-ZÁ-Ú][\w+.-]*(?: [A-ZÁ-Ú][\w+.-]*){0,4}"
)
_BAR = re.compile(
    r"\b(?:admi(?:ssion|tted|ssible) (?:to|in) (?:practi[cs]e (?:in|before) )?(?:the "
    r")?(?:(?P<state>(?:[A-Z][\w.]+ ){0,3})(?:state )?bar\b)|member(?:ship)? (?:of|in) (?:good standing "
    r"(?:of|with) )?(?:the )?(?P<state2>(?:[A-Z][\w.]+ ){0,3})(?:state )?bar\b|"
    r"\b(?P<state3>(?:[A-Z][\w.]+ ){1,3})(?:state )?bar (?:admission|membership|licen[sc]e)|bar "
    r"admission|licensed (?:attorney|to practi[cs]e law))",
    re.I,
)  # fmt: skip
_ADMITTED = re.compile(
    r"\b(?i:admi(?:tted|ssion) to practi[cs]e(?: law)?) in (?:the )?(?P<state>[A-Z]\w+(?: [A-Z]\w+){0,2})"
)
_NOUN = (
    r"(?:licen[sc]es?|licensure|certificates?|certification(?: scheme)?s?|accreditation|designation|"
    r"registration|permit|ticket|credentials?|endorsement|clearance|abstract)"
)
_PHRASE = re.compile(
    rf"(?P<name>(?:[\w.&+#/'’-]+[ ]){{1,7}}?)(?P<noun>{_NOUN})\b(?! (?:agreements?|revenue|deals?|fees?|"
    rf"programs?|process|management|renewal|authorit|bod(?:y|ies)|department|plates?|keys?|files?|costs?|"
    rf"mark))",
    re.I,
)  # fmt: skip
# The naming noun phrase: words up to a noun for a person ("certified bridge inspector"), and what it is of.
_STOP_WORD = (
    r"(?:and|or|in|with|by|to|for|at|from|on|as|who|is|are|be|required|preferred|desirable|essential|"
    r"strongly|"
    r"through|within|under|via|plus|a|an|the|of|preferably|ideally|able|willing|status|experienced|working)\b"
)
_PERSON = (
    r"(?:[a-z]+(?:ist|ian|eer|yst|fer|ler|ner|per|ster|wife|cher|cer|der|ger|ver|ker|mer|ser|tter|ider|"
    r"ctor|itor|"
    r"ator|isor|elor|llor|veyor)|associate|member|fellow|architect|accountant|assistant|consultant|attendant|"
    r"agent|nurse|worker|engineer|executive|professional|plumber|apprentice|coach|mechanic|medic|paramedic|"
    r"lawyer|doctor|counsel|technologist|representative|operative|administrator|practitioner)\b"
)
_LICENSED = re.compile(
    r"\b(?P<kind>licen[sc]ed|registered|certified|chartered) (?:as an? |in [A-Z]\w+ as an? )?"
    r"(?!and\b|or\b|user|account\b|in\b|with\b|by\b|to\b|address|office|charit|software|products?|mail|"
    r"organi[sz]|company|program|school|universit|college|institution|degree|apprentice)"
    rf"(?P<who>(?:(?!{_STOP_WORD})[A-Za-z][\w/-]* (?:and (?=[\w-]+ (?:therapist|counsel)))?){{0,4}}?{_PERSON}"
    rf"(?: (?!{_STOP_WORD}){_PERSON})*(?: of (?:(?:an?|the) )?(?:(?!{_STOP_WORD})[\w'-]+ ?){{1,4}}(?<! ))?|"
    r"[A-Za-z][\w-]+)",
    re.I,
)

_LEADING = re.compile(
    r"^(?:(?:an?|the|any|some|your|our|their|his|her|own|one|both|and|or|to|of|with|in|from|for|by|at|as|"
    r"is|are|be|has|have|having|hold(?:s|ing)?|holder|possess(?:es|ion)?|possession|obtain\w*|"
    r"earn(?:ed)?|get|maintain|current|valid|active|full|clean|up-to-date|unencumbered|unrestricted|"
    r"existing|relevant|appropriate|required|must|you|you've|completed|complete|recognised|recognized|"
    r"professional|industry|equivalent|additional|state|state-issued|provincial|national|federal|local|"
    r"UK|US|U\.S\.|EU|British|Canadian|Australian|manual|good|proof|ability|able|willingness|willing|"
    r"either|plus|preferred|ideally|preferably|such|eligible|eligibility|e\.g\.|i\.e\.|including|related|"
    r"other|necessary|applicable|suitable|similar|minimum|least|unrestricted,|encumbered|permanent|"
    r"class's|who|that|which|already|also|under|through|towards?|toward|on|via|achieve|gain(?:ed)?|"
    r"years?|experience|degree|bachelor's|master's|multi-state|compact|multistate|accredited|nationally|"
    r"basic|advanced|more|another|further|issued|new|formal|technical|Alabama|Alaska|Arizona|Arkansas|"
    r"California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|"
    r"Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|"
    r"Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|"
    r"Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|"
    r"Virginia|Washington|West Virginia|Wisconsin|Wyoming|Ontario|Quebec|British Columbia|Alberta|"
    r"Manitoba|Saskatchewan|Nova Scotia|New Brunswick|NSW|Queensland|Victoria|Tasmania|WA|SA|QLD|"
    r"VIC)\s+)+",
    re.I,
)  # fmt: skip
_LETTERS = re.compile(r"^[A-Z][A-Za-z]{0,2}[A-Z0-9][A-Z0-9+.&-]*$|^[A-Z]{2,}[\w.+&-]*$")
_CUT = re.compile(
    r"^.*(?:\b(?:or|and|of|for|in|with|to|the|an?|plus|your|including|either|is|are|be|both|the ability "
    r"to|as|by|hold|holds|holding)\b|[,;:(])\s+",
    re.I,
)
_GENERIC = frozenset(
    """board teaching professional industry relevant appropriate required industry-recognised vendor other
    similar it
    software product site driver's training technical cloud security more additional further first state
    company formal
    gift tuition birth site-specific quality iso marriage""".split()
)
_SHARED_NOUN = re.compile(r"^\S+ (?:licen[sc]es?|licensure|certificates?|certification|credentials?)$", re.I)
_SHARES = re.compile(r"(?<![\w.-])(?P<letters>[A-Z]{2,5}(?:-[A-Z][a-z]*)?)(?:,? (?:or|and) |, | ?/ ?)$")
_PLACES = frozenset("EEA EU GB UK US USA".split())
_NOT = re.compile(
    r"\b(?:software licen[sc]|licen[sc]ing (?:or|and|deals?|agree|of|strateg|process|model)|product "
    r"certification|certification bod|open[- ]source licen|check certificates|registration process|"
    r"vehicle registration|trademark registration|patient registration|event registration|student "
    r"registration|planning permit|permit applications?|building permits?\b|permits and)",
    re.I,
)
_DRIVING = re.compile(
    r"(?<!\+)\b(?:(?P<cls>(?:class )?(?:[A-Z]\d?|\d[A-Z]?)(?: class)?(?= )|[A-Z] class|HGV|LGV|commercial|"
    r"heavy vehicle|MR|HR|HC) )?(?P<word>driv(?:er'?s?|ers'?|ing))(?P<apos>')? licen[sc]e\b",
    re.I,
)
_CATEGORY = re.compile(r"(?:\bcat(?:egory|\.)? |\+)$", re.IGNORECASE)
_CHECK = re.compile(
    r"\b(?:working with (?:vulnerable people|children) (?:check|card|registration)|police (?:check|"
    r"clearance|certificate)|national police check)\b",
    re.I,
)

# Nouns that name a licence only after a proper name.
_COMMON_NOUNS = frozenset(
    "permit ticket endorsement registration clearance credentials credential accreditation".split()
)
# One licence with "and" in its name.
_ONE = re.compile(r"\b(life|accident|property|heating) and (health|casualty|cooling)\b", re.I)


def _clean(name: str) -> str:
    name = _ONE.sub(r"\1 & \2", name)
    text = _CUT.sub("", " " + name.strip()).strip()
    while True:
        shorter = _LEADING.sub("", text + " ").strip()
        if shorter == text:
            return text.strip(" ,'’")
        text = shorter


def _add(found: list[tuple[int, int, str]], start: int, end: int, name: str) -> None:
    """Keep a name unless its place is already taken."""
    name = " ".join(name.split()).strip(" .,;:") if not name.endswith("Ag.") else name
    if name and not any(start < taken_end and taken_start < end for taken_start, taken_end, _ in found):
        found.append((start, end, name))


def _phrases(text: str, found: list[tuple[int, int, str]]) -> None:
    for match in _PHRASE.finditer(text):
        noun = match["noun"]
        name = _clean(match["name"])
        start = match.start("noun") - 1 - len(name)
        if _NOT.search(text[max(0, match.start("noun") - 24) : match.end() + 20]):
            continue
        if not name or name.lower() in _GENERIC:
            continue
        if noun.lower() == "abstract":
            continue
        words = name.split()
        if noun.lower() in _COMMON_NOUNS and not name[0].isupper() and words[0] != "security":
            continue
        letters = _LETTERS.match(words[-1]) is not None and len(words) == 1
        if letters and not noun.lower().startswith("licen"):
            _add(found, start, match.end(), words[-1])
        else:
            _add(found, start, match.end(), f"{name} {noun}")


def _shared(text: str, start: int, name: str, found: list[tuple[int, int, str]]) -> None:
    """Add the initials that share the noun of the licence `name` at `start`: "RN or LPN licence"."""
    if not _SHARED_NOUN.search(name):
        return
    while match := _SHARES.search(text[max(0, start - 40) : start]):
        start -= len(match[0])
        if match["letters"] in _PLACES:
            return
        _add(found, start, start + len(match["letters"]), match["letters"])


def licences(text: str) -> tuple[str, ...]:
    """The names of licences and certifications in the order they stand, the words around them cut off."""
    plain = text.replace("’", "'")
    found: list[tuple[int, int, str]] = []
    for bar in _BAR.finditer(plain):
        state = next((bar[g] for g in ("state", "state2", "state3") if bar[g]), "") or ""
        state = re.sub(r"^(?:the|a|an|current|active)\s+", "", state.strip(), flags=re.I)
        _add(found, bar.start(), bar.end(), f"{state} bar" if state else "bar admission")
    for admitted in _ADMITTED.finditer(plain):
        _add(found, admitted.start(), admitted.end(), f"{admitted['state']} bar")
    for driving in _DRIVING.finditer(plain):
        category = _CATEGORY.search(plain[: driving.start()])  # compared apart, as in the names of grades
        name = plain[driving.start("word") : driving.end()] if category else driving[0]
        _add(found, driving.start(), driving.end(), name)
    for match in _CHECK.finditer(plain):
        _add(found, match.start(), match.end(), match[0])
    for match in re.finditer(r"\b(?:[A-Z]\d? class|class \d?[A-Z]\d?) licen[sc]e\b", plain, re.I):
        _add(found, match.start(), match.end(), match[0])
    for start, end, name in graded(plain):
        _add(found, start, end, name)
    for match in _WITH_BODY.finditer(plain):
        _add(found, match.start(), match.end(), match["body"])
    for pattern in (_NAMED, _SERIES, _FOREIGN):
        for match in pattern.finditer(plain):
            _add(found, match.start(), match.end(), match[0])
    for match in _INITIALS.finditer(plain):
        after = re.match(r"\s+(?:licen[sc]e|ticket|card|entitlement)", plain[match.end() :], re.I)
        end = match.end() + (after.end() if after else 0)
        _add(found, match.start(), end, plain[match.start() : end])
    _phrases(plain, found)
    for match in _LICENSED.finditer(plain):
        _add(found, match.start(), match.end(), match[0])
    for start, _, name in tuple(found):
        _shared(plain, start, name, found)
    names: list[str] = []
    for _, _, name in sorted(found):
        if name.lower() not in (known.lower() for known in names):
            names.append(name)
    return tuple(_without_synonyms(names, plain))


def _without_synonyms(names: list[str], text: str) -> list[str]:
    """Initials in brackets after the name they stand for are not a second licence."""
    kept: list[str] = []
    for name in names:
        bracket = re.search(rf"\(([^()]*\b{re.escape(name)}\b[^()]*)\)", text)
        if bracket is not None and kept:
            before = text[: bracket.start()].rstrip().lower()
            if before.endswith(kept[-1].lower()) or (
                " or " in bracket[1] and before.endswith(kept[-1].lower())
            ):
                continue
            if any(before.endswith(known.lower()) for known in kept):
                continue
        kept.append(name)
    return kept


def any_licence(text: str, names: tuple[str, ...]) -> bool:
    """True when "or" stands between the licences: one of them is enough."""
    if len(names) < 2:
        return False
    low = text.replace("’", "'").lower()
    first = re.search(rf"(?<!\w){re.escape(names[0].lower())}", low)
    start = first.end() if first else 0
    return re.search(r"\bor\b|/", low[start : low.rfind(names[-1].lower())]) is not None
