"""What a resume cannot show - joy, belief, eagerness to learn, character - and what to ask about it instead.

Nothing is taken for interview matter that a resume may show: in doubt a demand is looked for in resumes.
"""

from __future__ import annotations

import re

from matcher.types import Constraints, Qualification

# The words that may stand before what the demand is about.
_LEAD = (
    r"^\W*(?:(?:you|we|are|is|be|must|should|have|has|having|who|someone|a|an|the|real|genuine|strong|true|"
    r"deep|your|well|[a-z]{2,}ly)\s+)*"
)
# An adjective before a noun ("a passionate engineer") says who, and is no demand of its own.
_ENJOY = (
    r"(?:curiosity|desire|enjoy(?:s|ing|ment)?|enthusiasm|love(?:s)?|loving|passion|pride"
    r"|(?:curious|enthusiastic|excited|passionate)(?=\s*(?:$|[.,;]|(?:about|at|by|for|in|to|with)\b)))"
)
# What someone expects of the world, and not what is expected of someone.
_EXPECT = r"expects?\s+[^,;.]{2,40}?\s+to\s+(?:be|become|change|grow|matter|transform)"
_BELIEVE = rf"(?:believ(?:e|es|ing)|belief|{_EXPECT})"
_LEARN = (
    r"(?:eager|fast|keen|lifelong|quick|rapid|willing)(?:\s+and\s+\w+)?\s+(?:learner|study|to\s+learn)"
    r"|desire\s+to\s+(?:\w+ly\s+)?learn"
    r"|(?:absorb|learn|master|pick)s?\s+(?:up\s+)?[^,;.]{0,60}?(?:fast|quickly|with ease)"
)
_INNER = re.compile(rf"{_LEAD}(?:{_BELIEVE}|{_LEARN}|{_ENJOY}|sense of humou?r)\b", re.IGNORECASE)
# What a resume can show, beside it; what someone "could have", or people "who have", is no deed of theirs.
_SHOWN = re.compile(
    r"\d|(?<!could )(?<!may )(?<!might )(?<!to )(?<!will )(?<!would )(?<!who )\b(?:has|have|held)\b"
    r"|\b(?:able to|ability|background|built|can|certif\w+|competen\w+|completed|degree|delivered|"
    r"demonstrat\w+|designed|developed|diploma|evidence\w*|experience\w*|expert\w*|familiar\w*|fluen\w+|history|knowledge|"
    r"led|licen[cs]e\w*|managed|portfolio|proficien\w+|proven|published|qualifi\w+|record|ran|skill\w*|sold|"
    r"trained|understanding of|worked|years?)\b",
    re.IGNORECASE,
)
# What is believed is no deed either.
_BELIEVED = re.compile(r"\s*that\b[^,;.]*", re.IGNORECASE)
# Qualities of character by what may be asked of them, and the words that stand around them.
_STYLES = {
    "team": "collaborative cooperative player sociable",
    "pressure": "calm energetic resilience resilient stamina",
    "honesty": "ethic honest honesty integrity loyal sincere trustworthy",
    "initiative": "ambitious can-do determined driven initiative motivated motivation proactive "
    "self-directed self-motivated self-starter",
    "change": "adaptable adaptability flexible flexibility open-minded",
    "others": "approachable caring compassionate courteous empathetic empathy friendly helpful kind kindness "
    "patience patient polite respectful sensitive thoughtful warm warmth",
    "promises": "committed conscientious dedicated dependable diligent hard-working hardworking punctual "
    "reliable reliability",
    "ideas": "creative resourceful",
    "learning": "curious learn learner quick quickly teachable",
    "character": "attitude cheerful confident dynamic eager easygoing enthusiasm enthusiastic fast "
    "good-natured humble humour humor mindset optimistic outgoing passion passionate personality positive "
    "thinker willing willingness",
}
_STYLE_OF = {word: style for style, words in _STYLES.items() for word in words.split()}
_AROUND = frozenset(
    """a ability able also always an and are at be being can character energy essential excellent good great
    have highly in is must new of or person pressure required sense someone strong team that the things to
    under very well who with work you your""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")


def needs_interview(text: str, constraints: Constraints) -> bool:
    """Whether a demand is nothing but what no resume can show: "Quick learner", "A passion for education"."""
    if constraints:
        return False
    if inner := _INNER.match(text):
        believed = _BELIEVED.match(text, inner.end())
        return _SHOWN.search(text, believed.end() if believed else inner.end()) is None
    words = [word.casefold() for word in _WORD.findall(text)]
    return any(word in _STYLE_OF for word in words) and all(
        word in _STYLE_OF or word in _AROUND for word in words
    )


# --------------------------------------------------------------------------- the question

_ASKED_TO_BELIEVE = re.compile(rf"{_LEAD}{_BELIEVE}\s+(?:(in|that)\s+)?", re.IGNORECASE)
_ASKED_TO_ENJOY = re.compile(rf"{_LEAD}{_ENJOY}\s+(?:(?:about|by|for|in|of|with)\s+)?", re.IGNORECASE)
_ASKED_TO_LEARN = re.compile(rf"{_LEAD}(?:{_LEARN})\b", re.IGNORECASE)
_DOING = re.compile(r"(?:\w+ly\s+)?[a-z]{2,}ing\b(?!\s+(?:and|of|or)\b)", re.IGNORECASE)
_TO_DO = re.compile(r"to\s+[a-z]", re.IGNORECASE)
# Words that do not go from the posting's sentence into one of ours.
_UNFIT = re.compile(
    r"^(?:and|how|that|what|when|where|who|why)\b|\b(?:our|ours|us|we|you|your)\b", re.IGNORECASE
)
# What is named goes up to the next thought.
_THOUGHT_END = re.compile(
    r"[;:.!?()]|,(?=\s+(?:\S+\s+){4})|\s[-–—]\s|\s(?:and|but)\s+(?:are|be|have|is)\b", re.IGNORECASE
)
_LEARN_WORD = re.compile(r"\blearn(?:ing)?\b", re.IGNORECASE)
# Where a long one may be cut short.
_GOES_ON = re.compile(r"\s(?:and|in order|so|that|to|which|while)\s", re.IGNORECASE)
# Characters of the demand that a question may hold.
_LONGEST_NAMED = 70
_LONGEST_QUOTED = 160

_LEARNING = (
    "Tell us about a time when you had to learn something new for your work. What was it, how did you go "
    "about it, and how long did it take?"
)
_BY_STYLE = {
    "team": "Tell us about a time when you and a colleague saw a task differently. What did each of you do?",
    "pressure": "Tell us about a day at work when much came at once. What did you do first, and what later?",
    "honesty": "Tell us about a mistake in your work. Who came to know of it, and how?",
    "initiative": "Tell us about something at work that you began yourself. How did it come about, and what "
    "became of it?",
    "change": "Tell us about a time when a plan changed at short notice. What did you do?",
    "others": "Tell us about a time when it was hard to help someone. What did you do?",
    "promises": "Tell us about a time when you could not do what you had promised. What did you do?",
    "ideas": "Tell us about a task for which the usual way did not work. What did you try?",
    "learning": _LEARNING,
}


def interview_question(qualification: Qualification) -> str:
    """A question to put to a candidate about a demand that a resume cannot show.

    It asks for an event or a view and suggests no answer; it holds nothing of the posting but the demand's
    own words. Demands in other languages than English are quoted in an English question.
    """
    text = " ".join(qualification.text.split())
    if believed := _ASKED_TO_BELIEVE.match(text):
        named = _named(text[believed.end() :])
        if named and (believed[1] or "").casefold() == "in":
            return f"What is your own view of {named}, and what in your work has shaped it?"
        return (
            f"The posting says: {_quoted(text)} What is your own view, and what in your work has shaped it?"
        )
    enjoyed = _ASKED_TO_ENJOY.match(text)
    if _ASKED_TO_LEARN.match(text) or (enjoyed and _LEARN_WORD.search(text)):
        return _LEARNING
    if enjoyed:
        if named := _named(text[enjoyed.end() :]):
            met = "you had much to do with"
            if _DOING.match(named):
                met = "you were"
            elif _TO_DO.match(named):
                met = "you had"
            return f"Tell us about a time when {met} {named}. What did you like about it, and what not?"
        return _default(text)
    words = (word.casefold() for word in _WORD.findall(text))
    styles = (_STYLE_OF[word] for word in words if word in _STYLE_OF)
    return next((_BY_STYLE[style] for style in styles if style in _BY_STYLE), _default(text))


def _named(rest: str) -> str:
    """What the demand is about, as words of a sentence; "" where they do not fit into one."""
    end = _THOUGHT_END.search(rest)
    named = rest[: end.start() if end else len(rest)].strip()
    if len(named) > _LONGEST_NAMED and (on := _GOES_ON.search(named, len("to do"))):
        named = named[: on.start()]
    fits = 0 < len(named) <= _LONGEST_NAMED and not _UNFIT.search(named)
    return named if fits else ""


def _default(text: str) -> str:
    return (
        f"The posting asks for this: {_quoted(text)} Tell us about a time when it mattered. What did you do?"
    )


def _quoted(text: str) -> str:
    short = text if len(text) <= _LONGEST_QUOTED else f"{text[: _LONGEST_QUOTED - 1].rstrip()}…"
    return f"“{short.rstrip('.')}.”"
