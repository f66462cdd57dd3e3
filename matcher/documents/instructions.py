"""Visible text that talks to the machine that reads it ("ignore all previous instructions ...").

Such text stays in the document and is shown to the reviewer, but it is never evidence. The rules ask for
an order *and* its object, because resumes are full of orders to people: "instructed the model team",
"scored candidates" and "follow the instructions of the surgeon" are work, not prompts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.types import Span

# White space within a phrase, bounded: a wrapped line may break a phrase anywhere, a blank line ends it.
_GAP = r"(?:[^\S\n]{1,8}+\n?[^\S\n]{0,8}+|\n[^\S\n]{0,8}+)"


def _phrase(words: str) -> str:
    """A pattern in which every blank stands for white space with at most one line break."""
    return words.replace(" ?", rf"{_GAP}?").replace(" ", _GAP)


def _rule(reason: str, *patterns: str) -> tuple[str, re.Pattern[str]]:
    return reason, re.compile("|".join(_phrase(pattern) for pattern in patterns))


_RULES = (
    _rule(
        "asks the reader to ignore its instructions",
        r"\b(?:ignore|disregard|forget|override|bypass|skip) (?:(?:all|any|every|each|the|your|of|my|"
        r"these|those|and) ){0,3}"
        r"(?:previous|prior|preceding|above|earlier|existing|other|initial|original|former|system|safety)"
        r"(?: (?:and|or) \w{1,12})? (?:\w{1,12} )?(?:instructions?|prompts?|directions?|rules?|"
        r"guidelines?|commands?|messages?|"
        r"context|criteria|requirements?|text|content)\b",
        r"\b(?:ignore|disregard|forget) (?:all (?:of )?)?(?:your|the) (?:instructions?|prompts?|rules|"
        r"guidelines|programming|training)\b",
        r"\b(?:ignore|disregard|forget) (?:everything|anything|all(?: that)?) (?:you (?:were|have been) "
        r"told|above|before(?: this)?|said)\b",
        r"\bdo not follow (?:the |any |your )?(?:previous|prior|above|earlier|other) (?:instructions?|"
        r"rules|prompts?)\b",
        r"\b(?:ignoriere|vergiss) (?:alle |die |alle )?(?:vorherigen|bisherigen|obigen) (?:anweisungen|"
        r"instruktionen|vorgaben)\b",
        r"\b(?:ignora|olvida) (?:todas )?(?:las )?instrucciones (?:anteriores|previas)\b",
        r"\b(?:ignore[sz]?|oublie[sz]?) (?:toutes )?(?:les )?(?:instructions|consignes) "
        r"pr[ée]c[ée]dentes\b",
    ),
    _rule(
        "addresses a language model",
        rf"\b(?:attention|note|message|instructions?|hint|memo|notice|hello|dear|hey)(?: to| for)?(?: "
        rf"the| any| all)?,? "
        rf"(?:ai|a\.i\.|llms?|language models?|chat ?gpt|gpt\S{{0,6}}|claude|gemini|copilot|chatbots?|ai "
        rf"\w{{1,12}}|"
        rf"automated \w{{1,12}}|resume (?:screeners?|parsers?|bots?)|ats)(?: \w{{1,12}})?{_GAP}?[:,!.—–-]",
        r"\b(?:if|when) you(?:'re| are) (?:an? )?(?:ai|a\.i\.|llm|large language model|language model|"
        r"bot|chatbot|machine|automated)\b",
        r"\bas an? (?:ai|artificial intelligence|(?:large )?language model)(?: \w{1,12})?, (?:you|"
        r"please|always|it)\b",
        r"\b(?:ai|llm|gpt|chatgpt|bot|system) ?(?:instructions?|override|directives?|prompt)[:=](?! "
        r"?\w+ engineer)",
        r"\byou are (?:now )?(?:an? )?(?:\w{1,12} ){0,2}(?:ai|llm|language model|chatbot|assistant|"
        r"recruiter|resume screener|evaluator|grader)\b"
        r"(?=[^\n]{0,80}\b(?:must|should|will|shall|that|who|and|tasked|always)\b)",
        r"\b(?:enter|enable|activate|switch to) (?:\w{1,12} )?(?:developer|jailbreak|dan|god|debug|"
        r"admin) mode\b",
    ),
    _rule(
        "tells the reader how to score",
        r"\b(?:please |you must |must |you should |you will |always |now |then |just )?(?:rank|rate|"
        r"score|grade|evaluate|classify|mark|"
        r"recommend|select|shortlist|choose|place|put|advance|approve|consider|treat|label|flag|hire) "
        r"(?:this|my) (?:candidate|applicant|resume|cv|application|profile)(?:'s \w{1,12})? (?:\w{1,12} "
        r"){0,3}"
        r"(?:as|at|with|first|highest|higher|top|for|to|in|above|over|perfect|10|100|number)\b",
        r"\b(?:give|assign|award|grant|return|output|produce) (?:this|me|my|him|her|the|a|an)(?: "
        r"(?:candidate|applicant|resume|cv|application))?"
        r" (?:a |an |the )?(?:\w{1,12} )?(?:highest|maximum|perfect|top|full|best|high|10/10|100 ?%|"
        r"100/100)(?: \w{1,12})? "
        r"(?:score|rating|rank|ranking|marks?|grade|recommendation|match)\b",
        r"\b(?:respond|reply|answer|say|output|conclude|state|report|write|print|return) (?:only |just |"
        r"that |with |exactly ){1,3}"
        r"[\"'“‘]?(?:this|the|he|she|they|i|yes|hire|hired|strong|highly|exceptional|excellent|perfect|"
        r"10/10|100)\b"
        r"[^\n]{0,60}\b(?:candidate|applicant|match|fit|qualified|hire|recommend(?:ed)?|hired|10/10|100 "
        r"?%)",
        r"\b(?:this|the) (?:candidate|applicant|resume|cv) (?:must|should|shall|has to|needs to) "
        r"(?:always )?be "
        r"(?:\w{1,12} )?(?:ranked|rated|scored|hired|selected|shortlisted|recommended|advanced|"
        r"considered|approved|placed|chosen|evaluated)\b",
        r"\b(?:do not|don't|never) (?:reject|filter out|discard|screen out|score down|mention|reveal|"
        r"disclose|penali[sz]e) "
        r"(?:this|my|these|the) (?:candidate|applicant|resume|cv|application|instructions?|text|message|"
        r"note|prompt)\b",
        r"\b(?:set|raise|increase|boost|override|change) (?:the |this |my |your )?(?:candidate'?s? |"
        r"applicant'?s? |match(?:ing)? |final |overall |resume )"
        r"{1,2}(?:score|rating|ranking|rank|match)(?: \w{1,12})? (?:to|=|:) ?\d",
    ),
    _rule(
        "contains the mark-up of a prompt",
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext|begin_of_text|start_header_id|eot_id)\|>",
        r"\[/?inst\]|<</?sys>>|</?(?:system|instructions?|prompt)>",
        r"^(?:#{2,4} ?)?(?:system|assistant|human|user) ?(?:prompt|message|instructions?)? ?: "
        r"(?=.{0,80}\b(?:you are|you must|ignore|respond|rank|score)\b)",
    ),
)
_SENTENCE_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s|$)|\n[^\S\n]*\n|\n(?=[^\S\n]*•)")
_REACH = 400  # characters that a prompt-like sentence is followed for, each way


@dataclass(frozen=True, slots=True)
class Instruction:
    """A sentence that talks to the machine, and why it is taken for one."""

    span: Span
    reason: str


def find_instructions(text: str) -> list[Instruction]:
    """The prompt-like sentences of a text, in order; overlapping ones are one, with the first reason."""
    found = sorted(_matches(text), key=lambda hit: (hit.span.start, -hit.span.end))
    joined: list[Instruction] = []
    for hit in found:
        if joined and hit.span.start < joined[-1].span.end:
            before = joined[-1]
            joined[-1] = Instruction(
                Span(before.span.start, max(before.span.end, hit.span.end)), before.reason
            )
        else:
            joined.append(hit)
    return joined


def _matches(text: str) -> Iterator[Instruction]:
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals, such as the dotted I, become two characters
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    for reason, pattern in _RULES:
        for match in pattern.finditer(lower):
            yield Instruction(_sentence(text, match.start(), match.end()), f"The text {reason}.")


def _sentence(text: str, start: int, end: int) -> Span:
    """The sentence or sentences around a match, without the white space and the bullet before them."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    for stop in _SENTENCE_END.finditer(text, low, start):
        low = stop.end()
    after = _SENTENCE_END.search(text, max(start, end - 1), high)
    high = after.end() if after and after.group().strip() else after.start() if after else high
    while low < start and (text[low].isspace() or text[low] == "•"):
        low += 1
    while high > end and text[high - 1].isspace():
        high -= 1
    return Span(low, high)
