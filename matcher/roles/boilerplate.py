"""What no posting means as a qualification: benefits, equal opportunity, process, terms of the job."""

from __future__ import annotations

import re

from matcher.roles.kinds import MAX_CHARACTERS

_LEGAL = re.compile(
    r"\bcookies? (?:policy|settings|consent|notice|preferences)\b|\b(?:uses?|accept|"
    r"allow) (?:all )?cookies\b|"
    r"\bequal[- ](?:opportunit|employ)|\bdiscriminat|\bregardless of\b|\bwithout regard to\b|\bprotected "
    r"(?:by law|veteran|characteristic|class|status|group)|\bE-?Verify\b|\breasonable (?:accommodation|"
    r"adjustment)|\baccommodations?\b.{0,60}\b(?:request|disab|interview|application|process|available|"
    r"provid|need)|\bdisabilit(?:y|ies)\b.{0,40}\b(?:confident|veteran|status)|\bunder-?represented\b|"
    r"\bdiverse (?:team|workforce|candidates|backgrounds|group)|\bdiversity\b.{0,40}\binclusi|\b(?:drug|"
    r"background|credit|criminal|reference|pre-?employment)\b[\w ,/-]{0,40}\b(?:checks?|screen|test|"
    r"investigation|stud)|\bcontingent (?:up)?on\b|\bsubject to (?:an? |the |satisfactory )?(?:\w+ "
    r"){0,3}(?:check|background|clearance|screen|referenc|disclosure|vetting|DBS)|"
    r"\ball qualified applicants\b|\bqualified "
    r"applicants\b|\barrest or conviction\b|\bunsolicited\b|\bagenc(?:y|ies),? please\b|\bno agencies\b|"
    r"\brecruit(?:ment|ing) agenc|\bthis (?:job )?description is not\b|\bnot (?:intended to be |an? "
    r")?(?:exhaustive|all-inclusive|full list)|\bother duties (?:as|may)\b|\bpersonal data\b|\bprivacy\b|"
    r"\bGDPR\b|\bguaranteed interview\b|\bunabh[äa]ngig von\b|\bChancengleichheit|\b[ée]galit[ée] des "
    r"chances\b|\bigualdad de oportunidades|\bcompetencies listed\b|\bschwerbehindert|\bmeet every "
    r"(?:single )?(?:qualification|requirement)|\bevery single (?:qualification|requirement)",
    re.I,
)  # fmt: skip
_APPLY = re.compile(
    r"\b(?:send|submit|e-?mail|upload|attach|forward|provide|include)\b.{0,40}\b(?:cv|r[ée]sum[ée]s?|"
    r"cover(?:ing)? letter|portfolio|applications?|links?|references|statement)\b|\bon your "
    r"r[ée]sum[ée]\b|\bapply (?:now|today|online|here|via|through|by|at|with|directly|if|even)\b|\bfeel "
    r"free to apply\b|\bencourage(?:s|d)? (?:you |everyone |all |applications|people |candidates |[\w "
    r"]{0,60} )?(?:to apply|from)\b|\bplease (?:apply|note|contact|send|submit|visit|do not|don't|"
    r"include|click|see)\b|\bclosing date\b|\bwe(?:'ll| will) (?:reply|respond|be in touch|contact|get "
    r"back)\b|\bshort-?listed\b|\binterviews? (?:will|are|take|process|stage)|\b(?:look forward to "
    r"hearing|hear from you)\b|\bclick\b|\bto apply\b|\bwarmly invited\b|\bwelcome(?:s)? applications\b|"
    r"\burge you\b|\bapplicants who need\b|\bhttps?://|\bwww\.|\bdisqualif|\bbewerb(?:en|ung)\b|"
    r"\bcandidature\b.{0,30}\b(?:envoy|adress)|\benv[íi]a(?:nos)? tu\b|\bbitte (?:sende|senden|bewirb)",
    re.I,
)  # fmt: skip
_STYLE = re.compile(r"\b(?:your|style) r[ée]sum[ée]\b", re.I)
_BENEFIT = re.compile(
    r"\b(?:health|dental|medical|vision|life|disability) (?:insurance|cover|coverage|plan|benefits|"
    r"premium)(?! (?:licen|experience|sector|industry|claims|products|law|compan|regulat|sales|broker|"
    r"market|underwrit|background))|\b401\s?\(?k\)?|\bpension\b(?! (?:fund|law|scheme adm|plan adm|"
    r"account|actuar))|\bpaid (?:time off|leave|holiday|vacation|parental|sick|days|sabbatical|public)|"
    r"\bPTO\b|\b(?:parental|maternity|annual|sick|paternity) leave\b|\bdays?'? (?:of )?(?:annual |paid "
    r")?(?:holidays?|leave|vacation)\b|\bweeks?'? of (?:annual |paid )?(?:vacation|leave|holiday)|"
    r"\bstock options?\b|\bequity (?:that|package|and|in|vest|grant|stake|compensation)|\bvest(?:s|ed|"
    r"ing)\b|\b(?:gym|fitness|wellness|wellbeing) (?:member|allowance|stipend|budget)|\btuition (?:reimb|"
    r"assist)|\blearning (?:and development )?(?:budget|stipend)|\bstaff discount|\bemployee discount|"
    r"\bsuperannuation\b|\bcompetitive (?:salary|pay|compensation|benefits|package)|\bbenefits? "
    r"(?:package|include|start)|\bbonus (?:scheme|target|plan|payment|of)\b|\bsigning bonus\b|\bcycle to "
    r"work\b|\bcompany car\b|\bour benefits\b|\bfree (?:lunch|parking|coffee|snacks)|\bperks\b|\bholiday "
    r"allowance\b|\bnight differential\b|\bprovident fund\b|\bgratuity\b|\bUrlaubstage|\bmutuelle\b|"
    r"\btickets? restaurant\b|\bRTT\b|\bmeal (?:card|voucher)|\bseguro m[ée]dico\b|\bflexible (?:working "
    r"hours|vacation)\b",
    re.I,
)  # fmt: skip
_PROVIDED = re.compile(
    r"\b(?:uniforms?|lunch(?:es)?|meals?|accommodation|housing|parking|tools|equipment|"
    r"workwear)\b[^.;]{0,20}\b"
    r"(?:is|are|will be) (?:provided|supplied|free|included)\b",
    re.I,
)
_MONEY_A_YEAR = re.compile(
    r"(?:[$£€₹]|\b(?:USD|EUR|GBP|CAD|AUD|INR|CHF)\b)\s?\d[\d,.]*\s?k?\b.{0,60}\b(?:per|a|an|/)\s?(?:year|"
    r"annum|hour|hr|month|day|week)\b|\b(?:salary|pay|compensation|stipend)\b.{0,50}(?:[$£€₹]|\b(?:USD|"
    r"EUR|GBP)\b)\s?\d",
    re.I,
)  # fmt: skip
_TERMS = re.compile(
    r"\b(?:work )?visas?\b.{0,40}\bsponsor|\bsponsor(?:ship)?\b.{0,60}\b(?:visa|work|employment|offered|"
    r"available|transfer|permit|applicant)|\bwithout (?:the need for )?(?:\w+ )?sponsorship\b|"
    r"\b(?:authori[sz]ed|eligib\w+|right|permit(?:ted)?|permission|entitled|authori[sz]ation|legally "
    r"able) (?:to|for) (?:legally )?(?:work|live and work|employment|be employed)\b|\bwork "
    r"(?:authori[sz]ation|permit)\b|\bpermit to work\b|\b(?:u\.?s\.? )citizens? or nationals?\b|\bpermanent "
    r"residents?\b.{0,30}\bwelcome",
    re.I,
)  # fmt: skip
_NOT_ASKED = re.compile(
    r"^\W*no (?:\w+ ){0,3}(?:experience|degree|qualifications?|training|licen[sc]e|certificat\w+|diploma)\b"
    r".{0,30}\b(?:necessary|required|needed|essential|expected)\b",
    re.I,
)
_PASSPORT = re.compile(r"\bpermits? to work\b|^(?:an? |hold )*(?:valid )?(?:[A-Z]{2} )?passport\b", re.I)
_OFFICE = re.compile(
    r"\b(?:in|at|from) (?:one of )?(?:our|the) (?:[\w-]+ ){0,2}(?:offices?|studio|hub|"
    r"headquarters)\b.{0,40}(?:days?|%|percent|week|time)\b|\b(?:this|the) (?:role|position|job|post) "
    r"(?:is|will be) (?:expected|based|located|hybrid|remote|on-?site|fully|full|part|a )",
    re.I,
)
_SHIFTS = re.compile(
    r"^(?:must be |you (?:must|will|should) be |be )?(?:able|availab\w+|willing(?:ness)?|ability|"
    r"flexib\w+|prepared)\b[\w ,]{0,20}?\b(?:to work|for|to be on)\b.{0,40}\b(?:shifts?|nights?|"
    r"weekends?|evenings?|hours|rota|roster|on-?call|overtime|holidays|days (?:a|per) week)\b",
    re.I,
)  # fmt: skip
_TRAVEL = re.compile(
    r"^(?:must be |be )?(?:(?:able|willing(?:ness)?|ability|available|prepared|required|expected) to |"
    r"occasional |up to |some |approximately |about |\d+\s?%? ?)*(?:\d+(?:\s?[-–]\s?\d+)?\s?(?:%|percent|"
    r"per cent)\s*(?:of )?)?\W?\btravel\b(?!\s+(?:industry|agency|management|sector|experience|booking|"
    r"medicine))",
    re.I,
)  # fmt: skip


# Links and buttons of the page around a posting.
_CHROME = re.compile(
    r"(?:about(?: us)?|home|jobs|all jobs|careers?|companies|salaries|blog|press|news|faqs?|"
    r"help(?: cent(?:er|re))?|"
    r"contact(?: us)?|legal notice|imprint|impressum|datenschutz|agb|mentions l[ée]gales|aviso legal|"
    r"site ?map|"
    r"accessibility(?: statement)?|(?:privacy|cookies?)(?: (?:policy|notice|statement|settings|"
    r"preferences))?|"
    r"(?:manage|accept(?: all)?|reject(?: all)?) cookies|terms(?: (?:and|&) conditions| of (?:use|service))?|"
    r"log ?in|sign (?:in|up|out)|register|my account|find (?:a )?jobs?|post a job|upload (?:your |a )?(?:cv|"
    r"r[ée]sum[ée])|(?:for )?(?:employers?|recruiters?)(?: home)?|report (?:an? )?(?:issue|this job|job)|"
    r"(?:save|share|print|email)(?: (?:this )?job)?|apply(?: now| here| online)?|facebook|linkedin|twitter|x|"
    r"instagram|youtube|whatsapp|back(?: to (?:top|search|results|jobs))?|next|previous|show more|read more|"
    r"skip to (?:main )?content)",
    re.I,
)


def is_chrome(text: str) -> bool:
    """True when the text is nothing but a link or button of the page around the posting."""
    return _CHROME.fullmatch(text.strip(" \t.:>»›|")) is not None


def is_legal(text: str) -> bool:
    """True for equal-opportunity wording, checks made on hires, and notices."""
    return _LEGAL.search(text) is not None


def is_application(text: str) -> bool:
    """True for instructions on how to apply and invitations to do so."""
    return _APPLY.search(text) is not None or _STYLE.search(text) is not None


def is_benefit(text: str) -> bool:
    """True for what the employer gives: pay, leave, cover, discounts."""
    return any(p.search(text) for p in (_BENEFIT, _PROVIDED, _MONEY_A_YEAR))


def is_terms(text: str) -> bool:
    """True for terms of the job that no resume gives evidence of: work permits, shifts, travel."""
    return any(pattern.search(text) for pattern in (_TERMS, _NOT_ASKED, _PASSPORT, _OFFICE, _SHIFTS, _TRAVEL))


def is_boilerplate(text: str) -> bool:
    """True when the text is no qualification wherever it stands."""
    plain = text[:MAX_CHARACTERS].replace("’", "'")
    return (
        is_chrome(plain) or is_legal(plain) or is_application(plain) or is_benefit(plain) or is_terms(plain)
    )
