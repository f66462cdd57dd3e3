"""Whether a report holds what a probe expects, and in words what does not."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.evaluation.judgement_probes import Expected, Probe, Side
from matcher.types import Match, MatchReport, Verdict

# Scores nearer than this are equal: far below what any report shows, far above the noise of float32.
NEAR = 1e-6


def ordered(order: str, a: float, b: float) -> bool:
    """Whether two scores stand in `order`, one of judgement_probes.ORDERS."""
    match order:
        case "a > b":
            return a > b + NEAR
        case "a >= b":
            return a >= b - NEAR
        case "b >= a":
            return b >= a - NEAR
        case _:
            return abs(a - b) <= NEAR


def misses(probe: Probe, a: MatchReport, b: MatchReport | None) -> list[str]:
    """What of the expectation does not hold, in words; nothing when all of it does."""
    return [*_of_two(probe, a, b), *_of_one(probe.expected, a, match_of(a, probe.a))]


def match_of(report: MatchReport, side: Side) -> Match | None:
    """The match of the demand that is tried; None when the posting was not read that way."""
    if not side.asks:
        return None
    asked = _plain(side.asks[0])
    found = [match for match in report.matches if asked in _plain(match.qualification.text)]
    found += [match for match in report.matches if _plain(match.qualification.text) in asked]
    return found[0] if found else None


def _of_two(probe: Probe, a: MatchReport, b: MatchReport | None) -> Iterator[str]:
    expected = probe.expected
    if b is None or probe.b is None:
        return
    if expected.order:
        if a.score is None or b.score is None:
            yield f"expected {expected.order}, but a score is missing"
        elif not ordered(expected.order, a.score, b.score):
            yield f"expected {expected.order}: a {a.score:.6f}, b {b.score:.6f}"
    if expected.first and a.rank >= b.rank:
        yield f"expected a before b: places {a.rank} and {b.rank}"
    of_b = match_of(b, probe.b)
    if expected.verdict_b:
        yield from _verdict("b", expected.verdict_b, of_b)
    if expected.same_verdict:
        of_a = match_of(a, probe.a)
        if of_a is None or of_b is None or of_a.verdict is not of_b.verdict:
            yield f"expected one verdict: a {_named(of_a)}, b {_named(of_b)}"


def _verdict(side: str, wanted: frozenset[Verdict], match: Match | None) -> Iterator[str]:
    if match is None or match.verdict not in wanted:
        yield f"{side}: {_named(match)}, expected {' or '.join(sorted(wanted))}"


def _named(match: Match | None) -> str:
    return match.verdict.value if match else "no such demand"


def _of_one(expected: Expected, report: MatchReport, match: Match | None) -> Iterator[str]:
    if expected.verdict:
        yield from _verdict("a", expected.verdict, match)
    kinds = {item.kind for item in report.set_aside}
    if expected.aside and expected.aside not in kinds:
        yield f"nothing set aside as {expected.aside}"
    if expected.not_aside and expected.not_aside in kinds:
        yield f"set aside as {expected.not_aside}"
    if expected.assessed and (report.coverage < 1) is (expected.assessed == "all"):
        yield f"assessed {report.coverage:.2f} of the weight"
    if expected.weightless is not None:
        weight = match.qualification.weight if match else None
        if weight is None or (weight == 0) is not expected.weightless:
            yield "no such demand" if weight is None else f"weight {weight:g}"
    yield from _quotes(expected, match)


def _quotes(expected: Expected, match: Match | None) -> Iterator[str]:
    quotes = [_plain(evidence.text) for evidence in match.evidence] if match else []
    if expected.leads and not (quotes and _plain(expected.leads) in quotes[0]):
        yield f"first quote: {quotes[0] if quotes else 'none'}"
    if expected.not_quoted and any(_plain(expected.not_quoted) in quote for quote in quotes):
        yield f"quoted: {expected.not_quoted}"
    if expected.quoted_times:
        words, times = expected.quoted_times
        number = sum(_plain(words) in quote for quote in quotes)
        if number != times:
            yield f"quoted {number} times, expected {times}"
    if expected.says:
        said = " ".join((*match.notes, *(evidence.why for evidence in match.evidence))) if match else ""
        if _plain(expected.says) not in _plain(said):
            yield f"does not say {expected.says!r}: {said}"


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
