"""A list under a heading in unknown words -> its topic, from what its items say."""

from __future__ import annotations

import re

from matcher.roles.boilerplate import is_boilerplate
from matcher.roles.topics import Topic

_DUTY_VERBS = """accept act adapt address adhere administer advise advocate aid align analyse analyze answer
apply appraise
approve arrange assemble assess assign assist assure attend audit author automate balance book brief bring
budget build
calculate call capture care carry catalogue chair champion change check clean close coach code collaborate
collect
combine communicate compile complete comply compose conduct configure confirm connect consult contribute
control convert
cook coordinate co-ordinate counsel count create cultivate customize cut debug define delegate deliver
demonstrate
deploy
describe design determine develop devise diagnose direct discover dispense dispatch divide document draft
drive
edit educate
empower enable encourage engage engineer enhance ensure enter escalate establish estimate evaluate examine
execute expand
explain explore extract facilitate feed file fill find fit fix follow forecast form foster gather generate
give grow
guide handle help hire hold host identify implement improve influence inform initiate innovate inspect
inspire install
integrate interact interpret interview introduce investigate invoice issue join keep launch lead learn
liaise listen
load look maintain make manage map mark market measure meet mentor migrate minimise model moderate modernise
monitor
motivate move negotiate nurture observe obtain offer onboard open operate optimise optimize order organise
organize
oversee own pack participate partner perform pick pilot pitch plan position post practice prepare present
preserve
prevent prioritise prioritize process procure produce program promote propose protect prototype provide
publish pull
purchase push qualify question reach receive recognise recommend reconcile record recruit reduce refactor
refer refine
register represent report reproduce research resolve respond restore retain review route run safeguard scale
schedule
scope secure seek sell serve service set shape share ship sign solve sort source specify staff stand start
steer
store
strengthen structure study submit supervise supply support survey sustain take teach test track train
transfer
transform translate travel treat triage troubleshoot turn undertake understand update upgrade upload use
utilise
validate verify visit weigh welcome work write""".split()


def _forms(verb: str) -> set[str]:
    stem = verb[:-1] if verb.endswith("e") else verb
    doubled = verb + verb[-1] if re.search(r"[^aeiou][aeiou][bdglmnprt]$", verb) else verb
    third = (
        verb + "es"
        if verb.endswith(("s", "sh", "ch", "x"))
        else verb[:-1] + "ies"
        if verb.endswith("y")
        else verb + "s"
    )
    return {verb, third, stem + "ing", doubled + "ing"}


_DUTIES = frozenset(form for verb in _DUTY_VERBS for form in _forms(verb))
_ASKS = re.compile(
    r"\b(?:experience|experienced|ability|able to|knowledge|degree|bachelor|master'?s|diploma|proficien|"
    r"familiar|understanding of|skills?|proven|fluen|years?'? (?:of|in|as)|certifi|licen[sc]e|"
    r"comfortable|background in|qualified|track record|must have|must be|willing|passion|aptitude|"
    r"competen|\bused to\b|\bgood with\b|\bat ease\b|\bkeen\b|\blevel \d|\b[ABC][12]\b|excellent|strong|"
    r"you (?:are|have|can|enjoy|know|'ve|'re)|knack|curio|mindset|erfahrung|"
    r"kenntnisse|studium|ausbildung|exp[ée]rience|ma[îi]trise|dipl[ôo]me|experiencia|conocimiento|"
    r"titulaci|b\.?tech|phd)",
    re.I,
)  # fmt: skip
_GIVES = re.compile(
    r"[$£€₹]\s?\d|\b(?:days?|weeks?) (?:of )?(?:paid |annual )?(?:holiday|leave|vacation|off)|"
    r"\binsurance\b|\bpension\b|\bdiscount|\bfree\b|\bgym\b|\ballowance\b|\bbonus\b|\bequity\b|\bstock\b|"
    r"\bflexible\b|\blaptop\b|\bremote\b|\bretirement\b|\bhealth\b.*\b(?:cover|plan|care)|\bpaid\b|"
    r"\bopportunit(?:y|ies) (?:to|for)\b|\bcareer (?:growth|development|progress)|\bteam (?:events|"
    r"lunch)|\burlaub|\bhomeoffice|\bcong[ée]s|\bvacaciones",
    re.I,
)  # fmt: skip
_YOU = re.compile(r"^\W*you(?:['’]ll| will)? (?=[a-z])", re.I)
_FIRST = re.compile(r"[^\W\d_][\w'’-]*")


def is_duty(text: str) -> bool:
    """True when an item opens with a verb of doing ("Lead ...", "Leads ...", "Leading ...")."""
    words = _FIRST.findall(_YOU.sub("", text[:70]))
    if not words:
        return False
    first = words[0].lower()
    if first.endswith("ly") and len(words) > 1:
        first = words[1].lower()
    return first in _DUTIES


def guess_topic(texts: list[str], fallback: Topic) -> Topic:
    """REQUIRED, RESPONSIBILITY or BENEFITS by the majority of the items; `fallback` when there is none."""
    duties = asks = gives = 0
    for text in texts:
        plain = text.replace("’", "'")
        asked = _ASKS.search(plain) is not None
        if is_boilerplate(plain) or (_GIVES.search(plain) and not asked):
            gives += 1
        elif is_duty(plain):
            duties += 1
        elif asked:
            asks += 1
    most = max(duties, asks, gives)
    if most == 0 or most * 2 < len(texts):
        return fallback
    if fallback is Topic.TERMS and most != asks and not (most == duties >= 3 and gives == 0):
        return fallback
    if most == gives:
        return Topic.BENEFITS
    if most == duties:
        return Topic.RESPONSIBILITY if fallback is not Topic.ABOUT or duties >= 3 else fallback
    return Topic.REQUIRED
