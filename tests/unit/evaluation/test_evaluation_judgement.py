"""The judgement suite's probes, checks and tables, on small inputs whose answers are known."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from matcher.embedding import load_encoder
from matcher.errors import InputError
from matcher.evaluation import judgement
from matcher.evaluation.judgement_checks import ordered
from matcher.evaluation.judgement_probes import Probe, load
from matcher.evaluation.parsing_tally import fixtures
from matcher.evaluation.ranking_baselines import Vectors
from matcher.service import Matcher
from matcher.settings import Settings
from matcher.types import Verdict

PROBES = """
today: 2026-10-01
pads: [Watered the plants, Wound the clocks]
jobs:
  baker:
    title: Baker
    also: [Rye bread]
    resume: |
      Ada Kern
      {top}

      EXPERIENCE
      Baker, Millrace Bakery
      March 2019 – Present
      • Baked rye bread for nine shops and four schools of the town every morning before six
      • Weighed flour and salt, wrote down what was used and kept the scales in good order
      {work}

      Shop Assistant, Hart Books
      June 2015 – February 2019
      • Sold books, wrapped presents and wrote the orders of the week for the whole shop
      {earlier}

      {more}
probes:
"""


def probes(folder: Path, text: str) -> list[Probe]:
    """The probes of a file with the baker and `text`."""
    path = folder / "probes.yaml"
    path.write_text(PROBES + text, "utf-8")
    return load(path)[1]


def test_the_probes_are_many_and_over_every_rule() -> None:
    """Each rule has at least five probes, names are unique, and the two sides differ."""
    _, found = load(fixtures() / judgement.FILE)
    rules = Counter(probe.rule for probe in found)
    assert len(found) >= 130
    assert min(rules.values()) >= 5
    assert len({probe.name for probe in found}) == len(found)
    assert all(probe.b is None or probe.a != probe.b for probe in found)
    assert not [probe.name for probe in found for side in (probe.a, probe.b) if side and "{" in side.resume]


def test_places_are_filled_and_empty_ones_leave_no_line(tmp_path: Path) -> None:
    """Text for {work} becomes bullets there, a pad distinct bullets in the earlier job, the rest goes."""
    (probe,) = probes(
        tmp_path,
        "- {id: x, rule: r, job: baker, asks: Pies, order: a > b, a: [Baked pies, Sold pies], b: {pad: 3, "
        'change: [["Ada Kern", "Lou Kern"]]}}',
    )
    assert probe.b is not None
    assert probe.a.posting == "Baker\n\nRequirements\n- Pies\n- Rye bread\n"
    assert "good order\n• Baked pies\n• Sold pies\n\nShop" in probe.a.resume
    assert probe.a.resume.endswith("whole shop\n")
    assert probe.b.resume.startswith("Lou Kern\n\nEXPERIENCE")
    assert probe.b.resume.endswith(
        "• Watered the plants, no. 1\n• Wound the clocks, no. 2\n• Watered the plants, no. 3\n"
    )


@pytest.mark.parametrize(
    "probe",
    [
        "{id: x, rule: r, job: baker, asks: Pies, a: null}",
        "{id: x, rule: r, job: baker, asks: Pies, order: a > b, a: null}",
        "{id: x, rule: r, job: baker, asks: Pies, order: b > a, a: null, b: Pies}",
        "{id: x, rule: r, job: baker, asks: Pies, verdict: good, a: null}",
        '{id: x, rule: r, job: baker, asks: Pies, verdict: strong, a: {change: [["nothing", "more"]]}}',
        "{id: x, rule: r, job: butcher, asks: Pies, verdict: strong, a: null}",
    ],
)
def test_a_probe_amiss_is_named(tmp_path: Path, probe: str) -> None:
    """What expects nothing, lacks a side, or names what is not there, is refused by its id."""
    with pytest.raises(InputError, match="'x'"):
        probes(tmp_path, f"- {probe}")


def test_orders_allow_for_noise_alone() -> None:
    """Scores within a millionth are equal, and a larger gap is none of the equalities."""
    assert ordered("a = b", 0.5, 0.5 + 1e-7)
    assert not ordered("a > b", 0.5 + 1e-7, 0.5)
    assert not ordered("b >= a", 0.51, 0.5)
    assert ordered("a >= b", 0.5, 0.5)
    assert ordered("a > b", 0.51, 0.5)
    assert not ordered("a = b", 0.51, 0.5)


def test_each_probe_is_judged_and_its_misses_are_said(tmp_path: Path) -> None:
    """What is true holds, what is false is told with what came instead, and the tables count both."""
    found = probes(
        tmp_path,
        """
- {id: true-order, rule: one, job: baker, asks: Plum cake, order: a > b, b: null, a: Baked plum cake}
- {id: false-order, rule: one, job: baker, asks: Plum cake, order: b >= a, b: null, a: Baked plum cake}
- {id: true-verdict, rule: two, job: baker, asks: Deep diving, verdict: none found, a: null}
- {id: false-verdict, rule: two, job: baker, asks: Deep diving, verdict: strong or partial, a: null}
- {id: all-of-it, rule: two, job: baker, asks: Rye bread, assessed: all, weightless: false, a: null,
   leads: rye bread, quoted_times: [rye bread, 1], not_quoted: presents}
""",
    )
    with Matcher(Settings(model="hashing", workers=1)) as matcher:
        outcomes = judgement.judged(matcher, Vectors(load_encoder("hashing")), found, load_today(tmp_path))
    held = {item.probe.name: not item.misses for item in outcomes}
    assert held == {
        "true-order": True,
        "false-order": False,
        "true-verdict": True,
        "false-verdict": False,
        "all-of-it": True,
    }
    assert [item.ours for item in outcomes] == [True, False, None, None, None]
    assert [item.stock for item in outcomes] == [True, False, None, None, None]
    assert outcomes[3].misses == (f"a: {Verdict.NONE_FOUND.value}, expected partial or strong",)
    shares, lost = judgement.tables(outcomes)
    assert [row[:4] for row in shares.rows] == [("one", 2, 1, 0.5), ("two", 3, 2, 2 / 3), ("all", 5, 3, 0.6)]
    assert [row[:2] for row in lost.rows] == [("false-order", "one"), ("false-verdict", "two")]


def load_today(folder: Path) -> date:
    """The date of the file that `probes` wrote."""
    return load(folder / "probes.yaml")[0]
