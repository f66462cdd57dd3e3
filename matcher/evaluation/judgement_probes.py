"""The probes of `judgement.yaml`: small roles and resumes written out, and what must come of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import Literal

from matcher.errors import InputError
from matcher.evaluation.parsing_tally import read_yaml
from matcher.types import SetAsideKind, Verdict

ORDERS = ("a > b", "a >= b", "b >= a", "a = b")
_PLACES = ("top", "work", "earlier", "more")

Content = Mapping[str, object]


@dataclass(frozen=True)
class Side:
    """One resume and the posting it is ranked for, as text; the first of `asks` is the demand tried."""

    posting: str
    resume: str
    asks: tuple[str, ...]


@dataclass(frozen=True)
class Expected:
    """What must come of a probe, as the head of `judgement.yaml` explains; None or empty: it is not asked."""

    order: str | None = None
    first: bool = False
    verdict: frozenset[Verdict] = frozenset()
    verdict_b: frozenset[Verdict] = frozenset()
    same_verdict: bool = False
    aside: SetAsideKind | None = None
    not_aside: SetAsideKind | None = None
    leads: str | None = None
    not_quoted: str | None = None
    quoted_times: tuple[str, int] | None = None
    says: str | None = None
    weightless: bool | None = None
    assessed: Literal["all", "part"] | None = None


@dataclass(frozen=True)
class Probe:
    """A question that a careful recruiter has one answer to. `b` is None where one resume is enough."""

    name: str
    rule: str
    a: Side
    b: Side | None
    expected: Expected


def load(path: Path) -> tuple[date, list[Probe]]:
    """The date to rank at and the probes, in the order of the file. Raises InputError for one amiss."""
    content = read_yaml(path)
    probes = []
    for item in content["probes"]:
        try:
            probes.append(_probe(item, content["jobs"], content["pads"]))
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"The probe {item.get('id')!r} in {path.name} is amiss: {error!r}.") from error
    return content["today"], probes


def pads(path: Path) -> dict[str, list[str]]:
    """The lines of no interest of the file: those in plain words, and those in the words of work."""
    content = read_yaml(path)
    return {
        "irrelevant lines": _lines(content["pads"]),
        "irrelevant lines in words of work": _lines(content["hostile"]),
    }


def _probe(item: Content, jobs: Mapping[str, Content], pads: Sequence[str]) -> Probe:
    two = "b" in item
    expected = _expected(item)
    if not two and (expected.order or expected.first or expected.same_verdict or expected.verdict_b):
        raise ValueError("it compares two resumes and has one")
    return Probe(
        name=str(item["id"]),
        rule=str(item["rule"]),
        a=_side(item, "a", jobs[str(item["job"])], pads),
        b=_side(item, "b", jobs[str(item["job"])], pads) if two else None,
        expected=expected,
    )


def _expected(item: Content) -> Expected:
    order = item.get("order")
    if order is not None and order not in ORDERS:
        raise ValueError(f"order {order!r} is none of {', '.join(ORDERS)}")
    times = item.get("quoted_times")
    assessed = item.get("assessed")
    if assessed not in (None, "all", "part"):
        raise ValueError(f"assessed {assessed!r} is neither all nor part")
    found = Expected(
        order=str(order) if order else None,
        first=item.get("first") == "a",
        verdict=_verdicts(item.get("verdict")),
        verdict_b=_verdicts(item.get("verdict_b")),
        same_verdict=item.get("same_verdict") is True,
        aside=SetAsideKind(str(item["aside"])) if "aside" in item else None,
        not_aside=SetAsideKind(str(item["not_aside"])) if "not_aside" in item else None,
        leads=_words(item.get("leads")),
        not_quoted=_words(item.get("not_quoted")),
        quoted_times=(str(times[0]), int(times[1])) if isinstance(times, list) else None,
        says=_words(item.get("says")),
        weightless=item["weightless"] is True if "weightless" in item else None,
        assessed="all" if assessed == "all" else "part" if assessed else None,
    )
    if found == Expected():
        raise ValueError("it expects nothing")
    return found


def _words(value: object) -> str | None:
    return None if value is None else str(value)


def _verdicts(value: object) -> frozenset[Verdict]:
    return frozenset(Verdict(name) for name in str(value).split(" or ")) if value else frozenset()


def _side(item: Content, name: str, job: Content, pads: Sequence[str]) -> Side:
    filling = item[name]
    if filling is None:
        filling = {}
    elif not isinstance(filling, dict):
        filling = {"work": filling}
    asks = tuple(_lines(filling.get("asks", item.get("asks", ()))))
    posting = filling.get("posting") or _posting(item, job, asks)
    return Side(str(posting), str(filling.get("text") or _resume(filling, str(job["resume"]), pads)), asks)


def _posting(item: Content, job: Content, asks: Sequence[str]) -> str:
    demands = [*asks, *(() if item.get("alone") else _lines(job["also"]))]
    lines = [str(job["title"]), "", *([str(item["about"]), ""] if "about" in item else []), "Requirements"]
    return "\n".join([*lines, *(f"- {demand}" for demand in demands), ""])


def _resume(filling: Content, template: str, pads: Sequence[str]) -> str:
    """The resume with its places filled, the lines of empty places taken out."""
    number = filling.get("pad", 0)
    if not isinstance(number, int):
        raise TypeError("pad is no number")
    changes = filling.get("change", ())
    assert isinstance(changes, Sequence)
    for old, new in changes:
        if old not in template:
            raise ValueError(f"{old!r} is not in the resume")
        template = template.replace(old, new)
    # Numbered, so that no line is another once more: what repeats is counted once, which is another rule.
    idle = [f"{line}, no. {place}" for place, line in enumerate(islice(cycle(pads), number), start=1)]
    for place in _PLACES:
        lines = _lines(filling.get(place, ()))
        if place in ("work", "earlier"):
            lines = [f"• {line}" for line in [*lines, *(idle if place == "earlier" else ())]]
        template = template.replace(f"{{{place}}}\n", "".join(f"{line}\n" for line in lines))
    return template.rstrip() + "\n"


def _lines(value: object) -> list[str]:
    """A text as one item, a list as it is."""
    if isinstance(value, str):
        return [value]
    assert isinstance(value, Sequence)
    return [str(line) for line in value]
