"""Heading words -> topic: what the lines under a heading are about, in the many wordings in use.

The vocabularies are our own list, gathered from the wording habits of public postings in English
(American, British, Australian, Canadian, Indian), German, French and Spanish.
"""

from __future__ import annotations

import re
from enum import StrEnum

from matcher.roles.vocabulary import any_of


class Topic(StrEnum):
    """What a part of a posting is about."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    RESPONSIBILITY = "responsibility"
    ROLE = "role"  # the job in prose
    ABOUT = "about"  # the company, the team
    BENEFITS = "benefits"  # pay too
    TERMS = "terms"  # place, hours, travel, visa
    APPLY = "apply"  # how to apply, the process
    LEGAL = "legal"  # equal opportunity, disclaimers
    OTHER = "other"  # a heading in words not known here


_LEGAL = any_of(r"""
    \bequal (?:opportunit|employ)  \beeoc?\b  \bdiversity\b  \binclusion\b  \baccommodations?\b
    \bdisclaimer  \bprivacy\b  \bfine print\b  \blegal notice  \bsmall print\b
    \bnotice to (?:agenc|recruit|applic)  \bagenc(?:y|ies) (?:notice|policy)  \bdata protection\b
    \bour commitment\b  \bcommitment to\b  \bdatenschutz  \bbackground (?:check|screen)
    \bpre-?employment\b  \bsafeguarding statement  \bfair chance\b  \be-?verify\b  \bcovid
""")
_APPLY = any_of(r"""
    \bhow to apply\b  \br[ée]sum[ée]s?\b  \bcvs?\b  \bto apply\b  \bapply (?:now|today|here|for|by)\b
    ^apply\b
    \bapplications?(?: process| procedure| instructions| deadline| details)?$  \bapplying\b  \binterview
    \bhiring process\b  \brecruitment process\b  \bselection process\b  \bnext steps?\b  \bclosing date\b
    \bdeadline\b  \bcontacts?\b(?! cent)  \bwhat happens next\b  \bour process\b  \bbewerbung  \bbewirb[ts]?
    \bcandidature\b  \bpostuler\b  \bc[oó]mo (?:aplicar|postular)  \bkontakt\b  \bquestions\?
    \bsubmission\b  \bdocuments? (?:required|to submit)\b  \brequired documents\b  \breferences?\b
    \binscripci[oó]n\b  \bready to (?:apply|join)\b
    \b(?:similar|related|recommended|featured|latest|more|other|nearby|matching) (?:jobs|positions|vacancies|
    openings|roles$|opportunities$)
    \bjobs? (?:you(?:'ll| will| might| may)|like this|alerts?|for you|near|by email)\b
    \brecently viewed\b  \byou (?:may|might) also (?:like|be interested)
    \bpeople (?:also|who) (?:viewed|applied|searched)  \bcookies?\b  \bnewsletter\b  \bsign (?:in|up)\b
    \bshare this\b  \bsave this\b  \bähnliche (?:jobs|stellen)  \boffres similaires  \bofertas similares
""")
_BENEFITS = any_of(r"""
    \bbenefits?\b  \bperks?\b  \bcompensation\b  \bsalar(?:y|ies)\b  \bpay\b  \brewards?\b
    \bremuneration\b  \bpackage\b  \bwhat(?:'s| is) in it for (?:you|me)  \bwhat you(?:'ll| will)? get\b
    \bwhat you can expect from us\b  \bon offer\b  \bwe (?:can )?(?:offer|provide|give)\b  \bour offer
    \bwhat you(?:'ll| will) (?:receive|enjoy|love)\b  \bthe offer\b  \boffering\b  \bstipend\b
    \bwhy (?:join|work|you(?:'ll| will) love|us\b|choose|come)  \breasons to join\b  \bin return\b
    \bgives? you\b  \byou can count on\b
    \bhourly (?:rate|range|wage)\b  \bwages?\b  \bleave entitlement  \b401  \bctc\b
    \bwir (?:dir |ihnen )?bieten\b  \bbieten wir\b  \bdas bieten\b  \bunser angebot\b
    \bnous (?:vous )?offrons\b  \bavantages\b  \br[ée]mun[ée]ration\b  \bce que nous (?:offrons|proposons)
    \b(?:qu[ée] )?(?:te )?ofrecemos\b  \bbeneficios\b  \bsalario\b  \bbenefizi\b  \boferecemos\b
    \bnous (?:te |vous )?proposons\b  \bgehalt\b  \bverg[üu]tung\b
""")
_TERMS = any_of(r"""
    \blocations?\b  \bschedule\b  \b(?:working )?hours\b  \btravel\b  \bvisas?\b  \bsponsorship\b
    \bwork authori[sz]ation\b  \bright to work\b
    \bwork(?:ing)? (?:environment|conditions|arrangements?|pattern|location|mode|type)\b  \blogistics\b
    \bemployment type\b  \bcontract\b  \bterms\b  \bwhere and (?:how|when)\b  \bgood to know\b
    \b(?:the|other|further|key|practical|job|more|additional|basic|general|position) (?:details|
    information|info|facts)\b
    ^details\b  \bstart(?:ing)? date\b  \bshifts?\b  \bhow we work\b  \bwhere you(?:'ll| will) work\b
    \bremote\b  \breports? to\b  \breporting (?:line|to|relationship)  \bat a glance\b
    \bsupervisory status\b  \bpolic(?:y|ies)\b  \barbeitsort\b  \beinsatzort\b  \blieu\b  \bubicaci[oó]n\b
    \brahmenbedingungen\b  \bconditions\b  \bjob title\b  \bvacanc(?:y|ies)\b  \brelocation\b
    \bstandort\b
""")
_PREFERRED = any_of(r"""
    \bpreferred\b  \bpreferences?\b  \bpreferabl  \bdesir(?:able|ed|ables)\b  \bdesirables?\b
    \bhighly (?:regarded|valued|desirable)\b  \bwell regarded\b  \bfavou?rabl[ey]\b
    \bnice[- ]to[- ]haves?\b  \bgood[- ]to[- ]haves?\b  \bgreat to have\b  \bbonus\b(?! and | pay)
    \bplus(?:es)?\b(?! super)  \bassets\b  \ban? asset\b  \bextra (?:credit|points)\b  \bbrownie points\b
    \beven better\b  \bbetter still\b  \bbeneficial\b  \badvantage(?:s|ous)?\b  \boptional\b
    \bwould (?:also )?be (?:an? )?(?:\w+ )?(?:nice|great|good|useful|helpful|ideal|plus|bonus|asset|
    advantage|brilliant)
    \bstands? out\b  \bset(?:s)? you apart\b  \bstrong candidates\b  \bstrong(?:est)? applicants\b
    \b(?:we'?d|we would|i'?d) (?:also |really |particularly )*(?:love|be (?:\w+ )?(?:thrilled|delighted|
    glad|happy|excited|impressed)|like|welcome)
    \byou (?:may|might|could) also\b  \bicing on the cake\b  \bcherry on\b  \bideally\b  \bif you also\b
    \bnot (?:required|essential|necessary|a must|mandatory)\b
    \balso (?:useful|helpful|nice|welcome|valued)\b  \bhelpful\b  \bexceptional candidates\b
    \bgets? us excited\b  \bwe(?:'d| would) be (?:\w+ )?(?:thrilled|delighted|impressed)  \bimpress us\b
    \bgive you an edge\b  \bcompetitive edge\b  \bextras?\b  \bvon vorteil\b  \bwünschenswert
    \bpluspunkte\b  \bidealerweise\b  \bdas wäre\b  \bun plus\b  \batouts?\b  \bles plus\b  \bappréci[ée]
    \bsouhait  \bdeseables?\b  \bvalorable  \bse valorar[áa]  \bse valora\b  \bvaloramos\b  \bpluspunkt
    \bdesej[áa]ve  \bdiferenciai  \brecommended\b  \badditional qualifications\b  \bpoints? if\b
    \badded (?:advantage|bonus|value)\b  \bsecondary skills\b  \bwhat would make you\b
    \bspecial consideration\b  \b(?:would|will|might|may) (?:also )?help\b  \bit(?: also)? helps\b
    \bhelps if\b  \bnot needed\b
""")
_RESPONSIBILITY = any_of(r"""
    \bresponsib  \bduties\b  \bduty\b
    \bwhat you(?:'ll| will|'d| would)? (?:be )?(?:\w+ly )?(?:do|doing|own|owning|work(?:ing)? on|tackle|
    handle|lead|deliver|build|achieve|accomplish|contribute|take on|be responsible)\b
    \byou(?:'ll| will| would|'d)(?: also| be)?$  \byou (?:are going|get) to(?: do)?$  \bthe job$
    \bday (?:to|in|at)\b  \bday-to-day\b  \btypical (?:day|week)\b  \bweek in\b
    \byour (?:role|impact|mission|tasks|work|job|day|first|contribution|focus|challenge|remit|priorities|
    adventure|playground)\b(?! location)
    \baccountabilit  \btasks?\b
    \b(?:key|main|primary|core|strategic|major) (?:objectives?|areas|activities|deliverables|outcomes|
    results)\b
    ^objectives?\b  \bdeliverables\b  \bfunctions\b  \bfirst (?:\w+ )?(?:days|months?|year|weeks)\b
    \bscope of (?:work|the role)\b  \bhow you(?:'ll| will) (?:make|contribute|spend|help|have)\b
    \bwhat (?:the|this|your|a) (?:\w+ )?(?:job|role|work|position|shift|day|week|post) (?:involves|
    entails|includes|is|looks like)
    \bwhat (?:success|good) looks like\b
    \bwhat we(?:'ll| will)? (?:need|want|ask) (?:you|from you) to (?:do)\b  \bwhat to expect\b
    \bwhat you can expect\b$  \byou will be (?:doing|responsible|working|asked|expected)\b
    \bin this (?:role|position|job|post)\b  \bas (?:a|an|our|the) .{3,50} you(?:'ll| will)$  \bhelp us\b
    \bthe work\b  \bwork you(?:'ll| will) do\b  \bopportunity to$  \bposition (?:will|involves)\b
    \b(?:role|post ?holder|incumbent|job|position) (?:will|is to)\b(?! need| have| require)  \baufgaben
    \bdeine? rolle\b
    \bwas (?:du|sie|dich|ihn?en|sie)\b.*\b(?:machst|tun|erwartet|bewegst|bewirkst|machen)\b  \btätigkeit
    \bdas erwartet\b  \bverantwort  \bvos missions?\b  \bvotre (?:mission|r[ôo]le|quotidien)\b
    \bmissions\b  \bresponsabil  \btes missions\b  \bt[âa]ches\b  \bfunciones\b  \btareas\b
    \bqu[ée] har[áa]s\b  \bton r[ôo]le\b  \btus? (?:tareas|funciones|d[íi]a)\b  \btu misi[oó]n\b
    \bel puesto$  \batribui  \bwe(?:'ll| will) (?:trust|ask|expect|count on) you (?:to|with)\b
    \bwhat (?:we )?need(?:s)? doing\b
""")
_REQUIRED = any_of(r"""
    \brequire  \bqualif  \bmust[- ]haves?\b  \byou must\b  \bmust\b  \bessentials?\b  \bminimum\b
    \bmandatory\b  \bwho you are\b  \babout you\b  \bas for you\b  ^you$
    \byour (?:profile|skills|background|experience|toolkit|expertise|qualifications|strengths|credentials|
    know-how|superpowers)\b
    \bbring\b  \bwhat you(?:'ll| will)? (?:need|have|know)\b
    \byou(?:'ll| will| would|'d)? (?:need|have|possess|bring)\b
    \bwe(?:'re| are| re)? (?:also )?(?:looking|searching) for\b
    \bwe (?:need|want|seek|expect|ask|value|wish|hope)\b  \blook(?:ing)? for\b  \byou(?:'ve| have| are|'re)\b
    \byou should\b  \bskills?\b  \bskill ?sets?\b  \bexperience\b  \bcompetenc  \beducation\b  \bcriteri
    \bperson spec  \bideal (?:candidate|applicant|person|fit|hire)\b
    \b(?:good|great|right|perfect|strong) (?:fit|match)\b  \bthe right person\b  \bwe(?:'re| are) after\b
    \bsuccessful (?:candidate|applicant)  \bcertificat  \blicen[sc]  \bcredentials?\b  \bknowledge\b
    \bwho (?:we want|should apply|we need|you(?:'ll| will) be|are you|you'?re)\b  \bthrive\b
    \bto (?:be considered|succeed|qualify|be successful)\b  \bwhat it takes\b  \bbackground\b
    \battributes\b  \bprerequisites?\b  \bphysical demands?\b  \bcapabilit  \babilities\b  \bexpertise\b
    \bcandidate (?:profile|will|should|has)\b  \bprofile?\b  \bpersonal (?:qualities|characteristics)\b
    \bis (?:this )?you\b  \bsound like you\b  \bapplicants? (?:must|should)\b  \banforderung  \bprofil\b
    \bvoraussetzung  \bqualifikation  \bdu (?:bringst|hast|bist)\b  \b(?:bringst|hast|bist) du\b
    \b(?:bringen|haben) sie\b  \bmitbring
    \bsie (?:bringen|haben|sind|verfügen)\b  \bwir (?:suchen|erwarten)\b  \bwen wir suchen\b
    \bkenntnisse\b  \bprofil recherch  \bcomp[ée]tences\b  \bexig  \bvous (?:avez|[êe]tes)\b
    \bformation\b  \bpr[ée]requis\b  \brequisit[oi]s?\b  \bperfil\b  \bimprescindible  \bexperiencia\b
    \bqu[ée] buscamos\b  \bbuscamos\b  \bqualidades\b  \bconocimientos\b  \bformaci[oó]n\b  \bobrigat
    \bqui [êe]tes-vous\b  \bqui es-tu\b  \bin mind\b  \byou(?:'ll| will)? fit\b
""")
_ROLE = any_of(r"""
    \b(?:about|the|this|job|role|position|post|a bit about the) (?:role|position|job|opportunity|post|
    opening|challenge)\b
    \b(?:role|job|position|executive) (?:summary|overview|description|purpose|profile|brief|objective)\b
    ^summary\b  ^overview\b  ^purpose\b  ^description\b  \bopportunity\b  ^role\b  ^position\b
    \bsummary of\b  \bdie (?:stelle|position|rolle)\b  \ble poste\b  \bdescription du poste\b
    \bdescripci[oó]n\b  ^stelle\b  \bpurpose of\b  \bjob in (?:brief|short)\b  \bmain purpose\b
""")
_ABOUT = any_of(r"""
    \babout\b  \bwho we are\b  \bwe are\b
    \bour (?:company|mission|team|story|values|culture|vision|history|people|client|department|school|
    trust|practice|product|approach|stack|technology)\b
    \bcompany\b  \bmission\b
    \bthe (?:team|department|school|organi[sz]ation|trust|firm|bank|hospital|business|programme?|project|
    client|academy|college|university|practice|farm)\b
    \bintroduction\b  \bmeet (?:the team|us)\b  \bcome work\b  \bjoin us\b  \bcontext\b  \b[üu]ber uns\b
    \bwer wir sind\b  \bqui sommes\b  \bsobre (?:nosotros|n[óo]s)\b  \bqui[ée]nes somos\b
    \bl'entreprise\b  \bdas unternehmen\b  \bwhat we do\b  \bemployer\b  \bnotre\b
    \btech(?:nology)? stack\b  \bour tools\b  \bla empresa\b  \bthe stack\b
""")

_ABOUT_OTHERS = re.compile(
    r"^(?:a (?:bit|little) )?(?:more )?about (?!you\b|your\b|the (?:role|position|job|post|opport)|this)"
)
_YOU_WILL_HAVE = re.compile(
    r"\byou(?:'ll| will) (?:also )?(?:need|have|possess|bring|be able)\b|\bwill (?:have|need|possess|"
    r"bring)\b"
)
# The adjective speaks of the person wanted, not of what is merely a plus.
_WANTED_PERSON = re.compile(
    r"\b(?:desired|preferred) (?:candidates?|applicants?|person|profile)\b(?!.*\b(?:skills?|qualif))"
)
_TERMS_OF_WORK = re.compile(r"\b(?:travel|visa|location|clearance|schedule|shift) requirements?\b")
_ORDER: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (Topic.LEGAL, _LEGAL),
    (Topic.APPLY, _APPLY),
    (Topic.PREFERRED, _PREFERRED),
    (Topic.RESPONSIBILITY, _RESPONSIBILITY),
    (Topic.BENEFITS, _BENEFITS),
    (Topic.REQUIRED, _REQUIRED),
    (Topic.ROLE, _ROLE),
    (Topic.TERMS, _TERMS),
    (Topic.ABOUT, _ABOUT),
)
_ESSENTIAL_AND = re.compile(
    r"\b(?:essential|required|minimum|must[- ]haves?|requirements?|qualifications)\b.{0,12}(?:\band\b|&|/|"
    r"\+).{0,12}"
    r"\b(?:desir|prefer|nice|good to)"
)
_CLEAN = re.compile(r"^[^\w¿(]+|[\s:.…!?)\-–—]+$")
_NUMBERED = re.compile(r"^(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)]\s+")


def normal(heading: str) -> str:
    """A heading in lower case, quotes straightened, numbering and punctuation at its ends taken off."""
    text = " ".join(heading.replace("’", "'").replace("‘", "'").replace("ʼ", "'").lower().split())
    return _CLEAN.sub("", _NUMBERED.sub("", _CLEAN.sub("", text)))


def topic_of(heading: str) -> Topic | None:
    """The topic a heading names, None when its words are not known."""
    text = normal(heading)
    if not text:
        return None
    if _ESSENTIAL_AND.search(text):
        return Topic.REQUIRED
    if _WANTED_PERSON.search(text):
        return Topic.REQUIRED
    if _ABOUT_OTHERS.match(text):
        return Topic.ABOUT
    if _TERMS_OF_WORK.search(text):
        return Topic.TERMS
    for topic, pattern in _ORDER:
        if pattern.search(text):
            if topic is Topic.RESPONSIBILITY and _YOU_WILL_HAVE.search(text):
                return Topic.REQUIRED
            return topic
    return None
