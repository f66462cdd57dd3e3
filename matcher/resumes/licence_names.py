"""Licences known by name: set phrases and well-known credentials, for text that lists no licences."""

from __future__ import annotations

import re

# Credentials whose letters mean nothing else in a resume.
ACRONYMS = (
    r"PMP|PgMP|CAPM|CPA|CFA|CMA|CISA|CISM|CISSP|CRISC|CEH|CCNA|CCNP|CCIE|MCSE|MCSA|SHRM-S?CP|PHR|SPHR"
    r"|CSM|CSPO|BLS|ACLS|PALS|TNCC|NRP|CDL|LEED(?:[ -]AP(?: BD\+C| O\+M)?)?|OSHA[ -]?(?:10|30)(?:-[Hh]our)?"
    r"|ServSafe(?: (?:Food )?(?:Protection )?(?:Manager|Handler|Alcohol))?"
    r"|NCLEX(?:-RN)?|CCRN|CNOR|Security\+|Network\+|CompTIA [\w+]{1,40}|TEFL|TESOL|CELTA|TWIC"
    r"|CPR(?:/(?:AED|BLS|First Aid))*|AED|First Aid|RN|LPN|LVN|APRN|CRNA|EMT(?:-?[BIP])?|CNA|LCSW|LMFT|NMLS"
    r"|FINRA Series \d{1,2}|Series \d{1,2}|(?:Lean )?Six Sigma(?: (?:Green|Black|Yellow) Belt)?"
    r"|ITIL(?: v?\d)?|CIA|PRINCE2|QTS|P\.E\.|FE/?EIT"
)
# Those that a headline, a summary or a list of skills may name bare; the others only with "certified" etc.
BARE = re.compile(
    r"(?<![^\W_])(?:PMP|PgMP|CAPM|CPA|CFA|CISA|CISM|CISSP|CRISC|CCNA|CCNP|CCIE|MCSE|SHRM-S?CP|SPHR|CSPO|ACLS"
    r"|BLS|PALS|TNCC|CDL|LEED AP(?: BD\+C| O\+M)?"
    r"|ServSafe(?: (?:Food )?(?:Protection )?(?:Manager|Handler|Alcohol))?|CCRN|CNOR|RN|LPN|LVN|APRN|CRNA"
    r"|LCSW|LMFT|PRINCE2"
    r"|CompTIA [A-Z][\w+]{0,40}|(?:Lean )?Six Sigma (?:Green|Black|Yellow) Belt|P\.E\.|QTS)(?![^\W_]|[-+]\w)"
)
_PATTERNS = (
    re.compile(
        r"(?<![^\W_])(?:"
        r"(?:registered nurse|RN|LPN|LVN|CNA|APRN|NP|CRNA|EMT(?:-?[BIP])?"
        r"|paramedic)\s{1,9}(?:state\s{1,9})?(?:licen[sc]e[d]?|licensure)"
        r"|(?:[A-Z][\w&/.+-]{0,40} {1,9}){1,5}(?:Licen[sc]e|Certificat(?:e|ion)|Credential)(?:\s{0,9}(?:#"
        r"|no\.?)\s{0,9}\w{1,40})?"
        rf"|(?:{ACRONYMS}|A\+)"
        r"(?:\s{0,9}(?:/|and|&|,)\s{0,9}(?:CPR|AED|First Aid|BLS|ACLS|PALS))*\s{0,9}[-–]?\s{0,9}"
        r"(?:[Cc]ertified|[Cc]ertification|licen[sc]ed?|licen[sc]e holder)"
        r"|(?:[A-Z][\w&/.+-]{0,40} ){1,4}Certified(?=[ \t]{0,9}(?:[,;.|•\n]|\Z))"
        r"|(?:licen[sc]ed|certified|chartered"
        r"|board[- ]certified)\s{1,9}(?:[A-Z][\w&/.-]{0,40}\s{0,9}(?:in\s{1,9})?){1,5}"
        r"|(?:AWS|Azure|Google Cloud|Microsoft|Cisco|Oracle|Salesforce|Red Hat"
        r"|SAP)\s{1,9}Certified\s{1,9}(?:[A-Z][\w&/.–-]{0,40}\s{0,9}){1,6}"
        r"|(?:admitted to|member of) the (?:[A-Z]\w{1,40} )*(?:state )?bar(?: of (?:[A-Z]\w{1,40} ?)+"
        r"| association)?"
        r"|(?:valid |clean |current |full )?driver['’]?s?['’]? licen[sc]e|commercial driver['’]?s licen[sc]e"
        r"|class [A-E] (?:CDL|licen[sc]e)"
        r")(?![^\W_])"
    ),
    re.compile(
        r"(?<![^\W_])(?:licen[sc]ed (?:professional engineer|practical nurse|clinical social worker"
        r"|real estate agent|psychologist|pharmacist"
        r"|electrician|plumber|attorney|cosmetologist|insurance agent|contractor)|certified public accountant"
        r"|registered nurse"
        r"|registered dietitian|project management professional|professional engineer|chartered accountant"
        r"|chartered engineer|qualified teacher status|basic life support"
        r"|advanced cardiovascular life support"
        r"|(?:fork ?lift|food handler'?s?|first aid|cpr|notary public|real estate|teaching|nursing"
        r"|pilot'?s?) (?:certified|certification|licen[sc]ed?|card|credential)"
        r"|(?:top secret|secret|ts/sci|sc|dv)(?:/sci)? (?:security )?clearance)"
        r"(?![^\W_])",
        re.IGNORECASE,
    ),
)
# What is sought, studied for or another's is not held.
_SOUGHT_BEFORE = re.compile(
    r"(?:pursuing|preparing for|studying for|study for|working towards?|progress towards?|eligible for"
    r"|candidate for|enrolled in|seeking|obtain(?:ing)?|towards?|plan(?:ning)? to (?:take|sit)"
    r"|not(?: yet)?(?: a)?"
    r"|(?:supervis|manag|train|assist|report)\w{0,6}(?: to)?)\s{1,9}(?:(?:the|a|an|my|our|his|her)\s{1,9})?$",
    re.IGNORECASE,
)
_SOUGHT_AFTER = re.compile(
    r"^[\s,(:–-]{0,4}(?:exam |level [ivx123]{1,3} )?(?:candidate|in progress|pending|eligible|exam prep\w*"
    r"|preparation|expected|student"
    r"|of (?:appreciation|attendance|completion|participation|recognition|achievement))\b",
    re.IGNORECASE,
)

# What is done to the licences of others, or to people who hold them, where the sentence begins with it. In
# the infinitive and the gerund these may be titles ("Audit Manager, CPA"): something has to follow them.
_OF_OTHERS = re.compile(
    r"^\W*(?:(?:also|and|daily|personally|regularly|successfully|then)\s+)*(?:(?:led|oversaw|sold|taught|"
    r"work(?:ed|ing)? (?:alongside|closely|for|under|with))\b|"
    r"(?:administer|advis|approv|arrang|assess|assign|assist|audit|book|chas|check|coach|collect|conduct|control|"
    r"coordinat|deliver|direct|employ|enforc|enroll?|ensur|evaluat|examin|facilitat|guid|help|hir|inspect|instruct|"
    r"interview|issu|lead|manag|mentor|monitor|organi[sz]|overse|precept|process|promot|provid|recruit|report|review|"
    r"revok|schedul|screen|sell|sign|staff|supervis|support|teach|track|train|tutor|updat|validat|verif|work)"
    r"(?:\w{0,3}ed\b|e?s\b|\w{0,5}\s+(?:all|an?|each|every|new|other|our|the|their|to|with|\d+)\b))",
    re.IGNORECASE,
)
# Said of oneself all the same: "worked on a ward as a licensed practical nurse", "led the team; my CPA".
_OWN = re.compile(
    r"\b(?:as (?:an?|the)|became|became an?|earn(?:ed|ing)|gain(?:ed|ing)|held|hold(?:s|ing)?|i am an?|my|"
    r"obtain(?:ed|ing)|own|possess\w*|qualified as|while|with (?:active|an?|current|my|valid))\s+"
    r"(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_FOR_OTHERS = re.compile(
    r"^s?\s+(?:applications?|checks?|classes|courses?|exams?|files?|programs?|programmes?|records?|renewals?|"
    r"sessions?|training)\s+(?:for|of|to)\b|^s?\s+(?:for|of) (?:\w+ ){0,3}(?:applicants|candidates|clients|"
    r"drivers|employees|members|nurses|operators|people|pupils|staff|students|teachers|technicians|volunteers|workers)\b",
    re.IGNORECASE,
)
_SAID_BEFORE = 120  # characters of a sentence that are read for it
_SENTENCE = re.compile(r"[.;!?•]\s|\n")


def known_licences(text: str, start: int, end: int, bare: bool) -> list[re.Match[str]]:
    """The set phrases between `start` and `end`; with `bare`, well-known letters standing alone, too."""
    found = []
    for pattern in (*_PATTERNS, BARE) if bare else _PATTERNS:
        for match in pattern.finditer(text, start, end):
            before = text[max(start, match.start() - 40) : match.start()]
            after = text[match.end() : min(end, match.end() + 30)]
            if not (_SOUGHT_BEFORE.search(before) or _SOUGHT_AFTER.match(after) or _is_anothers(text, match)):
                found.append(match)
    return found


def _is_anothers(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence around a set phrase tells of other people's licences: "Checked the licence of each
    driver", "Booked forklift licence courses for eight drivers"."""
    start = max(0, match.start() - _SAID_BEFORE)
    before = _SENTENCE.split(text[start : match.start()])[-1]
    if _FOR_OTHERS.match(text[match.end() : match.end() + _SAID_BEFORE]):
        return True
    return _OF_OTHERS.match(before) is not None and not _OWN.search(before)


NAMED_WHOLE = re.compile(
    rf"(?:(?:adult|pediatric|heartsaver|current|active)\s)?(?:{ACRONYMS}|A\+)"
    r"(?:\s?(?:/|&|and)\s?(?:AED|First Aid|BLS|ACLS|PALS))*"
    r"(?:[ -](?:certified|certification|certificate|license|licence|card))?",
    re.IGNORECASE,
)
