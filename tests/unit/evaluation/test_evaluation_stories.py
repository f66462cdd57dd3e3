"""What moves a place, on small pools whose answers are known."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from matcher.documents import read
from matcher.embedding import load_encoder
from matcher.evaluation import judgement_stories
from matcher.evaluation.invariance_scores import Scorer
from matcher.evaluation.judgement_stories import Pool, spearman, table
from matcher.evaluation.parsing_tally import fixtures
from matcher.evaluation.quotes_shown import FIXTURES_SET, fixture_files
from matcher.evaluation.ranking_baselines import Vectors
from matcher.matching import RoleProfile
from matcher.resumes import parse
from matcher.roles import parse as parse_role

ROLE = """Baker

Requirements
- Baking rye bread every morning for several shops
- Keeping ovens and mixers clean and in good repair
- Writing down what was used of flour, salt and yeast
"""
PERSON = """{name} Kern

EXPERIENCE
{title}, Millrace Works
March 2019 – Present
• {work}
• Washed the delivery van on Fridays, filled its tank and kept the book of its miles
• Met the buyers of the shops once a quarter and heard what they wished for the season
Tools:
• Hung the winter decorations above the main entrance of the hall
"""
WORK = (
    ("Baker", "Baked rye bread every morning for nine shops and cleaned ovens and mixers"),
    ("Cook", "Cooked soups for the canteen and wrote down what was used"),
    ("Clerk", "Filed letters, answered calls and ordered paper"),
    ("Driver", "Drove a lorry between two depots at night"),
)


PADS = {"irrelevant lines": ["Wound the clocks"]}


@pytest.fixture(scope="module")
def pool() -> Pool:
    encoder = load_encoder("hashing")
    texts = [
        PERSON.format(name=f"Ada{place}", title=title, work=work) for place, (title, work) in enumerate(WORK)
    ]
    people = [parse(read(text.encode()), str(place)) for place, text in enumerate(texts)]
    profile = RoleProfile.of(parse_role(read(ROLE.encode())))
    scorer = Scorer(load_encoder(), [profile], date(2026, 10, 1))
    return Pool(profile.role, people, partial(scorer.ranking, profile), Vectors(encoder))


def test_copies_lift_the_plain_method_alone(pool: Pool) -> None:
    """Demands put into the resume of a driver bring it to the first place by cosine, and nowhere with us."""
    rows = {(row[0], row[1]): row[2:] for row in table(FIXTURES_SET, [pool], PADS).rows}
    places = rows["5 lines copied from the posting", "place before and after, worst case"]
    assert places[1] == "4 to 1"
    ours, plain = rows["5 lines copied from the posting", "largest rise of a score"]
    assert ours == 0.0
    assert isinstance(plain, float)
    assert plain > 0.3
    assert rows["1,000 irrelevant lines", "largest rise of a score"][0] == 0.0
    assert rows["headings, labels, placeholders", "best quotes that are one"][0] == 0


def test_spearman_of_known_orders() -> None:
    """1 for the same order, -1 for the opposite, and the mean of ranks for equal values."""
    assert spearman([1, 2, 3], [10, 20, 90]) == pytest.approx(1)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert spearman([1, 1, 2], [1, 2, 3]) == pytest.approx(0.8660, abs=1e-4)


def test_fixtures_are_measured_and_real_resumes_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A role and a few resumes of the fixtures give every story; without a folder the table says so."""
    roles, resumes = fixture_files(fixtures())
    monkeypatch.setattr(judgement_stories, "fixture_files", lambda _: (roles, resumes[:3]))
    monkeypatch.setattr(judgement_stories, "ROLES", ("head-chef.txt",))
    monkeypatch.setattr(judgement_stories, "PADS", (10,))
    told, found, real = judgement_stories.measured(
        None, Vectors(load_encoder("hashing")), PADS, date(2026, 10, 1)
    )
    assert told.rows == (("irrelevant lines", 1, 10, 1.0),)
    assert found.note.startswith("1 posting, 3 resumes ranked.")
    assert ("10 irrelevant lines", "largest rise of a score") in {row[:2] for row in found.rows}
    assert real.name == "judgement.livecareer"
    assert real.columns == ("not measured",)
