"""What a posting says its employer does, for demands that point at it: "Familiarity with our work"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.roles.boilerplate import is_boilerplate
from matcher.roles.headings import Section, run_in
from matcher.roles.prose import Speech, sentences, speech
from matcher.roles.topics import Topic
from matcher.types import Qualification, QualificationKind

# Wordings that a demand is given at most; words that each holds at least and at most.
_MOST = 5
_LEAST_WORDS, _MOST_WORDS = 4, 30
# Characters of a sentence looked at.
_LOOKED_AT = 600

_WORK = (
    r"(?:approach|area|business|cause|company|domain|field|industry|market|mission|organi[sz]ation|papers|"
    r"platform|products?|projects?|publications?|purpose|research|sector|services?|technology|vision|work)"
)
_TOWARDS = (
    r"\b(?:affinity (?:for|with)|align(?:ed|ment) with|appreciation (?:for|of)|awareness of|belief in|"
    r"believes? in|cares? (?:\w+ly )?about|commit(?:ment|ted) to|connection (?:to|with)|curious about|"
    r"curiosity about|enthusias(?:m|tic) (?:about|for)|excited (?:about|by)|experience (?:in|of|with)|"
    r"exposure to|familiar(?:ity)? with|inspired by|interest(?:ed)? in|knowledge of|passion(?:ate)? "
    r"(?:about|for)|understanding of|understands?|knows?)\s+"
)
# "Familiarity with our research", "experience with products like ours", "knowledge of what we do".
_POINTS = re.compile(
    rf"{_TOWARDS}(?:"
    r"(?:some of )?(?:our|the (?:company|firm|group|lab|organi[sz]ation|team)['’]s)\s+(?:[\w-]+\s+){0,2}?"
    rf"{_WORK}\b|{_WORK}\s+(?:like|comparable to|such as|similar to)\s+(?:ours|our own)\b|what we do\b)",
    re.IGNORECASE,
)
# A demand that goes on to say what is meant needs no other words; nor does a long one.
_SAYS_ITSELF = re.compile(
    r"[:;(]|\b(?:e\.g|especially|for example|in particular|including|namely|particularly)\b"
    r"|\bsuch as (?!ours?\b)",
    re.IGNORECASE,
)
_LONGEST = 16

_AT = re.compile(r"^At [^,.;]{2,40}, ")
_ABOUT = re.compile(r"^about\s+(?:the\s+)?", re.IGNORECASE)
_SHORT_FORMS = ((re.compile(r"\bwe['’]re\b", re.I), "we are"), (re.compile(r"\bwe['’]ve\b", re.I), "we have"))
_MISSION = re.compile(
    r"^[^.;:]{0,60}?\b(?:aim|focus|goal|mission|purpose|work)\s+is\s+(?:(?:the|on|to)\s+)?", re.IGNORECASE
)
_SUBJECT = (
    r"(?i:(?:here|together|today),?\s+)?(?:(?i:we|(?:the|this|our)\s+(?:bank|cent(?:er|re)|charity|clinic|"
    r"company|farm|firm|group|hospital|institute|lab|laboratory|library|museum|organi[sz]ation|practice|school|"
    r"studio|team|trust|university))"
)
_SOON = re.compile(r"^(?:(?:also|always|mostly|now|today|\w+ly|aims?\s+to|exists?\s+to|works?\s+to)\s+)*")
# What the employer is, where that says what it does.
_IS = re.compile(
    r"(?:is|are)\s+(?=(?:an?|the|one)\s.*\b(?:for|of|that|which|who|with)\b|"
    r"(?:active in|building|creating|dedicated to|designing|developing|focus+(?:ed|ing) on|making|"
    r"researching|responsible for|speciali[sz](?:ed|ing) in|studying|working on)\b)",
    re.IGNORECASE,
)
_HAS = re.compile(r"(?:has|have)\s+(?:\w+ly\s+)?(?=[a-z]+(?:ed|ilt|ade|un|old|ght|ound)\b)", re.IGNORECASE)
# What is said by employers of themselves, of the job and of what they offer, and is not what they do.
_NOT_DOING = re.compile(
    r"(?:acquired|are|ask|be|been|believe|can|care|celebrate|consider|could|did|do|does|doubled|embrace|employ|encourage|"
    r"expand|expect|feel|foster|grown|had|has|have|hire|hope|invite|is|keep|know|like|look|love|may|might|must|"
    r"named|need|offer|pay|pride|raised|recogni[sz]e|require|respect|search|see|seek|should|sponsor|strive|think|"
    r"treat|tripled|trust|understand|use|value|view|want|was|welcome|were|will|win|wish|won|would)(?:e?s|d)?\b",
    re.IGNORECASE,
)
# Size, age, place and praise of the employer.
_ITS_SIZE = re.compile(
    r"\b(?:award|based in|employees|founded|headquartered|leading|locat(?:ed|ions)|offices? in|revenue|"
    r"turnover)\b"
    r"|\b(?:fast|quick|rapid)\w*[- ]growing\b",
    re.IGNORECASE,
)
# Where the next thought begins, of the same sentence.
_ON = re.compile(r",\s+(?:and|but|so)\s+(?=[A-Z]|(?:ha[sd]|have|is|are|it|its|our|the|we)\b)|\s[–—]\s|;")
_BRACKETS = re.compile(r"\s*\([^)]*\)")


def with_our_work(
    found: Sequence[Qualification], parts: Sequence[Section], company: str | None
) -> tuple[Qualification, ...]:
    """The qualifications; those that point at the employer's own work with what the posting says of it.

    Such wordings are `alternatives` and stand in `from_about` too. Where the posting says nothing of the
    work, nothing is added.
    """
    pointing = [item.kind is not QualificationKind.RESPONSIBILITY and points(item.text) for item in found]
    if not any(pointing):
        return tuple(found)
    said = tuple(dict.fromkeys(_said(parts, company)))[:_MOST]
    return tuple(
        replace(item, alternatives=said, from_about=said) if points_at else item
        for item, points_at in zip(found, pointing, strict=True)
    )


def points(text: str) -> bool:
    """Whether a demand points at the employer's own work and leaves it there what that is."""
    return len(text.split()) <= _LONGEST and bool(_POINTS.search(text)) and not _SAYS_ITSELF.search(text)


def _said(parts: Sequence[Section], company: str | None) -> Iterator[str]:
    """What the sentences on the employer say it does, in reading order."""
    for number, section in enumerate(parts):
        about = section.topic is Topic.ABOUT
        subject = _subject(company, section)
        for block in section.blocks:
            if block.level is not None or block.row is not None:
                continue
            labelled = run_in(block)
            named = labelled is not None and labelled[0] is Topic.ABOUT
            if not (about or named or (number <= 1 and section.topic is Topic.OTHER)):
                continue
            text = block.text[labelled[1] :] if labelled and named else block.text
            for start, end in sentences(text):
                if phrase := _work(text[start:end][:_LOOKED_AT], subject):
                    yield phrase


def _subject(company: str | None, section: Section) -> re.Pattern[str]:
    """How a sentence begins that names the employer: "we", "the clinic", its name or the first word of it."""
    heading = section.heading.text if section.heading and section.topic is Topic.ABOUT else ""
    names = (company or "", _ABOUT.sub("", heading.strip(" :")))
    firsts = sorted({name.split()[0] for name in names if name[:1].isupper()})
    named = "".join(rf"|{re.escape(first)}\b(?:\s+(?:[A-Z&][\w&.-]*|of|and))*" for first in firsts)
    return re.compile(rf"{_SUBJECT}{named})\s+(?=[a-z])")


def _work(sentence: str, subject: re.Pattern[str]) -> str:
    """What a sentence says that the employer does, without the words for the employer; "" for none."""
    if is_boilerplate(sentence) or speech(sentence) in (Speech.REQUIRED, Speech.PREFERRED, Speech.DUTY):
        return ""
    plain = _BRACKETS.sub("", _AT.sub("", sentence.strip()))
    for short, long in _SHORT_FORMS:
        plain = short.sub(long, plain)
    if mission := _MISSION.match(plain):
        rest = plain[mission.end() :]
    elif does := subject.match(plain):
        rest = _SOON.sub("", plain[does.end() :])
        if kind := _IS.match(rest) or _HAS.match(rest):
            rest = rest[kind.end() :]
        if _NOT_DOING.match(rest):
            return ""
    else:
        return ""
    words = _ON.split(rest)[0].rstrip(" .!").split()
    if len(words) < _LEAST_WORDS or _ITS_SIZE.search(rest):
        return ""
    if len(words) <= _MOST_WORDS:
        return " ".join(words)
    cut = " ".join(words[:_MOST_WORDS])
    head, comma, _ = cut.rpartition(",")
    return head if comma else cut
