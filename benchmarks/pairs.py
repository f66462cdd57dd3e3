"""Pairs of resumes that differ in one thing a role asks: are they ordered right, and for that reason?

    python benchmarks/pairs.py [FOLDER]

Prints the share of pairs in which the better resume scores higher, and in which the qualification whose
strength differs most is the very one that the pair was written about; beside them the same for one cosine
of the whole resume against the whole posting, the usual way. FOLDER defaults to data/fixtures.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matcher import Matcher
from matcher.types import MatchReport, Resume, Role

FIXTURES = Path(__file__).parents[1] / "data" / "fixtures"


@dataclass(frozen=True)
class Result:
    """How one pair came out. `named` is True when the report names the very qualification that differs."""

    name: str
    kind: str
    right: bool
    named: bool
    cosine_right: bool
    detail: str


def run(folder: Path = FIXTURES) -> list[Result]:
    """Rank every pair under `folder/pairs/pairs.json`."""
    table = json.loads((folder / "pairs" / "pairs.json").read_text("utf-8"))
    today = date.fromisoformat(table["today"])
    results = []
    with Matcher() as matcher:
        roles: dict[str, Role] = {}
        for pair in table["pairs"]:
            if pair["role"] not in roles:
                roles[pair["role"]] = matcher.read_role(folder / pair["role"])
            role = roles[pair["role"]]
            better, worse = (matcher.read_resume(folder / pair[name]) for name in ("better", "worse"))
            reports = {item.source: item for item in matcher.rank(role, [better, worse], today=today)}
            first, second = reports[better.source], reports[worse.source]
            results.append(
                Result(
                    pair["id"],
                    pair["kind"],
                    (first.score or 0) > (second.score or 0),
                    _names(first, second, pair["qualification"]),
                    _cosine(matcher, role, better) > _cosine(matcher, role, worse),
                    f"{first.score or 0:.4f} {second.score or 0:.4f} {_widest(first, second)[:60]}",
                )
            )
    return results


def _widest(first: MatchReport, second: MatchReport) -> str:
    """The text of the qualification whose weighed strength differs most in favour of `first`."""
    gaps = [
        (one.qualification.weight * (one.strength - two.strength), one.qualification.text)
        for one, two in zip(first.matches, second.matches, strict=True)
    ]
    return max(gaps)[1]


def _names(first: MatchReport, second: MatchReport, qualification: str) -> bool:
    return " ".join(qualification.split()).casefold() in " ".join(_widest(first, second).split()).casefold()


def _cosine(matcher: Matcher, role: Role, resume: Resume) -> float:
    rows = matcher.encode([role.document.text, " ".join(snippet.masked for snippet in resume.snippets)])
    return float(rows[0] @ rows[1])


def main() -> None:
    results = run(Path(sys.argv[1]) if len(sys.argv) > 1 else FIXTURES)
    for result in results:
        if not (result.right and result.named):
            print(f"{'WRONG' if not result.right else 'other reason':12} {result.name:42} {result.detail}")
    kinds = Counter(result.kind for result in results)
    print(f"\n{'kind':24}{'pairs':>6}{'right':>8}{'named':>8}{'cosine':>8}")
    for kind, number in [*sorted(kinds.items()), ("all", len(results))]:
        chosen = [result for result in results if kind in (result.kind, "all")]
        shares = [
            sum(getattr(item, what) for item in chosen) / number
            for what in ("right", "named", "cosine_right")
        ]
        print(f"{kind:24}{number:6}" + "".join(f"{share:8.3f}" for share in shares))


if __name__ == "__main__":
    main()
