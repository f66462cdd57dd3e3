"""Sentences: where a paragraph may be cut into quotable pieces."""

from __future__ import annotations

import re
from itertools import pairwise

from matcher.resumes.redaction import FILLER
from matcher.types import Span

MOST_CHARACTERS = 500  # of one piece, identity not counted
# Characters from which any verb in capitals ("Answered calls Managed orders") begins a deed of its own, in a
# list of deeds that lost its stops: in a shorter sentence the words before it have to end one.
RUNS_ON = 160
_BRACKET = 150  # characters to each side of a place looked at for a bracket around it
MOST_PIECES = 180  # word pieces of one piece, roughly: the encoder reads no more than 256

_END = re.compile(
    r"[.!?]+[\"'”’)\]]*(?=\s|$)|[。！？]+[」』”]?|[.!?](?=[A-Z][a-z]{2,})|(?<=[a-z0-9%)])\s{1,9}\*+(?=\s|$|[A-Z])"
)
_ABBREVIATION = re.compile(
    r"(?<![^\W_])(?:mr|mrs|ms|dr|prof|sr|jr|st|inc|ltd|co|corp|dept|univ|no|vs|etc|e\.g|i\.e|approx|est|fig"
    r"|vol|al|jan|feb|mar|apr|jun|jul|aug"
    r"|sep|sept|oct|nov|dec|u\.s|u\.k|ph\.d|m\.d|b\.a|b\.s|m\.a|m\.s|a\.m|p\.m|bzw|ca|z\.b|u\.a|d\.h|inkl"
    r"|incl|min|max|avg|ext|mgmt|dev|mgr|gov|sgt|lt"
    r"|col|gen|rev|hon|ave|blvd|rs|nos|cf|pp|ref|tel|resp|evtl|ggf|usw|bsp|[A-Za-z])\.$",
    re.IGNORECASE,
)
# Verbs that begin a duty: in the past, and as lists of duties have them.
_PAST = r"(?:[A-Z][a-z]{2,15}ed|Led|Built|Wrote|Ran|Oversaw|Made|Kept|Taught|Held|Met|Drove|Grew|Sold|Won)"
_PRESENT = "|".join(
    """Achieve Act Address Administer Advise Allocate Analyse Analyze Answer Apply Arrange Assess Assign
    Assist Attend Audit Build Calculate Coach Collaborate Collect Communicate Compile Complete Conduct
    Consult Contribute Coordinate Create Define Deliver Demonstrate Design Determine Develop Direct
    Display Document Draft Drive Educate Enforce Enhance Ensure Establish Evaluate Examine Execute Expand
    Facilitate Follow Gather Generate Guide Handle Help Identify Implement Improve Inspect Install
    Interpret Interview Investigate Lead Liaise Maintain Manage Monitor Negotiate Operate Organize
    Oversee Participate Perform Plan Prepare Present Process Produce Promote Propose Protect Provide
    Purchase Receive Recommend Record Recruit Reduce Report Represent Research Resolve Respond
    Responsible Review Run Schedule Screen Sell Serve Set Solve Submit Supervise Support Teach Track
    Train Translate Troubleshoot Update Use Utilize Verify Work Write""".split()
)
# "Successfully managed", "Regularly report".
_WITH_ADVERB = (
    rf"[A-Z][a-z]{{3,15}}ly\s{{1,9}}(?:[a-z]{{2,15}}ed|led|built|wrote|ran|(?:{_PRESENT.lower()})s?)"
)
# Participles that stand before a name more often than they begin a deed, and first names that end alike.
_NO_DEED = (
    r"(?:Accredited|Advanced|Ahmed|Alfred|Applied|Associated|Certified|Chartered|Gifted|Integrated|Licensed|"
    r"Limited|Manfred|Mixed|Mohamed|Mohammed|Registered|Related|Skilled|Unified|United|Wilfred)\b"
)
# Words after which a sentence goes on.
_GOES_ON = (
    r"(?:across|an?|and|are|as|at|be|between|by|for|from|her|his|in|into|is|its?|like|my|of|on|or|our|per|than|the|"
    r"their|this|to|under|using|via|was|were|with|within|your)\s"
)
_SMALL = r"(?<!\S)[a-z][a-z0-9'’/-]{0,30}[).%]?\s{1,9}"
_GOES_WITH = r"\s{1,9}[a-z0-9$&]"
# "Attended CLE" begins a deed, "Balanced Scorecard" may be a name.
_DEED = (
    rf"(?:(?!{_NO_DEED}){_PAST}\s{{1,9}}(?:[a-z0-9$&]|[A-Z]{{2,8}}\b)"
    rf"|(?:{_WITH_ADVERB}|{_PRESENT}){_GOES_WITH})"
)
# Where the words before a verb end a sentence, and the verb is no name.
_SURELY = re.compile(rf"(?<!\S)(?!{_GOES_ON}){_SMALL}(?={_DEED})")
# Where lists of duties run on without stops: "…team events Attended trade shows Plan and manage…"
_VERB = re.compile(
    rf"(?<=[a-z0-9%).])\s{{1,9}}(?={_PAST}{_GOES_WITH})"
    rf"|(?<!\S)(?!{_GOES_ON}){_SMALL}(?=[A-Z][a-z]{{2,15}}ing{_GOES_WITH}|{_DEED})"
)
_CLAUSE = re.compile(
    r"(?<=[;:])\s{1,9}|\s{1,9}(?=[–—]\s)|(?<=,)\s{1,9}(?=(?:and|which|while|including|as well|resulting"
    r"|such)\b)"
)
_COMMA = re.compile(r"(?<=,)\s{1,9}")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def size_of(words: str) -> tuple[int, int]:
    """(characters, word pieces at least roughly) of `words`, identity not counted."""
    plain = words.replace(FILLER, "")
    pieces = sum(1 + len(word) // 6 for word in _WORD.findall(plain)) + len(_CJK.findall(plain))
    return len(plain), pieces


def fits(words: str) -> bool:
    """True when the words make one readable quote that the encoder reads whole."""
    if len(words) < (MOST_PIECES if words.isascii() else MOST_PIECES // 3):
        return True
    characters, pieces = size_of(words)
    return characters <= MOST_CHARACTERS and pieces <= MOST_PIECES


def cut_sentences(filled: str, span: Span) -> list[Span]:
    """The sentences of `span`, each short enough; `filled` is the text with identity made neutral."""
    found: list[Span] = []
    start = span.start
    for match in _END.finditer(filled, span.start, span.end):
        end = match.end()
        if match[0].startswith(".") and _ABBREVIATION.search(filled, max(start, end - 12), end):
            continue
        if _bracketed(filled, start, end, span.end):
            continue
        following = filled[end : end + 3].lstrip()
        if match[0][0] in ".!?" and following and (following[0].islower() or following[0] in ",;:)"):
            continue
        found.append(Span(start, end))
        start = end
    found.append(Span(start, span.end))
    sentences = [piece for piece in (trimmed(filled, piece) for piece in found) if piece.end > piece.start]
    deeds = [deed for sentence in sentences for deed in _deeds(filled, sentence)]
    return [part for deed in deeds for part in _shortened(filled, deed)]


def _deeds(filled: str, span: Span) -> list[Span]:
    """What a sentence that runs on without stops tells, deed by deed; any other sentence itself."""
    verbs = _VERB if span.end - span.start > RUNS_ON else _SURELY
    cuts = [
        match.end()
        for match in verbs.finditer(filled, span.start, span.end)
        if not _bracketed(filled, span.start, match.end(), span.end)
    ]
    edges = [span.start, *cuts, span.end]
    parts = (trimmed(filled, Span(start, end)) for start, end in pairwise(edges))
    return [part for part in parts if part.end > part.start]


def _bracketed(filled: str, start: int, at: int, end: int) -> bool:
    """True inside a bracket that opens and closes near `at`."""
    near = max(start, at - _BRACKET)
    opened = filled.rfind("(", near, at)
    if opened < 0 or filled.find(")", opened, at) >= 0:
        return False
    closed = filled.find(")", at, min(end, at + _BRACKET))
    return closed >= 0 and filled.find("(", at, closed) < 0


def _shortened(filled: str, span: Span) -> list[Span]:
    """The sentence itself when it fits, else cut before verbs, else at clauses, else commas, else spaces."""
    if fits(filled[span.start : span.end]):
        return [span]
    for pattern in (_VERB, _CLAUSE, _COMMA, _SPACE):
        parts = _packed(filled, span, pattern)
        if len(parts) > 1:
            return [short for part in parts for short in _shortened(filled, part)]
    middle = (span.start + span.end) // 2
    return [
        p for half in (Span(span.start, middle), Span(middle, span.end)) for p in _shortened(filled, half)
    ]


def _packed(filled: str, span: Span, pattern: re.Pattern[str]) -> list[Span]:
    """Cut at the pattern's places, as many neighbours together as fit."""
    cuts = [
        match.end()
        for match in pattern.finditer(filled, span.start, span.end)
        if span.start < match.end() < span.end
        and (pattern is _SPACE or not _bracketed(filled, span.start, match.end(), span.end))
    ]
    parts: list[Span] = []
    start = last = span.start
    for cut in [*cuts, span.end]:
        if last > start and not fits(filled[start:cut]):
            parts.append(Span(start, last))
            start = last
        last = cut
    parts.append(Span(start, span.end))
    return [part for part in (trimmed(filled, part) for part in parts) if part.end > part.start]


def trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
