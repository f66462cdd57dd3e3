"""Names in postings: what is a job title, what is a company, and both written as names are."""

from __future__ import annotations

import re

from matcher.roles.headings import Section, is_upper

JOB_NOUNS = re.compile(
    r"\b(?:accountant|actuary|administrator|advis[oe]r|agent|analyst|architect|artist|assistant|"
    r"associate|attorney|auditor|baker|barista|biologist|bookkeeper|broker|builder|buyer|captain|carer|"
    r"caregiver|carpenter|cashier|chef|chemist|clerk|clinician|coach|commissioner|consultant|controller|"
    r"cook|coordinator|co-?ordinator|copywriter|counsel|counsel+or|curator|dentist|deputy|designer|"
    r"developer|director|dispatcher|doctor|driver|economist|editor|educator|electrician|engineer|"
    r"estimator|executive|facilitator|fellow|fitter|foreman|forester|geologist|graduate|handler|head|"
    r"hygienist|inspector|installer|instructor|intern|interpreter|investigator|janitor|journalist|"
    r"journeyman|lawyer|lead|leader|lecturer|librarian|machinist|manager|mechanic|mediator|merchandiser|"
    r"midwife|nanny|nurse|officer|operative|operator|optometrist|paralegal|paramedic|partner|pharmacist|"
    r"photographer|physician|physicist|physiotherapist|pilot|planner|plumber|porter|postdoc|principal|"
    r"producer|professor|programmer|psychologist|receptionist|recruiter|registrar|reporter|"
    r"representative|researcher|scientist|secretary|seller|solicitor|specialist|statistician|steward|"
    r"strategist|superintendent|supervisor|surgeon|surveyor|teacher|technician|technologist|therapist|"
    r"trader|trainee|trainer|translator|treasurer|tutor|underwriter|veterinarian|waiter|welder|worker|"
    r"writer|apprentice|ranger|hydrologist|ingenieur(?:in)?|entwickler(?:in)?|leiter(?:in)?|"
    r"berater(?:in)?|kaufmann|kauffrau|pfleger(?:in)?|pflegefachkraft|fachkraft|sachbearbeiter(?:in)?|"
    r"erzieher(?:in)?|lehrer(?:in)?|techniker(?:in)?|mechaniker(?:in)?|mitarbeiter(?:in)?|"
    r"referent(?:in)?|ing[ée]nieure?|d[ée]veloppeu(?:r|se)|responsable|chargée?|infirmi(?:er|[èe]re)|"
    r"technicien(?:ne)?|assistante?|chef(?:fe)?|directeur|directrice|comptable|gestionnaire|vendeu(?:r|"
    r"se)|ingeniero|ingeniera|desarrollador|t[ée]cnico|enfermer[oa]|jefe|analista|contable|gerente|"
    r"profesor|m[ée]dico|director[a]|coordinador)s?\b|\((?:m/w/d|w/m/d|m/f/d|h/f|f/h|f/m/d|m/f/x|all "
    r"genders)\)",
    re.I,
)  # fmt: skip
COMPANY_WORDS = re.compile(
    r"\b(?:inc|ltd|limited|llc|llp|plc|gmbh|ag|sa|sas|sarl|bv|nv|ab|oy|pty|pvt|co|corp|corporation|"
    r"company|group|holdings?|partners|associates|hospital|clinic|medical center|health|healthcare|bank|"
    r"academy|school|college|university|trust|council|foundation|institute|studio|studios|labs?|"
    r"laborator(?:y|ies)|technologies|systems|solutions|services|consulting|consultants|consultancy|"
    r"engineers|builders|farms?|pharmacy|outfitters|industries|agency|ministry|department|credit union|"
    r"logistics|energy|software|society|museum|library|church|charity|airlines|motors|foods|brewery|"
    r"bakery|hotel|hotels|restaurant|works|media|press|kg|se|spa|s\.l|s\.a|networks|capital|insurance|"
    r"nhs|care|homes|inn|auberge|bistro|brasserie|caf[ée]|trattoria|h[ôo]tel|gasthof|ysgol|scoil|lyc[ée]e|"
    r"colegio|klinik|klinikum|winery|vineyards?|b\.v)\b\.?",
    re.I,
)  # fmt: skip
_SUBJECT = re.compile(
    r"^(?:at |join |here at )?(?:[Tt]he )?(?P<name>[A-ZÀ-Þ][\w&'’.-]*(?:,? (?:[A-ZÀ-Þ0-9&][\w&'’.-]*|of|and|"
    r"the|for|de|la|du|von|y|et|&)){0,6}?)(?:, [A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+)?)?,? (?:is|are|has|have|was|"
    r"were|makes?|builds?|runs?|develops?|"
    r"provides?|operates?|sells?|designs?|helps?|moves?|delivers?|serves?|creates?|offers?|owns?|brings?|"
    r"works?|manages?|bottles|grows|farms|manufactures?|produces|supplies|trains|supports|connects|"
    r"publishes|ist|sind|entwickelt|bietet|est|sommes|propose|es|desarrolla|ofrece|looks? after|seeks|we "
    r"|believes?|exists?|employs?|teaches|treats|cares|insures|ships|repairs|maintains|invests|advises|"
    r"keeps|prints|brews|bakes|cleans|hires?|wants?|needs?|puts|takes|turns|gives|started|began|opened)\b"
)  # fmt: skip
_NOT_NAME = frozenset(
    """we our you your this these that the he she it they as in at for with each every all if when while
    from since there candidates applicants
    benefits employees located working job position role are what who how why most few many some
    one""".split()
)
_ABOUT = re.compile(
    r"^(?:about|über|join|why|why join|working at|life at|who is|à propos de|sobre|bei|chez|welcome "
    r"to)\s+(?:the\s+)?(?P<name>[A-ZÀ-Þ0-9].{1,60}?)[:.!?]*$",
    re.I,
)
_NOT_COMPANY = re.compile(
    r"^(?:us|you|the|our|this|role|job|position|team|company|organi[sz]ation|department|business|"
    r"opportunity|program|project|me|working|firm|school|hospital|academy|uns|nous|nosotros|your)\b",
    re.I,
)
_CONTRACTED = re.compile(r"['’](?:s|re|ve|ll)$")
_SENTENCE = 40  # characters; shorter lines are no sentences about a company
SMALL_WORDS = frozenset(
    "a an and as at but by for from in of on or the to with und der die das et de la le du y".split()
)
_KEEP = frozenset(
    "HR IT UI UX QA PR VP CEO CFO CTO COO RN LPN ICU ER NHS UK US USA EU AI ML BI R&D SEO II III IV GIS "
    "HVAC CNC PLC CAD BIM ETL API AWS SAP ERP CRM NP PA MRI CT EMT SRE iOS LLC PLC GMBH IP SQL".split()
)


def title_case(text: str) -> str:
    """A line set in capitals as it would be written otherwise; other lines unchanged."""
    if not is_upper(text):
        return text
    words = []
    for i, word in enumerate(text.split(" ")):
        bare = re.sub(r"[^\w&]", "", word)
        if bare in _KEEP:
            words.append(word)
        elif i and bare.lower() in SMALL_WORDS:
            words.append(word.lower())
        else:
            words.append(
                re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda m: m[0][0].upper() + m[0][1:].lower(), word)
            )
    return " ".join(words)


def title_case_place(text: str) -> str:
    """A place set in capitals as it would be written; a code of two or three capitals at its end stays."""
    if not is_upper(text):
        return text
    words = title_case(text).split(" ")
    if len(words) > 1 and len(words[-1]) <= 3:
        words[-1] = words[-1].upper()
    return " ".join(words)


def is_subject(body: str, name: str) -> bool:
    """True when a sentence of the posting has `name` as its subject: it hires."""
    return any(
        name.lower().startswith(found["name"].lower())
        for line in body.split("\n")
        if (found := _SUBJECT.match(line.strip())) is not None
    )


def company_in_body(parts: tuple[Section, ...], body: str) -> str | None:
    """The company from a heading that names it, or from the sentence that has it as its subject."""
    for section in parts:
        about = _ABOUT.match(section.heading.text.strip()) if section.heading is not None else None
        if (
            about is None
            or not about["name"][0].isupper()
            or _NOT_COMPANY.match(about["name"])
            or JOB_NOUNS.search(about["name"])
        ):
            continue
        return title_case(about["name"])
    for line in body.split("\n"):
        subject = _SUBJECT.match(line.strip())
        if subject is None or len(line) < _SENTENCE:
            continue
        words = subject["name"].split()
        if words[0].lower().strip("'’") in _NOT_NAME or JOB_NOUNS.search(words[-1]):
            continue
        if not _CONTRACTED.search(words[0]):
            return subject["name"]
    return None
